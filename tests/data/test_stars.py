"""Stars, one per member and movie, and the gallery's threshold."""

from __future__ import annotations

import pytest

from bot.domain.delivery import Venue
from bot.domain.job import Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext
from bot.errors import DuplicateInteraction
from data import job_actions, preferences, removals, renders, stars
from data.stars import Starred, StarRefusal
from tests.helpers.approving import set_up
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, NOW, StoreHarness, a_job

GALLERY = 555


async def press(store: StoreHarness, job: Job, member: int, number: int) -> Starred | StarRefusal:
    """Press the button of a movie."""
    return await store.database.write(stars.toggle, job.id, member, interaction_id=number, now=NOW)


def queued(store: StoreHarness) -> list[str]:
    """The movies that go to the gallery."""
    rows = query(store.place, "SELECT job_id FROM outbox WHERE type = 'starred' ORDER BY job_id")
    return [row["job_id"] for row in rows]


async def test_a_member_has_one_star_and_takes_it_back(store: StoreHarness) -> None:
    """A press that reaches two processes counts once."""
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    assert await press(store, job, BOB, 1) == Starred(given=True, stars=1)
    with pytest.raises(DuplicateInteraction):
        await press(store, job, BOB, 1)
    assert await press(store, job, CAROL, 2) == Starred(given=True, stars=2)
    assert await press(store, job, BOB, 3) == Starred(given=False, stars=1)
    assert await press(store, job, BOB, 4) == Starred(given=True, stars=2)
    with pytest.raises(DuplicateInteraction):
        await press(store, job, BOB, 3)  # its repeat comes late
    assert await press(store, job, ALICE, 5) is StarRefusal.OWN
    await store.database.write(removals.remove, job.id, AuditContext(ALICE, GUILD), NOW)
    assert await press(store, job, BOB, 6) is StarRefusal.GONE
    rendering = await store.rendering(a_job(2))
    assert await press(store, rendering, BOB, 7) is StarRefusal.GONE
    old = await store.in_state(a_job(3, cost=1), JobState.COMPLETED)
    await store.database.write(lambda tx: tx.execute("UPDATE jobs SET prompt = ''"))  # as retention does
    assert await press(store, old, BOB, 8) is StarRefusal.GONE
    assert queued(store) == []


async def test_a_movie_goes_to_the_gallery_once_at_the_threshold(store: StoreHarness) -> None:
    """Movies by DM and of unlisted makers stay out."""
    await set_up(store, gallery=GALLERY, gallery_stars=2)
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    assert await press(store, job, BOB, 1) == Starred(given=True, stars=1)
    assert await press(store, job, CAROL, 2) == Starred(given=True, stars=2, posted=True)
    await press(store, job, CAROL, 3)
    assert await press(store, job, CAROL, 4) == Starred(given=True, stars=2)
    await store.database.write(preferences.set_unlisted, CAROL, unlisted=True)
    hidden = await store.in_state(a_job(3, CAROL), JobState.COMPLETED)
    direct = await store.rendering(a_job(2))
    target = DeliveryTarget.DIRECT_MESSAGE
    await store.database.write(job_actions.set_delivery_target, direct.id, ALICE, target)
    await store.database.write(renders.complete, direct.id, "https://movies.test/a.mp4", NOW)
    for number, other in enumerate((direct, hidden)):
        for member in (BOB, 77):
            await press(store, other, member, 10 + 10 * number + member)
    assert queued(store) == [job.id]
    assert (await store.database.write(preferences.reset, CAROL)).unlisted


async def test_only_a_new_star_brings_a_movie_that_has_enough_into_a_gallery(store: StoreHarness) -> None:
    """The server asks for fewer stars since; its gallery comes last."""
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    for member in (BOB, CAROL, 77):
        await press(store, job, member, member)
    await set_up(store, gallery_stars=1)
    assert await press(store, job, 78, 78) == Starred(given=True, stars=4)
    await set_up(store, gallery=GALLERY)
    assert await press(store, job, 77, 79) == Starred(given=False, stars=3)
    counted = await store.database.write(stars.toggle, job.id, 79, interaction_id=80, now=NOW, may_post=False)
    assert counted == Starred(given=True, stars=4)
    assert queued(store) == []
    assert await press(store, job, 77, 81) == Starred(given=True, stars=5, posted=True)
    assert queued(store) == [job.id]


@pytest.mark.parametrize("venue", [Venue.GALLERY, Venue.FORUM])
async def test_a_movie_that_is_in_the_gallery_already_is_not_posted_there_again(
    store: StoreHarness, venue: Venue
) -> None:
    """Its server chose to ask for stars only later."""
    await set_up(store, gallery=GALLERY)
    job = await store.posted(a_job(1), venue)
    await set_up(store, gallery_stars=1)
    assert await press(store, job, BOB, 1) == Starred(given=True, stars=1)
    assert queued(store) == []
