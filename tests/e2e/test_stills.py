"""While a movie is made, its card shows its newest still."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import discord
import pytest

from bot.domain.jobs import JobState
from bot.domain.server_setup import AgeRule
from bot.samsar.config import ApiVersion
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.age_restricted import AgeRestricted
from tests.helpers.awaiting import configure
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import message_text

STATUS, DETAILS = "/v1/status", "/v2/status_detailed"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[AdminHarness]:
    """A bot that trusts the fake API's stills."""
    async with open_admin_harness(tmp_path, version=ApiVersion.AUTUMN_2026) as opened:
        await opened.restart(trusted_movie_origins=opened.upstream.origin)
        yield opened


def asked(bot: BotHarness, path: str) -> int:
    return sum(each.path == path for each in bot.upstream.requests)


def files(bot: BotHarness) -> list[tuple[str, int]]:
    [message] = bot.messages()
    return [(each.filename, each.id) for each in message.attachments]


async def until(bot: BotHarness, stage: str) -> discord.Message:
    """Let the ordered movie be made until this stage, and return its card."""
    while bot.stored_job().progress.stage != stage:
        await bot.run_until_idle(5)
    return bot.messages()[0]


async def test_a_card_shows_the_newest_still_until_its_movie_is_there(bot: AdminHarness) -> None:
    await bot.movie(duration=20)
    await until(bot, "image_generation")
    assert [name for name, _ in files(bot)] == ["scene-1.jpg"]
    card = await until(bot, "speech_generation")
    newest = files(bot)
    assert [name for name, _ in newest] == ["scene-4.jpg"]
    await bot.act(bot.alice, card, "target", "channel")
    await until(bot, "music_generation")
    await bot.restart()
    await until(bot, "frame_generation")
    assert files(bot) == newest, "an upload has another id"
    assert (asked(bot, DETAILS), asked(bot, STATUS)) == (2, 10)
    await bot.finish()
    job = bot.stored_job()
    assert (job.state, [name for name, _ in files(bot)]) == (JobState.COMPLETED, [f"movie-{job.id}.mp4"])


@pytest.mark.parametrize(
    ("age", "stays_restricted", "shown"),
    [
        (AgeRule.SPOILER, False, ["SPOILER_scene-4.jpg"]),
        (AgeRule.RESTRICTED, False, []),
    ],
)
async def test_a_still_is_shown_as_its_movie_will_be(
    bot: AdminHarness, monkeypatch: pytest.MonkeyPatch, age: AgeRule, stays_restricted: bool, shown: list[str]
) -> None:
    flags = AgeRestricted(monkeypatch)
    await flags.set(bot, bot.channel)
    await configure(bot, age=age)
    await bot.movie(duration=20)
    await flags.set(bot, bot.channel, restricted=stays_restricted)
    await until(bot, "speech_generation")
    newest = files(bot)
    assert [name for name, _ in newest] == shown
    await until(bot, "ai_video_generation")
    assert files(bot) == newest


async def test_a_card_has_no_still_once_its_movie_goes_by_dm_or_is_cancelled(bot: AdminHarness) -> None:
    await bot.movie(duration=20)
    card = await until(bot, "ai_video_generation")
    for target, count in (("direct", 0), ("channel", 1)):
        await bot.act(bot.alice, card, "target", target)
        assert len(files(bot)) == count
    await bot.act(bot.alice, card, "cancel-confirm")
    await bot.run_until_idle()
    assert files(bot) == []


@pytest.mark.parametrize(
    ("method", "shown"), [("GET", ["scene-4.jpg"]), ("PATCH", []), (None, [])], ids=["card", "upload", "download"]
)
async def test_what_fails_about_a_still_harms_no_movie(bot: AdminHarness, method: str | None, shown: list[str]) -> None:
    await bot.movie(duration=20)
    await until(bot, "image_generation")
    if method is None:
        await bot.restart(trusted_movie_origins="")
    else:
        path = f"/channels/{bot.channel.id}/messages/*"
        bot.env.inject_error(method, path, status=403, code=50013, times=1)
    card = await until(bot, "speech_generation")
    assert ENGLISH("stages-speech-generation") in message_text(card)
    assert [name for name, _ in files(bot)] == shown
    await bot.finish()
    assert bot.stored_job().state is JobState.COMPLETED
