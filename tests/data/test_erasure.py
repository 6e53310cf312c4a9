"""Erasures, which leave nothing of the member, keep every sum, and reach no other row."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.errors import StorageError
from bot.domain.credit_request import CreditRequest
from bot.domain.delivery import NotificationType, PostedMessage
from bot.domain.jobs import JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditAction, AuditContext, AuditEvent
from bot.domain.refusal import Refused
from bot.domain.text import Language
from bot.services.privacy import ErasureOutcome, clear_old_data, export_file
from data import audit_log, blocks, erasure, gifts, job_actions, jobs, orders, personal, preferences, removals, renders
from data.credit_requests import ask
from data.database import Transaction
from data.departed_servers import record_left
from data.engine.sqlite import SqliteDatabase
from data.erasure import ErasureRecord
from data.reconciliation import find_discrepancies
from data.storage import erasure_copies
from data.submissions import mark_rendering
from tests.helpers import due_work, member_data
from tests.helpers.at_time import at_time
from tests.helpers.every_table import contents, fill
from tests.helpers.ledger_checks import BudgetTotals, Row, a_reader, assert_ledger_consistent, execute, query
from tests.helpers.member_data import (
    ADA,
    DANA,
    MARKS,
    NAME,
    PROMPT,
    URL,
    ada_job,
    deliver,
    erase,
    fill_member,
    privacy_service,
    traces,
)
from tests.helpers.personal_columns import EXPORTED, NOTHING, OWN, WORDS
from tests.helpers.reserving import reserve
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job


async def to_delete(store: StoreHarness) -> list[PostedMessage]:
    return await store.database.read(at_time(NOW + DAY, due_work.to_delete))


async def test_every_column_is_classified(store: StoreHarness) -> None:
    known = OWN | WORDS | EXPORTED
    assert member_data.every_column(store.place).keys() == known | NOTHING
    assert not (known & NOTHING | OWN & (WORDS | EXPORTED))


async def test_nothing_of_the_member_is_left_and_servers_plan_and_others_keep_their_sums(store: StoreHarness) -> None:
    await fill_member(store)
    await store.database.write(preferences.change, ADA, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    await store.database.write(erasure.request, ADA)
    assert traces(store.place, *MARKS) >= OWN | WORDS
    before = assert_ledger_consistent(store.place)
    assert await erase(store.database)
    assert traces(store.place, *MARKS) == set()
    assert await store.database.read_long(find_discrepancies) == ()
    after = assert_ledger_consistent(store.place)
    others = [{key: total for key, total in each.items() if key[2] in (0, BOB)} for each in (before, after)]
    assert others[0] == others[1]
    own = {(key[0], key[1], key[3]): total for key, total in before.items() if key[2] == ADA}
    assert own.pop(("extra", GUILD, "")) == BudgetTotals(granted=50)
    assert {(key[0], key[1], key[3]): total for key, total in after.items() if key[2] < 0} == own
    owners = {(row["guild_id"], row["member_id"]) for row in query(store.place, "SELECT guild_id, member_id FROM jobs")}
    assert {(key[1], key[2]) for key in after if key[2] < 0} < owners
    assert sorted(guild for guild, owner in owners if owner < 0) == [GUILD, member_data.OTHER_GUILD]


async def test_nothing_tells_that_a_member_of_two_servers_was_one(store: StoreHarness) -> None:
    """A shared number or the erasure's time would link the servers."""
    await fill_member(store)
    for guild in (GUILD, member_data.OTHER_GUILD):
        await store.database.write(gifts.grant, ADA, 50, by=AuditContext(DANA, guild))
        await store.database.write(gifts.grant, BOB, 50, by=AuditContext(ADA, guild))
    at = NOW + HOUR
    assert await erase(store.database, now=at)
    numbers: dict[int, set[int]] = {}
    for table, column in [*OWN, ("jobs", "interaction_id")]:
        if table in ("jobs", "balances", "ledger_entries", "audit_log", "credit_requests"):
            for row in query(store.place, f"SELECT guild_id, {column} AS who FROM {table} WHERE {column} < 0"):
                numbers.setdefault(row["guild_id"], set()).add(row["who"])
    assert len(numbers) > 2
    assert len(set.union(*numbers.values())) == sum(map(len, numbers.values()))
    assert query(store.place, f"SELECT 1 AS one FROM ledger_entries WHERE created_at = {at}") == []
    assert query(store.place, f"SELECT 1 AS one FROM erasures WHERE erased_at >= {NOW}") == []


@pytest.mark.parametrize("waits", [False, True])
async def test_a_card_that_discord_accepts_after_the_erasure_is_deleted(store: StoreHarness, *, waits: bool) -> None:
    job = await store.reserved(ada_job(1))
    if waits:
        await store.in_state(ada_job(2), JobState.RENDERING)
    assert await erase(store.database) is not waits
    assert not await store.database.write(orders.enqueue, job.id, member_data.CARD)
    assert await to_delete(store) == [PostedMessage(CHANNEL, member_data.CARD)]
    assert traces(store.place, member_data.CARD) == {("messages", "subject_id"), ("messages", "nonce")}


async def test_the_unknown_card_of_an_order_whose_process_died_is_looked_for(store: StoreHarness) -> None:
    """The message about the end finds the card, so the erasure waits."""
    job = await store.reserved(ada_job(1))
    late = NOW + 20_000
    assert not await erase(store.database, now=late)
    assert await store.pending_notifications(late) == [(job.id, "cancelled")]
    await deliver(store.database, job, NotificationType.CANCELLED)
    assert await erase(store.database, now=late)
    assert traces(store.place, ADA, NAME, PROMPT) == set()
    again = await store.reserved(ada_job(2, at=NOW + DAY))
    await store.database.write(at_time(NOW + DAY + 20000, erasure.erase_in_copy), "an erasure", [ADA])
    assert await store.state(again) is JobState.CANCELLED
    assert await store.pending_notifications(NOW + 2 * DAY) == []


async def test_changes_that_were_not_posted_yet_are_posted_without_a_name(store: StoreHarness) -> None:
    await choose_staff_channel(store.database, AuditContext(DANA, GUILD), 555, NOW)
    await store.database.write(gifts.grant, ADA, 50, by=AuditContext(DANA, GUILD, member_data.REASON))
    await store.database.write(gifts.grant, BOB, 50, by=AuditContext(ADA, GUILD, member_data.REASON))
    by_ada, place = AuditContext(ADA, GUILD), {"channel_id": CHANNEL, "role_ids": (), "language": Language.ENGLISH}
    assert isinstance(await store.database.write(ask, 900, **place, by=by_ada), CreditRequest)
    refused = AuditEvent(by_ada, AuditAction.PROMPT_REFUSED, ADA, None)
    await store.database.write(audit_log.record, refused)
    assert await erase(store.database)
    _, granted, by_nobody = [entry for entry, _ in await store.posted_lines(NOW)]
    assert (granted.by.actor_id, granted.credits, granted.by.reason) == (DANA, 50, "")
    assert (by_nobody.subject_id, by_nobody.credits, by_nobody.by.reason) == (BOB, 50, "")
    assert granted.subject_id == by_nobody.by.actor_id < 0


@pytest.mark.parametrize("state", [JobState.SUBMITTING, JobState.RENDERING, JobState.UNKNOWN])
async def test_what_the_api_has_ends_first(store: StoreHarness, state: JobState) -> None:
    job = await store.in_state(ada_job(1), state)
    assert not await erase(store.database)
    assert (await store.found(job.id)).member_id == ADA
    assert await reserve(store.database, ada_job(2), (), LIMITS) == Refused("refusals-erasing")
    if state is not JobState.RENDERING:
        found = mark_rendering if state is JobState.SUBMITTING else renders.attach_request_id
        await store.database.write(found, job.id, "request", NOW)
    await store.database.write(renders.complete, job.id, URL)
    assert not await erase(store.database), "its message is not sent yet"
    await deliver(store.database, job, NotificationType.COMPLETED)
    assert await erase(store.database)
    assert await store.database.write(jobs.set_movie_url, job, URL) is None, "a button was pressed meanwhile"
    assert await store.database.write(job_actions.set_delivery_target, job.id, ADA, DeliveryTarget.CHANNEL) is None
    assert traces(store.place, ADA, NAME, PROMPT, URL) == set()
    assert await store.database.read_long(find_discrepancies) == ()


async def test_an_erasure_is_requested_once_and_done_once(store: StoreHarness) -> None:
    await store.in_state(ada_job(1), JobState.RENDERING)
    first = await store.database.write(erasure.request, ADA)
    assert await store.database.write(at_time(NOW + HOUR, erasure.request), ADA) == first
    assert await store.database.read(erasure.pending) == [first]
    await store.database.write(renders.complete, ada_job(1).id, URL)
    await deliver(store.database, ada_job(1), NotificationType.COMPLETED)
    another = ErasureRecord.of("another", ADA, NOW)
    await store.database.write(erasure.erase, another, ADA)
    assert await store.database.read(erasure.pending) == [first], "another process may have done it before"
    assert await erase(store.database)
    assert await store.database.read(erasure.pending) == []
    assert await store.database.read(erasure.known_ids) == {first.id}
    repeated = (await store.database.write(erasure.request, ADA)).id
    execute(store.place, f"INSERT INTO erasures (id, erased_at) VALUES ('{repeated}', {NOW})")
    assert await erase(store.database)
    assert await store.database.read(erasure.pending) == []


async def test_an_erasure_that_cannot_be_listed_beside_the_backups_waits(store: StoreHarness, tmp_path: Path) -> None:
    """Otherwise, a restored backup could bring the member back."""
    await fill_member(store)
    folder = tmp_path / "backups"
    folder.touch()  # a file, so that no list can be in it
    service = privacy_service(store, folder)
    with pytest.raises(StorageError):
        await service.erase(ADA)
    assert await store.database.read(erasure.known_ids) == frozenset()
    assert [each.member_id for each in await store.database.read(erasure.pending)] == [ADA]
    folder.unlink()
    for _ in range(2):
        await service.run_once()
        assert [each.matches(ADA) for each in erasure_copies.read_list(folder)] == [True]
        assert await store.database.read(erasure.pending) == []
        for each in folder.iterdir():
            each.unlink()  # a list that is lost is written anew


async def test_an_erasure_waits_24_hourly_attempts_for_a_message_that_cannot_be_deleted(store: StoreHarness) -> None:
    job = await store.in_state(ada_job(1), JobState.COMPLETED)
    await deliver(store.database, job, NotificationType.COMPLETED)
    await store.database.write(removals.remove, job.id, AuditContext(DANA, GUILD))

    def refused() -> list[int]:
        return [row["attempts"] for row in query(store.place, "SELECT attempts FROM messages WHERE kind = 'gone'")]

    last = NOW + 23 * HOUR
    for at in range(NOW, last + 1, HOUR):
        assert await store.database.read(at_time(at - 1, due_work.to_delete)) == []
        assert not await erase(store.database, now=at)
        due = await store.database.read(at_time(at, due_work.due_deletions))
        assert len(due) == 2
        for each in due:
            assert await store.database.write(at_time(at, removals.retry_refused), *each)
    assert await erase(store.database, now=last)
    assert refused() == [24] * 2
    assert traces(store.place, ADA, NAME, PROMPT, URL) == set()
    for each in await store.database.read(at_time(last + HOUR, due_work.due_deletions)):
        assert not await store.database.write(at_time(NOW + 31 * DAY, removals.retry_refused), *each)
    assert refused() == []
    assert query(store.place, "SELECT 1 AS one FROM audit_log WHERE action = 'deletion_given_up'") == []


async def test_afterwards_the_member_starts_anew(store: StoreHarness) -> None:
    await fill_member(store)
    assert await erase(store.database)
    assert await store.database.write(blocks.unblock, ADA, by=AuditContext(DANA, GUILD))
    assert await store.database.read(preferences.get, ADA) == preferences.Preferences()
    assert await store.database.read(blocks.active_block, GUILD, ADA) is None
    later = NOW + 40 * DAY
    await store.queued(ada_job(50, at=later))
    assert (await store.found(ada_job(50).id)).member_name == NAME
    assert await erase(store.database, now=later)
    assert traces(store.place, ADA, NAME, PROMPT) == set()
    assert len(await store.database.read(erasure.known_ids)) == 2


async def test_an_export_has_everything_of_the_member_and_nothing_of_anyone_else(store: StoreHarness) -> None:
    await fill_member(store)
    await store.queued(a_job(70, BOB, cost=10))
    content = export_file(await store.database.read_long(personal.export, ADA), ADA, NOW)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    data = json.loads(files["data.json"])
    for mark in MARKS:
        assert (str(mark) in files["data.json"]) is (mark != member_data.HASH), mark
    assert str(DANA) not in "".join(files.values())
    assert {f"{name}.csv" for name, rows in data.items() if isinstance(rows, list) and rows} == files.keys() - {
        "data.json"
    }
    assert data["movies"][0]["created_at"] == "2026-11-10T12:00:00+00:00"
    assert [row["by_you"] for row in data["log"]].count(1) == 2
    assert {row["scope"] for row in data["balances"]} == {"member", "extra"}
    assert (0, 1) in {(row["is_yours"], row["by_you"]) for row in data["credits"]}, "a grant of hers to another member"
    assert sorted((row["is_yours"], row["by_you"]) for row in data["credit_requests"]) == [(0, 1), (1, 0)]
    assert sorted((row["to_you"], row["by_you"]) for row in data["gifts"]) == [(0, 1), (1, 0)]
    stored = await store.database.read_long(erasure.stored, ADA)
    assert (stored.movies, stored.bonus, stored.requested, stored.is_empty) == (3, 50, False, False)
    assert (await store.database.read_long(erasure.stored, 999)).is_empty


async def test_what_waits_is_cancelled_and_refunded_and_its_card_deleted(store: StoreHarness) -> None:
    states = (JobState.AWAITING_APPROVAL, JobState.QUEUED, JobState.RESERVED)
    waiting = [await store.in_state(ada_job(number), state) for number, state in enumerate(states)]
    assert not await erase(store.database, now=NOW + 20_000), "the reserved order may have a card"
    assert [await store.state(job) for job in waiting] == [JobState.CANCELLED] * 3
    await deliver(store.database, waiting[2], NotificationType.CANCELLED)
    assert await erase(store.database, now=NOW + 20_000)
    assert assert_ledger_consistent(store.place) == {}
    assert traces(store.place, ADA, NAME, PROMPT) == set()
    assert await to_delete(store) == [PostedMessage(CHANNEL, 77)]
    await store.database.write(at_time(NOW + DAY, due_work.end_deletions))
    await store.queued(ada_job(5, at=NOW + DAY))
    await store.database.write(at_time(NOW + DAY, erasure.erase_in_copy), "an erasure", [ADA])
    assert await to_delete(store) == [], "a copy sends nothing to Discord"


ZED = 456_789_012_345_678_901
PSEUDONYM = -7
COMPANIONS = {"gifts": "ledger_entries", "messages": "pledges"}
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
    await store.database.write(erasure.request, ADA)

    def missed(tx: Transaction) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for table, column in sorted(OWN):
            with tx.savepoint() as undo:
                named = f"SELECT 1 AS one FROM {table} WHERE {column} = {ADA}"
                for other in sorted(OWN):
                    if other != (table, column) and other[0] != COMPANIONS.get(table):
                        tx.execute(f"UPDATE {other[0]} SET {other[1]} = {PSEUDONYM} WHERE {other[1]} = {ADA}")
                assert tx.fetch_one(named) is not None, (table, column)
                is_known = ADA in personal.known_members(tx)
                erasure.erase_in_copy(tx, "an erasure", [ADA])
                if not is_known or tx.fetch_one(named) is not None:
                    found.append((table, column))
                undo.rollback()
        return found

    assert await store.database.write(missed) == []


@pytest.mark.parametrize(
    ("naming", "message_id", "updates"),
    [
        (f"UPDATE reported_movies SET decided_by = {ADA}", "5", 1),
        (f"UPDATE reported_movies SET blocked_by = {ADA}", "5", 1),
        (f"UPDATE reported_movies SET blocked_by = {ADA}", "NULL", 0),
        (
            f"""INSERT INTO movie_reports (job_id, member_id, guild_id, reason, created_at, interaction_id)
            VALUES ('{a_job(9).id}', {ADA}, 10, 'scary', 1, 2)""",
            "5",
            1,
        ),
    ],
)
async def test_a_staff_message_is_updated(store: StoreHarness, naming: str, message_id: str, updates: int) -> None:
    await fill_member(store)
    execute(store.place, "DELETE FROM movie_reports")
    others = f"job_id = '{a_job(9).id}', decided_by = 9, blocked_by = 9, staff_message_id = {message_id}"
    execute(store.place, f"UPDATE reported_movies SET {others}")
    execute(store.place, naming)
    assert await erase(store.database)
    assert len(query(store.place, "SELECT 1 AS one FROM messages WHERE kind = 'report'")) == updates


async def test_no_reason_of_others_mentions_an_erased_member(store: StoreHarness) -> None:
    for number, reason in enumerate((f"as <@{ADA}> said", "too gory"), 1):
        job = await store.queued(a_job(number))
        for sql in (
            f"UPDATE jobs SET decided_by = 9, decline_reason = '{reason}' WHERE id = '{job.id}'",
            f"INSERT INTO reported_movies (job_id, guild_id, state, reported_at) VALUES ('{job.id}', 10, 'open', 7)",
            f"""INSERT INTO movie_reports (job_id, member_id, guild_id, reason, created_at, interaction_id)
            VALUES ('{job.id}', 9, 10, '{reason}', 7, {number})""",
        ):
            execute(store.place, sql)
        await store.database.write(gifts.grant, BOB, 50, by=AuditContext(9, GUILD, reason))
        await store.database.write(blocks.block, BOB, None, by=AuditContext(9, GUILD + number, reason))
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


async def test_an_erasure_changes_nothing_of_anyone_else(store: StoreHarness) -> None:
    await fill(url_of(store))
    for guild in (1, GUILD):
        event = AuditEvent(AuditContext(ZED, guild), AuditAction.BLOCK, ALICE, None)
        await store.database.write(audit_log.record, event)

    def others() -> dict[str, list[Row]]:
        found = rows_where(store, lambda row: row.get("actor_id") != ZED and row.get("actor_id", 0) >= 0)
        return {table: rows for table, rows in found.items() if table != "erasures"}

    before = others()
    assert await erase(store.database, ZED)
    assert others() == before


async def test_the_end_of_one_server_changes_nothing_of_the_others(store: StoreHarness) -> None:
    await fill_member(store)
    store.now = NOW + 2 * DAY
    await clear_old_data(store.database, store.clock, 0)  # ids of interactions go
    await store.database.write(record_left, member_data.OTHER_GUILD)

    def is_elsewhere(row: Row) -> bool:
        is_there = row.get("guild_id") == member_data.OTHER_GUILD
        return not is_there and ada_job(2).id not in (row.get("id"), row.get("job_id"))

    before = rows_where(store, is_elsewhere)
    store.now += 31 * DAY
    await clear_old_data(store.database, store.clock, 0)
    assert rows_where(store, is_elsewhere) == before
    assert contents(url_of(store))["departed_servers"] == []


@pytest.mark.sqlite
async def test_a_member_has_one_export_at_a_time(store: StoreHarness, tmp_path: Path) -> None:
    service = privacy_service(store, tmp_path)
    _, *others = await asyncio.gather(*(service.export(who) for who in (ADA, ADA, ADA, BOB)))
    assert [type(each) for each in others] == [Refused, Refused, bytes]
    assert isinstance(await service.export(ADA), bytes)


@pytest.mark.sqlite
async def test_a_member_asks_for_three_erasures_then_one_in_ten_minutes(store: StoreHarness, tmp_path: Path) -> None:
    service = privacy_service(store, tmp_path)
    asked = [await service.request(ADA) for _ in range(4)]
    assert [isinstance(each, ErasureOutcome) and each.done for each in asked[:3]] == [True] * 3
    assert asked[3] == Refused("privacy-too-often", {"time": NOW + 600_000})
    assert isinstance(await service.request(BOB), ErasureOutcome)


@pytest.mark.sqlite
async def test_what_is_remembered_of_a_member_goes_by_itself(store: StoreHarness, tmp_path: Path) -> None:
    await fill_member(store)
    service = privacy_service(store, tmp_path)
    assert (await service.erase(ADA)).done
    await service.run_once()
    keys = "SELECT * FROM erasure_keys WHERE month <> ''"
    [record] = await store.database.read(erasure.records)
    assert (record.at, len(query(store.place, keys))) == (NOW - NOW % DAY, 1)
    await store.clock.advance(31 * DAY / 1000)
    await service.run_once()
    assert await store.database.read(erasure.records) == []
    assert query(store.place, keys) == []


@pytest.mark.sqlite
async def test_a_log_that_a_reader_keeps_is_emptied_by_the_next_run(database: SqliteDatabase, tmp_path: Path) -> None:
    store = StoreHarness(database)
    await fill_member(store)
    service = privacy_service(store, tmp_path / "backups", database.path)
    log = database.path.with_name(f"{database.path.name}-wal")
    with a_reader(database.path):
        assert (await service.erase(ADA)).done
        await service.run_once()
        assert log.stat().st_size > 0
    await service.run_once()
    assert log.stat().st_size == 0


@pytest.mark.sqlite
async def test_an_erasure_whose_log_cannot_be_emptied_is_done(store: StoreHarness, tmp_path: Path) -> None:
    await fill_member(store)
    (tmp_path / "file").touch()
    service = privacy_service(store, tmp_path / "backups", tmp_path / "file" / "movies.db")
    assert (await service.erase(ADA)).done
