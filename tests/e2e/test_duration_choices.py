"""Suggested durations in /movie, with their price and the credits left."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.domain.language import Language
from bot.locales.texts import Texts, texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH


async def choices(bot: BotHarness, typed: str, **filled: object) -> Mapping[int, str]:
    """Return what Alice is offered, by seconds."""
    offered = await bot.alice.autocomplete(bot.channel, "movie", "duration", typed, **filled)
    return {each["value"]: each["name"] for each in offered}


def leaves(seconds: int, price: int, after: int, texts: Texts = ENGLISH) -> str:
    """Return the text of a duration that fits."""
    duration = texts("units-seconds", seconds=seconds)
    return texts("quotes-duration-option", duration=duration, credits=price, after=after)


def too_long(duration: str, price: int) -> str:
    """Return the text of a duration that does not fit."""
    return ENGLISH("quotes-too-long-option", duration=duration, credits=price)


async def test_a_duration_shows_its_price_and_what_it_leaves_of_ones_own_credits(bot: BotHarness) -> None:
    """Own movies count, also after a restart, and other members' don't."""
    assert leaves(20, 200, 400) == "20 s · 200 credits · leaves 400"
    assert (await choices(bot, ""))[20] == leaves(20, 200, 400)
    await bot.movie(bot.bob, duration=30)
    assert (await choices(bot, ""))[20] == leaves(20, 200, 400)
    await bot.movie(duration=30)
    await bot.restart()
    offered = await choices(bot, "")
    assert offered[20] == leaves(20, 200, 100)
    assert offered[45] == too_long("45 s", 450)
    assert bot.member().held == 600  # for the two movies, nothing for a choice


async def test_what_was_typed_comes_first_and_nothing_that_movie_does_not_take(bot: BotHarness) -> None:
    assert [*(await choices(bot, "1"))] == [1, 10, 12, 15, 120]
    assert [*(await choices(bot, "17"))] == [17]
    for odd in ("0", "121", "9999", "abc", "-1", "²"):
        assert await choices(bot, odd) == {}


async def test_nothing_longer_than_the_server_allows_is_offered(admin_bot: AdminHarness) -> None:
    await configure(admin_bot, longest_seconds=12)
    assert max(await choices(admin_bot, "")) == 12
    assert [*(await choices(admin_bot, "1"))] == [1, 10, 12]


@pytest.mark.parametrize(("filled", "price"), [({}, 10), ({"video_model": "VEOI2V"}, 60)])
async def test_the_price_is_that_of_the_other_options(
    bot: BotHarness, filled: Mapping[str, object], price: int
) -> None:
    assert (await choices(bot, "5", **filled))[5] == leaves(5, 5 * price, 600 - 5 * price)


async def test_the_price_is_that_of_the_remembered_model(bot: BotHarness) -> None:
    await bot.movie(duration=1, video_model="VEOI2V")
    assert (await choices(bot, "5"))[5] == leaves(5, 300, 240)


async def test_there_is_no_price_where_the_other_options_cannot_be_made(bot: BotHarness) -> None:
    assert (await choices(bot, "5", video_model="LUMA", aspect_ratio="9:16"))[5] == "5 s"


async def test_the_choices_are_in_the_language_of_who_types(bot: BotHarness) -> None:
    SpokenLanguages(bot.env).members = {bot.alice.id: Language.JAPANESE}
    assert (await choices(bot, "20"))[20] == leaves(20, 200, 400, texts_in(Language.JAPANESE))
