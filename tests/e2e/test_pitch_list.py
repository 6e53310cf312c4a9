"""/pitches: a list of the server's open pitches."""

from __future__ import annotations

import pytest

from bot.domain.pitch import Pitched, PitchSort
from bot.domain.request import Draft
from bot.ui import errors, pitch_list
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.pitching import pressing
from tests.helpers.reading import response_text

pytestmark = pytest.mark.both_engines


async def test_the_pitches_of_this_server_are_listed_and_sorted(bot: BotHarness) -> None:
    """The list's pages and sorting still work after a restart."""
    empty = await bot.alice.slash(bot.channel, "pitches")
    assert ENGLISH("pitches-empty") in response_text(empty)
    for number in range(pitch_list.PAGE_SIZE + 1):
        draft = Draft(f"movie {number}", 10 + number)
        for guild in (bot.guild.id, 99):
            made = await bot.app.pitches.pitch(pressing(100 + number, guild=guild), draft)
            assert isinstance(made, Pitched), made
            assert await bot.app.pitches.record_message(made.pitch, 1000 + number)
    found = await bot.bob.slash(bot.channel, "pitches")
    assert "**1.** movie 0\n" in response_text(found)
    assert response_text(found).count("/channels/") == pitch_list.PAGE_SIZE
    await bot.restart()
    message = found.response
    assert message is not None
    turned = await bot.press(bot.bob, message, f"m:{pitch_list.PAGE}:{PitchSort.MISSING}:1")
    assert f"**{pitch_list.PAGE_SIZE + 1}.** movie {pitch_list.PAGE_SIZE}\n" in response_text(turned)
    newest = await bot.press(bot.bob, message, f"m:{pitch_list.SORT}", [PitchSort.AGE])
    assert f"**1.** movie {pitch_list.PAGE_SIZE}\n" in response_text(newest)
    forged = await bot.press(bot.bob, message, f"m:{pitch_list.PAGE}:cheapest:-1")
    assert response_text(forged) == errors.outdated_command(ENGLISH)
