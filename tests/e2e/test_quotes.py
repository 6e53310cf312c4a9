"""Quotes and forms: the private price, edits, ideas, and what changed since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from simcord.components import walk_components
from simcord.results import InteractionResult

from bot.domain.jobs import JobState
from bot.domain.text import Language, Wording
from bot.locales.texts import Texts, texts_in
from bot.sandbox.environment import SpokenLanguages
from bot.ui import prompts
from bot.ui.components import plain
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.answer_faults import CALLBACK
from tests.helpers.awaiting import configure
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH, card_title, insufficient_credits, quote_title, unavailable_reason
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.quote_message import (
    ACCEPT,
    ACTIONS,
    CANCEL,
    DURATION,
    EDIT,
    GO_BACK,
    IDEAS,
    IMPROVE,
    MODEL,
    OF_IDEAS,
    PRICE,
    STYLE,
    SURPRISE,
    QuoteMessage,
    make_by_modal,
    quote_in,
    quoted,
    shorter_label,
)
from tests.helpers.reading import about_movie, answered, custom_ids, ephemeral_text, labels, message_text, title_of
from tests.helpers.settings import CATALOGUE

pytestmark = pytest.mark.settings(confirm_above_credits=300)

NOTHING = BudgetTotals(used=0, held=0)
WARNING = ENGLISH("quotes-last-model", model="|").partition("|")[0]
ACCEPTED, CANCELLED, EXPIRED = ("quotes-already-ordered", "quotes-replaced", "quotes-expired")


def change_catalogue(bot: BotHarness, before: str, after: str) -> None:
    assert before in CATALOGUE
    (bot.tmp_path / "catalogue.toml").write_text(CATALOGUE.replace(before, after, 1), encoding="utf-8")


async def test_a_dear_movie_is_shown_with_its_price_first(bot: BotHarness) -> None:
    card = await quoted(bot)
    [quote] = query(bot.path, "SELECT * FROM quotes")
    assert (quote["prompt"], quote["price_credits"]) == ("a red balloon", 400)
    for part in (quote_title(400), "a red balloon", "leaves 200", "<t:1796083200:R>"):
        assert part in card.text
    assert (card.actions, ledger_checks.jobs(bot.path)) == (ACTIONS, [])
    await bot.restart()
    await card.click()
    [public] = bot.messages()
    assert title_of(public) == card_title(JobState.QUEUED)
    assert (about_movie(card.message), card.actions) == (ENGLISH("quotes-accepted"), [])
    assert bot.member() == BudgetTotals(used=0, held=400)
    await bot.restart()
    for action in (EDIT, ACCEPT, CANCEL):
        assert (await card.press(action)).modal is None, "the form could change nothing"
        assert unavailable_reason(card.text) == ACCEPTED
        assert f"/{bot.channel.id}/{public.id}" in card.text
    await bot.finish()
    assert (bot.ordered(), bot.member()) == (1, BudgetTotals(used=400, held=0))
    [movie] = bot.messages()
    assert bot.alice.mention in message_text(movie)
    assert not (await bot.movie(bot.bob, duration=30)).ephemeral, "only prices above 300 credits are quoted first"


async def test_a_quote_is_for_the_member_who_was_shown_it(bot: BotHarness) -> None:
    for seconds in (40, 70):
        card = await quoted(bot, duration=seconds)
        for action in card.actions:
            await card.press(action, bot.bob)
            assert "balloon" not in card.text
            assert unavailable_reason(card.text) == EXPIRED
    forged = card.custom_ids[EDIT].replace(EDIT, "order")
    await bot.submit(bot.bob, forged, {"prompt": "mine", "seconds": "5"}, card.message)
    assert unavailable_reason(card.text) == EXPIRED
    assert ledger_checks.jobs(bot.path) == []
    await card.press()
    assert (bot.member(), bot.job()["member_id"]) == (BudgetTotals(used=0, held=600), bot.alice.id)


@pytest.mark.settings(confirm_above_credits=0)
async def test_a_first_movie_on_the_house_says_so_until_one_is_ordered(bot: AdminHarness) -> None:
    said = ENGLISH("quotes-starter")
    assert said not in quote_in(bot, await bot.movie(duration=20)).text
    await configure(bot, starter_credits=200)
    assert said not in quote_in(bot, await bot.movie(duration=21)).text
    card = quote_in(bot, await bot.movie(duration=20))
    assert said in card.text
    await card.click()
    await bot.finish()
    assert (bot.member(), bot.plan()) == (BudgetTotals(), BudgetTotals(used=200))
    assert said not in quote_in(bot, await bot.movie(duration=20)).text


async def test_a_cancelled_or_old_quote_says_so(bot: BotHarness) -> None:
    card = await quoted(bot)
    await card.click(CANCEL)
    assert card.text == ENGLISH("quotes-cancelled")
    assert unavailable_reason(ephemeral_text(await card.press())) == CANCELLED
    card = await quoted(bot)
    await bot.run_until_idle(15 * 60 + 1)
    await card.change(prompt="a red balloon", seconds="45")
    assert quote_title(450) in card.text
    assert unavailable_reason(ephemeral_text(await card.press())) == CANCELLED
    assert quote_title(450) in card.text, "it replaced the old one, and can be made"
    card = await quoted(bot)
    await bot.run_until_idle(15 * 60 + 1)
    await card.press()
    assert unavailable_reason(card.text) == EXPIRED
    assert ledger_checks.jobs(bot.path) == []


async def test_a_refusal_quotes_what_would_fit(bot: BotHarness) -> None:
    card = await quoted(bot, duration=70, prompt="a train")
    assert insufficient_credits(700, 600) in card.text
    assert (card.actions, card.labels[0]) == ([ACCEPT, EDIT], shorter_label(60, 600))
    await bot.movie(duration=30)
    await card.click()
    assert (card.actions, card.labels[0]) == ([ACCEPT, EDIT], shorter_label(30, 300))
    assert bot.member() == BudgetTotals(used=0, held=300)
    await bot.restart()
    await card.click()
    await bot.run_until_idle()
    assert bot.member() == BudgetTotals(used=0, held=600)
    assert ledger_checks.jobs(bot.path)[-1]["prompt"] == "a train"


async def test_a_price_that_has_changed_is_shown_again(bot: BotHarness) -> None:
    card = await quoted(bot)
    await card.click(IDEAS)
    await card.click(SURPRISE)
    change_catalogue(bot, "credits_per_second = 10", "credits_per_second = 11")
    await bot.restart()
    await card.click()
    assert quote_title(440) in card.text
    assert bot.member() == NOTHING
    await card.click(IDEAS)
    await card.click(GO_BACK)
    assert "a red balloon" in card.text
    make = custom_ids(card.message)[ACCEPT]
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=440)
    change_catalogue(bot, "credits_per_second = 10", "credits_per_second = 12")
    await bot.restart()
    await bot.press(bot.alice, card.message, make)
    assert unavailable_reason(card.text) == ACCEPTED


async def test_a_press_that_discord_does_not_answer_costs_nothing(bot: BotHarness) -> None:
    card = await quoted(bot)
    for status, code in ((404, 10062), (400, 40060), (500, 0)):
        bot.env.inject_error("POST", CALLBACK, status=status, code=code, times=5 if status == 500 else 1)
        await card.press()
        bot.env.backend.faults.clear()
        assert (bot.member(), ACCEPT in card.actions) == (NOTHING, True)
    faults: list[Callable[[], object]] = [
        *(lambda after=after: bot.drop_response(after=after) for after in (False, True)),
        *(lambda after=after: bot.cut_followup(after=after) for after in (False, True)),
        lambda: bot.env.inject_error("POST", "/webhooks/*/*", status=404, code=10008, times=1),
    ]
    for fault in faults:
        fault()
        await card.click()
        assert ENGLISH("quotes-not-accepted") in card.text
        assert (bot.member(), card.actions) == (NOTHING, [ACCEPT, EDIT, IDEAS])
    await card.change(prompt="a train", seconds="10")
    bot.cut_followup(after=False)
    await card.click()
    assert bot.member() == NOTHING
    await bot.restart()
    await card.click()
    assert [job["prompt"] for job in ledger_checks.jobs(bot.path) if job["state"] == "queued"] == ["a train"]
    assert bot.member() == BudgetTotals(used=0, held=100)


async def test_a_press_that_another_process_answered_orders_only_what_the_member_has_read(bot: BotHarness) -> None:
    """It may have refused the order. Where Discord already has this very response (40060), it is ordered."""
    card = await quoted(bot)
    bot.answer_elsewhere(plain("Not today."))
    await card.press()
    await bot.finish()
    assert (bot.member(), bot.ordered()) == (NOTHING, 0)
    assert card.text == "Not today."
    card = await quoted(bot)
    bot.repeat_answer()
    await card.press()
    await bot.finish()
    assert about_movie(card.message) == ENGLISH("quotes-accepted")
    assert (bot.ordered(), bot.member()) == (1, BudgetTotals(used=400, held=0))


@pytest.mark.settings(confirm_above_credits=1_000_000, confirm_above_percent=34)
async def test_a_dear_model_of_last_time_is_shown_with_its_price_before_it_is_used_again(bot: BotHarness) -> None:
    assert not (await bot.movie(duration=1, video_model="VEOI2V")).ephemeral
    card = await quoted(bot, duration=1)
    assert quote_title(60) in card.text
    assert card.actions == ACTIONS
    for part in ("Google Veo", "60 credits per second", "Luma Dream Machine", "10 credits per second", WARNING):
        assert part in card.text
    assert bot.member() == BudgetTotals(used=0, held=60)
    await card.change(prompt="a fox", seconds="1", video_model=["LUMA"])
    assert quote_title(10) in card.text
    assert WARNING not in card.text
    await card.click()
    await bot.clock.advance(1)
    assert not (await bot.movie(duration=1)).ephemeral, "it costs no more than the default"
    assert [job["video_model"] for job in ledger_checks.jobs(bot.path)].count("LUMA") == 2
    await bot.movie(duration=1, video_model="KLINGIMGTOVIDPRO")
    assert not (await bot.movie(duration=1)).ephemeral


BALLOON = "a red balloon"
OWN_STYLES = '[[styles]]\nkey = "house"\nlabel = "House style"\nwords = "Like our trailers."\n'


def open_quote(bot: BotHarness) -> dict[str, Any]:
    sql = "SELECT * FROM quotes WHERE cancelled_at IS NULL AND accepted_job_id IS NULL"
    [quote] = ledger_checks.query(bot.path, sql)
    return quote


def shown(card: QuoteMessage) -> str:
    [quotation] = [line for line in card.text.splitlines() if line.startswith("> ")]
    prompt = quotation.removeprefix("> ").replace("\\", "")
    assert prompt == open_quote(card.bot)["prompt"]
    return prompt


async def choose(card: QuoteMessage, style: str) -> InteractionResult:
    return await card.choose(STYLE, style if style == "none" else f"style:{style}")


def composed(bot: BotHarness, base: str, *, improved: bool = False, style: str = "", texts: Texts = ENGLISH) -> str:
    wording = Wording(base, base, prompts.improvement(base) if improved else None)
    prompt = prompts.compose(texts, wording, bot.catalogue.style(style), 4000)
    assert prompt is not None
    return prompt


async def made_prompt(bot: BotHarness, card: QuoteMessage) -> str:
    read = shown(card)
    await card.click()
    await bot.finish()
    [body] = [cast("dict[str, Any]", each.body) for each in bot.upstream.requests if each.method == "POST"]
    assert body["input"]["prompt"] == bot.job()["prompt"] == read
    return read


async def test_a_style_is_chosen_changed_and_taken_away(bot: BotHarness) -> None:
    card = await quoted(bot)
    for style in ("noir", "anime", "anime"):
        await choose(card, style)
        assert shown(card) == composed(bot, BALLOON, style=style)
    ideas, seed = [], custom_ids(card.message)[SURPRISE].rpartition(":")[2]
    for _ in range(2):
        await card.click(SURPRISE)
        ideas.append(open_quote(bot)["base_prompt"])
    first, idea = ideas
    assert first == prompts.new_idea(ENGLISH, seed) != idea
    assert shown(card) == composed(bot, idea, style="anime")
    await card.click(IMPROVE)
    assert shown(card) == composed(bot, idea, improved=True, style="anime")
    assert card.actions == [ACCEPT, SURPRISE, GO_BACK, PRICE]
    await card.click(GO_BACK)
    assert (shown(card), card.actions) == (BALLOON, OF_IDEAS)
    await card.click(PRICE)
    assert (shown(card), card.actions) == (BALLOON, ACTIONS)
    await bot.clock.advance(16 * 60)
    await choose(card, "anime")
    await card.click(IMPROVE)
    assert shown(card) == composed(bot, BALLOON, improved=True, style="anime")
    [menu] = [each["options"] for each in walk_components(card.message.components) if "options" in each]
    assert [each["value"] for each in menu if each.get("default")] == ["style:anime"]
    await choose(card, "none")
    assert shown(card) == composed(bot, BALLOON, improved=True)
    await choose(card, "watercolor")
    assert await made_prompt(bot, card) == composed(bot, BALLOON, improved=True, style="watercolor")


async def test_another_duration_and_model_change_the_price_in_place_and_only_what_was_read_is_paid(
    bot: BotHarness,
) -> None:
    card = await quoted(bot)
    assert options(card, DURATION)["90"] == f"1 min 30 s · 900 credits · {ENGLISH('quotes-missing', credits=300)}"
    assert options(card, MODEL) == {
        "LUMA": "Luma Dream Machine · 400 credits",
        "KLINGIMGTOVIDPRO": "Kling Pro · 400 credits",
        "VEOI2V": f"Google Veo · 2,400 credits · {ENGLISH('quotes-missing', credits=1800)}",
    }
    stale = card.custom_ids[ACCEPT]
    for _ in range(2):
        await bot.press(bot.alice, card.message, stale.replace(ACCEPT, DURATION), ["5"])
        assert quote_title(50) in card.text
    await bot.restart()
    await card.choose(MODEL, "VEOI2V")
    assert [quote_title(300) in card.text, "Google Veo" in card.text, card.actions == ACTIONS] == [True] * 3
    assert (shown(card), bot.member()) == (BALLOON, NOTHING)
    await card.choose(DURATION, "8", bot.bob)
    await bot.press(bot.alice, card.message, stale)
    assert bot.member() == NOTHING, "another member's, and the price of before"
    card = await quoted(bot)
    await card.choose(MODEL, "VEOI2V")
    assert insufficient_credits(2400, 600) in card.text
    await card.click()
    await bot.finish()
    assert (bot.job()["duration_seconds"], bot.job()["video_model"]) == (10, "VEOI2V")
    assert (bot.ordered(), bot.member()) == (1, BudgetTotals(used=600, held=0))
    entries = query(bot.path, "SELECT entry_type, allowance FROM ledger_entries ORDER BY id")
    assert [(row["entry_type"], row["allowance"]) for row in entries] == [("hold", 600), ("capture", 600)]


def options(card: QuoteMessage, select: str) -> dict[str, str]:
    shown = walk_components(card.message.components)
    [found] = [each["options"] for each in shown if each.get("custom_id", "").startswith(f"m:{select}:")]
    return {each["value"]: each["label"] for each in found}


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
        assert ephemeral_text(await choose(card, gone)) == ENGLISH("prompts-style-gone")
    assert shown(card) == noir
    await choose(card, "house")
    assert await made_prompt(bot, card) == f"{BALLOON}. Like our trailers."


async def test_a_form_with_an_empty_prompt_is_a_surprise(bot: BotHarness) -> None:
    SpokenLanguages(bot.env).members = {bot.alice.id: Language.FRENCH}
    form = await of_message(bot, "a cat")
    assert texts_in(Language.FRENCH)("forms-prompt-hint", characters=500) in str(form.modal)
    await bot.restart()
    bot.duplicate_interactions()
    card = quote_in(bot, await bot.submit(bot.alice, "m:order", {"prompt": " \u200b\n", "seconds": "12"}))
    idea = shown(card)
    number = 0
    for sign in open_quote(bot)["id"]:  # it encodes the interaction's
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(sign)
    assert idea == prompts.new_idea(texts_in(Language.FRENCH), str(number))
    assert card.actions == ACTIONS
    assert bot.member() == NOTHING
    assert await made_prompt(bot, card) == idea


MENU = ENGLISH("commands-make-movie-menu")


async def of_message(bot: BotHarness, text: str) -> InteractionResult:
    message = await bot.alice.send(bot.channel, text)
    return await bot.alice.context_menu(bot.channel, MENU, message)


def filled(result: InteractionResult) -> dict[str, str]:
    found: dict[str, str] = {}
    for control in (each["component"] for each in result.modal["components"]):
        chosen = [option["value"] for option in control.get("options", ()) if option.get("default")]
        found[control["custom_id"]] = chosen[0] if chosen else control.get("value", "")
    return found


async def test_a_message_becomes_a_movie_through_the_modal(bot: BotHarness) -> None:
    form = await of_message(bot, "a cat on the moon")
    assert filled(form)["prompt"] == "a cat on the moon"
    chosen = {"video_model": ["KLINGIMGTOVIDPRO"], "aspect_ratio": ["9:16"], "image_model": ["FLUX1.1PRO"]}
    values = {"prompt": "a cat on the moon", "seconds": "12", **chosen}
    await bot.restart()
    card = quote_in(bot, await bot.alice.submit_modal(form, values))
    for part in (quote_title(120), "a cat on the moon", "leaves 480", "Kling Pro"):
        assert part in card.text
    assert (card.actions, bot.member(), ledger_checks.jobs(bot.path)) == (ACTIONS, NOTHING, [])
    await bot.restart()
    await card.click()
    job = bot.job()
    wanted = {"member_id": bot.alice.id, "prompt": "a cat on the moon", "duration_seconds": 12}
    wanted |= {"aspect_ratio": "9:16", "video_model": "KLINGIMGTOVIDPRO"}
    assert {name: job[name] for name in wanted} == wanted
    assert bot.member() == BudgetTotals(used=0, held=120)


async def test_what_opens_no_modal_says_why(bot: BotHarness) -> None:
    picture = await bot.alice.send(bot.channel, attachments=[("cat.png", b"png")])
    bobs = await bot.bob.send(bot.channel, "a cat on the moon")
    told = [ephemeral_text(await bot.alice.context_menu(bot.channel, MENU, each)) for each in (picture, bobs)]
    assert told == [ENGLISH("errors-empty-message"), ENGLISH("refusals-not-own-message")]


async def test_a_message_with_mentions_is_read_as_people_read_it(bot: BotHarness) -> None:
    form = await of_message(bot, f"{bot.bob.mention} rides to <#{bot.channel.id}> @everyone")
    prompt = filled(form)["prompt"]
    assert ["@bob" in prompt, "#movies" in prompt, "<" in prompt] == [True, True, False]
    await make_by_modal(bot.alice, form, {"prompt": prompt, "seconds": "10"})
    assert "rides" in message_text(bot.messages()[-1])
    bodies = [each.json.get("data", each.json) for each in bot.env.http_requests if "rides" in str(each.json)]
    pinged = [each["allowed_mentions"] for each in bodies if each.get("flags")]  # else it is the form
    assert [{**each, "users": each.get("users", [])} for each in pinged] == [{"parse": [], "users": []}] * 2


async def test_an_odd_length_is_said_and_nothing_that_was_typed_is_lost(bot: BotHarness) -> None:
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


async def test_the_modal_shows_what_is_remembered_and_what_is_taken_out_of_it_is_not_used(bot: BotHarness) -> None:
    await bot.movie(duration=7, video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    form = await of_message(bot, "a cat")
    shown = {name: filled(form)[name] for name in ("video_model", "aspect_ratio", "seconds")}
    assert shown == {"video_model": "KLINGIMGTOVIDPRO", "aspect_ratio": "9:16", "seconds": "7"}
    await bot.clock.advance(1)
    await make_by_modal(bot.alice, form, {"prompt": "a cat", "seconds": "8"})
    job = ledger_checks.jobs(bot.path)[-1]
    assert (job["video_model"], job["aspect_ratio"]) == ("LUMA", "16:9")
