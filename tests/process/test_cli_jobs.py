"""`jobs` at the command line: jobs are listed, shown and resolved."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.samsar.client import SamsarClient
from bot.samsar.config import SamsarConfig
from data import breakers, callbacks, orders, submissions
from data.database import Database
from tests.helpers import migrated_file
from tests.helpers.clock import START
from tests.helpers.command_line import ALICE, GUILD, LIMITS, Ended, a_job, open_movies, run
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, snapshot
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.reserving import reserve
from tests.helpers.settings import KEY


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with a completed, an unknown and a rendering job."""
    async with open_movies(tmp_path / "movies.db") as database:
        yield database


async def test_without_any_job_the_list_says_so(tmp_path: Path) -> None:
    migrated_file.create(tmp_path / "movies.db")
    assert await run(tmp_path, "jobs", "list", "--limit", "1000000") == Ended(0, "No jobs yet.\n", "")


@pytest.mark.usefixtures("database")
async def test_jobs_are_listed_the_newest_first(tmp_path: Path) -> None:
    """Options select a state or a number of jobs."""
    ids = [job["id"] for job in (await run(tmp_path, "jobs", "list", "--json")).parsed]
    assert ids == [f"{number:013}" for number in (3, 2, 1)]
    [unknown] = (await run(tmp_path, "jobs", "list", "--state", "unknown", "--json")).parsed
    assert (unknown["id"], unknown["state"], unknown["price"]) == (f"{2:013}", "unknown", 100)
    assert len((await run(tmp_path, "jobs", "list", "--limit", "1", "--json")).parsed) == 1
    printed = (await run(tmp_path, "jobs", "list", "--state", "rendering")).out.splitlines()
    assert printed[0].split() == ["job", "state", "ordered", "server", "member", "credits", "prompt"]
    [row] = printed[1:]
    ordered = "2026-11-10 12:00:00 UTC"
    assert re.split(" {2,}", row) == [f"{3:013}", "rendering", ordered, "11", "22", "100", "a red balloon"]


async def test_the_extras_of_a_job_are_shown(tmp_path: Path, database: Database) -> None:
    """Only extras of the API's version are shown."""
    await database.write(lambda tx: tx.execute("UPDATE jobs SET spoken_language = 'fr', subtitles = 0"))
    printed = (await run(tmp_path, "jobs", "show", f"{1:013}")).out
    assert re.findall(r"^(language|subtitles|tone) +(\w+)$", printed, re.MULTILINE) == [
        ("language", "fr"),
        ("subtitles", "False"),
    ]


async def test_a_callback_for_a_job_that_was_ended_is_shown(tmp_path: Path, database: Database) -> None:
    """The operator sees that the API made the movie after all."""
    await run(tmp_path, "jobs", "resolve", f"{2:013}", "--failed")
    token = await database.read(lambda tx: tx.fetch_one(f"SELECT callback_token_hash FROM jobs WHERE id = '{2:013}'"))
    assert token is not None
    assert await database.write(callbacks.record_late_callback, token["callback_token_hash"], "request-2", START)
    shown = (await run(tmp_path, "jobs", "show", f"{2:013}", "--json")).parsed
    assert (shown["late_callback_at"], shown["late_callback_request_id"]) == (START, "request-2")
    printed = (await run(tmp_path, "jobs", "show", f"{2:013}")).out
    late = re.findall(r"^late_callback_\w+ +(.+)$", printed, re.MULTILINE)
    assert late == ["2026-11-10 12:00:00 UTC", "request-2"]


@pytest.mark.usefixtures("database")
async def test_a_job_is_shown_whole(tmp_path: Path) -> None:
    """It has the request, the times and the held credits.

    A missing job is reported.
    """
    shown = (await run(tmp_path, "jobs", "show", f"{1:013}", "--json")).parsed
    assert (shown["state"], shown["request"]["prompt"], shown["request_id"]) == (
        "completed",
        "a red balloon",
        "request-1",
    )
    printed = (await run(tmp_path, "jobs", "show", f"{1:013}")).out
    assert re.search(r"^created_at +2026-11-10 12:00:00 UTC$", printed, re.MULTILINE)
    assert not re.search(r"^(extras|language|subtitles|tone)\b", printed, re.MULTILINE)
    for wrong in ("nothing", "", "'; DROP TABLE jobs; --", "ä" * 5000):
        assert (await run(tmp_path, "jobs", "show", wrong)).refused() == f"No job with ID {wrong!r}.\n"


@pytest.mark.parametrize(
    ("charged", "plan"), [((), BudgetTotals(used=100, held=100)), (("--charged",), BudgetTotals(used=200, held=100))]
)
@pytest.mark.usefixtures("database")
async def test_an_unknown_job_is_resolved_as_failed(
    tmp_path: Path, charged: tuple[str, ...], plan: BudgetTotals
) -> None:
    """The member has all credits back and a pending notification.

    What the API charged counts against the plan.
    """
    resolved = (await run(tmp_path, "jobs", "resolve", f"{2:013}", "--failed", *charged, "--json")).parsed
    assert (resolved["state"], resolved["end_reason"]) == ("failed", "resolved_by_operator")
    path = tmp_path / "movies.db"
    totals = assert_ledger_consistent(path)
    assert totals["member", GUILD, ALICE, "2026-11"] == BudgetTotals(used=100, held=100)
    assert totals["plan", 0, 0, "2026-11"] == plan
    assert (f"{2:013}", "failed") in {(each["job_id"], each["type"]) for each in snapshot(path)["outbox"]}
    noted = {
        "action": "job_resolved",
        "guild_id": GUILD,
        "subject_id": ALICE,
        "job_id": f"{2:013}",
        "actor_id": 0,
        "reason_code": "ended_as_failed",
    }
    assert noted.items() <= snapshot(path)["audit_log"][-1].items()
    again = await run(tmp_path, "jobs", "resolve", f"{2:013}", "--failed")
    assert (
        again.refused()
        == f"Job {2:013} is failed. Only unknown jobs can be resolved, and rendering ones with --failed.\n"
    )


async def at_the_api(api: ManualSamsar) -> str:
    """Order a movie without the bot; return its request id."""
    async with SamsarClient.open(SamsarConfig(key=SecretStr(KEY), base_url=api.base_url)) as client:
        return await client.create_movie(a_job(2).request)


def reaching(api: ManualSamsar) -> dict[str, str]:
    """Return settings with which the API can be asked."""
    return {"SAMSAR_API_KEY": KEY, "SAMSAR_BASE_URL": api.base_url, "DISCORD_TOKEN": "unused-here"}


@pytest.mark.usefixtures("database")
async def test_an_unknown_job_that_the_api_has_is_watched_again(tmp_path: Path, api: ManualSamsar) -> None:
    """The command asks the API first.

    The credits stay held until the movie ends.
    """
    request_id = await at_the_api(api)
    ended = await run(tmp_path, "jobs", "resolve", f"{2:013}", "--request-id", request_id, **reaching(api))
    assert ended == Ended(0, f"Job {2:013} is now rendering. The bot will notify the member as soon as it runs.\n", "")
    job = snapshot(tmp_path / "movies.db")["jobs"][1]
    assert (job["state"], job["samsar_request_id"]) == ("rendering", request_id)
    assert assert_ledger_consistent(tmp_path / "movies.db")["plan", 0, 0, "2026-11"] == BudgetTotals(used=100, held=200)
    note = snapshot(tmp_path / "movies.db")["audit_log"][-1]
    assert (note["action"], note["reason_code"], note["reason"]) == ("job_resolved", "request_id_found", request_id)
    assert (note["guild_id"], note["subject_id"], note["job_id"]) == (GUILD, ALICE, f"{2:013}")


@pytest.mark.usefixtures("database")
async def test_a_request_id_that_the_api_does_not_know_is_refused(tmp_path: Path, api: ManualSamsar) -> None:
    """A typing error must not attach a job to no movie."""
    before = snapshot(tmp_path / "movies.db")
    for wrong in ("000000000000000000000000", "nothing", "../status"):
        ended = await run(tmp_path, "jobs", "resolve", f"{2:013}", "--request-id", wrong, **reaching(api))
        assert f"The API didn't confirm the request ID {wrong}" in ended.refused()
    ended = await run(tmp_path, "jobs", "resolve", f"{2:013}", "--request-id", " ", **reaching(api))
    assert "' ' isn't a request ID" in ended.refused()
    assert snapshot(tmp_path / "movies.db") == before


async def test_another_jobs_request_id_is_refused(database: Database, tmp_path: Path, api: ManualSamsar) -> None:
    """A movie belongs to one job only."""
    request_id = await at_the_api(api)
    await reserve(database, a_job(4), (), LIMITS)
    await database.write(orders.enqueue, f"{4:013}", 77, START)
    await database.write(breakers.probe_answered)
    await database.write(submissions.claim, START, 10, 10, 10)
    await database.write(submissions.mark_rendering, f"{4:013}", request_id, START, START)
    before = snapshot(tmp_path / "movies.db")
    ended = await run(tmp_path, "jobs", "resolve", f"{2:013}", "--request-id", request_id, **reaching(api))
    assert "that request ID belongs to another job" in ended.refused()
    assert snapshot(tmp_path / "movies.db") == before


@pytest.mark.parametrize(
    ("number", "state", "how"),
    [(1, "completed", ("--failed",)), (1, "completed", ("--request-id", "a")), (3, "rendering", ("--request-id", "a"))],
)
@pytest.mark.usefixtures("database")
async def test_only_an_unknown_job_can_be_resolved(
    tmp_path: Path, api: ManualSamsar, number: int, state: str, how: tuple[str, ...]
) -> None:
    """Ended jobs and those with a request id can't be resolved."""
    before = snapshot(tmp_path / "movies.db")
    ended = await run(tmp_path, "jobs", "resolve", f"{number:013}", *how, **reaching(api))
    assert (
        ended.refused()
        == f"Job {number:013} is {state}. Only unknown jobs can be resolved, and rendering ones with --failed.\n"
    )
    assert snapshot(tmp_path / "movies.db") == before


@pytest.mark.usefixtures("database")
async def test_a_job_that_renders_without_end_can_be_ended(tmp_path: Path) -> None:
    """Its member has all credits back.

    The API has accepted it, so the plan counts it as charged.
    """
    resolved = (await run(tmp_path, "jobs", "resolve", f"{3:013}", "--failed", "--json")).parsed
    assert (resolved["state"], resolved["end_reason"]) == ("failed", "resolved_by_operator")
    totals = assert_ledger_consistent(tmp_path / "movies.db")
    assert totals["member", GUILD, ALICE, "2026-11"] == BudgetTotals(used=100, held=100)
    assert totals["plan", 0, 0, "2026-11"] == BudgetTotals(used=200, held=100)


@pytest.mark.usefixtures("database")
async def test_asking_the_api_takes_its_key(tmp_path: Path, api: ManualSamsar) -> None:
    """Without a key, the message says so.

    *Charged* goes with *failed* only.
    """
    asked = ("jobs", "resolve", f"{2:013}", "--request-id", "a")
    assert "SAMSAR_API_KEY is not set" in (await run(tmp_path, *asked)).refused(2)
    charged = await run(tmp_path, *asked, "--charged", **reaching(api))
    assert "--charged needs --failed" in charged.refused(2)
