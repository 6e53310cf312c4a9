"""`jobs list`, `jobs show`, and `jobs resolve` for one job, or for all of an outage."""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import parser
from bot.cli.ledger import now_ms
from bot.domain.quota import AuditAction
from bot.samsar.client import SamsarClient
from bot.samsar.config import SamsarConfig
from data import breakers, callbacks, connect, orders, submissions
from data.database import Database
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.clock import START
from tests.helpers.command_line import ALICE, GUILD, LIMITS, Ended, a_job, make_movies, run, run_on_terminal
from tests.helpers.ledger_checks import BudgetTotals, Place, assert_ledger_consistent, query, snapshot
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.reserving import reserve
from tests.helpers.settings import KEY

COMPLETED, UNKNOWN, RENDERING = (f"{number:013}" for number in (1, 2, 3))
RESOLVE = ("jobs", "resolve", UNKNOWN)
ONLY_UNKNOWN = "Job {} is {}. Only unknown jobs can be resolved, and rendering ones with --failed.\n"


async def test_without_any_job_the_list_says_so(tmp_path: Path) -> None:
    migrated_file.create(tmp_path / "movies.db")
    assert await run(tmp_path, "jobs", "list", "--limit", "1000000") == Ended(0, "No jobs yet.\n", "")


@pytest.mark.usefixtures("database")
async def test_jobs_are_listed_the_newest_first(tmp_path: Path) -> None:
    ids = [job["id"] for job in (await run(tmp_path, "jobs", "list", "--json")).parsed]
    assert ids == [RENDERING, UNKNOWN, COMPLETED]
    [unknown] = (await run(tmp_path, "jobs", "list", "--state", "unknown", "--json")).parsed
    assert (unknown["id"], unknown["state"], unknown["price"]) == (UNKNOWN, "unknown", 100)
    assert len((await run(tmp_path, "jobs", "list", "--limit", "1", "--json")).parsed) == 1
    head, row = (await run(tmp_path, "jobs", "list", "--state", "rendering")).out.splitlines()
    assert head.split() == ["job", "state", "ordered", "server", "member", "credits", "prompt"]
    ordered = "2026-11-10 12:00:00 UTC"
    assert re.split(" {2,}", row) == [RENDERING, "rendering", ordered, "11", "22", "100", "a red balloon"]


async def test_a_job_is_shown_whole(tmp_path: Path, database: Database) -> None:
    shown = (await run(tmp_path, "jobs", "show", COMPLETED, "--json")).parsed
    values = (shown["state"], shown["request"]["prompt"], shown["request_id"])
    assert values == ("completed", "a red balloon", "request-1")
    printed = (await run(tmp_path, "jobs", "show", COMPLETED)).out
    assert re.search(r"^created_at +2026-11-10 12:00:00 UTC$", printed, re.MULTILINE)
    assert not re.search(r"^(extras|language|subtitles|tone)\b", printed, re.MULTILINE)
    await database.write(lambda tx: tx.execute("UPDATE jobs SET spoken_language = 'fr', subtitles = 0"))
    printed = (await run(tmp_path, "jobs", "show", COMPLETED)).out
    extras = re.findall(r"^(language|subtitles|tone) +(\w+)$", printed, re.MULTILINE)
    assert extras == [("language", "fr"), ("subtitles", "False")]
    for wrong in ("nothing", "", "'; DROP TABLE jobs; --", "ä" * 5000):
        assert (await run(tmp_path, "jobs", "show", wrong)).refused() == f"No job with ID {wrong!r}.\n"


async def test_a_callback_for_a_job_that_was_ended_is_shown(tmp_path: Path, database: Database) -> None:
    """The operator sees that the API made the movie after all."""
    await run(tmp_path, *RESOLVE, "--failed")
    token = await database.read(lambda tx: tx.fetch_one(f"SELECT callback_token_hash FROM jobs WHERE id = '{UNKNOWN}'"))
    assert token is not None
    assert await database.write(callbacks.record_late_callback, token["callback_token_hash"], "request-2", START)
    shown = (await run(tmp_path, "jobs", "show", UNKNOWN, "--json")).parsed
    assert (shown["late_callback_at"], shown["late_callback_request_id"]) == (START, "request-2")
    printed = (await run(tmp_path, "jobs", "show", UNKNOWN)).out
    late = re.findall(r"^late_callback_\w+ +(.+)$", printed, re.MULTILINE)
    assert late == ["2026-11-10 12:00:00 UTC", "request-2"]


@pytest.mark.parametrize(
    ("charged", "plan"), [((), BudgetTotals(used=100, held=100)), (("--charged",), BudgetTotals(used=200, held=100))]
)
@pytest.mark.usefixtures("database")
async def test_an_unknown_job_is_resolved_as_failed(
    tmp_path: Path, charged: tuple[str, ...], plan: BudgetTotals
) -> None:
    resolved = (await run(tmp_path, *RESOLVE, "--failed", *charged, "--json")).parsed
    assert (resolved["state"], resolved["end_reason"]) == ("failed", "resolved_by_operator")
    path = tmp_path / "movies.db"
    totals = assert_ledger_consistent(path)
    assert totals["member", GUILD, ALICE, "2026-11"] == BudgetTotals(used=100, held=100)
    assert totals["plan", 0, 0, "2026-11"] == plan
    assert (UNKNOWN, "failed") in {(each["job_id"], each["type"]) for each in snapshot(path)["outbox"]}
    noted = {"action": "job_resolved", "guild_id": GUILD, "subject_id": ALICE, "job_id": UNKNOWN, "actor_id": 0}
    assert (noted | {"reason_code": "ended_as_failed"}).items() <= snapshot(path)["audit_log"][-1].items()
    assert (await run(tmp_path, *RESOLVE, "--failed")).refused() == ONLY_UNKNOWN.format(UNKNOWN, "failed")


@pytest.mark.usefixtures("database")
async def test_a_job_that_renders_without_end_can_be_ended(tmp_path: Path) -> None:
    resolved = (await run(tmp_path, "jobs", "resolve", RENDERING, "--failed", "--json")).parsed
    assert (resolved["state"], resolved["end_reason"]) == ("failed", "resolved_by_operator")
    totals = assert_ledger_consistent(tmp_path / "movies.db")
    assert totals["member", GUILD, ALICE, "2026-11"] == BudgetTotals(used=100, held=100)
    assert totals["plan", 0, 0, "2026-11"] == BudgetTotals(used=200, held=100)


async def at_the_api(api: ManualSamsar) -> str:
    async with SamsarClient.open(SamsarConfig(key=SecretStr(KEY), base_url=api.base_url)) as client:
        return await client.create_movie(a_job(2).request)


def reaching(api: ManualSamsar) -> dict[str, str]:
    return {"SAMSAR_API_KEY": KEY, "SAMSAR_BASE_URL": api.base_url, "DISCORD_TOKEN": "unused-here"}


async def test_an_unknown_job_that_the_api_has_is_watched_again(
    tmp_path: Path, api: ManualSamsar, place: Place, url: str
) -> None:
    database = await connect.open_database(url)
    await make_movies(database)
    await database.close()
    request_id = await at_the_api(api)
    ended = await run(tmp_path, *RESOLVE, "--request-id", request_id, **reaching(api), DATABASE_URL=url)
    assert ended == Ended(
        0, f"Job {UNKNOWN} is now rendering. The bot will notify the member as soon as it runs.\n", ""
    )
    job = snapshot(place)["jobs"][1]
    assert (job["state"], job["samsar_request_id"]) == ("rendering", request_id)
    assert assert_ledger_consistent(place)["plan", 0, 0, "2026-11"] == BudgetTotals(used=100, held=200)
    note = snapshot(place)["audit_log"][-1]
    assert (note["action"], note["reason_code"], note["reason"]) == ("job_resolved", "request_id_found", request_id)
    assert (note["guild_id"], note["subject_id"], note["job_id"]) == (GUILD, ALICE, UNKNOWN)


async def test_a_request_id_that_cannot_be_the_jobs_is_refused(
    database: Database, tmp_path: Path, api: ManualSamsar
) -> None:
    """A typing error must not attach a job to no movie, or to another job's."""
    taken = await at_the_api(api)
    await reserve(database, a_job(4), (), LIMITS)
    await database.write(orders.enqueue, f"{4:013}", 77, START)
    await database.write(breakers.probe_answered)
    await database.write(submissions.claim, START, 10, 10, 10)
    await database.write(submissions.mark_rendering, f"{4:013}", taken, START, START)
    before = snapshot(tmp_path / "movies.db")
    for given, told in (
        *((wrong, f"The API didn't confirm the request ID {wrong}") for wrong in ("0" * 24, "nothing", "../status")),
        (" ", "' ' isn't a request ID"),
        (taken, "that request ID belongs to another job"),
    ):
        assert told in (await run(tmp_path, *RESOLVE, "--request-id", given, **reaching(api))).refused()
    for job, state, how in (
        (COMPLETED, "completed", ("--failed",)),
        (COMPLETED, "completed", ("--request-id", "a")),
        (RENDERING, "rendering", ("--request-id", "a")),
    ):
        ended = await run(tmp_path, "jobs", "resolve", job, *how, **reaching(api))
        assert ended.refused() == ONLY_UNKNOWN.format(job, state)
    charged = await run(tmp_path, *RESOLVE, "--request-id", "a", "--charged", **reaching(api))
    assert "--charged needs --failed" in charged.refused(2)
    assert snapshot(tmp_path / "movies.db") == before


# ── the jobs of an outage ────────────────────────────────────────────────────────────────────────────────────────────

HOUR = 3_600_000
RESOLVE_ALL = ("jobs", "resolve", "--failed", "--all-unknown-since")
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
    ended = (await run(tmp_path, *RESOLVE_ALL, SINCE, "--yes", "--json")).parsed
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
    assert await run(tmp_path, *RESOLVE_ALL, SINCE, "--yes") == Ended(0, f"No jobs were resolved.\n{skipped}", "")
    none = "No jobs were resolved: none has become unknown since 2026-11-10 14:00:00 UTC.\n"
    assert await run(tmp_path, *RESOLVE_ALL, "2026-11-10T14:00") == Ended(0, none, ""), "without a question"
    assert snapshot(path) == before


async def test_what_the_api_charged_stays_with_the_plan(tmp_path: Path, path: Path) -> None:
    ended = await run(tmp_path, *RESOLVE_ALL, SINCE, "--yes", "--charged")
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
    which = (*RESOLVE_ALL, "1h", "--yes") if several else ("jobs", "resolve", f"{1:013}", "--failed")
    ended = await run(tmp_path, *which, *(["--charged"] if charged else []), MAX_FAILED_CREDITS_PER_MEMBER="100")
    assert ended.status == 0
    assert (f"members unblock {ALICE}" in ended.err) is (charged and not several)
    told = [row["action"] for row in query(file, "SELECT action FROM audit_log")]
    assert (AuditAction.FAILURES_STOPPED in told) is charged, "the server's staff read it, too"


@pytest.mark.parametrize("since", ["2026-11-10T13:00", "2026-11-10 14:00+01:00", "2026-11-10T13:00:00Z"])
async def test_a_time_is_utc_unless_it_says_otherwise(tmp_path: Path, path: Path, since: str) -> None:
    ended = await run(tmp_path, *RESOLVE_ALL, since, "--yes", "--json", TZ="America/Los_Angeles")
    assert ended.parsed["failed"] == ids(3)
    assert states(path)[1] == "unknown"


@pytest.mark.usefixtures("path")
async def test_a_time_can_be_how_long_ago(tmp_path: Path) -> None:
    for given, length_ms in (("45s", 45_000), ("30m", 1_800_000), ("2h", 2 * HOUR), ("1d", 24 * HOUR)):
        before = time.time_ns() // 1_000_000
        parsed = parser._timestamp(given) + length_ms
        assert before <= parsed <= time.time_ns() // 1_000_000
    assert (await run(tmp_path, *RESOLVE_ALL, "999999d", "--yes", "--json")).parsed["failed"] == ids(1, 2, 3)


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
    ended = await run(tmp_path, *RESOLVE_ALL, since, typed=typed)
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

    status, said = await run_on_terminal(tmp_path, *RESOLVE_ALL, SINCE, "--json", typed="y\n", meanwhile=call_back)
    assert status == 0, said
    told = json.loads(said.splitlines()[-1])
    assert told == {"since": START, "failed": ids(2), "credits": 100, "skipped": ids(3, 4, 6)}
    assert states(path) == ["unknown", "failed", "unknown", "unknown", "rendering", "unknown"]
