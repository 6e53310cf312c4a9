"""Decisions of staff and members that a restore keeps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import Job, RemovedBy
from bot.domain.movie_report import ReportOutcome, ReportState
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext
from bot.domain.server_setup import NOTHING_SET, Setting
from data import (
    backups,
    blocks,
    message_deletions,
    movie_report_decisions,
    movie_reports,
    outbox,
    preferences,
    removals,
    renders,
    server_policies,
    server_setup,
    setup_changes,
)
from data.restore import restore
from tests.helpers.ledger_checks import assert_ledger_consistent
from tests.helpers.restore_helpers import LATER, kept, reopened
from tests.helpers.store_harness import ALICE, BOB, GUILD, NOW, StoreHarness, a_job, a_message

pytestmark = pytest.mark.sqlite
CAROL, DANA, ELSEWHERE, URL = 6, 7, 11, "https://movies.test/a.mp4"
BY_STAFF = AuditContext(DANA, GUILD)


async def completed(store: StoreHarness, job: Job, message_id: int) -> Job:
    """Finish a movie of Alice's whose message is then in the channel."""
    done = await store.database.write(renders.complete, job.id, URL, NOW)
    assert done is not None
    delivery = Delivery(job.id, NotificationType.COMPLETED, 0)
    await store.database.write(outbox.mark_sent, delivery, a_message(message_id), NOW)
    return done


async def finished(store: StoreHarness, number: int) -> Job:
    return await completed(store, await store.rendering(a_job(number, cost=10)), 1000 + number)


async def report(store: StoreHarness, job: Job, number: int) -> None:
    """Report a movie as Bob, where no staff channel is."""
    by = AuditContext(BOB, GUILD, interaction_id=number)
    outcome = await store.database.write(movie_reports.report, job.id, "bad", by=by, now=NOW)
    assert outcome is ReportOutcome.NO_CHANNEL


@asynccontextmanager
async def restored(store: StoreHarness, backup: Path) -> AsyncIterator[StoreHarness]:
    """Stop the bot, restore the backup, and start again."""
    await store.database.close()
    restore(backup, store.path, LATER)
    assert_ledger_consistent(store.path)
    again = await reopened(store.path)
    try:
        yield again
    finally:
        await again.database.close()


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "movies-20261110-120000.db"


async def test_a_removed_movie_stays_removed(store: StoreHarness, backup: Path) -> None:
    """A movie that the backup shows rendering is removed when it ends."""
    done, renders_then = await finished(store, 1), await store.rendering(a_job(2, cost=10))
    backups.create_backup(store.path, backup)
    await completed(store, renders_then, 1002)
    for job in (done, renders_then):
        assert await store.database.write(removals.remove, job.id, BY_STAFF, NOW)
    await store.database.write(message_deletions.finish, 1001)
    async with restored(store, backup) as again:
        found = await again.found(done.id)
        assert (found.removed_at, found.removed_by, found.movie_url) == (NOW, RemovedBy.MANAGER, None)
        ended = await again.database.write(renders.complete, renders_then.id, URL, LATER)
        assert ended is not None
        assert (ended.removed_at, ended.movie_url) == (NOW, None)
        due = await again.database.read(message_deletions.due, LATER, 10, ())
        assert {(each.job_id, each.message.message_id) for each in due} == {(done.id, 77), (renders_then.id, 1002)}


async def test_reports_and_what_was_decided_about_them_stay(store: StoreHarness, backup: Path) -> None:
    """Of a movie that the backup does not have, there is no report."""
    open_then, since = await finished(store, 1), await finished(store, 2)
    await report(store, open_then, 1)
    backups.create_backup(store.path, backup)
    await store.database.write(movie_report_decisions.dismiss, open_then.id, by=BY_STAFF, now=NOW)
    await report(store, since, 2)
    gone = await finished(store, 3)
    await report(store, gone, 3)
    async with restored(store, backup) as again:
        states = [await again.database.read(movie_reports.find, job.id) for job in (open_then, since, gone)]
        assert [each and (each.state, each.reasons) for each in states] == [
            (ReportState.DISMISSED, ("bad",)),
            (ReportState.OPEN, ("bad",)),
            None,
        ]


async def test_blocks_and_members_choices_of_now_stay(store: StoreHarness, backup: Path) -> None:
    """Members who chose DMs or to be unlisted stay private."""
    write, operator = store.database.write, AuditContext(0, blocks.EVERYWHERE)
    for member in (BOB, CAROL):
        await write(blocks.block, member, None, by=BY_STAFF, now=NOW)
    await write(preferences.set_unlisted, CAROL, unlisted=True)
    backups.create_backup(store.path, backup)
    await write(blocks.block, ALICE, None, by=BY_STAFF, now=NOW)
    await write(blocks.unblock, CAROL, by=BY_STAFF, now=NOW)
    await write(blocks.block, DANA, 1, by=operator, now=NOW)
    await write(blocks.unblock, DANA, by=operator, now=NOW)
    await write(blocks.block, DANA, None, by=operator, now=NOW)
    await write(preferences.set_delivery_target, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    await write(preferences.set_unlisted, BOB, unlisted=True)
    async with restored(store, backup) as again:
        read = again.database.read
        assert await read(blocks.active_block, GUILD, DANA, LATER), "blocked again since"
        assert {member for member, _ in await read(blocks.active_blocks, GUILD, LATER)} == {ALICE, BOB}
        chosen = [await read(preferences.get, member_id) for member_id in (ALICE, BOB, CAROL)]
        assert [(each.delivery_target, each.unlisted) for each in chosen] == [
            (DeliveryTarget.DIRECT_MESSAGE, False),
            (DeliveryTarget.CHANNEL, True),
            (DeliveryTarget.CHANNEL, True),
        ]


async def test_the_servers_rules_and_the_pause_of_a_new_database_hold(store: StoreHarness, backup: Path) -> None:
    """A server unknown to the replaced database gets the backup's rules."""
    first = {Setting.FILTER_RULES: ("old",)}
    for guild_id in (GUILD, ELSEWHERE):
        by = AuditContext(DANA, guild_id)
        await store.database.write(setup_changes.change, first, NOTHING_SET.fingerprint(first), by=by, now=NOW)
    await kept(store, backup)
    store.path.unlink()
    fresh = await reopened(store.path)
    rules = {Setting.FILTER_RULES: ("new",), Setting.STAFF_ROLES: (5,)}
    await fresh.database.write(setup_changes.change, rules, NOTHING_SET.fingerprint(rules), by=BY_STAFF, now=NOW)
    await fresh.database.write(server_policies.set_paused, NOW, paused=True)
    async with restored(fresh, backup) as again:
        assert await again.database.read(server_setup.get, GUILD) == NOTHING_SET.changed(rules)
        assert await again.database.read(server_setup.get, ELSEWHERE) == NOTHING_SET.changed(first)
        assert await again.database.read(server_policies.paused_at) == NOW


async def test_a_database_that_was_only_started_decides_nothing(store: StoreHarness, backup: Path) -> None:
    """A new database has no decisions that could replace the backup's."""
    await store.database.write(blocks.block, BOB, None, by=AuditContext(0, blocks.EVERYWHERE), now=NOW)
    await kept(store, backup)
    store.path.unlink()
    async with restored(await reopened(store.path), backup) as again:
        assert await again.database.read(blocks.active_block, GUILD, BOB, LATER) is not None
