"""Stars, and deliveries to galleries: decided once, with one notice of a closure."""

from __future__ import annotations

import pytest

from bot.core.errors import DuplicateInteraction
from bot.domain.delivery import NotificationType, PostedMessage, Venue
from bot.domain.jobs import Job, JobState
from bot.domain.message import Delivery, SentMessage
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditAction, AuditContext
from bot.domain.refusal import Refused
from data import galleries, job_actions, outbox, preferences, rankings, removals, renders
from data.audit_log import CLOSED_CHANNEL_PAUSE_MS
from data.leases import Lease
from data.rankings import Starred, StarredBy
from tests.helpers.approving import set_up
from tests.helpers.at_time import at_time
from tests.helpers.ledger_checks import query
from tests.helpers.server_settings import change_setup
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, NOW, StoreHarness, a_job

GALLERY, OTHER, STAFF, DANA, ELSEWHERE = 88, 89, 99, 7, 11
BY = AuditContext(DANA, GUILD)
_SET_TARGET = "UPDATE jobs SET delivery_target = :target WHERE id = :id"


async def choose(store: StoreHarness, gallery: int | None, now: int = NOW, *, guild: int = GUILD) -> None:
    await change_setup(store.database, AuditContext(DANA, guild), now, gallery=gallery)


async def completed(store: StoreHarness, number: int = 1, target: DeliveryTarget = DeliveryTarget.CHANNEL) -> None:
    job = await store.rendering(a_job(number, cost=10))
    await store.database.write(lambda tx: tx.execute(_SET_TARGET, {"id": job.id, "target": target.value}))
    await store.database.write(renders.complete, job.id, f"https://movies.test/{number}.mp4")


async def due(store: StoreHarness, now: int = NOW) -> list[Delivery]:
    types = tuple(NotificationType)
    return await store.database.write(at_time(now, outbox.take_due), 10, (), types, Lease("p", now))


async def first_try(store: StoreHarness, number: int, now: int = NOW) -> Delivery:
    await completed(store, number)
    [tried] = [each for each in await due(store, now) if each.first_attempt]
    return tried


async def open_gallery(store: StoreHarness, guild: int = GUILD, now: int = NOW) -> int | None:
    return await store.database.read(at_time(now, galleries.find_open), guild)


def told(store: StoreHarness) -> list[int]:
    rows = query(store.place, "SELECT subject_id FROM audit_log WHERE action = 'gallery_failed' ORDER BY id")
    return [row["subject_id"] for row in rows]


@pytest.mark.parametrize(("chosen", "later"), [(GALLERY, None), (GALLERY, OTHER), (None, GALLERY)])
async def test_the_first_attempt_decides_where(store: StoreHarness, chosen: int | None, later: int | None) -> None:
    await choose(store, chosen)
    first = await first_try(store, 1)
    await choose(store, later)
    [second] = await due(store, NOW + 1)
    assert [each.gallery_id for each in (first, second)] == [chosen, chosen]
    assert (second.first_attempt, second.queued_at) == (False, NOW)


async def test_movies_by_dm_and_failures_are_not_for_the_gallery_and_none_at_once_by_stars(store: StoreHarness) -> None:
    await choose(store, GALLERY)
    await completed(store, 1, DeliveryTarget.DIRECT_MESSAGE)
    await store.in_state(a_job(2, cost=10), JobState.FAILED)
    assert [each.gallery_id for each in await due(store)] == [None, None]
    await set_up(store, gallery_stars=2)
    assert (await first_try(store, 3)).gallery_id is None


async def test_a_movie_that_left_the_gallery_goes_to_its_channel_and_staff_are_told_once(store: StoreHarness) -> None:
    await choose_staff_channel(store.database, BY, STAFF, NOW)
    await choose(store, GALLERY)
    worded = await first_try(store, 1)
    await store.database.write(galleries.leave, worded, is_closed=False)
    assert ([each.gallery_id for each in await due(store)], told(store)) == ([None], [])
    for number in (2, 3):
        assert (await first_try(store, number)).gallery_id == GALLERY
    for delivery in await due(store):
        await store.database.write(galleries.leave, delivery, is_closed=delivery.gallery_id is not None)
    assert [each.gallery_id for each in await due(store, NOW + 1)] == [None, None, None]
    assert told(store) == [GALLERY]
    assert [entry.action for entry, _ in await store.posted_lines(NOW)][-1] is AuditAction.GALLERY_FAILED
    assert (await first_try(store, 4, NOW + 2)).gallery_id is None
    again = await first_try(store, 5, NOW + CLOSED_CHANNEL_PAUSE_MS)
    assert again.gallery_id == GALLERY
    sent = SentMessage(PostedMessage(GALLERY, 4711, Venue.GALLERY))
    await store.database.write(outbox.mark_sent, again, sent)
    await store.database.write(galleries.leave, again, is_closed=True)
    assert told(store) == [GALLERY, GALLERY]
    assert await store.database.read(outbox.message_about, again.job) == sent.posted


async def test_a_gallery_chosen_again_is_open_and_a_late_failure_of_another_closes_none(store: StoreHarness) -> None:
    await choose(store, GALLERY)
    first, second = await first_try(store, 1), await first_try(store, 2)
    await store.database.write(galleries.leave, first, is_closed=True)
    assert await open_gallery(store) is None
    for chosen in (GALLERY, OTHER):
        await choose(store, chosen)
        assert await open_gallery(store) == chosen
    await store.database.write(galleries.leave, second, is_closed=True)
    assert (await open_gallery(store), told(store)) == (OTHER, [GALLERY])


@pytest.mark.parametrize("venue", [Venue.GALLERY, Venue.FORUM])
async def test_a_gallery_is_closed_until_it_takes_one_or_the_clock_goes_back(store: StoreHarness, venue: Venue) -> None:
    await choose(store, OTHER, guild=ELSEWHERE)
    await choose(store, GALLERY)
    delivery = await first_try(store, 1)
    for guild, gallery in ((GUILD, GALLERY), (ELSEWHERE, OTHER)):
        await store.database.write(galleries.mark_closed, guild, gallery)
    assert [await open_gallery(store, now=now) for now in (NOW - 1, NOW)] == [GALLERY, None]
    posted = PostedMessage(GALLERY + 1, 4711, venue)
    assert await store.database.write(outbox.mark_sent, delivery, SentMessage(posted))
    assert [await open_gallery(store, guild) for guild in (GUILD, ELSEWHERE)] == [GALLERY, None]
    assert await store.database.read(outbox.message_about, delivery.job) == posted


async def press(store: StoreHarness, job: Job, member: int, number: int) -> Starred | StarredBy | Refused:
    return await store.database.write(rankings.toggle, job.id, member, interaction_id=number)


def queued(store: StoreHarness) -> list[str]:
    rows = query(store.place, "SELECT job_id FROM outbox WHERE type = 'starred' ORDER BY job_id")
    return [row["job_id"] for row in rows]


async def test_a_member_has_one_star_and_takes_it_back(store: StoreHarness) -> None:
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    assert await press(store, job, BOB, 1) == Starred(given=True, stars=1)
    with pytest.raises(DuplicateInteraction):
        await press(store, job, BOB, 1)
    assert await press(store, job, CAROL, 2) == Starred(given=True, stars=2)
    assert await press(store, job, BOB, 3) == Starred(given=False, stars=1)
    assert await press(store, job, BOB, 4) == Starred(given=True, stars=2)
    with pytest.raises(DuplicateInteraction):
        await press(store, job, BOB, 3)  # its repeat comes late
    assert await press(store, job, ALICE, 5) == StarredBy(2, [BOB, CAROL])
    await store.database.write(preferences.change, BOB, unlisted=True)
    assert await press(store, job, ALICE, 5) == StarredBy(2, [CAROL])
    await store.database.write(removals.remove, job.id, AuditContext(ALICE, GUILD))
    assert await press(store, job, BOB, 6) == Refused("stars-gone")
    rendering = await store.rendering(a_job(2))
    assert await press(store, rendering, BOB, 7) == Refused("stars-gone")
    old = await store.in_state(a_job(3, cost=1), JobState.COMPLETED)
    await store.database.write(lambda tx: tx.execute("UPDATE jobs SET prompt = ''"))  # as retention does
    assert await press(store, old, BOB, 8) == Refused("stars-gone")
    assert queued(store) == []


async def test_a_movie_goes_to_the_gallery_once_at_the_threshold(store: StoreHarness) -> None:
    await set_up(store, gallery=GALLERY, gallery_stars=2)
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    assert await press(store, job, BOB, 1) == Starred(given=True, stars=1)
    assert await press(store, job, CAROL, 2) == Starred(given=True, stars=2, posted=True)
    await press(store, job, CAROL, 3)
    assert await press(store, job, CAROL, 4) == Starred(given=True, stars=2)
    await store.database.write(preferences.change, CAROL, unlisted=True)
    hidden = await store.in_state(a_job(3, CAROL), JobState.COMPLETED)
    direct = await store.rendering(a_job(2))
    target = DeliveryTarget.DIRECT_MESSAGE
    await store.database.write(job_actions.set_delivery_target, direct.id, ALICE, target)
    await store.database.write(renders.complete, direct.id, "https://movies.test/a.mp4")
    for number, other in enumerate((direct, hidden)):
        for member in (BOB, 77):
            await press(store, other, member, 10 + 10 * number + member)
    assert queued(store) == [job.id]
    assert (await store.database.write(preferences.reset, CAROL)).unlisted


async def test_only_a_new_star_brings_a_movie_that_has_enough_into_a_gallery(store: StoreHarness) -> None:
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    for member in (BOB, CAROL, 77):
        await press(store, job, member, member)
    await set_up(store, gallery_stars=1)
    assert await press(store, job, 78, 78) == Starred(given=True, stars=4)
    await set_up(store, gallery=GALLERY)
    assert await press(store, job, 77, 79) == Starred(given=False, stars=3)
    counted = await store.database.write(rankings.toggle, job.id, 79, interaction_id=80, may_post=False)
    assert counted == Starred(given=True, stars=4)
    assert queued(store) == []
    assert await press(store, job, 77, 81) == Starred(given=True, stars=5, posted=True)
    assert queued(store) == [job.id]


@pytest.mark.parametrize("venue", [Venue.GALLERY, Venue.FORUM])
async def test_a_movie_that_is_in_the_gallery_is_not_posted_there_again(store: StoreHarness, venue: Venue) -> None:
    await set_up(store, gallery=GALLERY)
    job = await store.posted(a_job(1), venue)
    await set_up(store, gallery_stars=1)
    assert await press(store, job, BOB, 1) == Starred(given=True, stars=1)
    assert queued(store) == []
