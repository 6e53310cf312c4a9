"""A movie is attached where possible, and its link always sent.

A link expires, an attachment stays.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from simcord.backend import serializers

from bot.discord_client import attachments
from bot.discord_client.upload_limits import UploadLimits
from bot.domain.quota import AuditContext
from bot.domain.server_setup import ServerSetup, Setting, SettingValue
from bot.downloads.downloader import FILE_PREFIX
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply, Route
from bot.sandbox.records import ReceivedRequest
from bot.ui import amounts
from data import setup_changes
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import MESSAGES, BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.movie_host import MovieHost

MIB = 2**20


@pytest.fixture
async def bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[BotHarness]:
    """A bot that trusts the fake API's movies, with a temporary folder."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    async with open_bot_harness(tmp_path) as opened:
        await opened.restart(trusted_movie_origins=opened.upstream.origin)
        yield opened
    assert left(tmp_path) == []


def left(tmp_path: Path) -> list[Path]:
    """The movies in the temporary folder."""
    return list((tmp_path / "temporary").glob(f"{FILE_PREFIX}*.mp4"))


async def delivered(bot: BotHarness) -> discord.Message:
    """Have a movie made, and return the message that brought it."""
    await bot.movie()
    await bot.finish()
    assert bot.job()["state"] == "completed"
    [message] = [each for each in bot.messages() if "Your movie is ready." in each.content]
    url = bot.job()["movie_url"]  # a bare link is played, too, so there is none beside the movie itself
    assert message.content.splitlines()[-1] == (f"[Watch](<{url}>)" if message.attachments else url)
    [notification] = ledger_checks.outbox(bot.path)
    assert notification["sent_at"] is not None
    return message


async def downloaded(url: str) -> bytes:
    """The movie at this URL, as its host serves it."""
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        movie = await response.read()
    assert movie[4:8] == b"ftyp"
    return movie


def sends(bot: BotHarness) -> list[Any]:
    """The bodies of all posts to the channel, failed ones included."""
    return [each.json for each in bot.requests("POST", f"/channels/{bot.channel.id}/messages")]


def fetched(bot: BotHarness) -> list[ReceivedRequest]:
    """The requests for movies at the fake API."""
    return [each for each in bot.upstream.requests if each.path.startswith("/movies/")]


def reasons(caplog: pytest.LogCaptureFixture, event: str) -> list[str]:
    """The errors that the log has with an event."""
    return [str(each.__dict__["error"]) for each in caplog.records if each.message == event]


def moved(bot: BotHarness, url: str) -> None:
    """Make the API link finished movies at another address."""

    async def act(exchange: Exchange, proceed: Proceed) -> Reply:
        reply = await proceed(exchange)
        if b"COMPLETED" not in reply.body or b"result" not in reply.body:
            return reply
        return Reply.of({"status": "COMPLETED", "result": {"url": url}})

    bot.upstream.inject(Fault("moved", "says the movie lies elsewhere", act, (Route.STATUS,)))


def boosted(monkeypatch: pytest.MonkeyPatch, tier: int) -> None:
    """Let the simulated Discord say that its servers have this boost level."""
    payload = serializers.guild_create_payload

    def with_tier(*args: Any) -> dict[str, Any]:
        return {**payload(*args), "premium_tier": tier}

    monkeypatch.setattr(serializers, "guild_create_payload", with_tier)


# ── it comes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_movie_comes_with_its_message(bot: BotHarness, tmp_path: Path) -> None:
    """The attachment's description is the prompt, for members who can't see it.

    The attachment has the same bytes, and the link beside it no preview. The movie's host gets no API key, and no
    temporary file is left.
    """
    message = await delivered(bot)
    [attachment] = message.attachments
    assert attachment.filename == f"movie-{bot.job()['id']}.mp4"
    job = bot.job()
    duration = amounts.format_duration(ENGLISH, job["duration_seconds"])
    assert attachment.description == ENGLISH("deliveries-movie-alt-text", duration=duration, prompt=job["prompt"])
    assert left(tmp_path) == []
    assert not any(each.authorization_ok for each in fetched(bot))
    assert await attachment.read() == await downloaded(job["movie_url"])


async def test_a_new_link_beside_the_movie_has_no_preview_either(bot: BotHarness) -> None:
    """The movie stays attached, however often *New link* is pressed."""
    message = await delivered(bot)
    await bot.clock.advance(3600)
    await bot.restart()
    bot.upstream.inject(Fault("closing", "closes the connection", _close, (Route.STATUS,)))
    for who in (bot.bob, bot.alice):
        await who.click(message, label=ENGLISH("buttons-new-link-button"))
    [mended] = bot.messages()
    assert mended.content == message.content
    assert len(mended.attachments) == 1


async def _close(exchange: Exchange, proceed: Proceed) -> Reply:
    """Close the connection: SimCord would wait for its keep-alive to end."""
    reply = await proceed(exchange)
    return replace(reply, headers={**reply.headers, "Connection": "close"})


@pytest.mark.parametrize(("tier", "megabytes", "attached"), [(0, 9, 1), (0, 11, 0), (2, 11, 1), (2, 49, 1), (2, 51, 0)])
async def test_always_means_what_this_server_takes(
    bot: BotHarness, monkeypatch: pytest.MonkeyPatch, tier: int, megabytes: int, attached: int
) -> None:
    """The limit is 10 MiB, and higher in a boosted server."""
    async with MovieHost(megabytes * MIB) as host:
        await bot.restart(attach_movies="always", trusted_movie_origins=host.origin)
        boosted(monkeypatch, tier)
        moved(bot, f"{host.origin}/movie.mp4")
        assert len((await delivered(bot)).attachments) == attached


async def test_what_a_server_takes_is_asked_for_again_after_an_hour(
    bot: BotHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server's boost level, and with it the limit, can change."""
    limits = UploadLimits(bot.app.client, bot.clock)
    boosted(monkeypatch, 2)
    assert await limits.get(bot.guild.id) == 50 * MIB
    boosted(monkeypatch, 0)
    await bot.clock.advance(3599)
    assert await limits.get(bot.guild.id) == 50 * MIB
    await bot.clock.advance(1)
    assert await limits.get(bot.guild.id) == 10 * MIB


async def test_what_a_server_takes_is_asked_for_again_where_discord_did_not_tell(
    bot: BotHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The default holds for that movie only, not for an hour."""
    limits = UploadLimits(bot.app.client, bot.clock)
    boosted(monkeypatch, 2)
    bot.env.inject_error("GET", f"/guilds/{bot.guild.id}", status=403, code=50001)
    assert await limits.get(bot.guild.id) == 10 * MIB
    assert await limits.get(bot.guild.id) == 50 * MIB


async def test_room_is_left_for_the_rest_of_the_message(bot: BotHarness) -> None:
    """Discord counts the whole request.

    A movie of just under 10 MiB would make it too large, so it is not fetched.
    """
    async with MovieHost(10 * MIB - 1000) as host:
        await bot.restart(trusted_movie_origins=host.origin)
        moved(bot, f"{host.origin}/movie.mp4")
        assert (await delivered(bot)).attachments == []
        assert all(body["content"] for body in sends(bot))
        assert len(sends(bot)) == 1


async def test_small_means_10_mib_on_every_server(bot: BotHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own limit is higher."""
    async with MovieHost(11 * MIB) as host:
        await bot.restart(attach_movies="small", trusted_movie_origins=host.origin)
        boosted(monkeypatch, 2)
        moved(bot, f"{host.origin}/movie.mp4")
        assert (await delivered(bot)).attachments == []


# ── it can't come: the link does ─────────────────────────────────────────────────────────────────────────────────────


async def test_off_means_the_link_alone(bot: BotHarness) -> None:
    """The movie is not even fetched."""
    await bot.restart(attach_movies="off")
    assert (await delivered(bot)).attachments == []
    assert fetched(bot) == []


async def test_an_untrusted_origin_is_not_requested(bot: BotHarness, caplog: pytest.LogCaptureFixture) -> None:
    """Plain http on loopback is allowed only for configured origins."""
    await bot.restart(trusted_movie_origins="")
    assert (await delivered(bot)).attachments == []
    [reason] = reasons(caplog, "attachment_skipped")
    assert "https" in reason
    assert fetched(bot) == []


async def test_a_movie_that_is_gone_does_not_hold_up_its_message(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """The movie's host answers 404, and the message comes without it."""
    moved(bot, f"{bot.upstream.origin}/movies/none.mp4")
    assert (await delivered(bot)).attachments == []
    assert reasons(caplog, "attachment_skipped") == ["the server answered 404"]


@pytest.mark.parametrize(
    ("status", "code"),
    [(413, 40005), (400, 40005), (413, 0), (403, 50013)],
    ids=["too large", "too large as 400", "too large for a proxy", "may not attach"],
)
async def test_what_discord_does_not_take_is_sent_without(
    bot: BotHarness, status: int, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    """The retry without the attachment has the same nonce."""
    bot.env.inject_error("POST", MESSAGES, status=status, code=code)
    message = await delivered(bot)
    assert message.attachments == []
    first, second = sends(bot)
    assert first["nonce"] == second["nonce"]
    assert reasons(caplog, "message_rejected")
    assert bot.direct_messages(bot.alice) == []


async def test_a_movie_that_comes_too_slowly_is_sent_as_its_link(
    bot: BotHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its message is not held up for longer."""
    monkeypatch.setattr(attachments, "_TIMEOUT_SECONDS", 0)
    assert (await delivered(bot)).attachments == []
    assert reasons(caplog, "attachment_skipped") == ["TimeoutError"]


async def test_a_movie_with_stars_comes_with_its_message_in_the_gallery(bot: BotHarness) -> None:
    gallery = bot.guild.create_text_channel("gallery")
    values: dict[Setting, SettingValue] = {Setting.GALLERY: gallery.id, Setting.GALLERY_STARS: 1}
    seen, by = ServerSetup().fingerprint(values), AuditContext(bot.alice.id, bot.guild.id)
    await bot.app.database.write(setup_changes.change, values, seen, by=by, now=bot.clock.now())
    movie = await delivered(bot)
    await bot.bob.click(movie, label=ENGLISH("stars-star-button"))
    await bot.run_until_idle()
    [starred] = gallery.history()
    assert [each.filename for each in starred.attachments] == [each.filename for each in movie.attachments]
    assert len(starred.attachments) == 1


async def test_a_passing_trouble_does_not_cost_the_attachment(bot: BotHarness) -> None:
    """The retry attaches the movie, with the same nonce."""
    bot.env.inject_error("POST", MESSAGES, status=503, code=0)
    message = await delivered(bot)
    assert len(message.attachments) == 1
    assert len({each["nonce"] for each in sends(bot)}) == 1


async def test_a_movie_is_fetched_twice_at_most(bot: BotHarness) -> None:
    """While Discord stays down, each later try sends the link alone."""
    bot.env.inject_error("POST", MESSAGES, status=503, code=0, times=5)
    await bot.movie()
    await bot.finish()
    for _ in range(6):
        await bot.run_until_idle(3600)
    [message] = [each for each in bot.messages() if "Your movie is ready." in each.content]
    assert message.attachments == []
    assert len(sends(bot)) == 6
    assert len(fetched(bot)) == 2


async def test_a_closed_channel_gets_the_movie_to_the_member(bot: BotHarness) -> None:
    """The direct message has the attachment, too."""
    await bot.movie()
    await bot.run_until_idle()
    bot.env.backend.delete_channel(bot.channel.id)
    await bot.finish()
    [message] = bot.direct_messages(bot.alice)
    assert len(message.attachments) == 1


async def test_only_a_finished_movie_is_fetched(bot: BotHarness) -> None:
    """A failed movie is not, even if the API links to one."""

    async def failed(exchange: Exchange, proceed: Proceed) -> Reply:
        reply = await proceed(exchange)
        if b"COMPLETED" not in reply.body:
            return reply
        return Reply.of({**json.loads(reply.body), "status": "FAILED"})

    bot.upstream.inject(Fault("failed", "says that the movie failed, with its link", failed, (Route.STATUS,)))
    await bot.movie()
    await bot.finish()
    assert bot.job()["state"] == "failed"
    assert len(sends(bot)) == 1
    assert not any(each.attachments for each in bot.messages())
    assert fetched(bot) == []
