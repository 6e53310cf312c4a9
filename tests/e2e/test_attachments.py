"""A movie is attached where possible, and its link always sent. A link expires, an attachment stays."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from simcord.backend import serializers

from bot.discord_client import uploads
from bot.domain.jobs import JobState
from bot.domain.quota import AuditContext
from bot.downloads.downloader import FILE_PREFIX
from bot.sandbox.fake_samsar import ReceivedRequest
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply, Route
from bot.ui import formatting
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import MESSAGES, BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.movie_host import MovieHost
from tests.helpers.reading import addresses, labels, message_text
from tests.helpers.server_settings import change_setup
from tests.helpers.unlisted_files import shown_files_unlisted

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
    return list((tmp_path / "temporary").glob(f"{FILE_PREFIX}*.mp4"))


async def delivered(bot: BotHarness) -> discord.Message:
    await bot.made(duration=1)
    job = bot.stored_jobs()[-1]
    assert job.state is JobState.COMPLETED
    message = bot.messages()[-1]
    assert ", your movie is ready." in message_text(message)
    [shown, watch] = [each for each in addresses(message) if job.id in each or each == job.movie_url]
    assert (watch, job.movie_url == shown) == (job.movie_url, not message.attachments)
    assert all(each["sent_at"] for each in ledger_checks.outbox(bot.path))
    return message


def sends(bot: BotHarness) -> list[Any]:
    return [each.json for each in bot.requests("POST", f"/channels/{bot.channel.id}/messages")]


def fetched(bot: BotHarness) -> list[ReceivedRequest]:
    return [each for each in bot.upstream.requests if each.path.startswith("/movies/")]


def reasons(caplog: pytest.LogCaptureFixture, event: str) -> list[str]:
    return [str(each.__dict__["error"]) for each in caplog.records if each.message == event]


def moved(bot: BotHarness, url: str) -> None:
    async def act(exchange: Exchange, proceed: Proceed) -> Reply:
        reply = await proceed(exchange)
        if b"COMPLETED" not in reply.body or b"result" not in reply.body:
            return reply
        return Reply.of({"status": "COMPLETED", "result": {"url": url}})

    bot.upstream.inject(Fault("moved", "says the movie lies elsewhere", act, (Route.STATUS,)))


def boosted(monkeypatch: pytest.MonkeyPatch, tier: int) -> None:
    payload = serializers.guild_create_payload

    def with_tier(*args: Any) -> dict[str, Any]:
        return {**payload(*args), "premium_tier": tier}

    monkeypatch.setattr(serializers, "guild_create_payload", with_tier)


async def test_the_movie_comes_with_its_message_and_into_the_gallery(bot: BotHarness, tmp_path: Path) -> None:
    gallery = bot.guild.create_text_channel("gallery")
    by = AuditContext(1, bot.guild.id)
    await change_setup(bot.app.database, by, bot.clock.now(), gallery=gallery.id, gallery_stars=1)
    message = await delivered(bot)
    [attachment] = message.attachments
    assert attachment.filename == f"movie-{bot.job()['id']}.mp4"
    job = bot.job()
    duration = formatting.format_duration(ENGLISH, job["duration_seconds"])
    assert attachment.description == ENGLISH("deliveries-movie-alt-text", duration=duration, prompt=job["prompt"])
    assert left(tmp_path) == []
    assert not any(each.authorization_ok for each in fetched(bot))
    async with aiohttp.ClientSession() as session, session.get(job["movie_url"]) as response:
        movie = await response.read()
    assert (movie[4:8], movie) == (b"ftyp", await attachment.read())
    with shown_files_unlisted():
        await bot.bob.click(message, label=ENGLISH("stars-star-button"))
        await bot.run_until_idle()
    [starred] = gallery.history()
    assert [each.description for each in starred.attachments] == [attachment.description]
    assert job["movie_url"] in addresses(starred)
    counted = bot.messages()[-1]
    assert (labels(counted)[-2], [each.id for each in counted.attachments]) == ("⭐ 1", [attachment.id])
    assert addresses(counted) == addresses(message), "the file that is attached is still what plays"


async def test_how_much_is_attached_is_the_operators_and_the_servers(
    bot: BotHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every server takes 10 MiB, and a boosted one 50. Discord counts the whole request, of which a movie is a part."""
    large, almost = 11 * MIB, 10 * MIB - 1000
    cases = (("always", 0, large, 0), ("always", 0, almost, 0), ("always", 2, large, 1), ("small", 2, large, 0))
    for mode, tier, size, attached in (*cases, ("off", 2, large, 0)):
        async with MovieHost(size) as host:
            bot.upstream.clear_faults()
            moved(bot, f"{host.origin}/movie.mp4")
            boosted(monkeypatch, tier)
            await bot.restart(attach_movies=mode, trusted_movie_origins=host.origin)
            before = len(sends(bot))
            assert len((await delivered(bot)).attachments) == attached, (mode, tier, size)
            assert len(sends(bot)) == before + 1
            assert len(host.asked) == (mode != "off"), "`off` asks for none"


async def test_a_movie_that_cannot_be_fetched_does_not_hold_up_its_message(
    bot: BotHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.restart(trusted_movie_origins="")
    assert (await delivered(bot)).attachments == []
    assert fetched(bot) == []
    await bot.restart(trusted_movie_origins=bot.upstream.origin)
    moved(bot, f"{bot.upstream.origin}/movies/none.mp4")
    assert (await delivered(bot)).attachments == []
    bot.upstream.clear_faults()
    monkeypatch.setattr(uploads, "_TIMEOUT_SECONDS", 0)
    assert (await delivered(bot)).attachments == []
    untrusted, gone, slow = reasons(caplog, "attachment_skipped")
    assert "https" in untrusted
    assert (gone, slow) == ("the server answered 404", "TimeoutError")


async def test_what_discord_does_not_take_is_sent_without(bot: BotHarness, caplog: pytest.LogCaptureFixture) -> None:
    refusals = {"too large": (413, 40005), "too large as 400": (400, 40005), "may not attach": (403, 50013)}
    for name, (status, code) in {**refusals, "too large for a proxy": (413, 0)}.items():
        before = len(sends(bot))
        bot.env.inject_error("POST", MESSAGES, status=status, code=code)
        assert (await delivered(bot)).attachments == [], name
        first, second = sends(bot)[before:]
        assert first["nonce"] == second["nonce"], name
    assert len(reasons(caplog, "message_rejected")) == 4
    assert bot.direct_messages(bot.alice) == []
