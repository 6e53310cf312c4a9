"""The extras of the API of 2026: language, subtitles and tone."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import discord
import pytest
from simcord.results import InteractionResult

from bot.domain.extras import NO_EXTRAS, SpokenLanguage
from bot.domain.preferences import Preferences
from bot.domain.request import ProblemCode
from bot.samsar.profile import ApiVersion
from bot.ui import command_descriptions, errors, pitches
from bot.ui import preferences as messages
from data.preferences import get
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH, problem_line, quote_title
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.quote_message import make_by_modal
from tests.helpers.reading import custom_ids, ephemeral_text, field_of, labels, message_text, response_text
from tests.helpers.steps import completed_movie, finish, rendering

NOTHING = BudgetTotals(used=0, held=0)

EXTRAS = [
    pytest.param("language", "fr", {"language": "fr"}, "French", id="language"),
    pytest.param("subtitles", True, {"enable_subtitles": True}, "Subtitles", id="subtitles"),
    pytest.param("tone", "cinematic", {"tone": "cinematic"}, "Tone: Cinematic", id="tone"),
]
"""Each extra: its option and a choice, what the API is sent, and what a card says."""

CHOSEN: Mapping[str, object] = {"language": "fr", "subtitles": True, "tone": "cinematic"}
SENT: Mapping[str, object] = {"language": "fr", "enable_subtitles": True, "tone": "cinematic"}
SHOWN = "French · Subtitles · Tone: Cinematic"
PICKED = ["subtitles:on", "tone:cinematic", "language:fr"]


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot at the API of 2026."""
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026) as opened:
        yield opened


def sent_extras(bot: BotHarness) -> list[dict[str, object]]:
    """The extras that each order named."""
    always = {"prompt", "duration", "video_model", "image_model", "aspect_ratio"}
    bodies = [cast("dict[str, Any]", each.body)["input"] for each in bot.upstream.requests if each.method == "POST"]
    return [{name: value for name, value in body.items() if name not in always} for body in bodies]


def picked(form: InteractionResult) -> Sequence[str]:
    """What is picked in the last field of an open form."""
    assert form.modal is not None
    return [option["value"] for option in form.modal["components"][-1]["component"]["options"] if option.get("default")]


def registered(bot: BotHarness) -> list[str]:
    """The options of /movie, as they are registered."""
    movie = next(
        each
        for each in bot.env.backend.visible_commands(user_id=bot.alice.id, channel_id=bot.channel.id)
        if each["name"] == "movie"
    )
    return [option["name"] for option in movie["options"]]


async def open_modal(bot: BotHarness, text: str = "a cat") -> InteractionResult:
    """Alice opens the menu of what she wrote."""
    message = await bot.alice.send(bot.channel, text)
    return await bot.alice.context_menu(bot.channel, command_descriptions.MAKE_A_MOVIE.message, message)


async def preferences_page(bot: BotHarness) -> discord.Message:
    """Alice opens the page of extras of /preferences."""
    shown = await bot.alice.slash(bot.channel, "preferences")
    assert shown.response is not None
    page = await bot.alice.click(shown.response.message, label=ENGLISH("preferences-extras-button"))
    assert page.response is not None
    return page.response.message


async def kept(bot: BotHarness) -> tuple[str | None, bool | None, str | None]:
    """The extras that are remembered of Alice."""
    found = await bot.app.database.read(get, bot.alice.id)
    return found.language, found.subtitles, found.tone


@pytest.mark.parametrize(("option", "value", "sent", "shown"), EXTRAS)
async def test_an_extra_of_the_command_reaches_the_api_and_the_card(
    bot: BotHarness, option: str, value: object, sent: Mapping[str, object], shown: str
) -> None:
    """The movie's page in /movies shows it, too."""
    card = response_text(await bot.movie(duration=10, **{option: value}))
    assert card.count(shown) == 1
    await finish(bot)
    assert sent_extras(bot) == [sent]
    assert bot.member() == BudgetTotals(used=100, held=0)
    listed = await bot.alice.slash(bot.channel, "movies")
    assert listed.response is not None
    detail = await bot.alice.select(
        listed.response.message, [bot.job()["id"]], custom_id=_open_menu(listed.response.message)
    )
    assert shown in response_text(detail)


async def test_the_extras_of_a_pitch_reach_its_message_and_the_api(bot: BotHarness) -> None:
    await bot.alice.slash(bot.channel, "pitch", prompt="a cat", duration=10, **CHOSEN)
    [message] = bot.messages()
    assert message_text(message).count(SHOWN) == 1
    await bot.press(bot.alice, message, custom_ids(message)[pitches.REST])
    await finish(bot)
    assert sent_extras(bot) == [SENT]
    assert bot.member() == BudgetTotals(used=100, held=0)


def _open_menu(message: discord.Message) -> str:
    menus = [each for row in message.components for each in row.children if isinstance(each, discord.SelectMenu)]
    return next(menu.custom_id for menu in menus if menu.custom_id.startswith("m:movies-detail"))


async def test_the_apis_defaults_are_neither_sent_nor_shown(bot: BotHarness) -> None:
    """Naming a default is the same as leaving it out."""
    unsaid = await bot.movie(duration=10)
    assert unsaid.response is not None
    plain = field_of(unsaid.response.message, "Movie")
    said = await bot.movie(duration=10, language="auto", subtitles=False, tone="grounded")
    assert said.response is not None
    assert field_of(said.response.message, "Movie") == plain
    await finish(bot)
    assert sent_extras(bot) == [{}, {}]


@pytest.mark.parametrize(("option", "value", "sent", "shown"), EXTRAS)
async def test_a_price_shows_the_extra_and_is_accepted_after_a_restart(
    bot: BotHarness, option: str, value: object, sent: Mapping[str, object], shown: str
) -> None:
    """The edit form has the extra, too."""
    await bot.restart(confirm_above_credits=0)
    quote = await bot.movie(duration=10, **{option: value})
    assert shown in ephemeral_text(quote)
    assert quote.response is not None
    await bot.restart()
    form = await bot.alice.click(quote.response.message, label=ENGLISH("quotes-edit-button"))
    assert len(picked(form)) == 1
    assert picked(form)[0].startswith(f"{option}:")
    await bot.alice.click(quote.response.message, label=ENGLISH("quotes-accept-button"))
    await finish(bot)
    assert sent_extras(bot) == [sent]


@pytest.mark.parametrize(
    ("option", "sent", "shown"), [(each.values[0], each.values[2], each.values[3]) for each in EXTRAS]
)
async def test_an_extra_is_picked_in_the_form_which_works_after_a_restart(
    bot: BotHarness, option: str, sent: Mapping[str, object], shown: str
) -> None:
    """Forms have five fields, so extras share one with the aspect ratio."""
    form = await open_modal(bot)
    assert form.modal is not None
    assert len(form.modal["components"]) == 5
    assert picked(form) == []
    await bot.restart()
    value = next(each for each in PICKED if each.startswith(f"{option}:"))
    values = {"prompt": "a cat", "seconds": "10", "options": ["aspect_ratio:9:16", value]}
    await make_by_modal(bot.alice, form, values)
    card = message_text(bot.messages()[-1])
    assert "9:16" in card
    assert shown in card
    await finish(bot)
    assert sent_extras(bot) == [sent]
    assert bot.job()["aspect_ratio"] == "9:16"


async def test_two_languages_are_said_and_nothing_that_was_typed_is_lost(bot: BotHarness) -> None:
    """A button opens the form again, also after a restart."""
    form = await open_modal(bot)
    options = ["aspect_ratio:9:16", "subtitles:on", "language:fr", "language:hi"]
    values = {"prompt": "a long story of a cat", "seconds": "12", "options": options}
    result = await bot.alice.submit_modal(form, values)
    assert problem_line(ProblemCode.LANGUAGE_AMBIGUOUS, allowed=("fr", "hi")) in ephemeral_text(result)
    assert bot.member() == NOTHING
    assert result.response is not None
    assert labels(result.response) == [ENGLISH("quotes-edit-button")]
    await bot.restart()
    again = await bot.alice.click(result.response.message, label=ENGLISH("quotes-edit-button"))
    assert again.modal is not None
    assert "a long story of a cat" in str(again.modal)
    assert picked(again) == ["aspect_ratio:9:16", "subtitles:on"]
    await bot.alice.submit_modal(again, {**values, "options": ["subtitles:on", "language:hi"]})
    await bot.alice.click(result.response.message, label=ENGLISH("quotes-accept-button"))
    await finish(bot)
    assert sent_extras(bot) == [{"language": "hi", "enable_subtitles": True}]


async def test_extras_are_kept_where_the_length_is_odd(bot: BotHarness) -> None:
    form = await open_modal(bot)
    options = ["subtitles:on", "language:fr", "tone:cinematic"]
    values = {"prompt": "a cat", "seconds": "abc", "video_model": ["RUNWAYML"], "options": options}
    result = await bot.alice.submit_modal(form, values)
    assert result.response is not None
    again = await bot.alice.click(result.response.message, label=ENGLISH("quotes-edit-button"))
    assert {*picked(again)} >= {*options}
    assert query(bot.place, "SELECT video_model FROM quotes") == [{"video_model": "RUNWAYML"}]


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("language", "de", ProblemCode.LANGUAGE_UNKNOWN),
        ("subtitles", "yes", ProblemCode.SUBTITLES_UNKNOWN),
        ("tone", "funny", ProblemCode.TONE_UNKNOWN),
    ],
)
async def test_a_value_that_is_not_offered_is_refused(
    bot: BotHarness, option: str, value: str, code: ProblemCode
) -> None:
    """Unoffered values come from an old registration or a forged request."""
    text = ephemeral_text(await bot.forge(prompt="a cat", **{option: value}))
    refusal = problem_line(code, value, ("en",)).partition(": ")[0]
    assert refusal in text.splitlines()[1]
    assert bot.member() == NOTHING
    if code is not ProblemCode.SUBTITLES_UNKNOWN:  # the form has an option for on, and none for off
        picks = {"prompt": "a cat", "seconds": "10", "options": [f"{option}:{value}"]}
        assert refusal in ephemeral_text(await bot.submit(bot.alice, "m:order", picks))
    assert bot.member() == NOTHING


async def test_the_last_extras_are_the_next_movies(bot: BotHarness) -> None:
    """Command and form reuse the last extras unless the member chooses others."""
    await bot.movie(duration=10, **CHOSEN)
    await bot.clock.advance(1)
    assert SHOWN in response_text(await bot.movie())
    await bot.clock.advance(1)
    form = await open_modal(bot)
    assert [*picked(form)] == PICKED
    await make_by_modal(bot.alice, form, {"prompt": "a cat", "seconds": "10", "options": ["language:fr"]})
    await bot.clock.advance(1)
    assert SHOWN not in response_text(await bot.movie(language="auto"))
    await bot.finish()
    assert sent_extras(bot) == [SENT, SENT, {"language": "fr"}, {}]


@pytest.mark.parametrize(
    ("menu", "option", "sent", "shown"),
    [
        ("language", "fr", {"language": "fr"}, "French"),
        ("subtitles", "on", {"enable_subtitles": True}, "Subtitles"),
        ("tone", "cinematic", {"tone": "cinematic"}, "Tone: Cinematic"),
    ],
)
async def test_an_extra_is_chosen_in_preferences_and_reset_after_a_restart(
    bot: BotHarness, menu: str, option: str, sent: Mapping[str, object], shown: str
) -> None:
    """The page stays open and leads back to the main page."""
    page = await preferences_page(bot)
    result = await bot.alice.select(page, [option], custom_id=f"m:preferences:{menu}")
    assert result.response is not None
    assert labels(result.response) == [ENGLISH("preferences-back-button")]
    forged = await bot.press(bot.alice, page, f"m:preferences:{menu}", ["owl"])
    assert messages.not_offered(ENGLISH) in response_text(forged)
    assert forged.response is not None
    assert labels(forged.response) == [ENGLISH("preferences-back-button")]
    assert shown in response_text(await bot.movie(duration=10))
    await finish(bot)
    assert sent_extras(bot) == [sent]
    await bot.restart()
    await bot.alice.select(page, ["(default)"], custom_id=f"m:preferences:{menu}")
    extras = dict(zip(("language", "subtitles", "tone"), await kept(bot), strict=True))
    assert extras[menu] is None
    back = await bot.alice.click(page, label=ENGLISH("preferences-back-button"))
    assert back.response is not None
    assert "Language, subtitles, tone" in labels(back.response)


async def test_remix_again_and_try_again_keep_the_extras_after_a_restart(bot: BotHarness) -> None:
    """A movie's own extras count, not those that are remembered."""
    movie = await completed_movie(bot, **CHOSEN)
    await bot.app.database.write(lambda tx: tx.execute("DELETE FROM member_preferences"))
    await bot.restart()
    form = await bot.alice.click(movie, label=ENGLISH("buttons-remix-button"))
    assert [*picked(form)] == PICKED
    await make_by_modal(bot.alice, form, {"prompt": "a dog", "seconds": "10", "options": picked(form)})
    await bot.restart()
    again = await bot.bob.click(movie, label=ENGLISH("buttons-rerun-button"))
    assert SHOWN in ephemeral_text(again)
    assert again.response is not None
    await bot.restart()
    await bot.bob.click(again.response.message, label=ENGLISH("quotes-accept-button"))
    await finish(bot)
    assert sent_extras(bot) == [SENT, SENT, SENT]


async def test_a_failed_movie_is_tried_again_with_its_extras(bot: BotHarness) -> None:
    """The message about the failure has the button, also after a restart."""
    bot.upstream.fail_renders(lambda prompt: "balloon" in prompt)
    await rendering(bot, **CHOSEN)
    await finish(bot)
    await bot.restart()
    [message] = bot.messages()
    result = await bot.alice.click(message, label=ENGLISH("buttons-retry-button"))
    assert quote_title(200) in ephemeral_text(result)
    assert SHOWN in ephemeral_text(result)
    assert result.response is not None
    await bot.alice.click(result.response.message, label=ENGLISH("quotes-accept-button"))
    await finish(bot)
    assert sent_extras(bot) == [SENT, SENT]


async def test_a_remix_of_a_movie_without_extras_does_not_take_those_that_are_remembered(bot: BotHarness) -> None:
    """A remix repeats the movie's own request."""
    movie = await completed_movie(bot)
    await bot.movie(duration=10, **CHOSEN)
    assert picked(await bot.alice.click(movie, label=ENGLISH("buttons-remix-button"))) == []


async def go_back(bot: BotHarness) -> None:
    """Restart the bot with the API of March 2025."""
    await bot.restart(samsar_api=ApiVersion.MARCH_2025.value)


async def test_with_the_older_api_nothing_speaks_of_extras_and_what_is_remembered_is_not_lost(bot: BotHarness) -> None:
    """They count again once the operator returns to the newer API."""
    assert registered(bot)[-3:] == ["language", "subtitles", "tone"]
    await bot.movie(duration=10, **CHOSEN)
    await bot.clock.advance(1)
    await go_back(bot)
    assert registered(bot) == ["prompt", "duration", "video_model", "image_model", "aspect_ratio"]
    card = response_text(await bot.movie())
    assert "French" not in card
    assert bot.stored_jobs()[-1].request.extras == NO_EXTRAS
    form = await open_modal(bot)
    assert form.modal is not None
    names = [each["component"]["custom_id"] for each in form.modal["components"]]
    assert names == ["prompt", "seconds", "video_model", "image_model", "aspect_ratio"]
    shown = await bot.alice.slash(bot.channel, "preferences")
    assert "Language" not in ephemeral_text(shown)
    assert shown.response is not None
    assert ENGLISH("preferences-extras-button") not in labels(shown.response)
    assert await kept(bot) == ("fr", True, "cinematic")
    await bot.restart(samsar_api=ApiVersion.AUTUMN_2026.value)
    await bot.clock.advance(1)
    assert SHOWN in response_text(await bot.movie())


async def test_what_is_older_than_the_older_api_is_answered_clearly(bot: BotHarness) -> None:
    """Forms, menus and movies from before the API changed have extras."""
    await bot.movie(duration=10, language="fr")
    form = await open_modal(bot)
    page = await preferences_page(bot)
    await finish(bot)
    movie = bot.messages()[-1]
    await go_back(bot)
    assert ephemeral_text(await bot.forge(prompt="a cat", language="hi")) == errors.outdated_command(ENGLISH)
    assert bot.env.errors
    values = {"prompt": "a cat", "seconds": "10", "options": ["language:hi"]}
    result = await bot.alice.submit_modal(form, values)
    assert problem_line(ProblemCode.LANGUAGE_UNKNOWN, SpokenLanguage.HINDI) in ephemeral_text(result)
    assert result.response is not None
    assert "a cat" in str((await bot.alice.click(result.response.message, label=ENGLISH("quotes-edit-button"))).modal)
    for option in ("hi", "(default)"):
        pressed = await bot.press(bot.alice, page, "m:preferences:language", [option])
        assert messages.not_offered(ENGLISH) in response_text(pressed)
    again = ephemeral_text(await bot.alice.click(movie, label=ENGLISH("buttons-rerun-button")))
    assert problem_line(ProblemCode.LANGUAGE_UNKNOWN, SpokenLanguage.FRENCH) in again
    assert await kept(bot) == ("fr", False, "grounded")
    assert len(bot.stored_jobs()) == 1


@pytest.mark.parametrize("custom_id", ["m:preferences-page", "m:preferences-page:owl", "m:preferences-page:extras:x"])
async def test_a_forged_page_is_no_error(bot: BotHarness, custom_id: str) -> None:
    """The preferences stay as they are."""
    shown = await bot.alice.slash(bot.channel, "preferences")
    assert shown.response is not None
    assert (await bot.press(bot.alice, shown.response, custom_id)).response is not None
    assert await bot.app.database.read(get, bot.alice.id) == Preferences()
