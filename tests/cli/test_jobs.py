"""`jobs list`, `jobs show`, and `jobs resolve` for one job."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.samsar.client import SamsarClient
from bot.samsar.config import SamsarConfig
from data import breakers, callbacks, connect, orders, submissions
from data.database import Database
from tests.helpers import migrated_file
from tests.helpers.clock import START
from tests.helpers.command_line import ALICE, GUILD, LIMITS, Ended, a_job, make_movies, run
from tests.helpers.ledger_checks import BudgetTotals, Place, assert_ledger_consistent, snapshot
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
