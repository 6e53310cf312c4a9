"""Members' actions on a movie, which depend on its owner and its state."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.followers import MAX_FOLLOWERS, FollowResult
from bot.domain.job import OPEN_STATES, EndReason, JobState, Progress
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext
from bot.errors import DuplicateInteraction
from data import holding, job_actions, job_queries, jobs, outbox, renders
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, NOW, StoreHarness, a_job, a_message

URL = "https://movies.test/a.mp4"


async def test_only_its_member_cancels_a_movie_that_waits_which_releases_the_credits_at_once(
    store: StoreHarness,
) -> None:
    job = await store.queued(a_job(1))
    assert await store.database.write(job_actions.cancel, job.id, BOB, NOW) is None
    assert await store.database.write(job_actions.cancel, "nothing", ALICE, NOW) is None
    assert (await store.member()).held == 100
    cancelled = await store.database.write(job_actions.cancel, job.id, ALICE, NOW + 5)
    assert cancelled is not None
    assert (cancelled.state, cancelled.end_reason, cancelled.finished_at) == (
        JobState.CANCELLED,
        EndReason.CANCELLED_BY_MEMBER,
        NOW + 5,
    )
    assert (await store.member()).held == (await store.plan()).held == 0
    assert await store.pending_notifications() == []


async def test_staff_cancel_what_one_member_has_queued_in_their_server(store: StoreHarness) -> None:
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


@pytest.mark.parametrize("state", JobState)
async def test_what_a_member_may_do_depends_on_the_movies_state(store: StoreHarness, state: JobState) -> None:
    job = await store.in_state(a_job(1), state)
    is_open = state in OPEN_STATES
    followed = FollowResult.FOLLOWING if is_open else FollowResult.ENDED
    assert await store.database.write(job_actions.follow, job.id, BOB) is followed
    told = [
        await store.database.write(job_actions.set_delivery_target, job.id, member, DeliveryTarget.DIRECT_MESSAGE)
        for member in (BOB, ALICE)
    ]
    assert [each is not None for each in told] == [False, is_open]
    before = await store.found(job.id)
    assert before.delivery_target is (DeliveryTarget.DIRECT_MESSAGE if is_open else DeliveryTarget.CHANNEL)
    fresh = await store.database.write(jobs.update, job.id, JobState.COMPLETED, {"movie_url": f"{URL}?2"})
    assert (fresh is not None) == (state is JobState.COMPLETED)
    assert await store.found(job.id) == (fresh or before)
    waits = state in {JobState.QUEUED, JobState.AWAITING_APPROVAL}
    assert (await store.database.write(job_actions.cancel, job.id, ALICE, NOW) is not None) is waits
    assert await store.state(job) is (JobState.CANCELLED if waits else state)


async def test_a_member_follows_a_movie_once_and_others_stay_who_unfollows_it(store: StoreHarness) -> None:
    first, second = [await store.rendering(a_job(number)) for number in (1, 2)]
    for job in (first, second):
        asked = await asyncio.gather(
            *(store.database.write(job_actions.follow, job.id, fan) for fan in (BOB, BOB, BOB, CAROL))
        )
        assert set(asked) == {FollowResult.FOLLOWING}
    await store.database.write(job_actions.unfollow, first.id, BOB)
    left = [await store.database.read(outbox.followers, job.id) for job in (first, second)]
    assert left == [(CAROL,), (BOB, CAROL)]
    assert await store.database.write(job_actions.follow, "nothing", BOB) is FollowResult.ENDED
    await store.database.write(renders.complete, second.id, URL, NOW)
    assert (await store.pending_notification()).followers == (BOB, CAROL)


async def test_no_more_than_the_limit_follow(store: StoreHarness) -> None:
    job = await store.rendering(a_job(1))

    async def follow(fan: int) -> FollowResult:
        return await store.database.write(job_actions.follow, job.id, fan)

    fans = range(100, 100 + MAX_FOLLOWERS)
    assert {await follow(fan) for fan in fans} == {FollowResult.FOLLOWING}
    assert (await follow(BOB), await follow(fans[0])) == (FollowResult.FULL, FollowResult.FOLLOWING)
    await store.database.write(job_actions.unfollow, job.id, fans[0])
    assert await follow(BOB) is FollowResult.FOLLOWING


async def test_a_movie_that_goes_to_its_member_gets_no_new_followers(store: StoreHarness) -> None:
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


async def test_its_member_claims_a_movie_that_a_restore_keeps_from_being_posted(store: StoreHarness) -> None:
    job = await store.rendering(a_job(1))
    await store.database.write(holding.hold_open_work, NOW)

    async def undelivered() -> bool:
        item = await store.database.read(job_queries.item, job.id)
        assert item is not None
        return item.undelivered

    assert not await undelivered(), "it is not finished yet"
    assert await store.database.write(renders.complete, job.id, URL, NOW) is not None
    assert await undelivered()
    await store.database.write(job_actions.mark_claimed, job.id, ALICE, NOW)
    assert not await undelivered()


async def test_the_queue_is_counted_as_it_is_submitted(store: StoreHarness) -> None:
    queued = [await store.queued(a_job(number)) for number in (1, 2)]
    unconfirmed = await store.reserved(a_job(3, BOB))
    last = await store.queued(a_job(4, CAROL))
    positions = [await store.database.read(jobs.queue_position, job.id) for job in (*queued, unconfirmed, last)]
    assert positions == [0, 1, 2, 2]
    assert [await store.database.read(jobs.own_ahead, job, NOW) for job in queued] == [0, 1]
    assert [job.id for job in await store.database.read(jobs.queue_head, 2)] == [job.id for job in queued]
    await store.claimed(NOW, 1, 10, 10)
    assert await store.database.read(jobs.queue_position, last.id) == 1
    assert await store.database.read(jobs.own_ahead, queued[1], NOW) == 1, "the one at the API"
    assert (await store.found(queued[0].id)).progress == Progress()
