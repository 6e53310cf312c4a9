"""The API requests that `jobs show` names for an unknown job."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

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
    """Open a bot whose first order is accepted and second is unknown."""
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
    """Run `jobs show` for the unknown job."""
    job = bot.stored_jobs()[-1]
    env = {"SAMSAR_API": version, "SAMSAR_BASE_URL": upstream.base_url, "SAMSAR_API_KEY": KEY}
    return await run(bot.tmp_path, "jobs", "show", job.id, *more, **env)


async def test_the_request_of_that_time_is_shown_and_not_adopted(tmp_path: Path) -> None:
    """A request of an hour earlier is not shown."""
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


async def test_a_request_of_that_time_that_another_job_has_is_no_candidate(tmp_path: Path) -> None:
    """The operator would adopt a movie that another member paid for."""
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026) as bot:
        await bot.movie(duration=10)
        await bot.run_until_idle()
        bot.upstream.inject("cut-after", times=1)
        await bot.movie(bot.bob, duration=10)
        await bot.run_until_idle()
        _taken, lost = bot.upstream.movies.values()
        candidates = (await show(bot, bot.upstream, "--json")).parsed["candidates"]
        assert [each["request_id"] for each in candidates] == [lost.request_id]


async def test_an_order_that_never_arrived_has_no_candidate(tmp_path: Path) -> None:
    """The operator can then end it as failed."""
    async with unknown_job(tmp_path, "cut") as bot:
        assert (await show(bot, bot.upstream, "--json")).parsed["candidates"] == []
        shown = (await show(bot, bot.upstream)).out
        assert NONE_FITS in shown
        assert "jobs resolve" not in shown
        bot.upstream.movies.clear()
        assert (await show(bot, bot.upstream, "--json")).parsed["candidates"] == [], "the API has made nothing yet"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(-59, True), (-61, False), (TIMEOUT, True), (TIMEOUT + 59, True), (TIMEOUT + 61, False)],
)
async def test_a_request_may_be_the_orders_until_its_timeout(tmp_path: Path, seconds: float, *, shown: bool) -> None:
    """The clocks may differ by a minute."""
    async with unknown_job(tmp_path, "cut-after") as bot:
        submitted_at = bot.stored_jobs()[-1].submitted_at
        assert submitted_at is not None
        _, second = bot.upstream.movies.values()
        bot.upstream.movies[second.request_id] = replace(second, ordered_at=submitted_at / 1000 + seconds)
        candidates = (await show(bot, bot.upstream, "--json")).parsed["candidates"]
        assert [each["request_id"] for each in candidates] == ([second.request_id] if shown else [])


@pytest.mark.parametrize(
    ("fault", "newer", "first_is_newer", "found"),
    [
        pytest.param("cut-after", 48, True, 1, id="a full list with the order"),
        pytest.param("cut", 49, False, 0, id="a full list that reaches back"),
        pytest.param("cut", 0, True, 0, id="a list of all"),
    ],
)
async def test_a_list_with_newer_requests_can_be_evidence(
    tmp_path: Path, fault: str, newer: int, found: int, *, first_is_newer: bool
) -> None:
    """It has fifty at most."""
    async with unknown_job(tmp_path, fault) as bot:
        submitted_at = bot.stored_jobs()[-1].submitted_at
        assert submitted_at is not None
        first, *_ = bot.upstream.movies.values()
        later = replace(first, ordered_at=submitted_at / 1000 + 3600)
        if first_is_newer:
            bot.upstream.movies[first.request_id] = later
        for number in range(newer):
            bot.upstream.movies[f"{number:024x}"] = replace(later, request_id=f"{number:024x}")
        assert len((await show(bot, bot.upstream, "--json")).parsed["candidates"]) == found


async def test_a_list_that_does_not_reach_back_is_no_evidence(tmp_path: Path) -> None:
    """Fifty newer requests may hide the order's."""
    async with unknown_job(tmp_path, "cut") as bot:
        submitted_at = bot.stored_jobs()[-1].submitted_at
        assert submitted_at is not None
        first, *_ = bot.upstream.movies.values()
        for number in range(50):
            copy = replace(first, request_id=f"{number:024x}", ordered_at=submitted_at / 1000 + 3600 + number)
            bot.upstream.movies[copy.request_id] = copy
        shown = await show(bot, bot.upstream)
        assert "goes back only to" in shown.err
        assert NONE_FITS not in shown.out
        assert json.loads((await show(bot, bot.upstream, "--json")).out)["candidates"] is None


@pytest.mark.parametrize("away", [True, False])
async def test_without_a_list_the_job_is_shown_all_the_same(tmp_path: Path, away: bool) -> None:
    """The API is down, or its older version lists nothing."""
    async with unknown_job(tmp_path, "cut-after") as bot:
        if away:
            await bot.upstream.stop()
        shown = await show(bot, bot.upstream, version="2026" if away else "2025-03")
        assert shown.status == 0
        assert "unknown" in shown.out
        assert NONE_FITS not in shown.out
        assert ("Can't list the API's latest requests" in shown.err) is away
