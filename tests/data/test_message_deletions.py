"""Message deletions, which leave a channel one message per movie."""

from __future__ import annotations

import pytest

from bot.domain.delivery import Delivery, MessageDeletion, MoviePlace, NotificationType, PostedMessage, SentMessage
from bot.domain.job import EndReason, Job, JobState
from bot.domain.preferences import DeliveryTarget
from data import job_actions, message_deletions, orders, outbox, renders, submissions
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, NOW, StoreHarness, a_job, a_message

CARD = 77
"""The card of each job of the harness."""
DIRECT = 999
"""Alice's direct messages."""
URL = "https://movies.test/a.mp4"


async def sent(store: StoreHarness, job: Job, type_: NotificationType, message: SentMessage) -> bool:
    """Record a sent notification; return whether the card gets deleted."""
    return await store.database.write(outbox.mark_sent, Delivery(job.id, type_, 0), message, NOW)


async def to_delete(store: StoreHarness) -> list[tuple[int, int]]:
    due = await store.database.read(message_deletions.due, NOW + DAY, 10, ())
    return sorted((each.message.channel_id, each.message.message_id) for each in due)


@pytest.mark.parametrize("state", [JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED])
async def test_the_message_about_the_end_replaces_the_card(store: StoreHarness, state: JobState) -> None:
    job = await store.rendering(a_job(1))
    if state is JobState.COMPLETED:
        await store.database.write(renders.complete, job.id, URL, NOW)
    elif state is JobState.FAILED:
        await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, NOW, None)
    else:
        await store.database.write(job_actions.request_cancel, job.id, ALICE, NOW)
        await store.database.write(renders.end_cancelled, job.id, 10, NOW, None)
    assert await to_delete(store) == []
    assert await sent(store, job, NotificationType(state.value), a_message())
    assert await to_delete(store) == [(CHANNEL, CARD)]


async def test_a_movie_that_went_to_its_member_leaves_the_card(store: StoreHarness) -> None:
    """The card is the channel's only message about the movie. One that said that the bot is checking goes."""
    job = await store.submitting(a_job(1))
    await store.database.write(submissions.mark_unknown, job.id, NOW)
    assert not await sent(store, job, NotificationType.UNKNOWN, a_message(4001))
    await store.database.write(job_actions.set_delivery_target, job.id, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    await store.database.write(renders.attach_request_id, job.id, "request-1", NOW)
    await store.database.write(renders.complete, job.id, URL, NOW)
    assert not await sent(store, job, NotificationType.COMPLETED, a_message(4002, channel_id=DIRECT))
    assert await to_delete(store) == [(CHANNEL, 4001)]
    assert await store.pending_notifications() == [], "it has no followers"
    assert await store.database.read(outbox.movie_place, await store.found(job.id)) is MoviePlace.DIRECT_MESSAGE


@pytest.mark.parametrize("late", [False, True])
async def test_the_message_about_checking_goes_with_the_card(store: StoreHarness, *, late: bool) -> None:
    job = await store.submitting(a_job(1))
    await store.database.write(submissions.mark_unknown, job.id, NOW)
    if not late:
        assert not await sent(store, job, NotificationType.UNKNOWN, a_message(4001))
        assert await to_delete(store) == []
        found = await store.found(job.id)
        assert await store.database.read(outbox.message_about, found) == PostedMessage(CHANNEL, CARD), "it stays"
    await store.database.write(renders.attach_request_id, job.id, "request-1", NOW)
    await store.database.write(renders.complete, job.id, URL, NOW)
    await sent(store, job, NotificationType.COMPLETED, a_message(4002))
    if late:
        await sent(store, job, NotificationType.UNKNOWN, a_message(4001))
    assert await to_delete(store) == [(CHANNEL, CARD), (CHANNEL, 4001)]


async def test_followers_are_told_of_a_movie_that_really_went_to_its_member(store: StoreHarness) -> None:
    """In the channel, the movie's own message mentions its followers. They are not told of one that failed."""
    for number, (channel, told) in enumerate(((DIRECT, True), (CHANNEL, False), (None, False))):
        job = await store.rendering(a_job(number, cost=10))
        await store.database.write(job_actions.follow, job.id, BOB)
        await store.database.write(job_actions.set_delivery_target, job.id, ALICE, DeliveryTarget.DIRECT_MESSAGE)
        if channel is None:
            await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, NOW, None)
            assert (await store.pending_notification()).followers == ()
            await sent(store, job, NotificationType.FAILED, a_message(channel_id=DIRECT))
        else:
            await store.database.write(renders.complete, job.id, URL, NOW)
            assert await store.pending_notifications() == [(job.id, "completed")]
            await sent(store, job, NotificationType.COMPLETED, a_message(channel_id=channel))
        assert await store.pending_notifications() == ([(job.id, "followed")] if told else [])
        if told:
            assert await to_delete(store) == []
            assert await sent(store, job, NotificationType.FOLLOWED, a_message(4002))
        assert await to_delete(store) == [(CHANNEL, CARD)]


async def test_a_card_that_only_the_channel_knows_is_replaced_too(store: StoreHarness) -> None:
    """The card's order was voided before Discord's response was recorded."""
    job = await store.reserved(a_job(1))
    await store.database.write(orders.void, job.id, NOW, notify=True)
    for again in (0, 1):  # what is known already stays
        message = SentMessage(PostedMessage(CHANNEL, 4001 + again), card_message_id=CARD + again)
        assert await sent(store, job, NotificationType.CANCELLED, message)
        assert await to_delete(store) == [(CHANNEL, CARD)]
        found = await store.found(job.id)
        assert await store.database.read(outbox.message_about, found) == PostedMessage(CHANNEL, 4001)


@pytest.mark.parametrize("told", [True, False])
async def test_a_card_that_comes_after_its_order_was_voided_is_replaced(store: StoreHarness, *, told: bool) -> None:
    job = await store.reserved(a_job(1))
    await store.database.write(orders.void, job.id, NOW, notify=True)
    if told:
        await sent(store, job, NotificationType.CANCELLED, a_message())
    assert not await store.database.write(orders.enqueue, job.id, CARD, NOW)
    if not told:
        assert await to_delete(store) == []
        await sent(store, job, NotificationType.CANCELLED, a_message())
    assert await to_delete(store) == [(CHANNEL, CARD)]


async def test_a_deletion_waits_between_its_attempts_and_ends(store: StoreHarness) -> None:
    """Attempts are counted, the longest due come first, and those in progress are left out."""
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    await sent(store, job, NotificationType.COMPLETED, a_message())
    [due] = await store.database.read(message_deletions.due, NOW, 10, ())
    assert due == MessageDeletion(job.id, PostedMessage(CHANNEL, CARD), 0)
    assert await store.database.read(message_deletions.due, NOW, 10, (str(CARD),)) == []
    await store.database.write(message_deletions.reschedule, CARD, NOW + 100)
    assert await store.database.read(message_deletions.due, NOW + 99, 10, ()) == []
    assert await store.database.read(message_deletions.next_due_at, NOW) == NOW + 100
    assert await store.database.write(message_deletions.retry_now, NOW)
    [again] = await store.database.read(message_deletions.due, NOW, 10, ())
    assert again.attempts == 1
    assert not await store.database.write(message_deletions.retry_now, NOW)
    await store.database.write(message_deletions.finish, CARD)
    assert query(store.place, "SELECT * FROM message_deletions") == []
    for number in (1, 2):
        await store.database.write(message_deletions.delete, job.id, PostedMessage(CHANNEL, number), NOW + number)
    for in_progress, expected in (((), 1), (("1",), 2), (("99",), 1)):
        [due] = await store.database.read(message_deletions.due, NOW + DAY, 1, in_progress)
        assert due.message.message_id == expected


async def test_where_a_movie_is_follows_its_message(store: StoreHarness) -> None:
    """One that someone deleted has no id, so the card is left and linked."""
    jobs = [await store.in_state(a_job(number, cost=10), JobState.COMPLETED) for number in range(3)]
    assert await store.database.read(outbox.card, jobs[0].id) == (await store.found(jobs[0].id), MoviePlace.PENDING)
    for job, message in zip(jobs, (a_message(), a_message(4712, DIRECT), a_message(0)), strict=True):
        assert await sent(store, job, NotificationType.COMPLETED, message) == (job == jobs[0])
    places = [await store.database.read(outbox.movie_place, job) for job in jobs]
    assert places == [MoviePlace.CHANNEL, MoviePlace.DIRECT_MESSAGE, MoviePlace.CHANNEL]
    found = await store.found(jobs[2].id)
    assert await store.database.read(outbox.message_about, found) == PostedMessage(CHANNEL, CARD)
    assert await to_delete(store) == [(CHANNEL, CARD)]
    job = await store.in_state(a_job(9), JobState.COMPLETED)
    await store.database.write(outbox.mark_undeliverable, Delivery(job.id, NotificationType.COMPLETED, 0))
    assert await store.database.read(outbox.movie_place, job) is MoviePlace.LIST
    await store.database.write(job_actions.mark_claimed, job.id, ALICE, NOW)
    assert await store.database.read(outbox.movie_place, job) is MoviePlace.LIST
