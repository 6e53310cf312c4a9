"""/pitches: a list of the server's open pitches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.pitch import Ended, Pitch, Pitched, PitchSort
from bot.domain.request import Draft
from bot.ui import errors, pitch_list
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.pitching import pressing
from tests.helpers.reading import message_text, response_text

pytestmark = pytest.mark.both_engines


async def pitched(bot: BotHarness, number: int) -> Pitch:
    """Return a member's pitch here; there is the same in another server."""
    draft = Draft(f"movie {number}", 10 + number)
    contexts = [replace(pressing(100 + number, guild=each), channel_id=bot.channel.id) for each in (99, bot.guild.id)]
    made = [await bot.app.pitches.pitch(each, draft) for each in contexts]
    pitches = [each.pitch for each in made if isinstance(each, Pitched)]
    for pitch in pitches:
        assert await bot.app.pitches.record_message(pitch, 1000 + number)
    _, here = pitches
    return here


async def test_the_pitches_of_this_server_are_listed_and_sorted(bot: BotHarness) -> None:
    empty = await bot.alice.slash(bot.channel, "pitches")
    assert ENGLISH("pitches-empty") in response_text(empty)
    first, *_ = [await pitched(bot, number) for number in range(pitch_list.PAGE_SIZE + 1)]
    found = await bot.bob.slash(bot.channel, "pitches")
    assert "**1.** movie 0\n" in response_text(found)
    assert response_text(found).count("/channels/") == pitch_list.PAGE_SIZE
    await bot.restart()
    message = found.response
    assert message is not None
    await pitched(bot, pitch_list.PAGE_SIZE + 1)
    assert isinstance(await bot.app.pitches.withdraw(bot.guild.id, first.member_id, first.id), Ended)
    turned = await bot.press(bot.bob, message, f"m:{pitch_list.PAGE}:{PitchSort.MISSING}:1")
    assert f"**{pitch_list.PAGE_SIZE + 1}.** movie {pitch_list.PAGE_SIZE + 1}\n" in response_text(turned)
    back = await bot.press(bot.bob, message, f"m:{pitch_list.PAGE}:{PitchSort.MISSING}:0")
    assert "**1.** movie 1\n" in response_text(back)
    newest = await bot.press(bot.bob, message, f"m:{pitch_list.SORT}", [PitchSort.AGE])
    assert f"**1.** movie {pitch_list.PAGE_SIZE + 1}\n" in response_text(newest)
    await bot.bob.click(message.message, custom_id=f"m:{pitch_list.PAGE}:{PitchSort.AGE}:1")
    assert "movie 1\n" in message_text(message), "the next page has the same order"
    typed = await bot.bob.slash(bot.channel, "pitches", sort=PitchSort.AGE.value)
    assert f"**1.** movie {pitch_list.PAGE_SIZE + 1}\n" in response_text(typed)
    forged = await bot.press(bot.bob, message, f"m:{pitch_list.PAGE}:cheapest:-1")
    assert response_text(forged) == errors.outdated_command(ENGLISH)
