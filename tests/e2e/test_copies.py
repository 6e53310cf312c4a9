"""Dubs, subtitles and films: ordered from ⋯ by anyone who may remix the movie, and pitched."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor

from bot.domain.jobs import JobState
from bot.samsar.config import ApiVersion
from bot.ui import copies, scenes
from bot.ui.components import custom_id, walk
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.expected_text import ENGLISH, refusal
from tests.helpers.quote_message import ACCEPT, QuoteMessage, quote_in
from tests.helpers.reading import answered, custom_ids, everything_shown, message_text
from tests.helpers.steps import behind_more

PITCH = copies.PITCH
SECONDS = {"duration": 10, "video_model": "COSMOS3SUPERI2V"}
"""A movie for 100 credits, of which a copy costs 30."""


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[AdminHarness]:
    async with open_admin_harness(tmp_path, version=ApiVersion.AUTUMN_2026) as opened:
        yield opened


async def finished(bot: AdminHarness, **options: object) -> discord.Message:
    await bot.made(**{**SECONDS, **options})
    return bot.messages()[-1]


async def series(bot: AdminHarness, count: int) -> discord.Message:
    """Make a series, and return the message of its last movie."""
    movie = await finished(bot, prompt="scene 1")
    for number in range(2, count + 1):
        form = await bot.alice.click(movie, label=ENGLISH("series-continue-button"))
        price = await bot.alice.submit_modal(form, {"prompt": f"scene {number}", "seconds": "10"})
        await bot.alice.click(answered(price).message, custom_id=custom_ids(answered(price))[ACCEPT])
        await bot.finish()
        movie = bot.messages()[-1]
    return movie


async def price(bot: AdminHarness, movie: discord.Message, operation: str, who: MemberActor | None = None) -> Any:
    return quote_in(bot, await behind_more(who or bot.alice, movie, operation))


def chosen(quote: QuoteMessage) -> tuple[list[str], list[str]]:
    """Return the options of a price's only select, and those that are chosen."""
    [select] = [each for each in walk(quote.message.message.components) if isinstance(each, discord.SelectMenu)]
    return [each.value for each in select.options], [each.value for each in select.options if each.default]


def sent(bot: AdminHarness) -> tuple[str, Any]:
    """Return the last call that makes something, and its fields."""
    posted: Any = [each for each in bot.upstream.requests if each.method == "POST"][-1]
    return posted.path.rpartition("/")[2], posted.body["input"]


ORDERED = {
    "dub": ("Make it (up to 30)", "translate_video", 30, "In Spanish"),
    "subtitles": ("Make it", "add_subtitles", 0, "With subtitles"),
    "film": ("Make it (up to 60)", "join_videos", 60, "Film of 2 movies"),
}


@pytest.mark.parametrize("operation", ORDERED)
async def test_who_may_remix_a_movie_orders_a_copy_once_and_gets_it(bot: AdminHarness, operation: str) -> None:
    label, path, cost, name = ORDERED[operation]
    movie = await (series(bot, 2) if operation == "film" else finished(bot))
    sources, calls = [each.request_id for each in bot.stored_jobs()], bot.ordered()

    quote = await price(bot, movie, operation, bot.bob)
    assert quote.labels[0] == label
    assert ("you pay what it takes" in quote.text, "Free" in quote.text) == (cost > 0, cost == 0)
    await quote.press(who=bot.bob)
    assert ENGLISH("quotes-already-ordered-there", link="")[:20] in everything_shown(await quote.press(who=bot.bob))
    await bot.run_until_idle()
    await bot.restart()
    await bot.finish()

    assert (bot.ordered(), sent(bot)[0]) == (calls + 1, path)
    assert sent(bot)[1].get("session_ids", [sent(bot)[1].get("session_id")]) == sources
    job = bot.stored_jobs()[-1]
    assert (job.state, job.spent, bot.budget("member", bot.bob).used) == (JobState.COMPLETED, cost, cost)
    posted = message_text(bot.messages()[-1])
    assert name in posted
    assert f"{bot.bob.mention}, your movie is ready" in posted
    assert ("Free" in posted) is (cost == 0)
    assert "0 credits ·" not in posted.replace("30 credits", "").replace("60 credits", "")
    listed = message_text(answered(await bot.bob.slash(bot.channel, "movies")))
    assert (name in listed, "Free" in listed) == (True, cost == 0)


async def test_a_dub_is_in_the_chosen_language_and_offered_in_no_other_than_the_movies_own(bot: AdminHarness) -> None:
    quote = await price(bot, await finished(bot, language="es", subtitles=True), "dub")
    options, first = chosen(quote)
    assert ("es" in options, "auto" in options, first) == (False, False, ["en"])
    await quote.choose(copies.LANGUAGE, "fr")
    assert (chosen(quote)[1], "In French, with subtitles" in quote.text) == (["fr"], True)
    await quote.click()
    await bot.finish()
    assert sent(bot)[1]["language"] == "fr"
    assert sent(bot)[1]["enable_subtitles"] is True


async def test_subtitles_are_added_in_a_language_and_taken_away_where_there_are_some(bot: AdminHarness) -> None:
    quote = await price(bot, await finished(bot), "subtitles")
    options, first = chosen(quote)
    assert (copies.OFF in options, first) == (False, [copies.OWN])
    await quote.choose(copies.SUBTITLES, "ja")
    await quote.click()
    await bot.finish()
    assert sent(bot) == ("add_subtitles", sent(bot)[1] | {"subtitle_language": "ja"})

    quote = await price(bot, bot.messages()[-1], "subtitles")
    assert chosen(quote)[1] == [copies.OFF]
    await quote.click()
    await bot.finish()
    assert sent(bot)[0] == "remove_subtitles"
    assert "Without subtitles" in message_text(bot.messages()[-1])


async def test_a_film_has_the_chosen_movies_of_its_series_in_their_order(bot: AdminHarness) -> None:
    quote = await price(bot, await series(bot, 3), "film")
    ids = [each.id for each in bot.stored_jobs()]
    assert (chosen(quote), quote.labels[0]) == ((ids, ids), "Make it (up to 90)")
    await bot.press(bot.alice, quote.message, quote.custom_ids[ACCEPT].replace(ACCEPT, copies.MOVIES), [ids[2], ids[0]])
    assert (chosen(quote), quote.labels[0]) == ((ids, [ids[0], ids[2]]), "Make it (up to 60)")
    await quote.click()
    assert bot.stored_jobs()[-1].request.sources == (ids[0], ids[2])


async def test_a_film_is_offered_to_whom_sees_two_movies_of_the_series(bot: AdminHarness) -> None:
    hidden = bot.closed_channel("hidden", bot.alice)
    await bot.alice.slash(hidden, "movie", prompt="scene 1", **SECONDS)
    await bot.finish()
    other = answered(await bot.alice.slash(bot.channel, "help"))
    form = await bot.press(bot.alice, other, custom_id("continue", bot.stored_job().id))
    asked = answered(await bot.alice.submit_modal(form, {"prompt": "scene 2", "seconds": "10"}))
    await bot.alice.click(asked.message, custom_id=custom_ids(asked)[ACCEPT])
    await bot.finish()
    movie = bot.messages()[-1]
    for who, sees in ((bot.alice, True), (bot.bob, False)):
        card = answered(await who.click(movie, custom_id=custom_ids(movie)["more"]))
        assert ("film" in custom_ids(card), "dub" in custom_ids(card)) == (sees, True)
    forged = await bot.press(bot.bob, movie, custom_id("film", bot.stored_jobs()[-1].id))
    assert refusal("copies-film-size", least=2, most=20) in everything_shown(forged)


async def test_who_does_not_see_a_movie_makes_nothing_of_it(bot: AdminHarness) -> None:
    hidden = bot.closed_channel("hidden", bot.alice)
    await bot.alice.slash(hidden, "movie", prompt="a secret", **SECONDS)
    await bot.finish()
    other = answered(await bot.bob.slash(bot.channel, "help"))
    for action in (*ORDERED, scenes.OPEN, scenes.PICK):
        said = await bot.press(bot.bob, other, custom_id(action, bot.stored_job().id), ("1",))
        assert ENGLISH("buttons-unknown-movie") in everything_shown(said)


async def test_who_can_not_afford_a_film_takes_fewer_movies_or_lets_others_chip_in(bot: AdminHarness) -> None:
    movie = await series(bot, 3)
    await bot.restart(member_monthly_credits=370)
    refused = quote_in(bot, await behind_more(bot.alice, movie, "film"))
    ids = [each.id for each in bot.stored_jobs()]
    assert (chosen(refused)[1], ACCEPT in refused.actions, PITCH in refused.actions) == (ids, False, True)
    taken = custom_ids(refused.message)[PITCH].replace(PITCH, copies.MOVIES)
    await bot.press(bot.alice, refused.message, taken, ids[:2])
    assert refused.labels[0] == "Make it (up to 60)"


async def test_another_version_of_the_api_has_none_of_the_buttons(bot: AdminHarness) -> None:
    movie = await finished(bot)
    below = (copies.LANGUAGE, copies.SUBTITLES, copies.MOVIES, PITCH, ACCEPT)
    quotes = {each: await price(bot, movie, "dub") for each in below}
    (bot.tmp_path / "catalogue.toml").unlink()
    await bot.restart(samsar_api="2025-03")
    made = (*ORDERED, scenes.OPEN, scenes.PICK)
    pressed = [await bot.press(bot.alice, movie, custom_id(each, bot.stored_job().id), ("1",)) for each in made]
    for action, quote in quotes.items():
        button = custom_id(action, quote.custom_ids[ACCEPT].rpartition(":")[2])
        pressed.append(await bot.press(bot.alice, quote.message, button, ["x"]))
    known = ENGLISH("errors-outdated"), refusal("copies-not-offered")
    assert all(any(each in everything_shown(answer) for each in known) for answer in pressed)
    card = await bot.alice.click(movie, custom_id=custom_ids(movie)["more"])
    assert not {*made} & {*custom_ids(answered(card))}
    assert len(bot.stored_jobs()) == 1
