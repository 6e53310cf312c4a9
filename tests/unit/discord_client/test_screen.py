"""What each of Discord's answers to a message means for what is owed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import open_app
from bot.discord_client.attachments import Attachments
from bot.discord_client.client import Client
from bot.discord_client.publisher import DiscordPublisher
from bot.domain.catalogue import AspectRatio
from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import Job, JobState, generate_id
from bot.domain.preferences import DeliveryTarget
from bot.domain.request import MovieRequest
from bot.downloads.downloader import MovieDownloader
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.services.estimates import Estimator
from data.catalogue import load_catalogue
from tests.helpers.bot_harness import discord_of
from tests.helpers.clock import START, ManualClock
from tests.helpers.settings import make_settings

DM = "/users/@me/channels"


@dataclass
class PublisherHarness:
    """A screen over a connected client, a channel, and a job that ended there."""

    env: Env
    client: Client
    screen: DiscordPublisher
    channel: ChannelHandle
    job: Job

    async def deliver(self, notice: NotificationType = NotificationType.COMPLETED) -> int:
        """Deliver the job's message."""
        return await self.screen.send(Delivery(self.job.id, notice, 0), self.job)

    def refuse(self, status: int, code: int, *, everywhere: bool = False) -> None:
        """Let Discord answer so: in the channel, or wherever it is sent."""
        where = "*" if everywhere else str(self.channel.id)
        self.env.inject_error("POST", f"/channels/{where}/messages", status=status, code=code, times=None)

    def tried(self) -> int:
        """How many messages were sent or tried."""
        return sum(each.method == "POST" and each.path.endswith("/messages") for each in self.env.http_requests)

    def fail(self, error: Exception) -> None:
        """Let every request end like this."""

        async def request(*_: Any, **__: Any) -> Any:
            raise error

        self.client.http.request = request


async def no_attachments(_guild_id: int) -> int:
    """Every server takes no file."""
    return 0


@pytest.fixture
async def cinema(tmp_path: Path) -> AsyncGenerator[PublisherHarness]:
    """A cinema with one guest, whose movie is finished."""
    settings = make_settings(tmp_path)
    async with open_app(settings, ManualClock()) as app, discord_of(app) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("movies")
        guest = guild.add_member(env.create_user("alice"))
        request = MovieRequest("a red balloon", 10, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
        job = Job(generate_id(START), 1, guild.id, channel.id, guest.id, request, 100, JobState.COMPLETED, START)
        job = replace(job, movie_url="https://movies.test/a.mp4", request_id="request-1")
        fetcher = MovieDownloader()
        screen = DiscordPublisher(
            app.client,
            load_catalogue(settings.catalogue_path),
            app.accounts,
            attachments=Attachments(fetcher, no_attachments),
            outlook=Estimator(app.database, app.engine.history, app.clock.now).for_job,
        )
        yield PublisherHarness(env, app.client, screen, channel, job)
        await fetcher.close()


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
"""What may pass. Only known codes are for good."""


@pytest.mark.parametrize(("status", "code"), FOR_GOOD)
async def test_a_channel_that_is_closed_for_good_leads_to_the_member(
    cinema: PublisherHarness, status: int, code: int
) -> None:
    """The channel is tried once, never again, and the message goes to the one who paid."""
    cinema.refuse(status, code)
    assert await cinema.deliver() > 0
    assert cinema.tried() == 2


@pytest.mark.parametrize(("status", "code"), FOR_GOOD)
async def test_a_member_who_is_closed_too_is_a_refusal(cinema: PublisherHarness, status: int, code: int) -> None:
    """When both ways are closed it is said so, with Discord's code, for the operator to read."""
    cinema.refuse(status, code, everywhere=True)
    with pytest.raises(DeliveryRejected) as refusal:
        await cinema.deliver()
    assert refusal.value.code == code


@pytest.mark.parametrize(("status", "code"), PASSING)
async def test_what_passes_is_waited_out(cinema: PublisherHarness, status: int, code: int) -> None:
    """An overloaded, broken or unwell Discord, and a token that was just renewed, are no reason to give up."""
    cinema.refuse(status, code)
    with pytest.raises(DeliveryDeferred):
        await cinema.deliver()
    assert cinema.tried() == 1


@pytest.mark.parametrize(("status", "code"), PASSING)
async def test_movie_that_is_wanted_directly_waits_where_direct_messages_fail_for_a_while(
    cinema: PublisherHarness, status: int, code: int
) -> None:
    """It is private: no passing error makes it public."""
    cinema.job = replace(cinema.job, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    cinema.env.inject_error("POST", DM, status=status, code=code)
    with pytest.raises(DeliveryDeferred) as delay:
        await cinema.deliver()
    assert delay.value.code == code
    assert cinema.tried() == 0


async def test_message_that_discord_finds_malformed_is_sent_without_embed_and_buttons(cinema: PublisherHarness) -> None:
    """Something in it is odd, such as a button's address: the bare words come all the same, in the same channel."""
    path = f"/channels/{cinema.channel.id}/messages"
    cinema.env.inject_error("POST", path, status=400, code=50035, times=1)
    assert await cinema.deliver() > 0
    first, second = (each.json for each in cinema.env.http_requests if each.path == path)
    assert first is not None
    assert second is not None
    assert first["embeds"]
    assert not second.get("embeds")
    assert not second.get("components")


async def test_malformed_message_keeps_a_link_that_only_its_embed_holds(cinema: PublisherHarness) -> None:
    """Its buttons go first: without the embed, nobody would see what was paid for."""
    cinema.job = replace(cinema.job, movie_url=f"https://movies.test/a.mp4?signature={'a' * 2500}")
    path = f"/channels/{cinema.channel.id}/messages"
    cinema.env.inject_error("POST", path, status=400, code=50035, times=1)
    assert await cinema.deliver() > 0
    _, second = (each.json for each in cinema.env.http_requests if each.path == path)
    assert second is not None
    assert cinema.job.movie_url in second["embeds"][0]["description"]
    assert not second.get("components")


async def test_message_that_stays_malformed_is_sent_as_bare_words(cinema: PublisherHarness) -> None:
    """Whatever is odd in its embed: the member is told, and finds the link in /movies."""
    cinema.job = replace(cinema.job, movie_url=f"https://movies.test/a.mp4?signature={'a' * 2500}")
    path = f"/channels/{cinema.channel.id}/messages"
    cinema.env.inject_error("POST", path, status=400, code=50035, times=2)
    assert await cinema.deliver() > 0
    *_, third = (each.json for each in cinema.env.http_requests if each.path == path)
    assert third is not None
    assert not third.get("embeds")


async def test_unknown_refusal_certainly_posted_nothing(cinema: PublisherHarness) -> None:
    """So the pauses between tries may grow to an hour, however long the nonce is remembered."""
    cinema.refuse(400, 99999)
    with pytest.raises(DeliveryDeferred) as delay:
        await cinema.deliver()
    assert delay.value.certain


@pytest.mark.parametrize(("status", "code"), PASSING)
async def test_trouble_on_the_second_way_is_waited_out_too(cinema: PublisherHarness, status: int, code: int) -> None:
    """A channel that is gone and a Discord that is down: the member's turn comes later."""
    cinema.refuse(404, 10003)
    cinema.env.inject_error("POST", DM, status=status, code=code)
    with pytest.raises(DeliveryDeferred):
        await cinema.deliver()


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
async def test_a_connection_that_is_cut_is_waited_out(cinema: PublisherHarness, error: Exception) -> None:
    """Nobody knows whether it arrived, so it is sent again later; the nonce keeps it one message."""
    cinema.fail(error)
    with pytest.raises(DeliveryDeferred) as delay:
        await cinema.deliver()
    assert str(delay.value)
    assert delay.value.retry_after == (3.5 if isinstance(error, discord.RateLimited) else None)


async def test_a_message_that_was_accepted_and_deleted_since_counts_as_delivered(cinema: PublisherHarness) -> None:
    """10008 on a repeated nonce says that the first try arrived and that somebody deleted it."""
    cinema.refuse(404, 10008)
    assert await cinema.deliver() == 0
    assert cinema.tried() == 1


@pytest.mark.parametrize("notice", list(NotificationType))
async def test_every_notice_mentions_only_those_it_is_for_and_carries_its_nonce(
    cinema: PublisherHarness, notice: NotificationType
) -> None:
    """Whatever the notice, it is one message, to whom it is for, recognizable when it is sent again."""
    followers = (77, 78)
    await cinema.screen.send(Delivery(cinema.job.id, notice, 0, followers), cinema.job)
    [sent] = [each.json for each in cinema.env.http_requests if each.path == f"/channels/{cinema.channel.id}/messages"]
    assert sent is not None
    assert sent["nonce"] == f"{cinema.job.id}-{notice}"
    assert sent["enforce_nonce"] is True
    member = cinema.job.member_id
    wanted = {NotificationType.FOLLOWED: [*followers], NotificationType.COMPLETED: [member, *followers]}.get(
        notice, [member]
    )
    assert sent["allowed_mentions"]["users"] == wanted
    assert not sent["allowed_mentions"].get("parse")
    for each in wanted:
        assert f"<@{each}>" in sent["content"]


@pytest.mark.parametrize(
    "error",
    [aiohttp.ServerDisconnectedError(), ConnectionResetError(104, ""), TimeoutError(), discord.RateLimited(300)],
    ids=lambda error: type(error).__name__,
)
async def test_showing_progress_never_raises(cinema: PublisherHarness, error: Exception) -> None:
    """An edit is a courtesy: what goes wrong with it is nobody's trouble."""
    await cinema.screen.update_card(replace(cinema.job, card_message_id=99))
    cinema.fail(error)
    await cinema.screen.update_card(replace(cinema.job, card_message_id=99))


async def test_edit_that_discord_holds_up_is_never_cancelled(cinema: PublisherHarness) -> None:
    """Its caller goes on after a while; a cancelled request would keep every later one of discord.py waiting."""
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

    cinema.client.http.request = request
    showing = asyncio.create_task(cinema.screen.update_card(replace(cinema.job, card_message_id=99)))
    await begun.wait()
    showing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await showing
    answered.set()
    assert await asyncio.wait_for(ended.get(), 5) == "answered"


async def test_a_job_without_a_card_is_shown_nowhere(cinema: PublisherHarness) -> None:
    """Nothing is asked of Discord for a card that is not known."""
    before = len(cinema.env.http_requests)
    await cinema.screen.update_card(cinema.job)
    assert len(cinema.env.http_requests) == before


async def test_the_screen_is_open_once_the_client_has_logged_in(cinema: PublisherHarness) -> None:
    """From the login on messages can be sent, before the gateway is ready."""
    await cinema.screen.wait_ready()
    assert cinema.client.http_ready.is_set()
