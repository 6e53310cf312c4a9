"""Processes that are killed while a storyboard is drawn, rendered, stopped, or left without a decision."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from bot.domain.jobs import Job
from bot.samsar.config import ApiVersion
from data import storyboards
from data.storage import engines
from tests.helpers import ledger_checks
from tests.helpers.fake_discord.interactions import written
from tests.helpers.ledger_checks import Place, Row
from tests.process.crash.failpoints import around, of_request, sampled
from tests.process.crash.harness import DIES_WITHIN, DOOMED, MOVIE, CrashHarness, open_crash_harness
from tests.process.crash.invariants import by_job, differences, pending_work

STEP_PATH = "/v2/video/step/"


DRAWN = ("commit-after mark_rendering:1", "status-answered:1", *around("record_drawn"))
RENDERED = (*of_request("resume"), *around("resume", "complete"))
STOPPED = (*of_request("cancel"), *around("await_charge", "end_cancelled"))
UNDECIDED = (*around("keep_waiting"), "cancel-sent:1", *around("end_cancelled"))

POINTS = [
    (engine, end, point)
    for end, points in {"drawn": DRAWN, "render": RENDERED, "stop": STOPPED, "undecided": UNDECIDED}.items()
    for engine, point in product(("sqlite", "postgresql"), points)
]
SAMPLE = {
    ("sqlite", "drawn", "commit-after record_drawn:1"),
    ("sqlite", "render", "resume-answered:1"),
    ("sqlite", "stop", "cancel-answered:1"),
    ("postgresql", "stop", "commit-after await_charge:1"),
    ("sqlite", "undecided", "commit-after keep_waiting:1"),
}


def job_of(harness: CrashHarness) -> Row | None:
    return next(iter(ledger_checks.jobs(harness.database)), None)


def prefer_storyboards(harness: CrashHarness) -> None:
    engines.engine(harness.database_url).migrate()
    member = harness.members[MOVIE]
    sql = f"INSERT INTO member_preferences (member_id, storyboard) VALUES ({member}, 1)"
    ledger_checks.execute(harness.database, sql)


async def run_until_it_waits(harness: CrashHarness) -> None:
    async with harness.bot() as bot:
        await harness.order()
        waits = lambda: (job_of(harness) or {}).get("step") == "storyboard" or None  # noqa: E731
        await bot._bell.until(waits, timeout=DIES_WITHIN, what="a storyboard that waits")
        bot.terminate()
        assert await bot.wait_exit() == 0, bot.log


async def decide(harness: CrashHarness, end: str) -> None:
    """Decide as a press does, or let two days go by."""
    job = job_of(harness)
    assert job is not None
    if end == "undecided":
        past = f"decide_by = decide_by - {2 * 86_400_000}, next_run_at = 1"
        ledger_checks.execute(harness.database, f"UPDATE jobs SET {past}")
        return
    decision = storyboards.render if end == "render" else storyboards.stop
    assert isinstance(await harness.write(decision, job["id"], job["member_id"]), Job)


@pytest.mark.parametrize(("engine", "end", "point"), sampled(POINTS, SAMPLE))
async def test_killed_with_a_storyboard(
    end: str, point: str, tmp_path: Path, crash_database: Callable[[], Place]
) -> None:
    async with open_crash_harness(tmp_path, crash_database(), version=ApiVersion.AUTUMN_2026) as harness:
        harness.members.pop(DOOMED)
        prefer_storyboards(harness)
        if end == "drawn":
            await harness.run_until_killed(KILL_AT=point)
        await run_until_it_waits(harness)
        await decide(harness, "render" if end == "drawn" else end)
        if end != "drawn":
            await harness.run_until_killed(asyncio.Event().wait, KILL_AT=point)
        await harness.run_until_idle()
        check(harness, end)


def check(harness: CrashHarness, end: str) -> None:
    assert pending_work(harness.database) == []
    assert differences(harness.database) == ()
    job = job_of(harness)
    assert job is not None
    [movie] = harness.api.movies.values()
    paths = [each.path for each in harness.api.requests]
    assert paths.count(f"{STEP_PATH}text_to_video") == 1, "a storyboard is ordered once"
    used = {scope: ledger_checks.scope_total(harness.database, scope).used for scope in ("member", "plan")}
    told = by_job(harness.discord.messages(), [job])[job["id"]]
    kinds = [row["kind"] for row in ledger_checks.query(harness.database, "SELECT kind FROM messages")]
    assert kinds.count("storyboard") == 1
    assert ledger_checks.query(harness.database, "SELECT * FROM stills") == []
    if end in ("drawn", "render"):
        assert (job["state"], used["member"]) == ("completed", job["price_credits"])
        assert 1 <= paths.count(f"{STEP_PATH}process_next") <= 2
    else:
        drawn = 10 * job["duration_seconds"]
        reason = "stopped" if end == "stop" else "undecided"
        assert (job["state"], job["end_reason"], job["stop_credits"]) == ("cancelled", reason, drawn)
        assert (used["member"], used["plan"]) == (min(job["charged_credits"], drawn), job["charged_credits"])
        assert paths.count(f"{STEP_PATH}process_next") == 0
        assert movie.cancelled_at is not None
    ends = [message for message in told if "storyboard is ready" not in written(message)]
    assert len(ends) == 1, told
