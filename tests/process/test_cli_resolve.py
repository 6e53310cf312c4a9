"""`jobs resolve` for one unknown job, or for all since a time."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
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
from tests.helpers.command_line import ALICE, GUILD, HOUSE, LIMITS, a_job, run
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, query, snapshot
from tests.helpers.reserving import reserve

HOUR = 3_600_000
RESOLVE = ("jobs", "resolve", "--failed", "--all-unknown-since")
SINCE = datetime.fromtimestamp(START / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ids(*numbers: int) -> list[str]:
    """Return the ids of jobs by number."""
    return [f"{number:013}" for number in numbers]


def states(path: Path) -> list[str]:
    """Return each job's state, oldest first."""
    return [job["state"] for job in snapshot(path)["jobs"]]


@pytest.fixture
async def path(tmp_path: Path) -> AsyncIterator[Path]:
    """A file of six jobs.

    1 is unknown before the outage, 2 and 3 during it; 4 and 6 have callbacks, 5 renders.
    """
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
    """Older jobs and those with a callback stay unknown.

    A second run changes nothing.
    """
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
    again = await run(tmp_path, *RESOLVE, SINCE, "--yes")
    assert again.status == 0
    assert again.out == (
        f"No jobs were resolved.\nSkipped, because the API may have accepted them: {', '.join(ids(4, 6))}\n"
    )
    assert snapshot(path) == before


async def test_where_nothing_is_unknown_it_says_so(tmp_path: Path, path: Path) -> None:
    """The command asks no question, and changes nothing."""
    before = snapshot(path)
    ended = await run(tmp_path, *RESOLVE, "2026-11-10T14:00")
    assert (ended.status, ended.out) == (
        0,
        "No jobs were resolved: none has become unknown since 2026-11-10 14:00:00 UTC.\n",
    )
    assert snapshot(path) == before


async def test_what_the_api_charged_stays_with_the_plan(tmp_path: Path, path: Path) -> None:
    """`--charged` works as for a single job."""
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
    arguments = (*which, *(["--charged"] if charged else []))
    ended = await run(tmp_path, *arguments, MAX_FAILED_CREDITS_PER_MEMBER="100")
    assert ended.status == 0
    assert (f"members unblock {ALICE}" in ended.err) is (charged and not several)
    told = [row["action"] for row in query(file, "SELECT action FROM audit_log")]
    assert (AuditAction.FAILURES_STOPPED in told) is charged, "the server's staff read it, too"


@pytest.mark.parametrize("since", ["2026-11-10T13:00", "2026-11-10 14:00+01:00", "2026-11-10T13:00:00Z"])
async def test_a_time_is_utc_unless_it_says_otherwise(tmp_path: Path, path: Path, since: str) -> None:
    """Every ISO 8601 format works, in every time zone of the machine."""
    ended = await run(tmp_path, *RESOLVE, since, "--yes", "--json", TZ="America/Los_Angeles")
    assert ended.parsed["failed"] == ids(3)
    assert states(path)[1] == "unknown"


@pytest.mark.usefixtures("path")
async def test_a_time_can_be_how_long_ago(tmp_path: Path) -> None:
    """It counts from the machine's clock, in seconds, minutes, hours or days."""
    for given, length_ms in (("45s", 45_000), ("30m", 1_800_000), ("2h", 2 * HOUR), ("1d", 24 * HOUR)):
        before = time.time_ns() // 1_000_000
        parsed = chosen_time(given) + length_ms
        assert before <= parsed <= time.time_ns() // 1_000_000
    assert (await run(tmp_path, *RESOLVE, "999999d", "--yes", "--json")).parsed["failed"] == ids(1, 2, 3)


def chosen_time(given: str) -> int:
    """Return the time that the command line parses."""
    options = parser._parser(_nothing).parse_args([*RESOLVE, given])
    moment: int = options.all_unknown_since
    return moment


async def _nothing(_: object) -> int:
    """Run no bot."""
    return 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ((*RESOLVE, SINCE), "can't ask for confirmation without a terminal. Add --yes."),
        ((*RESOLVE, "yesterday", "--yes"), "'yesterday' isn't a valid time: use 2h, 30m, 1d or 2026-11-10T12:00 (UTC)"),
        ((*RESOLVE, "2x", "--yes"), "'2x' isn't a valid time"),
        (("jobs", "resolve", "--all-unknown-since", SINCE, "--yes"), "--failed --request-id is required"),
        (("jobs", "resolve", "--failed"), "Give a job ID"),
        (
            ("jobs", "resolve", f"{2:013}", "--failed", "--yes"),
            "Give a job ID (without --yes), or use --all-unknown-since TIME",
        ),
        ((*RESOLVE, SINCE, f"{2:013}", "--yes"), "with --failed and without a job ID"),
    ],
)
async def test_what_is_not_clear_is_refused_and_changes_nothing(
    tmp_path: Path, path: Path, typed: tuple[str, ...], words: str
) -> None:
    """The command ends with status 2 and a readable line."""
    before = snapshot(path)
    assert words in (await run(tmp_path, *typed)).refused(2)
    assert snapshot(path) == before


async def test_an_id_at_the_api_is_one_jobs(tmp_path: Path, path: Path) -> None:
    """`--request-id` can't be combined with all jobs."""
    asked = ("jobs", "resolve", "--all-unknown-since", SINCE, "--request-id", "a", "--yes")
    ended = await run(tmp_path, *asked, SAMSAR_API_KEY="a-key", DISCORD_TOKEN="a-token")
    assert "with --failed and without a job ID" in ended.refused(2)
    assert states(path)[1] == "unknown"


async def on_a_terminal(
    tmp_path: Path, typed: bytes, *command: str, meanwhile: Callable[[], Awaitable[None]] | None = None
) -> tuple[int, str, str]:
    """Run a command with a terminal as its input, and answer.

    `meanwhile` happens between its question and the answer.
    """
    keyboard, terminal = pty.openpty()
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *command,
            cwd=tmp_path,
            env={"PYTHONPATH": str(HOUSE), "DATABASE_URL": f"sqlite:///{tmp_path / 'movies.db'}"},
            stdin=terminal,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stderr is not None
        asked = await process.stderr.readuntil(b"[y/N] ")
        if meanwhile is not None:
            await meanwhile()
        os.write(keyboard, typed)
        out, err = await process.communicate()
    finally:
        os.close(keyboard)
        os.close(terminal)
    assert process.returncode is not None
    return process.returncode, out.decode(), (asked + err).decode()


@pytest.mark.parametrize(
    ("since", "typed", "status", "question"),
    [
        (SINCE, b"y\n", 0, "2 jobs have become unknown since 2026-11-10 12:00:00 UTC. On hold: 200 credits."),
        (
            "2026-11-10T12:30",
            b" Yes\n",
            0,
            "1 job has become unknown since 2026-11-10 12:30:00 UTC. On hold: 100 credits.",
        ),
        (SINCE, b"\n", 1, "Mark them as failed and refund the credits?"),
        (SINCE, b"n\n", 1, "Mark them as failed and refund the credits?"),
    ],
)
async def test_on_a_terminal_it_asks_first(
    tmp_path: Path, path: Path, since: str, typed: bytes, status: int, question: str
) -> None:
    """The question has the number of jobs and credits.

    Every answer but yes changes nothing.
    """
    before = snapshot(path)
    ended, _, asked = await on_a_terminal(tmp_path, typed, *RESOLVE, since)
    assert question in asked
    assert ended == status
    assert (snapshot(path) == before) == (status == 1)


async def test_a_job_whose_callback_comes_while_it_asks_stays_unknown(tmp_path: Path, path: Path) -> None:
    """The API has accepted it: its credits are not given back."""

    async def call_back() -> None:
        [row] = query(path, f"SELECT callback_token_hash FROM jobs WHERE id = '{3:013}'")
        database = await SqliteDatabase.open(path)
        await database.write(callbacks.record_callback, row["callback_token_hash"], "request-3", START + HOUR)
        await database.close()

    ended, out, _ = await on_a_terminal(tmp_path, b"y\n", *RESOLVE, SINCE, "--json", meanwhile=call_back)
    assert (ended, json.loads(out)) == (
        0,
        {"since": START, "failed": ids(2), "credits": 100, "skipped": ids(3, 4, 6)},
    )
    assert states(path) == ["unknown", "failed", "unknown", "unknown", "rendering", "unknown"]
