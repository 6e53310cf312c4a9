"""Restored backups, in which nothing is ordered or posted again.

Open work waits until the operator resolves it. What a restore does to jobs and messages is `holding.hold_open_work`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import EndReason, JobState
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditReason
from data import callbacks, holding, job_queries, outbox, renders, server_policies, submissions
from data.audit_log import AuditEvent
from data.restore import restore
from tests.helpers.due_work import due_polls
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query
from tests.helpers.restore_helpers import LATER, kept, reopened, states
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, DAY, GUILD, HOUR, NOW, StoreHarness, a_job, a_message

URL = "https://x/1.mp4"
RESOLVED = AuditEvent(
    AuditContext(SYSTEM_ACTOR_ID, GUILD, "looked it up"), AuditAction.JOB_RESOLVED, ALICE, None, LATER
)


@pytest.mark.sqlite
async def test_a_job_of_each_state_is_where_it_can_do_no_harm(store: StoreHarness, tmp_path: Path) -> None:
    """Jobs that may have been submitted since are unknown and keep holds. Rendering ones are polled again."""
    backup, path = tmp_path / "backups" / "movies-20261110-120000.db", store.path
    await store.in_state(a_job(1), JobState.COMPLETED)
    await store.rendering(a_job(2))
    await store.submitting(a_job(3))
    await store.submitting(a_job(4))
    await store.database.write(submissions.mark_unknown, a_job(3).id, NOW)
    await store.queued(a_job(5))
    await store.reserved(a_job(6))
    execute(path, "INSERT INTO key_value (key, value) VALUES ('commands', 'digest')")
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


@pytest.mark.sqlite
async def test_the_operators_decisions_are_in_a_backup_where_the_database_is_lost(
    store: StoreHarness, tmp_path: Path
) -> None:
    write = store.database.write
    await write(server_policies.set_paused, NOW, paused=True)
    await write(server_policies.set_blocked, GUILD, NOW, blocked=True)
    await write(server_policies.set_monthly_credits, GUILD, 5, NOW)
    await kept(store, tmp_path / "copy.db")
    store.path.unlink()
    restore(tmp_path / "copy.db", store.path, LATER)
    again = await reopened(store.path)
    try:
        assert await again.database.read(server_policies.paused_at) == NOW
        assert await again.database.read(server_policies.get, GUILD) == server_policies.ServerPolicy(5, blocked=True)
    finally:
        await again.database.close()


async def test_nothing_is_ordered_again_and_its_member_is_told_once(store: StoreHarness) -> None:
    """No job can be claimed, even a month later. Who should have been told before is not told again."""
    for number in (1, 2):
        await store.submitting(a_job(number))
    await store.database.write(submissions.mark_unknown, a_job(1).id, NOW)
    await store.queued(a_job(3))
    await store.reserved(a_job(4))
    await store.database.write(holding.hold_open_work, LATER)
    assert sorted(await store.pending_notifications(LATER)) == [(a_job(each).id, "unknown") for each in (2, 3, 4)]
    for now in (LATER, LATER + 30 * DAY):
        assert await store.database.write(submissions.claim, now, 100, 100, 100) == []
        assert await store.voided(now, now) == []
    assert await store.recovered(LATER) == []
    assert (await store.member()).held == 400


async def test_the_operator_can_resolve_what_is_on_hold(store: StoreHarness) -> None:
    """The operator found the movie at the API, which its member has not received yet, or it failed."""
    for number in (1, 2):
        await store.queued(a_job(number))
    await store.database.write(holding.hold_open_work, LATER)
    found = await store.database.write(renders.attach_request_id, a_job(1).id, "request-1", LATER, RESOLVED)
    assert found is not None
    assert found.state is JobState.RENDERING
    assert await store.database.write(renders.resolve_failed, a_job(2).id, RESOLVED, upstream_charged=False)
    await store.database.write(renders.complete, found.id, URL, LATER)
    assert (a_job(1).id, "completed") in await store.pending_notifications(LATER)
    assert_ledger_consistent(store.place)


async def test_what_renders_is_polled_again_and_its_end_is_not_posted(store: StoreHarness) -> None:
    """Polls can be repeated, but the movie may have been posted since. Members find it in /movies."""
    for number in (1, 2):
        await store.rendering(a_job(number), NOW + HOUR)
    await store.database.write(holding.hold_open_work, LATER)
    polled = await due_polls(store.database, LATER, 10, ())
    assert [job.request_id for job in polled] == [f"request-{a_job(number).id}" for number in (1, 2)]
    assert (await store.database.read(job_queries.stats, LATER)).undeliverable == 0, "it is not finished yet"
    done = await store.database.write(renders.complete, a_job(1).id, URL, LATER)
    assert done is not None
    assert (done.state, done.movie_url) == (JobState.COMPLETED, URL)
    failed = (renders.fail, a_job(2).id, EndReason.UPSTREAM_FAILED, None, LATER)
    assert await store.database.write(*failed, upstream_charged=True) is not None
    for type_ in NotificationType:  # followers and the gallery may have it since the backup, too
        if type_ is not NotificationType.UNKNOWN:
            await store.database.write(outbox.enqueue, a_job(1).id, type_, LATER)
    assert await store.pending_notifications() == []
    assert (await store.database.read(job_queries.stats, LATER)).undeliverable == 1
    assert ((await store.member()).used, (await store.member()).held) == (done.price, 0)
    assert_ledger_consistent(store.place)


async def test_an_unverified_id_that_a_callback_brought_is_confirmed_by_a_poll(store: StoreHarness) -> None:
    """A poll costs nothing, and may find the movie by itself, which may have been posted since."""
    await store.submitting(a_job(1))
    digest = query(store.place, "SELECT callback_token_hash FROM jobs")[0]["callback_token_hash"]
    assert await store.database.write(callbacks.record_callback, digest, "request-1", NOW)
    await store.database.write(holding.hold_open_work, LATER)
    [job] = await due_polls(store.database, LATER, 10, ())
    assert (job.state, job.unverified_request_id) == (JobState.UNKNOWN, "request-1")
    assert await store.database.write(renders.attach_request_id, job.id, "request-1", LATER) is not None
    await store.database.write(renders.complete, job.id, URL, LATER)
    assert await store.pending_notifications() == []


@pytest.mark.sqlite
async def test_what_was_pending_is_not_posted_again_and_every_change_is_noted(
    store: StoreHarness, tmp_path: Path
) -> None:
    """Messages may have been sent since the backup. Each job and message gets one entry; old ones stay unposted."""
    await choose_staff_channel(store.database, AuditContext(ALICE, GUILD), 555, NOW)
    for number in (1, 2):
        await store.in_state(a_job(number), JobState.COMPLETED)
    sent = Delivery(a_job(2).id, NotificationType.COMPLETED, 0)
    await store.database.write(outbox.mark_sent, sent, a_message(99), NOW)
    await store.queued(a_job(3))
    await kept(store, tmp_path / "copy.db")
    done = restore(tmp_path / "copy.db", store.path, LATER)
    assert done.held.messages == ((a_job(1).id, NotificationType.COMPLETED),)
    pending = query(store.path, "SELECT job_id, type FROM outbox WHERE status = 'pending'")
    assert pending == [{"job_id": a_job(3).id, "type": "unknown"}]
    sent_at = query(store.path, "SELECT sent_at FROM outbox WHERE type = 'completed' ORDER BY job_id")
    assert [row["sent_at"] for row in sent_at] == [None, NOW]
    again = await reopened(store.path)
    try:
        lines = [entry for entry, channel in await again.posted_lines(LATER) if channel == 555]
    finally:
        await again.database.close()
    assert {(line.action, line.actor_id, line.subject_id, line.created_at) for line in lines} == {
        (AuditAction.RESTORE_BACKUP, 0, ALICE, LATER)
    }
    assert sorted((line.reason_code, line.job_id, line.reason) for line in lines) == [
        (AuditReason.MAY_BE_SENT, a_job(1).id, "completed"),
        (AuditReason.MAY_BE_SUBMITTED, a_job(3).id, "queued"),
    ]
