"""Restores: of the whole file or nothing. Nothing is ordered or posted again, and what was decided since holds."""

from __future__ import annotations

import re
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import SchemaTooOld, StorageError
from bot.domain.breaker import Outage
from bot.domain.delivery import NotificationType
from bot.domain.jobs import EndReason, Job, JobState, RemovedBy
from bot.domain.message import Delivery
from bot.domain.movie_reports import ReportOutcome, ReportState
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEvent, AuditReason
from bot.domain.server_setup import NOTHING_SET, ServerSetup, Weekday
from data import (
    blocks,
    breakers,
    job_actions,
    outbox,
    preferences,
    renders,
    restore_review,
    server_policies,
    submissions,
)
from data.callbacks import record_callback
from data.engine.migration_files import SCHEMA_NUMBER
from data.engine.rows import Step
from data.movie_report_decisions import decide
from data.movie_reports import find as find_report
from data.movie_reports import report as report_movie
from data.removals import remove
from data.server_setup import get as get_setup
from data.setup_changes import change
from data.storage import backups, checksum, disk
from data.storage import restore as restoring
from data.storage.restore import Restored
from data.storage.sqlite_migrations import migrate
from tests.helpers import later_version, restore_helpers
from tests.helpers.at_time import at_time
from tests.helpers.due_work import due_deletions, due_polls
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query, snapshot
from tests.helpers.restore_helpers import LATER, kept, killed_after, names, pad, reopened, states
from tests.helpers.server_settings import change_setup
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, DAY, GUILD, HOUR, NOW, StoreHarness, a_job, a_message

CAROL, DANA, ELSEWHERE, URL = 6, 7, 11, "https://x/1.mp4"
BY_STAFF = AuditContext(DANA, GUILD)
RESOLVED = AuditEvent(AuditContext(SYSTEM_ACTOR_ID, GUILD, "looked it up"), AuditAction.JOB_RESOLVED, ALICE, None)


def restore(backup: Path, path: Path, now: int, **watched: Any) -> Restored:
    return restoring.restore(path, backup, path.resolve().parent / backups.FOLDER, now, **watched)


async def completed(store: StoreHarness, job: Job, message_id: int) -> Job:
    done = await store.database.write(renders.complete, job.id, URL)
    assert done is not None
    delivery = Delivery(job, NotificationType.COMPLETED, 0)
    await store.database.write(outbox.mark_sent, delivery, a_message(message_id))
    return done


async def finished(store: StoreHarness, number: int) -> Job:
    return await completed(store, await store.rendering(a_job(number, cost=10)), 1000 + number)


async def report(store: StoreHarness, job: Job, number: int) -> None:
    by = AuditContext(BOB, GUILD, interaction_id=number)
    assert await store.database.write(report_movie, job.id, "bad", by=by) is ReportOutcome.NO_CHANNEL


@asynccontextmanager
async def restored(store: StoreHarness, backup: Path) -> AsyncIterator[StoreHarness]:
    await store.database.close()
    restore(backup, store.path, LATER)
    assert_ledger_consistent(store.path)
    again = await reopened(store.path)
    async with again.database:
        yield again


@pytest.fixture
def backup(path: Path) -> Path:
    return path.parent / "backups" / "movies-20261110-120000.db"


async def test_a_job_of_each_state_is_where_it_can_do_no_harm(store: StoreHarness, backup: Path) -> None:
    path = store.path
    await store.in_state(a_job(1), JobState.COMPLETED)
    await store.rendering(a_job(2))
    await store.submitting(a_job(3))
    await store.submitting(a_job(4))
    await store.database.write(submissions.mark_unknown, a_job(3).id)
    await store.queued(a_job(5))
    await store.reserved(a_job(6))
    execute(path, "INSERT INTO key_value (key, value) VALUES ('commands', 'digest')")
    await store.database.write(breakers.change, lambda breaker: breaker.failed("other", Outage.NO_ANSWER, NOW))
    await store.database.write(breakers.report, {})
    await kept(store, backup)
    before = assert_ledger_consistent(path)
    done = restore(backup, path, LATER)
    found = [states(path)[a_job(number).id] for number in range(1, 7)]
    assert found == ["completed", "rendering", "unknown", "unknown", "unknown", "unknown"]
    polled = query(path, "SELECT state FROM jobs WHERE next_run_at IS NOT NULL")
    assert polled == [{"state": "rendering"}], "of the others, no request is known"
    assert done.held.jobs == (a_job(4).id, a_job(5).id, a_job(6).id)
    assert (done.held.unknown, done.held.rendering) == (1, 1)
    assert assert_ledger_consistent(path) == before, "no credit has moved"
    assert query(path, "SELECT * FROM key_value") == [], "what is no longer so is forgotten"
    closed = "SELECT * FROM breakers WHERE state = 'closed' AND outage IS NULL AND pause_ms = 0 AND reported = 'closed'"
    assert len(query(path, closed)) == 1, "its log tells of no end of an outage that was never told"


@pytest.mark.parametrize("is_started", [False, True])
async def test_a_lost_databases_decisions_are_in_a_backup(store: StoreHarness, backup: Path, is_started: bool) -> None:
    """A new database that was only started decides nothing."""
    write = store.database.write
    await write(server_policies.set_paused, paused=True)
    await write(server_policies.set_blocked, GUILD, blocked=True)
    await write(server_policies.set_monthly_credits, GUILD, 5)
    await write(blocks.block, BOB, None, by=AuditContext(0, blocks.EVERYWHERE))
    await kept(store, backup)
    store.path.unlink()
    async with restored(await reopened(store.path) if is_started else store, backup) as again:
        read = again.database.read
        assert await read(server_policies.paused_at) == NOW
        assert await read(server_policies.get, GUILD) == server_policies.ServerPolicy(5, blocked=True)
        assert await read(at_time(LATER, blocks.active_block), GUILD, BOB) is not None


async def test_nothing_is_ordered_again_and_its_member_is_told_once(store: StoreHarness) -> None:
    for number in (1, 2):
        await store.submitting(a_job(number))
    await store.database.write(submissions.mark_unknown, a_job(1).id)
    await store.queued(a_job(3))
    await store.reserved(a_job(4))
    await store.database.write(at_time(LATER, restore_review.hold_open_work))
    assert sorted(await store.pending_notifications(LATER)) == [(a_job(each).id, "unknown") for each in (2, 3, 4)]
    for now in (LATER, LATER + 30 * DAY):
        assert await store.database.write(at_time(now, submissions.claim), 100, 100, 100) == []
        assert await store.voided(now, now) == []
    assert await store.recovered(LATER) == []
    assert (await store.member()).held == 400


async def test_the_operator_can_resolve_what_is_on_hold(store: StoreHarness) -> None:
    for number in (1, 2):
        await store.queued(a_job(number))
    await store.database.write(at_time(LATER, restore_review.hold_open_work))
    found = await store.database.write(renders.attach_request_id, a_job(1).id, "request-1", LATER, RESOLVED)
    assert found.state is JobState.RENDERING
    assert await store.database.write(renders.resolve_failed, a_job(2).id, RESOLVED, upstream_charged=False)
    await store.database.write(at_time(LATER, renders.complete), found.id, URL)
    assert (a_job(1).id, "completed") in await store.pending_notifications(LATER)
    assert_ledger_consistent(store.place)


async def test_what_renders_is_polled_again_and_its_end_is_not_posted(store: StoreHarness) -> None:
    """Polls can be repeated, but the movie may have been posted since. Members find it in /movies."""
    for number in (1, 2):
        await store.rendering(a_job(number), NOW + HOUR)
    await store.database.write(at_time(LATER, restore_review.hold_open_work))
    polled = await due_polls(store.database, LATER, 10, ())
    assert [job.request_id for job in polled] == [f"request-{a_job(number).id}" for number in (1, 2)]
    assert (await store.database.read(at_time(LATER, job_actions.stats))).undeliverable == 0, "it is not finished yet"
    done = await store.database.write(at_time(LATER, renders.complete), a_job(1).id, URL)
    assert (done.state, done.movie_url) == (JobState.COMPLETED, URL)
    failed = (at_time(LATER, renders.fail), a_job(2).id, EndReason.UPSTREAM_FAILED, None)
    assert await store.database.write(*failed, upstream_charged=True) is not None
    for type_ in NotificationType:  # followers and the gallery may have it since the backup, too
        if type_ is not NotificationType.UNKNOWN:
            await store.database.write(at_time(LATER, outbox.enqueue), a_job(1).id, type_)
    assert await store.pending_notifications() == []
    assert (await store.database.read(at_time(LATER, job_actions.stats))).undeliverable == 1
    for is_undelivered in (True, False):
        assert (await store.database.read(job_actions.item, a_job(1).id)).undelivered is is_undelivered
        await store.database.write(job_actions.mark_claimed, a_job(1).id, ALICE)
    assert ((await store.member()).used, (await store.member()).held) == (done.price, 0)
    assert_ledger_consistent(store.place)


async def test_an_unverified_id_that_a_callback_brought_is_confirmed_by_a_poll(store: StoreHarness) -> None:
    await store.submitting(a_job(1))
    digest = query(store.place, "SELECT callback_token_hash FROM jobs")[0]["callback_token_hash"]
    await store.database.write(record_callback, digest, "request-1")
    await store.database.write(at_time(LATER, restore_review.hold_open_work))
    [job] = await due_polls(store.database, LATER, 10, ())
    assert (job.state, job.unverified_request_id) == (JobState.UNKNOWN, "request-1")
    assert await store.database.write(renders.attach_request_id, job.id, "request-1", LATER) is not None
    await store.database.write(at_time(LATER, renders.complete), job.id, URL)
    assert await store.pending_notifications() == []


async def test_what_was_pending_is_not_posted_again_and_each_change_noted(store: StoreHarness, backup: Path) -> None:
    await choose_staff_channel(store.database, AuditContext(ALICE, GUILD), 555, NOW)
    for number in (1, 2):
        await store.in_state(a_job(number), JobState.COMPLETED)
    sent = Delivery(a_job(2), NotificationType.COMPLETED, 0)
    await store.database.write(outbox.mark_sent, sent, a_message(99))
    await store.queued(a_job(3))
    await kept(store, backup)
    assert restore(backup, store.path, LATER).held.messages == ((a_job(1).id, NotificationType.COMPLETED),)
    pending = query(store.path, "SELECT job_id, type FROM outbox WHERE status = 'pending'")
    assert pending == [{"job_id": a_job(3).id, "type": "unknown"}]
    sent_at = query(store.path, "SELECT sent_at FROM outbox WHERE type = 'completed' ORDER BY job_id")
    assert [row["sent_at"] for row in sent_at] == [None, NOW]
    again = await reopened(store.path)
    async with again.database:
        lines = [entry for entry, channel in await again.posted_lines(LATER) if channel == 555]
    assert {(line.action, line.by.actor_id, line.subject_id, line.created_at) for line in lines} == {
        (AuditAction.RESTORE_BACKUP, 0, ALICE, LATER)
    }
    assert sorted((line.by.reason_code, line.job_id, line.by.reason) for line in lines) == [
        (AuditReason.MAY_BE_SENT, a_job(1).id, "completed"),
        (AuditReason.MAY_BE_SUBMITTED, a_job(3).id, "queued"),
    ]


# ── decisions of staff and members ───────────────────────────────────────────────────────────────────────────────────


async def test_a_removed_movie_stays_removed(store: StoreHarness, backup: Path) -> None:
    done, renders_then = await finished(store, 1), await store.rendering(a_job(2, cost=10))
    backups.create_backup(store.path, backup)
    await completed(store, renders_then, 1002)
    for job in (done, renders_then):
        assert await store.database.write(remove, job.id, BY_STAFF)
    await store.database.write(lambda tx: tx.execute("DELETE FROM messages WHERE subject_id = '1001'"))
    async with restored(store, backup) as again:
        found = await again.found(done.id)
        assert (found.removed_at, found.removed_by, found.movie_url) == (NOW, RemovedBy.MANAGER, None)
        ended = await again.database.write(at_time(LATER, renders.complete), renders_then.id, URL)
        assert (ended.removed_at, ended.movie_url) == (NOW, None)
        due = await again.database.read(at_time(LATER, due_deletions))
        assert {(job_id, posted.message_id) for _, job_id, posted in due} == {(done.id, 77), (renders_then.id, 1002)}


async def test_reports_and_what_was_decided_about_them_stay(store: StoreHarness, backup: Path) -> None:
    open_then, since = await finished(store, 1), await finished(store, 2)
    await report(store, open_then, 1)
    backups.create_backup(store.path, backup)
    await store.database.write(decide, open_then.id, ReportState.DISMISSED, by=BY_STAFF)
    await report(store, since, 2)
    gone = await finished(store, 3)
    await report(store, gone, 3)
    async with restored(store, backup) as again:
        states = [await again.database.read(find_report, job.id) for job in (open_then, since, gone)]
        found = [each and (each.state, each.reasons) for each in states]
        assert found == [(ReportState.DISMISSED, ("bad",)), (ReportState.OPEN, ("bad",)), None]


async def test_blocks_decisions_and_members_choices_of_now_stay(store: StoreHarness, backup: Path) -> None:
    write, operator = store.database.write, AuditContext(0, blocks.EVERYWHERE)
    await change_setup(store.database, BY_STAFF, NOW, movie_night=Weekday.MONDAY)
    for member in (BOB, CAROL):
        await write(blocks.block, member, None, by=BY_STAFF)
    await write(preferences.change, CAROL, unlisted=True)
    await write(server_policies.set_blocked, ELSEWHERE, blocked=True)
    backups.create_backup(store.path, backup)
    await write(blocks.block, ALICE, None, by=BY_STAFF)
    await write(blocks.unblock, CAROL, by=BY_STAFF)
    await write(blocks.block, DANA, 1, by=operator)
    await write(blocks.unblock, DANA, by=operator)
    await write(blocks.block, DANA, None, by=operator)
    await write(preferences.change, ALICE, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    await write(preferences.change, BOB, unlisted=True)
    await write(server_policies.set_blocked, ELSEWHERE, blocked=False)
    await write(server_policies.set_blocked, GUILD, blocked=True)
    await write(server_policies.set_monthly_credits, GUILD, 5)
    await change_setup(store.database, AuditContext(DANA, ELSEWHERE), NOW, movie_night=Weekday.TUESDAY)
    await change_setup(store.database, BY_STAFF, NOW, movie_night=Weekday.FRIDAY)
    starts = "SELECT guild_id, due_at, due_since FROM messages WHERE kind = 'movie_night_start' ORDER BY guild_id"
    chosen_starts = query(store.place, starts)
    async with restored(store, backup) as again:
        read = again.database.read
        assert query(again.place, starts) == chosen_starts
        assert await read(server_policies.get, GUILD) == server_policies.ServerPolicy(5, blocked=True)
        assert not (await read(server_policies.get, ELSEWHERE)).blocked
        assert await read(at_time(LATER, blocks.active_block), GUILD, DANA), "blocked again since"
        assert {member for member, _ in await read(at_time(LATER, blocks.active_blocks), GUILD)} == {ALICE, BOB}
        chosen = [await read(preferences.get, member_id) for member_id in (ALICE, BOB, CAROL)]
        assert [each.unlisted for each in chosen] == [False, True, True]
        assert [each.delivery_target for each in chosen] == ["direct", "channel", "channel"]


async def test_the_servers_rules_and_the_pause_of_a_new_database_hold(store: StoreHarness, backup: Path) -> None:
    first = {ServerSetup.filter_rules: ("old",)}
    for guild_id in (GUILD, ELSEWHERE):
        by = AuditContext(DANA, guild_id)
        await store.database.write(change, first, NOTHING_SET.fingerprint(first), by=by)
    await kept(store, backup)
    store.path.unlink()
    fresh = await reopened(store.path)
    rules = {ServerSetup.filter_rules: ("new",), ServerSetup.staff_roles: (5,)}
    await fresh.database.write(change, rules, NOTHING_SET.fingerprint(rules), by=BY_STAFF)
    await fresh.database.write(server_policies.set_paused, paused=True)
    async with restored(fresh, backup) as again:
        assert await again.database.read(get_setup, GUILD) == NOTHING_SET.changed(rules)
        assert await again.database.read(get_setup, ELSEWHERE) == NOTHING_SET.changed(first)
        assert await again.database.read(server_policies.paused_at) == NOW


async def test_a_backup_and_a_database_of_an_older_version_are_brought_up_to_date(
    store: StoreHarness, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an update whose new version has not been started yet."""
    await store.queued(a_job(1))
    backups.create_backup(store.path, backup)
    await store.database.write(server_policies.set_paused, paused=True)
    await store.database.close()
    later_version.begin(monkeypatch, tmp_path)
    assert restore(backup, store.path, LATER).migrated == (later_version.NAME,)
    assert query(store.path, "SELECT value, note FROM key_value") == [{"value": str(NOW), "note": None}]
    path = tmp_path / "new" / "movies.db"
    assert restore(backup, path, LATER).migrated == (later_version.NAME,)
    assert states(path) == {a_job(1).id: "unknown"}
    assert names(path.parent) == ["movies.db"]


async def test_a_database_or_backup_from_before_what_can_be_upgraded_stays(store: StoreHarness, backup: Path) -> None:
    await store.database.write(server_policies.set_paused, paused=True)
    await kept(store, backup)
    for old in (store.path, backup):
        execute(old, f"UPDATE schema_migrations SET number = {SCHEMA_NUMBER - 1} WHERE number = {SCHEMA_NUMBER}")
        before = snapshot(store.path)
        with pytest.raises(SchemaTooOld, match=r"upgrade it with the git tag before-one-schema"):
            restore(backup, store.path, LATER)
        assert snapshot(store.path) == before
        execute(old, f"UPDATE schema_migrations SET number = {SCHEMA_NUMBER} WHERE number = {SCHEMA_NUMBER - 1}")


async def test_what_was_decided_in_a_database_of_a_newer_version_holds(store: StoreHarness, backup: Path) -> None:
    await kept(store, backup)
    execute(store.path, "INSERT INTO schema_migrations (number, name) VALUES (9999, 'later')")
    for table, column, value in (("guild_settings", "settings", "'{}'"), ("server_policies", "blocked_at", NOW)):
        execute(store.path, f"ALTER TABLE {table} ADD COLUMN later INTEGER")
        execute(store.path, f"INSERT INTO {table} (guild_id, {column}, later) VALUES ({GUILD}, {value}, 1)")
    async with restored(store, backup) as again:
        assert (await again.database.read(server_policies.get, GUILD)).blocked
    assert query(store.path, "SELECT guild_id, settings FROM guild_settings") == [{"guild_id": GUILD, "settings": "{}"}]


@pytest.mark.parametrize(
    ("migration", "told"),
    [
        (None, None),
        ("PRAGMA max_page_count = 1; CREATE TABLE larger AS SELECT zeroblob(10000000)", "full"),
        ("INSERT INTO key_value (key) VALUES (NULL)", "NOT NULL constraint failed"),
    ],
    ids=["wrong sums", "full disk", "failed upgrade"],
)
async def test_no_decision_is_lost_where_it_could_be_read(
    store: StoreHarness, backup: Path, migration: str | None, told: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong sums and a failed upgrade are reasons for a restore. What can't be read now, can be later or elsewhere."""
    await store.queued(a_job(1))
    await store.database.write(server_policies.set_paused, paused=True)
    await kept(store, backup)
    execute(backup, "DELETE FROM key_value")
    if migration is None:
        execute(store.path, "UPDATE balances SET used = used + 1")
        restore(backup, store.path, LATER)
    else:
        later_version.begin(monkeypatch, store.path.parent, migration)
        execute(backup, "INSERT INTO schema_migrations (number, name) VALUES (9998, 'done')")
        told = f"Can't read what was decided in {re.escape(str(store.path))}: .*{told}.* move it away"
        with pytest.raises(StorageError, match=told):
            restore(backup, store.path, LATER)
    assert query(store.path, "SELECT value FROM key_value") == [{"value": str(NOW)}]


ASIDE = "movies.db.before-restore-*"


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.full
async def test_the_database_before_it_is_kept_beside_it(store: StoreHarness, backup: Path, tmp_path: Path) -> None:
    """Each time, even within the same second, also of a link. The copy includes what was only in the -wal file."""
    await kept(store, backup)
    path, link = store.path, tmp_path / "links" / "link.db"
    link.parent.mkdir()
    link.symlink_to(path)
    killed_after(path, "INSERT INTO key_value (key, value) VALUES ('after', 'the backup')")
    done = [restore(backup, link, LATER) for _ in range(3)]
    assert (done[0].place, link.is_symlink()) == (str(path), True)
    replaced = [one.replaced for one in done if one.replaced is not None]
    assert replaced[0] == tmp_path / "movies.db.before-restore-20261111-120000"
    assert query(replaced[0], "SELECT value FROM key_value") == [{"value": "the backup"}]
    assert replaced[0].stat().st_mode & 0o777 == 0o600
    assert query(path, "SELECT * FROM key_value") == []
    assert checksum.matches(backup), "it is only read"
    assert names(tmp_path) == ["backups", "links", "movies.db", *(each.name for each in replaced)]
    assert len(replaced) == 3


@pytest.mark.full
async def test_a_stale_wal_is_not_replayed_into_a_restore(store: StoreHarness, backup: Path, tmp_path: Path) -> None:
    await kept(store, backup)
    path = store.path
    killed_after(path, "INSERT INTO key_value (key, value) VALUES ('stale', 'x')")
    path.unlink()
    assert restore(backup, path, LATER).replaced is None
    assert query(path, "SELECT * FROM key_value") == []
    assert query(path, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert [name[-4:] for name in names(tmp_path, ASIDE)] == ["-shm", "-wal"], "kept all the same"


@pytest.mark.parametrize("how", ["overwritten", "cut", "damaged within"])
async def test_a_broken_database_is_replaced(store: StoreHarness, backup: Path, tmp_path: Path, how: str) -> None:
    await store.queued(a_job(1))
    await kept(store, backup)
    path = store.path
    whole = path.read_bytes()
    broken = {
        "overwritten": b"sun and sea" * 1000,
        "cut": whole[: len(whole) // 2 + 100],
        "damaged within": whole[:4096] + b"\xff" * 8192 + whole[12288:],
    }[how]
    path.write_bytes(broken)
    path.with_name("movies.db-wal").write_bytes(b"garbage")
    done = restore(backup, path, LATER)
    assert states(path) == {a_job(1).id: "unknown"}
    assert_ledger_consistent(path)
    assert done.replaced is not None
    assert done.replaced.stat().st_mode & 0o777 == 0o600
    if how == "overwritten":
        assert done.replaced.read_bytes() == broken
    assert not path.with_name("movies.db-wal").exists() or path.with_name("movies.db-wal").stat().st_size == 0
    assert names(tmp_path, "*.part*") == []


async def test_a_missing_database_is_made(store: StoreHarness, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await store.queued(a_job(1))
    await kept(store, backup)
    synced, path = restore_helpers.watch_syncs(monkeypatch), store.path.parent / "new" / "var" / "movies.db"
    done = restore(backup, path, LATER)
    assert synced[path.stat().st_ino] == path.read_bytes()
    assert (done.place, done.replaced) == (str(path), None)
    assert states(path) == {a_job(1).id: "unknown"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert names(path.parent) == ["movies.db"]


# ── what is refused, and leaves everything as it was ─────────────────────────────────────────────────────────────────


async def test_under_a_running_bot_nothing_is_replaced(store: StoreHarness, backup: Path, tmp_path: Path) -> None:
    await store.queued(a_job(1))
    backups.create_backup(store.path, backup)
    await store.queued(a_job(2))
    before = snapshot(store.path)
    with pytest.raises(StorageError, match=r"movies\.db is in use\. Stop the bot first"):
        restore(backup, store.path, LATER)
    assert snapshot(store.path) == before
    assert names(tmp_path, ASIDE) == []
    assert names(tmp_path, "*.part*") == []
    await store.queued(a_job(3))
    await store.database.close()
    restore(backup, store.path, LATER)
    assert states(store.path) == {a_job(1).id: "unknown"}


async def test_a_process_that_starts_meanwhile_finds_the_restored_database(store: StoreHarness, backup: Path) -> None:
    await store.queued(a_job(1))
    await kept(store, backup)
    with closing(sqlite3.connect(store.path, timeout=0)) as starting:

        def start(step: Step, *_: int) -> None:
            if step is Step.REPLACE:
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    starting.execute("SELECT * FROM jobs")

        restore(backup, store.path, LATER, progress=start)
        assert starting.execute("SELECT state FROM jobs").fetchall() == [("unknown",)]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("is_replaced", [False, True])
async def test_the_database_before_it_is_kept_only_where_it_was_replaced(
    store: StoreHarness, backup: Path, error: type[BaseException], is_replaced: bool
) -> None:
    """A stop after the last page comes too late, and one before it leaves no second copy of the database."""
    pad(store.path)
    await kept(store, backup)
    execute(store.path, "INSERT INTO key_value (key, value) VALUES ('after', 'the backup')")

    def stop(step: Step, done: int, total: int) -> None:
        if step is Step.REPLACE and (done == total) == is_replaced:
            raise error("stopped")

    with pytest.raises((StorageError, error), match="stopped"):
        restore(backup, store.path, LATER, progress=stop)
    assert len(query(store.path, "SELECT value FROM key_value")) == (not is_replaced)
    found = [
        query(store.path.with_name(name), "SELECT value FROM key_value") for name in names(store.path.parent, ASIDE)
    ]
    assert found == [[{"value": "the backup"}]] * is_replaced


@pytest.mark.full
@pytest.mark.parametrize("step", [Step.KEEP_PREVIOUS, Step.REPLACE])
async def test_a_killed_restore_leaves_the_database_as_it_was(store: StoreHarness, backup: Path, step: Step) -> None:
    await store.queued(a_job(1))
    pad(store.path)
    await kept(store, backup)
    path = store.path
    execute(path, "INSERT INTO key_value (key, value) VALUES ('after', 'the backup')")
    execute(path, "UPDATE padding SET bytes = randomblob(1000000)")
    before = snapshot(path)
    code = (
        "import os, signal, sys, pathlib\n"
        "from data.storage import exclusive\n"
        "from data.storage.restore import restore\n"
        "exclusive._CACHE_KIB = 1000\n"  # a larger database writes pages before its commit
        "half = lambda step, done, total: step == sys.argv[3] and done > total / 2\n"
        "kill = lambda *at: os.kill(os.getpid(), signal.SIGKILL) if half(*at) else None\n"
        "backup, path = map(pathlib.Path, sys.argv[1:3])\n"
        "restore(path, backup, path.parent, 1, progress=kill)\n"
    )
    assert restore_helpers.child(code, backup, path, step).returncode == -signal.SIGKILL
    assert names(path.parent, "*.part") != []
    assert names(path.parent, "movies.db-journal") == ["movies.db-journal"] * (step is Step.REPLACE)
    assert snapshot(backups.create_backup(path, path.with_name("of what was.db")).path) == before
    migrate(path)
    backups.prune_copies(path, 7, NOW)
    assert names(path.parent, "*.part*") == []
    assert snapshot(path) == before
    assert query(path, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert query(path, "SELECT value FROM key_value") == [{"value": "the backup"}]
    restore(backup, path, LATER)
    assert states(path) == {a_job(1).id: "unknown"}


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "damaged": lambda whole: whole[:-4096] + bytes(4096),
    "half": lambda whole: whole[: 20 * 4096],
    "one letter": lambda whole: whole.replace(b"a red balloon", b"a rod balloon"),
}


def spoil(backup: Path, how: str) -> None:
    if how in SPOILED:
        backup.write_bytes(SPOILED[how](backup.read_bytes()))
    elif how == "toy":
        disk.remove_with_sidecars(backup)
        execute(backup, "CREATE TABLE schema_migrations (number INTEGER)")


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("empty", "isn't a Matinee database"),
        ("toy", "isn't a Matinee database"),
        ("itself", "is the database itself"),
        ("link", "is the database itself"),
        ("damaged", "is damaged: "),
        ("half", ".db is damaged: "),
        ("one letter", "is damaged: its checksum is wrong."),
        ("folder", "isn't a file. Check DATABASE_URL."),
    ],
)
async def test_what_is_no_sound_backup_is_refused(store: StoreHarness, backup: Path, bad: str, told: str) -> None:
    await store.queued(a_job(1))
    await kept(store, backup)
    path, link = store.path, store.path.with_name("link.db")
    link.symlink_to(path)
    before = snapshot(path)
    spoil(backup, bad)
    with pytest.raises(StorageError, match=re.escape(told)) as caught:
        restore({"itself": path, "link": link}.get(bad, backup), path.parent if bad == "folder" else path, LATER)
    assert "\n" not in str(caught.value)
    assert snapshot(path) == before
    assert names(path.parent, ASIDE) == []
