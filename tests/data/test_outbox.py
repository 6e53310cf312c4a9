"""Notifications are pending until Discord accepts them, and sent once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.jobs import EndReason, JobState
from bot.domain.message import Delivery
from bot.domain.preferences import DeliveryTarget
from bot.domain.server_setup import AgeRule
from data import job_actions, outbox, renders, submissions
from tests.helpers.approving import set_up
from tests.helpers.at_time import at_time
from tests.helpers.due_work import due_notifications
from tests.helpers.ledger_checks import execute, query
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, NOW, StoreHarness, a_job, a_message

URL = "https://movies.test/a.mp4"


async def finish(store: StoreHarness, number: int, at: int = NOW, channel: int = CHANNEL, member: int = ALICE) -> str:
    job = await store.rendering(replace(a_job(number, member, cost=10), channel_id=channel))
    await store.database.write(at_time(at, renders.complete), job.id, URL)
    return job.id


async def due(store: StoreHarness, now: int, *args: Any, **limits: Any) -> list[int]:
    return [int(each.job.id) for each in await due_notifications(store.database, now, *args, **limits)]


def nonces(*numbers: int) -> list[str]:
    return [Delivery(a_job(number), NotificationType.COMPLETED).nonce for number in numbers]


@pytest.mark.parametrize("age", [None, *AgeRule])
async def test_a_notification_comes_with_its_job_and_the_age_rule(store: StoreHarness, age: AgeRule | None) -> None:
    job_id = await finish(store, 1)
    await set_up(store, age=age)
    [delivery] = await due_notifications(store.database, NOW, 10, ())
    job = await store.found(job_id)
    expected = Delivery(job, NotificationType.COMPLETED, queued_at=NOW, first_attempt=True, age=age, leased_until=NOW)
    assert delivery == expected
    assert (job.id, job.state, job.movie_url) == (job_id, JobState.COMPLETED, URL)


async def test_notifications_are_sent_the_longest_pending_first(store: StoreHarness) -> None:
    for number, at in ((1, NOW + 30), (2, NOW + 10), (3, NOW + 20)):
        await finish(store, number, at)
    assert await due(store, NOW + 20) == [2, 3]
    assert await due(store, NOW + 30, 1, nonces(2)) == [3]


async def test_one_channel_and_one_member_get_no_more_than_their_share(store: StoreHarness) -> None:
    """A direct message does not count for the channel where the movie was ordered."""
    for number in range(1, 6):
        await finish(store, number, NOW + number)
    await finish(store, 6, NOW + 6, channel=77)

    async def taken(in_progress: Sequence[int] = (), resting: Sequence[int] = (), limit: int = 3) -> list[int]:
        busy = nonces(*in_progress)
        return await due(store, NOW + 10, limit, busy + nonces(*resting), in_progress=busy, per_channel=2)

    assert await taken() == [1, 2, 6]
    assert await taken(in_progress=[1]) == [2, 6]
    assert await taken(in_progress=[4, 5]) == [6]
    assert await taken(in_progress=[1, 6]) == [2]
    assert await taken(resting=[1]) == [2, 3, 6]
    assert await taken(limit=1) == [1]
    execute(store.place, "UPDATE jobs SET delivery_target = 'direct' WHERE id < '0000000000004'")
    assert await taken(limit=9) == [1, 2, 4, 5, 6]


async def test_share_of_a_message_to_followers_is_the_channels(store: StoreHarness) -> None:
    for number in range(1, 4):
        job = await store.rendering(a_job(number, 100 + number, cost=10))
        target = job.id, job.member_id, DeliveryTarget.DIRECT_MESSAGE
        await store.database.write(job_actions.follow, job.id, BOB)
        await store.database.write(job_actions.set_delivery_target, *target)
        await store.database.write(at_time(NOW + number, renders.complete), job.id, URL)
        movie = Delivery(job, NotificationType.COMPLETED, 0)
        await store.database.write(at_time(NOW + number, outbox.mark_sent), movie, a_message(number, 100 + number))
    assert await due(store, NOW + 10, 10, (), (NotificationType.FOLLOWED,), per_channel=2) == [1, 2]


async def test_one_kind_of_message_is_not_in_the_way_of_another(store: StoreHarness) -> None:
    await finish(store, 1)
    job = await store.submitting(a_job(2))
    await store.database.write(at_time(NOW + 5, submissions.mark_unknown), job.id)
    for notice, number in ((NotificationType.COMPLETED, 1), (NotificationType.UNKNOWN, 2)):
        assert await due(store, NOW + 5, 10, (), (notice,)) == [number]
    assert await store.database.read(outbox.next_due_at, NOW, (NotificationType.COMPLETED,)) is None
    assert await store.database.read(outbox.next_due_at, NOW, (NotificationType.UNKNOWN,)) == NOW + 5
    await store.database.write(
        at_time(NOW + 6, renders.fail), job.id, EndReason.UPSTREAM_LOST_JOB, None, upstream_charged=False
    )
    assert (await store.pending_notifications())[1:] == [(job.id, "unknown"), (job.id, "failed")]


async def test_a_notification_not_taken_is_tried_again_and_after_long_may_have_been_posted(store: StoreHarness) -> None:
    await finish(store, 1)
    for now, since in ((NOW + 60_000, None), (NOW + 60_001, NOW)):
        [delivery] = await due_notifications(store.database, now, 10, ())
        assert delivery.possibly_sent_since == since
    delivery = await store.pending_notification()
    await store.database.write(outbox.reschedule, delivery, NOW + 100, "tests")
    assert await due_notifications(store.database, NOW + 99, 10, ()) == []
    assert await store.database.read(outbox.next_due_at, NOW) == NOW + 100
    [again] = await due_notifications(store.database, NOW + 100, 10, ())
    assert (again.attempts, again.nonce) == (1, delivery.nonce)


@pytest.mark.parametrize("is_sent", [True, False])
async def test_what_was_sent_or_has_no_way_to_its_member_is_pending_no_more(store: StoreHarness, is_sent: bool) -> None:
    job_id = await finish(store, 1)
    delivery = await store.pending_notification()
    if is_sent:
        await store.database.write(at_time(NOW + 1, outbox.mark_sent), delivery, a_message(4711))
        await store.database.write(outbox.reschedule, delivery, NOW + 2, "tests")
    await store.database.write(outbox.end, delivery, "undeliverable")
    assert await store.pending_notifications() == []
    assert await store.database.read(outbox.next_due_at, 0) is None
    assert (await store.found(job_id)).movie_url == URL


async def test_a_message_that_discord_took_counts_as_sent_though_it_became_outdated(store: StoreHarness) -> None:
    job = await store.in_state(a_job(1), JobState.UNKNOWN)
    delivery = await store.pending_notification()
    await store.database.write(renders.attach_request_id, job.id, "request-1", NOW)
    await store.database.write(at_time(NOW + 1, outbox.mark_sent), delivery, a_message(4711))
    assert query(store.place, "SELECT status, message_id, sent_at, next_attempt_at FROM outbox") == [
        {"status": "sent", "message_id": 4711, "sent_at": NOW + 1, "next_attempt_at": None}
    ]
