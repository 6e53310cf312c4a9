"""Followers who can't be mentioned with a movie are told once."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import JobState
from bot.domain.pitch import NoticeKind
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext
from data import follower_notices, job_actions, outbox, pitch_notices, preferences, removals, renders, submissions
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, NOW, StoreHarness, a_job, a_message


async def due(store: StoreHarness, now: int = NOW) -> list[int]:
    """Who is to be told at a time."""
    return [each.member_id for each in await store.database.read(follower_notices.due, now, 10, ())]


async def test_who_was_not_mentioned_is_told_once_and_those_who_were_are_not(store: StoreHarness) -> None:
    """Not again where Discord accepted it, where it is queued a second time, or where it is rejected."""
    job = await store.rendering(a_job(1))
    for member in (BOB, CAROL):
        await store.database.write(job_actions.follow, job.id, member)
    delivery = Delivery(job.id, NotificationType.COMPLETED, 0, (BOB, CAROL))
    sent = replace(a_message(), unmentioned=(BOB,))
    await store.database.write(outbox.mark_sent, delivery, sent, NOW)
    assert await due(store) == [BOB]
    [notice] = await store.database.read(follower_notices.due, NOW, 10, ())
    assert await store.database.read(follower_notices.due, NOW, 10, (notice.key,)) == []
    await store.database.write(follower_notices.reschedule, notice, NOW + 5)
    assert (await due(store), await store.database.read(follower_notices.next_due_at, NOW)) == ([], NOW + 5)
    [again] = await store.database.read(follower_notices.due, NOW + 5, 10, ())
    assert (again.attempts, again.queued_at) == (1, NOW)
    await store.database.write(follower_notices.end, notice, sent=True)
    await store.database.write(outbox.mark_sent, delivery, sent, NOW)
    assert await due(store, NOW + 5) == []
    await store.database.write(outbox.reject, delivery, NOW)
    assert await due(store, NOW + 5) == [CAROL]


async def test_followers_of_a_removed_movie_are_not_told(store: StoreHarness) -> None:
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    await store.database.write(
        lambda tx: tx.execute(
            "INSERT INTO followers (job_id, member_id) VALUES (:id, :member)", {"id": job.id, "member": BOB}
        )
    )
    await store.database.write(removals.remove, job.id, AuditContext(ALICE, GUILD), NOW)
    delivery = Delivery(job.id, NotificationType.COMPLETED, 0, (BOB,))
    await store.database.write(outbox.mark_sent, delivery, replace(a_message(), unmentioned=(BOB,)), NOW)
    assert await due(store) == []


async def test_a_payer_who_wants_direct_messages_is_told_once_also_where_they_follow(pitching: Pitching) -> None:
    """At the movie's end; not again where its message can't mention them."""
    write, read = pitching.database.write, pitching.database.read
    job = (await pitching.funded(await pitching.made(30), (ALICE, 10), (BOB, 20))).job
    await write(preferences.set_delivery_target, BOB, DeliveryTarget.DIRECT_MESSAGE)
    await write(submissions.claim, NOW, 10, 100, 100)
    await write(submissions.mark_rendering, job.id, "r", NOW, NOW)
    await write(renders.complete, job.id, "https://movies.test/a.mp4", NOW)
    made = [each for each in await read(pitch_notices.due, NOW, 10, ()) if each[0].kind is NoticeKind.MADE]
    assert [(each[0].member_id, each[0].credits) for each in made] == [(BOB, 20)]
    await write(pitch_notices.end, made[0], sent=True)
    delivery = Delivery(job.id, NotificationType.COMPLETED, 0, (BOB,))
    await write(outbox.mark_sent, delivery, replace(a_message(), unmentioned=(BOB,)), NOW)
    assert NoticeKind.MADE not in {each[0].kind for each in await read(pitch_notices.due, NOW, 10, ())}
