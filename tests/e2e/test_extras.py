"""The extras of the API of 2026: language, subtitles, tone, music and voice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest
from simcord.results import InteractionResult

from bot.domain.catalogue import NO_EXTRAS
from bot.samsar.config import ApiVersion
from data.preferences import get
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.quote_message import make_by_modal, quoted
from tests.helpers.reading import answered, custom_ids, ephemeral_text, labels, message_text, response_text
from tests.helpers.steps import behind_more

pytestmark = pytest.mark.settings(version=ApiVersion.AUTUMN_2026)

CHOSEN: Mapping[str, object] = {"language": "fr", "subtitles": True, "tone": "cinematic"}
SENT: Mapping[str, object] = {"language": "fr", "enable_subtitles": True, "tone": "cinematic"}
SHOWN = "French · Subtitles · Tone: Cinematic"
SOUND: Mapping[str, str] = {"music": "LYRIA3", "voice": "nova"}
SENT_SOUND: Mapping[str, object] = {
    "backingtrack_model": "LYRIA3",
    "tts_model": "OPENAI",
    "speaker_options": {"openAISpeakers": ["nova"]},
}
SHOWN_SOUND = "Music: Lyria 3 · Voice: Nova (female)"
PICKED = ["subtitles:on", "tone:cinematic", "language:fr"]


def sent_extras(bot: BotHarness) -> list[dict[str, object]]:
    always = {"prompt", "duration", "video_model", "image_model", "aspect_ratio"}
    bodies = [cast("dict[str, Any]", each.body)["input"] for each in bot.upstream.requests if each.method == "POST"]
    return [{name: value for name, value in body.items() if name not in always} for body in bodies]


def picked(form: InteractionResult) -> Sequence[str]:
    return [option["value"] for option in form.modal["components"][-1]["component"]["options"] if option.get("default")]


def registered(bot: BotHarness) -> list[str]:
    movie = next(
        each
        for each in bot.env.backend.visible_commands(user_id=bot.alice.id, channel_id=bot.channel.id)
        if each["name"] == "movie"
    )
    return [option["name"] for option in movie["options"]]


async def open_modal(bot: BotHarness, text: str = "a cat") -> InteractionResult:
    message = await bot.alice.send(bot.channel, text)
    return await bot.alice.context_menu(bot.channel, ENGLISH("commands-make-movie-menu"), message)


async def kept(bot: BotHarness) -> tuple[str | bool | None, ...]:
    found = await bot.app.database.read(get, bot.alice.id)
    return found.language, found.subtitles, found.tone, found.music, found.voice


async def test_the_extras_of_the_command_reach_the_api_and_the_card(bot: BotHarness) -> None:
    await bot.restart(confirm_above_credits=0)
    quote = await bot.movie(duration=10, **CHOSEN)
    assert SHOWN in ephemeral_text(quote)
    await bot.restart()
    assert picked(await bot.alice.click(answered(quote).message, label=ENGLISH("quotes-edit-button"))) == PICKED
    await bot.alice.click(answered(quote).message, custom_id=custom_ids(answered(quote))["quote-accept"])
    [card] = bot.messages()
    assert message_text(card).count(SHOWN) == 1
    await bot.finish()
    assert sent_extras(bot) == [SENT]
    assert bot.member() == BudgetTotals(used=100, held=0)
    assert SHOWN in response_text(await bot.alice.slash(bot.channel, "movies", id=bot.job()["id"]))


async def test_extras_are_picked_in_the_form_which_works_after_a_restart(bot: BotHarness) -> None:
    """Forms have five fields, so extras share one with the aspect ratio. They are kept where the length is odd."""
    form = await open_modal(bot)
    assert len(form.modal["components"]) == 5
    assert picked(form) == []
    await bot.restart()
    values = {"prompt": "a cat", "seconds": "abc", "options": ["aspect_ratio:9:16", *PICKED]}
    result = await bot.alice.submit_modal(form, {**values, "video_model": ["RUNWAYML"]})
    assert query(bot.place, "SELECT video_model FROM quotes") == [{"video_model": "RUNWAYML"}]
    again = await bot.alice.click(answered(result).message, label=ENGLISH("quotes-edit-button"))
    assert picked(again) == ["aspect_ratio:9:16", *PICKED]
    await bot.alice.submit_modal(again, {**values, "seconds": "10"})
    await bot.alice.click(answered(result).message, custom_id=custom_ids(answered(result))["quote-accept"])
    card = message_text(bot.messages()[-1])
    assert [each in card for each in ("9:16", SHOWN)] == [True, True]
    await bot.finish()
    assert sent_extras(bot) == [SENT]
    assert bot.job()["aspect_ratio"] == "9:16"


async def test_extras_are_chosen_in_preferences_and_reset_after_a_restart(bot: BotHarness) -> None:
    overview = answered(await bot.alice.slash(bot.channel, "preferences"))
    page = answered(await bot.alice.click(overview, label=ENGLISH("preferences-extras-button"))).message
    for forged in ("m:preferences-page", "m:preferences-page:owl", "m:preferences-page:extras:x"):
        assert (await bot.press(bot.alice, page, forged)).response is not None
    for menu, option in (("language", "fr"), ("subtitles", "on"), ("tone", "cinematic"), *SOUND.items()):
        await bot.press(bot.alice, page, f"m:preferences:{menu}", [option])
        odd = await bot.press(bot.alice, page, f"m:preferences:{menu}", ["owl"])
        assert ENGLISH("preferences-not-offered") in response_text(odd)
        assert labels(answered(odd)) == [ENGLISH("preferences-back-button")]
    assert f"{SHOWN} · {SHOWN_SOUND}" in response_text(await bot.movie(duration=10))
    await bot.finish()
    assert sent_extras(bot) == [{**SENT, **SENT_SOUND}]
    await bot.restart()
    for menu in ("language", "subtitles", "tone", *SOUND):
        await bot.press(bot.alice, page, f"m:preferences:{menu}", ["(default)"])
    assert await kept(bot) == (None,) * 5
    back = answered(await bot.alice.click(page, label=ENGLISH("preferences-back-button")))
    assert ENGLISH("preferences-extras-button") in labels(back)
    assert SHOWN not in message_text(back)


async def test_music_and_a_voice_are_chosen_under_the_price_and_kept_from_there(bot: BotHarness) -> None:
    await bot.restart(confirm_above_credits=0)
    quote = await quoted(bot, duration=10)
    opened = (await quote.click("quote-more")).modal
    forged = await bot.submit(bot.alice, opened["custom_id"], {"voice": ["<@1>"]}, quote.message)
    assert "isn't an available voice. Pick one of these: **Auto**, **Alloy" in response_text(forged)
    quote = await quoted(bot, duration=10)
    form = await quote.click("quote-more")
    await bot.restart()
    await bot.alice.submit_modal(form, {name: [value] for name, value in SOUND.items()})
    assert SHOWN_SOUND in quote.text
    await quote.change(prompt="a kite", seconds="10")  # this form has no room for them
    await quote.choose("quote-seconds", "20")
    assert SHOWN_SOUND in quote.text
    await quote.click()
    await bot.finish()
    movie = bot.messages()[-1]
    assert SHOWN_SOUND in response_text(await bot.alice.slash(bot.channel, "preferences"))

    remix = await bot.bob.click(movie, label=ENGLISH("buttons-remix-button"))
    await make_by_modal(bot.bob, remix, {"prompt": "a dog", "seconds": "10"})
    again = await behind_more(bot.bob, movie, "retry")
    await bot.bob.click(answered(again).message, custom_id=custom_ids(answered(again))["quote-accept"])
    await make_by_modal(bot.alice, await open_modal(bot), {"prompt": "a cat", "seconds": "10"})
    await bot.finish()
    assert sent_extras(bot) == [SENT_SOUND] * 4

    quote = await quoted(bot, duration=10)
    await bot.alice.submit_modal(await quote.click("quote-more"), {"music": [], "voice": ["any"]})
    assert "Music" not in quote.text
    await quote.click()
    assert await kept(bot) == ("auto", False, "grounded", "ELEVENLABS_MUSIC", "any")


async def test_with_the_older_api_nothing_speaks_of_extras_and_what_is_remembered_is_not_lost(bot: BotHarness) -> None:
    assert registered(bot)[-8:-4] == ["language", "subtitles", "tone", "storyboard"]
    await bot.movie(duration=10, **CHOSEN)
    await bot.clock.advance(1)
    await bot.restart(samsar_api=ApiVersion.MARCH_2025.value)
    assert registered(bot) == ["prompt", "duration", "video_model", "image_model", "aspect_ratio"]
    assert "French" not in response_text(await bot.movie())
    assert bot.stored_jobs()[-1].request.extras == NO_EXTRAS
    form = await open_modal(bot)
    names = [each["component"]["custom_id"] for each in form.modal["components"]]
    assert names == ["prompt", "seconds", "video_model", "image_model", "aspect_ratio"]
    shown = await bot.alice.slash(bot.channel, "preferences")
    assert "Language" not in ephemeral_text(shown)
    assert ENGLISH("preferences-extras-button") not in labels(answered(shown))
    assert await kept(bot) == ("fr", True, "cinematic", "ELEVENLABS_MUSIC", "any")
    await bot.restart(samsar_api=ApiVersion.AUTUMN_2026.value)
    await bot.clock.advance(1)
    assert SHOWN in response_text(await bot.movie())
