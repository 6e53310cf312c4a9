"""Removed movies: the record stays, the links and the messages go.

No later event restores them.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.delivery import Delivery, NotificationType, PostedMessage, SentMessage, Venue
from bot.domain.job import Job, JobState, RemovedBy
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditAction, AuditContext
from bot.services.removals import RemovalService
from bot.services.signals import Signals
from data import job_actions, job_queries, jobs, message_deletions, outbox, removals, renders, reports
from data.database import Transaction
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, NOW, StoreHarness, a_job, a_message

CARD, MOVIE, DIRECT = 77, 4711, 999
URL = "https://movies.test/a.mp4"
BY_ALICE, BY_BOB = AuditContext(ALICE, GUILD), AuditContext(BOB, GUILD, "not for here")


async def completed(store: StoreHarness, *, direct: bool = False) -> Job:
    job = await store.rendering(a_job(1))
    if direct:
        await store.database.write(job_actions.set_delivery_target, job.id, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    done = await store.database.write(renders.complete, job.id, URL, NOW)
    assert done is not None
    return done


async def sent(store: StoreHarness, job: Job, channel_id: int = CHANNEL) -> bool:
    """Record the movie's message; return whether the card gets deleted."""
    delivery = Delivery(job.id, NotificationType.COMPLETED, 0)
    return await store.database.write(outbox.mark_sent, delivery, a_message(MOVIE, channel_id), NOW)


async def to_delete(store: StoreHarness) -> list[PostedMessage]:
    due = await store.database.read(message_deletions.due, NOW + DAY, 10, ())
    return sorted((each.message for each in due), key=lambda message: message.message_id)


async def test_the_record_stays_without_link_and_message(store: StoreHarness) -> None:
    job = await completed(store)
    await sent(store, job)
    removed = await store.database.write(removals.remove, job.id, BY_ALICE, NOW + 5)
    assert removed is not None
    assert (removed.removed_at, removed.removed_by, removed.movie_url) == (NOW + 5, RemovedBy.MEMBER, None)
    assert await to_delete(store) == [PostedMessage(CHANNEL, CARD), PostedMessage(CHANNEL, MOVIE)]
    assert await store.database.write(removals.remove, job.id, BY_BOB, NOW + 6) is None
    item = await store.database.read(job_queries.item, job.id)
    assert item is not None
    assert (item.job, item.message, item.undelivered) == (removed, None, False)


async def test_a_receipt_links_to_the_message_until_it_is_deleted(store: StoreHarness) -> None:
    """A movie in the gallery of stars has one, too."""
    job = await completed(store)
    await sent(store, job)
    await store.database.write(outbox.enqueue, job.id, NotificationType.STARRED, NOW)
    starred = Delivery(job.id, NotificationType.STARRED, 0)
    await store.database.write(outbox.mark_sent, starred, SentMessage(PostedMessage(88, 9, Venue.GALLERY)), NOW)
    [before], _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 5, 0)
    await store.database.write(removals.remove, job.id, BY_ALICE, NOW + 5)
    [after], _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 5, 0)
    assert (before.message, after.message) == (PostedMessage(CHANNEL, MOVIE), None)


@pytest.mark.parametrize("state", sorted({*JobState} - {JobState.COMPLETED}))
async def test_only_a_finished_movie_is_removed(store: StoreHarness, state: JobState) -> None:
    job = await store.in_state(a_job(1, cost=10), state)
    assert await store.database.write(removals.remove, job.id, BY_ALICE, NOW) is None
    assert await to_delete(store) == []


async def test_a_managers_removal_is_in_the_audit_log(store: StoreHarness) -> None:
    job = await completed(store)
    removed = await store.database.write(removals.remove, job.id, BY_BOB, NOW)
    assert removed is not None
    assert removed.removed_by is RemovedBy.MANAGER
    entries = "SELECT action, actor_id, subject_id, job_id, reason FROM audit_log"
    assert query(store.place, entries) == [
        {
            "action": AuditAction.MOVIE_REMOVED,
            "actor_id": BOB,
            "subject_id": ALICE,
            "job_id": job.id,
            "reason": "not for here",
        }
    ]
    own = await store.database.write(renders.complete, (await store.rendering(a_job(2))).id, URL, NOW)
    assert own is not None
    await store.database.write(removals.remove, own.id, BY_ALICE, NOW)
    assert len(query(store.place, entries)) == 1


@pytest.mark.parametrize("message_id", [0, None])
async def test_a_message_whose_place_was_forgotten_is_deleted_once_its_button_tells(
    store: StoreHarness, message_id: int | None
) -> None:
    """An erasure may have deleted the message's channel and id."""
    job = await completed(store)
    await sent(store, job)

    def forget(tx: Transaction) -> None:
        tx.execute("UPDATE outbox SET message_id = :id, channel_id = NULL", {"id": message_id})

    await store.database.write(forget)
    await store.database.write(removals.remove, job.id, BY_BOB, NOW)
    assert await to_delete(store) == [PostedMessage(CHANNEL, CARD)]
    await store.database.write(
        removals.found_at, job.id, NotificationType.COMPLETED, PostedMessage(DIRECT, MOVIE, Venue.DIRECT), NOW
    )
    assert await to_delete(store) == [PostedMessage(CHANNEL, CARD), PostedMessage(DIRECT, MOVIE, Venue.DIRECT)]


async def test_a_button_tells_where_the_message_of_a_starred_movie_is(store: StoreHarness) -> None:
    """The movie's own message stays where it is."""
    job, starred = await completed(store), PostedMessage(88, 9, Venue.GALLERY)
    await sent(store, job)
    await store.database.write(outbox.enqueue, job.id, NotificationType.STARRED, NOW)
    forgotten = SentMessage(replace(starred, message_id=0))
    await store.database.write(outbox.mark_sent, Delivery(job.id, NotificationType.STARRED, 0), forgotten, NOW)
    await RemovalService(store.database, store.clock, Signals()).found_at(job, NotificationType.STARRED, starred)
    await store.database.write(removals.remove, job.id, BY_BOB, NOW)
    assert await to_delete(store) == [starred, PostedMessage(CHANNEL, CARD), PostedMessage(CHANNEL, MOVIE)]


async def test_a_known_message_keeps_its_id(store: StoreHarness) -> None:
    job = await completed(store)
    await sent(store, job)
    await store.database.write(
        removals.found_at, job.id, NotificationType.COMPLETED, PostedMessage(DIRECT, MOVIE + 1, Venue.DIRECT), NOW
    )
    await store.database.write(removals.remove, job.id, BY_BOB, NOW)
    assert await to_delete(store) == [PostedMessage(CHANNEL, CARD), PostedMessage(CHANNEL, MOVIE)]


async def test_a_message_that_cannot_be_deleted_is_given_up_after_a_month(store: StoreHarness) -> None:
    await store.in_state(a_job(1), JobState.COMPLETED)
    await sent(store, a_job(1))
    await store.database.write(removals.remove, a_job(1).id, BY_ALICE, NOW)
    month = NOW + removals.RETRIED_MS
    for at, is_retried in ((NOW, True), (month - 1, True), (month, False)):
        [*due] = await store.database.read(message_deletions.due, month + DAY, 10, ())
        assert len(due) == 2
        for each in due:
            assert await store.database.write(removals.retry_refused, each, at) is is_retried
    assert await store.database.read(message_deletions.due, month + DAY, 10, ()) == []
    told = [row["action"] for row in query(store.place, "SELECT action FROM audit_log ORDER BY id")]
    assert told == [*[AuditAction.DELETION_REFUSED] * 2, *[AuditAction.DELETION_GIVEN_UP] * 2]


async def test_a_direct_message_goes_with_the_card_and_is_its_members_matter(store: StoreHarness) -> None:
    """Managers read receipts and the log, so neither tells of it."""
    job = await completed(store, direct=True)
    assert not await sent(store, job, DIRECT)
    [receipt], _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 5, 0)
    assert receipt.message is None
    await store.database.write(removals.remove, job.id, BY_ALICE, NOW)
    assert await to_delete(store) == [PostedMessage(CHANNEL, CARD), PostedMessage(DIRECT, MOVIE, Venue.DIRECT)]
    for each in await store.database.read(message_deletions.due, NOW, 10, ()):
        assert await store.database.write(removals.retry_refused, each, NOW)
    told = query(store.place, "SELECT action, reason FROM audit_log")
    assert told == [{"action": AuditAction.DELETION_REFUSED, "reason": f"{CHANNEL}/{CARD}"}]


async def test_what_was_on_its_way_brings_no_removed_movie_back(store: StoreHarness) -> None:
    """A message that was sent before the removal goes when it is recorded; an older answer's link is not kept."""
    job = await completed(store)
    await store.database.write(removals.remove, job.id, BY_ALICE, NOW)
    assert await to_delete(store) == [PostedMessage(CHANNEL, CARD)]
    assert await sent(store, job)
    assert PostedMessage(CHANNEL, MOVIE) in await to_delete(store)
    assert await store.database.write(jobs.set_movie_url, job, f"{URL}?2") is None
    assert (await store.found(job.id)).movie_url is None
