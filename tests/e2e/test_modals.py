"""The modal: new, from a message, or edited."""

from __future__ import annotations

from typing import Any

import pytest
from simcord.results import InteractionResult

from bot.domain.quote import QuoteUnavailableReason
from bot.ui import command_descriptions, errors, job_messages, quotes, refusals
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import (
    ENGLISH,
    embed_text,
    quote_title,
    unavailable_reason,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import ACTIONS, make_by_modal, quote_in
from tests.helpers.reading import about_movie, answered, ephemeral_text, labels, message_text

MENU = command_descriptions.MAKE_A_MOVIE.message
NOTHING = BudgetTotals(used=0, held=0)


async def of_message(bot: BotHarness, text: str) -> InteractionResult:
    message = await bot.alice.send(bot.channel, text)
    return await bot.alice.context_menu(bot.channel, MENU, message)


def controls(result: InteractionResult) -> dict[str, dict[str, Any]]:
    assert result.modal is not None
    return {each["component"]["custom_id"]: each["component"] for each in result.modal["components"]}


def filled(result: InteractionResult) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, control in controls(result).items():
        chosen = [option["value"] for option in control.get("options", ()) if option.get("default")]
        found[name] = chosen[0] if chosen else control.get("value", "")
    return found


def in_channel(bot: BotHarness) -> list[str]:
    return [message_text(each) for each in bot.messages() if each.author.id != bot.alice.id]


async def test_a_message_becomes_a_movie_through_the_modal(bot: BotHarness) -> None:
    form = await of_message(bot, "a cat on the moon")
    assert form.modal is not None
    assert form.modal["title"] == "Make a movie"
    assert filled(form)["prompt"] == "a cat on the moon"
    chosen = {"video_model": ["KLINGIMGTOVIDPRO"], "aspect_ratio": ["9:16"], "image_model": ["FLUX1.1PRO"]}
    values = {"prompt": "a cat on the moon", "seconds": "12", **chosen}
    await bot.restart()
    card = quote_in(bot, await bot.alice.submit_modal(form, values))
    for part in (quote_title(120), "a cat on the moon", "**480**", "Kling Pro"):
        assert part in card.text
    assert card.actions == ACTIONS
    assert (bot.member(), ledger_checks.jobs(bot.path), in_channel(bot)) == (NOTHING, [], [])
    await bot.restart()
    await card.click()
    assert job_messages.request_summary(ENGLISH, bot.stored_job().request, bot.catalogue) in in_channel(bot)[-1]
    job = bot.job()
    assert (job["member_id"], job["prompt"], job["duration_seconds"]) == (bot.alice.id, "a cat on the moon", 12)
    assert (job["aspect_ratio"], job["video_model"]) == ("9:16", "KLINGIMGTOVIDPRO")
    await bot.finish()
    assert bot.member() == BudgetTotals(used=120, held=0)


async def test_what_opens_no_modal_says_why(bot: BotHarness, caplog: pytest.LogCaptureFixture) -> None:
    picture = await bot.alice.send(bot.channel, attachments=[("cat.png", b"png")])
    bobs = await bot.bob.send(bot.channel, "a cat on the moon")
    told = [ephemeral_text(await bot.alice.context_menu(bot.channel, MENU, each)) for each in (picture, bobs)]
    assert told == [errors.empty_message(ENGLISH), refusals.not_own_message(ENGLISH)]
    for status, code in ((400, 40060), (404, 10062)):
        caplog.clear()
        message = await bot.alice.send(bot.channel, "a red boat")
        bot.fail_answers(status, code)
        result = await bot.alice.context_menu(bot.channel, MENU, message)
        assert result.response is None
        warned = [each for each in caplog.records if each.levelname in {"WARNING", "ERROR"}]
        assert [(each.message, each.exc_info) for each in warned] == [("response_failed", None)]
    assert bot.env.errors


async def test_a_message_with_mentions_is_read_as_people_read_it(bot: BotHarness) -> None:
    form = await of_message(bot, f"{bot.bob.mention} rides to <#{bot.channel.id}> @everyone")
    prompt = filled(form)["prompt"]
    assert "@bob" in prompt
    assert "#movies" in prompt
    assert "<" not in prompt
    await make_by_modal(bot.alice, form, {"prompt": prompt, "seconds": "10"})
    card = bot.messages()[-1]
    assert "rides" in message_text(card)
    assert not card.mentions
    assert not card.mention_everyone


async def test_an_odd_length_is_said_and_nothing_that_was_typed_is_lost(bot: BotHarness) -> None:
    for odd in ("", "9" * 5000, "\x00", "0", "121", "1.5"):
        result = await bot.submit(bot.alice, "m:order", {"prompt": "a cat", "seconds": odd})
        assert "1 to 120." in ephemeral_text(result)
    form = await of_message(bot, "a cat")
    values = {"prompt": "a long story of a cat", "seconds": "abc", "aspect_ratio": ["9:16"]}
    result = await bot.alice.submit_modal(form, {**values, "video_model": ["KLINGIMGTOVIDPRO"]})
    assert "1 to 120." in ephemeral_text(result)
    assert labels(answered(result)) == [ENGLISH("quotes-edit-button")]
    again = await bot.alice.click(answered(result).message, label=ENGLISH("quotes-edit-button"))
    assert filled(again) == {
        "prompt": "a long story of a cat",
        "seconds": "20",
        "video_model": "KLINGIMGTOVIDPRO",
        "image_model": "FLUX1.1PRO",
        "aspect_ratio": "9:16",
    }
    await bot.alice.submit_modal(again, {**values, "seconds": "\uff11\uff15", "video_model": ["LUMA"]})
    assert "Kling Pro" in message_text(answered(result)), "a shape that the model can't make stays"
    again = await bot.alice.click(answered(result).message, label=ENGLISH("quotes-edit-button"))
    assert (filled(again)["aspect_ratio"], filled(again)["seconds"]) == ("9:16", "15")
    await bot.alice.submit_modal(again, {"prompt": "a long story of a cat", "seconds": "015"})
    assert quote_title(150) in message_text(answered(result))
    assert bot.member() == NOTHING
    await bot.alice.click(answered(result).message, label=ENGLISH("quotes-accept-button"))
    assert bot.member() == BudgetTotals(used=0, held=150)
    assert about_movie(answered(result)) == embed_text(quotes.accepted_embed(ENGLISH))


async def test_the_modal_shows_what_is_remembered_and_what_is_taken_out_of_it_is_not_used(bot: BotHarness) -> None:
    await bot.movie(duration=7, video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    form = await of_message(bot, "a cat")
    assert filled(form)["video_model"] == "KLINGIMGTOVIDPRO"
    assert filled(form)["aspect_ratio"] == "9:16"
    assert filled(form)["seconds"] == "7"
    await bot.clock.advance(1)
    await make_by_modal(bot.alice, form, {"prompt": "a cat", "seconds": "8"})
    job = ledger_checks.jobs(bot.path)[-1]
    assert (job["video_model"], job["aspect_ratio"]) == ("LUMA", "16:9")


async def test_a_modal_for_somebody_elses_quote_orders_nothing(bot: BotHarness) -> None:
    result = await bot.movie(duration=61)
    [quote] = ledger_checks.query(bot.path, "SELECT * FROM quotes")
    forged = f"m:order:{quote['id']}"
    await bot.submit(bot.bob, forged, {"prompt": "mine", "seconds": "5"}, answered(result))
    assert unavailable_reason(message_text(answered(result))) is QuoteUnavailableReason.EXPIRED
    assert ledger_checks.jobs(bot.path) == []
    assert ledger_checks.query(bot.path, "SELECT cancelled_at FROM quotes") == [{"cancelled_at": None}]


async def test_a_modal_that_is_handed_over_twice_makes_one_movie(bot: BotHarness) -> None:
    unseen, form = [await of_message(bot, "a cat") for _ in range(2)]
    bot.drop_response(after=False)
    await bot.alice.submit_modal(unseen, {"prompt": "a dog", "seconds": "10"})
    assert (bot.member(), ledger_checks.jobs(bot.path), in_channel(bot)) == (NOTHING, [], [])
    bot.duplicate_interactions()
    card = quote_in(bot, await bot.alice.submit_modal(form, {"prompt": "a cat", "seconds": "10"}))
    assert len(ledger_checks.query(bot.path, "SELECT * FROM quotes WHERE prompt = 'a cat'")) == 1
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=100)
    assert len(in_channel(bot)) == 1
