"""Deliveries to galleries: decided once, with one notice of a closure."""

from __future__ import annotations

import pytest

from bot.domain.delivery import Delivery, NotificationType, PostedMessage, SentMessage, Venue
from bot.domain.job import JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditAction, AuditContext
from bot.domain.server_setup import Setting
from data import galleries, outbox, renders, server_setup, setup_changes
from data.audit_log import CLOSED_CHANNEL_PAUSE_MS
from data.leases import Lease
from tests.helpers.ledger_checks import query
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import GUILD, NOW, StoreHarness, a_job

GALLERY, OTHER, STAFF, DANA, ELSEWHERE = 88, 89, 99, 7, 11
BY = AuditContext(DANA, GUILD)
_SET_TARGET = "UPDATE jobs SET delivery_target = :target WHERE id = :id"


async def choose(store: StoreHarness, gallery: int | None, now: int = NOW, *, guild: int = GUILD) -> None:
    """Choose a server's gallery."""
    seen = await store.database.read(server_setup.get, guild)
    expected, by = seen.fingerprint([Setting.GALLERY]), AuditContext(DANA, guild)
    await store.database.write(setup_changes.change, {Setting.GALLERY: gallery}, expected, by=by, now=now)


async def completed(store: StoreHarness, number: int = 1, target: DeliveryTarget = DeliveryTarget.CHANNEL) -> None:
    """Have a movie finished, which is to be posted."""
    job = await store.rendering(a_job(number, cost=10))
    await store.database.write(lambda tx: tx.execute(_SET_TARGET, {"id": job.id, "target": target.value}))
    await store.database.write(renders.complete, job.id, f"https://movies.test/{number}.mp4", NOW)


async def due(store: StoreHarness, now: int = NOW) -> list[Delivery]:
    """Lease what is due, until it is due again."""
    types = tuple(NotificationType)
    taken = await store.database.write(outbox.take_due, now, 10, (), types, Lease("p", now))
    return [delivery for delivery, _ in taken]


async def told(store: StoreHarness) -> list[int]:
    """Return the galleries whose failure staff were told about."""
    rows = query(store.place, "SELECT subject_id FROM audit_log WHERE action = 'gallery_failed' ORDER BY id")
    return [row["subject_id"] for row in rows]


@pytest.mark.parametrize("later", [None, OTHER])
async def test_the_first_attempt_decides_whatever_is_chosen_later(store: StoreHarness, later: int | None) -> None:
    await choose(store, GALLERY)
    await completed(store)
    [first] = await due(store)
    assert (first.gallery_id, first.first_attempt) == (GALLERY, True)
    await choose(store, later)
    [second] = await due(store, NOW + 1)
    assert (second.gallery_id, second.first_attempt, second.queued_at) == (GALLERY, False, NOW)


async def test_a_gallery_that_is_chosen_after_the_first_attempt_does_not_count(store: StoreHarness) -> None:
    await completed(store)
    [first] = await due(store)
    await choose(store, GALLERY)
    [second] = await due(store, NOW + 1)
    assert [first.gallery_id, second.gallery_id] == [None, None]


async def test_movies_by_dm_and_failures_are_not_for_the_gallery(store: StoreHarness) -> None:
    await choose(store, GALLERY)
    await completed(store, 1, DeliveryTarget.DIRECT_MESSAGE)
    await store.in_state(a_job(2, cost=10), JobState.FAILED)
    assert [each.gallery_id for each in await due(store)] == [None, None]


async def test_a_gallery_by_stars_gets_no_movie_at_once(store: StoreHarness) -> None:
    changes = {Setting.GALLERY: GALLERY, Setting.GALLERY_STARS: 2}
    expected = (await store.database.read(server_setup.get, GUILD)).fingerprint(changes)
    await store.database.write(setup_changes.change, changes, expected, by=BY, now=NOW)
    await completed(store)
    assert [each.gallery_id for each in await due(store)] == [None]


async def test_a_movie_that_left_the_gallery_goes_to_its_channel_and_staff_are_told_once(store: StoreHarness) -> None:
    """An accepted message, or choosing the gallery again, allows a new notice."""
    await choose_staff_channel(store.database, BY, STAFF, NOW)
    await choose(store, GALLERY)
    for number in (1, 2):
        await completed(store, number)
    for delivery in await due(store):
        await store.database.write(galleries.leave, delivery, NOW, is_closed=True)
    assert [each.gallery_id for each in await due(store, NOW + 1)] == [None, None]
    assert await told(store) == [GALLERY]
    entries = await store.posted_lines(NOW)
    assert [entry.action for entry, _ in entries][-1] is AuditAction.GALLERY_FAILED
    await completed(store, 3)
    [paused] = [each for each in await due(store, NOW + 2) if each.first_attempt]
    assert paused.gallery_id is None
    await completed(store, 4)
    [again] = [each for each in await due(store, NOW + CLOSED_CHANNEL_PAUSE_MS) if each.first_attempt]
    assert again.gallery_id == GALLERY
    sent = SentMessage(PostedMessage(GALLERY, 4711, Venue.GALLERY))
    await store.database.write(outbox.mark_sent, again, sent, NOW)
    await store.database.write(galleries.leave, again, NOW, is_closed=True)
    assert await told(store) == [GALLERY, GALLERY]
    assert await store.database.read(outbox.message_about, await store.found(again.job_id)) == sent.posted


async def test_a_gallery_that_is_still_closed_after_the_pause_pauses_anew(store: StoreHarness) -> None:
    """One movie tries it each time, as Discord counts answers of 403."""
    await choose(store, GALLERY)
    for number in range(1, 4):
        at = NOW + number * CLOSED_CHANNEL_PAUSE_MS
        await completed(store, number)
        [tried] = [each for each in await due(store, at) if each.first_attempt]
        assert tried.gallery_id == GALLERY
        await store.database.write(galleries.leave, tried, at, is_closed=True)
        await completed(store, 10 + number)
        [paused] = [each for each in await due(store, at + 1) if each.first_attempt]
        assert paused.gallery_id is None
    assert await told(store) == [GALLERY]


async def test_a_closed_gallery_counts_as_open_when_it_is_chosen_again(store: StoreHarness) -> None:
    await choose(store, GALLERY)
    await completed(store)
    [delivery] = await due(store)
    await store.database.write(galleries.leave, delivery, NOW, is_closed=True)
    await choose(store, GALLERY)
    await completed(store, 2)
    [chosen] = [each for each in await due(store, NOW + 1) if each.first_attempt]
    assert chosen.gallery_id == GALLERY


async def test_a_late_failure_of_the_gallery_before_closes_no_new_one(store: StoreHarness) -> None:
    await choose(store, GALLERY)
    await completed(store)
    [delivery] = await due(store)
    await choose(store, OTHER)
    await store.database.write(galleries.leave, delivery, NOW, is_closed=True)
    assert await store.database.read(galleries.find_open, GUILD, NOW) == OTHER
    assert await told(store) == []


async def test_a_gallery_is_closed_until_it_takes_a_message_or_the_clock_is_set_back(store: StoreHarness) -> None:
    """What another server's gallery takes does not count."""
    for guild, gallery in ((GUILD, GALLERY), (ELSEWHERE, OTHER)):
        await choose(store, gallery, guild=guild)
        await store.database.write(galleries.mark_closed, guild, gallery, NOW)
    assert await store.database.read(galleries.find_open, GUILD, NOW - 1) == GALLERY
    await store.database.write(galleries.mark_open, ELSEWHERE)
    found = [await store.database.read(galleries.find_open, guild, NOW) for guild in (GUILD, ELSEWHERE)]
    assert found == [None, OTHER]


async def test_a_message_that_is_refused_for_its_words_closes_nothing(store: StoreHarness) -> None:
    await choose(store, GALLERY)
    await completed(store)
    [delivery] = await due(store)
    await store.database.write(galleries.leave, delivery, NOW, is_closed=False)
    await completed(store, 2)
    taken = {each.first_attempt: each.gallery_id for each in await due(store, NOW + 1)}
    assert taken == {False: None, True: GALLERY}
    assert await told(store) == []


@pytest.mark.parametrize("venue", [Venue.GALLERY, Venue.FORUM])
async def test_a_movie_in_a_gallery_replaces_its_card_and_is_found_there(store: StoreHarness, venue: Venue) -> None:
    await choose(store, GALLERY)
    await completed(store)
    [delivery] = await due(store)
    await store.database.write(galleries.mark_closed, GUILD, GALLERY, NOW)
    posted = PostedMessage(GALLERY + 1, 4711, venue)
    assert await store.database.write(outbox.mark_sent, delivery, SentMessage(posted), NOW)
    assert await store.database.read(galleries.find_open, GUILD, NOW) == GALLERY, "it took one"
    job = await store.found(delivery.job_id)
    assert await store.database.read(outbox.message_about, job) == posted


async def test_a_gallery_gets_as_many_messages_at_once_as_a_channel(store: StoreHarness) -> None:
    """Discord limits the gallery's rate, wherever movies were ordered."""
    await choose(store, GALLERY)
    for number in (1, 2, 3):
        await completed(store, number)
    types = tuple(NotificationType)
    taken = await store.database.write(outbox.take_due, NOW, 10, (), types, Lease("p", NOW + 1), per_channel=2)
    assert len(taken) == 2
