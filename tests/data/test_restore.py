"""Restored backups, in which nothing is ordered or posted again.

Open work waits until the operator resolves it.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import EndReason, JobState
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEntry, AuditReason
from bot.ui import audit_entries
from data import callbacks, holding, job_queries, outbox, renders, server_policies, submissions
from data.audit_log import AuditEvent
from data.restore import restore
from tests.helpers.due_work import due_polls
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query
from tests.helpers.restore_helpers import LATER, kept, notification, reopened, states
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, DAY, GUILD, HOUR, NOW, StoreHarness, a_job, a_message

pytestmark = pytest.mark.sqlite


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """The backup's path."""
    return tmp_path / "backups" / "movies-20261110-120000.db"


Start = Callable[[Path], Awaitable[StoreHarness]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Open restored databases, and close them even if a test fails.

    An open one keeps pytest from ending.
    """
    async with contextlib.AsyncExitStack() as stack:

        async def opened(path: Path) -> StoreHarness:
            store = await reopened(path)
            stack.push_async_callback(store.database.close)
            return store

        yield opened


# ── jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_job_of_each_state_is_where_it_can_do_no_harm(store: StoreHarness, backup: Path) -> None:
    """Jobs that may have been submitted since are unknown and keep holds.

    Rendering jobs are polled again, and others stay as they are.
    """
    await store.rendering(a_job(1))
    await store.database.write(renders.complete, a_job(1).id, "https://x/1.mp4", NOW)
    await store.rendering(a_job(2))
    await store.submitting(a_job(3))
    await store.submitting(a_job(4))
    await store.database.write(submissions.mark_unknown, a_job(3).id, NOW)
    await store.queued(a_job(5))
    await store.reserved(a_job(6))
    await kept(store, backup)
    path = store.path
    before = assert_ledger_consistent(path)
    done = restore(backup, path, LATER)
    assert [states(path)[a_job(number).id] for number in range(1, 7)] == [
        "completed",
        "rendering",
        "unknown",
        "unknown",
        "unknown",
        "unknown",
    ]
    polled = query(path, "SELECT state FROM jobs WHERE next_run_at IS NOT NULL")
    assert polled == [{"state": "rendering"}], "of the others, no request is known"
    assert done.held.jobs == (a_job(4).id, a_job(5).id, a_job(6).id)
    assert (done.held.unknown, done.held.rendering) == (1, 1)
    assert assert_ledger_consistent(path) == before, "no credit has moved"


async def test_the_operators_decisions_are_in_a_backup_where_the_database_is_lost(
    store: StoreHarness, backup: Path, start: Start
) -> None:
    write = store.database.write
    await write(server_policies.set_paused, NOW, paused=True)
    await write(server_policies.set_blocked, GUILD, NOW, blocked=True)
    await write(server_policies.set_monthly_credits, GUILD, 5, NOW)
    await kept(store, backup)
    store.path.unlink()
    restore(backup, store.path, LATER)
    again = await start(store.path)
    assert await again.database.read(server_policies.paused_at) == NOW
    assert await again.database.read(server_policies.get, GUILD) == server_policies.ServerPolicy(5, blocked=True)


async def test_nothing_is_ordered_again(store: StoreHarness, backup: Path, start: Start) -> None:
    """No job can be claimed, even a month later."""
    await store.submitting(a_job(1))
    await store.queued(a_job(2))
    await store.reserved(a_job(3))
    await kept(store, backup)
    restore(backup, store.path, LATER)
    again = await start(store.path)
    for now in (LATER, LATER + 30 * DAY):
        assert await again.database.write(submissions.claim, now, 100, 100, 100) == []
        assert await again.voided(now, now) == []
    assert await again.recovered(LATER) == []
    assert (await again.member()).held == 300


async def test_the_operator_can_resolve_what_is_on_hold(store: StoreHarness, backup: Path, start: Start) -> None:
    """The operator found the movie at the API, or it failed."""
    await store.queued(a_job(1))
    await store.queued(a_job(2))
    await kept(store, backup)
    restore(backup, store.path, LATER)
    again = await start(store.path)
    word = AuditEvent(
        AuditContext(SYSTEM_ACTOR_ID, GUILD, "looked it up"), AuditAction.JOB_RESOLVED, ALICE, None, LATER
    )
    found = await again.database.write(renders.attach_request_id, a_job(1).id, "request-1", LATER, word)
    assert found is not None
    assert found.state is JobState.RENDERING
    ended = await again.database.write(renders.resolve_failed, a_job(2).id, word, upstream_charged=False)
    assert ended is not None
    await again.database.write(renders.complete, found.id, "https://x/1.mp4", LATER)
    assert_ledger_consistent(store.path)


async def test_what_renders_is_polled_again_and_its_end_is_not_posted(
    store: StoreHarness, backup: Path, start: Start
) -> None:
    """Polls can be repeated, but the movie may have been posted since.

    Members find it in /movies.
    """
    await store.rendering(a_job(1), NOW + HOUR)
    await kept(store, backup)
    restore(backup, store.path, LATER)
    again = await start(store.path)
    [job] = await due_polls(again.database, LATER, 10, ())
    assert job.request_id == f"request-{a_job(1).id}"
    assert (await again.database.read(job_queries.stats, LATER)).undeliverable == 0, "it is not finished yet"
    done = await again.database.write(renders.complete, job.id, "https://x/1.mp4", LATER)
    assert done is not None
    assert (done.state, done.movie_url) == (JobState.COMPLETED, "https://x/1.mp4")
    assert await again.pending_notifications() == []
    assert (await again.database.read(job_queries.stats, LATER)).undeliverable == 1
    assert (await again.member()).used == done.price
    assert_ledger_consistent(store.path)


async def test_a_failure_after_a_restore_releases_the_credits_without_a_notification(
    store: StoreHarness, backup: Path, start: Start
) -> None:
    """The member may have been told since the backup."""
    await store.rendering(a_job(1))
    await kept(store, backup)
    restore(backup, store.path, LATER)
    again = await start(store.path)
    assert (
        await again.database.write(
            renders.fail, a_job(1).id, EndReason.UPSTREAM_FAILED, None, LATER, upstream_charged=True
        )
        is not None
    )
    assert await again.pending_notifications() == []
    assert (await again.member()).held == 0


@pytest.mark.parametrize("type_", [each for each in NotificationType if each is not NotificationType.UNKNOWN])
async def test_nothing_about_the_end_of_what_renders_is_posted_after_a_restore(
    store: StoreHarness, type_: NotificationType
) -> None:
    """Followers and the gallery may have it since the backup, too."""
    job = await store.rendering(a_job(1))
    await store.database.write(holding.hold_open_work, LATER)
    await store.database.write(outbox.enqueue, job.id, type_, LATER)
    assert await store.pending_notifications(LATER) == []


async def test_what_the_operator_finds_at_the_api_is_posted(store: StoreHarness, backup: Path, start: Start) -> None:
    """The member has not received this movie yet."""
    await store.queued(a_job(1))
    await kept(store, backup)
    restore(backup, store.path, LATER)
    again = await start(store.path)
    word = AuditEvent(
        AuditContext(SYSTEM_ACTOR_ID, GUILD, "looked it up"), AuditAction.JOB_RESOLVED, ALICE, None, LATER
    )
    assert await again.database.write(renders.attach_request_id, a_job(1).id, "request-1", LATER, word) is not None
    await again.database.write(renders.complete, a_job(1).id, "https://x/1.mp4", LATER)
    assert (a_job(1).id, "completed") in await again.pending_notifications(LATER)


async def test_an_unverified_id_that_a_callback_brought_is_confirmed_by_a_poll(
    store: StoreHarness, backup: Path, start: Start
) -> None:
    """A poll costs nothing, and may find the movie by itself."""
    await store.submitting(a_job(1))
    digest = query(store.path, "SELECT callback_token_hash FROM jobs")[0]["callback_token_hash"]
    assert await store.database.write(callbacks.record_callback, digest, "request-1", NOW)
    await kept(store, backup)
    restore(backup, store.path, LATER)
    again = await start(store.path)
    [job] = await due_polls(again.database, LATER, 10, ())
    assert (job.state, job.unverified_request_id) == (JobState.UNKNOWN, "request-1")
    assert await again.database.write(renders.attach_request_id, job.id, "request-1", LATER) is not None
    await again.database.write(renders.complete, job.id, "https://x/1.mp4", LATER)
    assert await again.pending_notifications() == [], "the movie that was found by itself may have been posted since"


# ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_was_pending_is_not_posted_again(store: StoreHarness, backup: Path) -> None:
    """Messages may have been sent since the backup.

    The operator is told which ones; members find movies in /movies.
    """
    await store.rendering(a_job(1))
    await store.database.write(renders.complete, a_job(1).id, "https://x/1.mp4", NOW)
    await store.rendering(a_job(2))
    await store.database.write(renders.complete, a_job(2).id, "https://x/2.mp4", NOW)
    await store.database.write(
        outbox.mark_sent, Delivery(a_job(2).id, NotificationType.COMPLETED, 0), a_message(99), NOW
    )
    await kept(store, backup)
    path = store.path
    done = restore(backup, path, LATER)
    assert done.held.messages == ((a_job(1).id, NotificationType.COMPLETED),)
    assert notification(path) == []
    [first, second] = query(path, "SELECT * FROM outbox ORDER BY job_id")
    assert (first["sent_at"], second["sent_at"]) == (None, NOW)
    assert query(path, "SELECT movie_url FROM jobs ORDER BY id")[0]["movie_url"] == "https://x/1.mp4"


async def test_a_member_whose_movie_is_on_hold_is_told_once(store: StoreHarness, backup: Path) -> None:
    """Members who should have been told before are not told again."""
    await store.submitting(a_job(1))
    await store.database.write(submissions.mark_unknown, a_job(1).id, NOW)
    await store.queued(a_job(2))
    await kept(store, backup)
    restore(backup, store.path, LATER)
    assert notification(store.path) == [(a_job(2).id, "unknown")]


async def test_every_change_is_noted(store: StoreHarness, backup: Path, start: Start) -> None:
    """Each job and message gets one entry.

    Old entries are not posted again.
    """
    await choose_staff_channel(store.database, AuditContext(ALICE, GUILD), 555, NOW)
    await store.rendering(a_job(1))
    await store.database.write(renders.complete, a_job(1).id, "https://x/1.mp4", NOW)
    await store.queued(a_job(2))
    await kept(store, backup)
    restore(backup, store.path, LATER)
    again = await start(store.path)
    lines = [entry for entry, channel in await again.posted_lines(LATER) if channel == 555]
    assert {(line.action, line.actor_id, line.subject_id, line.created_at) for line in lines} == {
        (AuditAction.RESTORE_BACKUP, 0, ALICE, LATER)
    }
    assert sorted((line.reason_code, line.job_id, line.reason) for line in lines) == [
        (AuditReason.MAY_BE_SENT, a_job(1).id, "completed"),
        (AuditReason.MAY_BE_SUBMITTED, a_job(2).id, "queued"),
    ]


def test_the_audit_entry_says_what_was_done() -> None:
    line = audit_entries.audit_entry_text(
        ENGLISH,
        AuditEntry(
            "1",
            NOW,
            GUILD,
            0,
            AuditAction.RESTORE_BACKUP,
            ALICE,
            None,
            "queued",
            reason_code=AuditReason.MAY_BE_SUBMITTED,
            job_id="1",
        ),
        CATALOGUE,
    )
    assert ENGLISH("log-backup-restored", member="<@1>") in line


async def test_what_is_no_longer_so_is_forgotten(store: StoreHarness, backup: Path) -> None:
    """Stored values such as the commands' digest may be outdated."""
    execute(store.path, "INSERT INTO key_value (key, value) VALUES ('commands', 'digest')")
    await kept(store, backup)
    restore(backup, store.path, LATER)
    assert query(store.path, "SELECT * FROM key_value") == []
