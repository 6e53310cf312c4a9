"""An erasure or departure reaches its own rows, and no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.quota import AuditAction, AuditContext
from bot.services.quotas import QuotaService
from bot.services.retention import RetentionService
from data import audit_log, departed_servers, erasure
from data.audit_log import AuditEvent
from data.database import Transaction
from data.member_digest import ErasureRecord
from tests.helpers import personal_columns
from tests.helpers.clock import ManualClock
from tests.helpers.every_table import contents, fill
from tests.helpers.ledger_checks import Row, execute, query
from tests.helpers.member_data import ADA, OTHER_GUILD, ada_job, erase, fill_member, traces
from tests.helpers.store_harness import ALICE, BOB, DAY, GUILD, NOW, StoreHarness, a_job

ZED = 456_789_012_345_678_901
PSEUDONYM = -7
COMPANIONS = {"gifts": "ledger_entries", "pitch_notices": "pledges"}
"""Tables whose rows come with another table's that names the member."""


def url_of(store: StoreHarness) -> str:
    return store.place if isinstance(store.place, str) else f"sqlite:///{store.place}"


def rows_where(store: StoreHarness, is_kept: Callable[[Row], bool]) -> dict[str, list[Row]]:
    """Return the rows of each table for which this holds, without interactions: any server's go after a day."""
    return {
        table: [{**row, "interaction_id": None} for row in rows if is_kept(row)]
        for table, rows in contents(url_of(store)).items()
    }


async def test_a_member_whom_one_column_alone_names_is_recognized_and_erased(store: StoreHarness) -> None:
    await fill_member(store)
    await store.database.write(erasure.request, ADA, NOW)
    own = sorted(personal_columns.columns(personal_columns.OWN))

    def missed(tx: Transaction) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for table, column in own:
            with tx.savepoint() as undo:
                named = f"SELECT 1 AS one FROM {table} WHERE {column} = {ADA}"
                for other in own:
                    if other != (table, column) and other[0] != COMPANIONS.get(table):
                        tx.execute(f"UPDATE {other[0]} SET {other[1]} = {PSEUDONYM} WHERE {other[1]} = {ADA}")
                assert tx.fetch_one(named) is not None, (table, column)
                is_known = ADA in erasure.known_members(tx)
                erasure.erase_in_copy(tx, "an erasure", [ADA], NOW)
                if not is_known or tx.fetch_one(named) is not None:
                    found.append((table, column))
                undo.rollback()
        return found

    assert await store.database.write(missed) == []


@pytest.mark.parametrize(
    ("naming", "message_id", "due_at"),
    [
        (f"UPDATE reported_movies SET decided_by = {ADA}", "5", 0),
        (f"UPDATE reported_movies SET blocked_by = {ADA}", "5", 0),
        (f"UPDATE reported_movies SET blocked_by = {ADA}", "NULL", None),
        (
            f"""INSERT INTO movie_reports (job_id, member_id, guild_id, reason, created_at, interaction_id)
            VALUES ('{a_job(9).id}', {ADA}, 10, 'scary', 1, 2)""",
            "5",
            0,
        ),
    ],
)
async def test_a_staff_message_that_names_an_erased_member_is_updated(
    store: StoreHarness, naming: str, message_id: str, due_at: int | None
) -> None:
    await fill_member(store)
    execute(store.place, "DELETE FROM movie_reports")
    others = f"job_id = '{a_job(9).id}', decided_by = 9, blocked_by = 9, staff_message_id = {message_id}"
    execute(store.place, f"UPDATE reported_movies SET {others}")
    execute(store.place, naming)
    assert await erase(store.database)
    assert query(store.place, "SELECT next_attempt_at FROM reported_movies") == [{"next_attempt_at": due_at}]


async def test_no_reason_of_others_mentions_an_erased_member(store: StoreHarness, quotas: QuotaService) -> None:
    for number, reason in enumerate((f"as <@{ADA}> said", "too gory"), 1):
        job = await store.queued(a_job(number))
        for sql in (
            f"UPDATE jobs SET decided_by = 9, decline_reason = '{reason}' WHERE id = '{job.id}'",
            f"INSERT INTO reported_movies (job_id, guild_id, state, reported_at) VALUES ('{job.id}', 10, 'open', 7)",
            f"""INSERT INTO movie_reports (job_id, member_id, guild_id, reason, created_at, interaction_id)
            VALUES ('{job.id}', 9, 10, '{reason}', 7, {number})""",
        ):
            execute(store.place, sql)
        await quotas.grant(AuditContext(9, GUILD, reason), BOB, 50)
        await quotas.block(AuditContext(9, GUILD + number, reason), BOB, None)
    assert await erase(store.database)
    assert traces(store.place, ADA) == set()
    for table, column, nothing in (
        ("jobs", "decline_reason", None),
        ("movie_reports", "reason", ""),
        ("member_blocks", "reason", ""),
        ("ledger_entries", "reason", ""),
    ):
        where = "WHERE entry_type = 'grant'" if table == "ledger_entries" else ""
        rows = query(store.place, f"SELECT {column} FROM {table} {where}")
        assert {row[column] for row in rows} == {nothing, "too gory"}, table


async def test_an_erasure_is_done_only_under_the_id_of_its_request(store: StoreHarness) -> None:
    """Another process may have done it, and the member may be back."""
    requested = await store.database.write(erasure.request, ADA, NOW)
    for erasure_id, done in (("another", False), (requested.id, True)):
        record = ErasureRecord.of(erasure_id, ADA, NOW)
        assert await store.database.write(erasure.erase, record, ADA, NOW) is done


async def test_an_erasure_changes_nothing_of_anyone_else(store: StoreHarness) -> None:
    await fill(url_of(store))
    for guild in (1, GUILD):
        event = AuditEvent(AuditContext(ZED, guild), AuditAction.BLOCK, ALICE, None, NOW)
        await store.database.write(audit_log.record, event)

    def others() -> dict[str, list[Row]]:
        found = rows_where(store, lambda row: row.get("actor_id") != ZED and row.get("actor_id", 0) >= 0)
        return {table: rows for table, rows in found.items() if table != "erasures"}

    before = others()
    assert await erase(store.database, ZED)
    assert others() == before


async def test_the_end_of_one_server_changes_nothing_of_the_others(store: StoreHarness) -> None:
    await fill_member(store)
    await RetentionService(store.database, ManualClock(NOW + 2 * DAY), 0).run_once()  # ids of interactions go
    await store.database.write(departed_servers.record_left, OTHER_GUILD, NOW)

    def is_elsewhere(row: Row) -> bool:
        return row.get("guild_id") != OTHER_GUILD and ada_job(2).id not in (row.get("id"), row.get("job_id"))

    before = rows_where(store, is_elsewhere)
    await RetentionService(store.database, ManualClock(NOW + 31 * DAY), 0).run_once()
    assert rows_where(store, is_elsewhere) == before
    assert contents(url_of(store))["departed_servers"] == []
