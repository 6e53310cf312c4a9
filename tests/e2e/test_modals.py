"""The modal: new, from a message, or edited."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from bot.domain.quote import QuoteUnavailableReason
from bot.domain.request import ProblemCode
from bot.ui import command_descriptions, errors, job_messages, quotes, refusals
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import (
    ENGLISH,
    embed_text,
    is_credits_rejection,
    problem_line,
    quote_title,
    unavailable_reason,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import ACTIONS, CANCEL, EDIT, make_by_modal, quote_in
from tests.helpers.reading import about_movie, custom_ids, ephemeral_text, labels, message_text

MENU = command_descriptions.MAKE_A_MOVIE.message
NOTHING = BudgetTotals(used=0, held=0)


async def of_message(bot: BotHarness, text: str) -> InteractionResult:
    """Alice opens the menu of what she wrote."""
    message = await bot.alice.send(bot.channel, text)
    return await bot.alice.context_menu(bot.channel, MENU, message)


def controls(result: InteractionResult) -> dict[str, dict[str, Any]]:
    """The fields of the form that was shown, by custom_id."""
    assert result.modal is not None
    return {each["component"]["custom_id"]: each["component"] for each in result.modal["components"]}


def filled(result: InteractionResult) -> dict[str, str]:
    """The values of the form that was shown.

    They are texts and the chosen options.
    """
    found: dict[str, str] = {}
    for name, control in controls(result).items():
        chosen = [option["value"] for option in control.get("options", ()) if option.get("default")]
        found[name] = chosen[0] if chosen else control.get("value", "")
    return found


def in_channel(bot: BotHarness) -> list[str]:
    """What the bot has shown everyone."""
    return [message_text(each) for each in bot.messages() if each.author.id != bot.alice.id]


@pytest.mark.parametrize(("status", "code"), [(400, 40060), (404, 10062)])
async def test_a_modal_that_came_too_late_or_second_is_one_line_in_the_log(
    bot: BotHarness, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    """It leaves no traceback and sends no message."""
    message = await bot.alice.send(bot.channel, "a red boat")
    bot.fail_answers(status, code)
    result = await bot.alice.context_menu(bot.channel, MENU, message)
    assert result.response is None
    assert bot.env.errors
    warned = [each for each in caplog.records if each.levelname in {"WARNING", "ERROR"}]
    assert [(each.message, each.exc_info) for each in warned] == [("response_failed", None)]


async def test_a_message_becomes_a_movie_through_the_modal(bot: BotHarness) -> None:
    """The message's text is the prompt, and everything can be changed.

    The price is shown, and *Make it* orders the movie.
    """
    form = await of_message(bot, "a cat on the moon")
    assert form.modal is not None
    assert form.modal["title"] == "Make a movie"
    assert filled(form)["prompt"] == "a cat on the moon"
    chosen = {"video_model": ["KLINGIMGTOVIDPRO"], "aspect_ratio": ["9:16"], "image_model": ["FLUX1.1PRO"]}
    values = {"prompt": "a cat on the moon", "seconds": "12", **chosen}
    card = quote_in(bot, await bot.alice.submit_modal(form, values))
    for part in (quote_title(120), "a cat on the moon", "**480**", "Kling Pro"):
        assert part in card.text
    assert card.actions == ACTIONS
    assert (bot.member(), ledger_checks.jobs(bot.path), in_channel(bot)) == (NOTHING, [], [])
    await card.click()
    assert job_messages.request_summary(ENGLISH, bot.stored_job().request, bot.catalogue) in in_channel(bot)[-1]
    job = bot.job()
    assert (job["member_id"], job["prompt"], job["duration_seconds"]) == (bot.alice.id, "a cat on the moon", 12)
    assert (job["aspect_ratio"], job["video_model"]) == ("9:16", "KLINGIMGTOVIDPRO")
    await bot.finish()
    assert bot.member() == BudgetTotals(used=120, held=0)


async def test_a_modal_that_was_opened_before_a_restart_works_after_it(bot: BotHarness) -> None:
    """Neither the modal nor its quote is kept in memory."""
    form = await of_message(bot, "a cat")
    await bot.restart()
    card = quote_in(bot, await bot.alice.submit_modal(form, {"prompt": "a cat", "seconds": "12"}))
    await bot.restart()
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=120)


async def test_the_price_of_a_modal_is_accepted_once_by_its_member_alone(bot: BotHarness) -> None:
    """A second press orders nothing, nor does one after *Cancel*."""
    form = await of_message(bot, "a cat")
    card = quote_in(bot, await bot.alice.submit_modal(form, {"prompt": "a cat", "seconds": "12"}))
    for action in card.actions:
        await card.press(action, bot.bob)
        assert unavailable_reason(card.text) is QuoteUnavailableReason.EXPIRED
    for _ in range(2):
        await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert (bot.member(), bot.job()["member_id"]) == (BudgetTotals(used=0, held=120), bot.alice.id)
    form = await of_message(bot, "a dog")
    card = quote_in(bot, await bot.alice.submit_modal(form, {"prompt": "a dog", "seconds": "12"}))
    await card.click(CANCEL)
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.CANCELLED
    assert bot.member() == BudgetTotals(used=0, held=120)


async def test_a_movie_of_one_second_is_shown_with_its_price_too(bot: BotHarness) -> None:
    """The settings for showing a price first don't apply to modals."""
    await bot.restart(confirm_above_credits=1000, confirm_above_percent=100)
    assert not (await bot.movie(duration=1)).ephemeral
    form = await of_message(bot, "a cat")
    card = quote_in(bot, await bot.alice.submit_modal(form, {"prompt": "a cat", "seconds": "1"}))
    assert quote_title(10) in card.text


async def test_a_long_message_is_cut_and_the_modal_says_so(bot: BotHarness) -> None:
    """2,000 characters fit into a message, 500 into a prompt."""
    for text, kept in (("é" * 2000, "é" * 500), ("🎈" * 251, "🎈" * 250)):
        form = await of_message(bot, text)
        assert filled(form)["prompt"] == kept
        assert form.modal is not None
        assert form.modal["components"][0]["description"] == ENGLISH("forms-prompt-cut-hint", characters=500)
    short = await of_message(bot, "é" * 500)
    assert short.modal is not None
    assert ENGLISH("forms-prompt-cut-hint", characters=500) not in str(short.modal)


async def test_a_message_without_text_opens_no_modal(bot: BotHarness) -> None:
    """A picture alone gives no prompt."""
    message = await bot.alice.send(bot.channel, attachments=[("cat.png", b"png")])
    result = await bot.alice.context_menu(bot.channel, MENU, message)
    assert ephemeral_text(result) == errors.empty_message(ENGLISH)


async def test_another_members_message_opens_no_modal(bot: BotHarness) -> None:
    message = await bot.bob.send(bot.channel, "a cat on the moon")
    result = await bot.alice.context_menu(bot.channel, MENU, message)
    assert ephemeral_text(result) == refusals.not_own_message(ENGLISH)


async def test_a_message_with_mentions_is_read_as_people_read_it(bot: BotHarness) -> None:
    """Names replace ids, and the movie mentions only its requester."""
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


@pytest.mark.parametrize("typed", ["abc", "0", "999", "-1", "1.5", "³"])
async def test_an_odd_length_is_said_and_nothing_that_was_typed_is_lost(bot: BotHarness, typed: str) -> None:
    """A button opens the modal again, with every valid value."""
    form = await of_message(bot, "a cat")
    values = {"prompt": "a long story of a cat", "seconds": typed, "aspect_ratio": ["9:16"]}
    result = await bot.alice.submit_modal(form, {**values, "video_model": ["KLINGIMGTOVIDPRO"]})
    assert "1 to 120." in ephemeral_text(result)
    assert result.response is not None
    assert labels(result.response) == [ENGLISH("quotes-edit-button")]
    again = await bot.alice.click(result.response.message, label=ENGLISH("quotes-edit-button"))
    assert filled(again) == {
        "prompt": "a long story of a cat",
        "seconds": "20",
        "video_model": "KLINGIMGTOVIDPRO",
        "image_model": "FLUX1.1PRO",
        "aspect_ratio": "9:16",
    }
    assert bot.member() == NOTHING
    await bot.alice.submit_modal(again, {"prompt": "a long story of a cat", "seconds": "15"})
    assert quote_title(150) in message_text(result.response)
    assert bot.member() == NOTHING
    await bot.alice.click(result.response.message, label=ENGLISH("quotes-accept-button"))
    assert bot.member() == BudgetTotals(used=0, held=150)
    assert about_movie(result.response) == embed_text(quotes.accepted_embed(ENGLISH))


@pytest.mark.parametrize("typed", ["", "9" * 5000, "\x00", "12 s; DROP TABLE jobs"])
async def test_a_length_that_no_client_would_send_is_refused_like_any_other(bot: BotHarness, typed: str) -> None:
    """The answer fits into a Discord message."""
    result = await bot.submit(bot.alice, "m:order", {"prompt": "a cat", "seconds": typed})
    assert "1 to 120." in ephemeral_text(result)
    assert bot.member() == NOTHING


@pytest.mark.parametrize("typed", ["\uff11\uff12", "\u0661\u0662", " 12 ", "012"])
async def test_a_length_is_read_in_any_scripts_digits(bot: BotHarness, typed: str) -> None:
    """A Japanese keyboard writes full-width digits."""
    await quote_in(bot, await bot.submit(bot.alice, "m:order", {"prompt": "a cat", "seconds": typed})).click()
    assert bot.job()["duration_seconds"] == 12


async def test_several_odd_things_are_said_at_once(bot: BotHarness) -> None:
    """The answer lists them in the order of the form."""
    prompt = "x" * 501
    fields = {"prompt": prompt, "seconds": "abc", "video_model": "NONE", "image_model": "NONE", "aspect_ratio": "1:1"}
    text = ephemeral_text(await bot.submit(bot.alice, "m:order", fields))
    assert text.count("\n• ") == 5
    shown = [problem_line(ProblemCode.PROMPT_TOO_LONG, "501", ("500",)), "“abc”", "“NONE”", r"“1\:1”"]
    places = [text.index(each) for each in shown]
    assert places == sorted(places)
    assert bot.member() == NOTHING


async def test_a_model_that_cannot_make_the_shape_is_said(bot: BotHarness) -> None:
    """The shape stays, and the form opens without the model."""
    form = await of_message(bot, "a cat")
    values = {"prompt": "a cat", "seconds": "10", "video_model": ["LUMA"], "aspect_ratio": ["9:16"]}
    result = await bot.alice.submit_modal(form, values)
    assert "Kling Pro" in ephemeral_text(result)
    assert result.response is not None
    again = await bot.alice.click(result.response.message, label=ENGLISH("quotes-edit-button"))
    assert (filled(again)["aspect_ratio"], filled(again)["seconds"]) == ("9:16", "10")
    assert bot.member() == NOTHING


async def test_the_modal_shows_what_is_remembered_and_what_is_taken_out_of_it_is_not_used(bot: BotHarness) -> None:
    """A cleared menu uses its placeholder, not the last movie's model."""
    await bot.movie(duration=7, video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    form = await of_message(bot, "a cat")
    assert filled(form)["video_model"] == "KLINGIMGTOVIDPRO"
    assert filled(form)["aspect_ratio"] == "9:16"
    assert filled(form)["seconds"] == "7"
    await bot.clock.advance(1)
    await make_by_modal(bot.alice, form, {"prompt": "a cat", "seconds": "8"})
    job = ledger_checks.jobs(bot.path)[-1]
    assert (job["video_model"], job["aspect_ratio"]) == ("LUMA", "16:9")


async def test_an_order_where_the_bot_may_not_post_is_kept_with_what_its_member_prefers(bot: BotHarness) -> None:
    """The modal opens with the prompt and what the member chose last."""
    await bot.movie(duration=7, video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    bot.set_bot_permissions(discord.PermissionOverwrite(send_messages=False))
    await bot.clock.advance(1)
    refused = (await bot.movie(prompt="a cat")).response
    assert refused is not None
    form = filled(await bot.alice.click(refused.message, custom_id=custom_ids(refused)[EDIT]))
    assert [form[name] for name in ("prompt", "seconds", "video_model", "aspect_ratio")] == [
        "a cat",
        "7",
        "KLINGIMGTOVIDPRO",
        "9:16",
    ]


async def test_a_modal_that_does_not_fit_the_credits_loses_nothing(bot: BotHarness) -> None:
    """The form opens again with what was typed."""
    await bot.movie(duration=60)
    form = await of_message(bot, "a cat")
    result = await bot.alice.submit_modal(form, {"prompt": "a long story", "seconds": "20"})
    assert is_credits_rejection(ephemeral_text(result))
    assert result.response is not None
    again = await bot.alice.click(result.response.message, label=ENGLISH("quotes-edit-button"))
    assert filled(again)["prompt"] == "a long story"
    assert filled(again)["seconds"] == "20"
    odd = await bot.alice.submit_modal(again, {"prompt": "a long story", "seconds": "0"})
    del odd
    assert "1 to 120." in message_text(result.response)
    once_more = await bot.alice.click(result.response.message, label=ENGLISH("quotes-edit-button"))
    assert filled(once_more)["prompt"] == "a long story"


async def test_a_modal_that_is_refused_for_now_loses_nothing(bot: BotHarness) -> None:
    """The member has as many movies in progress as they may have."""
    await bot.restart(max_open_jobs_per_member=1)
    form = await of_message(bot, "a cat")
    await bot.movie(duration=5)
    result = await bot.alice.submit_modal(form, {"prompt": "a long story", "seconds": "20"})
    assert ENGLISH("refusals-open-movies", movies=1) in ephemeral_text(result)
    assert result.response is not None
    again = await bot.alice.click(result.response.message, label=ENGLISH("quotes-edit-button"))
    assert (filled(again)["prompt"], filled(again)["seconds"]) == ("a long story", "20")


async def test_a_modal_for_somebody_elses_quote_orders_nothing(bot: BotHarness) -> None:
    """The answer says that the quote is old, and the quote stays."""
    result = await bot.movie(duration=61)
    assert result.response is not None
    [quote] = ledger_checks.query(bot.path, "SELECT * FROM quotes")
    forged = f"m:order:{quote['id']}"
    await bot.submit(bot.bob, forged, {"prompt": "mine", "seconds": "5"}, result.response)
    assert unavailable_reason(message_text(result.response)) is QuoteUnavailableReason.EXPIRED
    assert ledger_checks.jobs(bot.path) == []
    assert ledger_checks.query(bot.path, "SELECT cancelled_at FROM quotes") == [{"cancelled_at": None}]


async def test_a_modal_whose_answer_is_cut_off_costs_nothing(bot: BotHarness) -> None:
    """The member never saw the price, so nothing is ordered."""
    form = await of_message(bot, "a cat")
    bot.drop_response(after=False)
    await bot.alice.submit_modal(form, {"prompt": "a cat", "seconds": "10"})
    await bot.finish()
    assert (bot.member(), ledger_checks.jobs(bot.path), in_channel(bot)) == (NOTHING, [], [])


async def test_a_modal_that_is_handed_over_twice_makes_one_movie(bot: BotHarness) -> None:
    """Around a deploy, two processes may get the same modal."""
    form = await of_message(bot, "a cat")
    bot.duplicate_interactions()
    card = quote_in(bot, await bot.alice.submit_modal(form, {"prompt": "a cat", "seconds": "10"}))
    assert len(ledger_checks.query(bot.path, "SELECT * FROM quotes")) == 1
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=100)
    assert len(in_channel(bot)) == 1
