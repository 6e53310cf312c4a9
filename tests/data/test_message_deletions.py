"""Which messages about a movie are deleted, and who is told instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.delivery import NotificationType, PostedMessage, Venue
from bot.domain.jobs import EndReason, Job, JobState, RemovedBy
from bot.domain.message import Delivery, MessageKind, SentMessage
from bot.domain.movie_list import MovieQuery
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditAction, AuditContext
from data import (
    erasure,
    job_actions,
    jobs,
    message_deletions,
    messages,
    orders,
    outbox,
    preferences,
    removals,
    renders,
    reports,
)
from tests.helpers import due_work
from tests.helpers.at_time import at_time
from tests.helpers.due_work import due_deletions, due_notices, end_notices
from tests.helpers.ledger_checks import query
from tests.helpers.member_data import deliver, erase
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import ALICE, BOB, CAROL, CHANNEL, DAY, GUILD, NOW, StoreHarness, a_job, a_message

CARD, MOVIE, DIRECT = 77, 4711, 999
URL = "https://movies.test/a.mp4"
BY_ALICE, BY_BOB = AuditContext(ALICE, GUILD), AuditContext(BOB, GUILD, "not for here")
COMPLETED, STARRED = NotificationType.COMPLETED, NotificationType.STARRED


async def sent(store: StoreHarness, job: Job, type_: NotificationType, message: SentMessage | None = None) -> bool:
    delivery = Delivery(job, type_, 0)
    return await store.database.write(outbox.mark_sent, delivery, message or a_message(MOVIE))


async def completed(store: StoreHarness, *, direct: bool = False) -> Job:
    job = await store.rendering(a_job(1))
    if direct:
        await store.database.write(job_actions.set_delivery_target, job.id, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    await store.database.write(renders.complete, job.id, URL)
    return await store.found(job.id)


async def remove(store: StoreHarness, job: Job, by: AuditContext = BY_ALICE, now: int = NOW) -> Job | None:
    return await store.database.write(at_time(now, removals.remove), job.id, by)


async def to_delete(store: StoreHarness) -> list[tuple[int, int]]:
    due = await store.database.read(at_time(NOW + DAY, due_work.to_delete))
    return sorted((each.channel_id, each.message_id) for each in due)


async def test_a_movie_that_went_to_its_member_leaves_the_card(store: StoreHarness) -> None:
    job = await store.in_state(a_job(1), JobState.UNKNOWN)
    assert not await sent(store, job, NotificationType.UNKNOWN, a_message(4001))
    await store.database.write(job_actions.set_delivery_target, job.id, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    await store.database.write(renders.attach_request_id, job.id, "request-1", NOW)
    await store.database.write(renders.complete, job.id, URL)
    assert not await sent(store, job, COMPLETED, a_message(4002, channel_id=DIRECT))
    assert await to_delete(store) == [(CHANNEL, 4001)]
    assert await store.pending_notifications() == [], "it has no followers"
    assert await store.database.read(outbox.movie_venue, await store.found(job.id)) is Venue.DIRECT


async def test_followers_are_told_of_a_movie_that_really_went_to_its_member(store: StoreHarness) -> None:
    for number, (channel, told) in enumerate(((DIRECT, True), (CHANNEL, False), (None, False))):
        job = await store.rendering(a_job(number, cost=10))
        await store.database.write(job_actions.follow, job.id, BOB)
        await store.database.write(job_actions.set_delivery_target, job.id, ALICE, DeliveryTarget.DIRECT_MESSAGE)
        if channel is None:
            await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None)
            assert (await store.pending_notification()).followers == ()
            await sent(store, job, NotificationType.FAILED, a_message(channel_id=DIRECT))
        else:
            await store.database.write(renders.complete, job.id, URL)
            assert await store.pending_notifications() == [(job.id, "completed")]
            await sent(store, job, COMPLETED, a_message(channel_id=channel))
        assert await store.pending_notifications() == ([(job.id, "followed")] if told else [])
        if told:
            assert await to_delete(store) == []
            assert await sent(store, job, NotificationType.FOLLOWED, a_message(4002))
        assert await to_delete(store) == [(CHANNEL, CARD)]


async def test_a_card_that_only_the_channel_knows_is_replaced_too(store: StoreHarness) -> None:
    job = await store.reserved(a_job(1))
    await store.database.write(orders.void, job.id, notify=True)
    for again in (0, 1):  # what is known already stays
        message = SentMessage(PostedMessage(CHANNEL, 4001 + again), card_message_id=CARD + again)
        assert await sent(store, job, NotificationType.CANCELLED, message)
        assert await to_delete(store) == [(CHANNEL, CARD)]
        found = await store.found(job.id)
        assert await store.database.read(outbox.message_about, found) == PostedMessage(CHANNEL, 4001)


async def test_a_deletion_is_queued_once_and_waits_between_its_attempts(store: StoreHarness) -> None:
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    await sent(store, job, COMPLETED)
    [(due, *deletion)] = await store.database.read(due_deletions)
    assert deletion == [job.id, PostedMessage(CHANNEL, CARD)]
    await store.database.write(messages.retry, due, NOW + 100)
    await store.database.write(message_deletions.delete, job.id, PostedMessage(CHANNEL, CARD))
    assert await store.database.read(messages.next_due_at, NOW) == NOW + 100
    await store.database.write(at_time(NOW + 1, messages.retry_now), MessageKind.GONE)
    [again] = await store.database.read(at_time(NOW + 1, messages.due), 10, ())
    assert (again.nonce, again.attempts) == (due.nonce, 1)
    await store.database.write(messages.settle, again)
    assert await store.database.read(at_time(NOW + DAY, messages.due), 10, ()) == []


async def test_a_deletion_that_an_erasure_has_dropped_meanwhile_is_no_fault(store: StoreHarness) -> None:
    await sent(store, await store.in_state(a_job(1), JobState.COMPLETED), COMPLETED)
    [(due, *_)] = await store.database.read(due_deletions)
    await store.database.write(message_deletions.forget, ALICE)
    assert await store.database.read(message_deletions.get, due) is None


async def test_many_deletions_are_a_second_apart_from_the_newest_message_on(store: StoreHarness) -> None:
    for number in (1, 2, 3):
        await store.posted(a_job(number, cost=10))
    await store.database.write(message_deletions.delete_many, "SELECT id FROM jobs WHERE id > :id", {"id": a_job(1).id})
    queued = query(store.place, "SELECT subject_id, due_at FROM messages WHERE kind = 'gone'")
    expected = {("103", NOW + 1000), ("102", NOW + 2000), (str(CARD), NOW)}
    assert {(row["subject_id"], row["due_at"]) for row in queued} == expected
    await store.database.write(messages.retry_now, MessageKind.GONE)  # at a reconnection
    assert query(store.place, "SELECT subject_id, due_at FROM messages WHERE kind = 'gone'") == queued


async def test_where_a_movie_is_follows_its_message(store: StoreHarness) -> None:
    posted = [await store.in_state(a_job(number, cost=10), JobState.COMPLETED) for number in range(3)]
    assert await store.database.read(outbox.card, posted[0].id) == (await store.found(posted[0].id), Venue.UNDECIDED)
    for job, message in zip(posted, (a_message(), a_message(4712, DIRECT), a_message(0)), strict=True):
        assert await sent(store, job, COMPLETED, message) == (job == posted[0])
    venues = [await store.database.read(outbox.movie_venue, job) for job in posted]
    assert venues == [Venue.CHANNEL, Venue.DIRECT, Venue.CHANNEL]
    found = await store.found(posted[2].id)
    assert await store.database.read(outbox.message_about, found) == PostedMessage(CHANNEL, CARD)
    assert await to_delete(store) == [(CHANNEL, CARD)]
    job = await store.in_state(a_job(9), JobState.COMPLETED)
    await store.database.write(outbox.end, Delivery(job, COMPLETED, 0), "undeliverable")
    assert await store.database.read(outbox.movie_venue, job) is None
    await store.database.write(job_actions.mark_claimed, job.id, ALICE)
    assert await store.database.read(outbox.movie_venue, job) is None


@pytest.mark.parametrize(("by", "remover"), [(BY_ALICE, RemovedBy.MEMBER), (BY_BOB, RemovedBy.MANAGER)])
async def test_a_removed_movies_record_has_no_link_and_message(
    store: StoreHarness, by: AuditContext, remover: RemovedBy
) -> None:
    job = await completed(store)
    await sent(store, job, COMPLETED)
    await store.database.write(outbox.enqueue, job.id, STARRED)
    await sent(store, job, STARRED, SentMessage(PostedMessage(88, 9, Venue.GALLERY)))
    [before], _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 5, 0)
    removed = await remove(store, job, by, NOW + 5)
    [after], _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 5, 0)
    assert (before.message, after.message) == (PostedMessage(CHANNEL, MOVIE), None)
    assert (removed.removed_at, removed.removed_by, removed.movie_url) == (NOW + 5, remover, None)
    assert await to_delete(store) == [(CHANNEL, CARD), (CHANNEL, MOVIE), (88, 9)]
    assert await remove(store, job, BY_BOB, NOW + 6) is None
    logged = query(store.place, "SELECT action, actor_id, subject_id, job_id, reason FROM audit_log")
    entry = [AuditAction.MOVIE_REMOVED, BOB, ALICE, job.id, "not for here"]
    assert [[*row.values()] for row in logged] == ([] if by is BY_ALICE else [entry])
    item = await store.database.read(job_actions.item, job.id)
    assert (item.job, item.message, item.undelivered) == (removed, None, False)


@pytest.mark.parametrize("message_id", [0, None, MOVIE])
async def test_a_forgotten_message_is_deleted_as_its_button_tells(store: StoreHarness, message_id: int | None) -> None:
    job = await completed(store)
    await sent(store, job, COMPLETED)
    known = {"id": message_id, "channel": (CHANNEL if message_id else None)}
    await store.database.write(
        lambda tx: tx.execute("UPDATE outbox SET message_id = :id, channel_id = :channel", known)
    )
    if not message_id:
        await remove(store, job, BY_BOB)
        assert await to_delete(store) == [(CHANNEL, CARD)]
    told = PostedMessage(DIRECT, MOVIE + 1, Venue.DIRECT)
    await store.database.write(removals.found_at, job.id, COMPLETED, told)
    await remove(store, job, BY_BOB)
    expected = (CHANNEL, MOVIE) if message_id else (DIRECT, MOVIE + 1)
    assert await to_delete(store) == [(CHANNEL, CARD), expected]


async def test_a_message_that_cannot_be_deleted_is_given_up_after_a_month(store: StoreHarness) -> None:
    job = await completed(store)
    await sent(store, job, COMPLETED)
    await remove(store, job)
    month = NOW + removals.RETRIED_MS
    for at, is_retried in ((NOW, True), (month - 1, True), (month, False)):
        due = await store.database.read(at_time(month + DAY, due_deletions))
        assert len(due) == 2
        for each in due:
            assert await store.database.write(at_time(at, removals.retry_refused), *each) is is_retried
    assert await store.database.read(at_time(month + DAY, due_deletions)) == []
    told = [row["action"] for row in query(store.place, "SELECT action FROM audit_log ORDER BY id")]
    assert told == [*[AuditAction.DELETION_REFUSED] * 2, *[AuditAction.DELETION_GIVEN_UP] * 2]


async def test_a_direct_message_goes_with_the_card_and_is_its_members_matter(store: StoreHarness) -> None:
    """Managers read receipts and the log, so neither tells of it."""
    job = await completed(store, direct=True)
    assert not await sent(store, job, COMPLETED, a_message(MOVIE, DIRECT))
    [receipt], _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 5, 0)
    assert receipt.message is None
    await remove(store, job)
    assert await to_delete(store) == [(CHANNEL, CARD), (DIRECT, MOVIE)]
    due = await store.database.read(due_deletions)
    assert {posted.channel_id: posted.venue for *_, posted in due} == {CHANNEL: Venue.CHANNEL, DIRECT: Venue.DIRECT}
    for each in due:
        assert await store.database.write(removals.retry_refused, *each)
    told = query(store.place, "SELECT action, reason FROM audit_log")
    assert told == [{"action": AuditAction.DELETION_REFUSED, "reason": f"{CHANNEL}/{CARD}"}]


async def test_what_was_on_its_way_brings_no_removed_movie_back(store: StoreHarness) -> None:
    job = await store.rendering(a_job(1))
    await store.database.write(job_actions.follow, job.id, BOB)
    await store.database.write(renders.complete, job.id, URL)
    await remove(store, job)
    assert await to_delete(store) == [(CHANNEL, CARD)]
    delivery = Delivery(job, COMPLETED, 0, (BOB,))
    message = replace(a_message(MOVIE), unmentioned=(BOB,))
    assert await store.database.write(outbox.mark_sent, delivery, message)
    assert await to_delete(store) == [(CHANNEL, CARD), (CHANNEL, MOVIE)]
    assert await store.database.read(due_notices) == []
    assert await store.database.write(jobs.set_movie_url, await store.found(job.id), f"{URL}?2") is None
    assert (await store.found(job.id)).movie_url is None


async def shared(pitching: Pitching, *shares: tuple[int, int]) -> Job:
    job = await pitching.funded(await pitching.made(300), *shares)
    await pitching.rendering(job)
    await pitching.complete(job)
    await deliver(pitching.database, job, COMPLETED)
    return await pitching.database.read(jobs.get, job.id)


async def test_payers_keep_a_movie_and_new_links_when_its_pitcher_is_erased(pitching: Pitching) -> None:
    job = await shared(pitching, (BOB, 300))
    assert await erase(pitching.database, ALICE)
    write, read = pitching.database.write, pitching.database.read
    [item] = (await read(job_actions.member_page, MovieQuery(BOB), None, 10)).items
    kept = item.job
    assert (kept.request.prompt, kept.member_name, kept.movie_url, kept.request_id) == ("", "", URL, f"r-{job.id}")
    assert await write(erasure.clear_ended, NOW) == 0
    assert await write(jobs.set_movie_url, kept, f"{URL}?new") is not None
    assert await erase(pitching.database, BOB)
    assert await write(erasure.clear_ended, NOW) == 1
    gone = await read(jobs.get, job.id)
    assert (gone.movie_url, gone.request_id) == (None, None)
    await pitching.books()


@pytest.mark.parametrize("shares", [((ALICE, 300),), ((BOB, 1), (ALICE, 299))])
async def test_the_pitchers_own_movie_goes_with_them(pitching: Pitching, shares: tuple[tuple[int, int], ...]) -> None:
    job = await shared(pitching, *shares)
    assert await erase(pitching.database, ALICE)
    has_others = len(shares) > 1
    assert ((await pitching.database.read(jobs.get, job.id)).movie_url is not None) == has_others
    assert await pitching.database.write(erasure.clear_ended, NOW, NOW + 1) == has_others
    assert (await pitching.database.read(jobs.get, job.id)).movie_url is None


async def test_staff_who_delete_what_others_paid_for_are_logged(pitching: Pitching) -> None:
    for payer, removed_by, logged in ((ALICE, RemovedBy.MEMBER, 0), (BOB, RemovedBy.MANAGER, 1)):
        job = await shared(pitching, (payer, 300))
        assert (await pitching.database.write(removals.remove, job.id, BY_ALICE)).removed_by is removed_by
        entries = query(pitching.place, "SELECT actor_id FROM audit_log WHERE action = 'movie_removed'")
        assert entries == [{"actor_id": ALICE}] * logged


async def to_tell(store: StoreHarness, now: int = NOW) -> list[int]:
    return [each.member_id for [each] in await store.database.read(at_time(now, due_notices))]


async def test_who_was_not_mentioned_is_told_once_and_those_who_were_are_not(store: StoreHarness) -> None:
    job = await store.rendering(a_job(1))
    for member in (BOB, CAROL):
        await store.database.write(job_actions.follow, job.id, member)
    delivery = Delivery(job, COMPLETED, 0, (BOB, CAROL))
    message = replace(a_message(), unmentioned=(BOB,))
    await store.database.write(outbox.mark_sent, delivery, message)
    assert await to_tell(store) == [BOB]
    [[notice]] = await store.database.read(due_notices)
    assert (notice.kind, notice.subject.id, notice.routes) == (MessageKind.FOLLOWED, job.id, (True,))
    await store.database.write(end_notices, [notice])
    await store.database.write(outbox.mark_sent, delivery, message)
    assert await to_tell(store, NOW + 5) == []
    await store.database.write(outbox.reject, delivery)
    assert await to_tell(store, NOW + 5) == [CAROL]


async def test_a_payer_who_wants_direct_messages_is_told_once_also_where_they_follow(pitching: Pitching) -> None:
    write, read = pitching.database.write, pitching.database.read
    job = await pitching.funded(await pitching.made(30), (ALICE, 10), (BOB, 20))
    await write(preferences.change, BOB, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    await pitching.rendering(job)
    await pitching.complete(job)
    made = [each for each in await read(due_notices) if each[0].kind is MessageKind.MADE]
    assert [(each[0].member_id, each[0].credits) for each in made] == [(BOB, 20)]
    await write(end_notices, made[0])
    delivery = Delivery(job, COMPLETED, 0, (BOB,))
    await write(outbox.mark_sent, delivery, replace(a_message(), unmentioned=(BOB,)))
    assert MessageKind.MADE not in {each[0].kind for each in await read(due_notices)}
