"""Processes that are killed while they cancel a rendering movie; the API's status tells how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from bot.samsar.config import ApiVersion
from bot.sandbox.fake_samsar import CANCEL_PATH
from tests.helpers import ledger_checks
from tests.helpers.expected_text import ENGLISH
from tests.helpers.fake_discord.models import Message
from tests.helpers.ledger_checks import Place
from tests.process.crash.harness import DIES_WITHIN, MOVIE, CrashHarness, open_crash_harness
from tests.process.crash.invariants import by_job, differences, pending_work

RENDER_SECONDS = 4.0
"""Longer than the presses take: the harness's clock goes on by a twenty-fifth of a second at a time."""

LOST = "commit-before request_cancel:1"
"""The confirmation was not recorded, so the movie is made."""

POINTS = (
    LOST,
    "commit-after request_cancel:1",
    "cancel-before:1",
    "cancel-sent:1",
    "cancel-answered:1",
    "commit-before end_cancelled:1",
    "commit-after end_cancelled:1",
)
SAMPLE = {("sqlite", "cancel-answered:1"), ("postgresql", "cancel-answered:1")}

CASES = [
    pytest.param(
        engine,
        point,
        id=f"{engine}-{point.replace(' ', '_')}",
        marks=() if (engine, point) in SAMPLE else (pytest.mark.slow,),
    )
    for engine, point in product(("sqlite", "postgresql"), POINTS)
]


def find_button(messages: tuple[Message, ...], label: str) -> Message | None:
    return next(
        (
            message
            for message in messages
            if any(part.get("label") == label for row in message.components for part in row["components"])
        ),
        None,
    )


async def cancel(harness: CrashHarness) -> None:
    discord, member = harness.discord, harness.members[MOVIE]
    await harness.order()
    await discord.until(lambda: harness.api.movies or None, timeout=DIES_WITHIN, what="an order at the API")
    card = await discord.until(
        lambda: next((each for each in discord.messages() if "Making your movie" in str(each.embeds)), None),
        timeout=DIES_WITHIN,
        what="the card of a rendering movie",
    )
    await discord.send_component(member, card.id, ENGLISH("buttons-cancel-button"))
    offered = await discord.until(
        lambda: find_button(discord.messages(ephemeral=True), "Cancel movie"),
        timeout=DIES_WITHIN,
        what="an offer",
    )
    await discord.send_component(member, offered.id, "Cancel movie")


async def cancel_until_killed(harness: CrashHarness, point: str) -> None:
    async with harness.bot(KILL_AT=point) as bot:
        visit = asyncio.create_task(cancel(harness))
        try:
            assert await bot.wait_exit(timeout=3 * DIES_WITHIN) == -9, bot.log
        finally:
            visit.cancel()
            await asyncio.gather(visit, return_exceptions=True)
        harness._remember(bot)
    await harness.discord.ready(0)


@pytest.mark.parametrize(("engine", "point"), CASES)
async def test_killed_while_cancelling(point: str, tmp_path: Path, crash_database: Callable[[], Place]) -> None:
    async with open_crash_harness(
        tmp_path, crash_database(), render_seconds=RENDER_SECONDS, version=ApiVersion.AUTUMN_2026
    ) as harness:
        harness.members.pop("a doomed boat")
        await cancel_until_killed(harness, point)
        assert harness.passed[-1] == f"@ {point.replace(':', ' ')}", "it died somewhere else"
        await harness.run_until_idle()

        assert pending_work(harness.database) == []
        assert differences(harness.database) == ()
        [job] = ledger_checks.jobs(harness.database)
        [movie] = harness.api.movies.values()
        told = by_job(harness.discord.messages())[job["id"]]
        used = {scope: ledger_checks.scope_total(harness.database, scope).used for scope in ("member", "plan")}
        cancels = sum(each.path == CANCEL_PATH for each in harness.api.requests)
        if point == LOST:
            assert (job["state"], cancels, used["member"]) == ("completed", 0, job["price_credits"])
        else:
            assert (job["state"], job["end_reason"]) == ("cancelled", "cancelled_by_member")
            assert movie.cancelled_at is not None
            charged = movie.charged(movie.cancelled_at)
            assert (job["charged_credits"], used["plan"]) == (charged, charged)
            assert used["member"] == min(charged, job["price_credits"])
            assert 1 <= cancels <= 2
        assert len(told) == 1, told
        assert ("Your movie was canceled." in told[0].content) == (point != LOST)
