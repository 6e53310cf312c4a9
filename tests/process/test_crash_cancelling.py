"""Processes that are killed while they cancel a rendering movie; the API's status tells how it ended."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from bot.samsar.config import ApiVersion
from bot.sandbox.endpoints_2026 import CANCEL_PATH
from bot.ui.components import custom_id
from tests.helpers import ledger_checks
from tests.helpers.fake_discord.interactions import written
from tests.helpers.ledger_checks import Place
from tests.process.crash.failpoints import sampled
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


async def cancel(harness: CrashHarness) -> None:
    discord, member = harness.discord, harness.members[MOVIE]
    await harness.order()
    await discord.until(lambda: harness.api.movies or None, timeout=DIES_WITHIN, what="an order at the API")
    card = await discord.wait_for_message(lambda m: "Making your movie" in written(m), timeout=DIES_WITHIN)
    await discord.send_component(member, card.id, custom_id("cancel", written(card).rpartition("ID ")[2]))
    offered = await discord.wait_for_message(lambda m: "Cancel movie" in str(m.components), timeout=DIES_WITHIN)
    await discord.send_component(member, offered.id, "Cancel movie")


@pytest.mark.parametrize(("engine", "point"), sampled(product(("sqlite", "postgresql"), POINTS), SAMPLE))
async def test_killed_while_cancelling(point: str, tmp_path: Path, crash_database: Callable[[], Place]) -> None:
    async with open_crash_harness(
        tmp_path, crash_database(), render_seconds=RENDER_SECONDS, version=ApiVersion.AUTUMN_2026
    ) as harness:
        harness.members.pop("a doomed boat")
        await harness.run_until_killed(lambda: cancel(harness), KILL_AT=point)
        await harness.run_until_idle()

        assert pending_work(harness.database) == []
        assert differences(harness.database) == ()
        [job] = ledger_checks.jobs(harness.database)
        [movie] = harness.api.movies.values()
        told = by_job(harness.discord.messages(), [job])[job["id"]]
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
        assert ("your movie was canceled." in written(told[0])) == (point != LOST)
