"""Members' actions on a movie, checked in one transaction.

The checks cover its owner and its state.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.domain.followers import MAX_FOLLOWERS, FollowResult
from bot.domain.job import OPEN_STATES, EndReason, JobState, Progress
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext
from bot.errors import DuplicateInteraction
from data import holding, job_actions, job_queries, jobs, orders, outbox, renders, submissions
from data.sqlite import SqliteDatabase
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, NOW, StoreHarness, a_job, a_message

URL = "https://movies.test/a.mp4"


ENDED = (JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)


async def test_cancelling_releases_the_credits_at_once(store: StoreHarness) -> None:
    """The job ends in the same transaction.

    No message is sent, since the member did it.
    """
    job = await store.queued(a_job(1))
    cancelled = await store.database.write(job_actions.cancel, job.id, ALICE, NOW + 5)
    assert cancelled is not None
    assert (cancelled.state, cancelled.end_reason, cancelled.finished_at) == (
        JobState.CANCELLED,
        EndReason.CANCELLED_BY_MEMBER,
        NOW + 5,
    )
    assert (await store.member()).held == (await store.plan()).held == 0
    assert await store.pending_notifications() == []
    assert await store.database.write(job_actions.cancel, job.id, ALICE, NOW + 6) is None


async def test_staff_cancel_what_one_member_has_queued_in_their_server(store: StoreHarness) -> None:
    """Each interaction counts once, and the log has the sum."""
    rendering = await store.rendering(a_job(1, cost=10))
    own = [await store.queued(a_job(2, cost=2)), await store.awaiting(a_job(3, cost=3), channel_id=None)]
    others = [await store.queued(a_job(4, BOB, cost=10)), await store.queued(a_job(5, cost=10, guild=11))]
    by = AuditContext(CAROL, GUILD, interaction_id=7)
    assert await store.database.read(job_actions.count_queued, GUILD, ALICE) == 2
    cancelled = await store.database.write(job_actions.cancel_queued, ALICE, by=by, now=NOW)
    assert [job.id for job in cancelled] == [job.id for job in own]
    assert await store.pending_notifications() == []
    assert (await store.member()).held == 10
    assert await store.state(rendering) is JobState.RENDERING
    assert [await store.state(job) for job in others] == [JobState.QUEUED] * 2
    with pytest.raises(DuplicateInteraction):
        await store.database.write(job_actions.cancel_queued, ALICE, by=by, now=NOW)
    again = AuditContext(CAROL, GUILD, interaction_id=8)
    assert await store.database.write(job_actions.cancel_queued, ALICE, by=again, now=NOW) == []
    rows = query(
        store.place, "SELECT action, actor_id, subject_id, amount FROM audit_log WHERE action <> 'request_approval'"
    )
    assert rows == [{"action": "cancel_queued", "actor_id": CAROL, "subject_id": ALICE, "amount": 5}]


@pytest.mark.parametrize("state", sorted({*JobState} - {JobState.QUEUED, JobState.AWAITING_APPROVAL}))
async def test_only_a_movie_that_waits_is_cancelled(store: StoreHarness, state: JobState) -> None:
    job = await store.in_state(a_job(1), state)
    assert await store.database.write(job_actions.cancel, job.id, ALICE, NOW) is None
    assert await store.state(job) is state


async def test_only_the_member_cancels_and_only_an_acknowledged_movie(store: StoreHarness) -> None:
    job = await store.reserved(a_job(1))
    assert await store.database.write(job_actions.cancel, job.id, ALICE, NOW) is None
    await store.database.write(orders.enqueue, job.id, 77, NOW)
    assert await store.database.write(job_actions.cancel, job.id, BOB, NOW) is None
    assert await store.database.write(job_actions.cancel, "nothing", ALICE, NOW) is None
    assert (await store.member()).held == 100


async def test_a_movie_is_either_cancelled_or_submitted(path: Path) -> None:
    """It is never both, even in two processes."""
    first, second = [await SqliteDatabase.open(path, busy_seconds=5) for _ in range(2)]
    try:
        mine, other = StoreHarness(first), StoreHarness(second)
        for number in range(1, 7):
            job = await mine.queued(a_job(number))
            cancelled, claimed = await asyncio.gather(
                mine.database.write(job_actions.cancel, job.id, ALICE, NOW),
                other.database.write(submissions.claim, NOW, 1, 1000, 1000),
            )
            assert (cancelled is None) == (len(claimed) == 1)
    finally:
        await first.close()
        await second.close()


@pytest.mark.parametrize("state", JobState)
async def test_a_movie_is_followed_while_it_is_open(store: StoreHarness, state: JobState) -> None:
    job = await store.in_state(a_job(1), state)
    assert await store.database.write(job_actions.follow, job.id, BOB) is (
        FollowResult.FOLLOWING if state in OPEN_STATES else FollowResult.ENDED
    )


async def test_following_is_the_same_however_often_it_is_asked_for(store: StoreHarness) -> None:
    """Concurrent requests make one follower."""
    job = await store.rendering(a_job(1))
    asked = await asyncio.gather(*(store.database.write(job_actions.follow, job.id, BOB) for _ in range(5)))
    assert set(asked) == {FollowResult.FOLLOWING}
    await store.database.write(renders.complete, job.id, URL, NOW)
    assert (await store.pending_notification()).followers == (BOB,)


async def test_no_more_than_the_limit_follow(store: StoreHarness) -> None:
    """Followers stay, and one who leaves makes room for another."""
    job = await store.rendering(a_job(1))
    fans = range(100, 100 + MAX_FOLLOWERS + 5)
    outcomes = await asyncio.gather(*(store.database.write(job_actions.follow, job.id, fan) for fan in fans))
    assert outcomes.count(FollowResult.FOLLOWING) == MAX_FOLLOWERS
    assert outcomes.count(FollowResult.FULL) == 5
    following = fans[outcomes.index(FollowResult.FOLLOWING)]
    assert await store.database.write(job_actions.follow, job.id, following) is FollowResult.FOLLOWING
    await store.database.write(job_actions.unfollow, job.id, following)
    assert (
        await store.database.write(job_actions.follow, job.id, fans[outcomes.index(FollowResult.FULL)])
        is FollowResult.FOLLOWING
    )


async def test_who_unfollows_a_movie_leaves_its_other_followers(store: StoreHarness) -> None:
    jobs_followed = [await store.rendering(a_job(number)) for number in (1, 2)]
    for job in jobs_followed:
        for fan in (BOB, CAROL):
            await store.database.write(job_actions.follow, job.id, fan)
    await store.database.write(job_actions.unfollow, jobs_followed[0].id, BOB)
    left = [await store.database.read(outbox.followers, job.id) for job in jobs_followed]
    assert left == [(CAROL,), (BOB, CAROL)]


async def test_a_movie_that_goes_to_its_member_gets_no_new_followers(store: StoreHarness) -> None:
    """Earlier followers get a message of their own."""
    job = await store.rendering(a_job(1))
    await store.database.write(job_actions.follow, job.id, BOB)
    await store.database.write(job_actions.set_delivery_target, job.id, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    assert await store.database.write(job_actions.follow, job.id, CAROL) is FollowResult.PRIVATE
    assert await store.database.write(job_actions.follow, job.id, BOB) is FollowResult.FOLLOWING
    await store.database.write(renders.complete, job.id, URL, NOW)
    movie = await store.pending_notification()
    await store.database.write(outbox.mark_sent, movie, a_message(channel_id=ALICE), NOW)
    assert await store.pending_notifications() == [(job.id, "followed")]
    assert (await store.pending_notification()).followers == (BOB,)


async def test_without_followers_there_is_no_message_for_them(store: StoreHarness) -> None:
    """Only the movie's own message is pending."""
    job = await store.rendering(a_job(1))
    await store.database.write(job_actions.set_delivery_target, job.id, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    await store.database.write(renders.complete, job.id, URL, NOW)
    assert await store.pending_notifications() == [(job.id, "completed")]


async def test_an_unknown_movie_has_no_followers(store: StoreHarness) -> None:
    assert await store.database.write(job_actions.follow, "nothing", BOB) is FollowResult.ENDED
    await store.database.write(job_actions.unfollow, "nothing", BOB)


@pytest.mark.parametrize("state", JobState)
async def test_where_a_movie_goes_is_its_members_to_say_while_it_is_open(store: StoreHarness, state: JobState) -> None:
    job = await store.in_state(a_job(1), state)
    assert (
        await store.database.write(job_actions.set_delivery_target, job.id, BOB, DeliveryTarget.DIRECT_MESSAGE) is None
    )
    told = await store.database.write(job_actions.set_delivery_target, job.id, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    assert (told is not None) == (state in OPEN_STATES)
    found = await store.database.read(jobs.find, job.id)
    assert found is not None
    assert found.delivery_target is (DeliveryTarget.DIRECT_MESSAGE if state in OPEN_STATES else DeliveryTarget.CHANNEL)


@pytest.mark.parametrize("state", JobState)
async def test_only_a_finished_movie_gets_a_fresh_link(store: StoreHarness, state: JobState) -> None:
    """Nothing else about the job changes."""
    job = await store.in_state(a_job(1), state)
    before = await store.database.read(jobs.find, job.id)
    fresh = await store.database.write(jobs.update, job.id, JobState.COMPLETED, {"movie_url": f"{URL}?2"})
    assert (fresh is not None) == (state is JobState.COMPLETED)
    after = await store.database.read(jobs.find, job.id)
    assert (after == before) == (state is not JobState.COMPLETED)


async def test_its_member_claims_a_movie_that_could_be_posted_nowhere(store: StoreHarness) -> None:
    """Others' claims change nothing, and a pending message is still sent."""
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    await store.database.write(job_actions.mark_claimed, job.id, ALICE, NOW)
    delivery = await store.pending_notification()
    await store.database.write(outbox.mark_undeliverable, delivery)
    sql = "SELECT sent_at FROM outbox"
    await store.database.write(job_actions.mark_claimed, job.id, BOB, NOW + 1)
    assert [row[0] for row in await store.database.read(lambda tx: list(tx.fetch_all(sql, {})))] == [None]
    await store.database.write(job_actions.mark_claimed, job.id, ALICE, NOW + 2)
    assert [row[0] for row in await store.database.read(lambda tx: list(tx.fetch_all(sql, {})))] == [NOW + 2]


async def test_its_member_claims_a_movie_that_a_restore_keeps_from_being_posted(store: StoreHarness) -> None:
    job = await store.rendering(a_job(1))
    await store.database.write(holding.hold_open_work, NOW)
    rendering = await store.database.read(job_queries.item, job.id)
    assert rendering is not None
    assert not rendering.undelivered, "it is not finished yet"
    done = await store.database.write(renders.complete, job.id, URL, NOW)
    assert done is not None
    for undelivered in (True, False):
        item = await store.database.read(job_queries.item, job.id)
        assert item is not None
        assert item.undelivered == undelivered
        await store.database.write(job_actions.mark_claimed, job.id, ALICE, NOW)


async def test_the_queue_is_counted_as_it_is_submitted(store: StoreHarness) -> None:
    """Jobs are counted by age, without unacknowledged ones."""
    queued = [await store.queued(a_job(number)) for number in (1, 2)]
    unconfirmed = await store.reserved(a_job(3, BOB))
    last = await store.queued(a_job(4, CAROL))
    assert [await store.database.read(jobs.queue_position, job.id) for job in (*queued, unconfirmed, last)] == [
        0,
        1,
        2,
        2,
    ]
    assert [await store.database.read(jobs.own_ahead, job, NOW) for job in queued] == [0, 1]
    assert [job.id for job in await store.database.read(jobs.queue_head, 2)] == [job.id for job in queued]
    await store.claimed(NOW, 1, 10, 10)
    assert await store.database.read(jobs.queue_position, last.id) == 1
    assert await store.database.read(jobs.own_ahead, queued[1], NOW) == 1, "the one at the API"
    [first] = [job for job in [await store.database.read(jobs.find, queued[0].id)] if job]
    assert first.progress == Progress()
