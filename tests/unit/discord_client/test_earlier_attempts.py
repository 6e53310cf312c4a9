"""Messages that an earlier attempt left, among others of the bot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from simcord.builders import ChannelHandle

from bot.domain.delivery import Delivery, NotificationType, PostedMessage, Venue
from bot.domain.job import Job, JobState, generate_id
from bot.domain.language import Language
from bot.domain.movie_night import MovieNight, MovieNightState, NightMovie
from bot.errors import DeliveryDeferred, DeliveryRejected, GalleryRejected
from tests.helpers.clock import START
from tests.unit.discord_client.conftest import PublisherHarness


def now(harness: PublisherHarness) -> int:
    return int(harness.env.now().timestamp() * 1000)


def a_gallery(harness: PublisherHarness, venue: Venue) -> ChannelHandle:
    guild = harness.channel.guild
    return guild.create_forum_channel("films") if venue is Venue.FORUM else guild.create_text_channel("films")


def due(harness: PublisherHarness, job: Job, gallery: ChannelHandle) -> Delivery:
    return Delivery(job.id, NotificationType.COMPLETED, 1, gallery_id=gallery.id, queued_at=now(harness))


def a_night(harness: PublisherHarness, channel: ChannelHandle, venue: Venue) -> MovieNight:
    return MovieNight(
        generate_id(START),
        harness.job.guild_id,
        START,
        MovieNightState.PENDING,
        Language.ENGLISH,
        (NightMovie(1, harness.job, 1),),
        channel.id,
        venue,
        created_at=now(harness),
    )


@pytest.mark.parametrize("venue", [Venue.FORUM, Venue.GALLERY])
async def test_another_post_is_not_taken_for_ones_own(harness: PublisherHarness, venue: Venue) -> None:
    """Neither another movie's nor a movie's for a movie night's. Where it is, is known again with its venue."""
    gallery, nights = a_gallery(harness, venue), harness.publisher.movie_nights
    job, other = harness.job, replace(harness.job, id=generate_id(START))
    first = await harness.publisher.send(due(harness, job, gallery), job)
    assert await harness.publisher.find_sent(due(harness, other, gallery), other) is None
    second = await harness.publisher.send(due(harness, other, gallery), other)
    found = [await harness.publisher.find_sent(due(harness, each, gallery), each) for each in (job, other)]
    assert found == [first, second]
    assert {each.posted.venue for each in (first, second)} == {venue}
    night = a_night(harness, gallery, Venue.GALLERY)
    assert await nights.find(night) is None
    posted = await nights.send(night, night.created_at)
    assert posted.venue is venue
    assert await nights.find(night) == await nights.send(night, night.created_at) == posted


async def test_only_a_gallery_that_is_closed_to_a_movie_night_is_reported_to_staff(harness: PublisherHarness) -> None:
    """Not another channel, nor a gallery that objects to its words."""
    forum, text = (a_gallery(harness, venue) for venue in (Venue.FORUM, Venue.GALLERY))
    for channel, venue, status, code, closed in (
        (harness.channel, Venue.CHANNEL, 403, 50013, None),
        *((gallery, Venue.GALLERY, 403, 50013, True) for gallery in (forum, text)),
        *((gallery, Venue.GALLERY, 400, 200000, False) for gallery in (forum, text)),
    ):
        harness.env.backend.faults.clear()
        for path in ("messages", "threads"):
            harness.env.inject_error("POST", f"/channels/{channel.id}/{path}", status=status, code=code)
        with pytest.raises(DeliveryRejected) as rejected:
            await harness.publisher.movie_nights.send(a_night(harness, channel, venue), None)
        found = rejected.value.is_closed if isinstance(rejected.value, GalleryRejected) else None
        assert (found, rejected.value.code) == (closed, code)


async def test_a_message_is_found_by_what_it_tells(harness: PublisherHarness) -> None:
    """A movie can fail after it was reported as unknown."""
    failed = replace(harness.job, state=JobState.FAILED)
    types = (NotificationType.UNKNOWN, NotificationType.FAILED)
    told = {each: Delivery(failed.id, each, 0, queued_at=now(harness)) for each in types}
    sent = await harness.publisher.send(told[NotificationType.UNKNOWN], failed)
    found = [await harness.publisher.find_sent(told[each], failed) for each in types]
    assert found == [sent, None]


async def test_only_a_missing_permission_ends_a_search(harness: PublisherHarness) -> None:
    """A proxy's refusal may pass."""
    path = f"/channels/{harness.channel.id}/messages"
    delivery = Delivery(harness.job.id, NotificationType.COMPLETED, 1, possibly_sent_since=now(harness))
    harness.env.inject_error("GET", path, status=403, code=0)
    with pytest.raises(DeliveryDeferred):
        await harness.publisher.send(delivery, harness.job)
    assert harness.attempts() == 0
    for code in (50001, 50013):
        harness.env.inject_error("GET", path, status=403, code=code)
        sent = await harness.publisher.send(delivery, harness.job)
        assert sent.posted == PostedMessage(harness.channel.id, harness.channel.history()[-1].id)
