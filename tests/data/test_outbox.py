"""Notifications are pending until Discord accepts them, and sent once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import EndReason, JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.server_setup import AgeRule
from data import job_actions, jobs, key_value, outbox, renders, submissions
from data.sqlite import SqliteDatabase
from tests.helpers.approving import set_up
from tests.helpers.due_work import due_notifications
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import BOB, NOW, StoreHarness, a_job, a_message

URL = "https://movies.test/a.mp4"


async def finish(store: StoreHarness, number: int, at: int = NOW) -> str:
    """Finish a movie whose message is pending since `at`."""
    job = await store.rendering(a_job(number, cost=10))
    await store.database.write(renders.complete, job.id, URL, at)
    return job.id


async def test_a_pending_notification_comes_with_its_job(store: StoreHarness) -> None:
    """The job is read at that time, with the movie's link."""
    job_id = await finish(store, 1)
    [(delivery, job)] = await due_notifications(store.database, NOW, 10, ())
    expected = Delivery(job_id, NotificationType.COMPLETED, 0, queued_at=NOW, first_attempt=True, leased_until=NOW)
    assert delivery == expected
    assert (job.id, job.state, job.movie_url) == (job_id, JobState.COMPLETED, URL)


@pytest.mark.parametrize("age", [None, *AgeRule])
async def test_a_notification_comes_with_its_servers_rule_about_age(store: StoreHarness, age: AgeRule | None) -> None:
    """It decides where the movie is posted, and whether as a spoiler."""
    await finish(store, 1)
    await set_up(store, age=age)
    [(delivery, _)] = await due_notifications(store.database, NOW, 10, ())
    assert delivery.age is age


async def test_notifications_are_sent_the_longest_pending_first(store: StoreHarness) -> None:
    """Only as many as asked for are taken, without those in progress."""
    for number, at in ((1, NOW + 30), (2, NOW + 10), (3, NOW + 20)):
        await finish(store, number, at)
    assert [int(delivery.job_id) for delivery, _ in await due_notifications(store.database, NOW + 20, 10, ())] == [2, 3]
    in_progress = Delivery(f"{2:013}", NotificationType.COMPLETED, 0).nonce
    assert [
        int(delivery.job_id) for delivery, _ in await due_notifications(store.database, NOW + 30, 1, (in_progress,))
    ] == [3]


async def test_one_channel_gets_no_more_than_its_share(store: StoreHarness) -> None:
    """Other channels' notifications are taken as well."""
    for number in range(1, 6):
        await finish(store, number, NOW + number)
    other = await store.rendering(replace(a_job(6, cost=10), channel_id=77))
    await store.database.write(renders.complete, other.id, URL, NOW + 6)

    async def taken(in_progress: Sequence[int] = (), resting: Sequence[int] = (), limit: int = 3) -> list[int]:
        busy = [Delivery(f"{number:013}", NotificationType.COMPLETED, 0).nonce for number in in_progress]
        left_out = busy + [Delivery(f"{number:013}", NotificationType.COMPLETED, 0).nonce for number in resting]
        notification = await due_notifications(
            store.database, NOW + 10, limit, left_out, in_progress=busy, per_channel=2
        )
        return [int(delivery.job_id) for delivery, _ in notification]

    assert await taken() == [1, 2, 6]
    assert await taken(in_progress=[1]) == [2, 6]
    assert await taken(in_progress=[4, 5]) == [6]
    assert await taken(in_progress=[1, 6]) == [2]
    assert await taken(resting=[1]) == [2, 3, 6]
    assert await taken(limit=1) == [1]


async def test_share_of_a_direct_message_is_its_members(store: StoreHarness) -> None:
    """It does not count for the channel where the movie was ordered."""
    jobs = [await store.rendering(a_job(number, cost=10)) for number in range(1, 5)]
    for job in jobs[:3]:
        await store.database.write(
            job_actions.set_delivery_target, job.id, job.member_id, DeliveryTarget.DIRECT_MESSAGE
        )
    for number, job in enumerate(jobs):
        await store.database.write(renders.complete, job.id, URL, NOW + number)
    notification = await due_notifications(store.database, NOW + 10, 10, (), per_channel=2)
    assert [int(delivery.job_id) for delivery, _ in notification] == [1, 2, 4]


async def test_share_of_a_message_to_followers_is_the_channels(store: StoreHarness) -> None:
    """The movies themselves went to different members."""
    for number in range(1, 4):
        job = await store.rendering(a_job(number, 100 + number, cost=10))
        await store.database.write(job_actions.follow, job.id, BOB)
        await store.database.write(
            job_actions.set_delivery_target, job.id, job.member_id, DeliveryTarget.DIRECT_MESSAGE
        )
        await store.database.write(renders.complete, job.id, URL, NOW + number)
        movie = Delivery(job.id, NotificationType.COMPLETED, 0)
        await store.database.write(outbox.mark_sent, movie, a_message(number, 100 + number), NOW + number)
    told = await due_notifications(store.database, NOW + 10, 10, (), (NotificationType.FOLLOWED,), per_channel=2)
    assert [int(delivery.job_id) for delivery, _ in told] == [1, 2]


async def test_one_kind_of_message_is_not_in_the_way_of_another(store: StoreHarness) -> None:
    """Workers for movies and for other messages each see their own."""
    movie = await finish(store, 1)
    job = await store.submitting(a_job(2))
    await store.database.write(submissions.mark_unknown, job.id, NOW + 5)
    for notice, job_id in ((NotificationType.COMPLETED, movie), (NotificationType.UNKNOWN, job.id)):
        [(delivery, _)] = await due_notifications(store.database, NOW + 5, 10, (), (notice,))
        assert (delivery.type, delivery.job_id) == (notice, job_id)
    assert await store.database.read(outbox.next_due_at, NOW, (NotificationType.COMPLETED,)) is None
    assert await store.database.read(outbox.next_due_at, NOW, (NotificationType.UNKNOWN,)) == NOW + 5


async def test_a_notification_that_is_pending_for_long_may_have_been_posted(store: StoreHarness) -> None:
    """Before Discord forgets the nonce, repeating is harmless."""
    await finish(store, 1)
    for now, since in ((NOW + 60_000, None), (NOW + 60_001, NOW)):
        [(delivery, _)] = await due_notifications(store.database, now, 10, ())
        assert delivery.possibly_sent_since == since


async def test_a_notification_that_was_sent_is_pending_no_more(store: StoreHarness) -> None:
    """Later changes don't make it due again."""
    await finish(store, 1)
    delivery = await store.pending_notification()
    await store.database.write(outbox.mark_sent, delivery, a_message(4711), NOW + 1)
    await store.database.write(outbox.reschedule, delivery, NOW + 2, "tests")
    await store.database.write(outbox.mark_undeliverable, delivery)
    assert await store.pending_notifications() == []
    assert await store.database.read(outbox.next_due_at, 0) is None


async def test_a_message_that_was_not_taken_is_tried_again_later(store: StoreHarness) -> None:
    """The retry has the same nonce and a counted attempt."""
    await finish(store, 1)
    delivery = await store.pending_notification()
    await store.database.write(outbox.reschedule, delivery, NOW + 100, "tests")
    assert await due_notifications(store.database, NOW + 99, 10, ()) == []
    assert await store.database.read(outbox.next_due_at, NOW) == NOW + 100
    [(again, _)] = await due_notifications(store.database, NOW + 100, 10, ())
    assert (again.attempts, again.nonce) == (1, delivery.nonce)


async def test_what_was_to_wait_is_due_when_discord_is_back(store: StoreHarness) -> None:
    """Only failed messages become due; all others are unchanged."""
    for number in (1, 2, 3):
        await finish(store, number, NOW - number)
    assert not await store.database.write(outbox.retry_now, NOW)
    waiting, sent, kept = [delivery for delivery, _ in await due_notifications(store.database, NOW, 10, ())]
    await store.database.write(outbox.reschedule, waiting, NOW + 3_600_000, "tests")
    await store.database.write(outbox.mark_sent, sent, a_message(4711), NOW)
    await store.database.write(outbox.mark_undeliverable, kept)
    assert await store.database.write(outbox.retry_now, NOW + 1)
    assert [(each.job_id, each.attempts) for each, _ in await due_notifications(store.database, NOW + 1, 10, ())] == [
        (waiting.job_id, 1)
    ]
    assert not await store.database.write(outbox.retry_now, NOW + 1)


STATUSES = "SELECT type, status FROM outbox"


async def test_news_that_nobody_tried_to_send_goes_with_what_it_said(store: StoreHarness) -> None:
    job = await store.submitting(a_job(1))
    await store.database.write(submissions.mark_unknown, job.id, NOW)
    assert query(store.place, STATUSES) == [{"type": "unknown", "status": "pending"}]
    await store.database.write(renders.attach_request_id, job.id, "request-1", NOW)
    assert query(store.place, STATUSES) == [{"type": "unknown", "status": "suppressed"}]


async def test_a_message_that_discord_took_counts_as_sent_though_it_became_outdated(store: StoreHarness) -> None:
    """Its member has already received it."""
    job = await store.submitting(a_job(1))
    await store.database.write(submissions.mark_unknown, job.id, NOW)
    delivery = await store.pending_notification()
    await store.database.write(renders.attach_request_id, job.id, "request-1", NOW)
    await store.database.write(outbox.mark_sent, delivery, a_message(4711), NOW + 1)
    assert query(store.place, "SELECT status, message_id, sent_at, next_attempt_at FROM outbox") == [
        {"status": "sent", "message_id": 4711, "sent_at": NOW + 1, "next_attempt_at": None}
    ]


async def test_a_message_with_no_way_to_its_member_is_no_longer_tried(store: StoreHarness) -> None:
    """The movie's link stays in the database."""
    job_id = await finish(store, 1)
    await store.database.write(outbox.mark_undeliverable, await store.pending_notification())
    assert await store.pending_notifications() == []
    found = await store.database.read(jobs.find, job_id)
    assert found is not None
    assert found.movie_url == URL


async def test_a_job_may_have_two_notifications_each_once(store: StoreHarness) -> None:
    """The first says the bot is checking, the second the outcome."""
    job = await store.submitting(a_job(1))
    await store.database.write(submissions.mark_unknown, job.id, NOW)
    await store.database.write(renders.fail, job.id, EndReason.UPSTREAM_LOST_JOB, None, NOW + 1, upstream_charged=False)
    assert await store.pending_notifications() == [(job.id, "unknown"), (job.id, "failed")]


async def test_pending_notifications_survive_a_restart(path: Path) -> None:
    """Jobs, messages and facts are there when the file is opened again."""
    before = StoreHarness(await SqliteDatabase.open(path))
    job_id = await finish(before, 1)
    await before.rendering(a_job(2), NOW + 5)
    await before.database.write(key_value.set_value, "commands", "first")
    await before.database.write(key_value.set_value, "commands", "second")
    await before.database.close()
    after = StoreHarness(await SqliteDatabase.open(path))
    assert await after.pending_notifications() == [(job_id, "completed")]
    assert await after.database.read(renders.next_poll_at, NOW) == NOW + 5
    assert await after.database.read(key_value.get, "commands") == "second"
    assert await after.database.read(key_value.get, "nothing") is None
    await after.database.close()
