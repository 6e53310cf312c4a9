"""`audit`, `report` and `credits`."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.databases import now_ms
from bot.domain.credits import Month
from bot.domain.quota import AuditContext, LimitScope
from data import budgets, gifts, orders, renders, submissions
from data.database import Database
from tests.helpers import migrated_file
from tests.helpers.clock import clock_of
from tests.helpers.command_line import ALICE, GUILD, LIMITS, Ended, a_job, run
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, execute, snapshot
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.reserving import reserve
from tests.helpers.settings import CATALOGUE

MEMBER = (str(GUILD), str(ALICE))
BY, ROLE = AuditContext(44, GUILD), 7


@pytest.mark.usefixtures("database")
async def test_an_audit_succeeds_on_a_consistent_ledger_and_names_a_total_that_was_tampered_with(
    tmp_path: Path,
) -> None:
    assert await run(tmp_path, "audit") == Ended(0, "Audit passed: all balances match.\n", "")
    assert (await run(tmp_path, "audit", "--json")).parsed == {"differences": []}
    execute(tmp_path / "movies.db", "UPDATE balances SET used = used + 7 WHERE scope = 'plan'")
    ended, as_json = await run(tmp_path, "audit"), await run(tmp_path, "audit", "--json")
    start = "plan budget (server 0, member 0, month 2026-11): the ledger says granted 0, used 100, "
    assert (ended.status, ended.out.startswith(start)) == (1, True)
    assert "the total says 0, 107, 200" in ended.out
    assert (as_json.status, len(as_json.parsed["differences"])) == (1, 1)
    assert "mismatch: plan budget" in (await run(tmp_path, "report", "2026-11")).out
    execute(tmp_path / "movies.db", "UPDATE balances SET used = used - 7 WHERE scope = 'plan'")


@pytest.mark.usefixtures("database")
async def test_a_report_is_of_all_servers_or_of_one_and_of_this_month_without_another(tmp_path: Path) -> None:
    """What it has of one is in the snapshot of every command."""
    figures = (await run(tmp_path, "report", "2026-11", "--json")).parsed
    assert (figures["movies"], figures["spent"], figures["held"], figures["server"]) == (1, 100, 200, None)
    elsewhere = (await run(tmp_path, "report", "2026-11", "--server", "12", "--json")).parsed
    assert (elsewhere["movies"], elsewhere["plan"]["used"]) == (0, 100)
    now = {str(Month.containing(now_ms()))}
    figures = (await run(tmp_path, "report", "--json")).parsed
    assert figures["month"] in now | {str(Month.containing(now_ms()))}


@pytest.mark.usefixtures("database")
async def test_a_report_has_the_plan_and_the_labels_of_the_settings(tmp_path: Path) -> None:
    labelled = CATALOGUE.replace("Luma Dream Machine", "House special")
    (tmp_path / "models.toml").write_text(labelled, encoding="utf-8")
    own = {"PLAN_MONTHLY_CREDITS": "700", "CATALOGUE_PATH": "models.toml"}
    figures = (await run(tmp_path, "report", "2026-11", "--json", **own)).parsed
    assert (figures["plan"]["limit"], figures["models"][0]["name"]) == (700, "House special")


async def test_a_report_shows_the_balance_at_the_api_where_there_is_a_key(api: ManualSamsar, tmp_path: Path) -> None:
    migrated_file.create(tmp_path / "movies.db")
    env = {"SAMSAR_API_KEY": api.config.api_key, "SAMSAR_BASE_URL": api.base_url}
    assert "API balance" in (await run(tmp_path, "report", **env)).out
    assert (await run(tmp_path, "report", "--json", **env)).parsed["api_credits"] == 4200
    asked = len(api.requests)
    assert (await run(tmp_path, "report", "--json", SAMSAR_BASE_URL=api.base_url)).parsed["api_credits"] is None
    assert len(api.requests) == asked, "without a key, the API is not asked"
    assert (await run(tmp_path, "report", "--server", "11", "--json", **env)).parsed["api_credits"] is None
    for other in ({"SAMSAR_BASE_URL": "http://127.0.0.1:1/v1/video/"}, {"SAMSAR_API_KEY": "a-key-that-was-revoked"}):
        assert (await run(tmp_path, "report", "--json", **(env | other))).parsed["api_credits"] is None


@pytest.mark.usefixtures("database")
async def test_a_list_without_rows_says_so(tmp_path: Path) -> None:
    assert await run(tmp_path, "jobs", "list", "--state", "cancelled") == Ended(0, "No cancelled jobs.\n", "")
    assert (await run(tmp_path, "jobs", "list", "--state", "cancelled", "--json")).parsed == []
    assert (await run(tmp_path, "credits", "show", "11", "99")).out.endswith("\n\nNo entries yet.\n")
    report = (await run(tmp_path, "report", "2026-10")).out
    assert "No movies by any member.\n\nNo movies with any model.\n\nNo failed movies.\n" in report


@pytest.mark.usefixtures("database")
async def test_a_grant_is_there_at_once_and_says_who_and_why(tmp_path: Path) -> None:
    granted = await run(tmp_path, "credits", "grant", "11", "23", "250", "--reason", " a refund by hand ")
    assert granted == Ended(0, "Granted 250 bonus credits to 23. New balance: 850.\n", "")
    shown = (await run(tmp_path, "credits", "show", "11", "23", "--json")).parsed
    assert (shown["extra"]["limit"], shown["movements"][0]["reason"]) == (250, "a refund by hand")
    path = tmp_path / "movies.db"
    assert assert_ledger_consistent(path)["extra", GUILD, 23, ""] == BudgetTotals(granted=250)
    note = snapshot(path)["audit_log"][-1]
    assert (note["actor_id"], note["action"], note["subject_id"], note["amount"]) == (0, "grant", 23, 250)


async def test_what_is_left_is_what_can_be_spent(empty_database: Database, tmp_path: Path) -> None:
    await empty_database.write(budgets.set_limit, LimitScope.SERVER, 0, 70, by=BY)
    assert (await run(tmp_path, "credits", "grant", *MEMBER, "50", "--json")).parsed == {"granted": 50, "left": 70}
    assert (await run(tmp_path, "credits", "show", *MEMBER, "--json")).parsed["left"] == 70
    assert re.search(r"^left +70$", (await run(tmp_path, "credits", "show", *MEMBER)).out, re.MULTILINE)
    small = {"MEMBER_MONTHLY_CREDITS": "5"}
    assert (await run(tmp_path, "credits", "show", *MEMBER, "--json", **small)).parsed["left"] == 55
    assert (await run(tmp_path, "credits", "grant", *MEMBER, "5", "--json", **small)).parsed["left"] == 60


async def test_the_bonus_on_hold_and_spent_is_among_the_credits_that_are_shown(
    empty_database: Database, tmp_path: Path
) -> None:
    database, now = empty_database, now_ms()  # the command shows the month of today
    clock_of(database).turn_to(now)
    job = replace(a_job(1), created_at=now)
    await database.write(budgets.set_limit, LimitScope.MEMBER, ALICE, 60, by=BY)
    await database.write(gifts.grant, ALICE, 55, by=BY)
    await reserve(database, job, (), LIMITS)

    async def shown() -> list[str]:
        lines = (await run(tmp_path, "credits", "show", *MEMBER)).out.splitlines()
        return [re.split(" {2,}", line)[1] for line in lines[1:6]] + re.split(" {2,}", lines[8])[1:]

    held = await shown()
    await database.write(orders.enqueue, job.id, 77)
    await database.write(submissions.claim, 1, 10, 10)
    await database.write(submissions.mark_rendering, job.id, "request-1", now)
    await database.write(renders.complete, job.id, "https://movies.test/1.mp4")
    assert held == ["60 a month (member)", "0", "100", "15", "15", "on hold", "100", job.id]
    assert await shown() == ["60 a month (member)", "60", "0", "15", "15", "spent", "100", job.id]


async def test_a_members_roles_count_as_they_were_at_the_last_order(empty_database: Database, tmp_path: Path) -> None:
    database, job = empty_database, a_job(1)
    await database.write(budgets.set_limit, LimitScope.ROLE, ROLE, 900, by=BY)
    await reserve(database, job, (ROLE,), LIMITS)
    assert await database.write(orders.void, job.id, notify=False)
    shown = (await run(tmp_path, "credits", "show", *MEMBER, "--json")).parsed
    assert (shown["allowance"]["limit"], shown["left"]) == (900, 900)
    assert (await run(tmp_path, "credits", "grant", *MEMBER, "50", "--json")).parsed == {"granted": 50, "left": 950}
    printed = (await run(tmp_path, "credits", "show", *MEMBER)).out
    assert re.findall(r"UTC  (.+?)  ", printed) == ["granted", "refunded", "on hold"]
    assert re.search(r"UTC  granted +50 +granted by the operator$", printed, re.MULTILINE)
    shown = (await run(tmp_path, "credits", "show", *MEMBER, "--json")).parsed
    assert [each["entry_type"] for each in shown["movements"]] == ["grant", "release", "hold"]
