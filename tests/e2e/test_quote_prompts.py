"""Ideas, improvements and styles for a quote's prompt, and *Go back*."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, cast

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.language import Language
from bot.domain.quote import QuoteUnavailableReason
from bot.domain.wording import Wording
from bot.locales.texts import Texts, texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from bot.ui import command_descriptions, prompt_ideas
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH, quote_title, unavailable_reason
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import (
    ACCEPT,
    ACTIONS,
    EDIT,
    GO_BACK,
    IMPROVE,
    SURPRISE,
    QuoteMessage,
    quote_in,
    quoted,
)
from tests.helpers.reading import custom_ids, ephemeral_text

NOTHING = BudgetTotals(used=0, held=0)
BALLOON = "a red balloon"
OWN_STYLES = '[[styles]]\nkey = "house"\nlabel = "House style"\nwords = "Like our trailers."\n'


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot that quotes movies above 300 credits."""
    async with open_bot_harness(tmp_path, confirm_above_credits=300) as opened:
        yield opened


def open_quote(bot: BotHarness) -> dict[str, Any]:
    sql = "SELECT * FROM quotes WHERE cancelled_at IS NULL AND accepted_job_id IS NULL"
    [quote] = ledger_checks.query(bot.path, sql)
    return quote


def shown(card: QuoteMessage) -> str:
    description = card.message.embeds[0].description
    assert description is not None
    prompt = description.removeprefix(">>> ").replace("\\", "")
    assert prompt == open_quote(card.bot)["prompt"]
    return prompt


async def choose(card: QuoteMessage, style: str, who: MemberActor | None = None) -> InteractionResult:
    select = custom_ids(card.message)[EDIT].replace(EDIT, "quote-style")
    value = style if style == "none" else f"style:{style}"
    return await card.bot.press(who or card.bot.alice, card.message, select, [value])


def composed(bot: BotHarness, base: str, *, improved: bool = False, style: str = "", texts: Texts = ENGLISH) -> str:
    wording = Wording(base, base, prompt_ideas.improvement(base) if improved else None)
    prompt = prompt_ideas.compose(texts, wording, bot.catalogue.style(style), 4000)
    assert prompt is not None
    return prompt


def chosen(card: QuoteMessage) -> list[str]:
    [options] = [each["options"] for row in card.message.components for each in row["components"] if "options" in each]
    return [option["value"] for option in options if option.get("default")]


async def made_prompt(bot: BotHarness, card: QuoteMessage) -> str:
    read = shown(card)
    await card.click()
    await bot.finish()
    [body] = [cast("dict[str, Any]", each.body) for each in bot.upstream.requests if each.method == "POST"]
    assert body["input"]["prompt"] == bot.job()["prompt"] == read
    return read


async def test_surprise_me_shows_an_idea_before_it_is_ordered_and_leads_back(bot: BotHarness) -> None:
    card = await quoted(bot)
    assert card.actions == ACTIONS
    seen = [shown(card)]
    for _ in range(3):
        await card.click(SURPRISE)
        seen.append(shown(card))
    assert len(set(seen)) == 4
    assert seen[1] == prompt_ideas.new_idea(ENGLISH, card.custom_ids[SURPRISE].rpartition(":")[2])
    assert card.actions == [*ACTIONS, GO_BACK]
    assert quote_title(400) in card.text
    assert bot.member() == NOTHING
    await card.click(GO_BACK)
    assert (shown(card), card.actions) == (BALLOON, ACTIONS)
    await card.click(SURPRISE)
    assert await made_prompt(bot, card) != BALLOON
    assert bot.member() == BudgetTotals(used=400, held=0)


async def test_improve_adds_words_that_the_member_reads_first_and_leads_back(bot: BotHarness) -> None:
    card = await quoted(bot)
    await card.click(IMPROVE)
    assert shown(card) == composed(bot, BALLOON, improved=True)
    assert shown(card).startswith(f"{BALLOON}. ")
    assert card.actions == [ACCEPT, EDIT, "quote-cancel", SURPRISE, GO_BACK]
    await card.click(GO_BACK)
    assert (shown(card), card.actions) == (BALLOON, ACTIONS)
    await bot.clock.advance(16 * 60)
    await card.click(IMPROVE)
    assert await made_prompt(bot, card) == composed(bot, BALLOON, improved=True)


async def test_a_style_is_chosen_changed_and_taken_away(bot: BotHarness) -> None:
    card = await quoted(bot)
    for style in ("noir", "anime", "anime"):
        await choose(card, style)
        assert shown(card) == composed(bot, BALLOON, style=style)
    await card.click(SURPRISE)
    idea = open_quote(bot)["base_prompt"]
    assert shown(card) == composed(bot, idea, style="anime")
    await card.click(IMPROVE)
    assert shown(card) == composed(bot, idea, improved=True, style="anime")
    await card.click(GO_BACK)
    assert shown(card) == BALLOON
    await choose(card, "anime")
    await card.click(IMPROVE)
    assert shown(card) == composed(bot, BALLOON, improved=True, style="anime")
    assert chosen(card) == ["style:anime"]
    await choose(card, "none")
    assert shown(card) == composed(bot, BALLOON, improved=True)
    await choose(card, "watercolor")
    assert await made_prompt(bot, card) == composed(bot, BALLOON, improved=True, style="watercolor")


async def test_pressed_twice_it_shows_the_same_prompt_and_one_quote_is_open(bot: BotHarness) -> None:
    """A restart or a duplicate interaction doesn't change the result."""
    card = await quoted(bot)
    await card.press(SURPRISE)
    prompt = shown(card)
    await bot.restart()
    bot.duplicate_interactions()
    await card.press(SURPRISE)
    assert shown(card) == prompt != BALLOON
    await card.click(IMPROVE)
    prompt = shown(card)
    assert prompt != BALLOON
    make = custom_ids(card.message)[ACCEPT]
    await card.press(ACCEPT)
    assert unavailable_reason(card.text) is QuoteUnavailableReason.CANCELLED
    for _ in range(2):
        await bot.press(bot.alice, card.message, make)
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert bot.member() == BudgetTotals(used=0, held=400)
    assert bot.job()["prompt"] == prompt


async def test_ideas_words_and_styles_are_in_the_language_of_who_presses(bot: BotHarness) -> None:
    texts = texts_in(Language.PORTUGUESE)
    SpokenLanguages(bot.env).members = {bot.alice.id: texts.language}
    card = await quoted(bot)
    await choose(card, "noir")
    await card.click(IMPROVE)
    assert shown(card) == composed(bot, BALLOON, improved=True, style="noir", texts=texts)
    last = custom_ids(card.message)[SURPRISE].rpartition(":")[2]
    await card.click(SURPRISE)
    assert shown(card) == composed(bot, prompt_ideas.new_idea(texts, last), style="noir", texts=texts)
    assert card.labels[-1] == texts("prompts-back-button")


async def test_a_prompt_never_grows_beyond_what_the_api_takes(bot: BotHarness) -> None:
    longest = 500
    own = "x" * (longest - 60)
    card = await quoted(bot, prompt=own)
    await card.click(IMPROVE)
    assert len(own) < len(shown(card)) <= longest
    full = "x" * longest
    card = await quoted(bot, prompt=full)
    before = ledger_checks.query(bot.path, "SELECT * FROM quotes")
    for result in (await card.click(IMPROVE), await choose(card, "noir")):
        assert ephemeral_text(result) == prompt_ideas.no_room(ENGLISH, longest)
    assert ledger_checks.query(bot.path, "SELECT * FROM quotes") == before
    assert card.actions == ACTIONS
    await card.click(SURPRISE)
    await choose(card, "noir")
    await card.click()
    assert len(bot.job()["prompt"]) <= longest


async def test_the_operators_own_styles_are_offered_after_a_restart_and_old_ones_are_told_to_be_gone(
    bot: BotHarness,
) -> None:
    card = await quoted(bot)
    await choose(card, "noir")
    noir = composed(bot, BALLOON, style="noir")
    path = bot.tmp_path / "styles.toml"
    path.write_text(OWN_STYLES, encoding="utf-8")
    await bot.restart(styles_path=path)
    assert shown(card) == noir
    for gone in ("noir", "x" * 90, ""):
        assert ephemeral_text(await choose(card, gone)) == prompt_ideas.style_gone(ENGLISH)
    assert shown(card) == noir
    await choose(card, "house")
    assert await made_prompt(bot, card) == f"{BALLOON}. Like our trailers."


async def test_an_edit_keeps_the_style_as_long_as_its_words_are_left_alone(bot: BotHarness) -> None:
    card = await quoted(bot)
    await choose(card, "noir")
    await card.click(IMPROVE)
    whole = shown(card)
    form = await card.click(EDIT)
    assert whole in str(form.modal)
    await bot.alice.submit_modal(form, {"prompt": whole.replace(BALLOON, "a blue kite"), "seconds": "35"})
    assert shown(card) == whole.replace(BALLOON, "a blue kite")
    assert quote_title(350) in card.text
    await choose(card, "anime")
    assert shown(card).startswith("a blue kite. ")
    assert shown(card).endswith(composed(bot, "a blue kite", style="anime").removeprefix("a blue kite. "))
    await card.change(prompt="a blue kite, hand-drawn", seconds="35")
    assert (shown(card), card.actions) == ("a blue kite, hand-drawn", ACTIONS)
    assert await made_prompt(bot, card) == "a blue kite, hand-drawn"


async def test_a_form_with_an_empty_prompt_is_a_surprise(bot: BotHarness) -> None:
    SpokenLanguages(bot.env).members = {bot.alice.id: Language.FRENCH}
    message = await bot.alice.send(bot.channel, "a cat")
    form = await bot.alice.context_menu(bot.channel, command_descriptions.MAKE_A_MOVIE.message, message)
    assert texts_in(Language.FRENCH)("forms-prompt-hint", characters=500) in str(form.modal)
    await bot.restart()
    bot.duplicate_interactions()
    card = quote_in(bot, await bot.submit(bot.alice, "m:order", {"prompt": " \u200b\n", "seconds": "12"}))
    idea = shown(card)
    number = 0
    for sign in open_quote(bot)["id"]:  # it encodes the interaction's
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(sign)
    assert idea == prompt_ideas.new_idea(texts_in(Language.FRENCH), str(number))
    assert card.actions == ACTIONS
    assert bot.member() == NOTHING
    assert await made_prompt(bot, card) == idea
