"""`jobs list`, `jobs show`, and `jobs resolve` for one job, or for all of an outage."""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import parser
from bot.cli.databases import now_ms
from bot.cli.terminal import format_utc
from bot.domain.quota import AuditAction
from bot.samsar.client import SamsarClient
from bot.samsar.config import ApiVersion, ClientOptions, SamsarConfig
from bot.sandbox.fake_samsar import FakeSamsar
from data import breakers, callbacks, orders, submissions
from data.database import Database
from data.engine.sqlite import SqliteDatabase
from data.storage import engines
from tests.helpers import migrated_file
from tests.helpers.at_time import at_time
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.clock import START
from tests.helpers.command_line import ALICE, GUILD, LIMITS, Ended, a_job, make_movies, run
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


async def test_a_job_is_shown_with_its_credits_and_what_can_be_done(tmp_path: Path, database: Database) -> None:
    shown = (await run(tmp_path, "jobs", "show", COMPLETED, "--json")).parsed
    values = (shown["state"], shown["request"]["prompt"], shown["request_id"])
    assert values == ("completed", "a red balloon", "request-1")
    changes = "spoken_language = 'fr', subtitles = 0, duration_seconds = 1000, decided_by = 1234"
    progress = "completed_stages = 1, total_stages = 10"
    await database.write(lambda tx: tx.execute(f"UPDATE jobs SET {changes}, {progress}"))
    for job, state, lines, commands in (
        (COMPLETED, "completed", ("The movie is ready.", "credits             100 spent"), ()),
        (
            UNKNOWN,
            "unknown",
            ("credits          100 on hold (100 of allowances, 0 bonus credits)", "decided by       1234"),
            ("--request-id ID", "--failed", "--failed --charged"),
        ),
        (RENDERING, "rendering", ("The API is making it.", "progress            1 of 10"), ("--failed",)),
    ):
        printed = (await run(tmp_path, "jobs", "show", job)).out.splitlines()
        assert printed[0] == f"Job {job} is {state}"
        assert {*lines, "a red balloon"} <= {*printed}
        assert any(
            line.endswith("  1,000 s, 16:9, LUMA with FLUX1.1PRO, language: fr, subtitles: off") for line in printed
        )
        assert any(line.startswith("progress ") for line in printed) == (state != "completed")
        offered = [line for line in printed if "jobs resolve" in line]
        assert offered == [f"    python -m bot jobs resolve {job} {how}" for how in commands]
        assert f"    python -m bot credits show {GUILD} {ALICE}" in printed
    for wrong in ("nothing", "", "'; DROP TABLE jobs; --", "ä" * 5000):
        assert (await run(tmp_path, "jobs", "show", wrong)).refused() == f"No job with ID {wrong!r}.\n"


async def test_a_failed_job_says_why_what_it_cost_and_what_helps(tmp_path: Path, database: Database) -> None:
    await run(tmp_path, *RESOLVE, "--failed", "--charged")
    printed = (await run(tmp_path, "jobs", "show", UNKNOWN)).out
    assert "Marked as failed by the bot's operator.\n" in printed
    assert "  100 refunded; 100 charged by the API all the same, which your plan paid\n" in printed
    assert re.findall(r"UTC +100  (on hold|refunded) +alice \(22\)$", printed, re.MULTILINE) == ["on hold", "refunded"]
    for reason, commands in (
        ("authentication_failed", ["check"]),
        ("model_refused", ["catalogue compare", "catalogue allow LUMA"]),
    ):
        change = f"UPDATE jobs SET end_reason = '{reason}' WHERE id = '{UNKNOWN}'"
        await database.write(lambda tx, change=change: tx.execute(change))
        printed = (await run(tmp_path, "jobs", "show", UNKNOWN)).out
        offered = re.findall(r"^    python -m bot (.+)$", printed, re.MULTILINE)
        assert offered == [*commands, f"credits show {GUILD} {ALICE}", f"jobs show {UNKNOWN} --json"]


async def test_a_callback_for_a_job_that_was_ended_is_shown(tmp_path: Path, database: Database) -> None:
    """The operator sees that the API made the movie after all."""
    await run(tmp_path, *RESOLVE, "--failed")
    token = await database.read(lambda tx: tx.fetch_one(f"SELECT callback_token_hash FROM jobs WHERE id = '{UNKNOWN}'"))
    assert token is not None
    record = at_time(START, callbacks.record_late_callback)
    assert await database.write(record, token["callback_token_hash"], "request-2")
    shown = (await run(tmp_path, "jobs", "show", UNKNOWN, "--json")).parsed
    assert (shown["late_callback_at"], shown["late_callback_request_id"]) == (START, "request-2")
    printed = (await run(tmp_path, "jobs", "show", UNKNOWN)).out
    assert "callback after that  2026-11-10 12:00:00 UTC, request request-2\n" in printed


@pytest.mark.parametrize(("job_id", "charged", "used"), [(UNKNOWN, ["--charged"], 200), (RENDERING, [], 200)])
@pytest.mark.usefixtures("database")
async def test_an_unknown_job_or_one_that_renders_is_resolved_as_failed(
    tmp_path: Path, job_id: str, charged: list[str], used: int
) -> None:
    resolved = (await run(tmp_path, "jobs", "resolve", job_id, "--failed", *charged, "--json")).parsed
    assert (resolved["state"], resolved["end_reason"]) == ("failed", "resolved_by_operator")
    path = tmp_path / "movies.db"
    totals = assert_ledger_consistent(path)
    assert totals["member", GUILD, ALICE, "2026-11"] == BudgetTotals(used=100, held=100)
    assert totals["plan", 0, 0, "2026-11"] == BudgetTotals(used=used, held=100)
    assert (job_id, "failed") in {(each["job_id"], each["type"]) for each in snapshot(path)["outbox"]}
    noted = {"action": "job_resolved", "guild_id": GUILD, "subject_id": ALICE, "job_id": job_id, "actor_id": 0}
    assert (noted | {"reason_code": "ended_as_failed"}).items() <= snapshot(path)["audit_log"][-1].items()
    again = (await run(tmp_path, "jobs", "resolve", job_id, "--failed")).refused()
    assert again == ONLY_UNKNOWN.format(job_id, "failed")


async def at_the_api(api: ManualSamsar) -> str:
    async with SamsarClient.open(SamsarConfig(key=SecretStr(KEY), base_url=api.base_url)) as client:
        return (await client.create_movie(a_job(2).request)).request_id


def reaching(api: ManualSamsar) -> dict[str, str]:
    return {"SAMSAR_API_KEY": KEY, "SAMSAR_BASE_URL": api.base_url, "DISCORD_TOKEN": "unused-here"}


async def test_an_unknown_job_that_the_api_has_is_watched_again(
    tmp_path: Path, api: ManualSamsar, place: Place, url: str
) -> None:
    async with await engines.engine(url).open() as database:
        await make_movies(database)
    request_id = await at_the_api(api)
    ended = await run(tmp_path, *RESOLVE, "--request-id", request_id, **reaching(api), DATABASE_URL=url)
    assert ended == Ended(
        0, f"Job {UNKNOWN} is now rendering. The bot will notify the member as soon as it runs.\n", ""
    )
    job, note = snapshot(place)["jobs"][1], snapshot(place)["audit_log"][-1]
    assert (job["state"], job["samsar_request_id"]) == ("rendering", request_id)
    assert assert_ledger_consistent(place)["plan", 0, 0, "2026-11"] == BudgetTotals(used=100, held=200)
    noted = {"action": "job_resolved", "guild_id": GUILD, "subject_id": ALICE, "job_id": UNKNOWN}
    assert (noted | {"reason_code": "request_id_found", "reason": request_id}).items() <= note.items()


async def test_a_request_id_that_cannot_be_the_jobs_is_refused(
    database: Database, tmp_path: Path, api: ManualSamsar
) -> None:
    """A typing error must not attach a job to no movie, or to another job's."""
    taken = await at_the_api(api)
    await reserve(database, a_job(4), (), LIMITS)
    await database.write(orders.enqueue, f"{4:013}", 77)
    await database.write(breakers.probe_answered)
    await database.write(submissions.claim, 10, 10, 10)
    await database.write(submissions.mark_rendering, f"{4:013}", taken, START)
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
    async with await SqliteDatabase.open(file) as database:
        for number in range(1, 7):
            await reserve(database, a_job(number), (), LIMITS)
            await database.write(orders.enqueue, f"{number:013}", 77)
        claimed = await database.write(submissions.claim, 10, 10, 10)
        for number, at in ((1, START - 1), (2, START), (3, START + HOUR), (4, START + HOUR), (6, START + HOUR)):
            await database.write(at_time(at, submissions.mark_unknown), f"{number:013}")
        await database.write(callbacks.record_callback, claimed[3].token.hash, "request-4")
        await database.write(callbacks.record_callback, claimed[5].token.hash, None)
        await database.write(submissions.mark_rendering, f"{5:013}", "request-5", START)
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


@pytest.mark.parametrize("charged", [False, True])
@pytest.mark.parametrize("several", [False, True])
async def test_a_member_who_may_not_order_after_it_is_named(tmp_path: Path, *, several: bool, charged: bool) -> None:
    """Only a failed movie that the API charged can block its member."""
    file, now = tmp_path / "movies.db", now_ms()
    migrated_file.create(file)
    async with await SqliteDatabase.open(file) as database:
        await reserve(database, replace(a_job(1), created_at=now), (), LIMITS)
        await database.write(at_time(now, orders.enqueue), f"{1:013}", 77)
        await database.write(at_time(now, submissions.claim), 1, 10, 10)
        await database.write(at_time(now, submissions.mark_unknown), f"{1:013}")
    which = (*RESOLVE_ALL, "1h", "--yes") if several else ("jobs", "resolve", f"{1:013}", "--failed")
    ended = await run(tmp_path, *which, *(["--charged"] if charged else []), MAX_FAILED_CREDITS_PER_MEMBER="100")
    assert ended.status == 0
    assert (f"members unblock {ALICE}" in ended.err) is (charged and not several)
    told = [row["action"] for row in query(file, "SELECT action FROM audit_log")]
    assert (AuditAction.FAILURES_STOPPED in told) is charged, "the server's staff read it, too"


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


# ── the API requests that may be those of an unknown job ─────────────────────────────────────────────────────────────

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
        assert f"python -m bot jobs resolve {job.id} --request-id {second.request_id}\n" in shown.out
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
        assert ("--request-id" in shown, "--failed" in shown) == (False, True)
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
