"""`jobs resolve --all-unknown-since`: the jobs of an outage."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import parser
from bot.cli.ledger import now_ms
from bot.domain.quota import AuditAction
from data import callbacks, orders, submissions
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.clock import START
from tests.helpers.command_line import ALICE, GUILD, LIMITS, Ended, a_job, run, run_on_terminal
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, query, snapshot
from tests.helpers.reserving import reserve

HOUR = 3_600_000
RESOLVE = ("jobs", "resolve", "--failed", "--all-unknown-since")
SINCE = datetime.fromtimestamp(START / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ids(*numbers: int) -> list[str]:
    return [f"{number:013}" for number in numbers]


def states(path: Path) -> list[str]:
    return [job["state"] for job in snapshot(path)["jobs"]]


@pytest.fixture
async def path(tmp_path: Path) -> AsyncIterator[Path]:
    """A file of six jobs. 1 is unknown before the outage, 2 and 3 during it; 4 and 6 have callbacks, 5 renders."""
    file = tmp_path / "movies.db"
    migrated_file.create(file)
    database = await SqliteDatabase.open(file)
    for number in range(1, 7):
        await reserve(database, a_job(number), (), LIMITS)
        await database.write(orders.enqueue, f"{number:013}", 77, START)
    claimed = await database.write(submissions.claim, START, 10, 10, 10)
    for number, at in ((1, START - 1), (2, START), (3, START + HOUR), (4, START + HOUR), (6, START + HOUR)):
        await database.write(submissions.mark_unknown, f"{number:013}", at)
    await database.write(callbacks.record_callback, claimed[3][1].hash, "request-4", START)
    await database.write(callbacks.record_callback, claimed[5][1].hash, None, START)
    await database.write(submissions.mark_rendering, f"{5:013}", "request-5", START, START)
    await database.close()
    yield file
    assert_ledger_consistent(file)


async def test_an_outages_jobs_end_and_their_credits_are_back(tmp_path: Path, path: Path) -> None:
    ended = (await run(tmp_path, *RESOLVE, SINCE, "--yes", "--json")).parsed
    assert ended == {"since": START, "failed": ids(2, 3), "credits": 200, "skipped": ids(4, 6)}
    assert states(path) == ["unknown", "failed", "failed", "unknown", "rendering", "unknown"]
    assert assert_ledger_consistent(path)["member", GUILD, ALICE, "2026-11"] == BudgetTotals(held=400)
    notes = snapshot(path)["audit_log"][-2:]
    columns = ("action", "actor_id", "reason_code", "guild_id", "subject_id", "job_id")
    assert [tuple(note[column] for column in columns) for note in notes] == [
        ("job_resolved", 0, "ended_as_failed", GUILD, ALICE, job_id) for job_id in ids(2, 3)
    ]
    notification = {(row["job_id"], row["type"]) for row in snapshot(path)["outbox"]}
    assert {(job_id, "failed") for job_id in ids(2, 3)} <= notification
    before = snapshot(path)
    skipped = f"Skipped, because the API may have accepted them: {', '.join(ids(4, 6))}\n"
    assert await run(tmp_path, *RESOLVE, SINCE, "--yes") == Ended(0, f"No jobs were resolved.\n{skipped}", "")
    none = "No jobs were resolved: none has become unknown since 2026-11-10 14:00:00 UTC.\n"
    assert await run(tmp_path, *RESOLVE, "2026-11-10T14:00") == Ended(0, none, ""), "without a question"
    assert snapshot(path) == before


async def test_what_the_api_charged_stays_with_the_plan(tmp_path: Path, path: Path) -> None:
    ended = await run(tmp_path, *RESOLVE, SINCE, "--yes", "--charged")
    assert ended.out.startswith("Marked 2 jobs as failed and refunded 200 credits.")
    assert assert_ledger_consistent(path)["plan", 0, 0, "2026-11"] == BudgetTotals(used=200, held=400)


@pytest.mark.parametrize("charged", [False, True])
@pytest.mark.parametrize("several", [False, True])
async def test_a_member_who_may_not_order_after_it_is_named(tmp_path: Path, *, several: bool, charged: bool) -> None:
    """Only a failed movie that the API charged can block its member."""
    file, now = tmp_path / "movies.db", now_ms()
    migrated_file.create(file)
    database = await SqliteDatabase.open(file)
    await reserve(database, replace(a_job(1), created_at=now), (), LIMITS)
    await database.write(orders.enqueue, f"{1:013}", 77, now)
    await database.write(submissions.claim, now, 1, 10, 10)
    await database.write(submissions.mark_unknown, f"{1:013}", now)
    await database.close()
    which = (*RESOLVE, "1h", "--yes") if several else ("jobs", "resolve", f"{1:013}", "--failed")
    ended = await run(tmp_path, *which, *(["--charged"] if charged else []), MAX_FAILED_CREDITS_PER_MEMBER="100")
    assert ended.status == 0
    assert (f"members unblock {ALICE}" in ended.err) is (charged and not several)
    told = [row["action"] for row in query(file, "SELECT action FROM audit_log")]
    assert (AuditAction.FAILURES_STOPPED in told) is charged, "the server's staff read it, too"


@pytest.mark.parametrize("since", ["2026-11-10T13:00", "2026-11-10 14:00+01:00", "2026-11-10T13:00:00Z"])
async def test_a_time_is_utc_unless_it_says_otherwise(tmp_path: Path, path: Path, since: str) -> None:
    ended = await run(tmp_path, *RESOLVE, since, "--yes", "--json", TZ="America/Los_Angeles")
    assert ended.parsed["failed"] == ids(3)
    assert states(path)[1] == "unknown"


@pytest.mark.usefixtures("path")
async def test_a_time_can_be_how_long_ago(tmp_path: Path) -> None:
    for given, length_ms in (("45s", 45_000), ("30m", 1_800_000), ("2h", 2 * HOUR), ("1d", 24 * HOUR)):
        before = time.time_ns() // 1_000_000
        parsed = parser._timestamp(given) + length_ms
        assert before <= parsed <= time.time_ns() // 1_000_000
    assert (await run(tmp_path, *RESOLVE, "999999d", "--yes", "--json")).parsed["failed"] == ids(1, 2, 3)


@pytest.mark.parametrize(
    ("since", "typed", "status", "asked"),
    [
        (SINCE, "y\n", 0, "2 jobs have become unknown since 2026-11-10 12:00:00 UTC. On hold: 200 credits."),
        ("2026-11-10T12:30", " Yes\n", 0, "1 job has become unknown since 2026-11-10 12:30:00 UTC. On hold: 100 cre"),
        (SINCE, "\n", 1, "Mark them as failed and refund the credits?"),
        (SINCE, "n\n", 1, "Mark them as failed and refund the credits?"),
    ],
)
async def test_on_a_terminal_it_asks_first(
    tmp_path: Path, path: Path, since: str, typed: str, status: int, asked: str
) -> None:
    before = snapshot(path)
    ended = await run(tmp_path, *RESOLVE, since, typed=typed)
    assert asked in ended.err
    assert ended.status == status
    assert (snapshot(path) == before) == (status == 1)


@pytest.mark.full  # a process
async def test_a_job_whose_callback_comes_while_it_asks_stays_unknown(tmp_path: Path, path: Path) -> None:
    """The API has accepted it: its credits are not given back."""

    async def call_back() -> None:
        [row] = query(path, f"SELECT callback_token_hash FROM jobs WHERE id = '{3:013}'")
        database = await SqliteDatabase.open(path)
        await database.write(callbacks.record_callback, row["callback_token_hash"], "request-3", START + HOUR)
        await database.close()

    status, said = await run_on_terminal(tmp_path, *RESOLVE, SINCE, "--json", typed="y\n", meanwhile=call_back)
    assert status == 0, said
    told = json.loads(said.splitlines()[-1])
    assert told == {"since": START, "failed": ids(2), "credits": 100, "skipped": ids(3, 4, 6)}
    assert states(path) == ["unknown", "failed", "unknown", "unknown", "rendering", "unknown"]
