"""What Discord's responses mean for a pending notification."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import Any

import aiohttp
import discord
import pytest

from bot.domain.delivery import Delivery, MoviePlace, NotificationType, PostedMessage, Venue
from bot.domain.job import JobState
from bot.domain.language import Language
from bot.domain.preferences import DeliveryTarget
from bot.domain.server_setup import AgeRule
from bot.errors import DeliveryDeferred, DeliveryRejected, GalleryRejected
from bot.locales.texts import texts_in
from bot.ui.amounts import format_credits
from tests.helpers.expected_text import ENGLISH
from tests.unit.discord_client.conftest import PublisherHarness

DM = "/users/@me/channels"


FOR_GOOD = [
    (404, 10003),
    (404, 10004),
    (404, 10013),
    (403, 50001),
    (403, 50013),
    (403, 50007),
    (400, 200000),
    (400, 240000),
    (400, 50033),
    (403, 50278),
    (403, 160005),
    (400, 40058),
    (400, 40067),
    (400, 50008),
    (403, 50009),
    (400, 50024),
    (400, 50083),
    (400, 40005),
    (413, 40005),
    (413, 0),
]
PASSING = [
    (429, 0),
    (500, 0),
    (502, 0),
    (503, 0),
    (504, 0),
    (429, 130000),
    (400, 130000),
    (500, 130000),
    (401, 0),
    (403, 0),  # a block on the way, without a word of Discord's own
    (404, 0),
    (400, 0),
    (400, 40003),  # opening direct messages too fast
    (403, 40004),  # sending was turned off for a while
    (403, 20026),  # flagged by the spam filter
    (400, 20028),  # too many messages in this channel
    (400, 99999),  # a code that nobody knows yet
    (404, 99999),
]
"""Failures that pass. Only known codes are permanent."""


@pytest.mark.parametrize(("status", "code"), FOR_GOOD)
async def test_a_channel_that_is_closed_for_good_leads_to_the_member(
    harness: PublisherHarness, status: int, code: int
) -> None:
    harness.refuse(status, code)
    assert await harness.deliver() > 0
    assert harness.attempts() == 2


@pytest.mark.parametrize(("status", "code"), FOR_GOOD)
async def test_a_member_who_is_closed_too_is_a_refusal(harness: PublisherHarness, status: int, code: int) -> None:
    """The refusal carries Discord's code."""
    harness.refuse(status, code, everywhere=True)
    with pytest.raises(DeliveryRejected) as refusal:
        await harness.deliver()
    assert refusal.value.code == code


@pytest.mark.parametrize(("status", "code"), PASSING)
async def test_what_passes_is_waited_out(harness: PublisherHarness, status: int, code: int) -> None:
    """An overloaded Discord and a renewed token are temporary."""
    harness.refuse(status, code)
    with pytest.raises(DeliveryDeferred):
        await harness.deliver()
    assert harness.attempts() == 1


@pytest.mark.parametrize(("status", "code"), PASSING)
async def test_movie_that_is_wanted_directly_waits_where_direct_messages_fail_for_a_while(
    harness: PublisherHarness, status: int, code: int
) -> None:
    """The movie is private, so no temporary error makes it public."""
    harness.job = replace(harness.job, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    harness.env.inject_error("POST", DM, status=status, code=code)
    with pytest.raises(DeliveryDeferred) as delay:
        await harness.deliver()
    assert delay.value.code == code
    assert harness.attempts() == 0


async def test_message_that_discord_finds_malformed_is_sent_without_embed_and_buttons(
    harness: PublisherHarness,
) -> None:
    """An invalid button URL can make a message malformed.

    The plain text is posted in the same channel.
    """
    path = f"/channels/{harness.channel.id}/messages"
    harness.env.inject_error("POST", path, status=400, code=50035, times=1)
    assert await harness.deliver() > 0
    first, second = (each.json for each in harness.env.http_requests if each.path == path)
    assert first is not None
    assert second is not None
    assert first["embeds"]
    assert not second.get("embeds")
    assert not second.get("components")


async def test_malformed_message_keeps_a_link_that_only_its_embed_holds(harness: PublisherHarness) -> None:
    """The buttons are removed first, because the member needs the link."""
    harness.job = replace(harness.job, movie_url=f"https://movies.test/a.mp4?signature={'a' * 2500}")
    path = f"/channels/{harness.channel.id}/messages"
    harness.env.inject_error("POST", path, status=400, code=50035, times=1)
    assert await harness.deliver() > 0
    _, second = (each.json for each in harness.env.http_requests if each.path == path)
    assert second is not None
    assert harness.job.movie_url in second["embeds"][0]["description"]
    assert not second.get("components")


async def test_message_that_stays_malformed_is_sent_as_bare_words(harness: PublisherHarness) -> None:
    """The member is notified, and finds the link in /movies."""
    harness.job = replace(harness.job, movie_url=f"https://movies.test/a.mp4?signature={'a' * 2500}")
    path = f"/channels/{harness.channel.id}/messages"
    harness.env.inject_error("POST", path, status=400, code=50035, times=2)
    assert await harness.deliver() > 0
    *_, third = (each.json for each in harness.env.http_requests if each.path == path)
    assert third is not None
    assert not third.get("embeds")
    assert third["allowed_mentions"]["users"] == [harness.job.member_id]


async def test_unknown_refusal_certainly_posted_nothing(harness: PublisherHarness) -> None:
    """A retry may then come after the nonce's lifetime."""
    harness.refuse(400, 99999)
    with pytest.raises(DeliveryDeferred) as delay:
        await harness.deliver()
    assert delay.value.definitely_failed


@pytest.mark.parametrize(("status", "code"), PASSING)
async def test_trouble_on_the_second_way_is_waited_out_too(harness: PublisherHarness, status: int, code: int) -> None:
    """The channel is gone, and Discord fails for direct messages."""
    harness.refuse(404, 10003)
    harness.env.inject_error("POST", DM, status=status, code=code)
    with pytest.raises(DeliveryDeferred):
        await harness.deliver()


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientConnectionResetError("reset"),
        ConnectionResetError(104, "reset"),
        TimeoutError(),
        discord.RateLimited(3.5),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_connection_that_is_cut_is_waited_out(harness: PublisherHarness, error: Exception) -> None:
    """The message may have arrived; the nonce prevents a duplicate."""
    harness.fail(error)
    with pytest.raises(DeliveryDeferred) as delay:
        await harness.deliver()
    assert str(delay.value)
    assert delay.value.retry_after == (3.5 if isinstance(error, discord.RateLimited) else None)


async def test_a_message_that_was_accepted_and_deleted_since_counts_as_delivered(harness: PublisherHarness) -> None:
    """10008 on a repeated nonce means that the first attempt arrived."""
    harness.refuse(404, 10008)
    assert await harness.deliver() == 0
    assert harness.attempts() == 1


@pytest.mark.parametrize("notice", [each for each in NotificationType if each is not NotificationType.STARRED])
async def test_every_notice_mentions_only_those_it_is_for_and_carries_its_nonce(
    harness: PublisherHarness, notice: NotificationType
) -> None:
    followers = (77, 78)
    await harness.publisher.send(Delivery(harness.job.id, notice, 0, followers), harness.job)
    [sent] = [
        each.json for each in harness.env.http_requests if each.path == f"/channels/{harness.channel.id}/messages"
    ]
    assert sent is not None
    assert sent["nonce"] == f"{harness.job.id}-{notice}"
    assert sent["enforce_nonce"] is True
    member = harness.job.member_id
    wanted = {NotificationType.FOLLOWED: [*followers], NotificationType.COMPLETED: [member, *followers]}.get(
        notice, [member]
    )
    assert sent["allowed_mentions"]["users"] == wanted
    assert not sent["allowed_mentions"].get("parse")
    for each in wanted:
        assert f"<@{each}>" in sent["content"]
    left = (await harness.publisher._balance(harness.job)).member_available
    assert format_credits(ENGLISH, left) not in str(sent["embeds"]), "a balance is the member's own"


async def test_a_movie_with_stars_goes_nowhere_without_a_gallery(harness: PublisherHarness) -> None:
    """Its own message is there already."""
    with pytest.raises(DeliveryRejected):
        await harness.deliver(NotificationType.STARRED)
    assert harness.attempts() == 0


async def test_a_gallery_of_another_server_takes_no_movie(harness: PublisherHarness) -> None:
    gallery = harness.env.create_guild("Elsewhere").create_text_channel("films")
    delivery = Delivery(harness.job.id, NotificationType.COMPLETED, 0, gallery_id=gallery.id)
    with pytest.raises(GalleryRejected):
        await harness.publisher.send(delivery, harness.job)
    assert harness.attempts() == 0


@pytest.mark.parametrize("direct", [True, False])
async def test_a_message_is_found_again_where_it_was_sent(harness: PublisherHarness, *, direct: bool) -> None:
    """Where Discord refuses to show it, the bot finds none."""
    queued_at = int(harness.env.now().timestamp() * 1000)
    delivery = Delivery(harness.job.id, NotificationType.COMPLETED, 0, queued_at=queued_at)
    target = DeliveryTarget.DIRECT_MESSAGE if direct else DeliveryTarget.CHANNEL
    job = replace(harness.job, delivery_target=target)
    sent = await harness.publisher.send(delivery, job)
    assert sent.posted.venue is (Venue.DIRECT if direct else Venue.CHANNEL)
    assert await harness.publisher.find_sent(delivery, job) == sent
    there = f"/channels/{sent.posted.channel_id}/messages"
    harness.env.inject_error("GET", there, status=403, code=50007)
    assert await harness.publisher.find_sent(delivery, job) is None


@pytest.mark.parametrize("target", DeliveryTarget)
@pytest.mark.parametrize("notice", [NotificationType.FAILED, NotificationType.CANCELLED])
async def test_an_end_without_movie_has_buttons_in_the_channel_alone(
    harness: PublisherHarness, notice: NotificationType, target: DeliveryTarget
) -> None:
    """Nothing can be ordered in a direct message.

    There, the member reads what is left after a failure.
    """
    direct = target is DeliveryTarget.DIRECT_MESSAGE
    job = replace(harness.job, state=JobState(notice.value), delivery_target=target)
    await harness.publisher.send(Delivery(job.id, notice, 0), job)
    [sent] = [each.json for each in harness.env.http_requests if each.json and each.path.endswith("/messages")]
    assert bool(sent.get("components")) is not direct
    left = (await harness.publisher._balance(job)).member_available
    told = ENGLISH("deliveries-refunded-left", refunded="100 credits", left=format_credits(ENGLISH, left))
    assert (told in sent["embeds"][0]["description"]) == (direct and notice is NotificationType.FAILED)


async def test_a_movie_with_stars_is_a_spoiler_in_the_gallery_too(harness: PublisherHarness) -> None:
    starred, gallery = NotificationType.STARRED, harness.channel.id
    delivery = Delivery(harness.job.id, starred, 0, gallery_id=gallery, age=AgeRule.SPOILER)
    await harness.publisher.send(delivery, harness.job)
    [sent] = [each.json for each in harness.env.http_requests if each.path == f"/channels/{gallery}/messages"]
    assert sent is not None
    assert f"|| {harness.job.movie_url} ||" in sent["content"]
    assert sent["nonce"] == delivery.nonce


async def test_a_failure_is_told_in_a_channel_that_is_not_age_restricted(harness: PublisherHarness) -> None:
    """Only a movie is kept out of it."""
    job = replace(harness.job, state=JobState.FAILED)
    sent = await harness.publisher.send(Delivery(job.id, NotificationType.FAILED, 0, age=AgeRule.RESTRICTED), job)
    assert sent.posted.venue is Venue.CHANNEL


@pytest.mark.parametrize(
    "error",
    [aiohttp.ServerDisconnectedError(), ConnectionResetError(104, ""), TimeoutError(), discord.RateLimited(300)],
    ids=lambda error: type(error).__name__,
)
async def test_showing_progress_never_raises(harness: PublisherHarness, error: Exception) -> None:
    """A progress edit is optional."""
    await harness.publisher.update_card(replace(harness.job, card_message_id=99))
    harness.fail(error)
    await harness.publisher.update_card(replace(harness.job, card_message_id=99))


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [(403, 50001, DeliveryRejected), (404, 10008, None), (503, 0, DeliveryDeferred)],
    ids=["forbidden", "gone", "down"],
)
async def test_a_card_that_must_change_says_why_it_could_not(
    harness: PublisherHarness, status: int, code: int, error: type[Exception] | None
) -> None:
    harness.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code, times=None)
    with contextlib.nullcontext() if error is None else pytest.raises(error):
        await harness.publisher.show_card(replace(harness.job, card_message_id=99), MoviePlace.PENDING)


async def test_edit_that_discord_holds_up_is_never_cancelled(harness: PublisherHarness) -> None:
    """The caller continues after a timeout.

    A cancelled request would block every later one of discord.py.
    """
    begun, answered, ended = asyncio.Event(), asyncio.Event(), asyncio.Queue[str]()

    async def request(*_: Any, **__: Any) -> Any:
        begun.set()
        try:
            await answered.wait()
        except asyncio.CancelledError:
            ended.put_nowait("cancelled")
            raise
        ended.put_nowait("answered")
        raise aiohttp.ServerDisconnectedError

    harness.client.http.request = request
    showing = asyncio.create_task(harness.publisher.update_card(replace(harness.job, card_message_id=99)))
    await begun.wait()
    showing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await showing
    answered.set()
    assert await asyncio.wait_for(ended.get(), 5) == "answered"


async def test_a_job_without_a_card_is_shown_nowhere(harness: PublisherHarness) -> None:
    before = len(harness.env.http_requests)
    await harness.publisher.update_card(harness.job)
    await harness.publisher.show_card(harness.job, MoviePlace.PENDING)
    assert len(harness.env.http_requests) == before


async def test_a_post_that_stays_gets_a_title_in_the_language_of_its_server(harness: PublisherHarness) -> None:
    """Its own title was the prompt."""
    channel = harness.client.get_partial_messageable(harness.channel.id)
    posted = PostedMessage(channel.id, (await channel.send("a boat")).id, Venue.FORUM)
    for method in ("DELETE", "PATCH"):
        harness.env.inject_error(method, f"/channels/{channel.id}", status=403, code=50013)
    with pytest.raises(DeliveryRejected):
        await harness.publisher.delete_message(posted, Language.GERMAN)
    [renamed] = [each.json for each in harness.env.http_requests if each.method == "PATCH"]
    assert renamed == {"name": texts_in(Language.GERMAN)("buttons-deleted-post-title"), "archived": False}
    assert harness.channel.history() == []


async def test_the_publisher_is_ready_once_the_client_has_logged_in(harness: PublisherHarness) -> None:
    """REST calls need no gateway."""
    await harness.publisher.wait_ready()
    assert harness.client.http_ready.is_set()
