"""/top: the server's best of a month, read privately by anyone."""

from __future__ import annotations

import pytest

from bot.ui import quota_admin
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import ephemeral_text
from tests.helpers.steps import completed_movie

pytestmark = pytest.mark.both_engines


async def test_anyone_reads_the_best_of_a_month(bot: BotHarness) -> None:
    """Its movies, makers and patrons. A month that is none is refused kindly."""
    empty = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert ENGLISH("top-nothing") in empty
    movie = await completed_movie(bot, prompt="a cat")
    await bot.bob.click(movie, label=ENGLISH("stars-star-button"))
    text = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert "1. a cat · ⭐ 1" in text
    assert f"1. {bot.alice.mention} · {ENGLISH('units-movies', movies=1)}" in text
    assert f"1. {bot.alice.mention} · {ENGLISH('units-credits', credits=200)}" in text
    wrong = await bot.bob.slash(bot.channel, "top", month="2026-13")
    assert ephemeral_text(wrong) == quota_admin.bad_month(ENGLISH, "2026-13")
