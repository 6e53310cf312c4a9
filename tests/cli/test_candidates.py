"""The API requests that `jobs show` names for an unknown job."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.tables import format_utc
from bot.samsar.config import ClientOptions
from bot.samsar.profile import ApiVersion
from bot.sandbox.fake_samsar import FakeSamsar
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.command_line import Ended, run
from tests.helpers.settings import KEY

TIMEOUT = ClientOptions().total_seconds
NONE_FITS = "No request that the API created around the time of the order could be this job's."


@asynccontextmanager
async def unknown_job(tmp_path: Path, fault: str) -> AsyncIterator[BotHarness]:
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026) as bot:
        await bot.movie(duration=10)
        await bot.run_until_idle()
        await bot.run_until_idle(3600)
        bot.upstream.inject(fault, times=1)
        await bot.movie(duration=10)
        await bot.run_until_idle()
        assert bot.stored_jobs()[-1].state == "unknown"
        yield bot


async def show(bot: BotHarness, upstream: FakeSamsar, *more: str, version: str = "2026") -> Ended:
    job = bot.stored_jobs()[-1]
    env = {"SAMSAR_API": version, "SAMSAR_BASE_URL": upstream.base_url, "SAMSAR_API_KEY": KEY}
    return await run(bot.tmp_path, "jobs", "show", job.id, *more, **env)


async def found(bot: BotHarness) -> list[str]:
    return [each["request_id"] for each in (await show(bot, bot.upstream, "--json")).parsed["candidates"]]


def moved(bot: BotHarness, request_id: str, seconds: float) -> None:
    submitted_at = bot.stored_jobs()[-1].submitted_at
    assert submitted_at is not None
    movies = bot.upstream.movies
    movies[request_id] = replace(movies[request_id], ordered_at=submitted_at / 1000 + seconds)


def add(bot: BotHarness, count: int, later: Callable[[int], float]) -> None:
    first, *_ = bot.upstream.movies.values()
    for number in range(count):
        bot.upstream.movies[f"{number:024x}"] = replace(first, request_id=f"{number:024x}")
        moved(bot, f"{number:024x}", later(number))


async def test_the_request_of_that_time_is_shown_and_not_adopted(tmp_path: Path) -> None:
    """It may be the order's until its timeout, and the clocks may differ by a minute."""
    async with unknown_job(tmp_path, "cut-after") as bot:
        shown = await show(bot, bot.upstream)
        as_json = await show(bot, bot.upstream, "--json")
        first, second = bot.upstream.movies.values()
        job = bot.stored_jobs()[-1]
        assert "they belong to no other job. One may be this job's:" in shown.out
        assert f"python -m bot jobs resolve {job.id} --request-id ID" in shown.out
        assert second.request_id in shown.out
        assert first.request_id not in shown.out
        [candidate] = as_json.parsed["candidates"]
        row = rf"^{second.request_id} +{candidate['status']} +{format_utc(candidate['created_at'])}$"
        assert re.search(row, shown.out, re.MULTILINE)
        created = datetime.fromtimestamp(candidate["created_at"] / 1000, UTC)
        assert (candidate["request_id"], created.timestamp()) == (second.request_id, second.ordered_at)
        assert job.state == "unknown", "never adopted by itself"
        for seconds, is_shown in ((-59, True), (-61, False), (TIMEOUT + 59, True), (TIMEOUT + 61, False)):
            moved(bot, second.request_id, seconds)
            assert await found(bot) == ([second.request_id] if is_shown else []), seconds


async def test_a_request_of_that_time_that_another_job_has_is_no_candidate(tmp_path: Path) -> None:
    """The operator would adopt a movie that another member paid for."""
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026) as bot:
        await bot.movie(duration=10)
        await bot.run_until_idle()
        bot.upstream.inject("cut-after", times=1)
        await bot.movie(bot.bob, duration=10)
        await bot.run_until_idle()
        _taken, lost = bot.upstream.movies.values()
        assert await found(bot) == [lost.request_id]


async def test_a_list_of_fifty_is_evidence_where_it_has_the_order_or_reaches_back(tmp_path: Path) -> None:
    """The API lists fifty at most. Without evidence, nothing says that no request could be the job's."""
    async with unknown_job(tmp_path, "cut-after") as bot:
        first, second = bot.upstream.movies.values()
        moved(bot, first.request_id, 3600)
        add(bot, 48, lambda _: 3600)
        assert await found(bot) == [second.request_id], "a full list with the order"
    (tmp_path / "cut").mkdir()
    async with unknown_job(tmp_path / "cut", "cut") as bot:
        shown = (await show(bot, bot.upstream)).out
        assert NONE_FITS in shown
        assert "jobs resolve" not in shown
        add(bot, 49, lambda _: 3600)
        assert await found(bot) == [], "a full list that reaches back"
        add(bot, 50, lambda number: 3600 + number)
        cut_off = await show(bot, bot.upstream)
        assert "goes back only to" in cut_off.err
        assert NONE_FITS not in cut_off.out
        assert json.loads((await show(bot, bot.upstream, "--json")).out)["candidates"] is None
        bot.upstream.movies.clear()
        assert await found(bot) == [], "the API has made nothing yet"


async def test_without_a_list_the_job_is_shown_all_the_same(tmp_path: Path) -> None:
    async with unknown_job(tmp_path, "cut-after") as bot:
        for version, told in (("2025-03", False), ("2026", True)):
            if version == "2026":
                await bot.upstream.stop()
            shown = await show(bot, bot.upstream, version=version)
            assert (shown.status, "unknown" in shown.out, NONE_FITS in shown.out) == (0, True, False)
            assert ("Can't list the API's latest requests" in shown.err) is told
