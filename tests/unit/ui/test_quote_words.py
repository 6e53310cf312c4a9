"""Quotes, modals and prompts: what is said and filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.credits import Budget
from bot.domain.language import Language
from bot.domain.quota import Allowance, AllowanceSource, Balance
from bot.domain.quote import PricePerSecond, Quote, QuotePreview, QuoteUnavailable, QuoteUnavailableReason
from bot.domain.request import Draft
from bot.domain.styles import Style
from bot.domain.wording import Wording
from bot.locales.message_ids import MessageId
from bot.locales.texts import texts_in
from bot.samsar.profile import AUTUMN_2026
from bot.ui import modals, prompt_ideas, quotes
from bot.ui.components import Button
from bot.ui.modals import ModalPurpose
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import balance, job, request
from tests.helpers.reading import fields, view_buttons, view_labels

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL
STYLES = (
    Style("noir", {Language.ENGLISH: "Film noir"}, {Language.ENGLISH: "in film noir"}),
    Style("old", {Language.ENGLISH: "Old"}, {Language.ENGLISH: "as before"}, enabled=False),
)
MODELS = Catalogue(
    (
        VideoModel("LUMA", "*Luma*", 10, (WIDE, TALL)),
        VideoModel("VEO", "Veo", 60, (WIDE,)),
        VideoModel("OLD", "Old", 1, (WIDE,), enabled=False),
    ),
    (ImageModel("FLUX", "Flux"), ImageModel("IMAGEN", "Imagen"), ImageModel("OLD", "Old", enabled=False)),
    RequestLimits(default_aspect_ratio=TALL),
    STYLES,
)
EXTRAS = replace(MODELS, limits=AUTUMN_2026.limits)
QUOTE = Quote("0abc123defghj", 2, 3, 4, replace(request("a fox"), video_model="VEO"), 400, 1_794_333_600_000)
MAKE, EDIT = ENGLISH("quotes-accept-button"), ENGLISH("quotes-edit-button")
MORE = Button("More", ("more",))


# ── quotes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_quote_compares_its_model_with_a_cheaper_default() -> None:
    """The remembered model may have left the catalogue."""
    preview, luma = QuotePreview(QUOTE, balance()), MODELS.video_models[0]
    embed = quotes.quote_embed(ENGLISH, preview, MODELS, luma)
    assert fields(embed)[ENGLISH("quotes-last-model-field")] == ENGLISH(
        "quotes-last-model-value",
        model="Veo",
        rate="60 credits per second",
        other=r"\*Luma\*",
        other_rate="10 credits per second",
    )
    gone = replace(preview, quote=replace(QUOTE, request=replace(QUOTE.request, video_model="GONE")))
    for each, default in ((preview, None), (gone, luma)):
        names = fields(quotes.quote_embed(ENGLISH, each, MODELS, default))
        assert [*names] == [ENGLISH("quotes-movie-field"), ENGLISH("quotes-balance-field")]


def test_a_quote_warns_of_a_prompt_that_keeps_failing() -> None:
    embed = quotes.quote_embed(ENGLISH, QuotePreview(QUOTE, balance(), failed_repeatedly=True), MODELS)
    warning = ENGLISH("quotes-failing-value", failures=3)
    assert fields(embed)[ENGLISH("quotes-failing-field")] == warning


def test_what_a_quote_leaves_is_the_members_own_whatever_the_server_has() -> None:
    """A price of all that is left is not too high."""
    own = Balance(Budget(600), Allowance(600, AllowanceSource.BOT_DEFAULT), Budget(0), Budget(450), Budget(9000))
    embed = quotes.quote_embed(ENGLISH, QuotePreview(QUOTE, own), MODELS)
    assert str(fields(embed)[ENGLISH("quotes-balance-field")]).startswith("**200** left (now: 600 credits)")
    choice = quotes.duration_choice(ENGLISH, 45, PricePerSecond(10, own))
    assert choice == ENGLISH("quotes-duration-option", duration="45 s", credits=450, after=150)
    assert quotes.duration_choice(ENGLISH, 46, PricePerSecond(10, own)).endswith("not enough credits")
    assert quotes.duration_choice(ENGLISH, 46, None) == "46 s"


def test_beneath_a_refusal_are_a_cheaper_movie_the_form_and_what_else_helps() -> None:
    smaller = quotes.smaller_quote_view(ENGLISH, QUOTE, MORE)
    label = ENGLISH("quotes-smaller-button", duration="1 min 30 s", credits=400)
    assert view_labels(smaller) == [label, EDIT, "More"]
    assert view_labels(quotes.edit_view(ENGLISH, QUOTE, MORE)) == [EDIT, "More"]


def test_a_quote_has_its_own_buttons_before_those_of_its_prompt() -> None:
    view = quotes.quote_view(ENGLISH, QUOTE, MODELS)
    expected = [MAKE, EDIT, ENGLISH("quotes-cancel-button")]
    expected += [ENGLISH("prompts-surprise-button"), ENGLISH("prompts-improve-button")]
    assert view_labels(view) == expected
    ids = [each.custom_id for each in view_buttons(view)]
    assert ids[:3] == [f"m:quote-{action}:{QUOTE.id}" for action in ("accept", "edit", "cancel")]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (QuoteUnavailableReason.ACCEPTED, "quotes-already-ordered"),
        (QuoteUnavailableReason.CANCELLED, "quotes-replaced"),
        (QuoteUnavailableReason.EXPIRED, "quotes-expired"),
    ],
)
def test_a_quote_that_is_gone_says_what_became_of_it(reason: QuoteUnavailableReason, said: MessageId) -> None:
    """A movie whose message is not known has no link."""
    for found in (QuoteUnavailable(reason), QuoteUnavailable(reason, job())):
        assert quotes.unavailable_embed(ENGLISH, found).description == ENGLISH(said)


def test_an_answered_quote_says_so_and_links_the_card() -> None:
    accepted = ENGLISH("quotes-accepted")
    assert quotes.accepted_embed(ENGLISH).description == accepted
    assert quotes.accepted_embed(ENGLISH, "the card").description == f"{accepted}\nthe card"
    assert quotes.cancelled_embed(ENGLISH).description == ENGLISH("quotes-cancelled")
    assert quotes.not_accepted_embed(ENGLISH).description == ENGLISH("quotes-not-accepted")


# ── the modal ────────────────────────────────────────────────────────────────────────────────────────────────────


def form(draft: Draft, catalogue: Catalogue = MODELS, **more: Any) -> dict[str, dict[str, Any]]:
    """Return the inputs of a modal by custom_id, with their hints."""
    modal = modals.movie_modal(ENGLISH, ModalPurpose.NEW, ("order",), draft, catalogue, **more).to_dict()
    return {
        each["component"]["custom_id"]: {**each["component"], "hint": each.get("description")}
        for each in modal["components"]
    }


def picked(menu: dict[str, Any]) -> list[str]:
    """Return what a menu of a modal shows as chosen."""
    return [option["value"] for option in menu["options"] if option.get("default")]


@pytest.mark.parametrize(
    ("purpose", "title"),
    [
        (ModalPurpose.NEW, "forms-new-modal-title"),
        (ModalPurpose.REMIX, "forms-remix-modal-title"),
        (ModalPurpose.CONTINUE, "series-modal-title"),
        (ModalPurpose.EDIT, "forms-edit-modal-title"),
    ],
)
def test_a_modals_title_says_what_it_is_for(purpose: ModalPurpose, title: MessageId) -> None:
    modal = modals.movie_modal(ENGLISH, purpose, ("order", "x"), Draft(""), MODELS)
    assert (modal.title, modal.custom_id) == (ENGLISH(title), "m:order:x")


def test_a_modal_is_filled_in_with_the_draft_and_offers_what_is_enabled() -> None:
    """Nothing but the duration has to be there."""
    inputs = form(Draft("a fox", 45, "VEO", "IMAGEN", "16:9"))
    assert [picked(inputs[name]) for name in ("video_model", "image_model", "aspect_ratio")] == [
        ["VEO"],
        ["IMAGEN"],
        ["16:9"],
    ]
    assert [option["value"] for option in inputs["video_model"]["options"]] == ["LUMA", "VEO"]
    assert [option["value"] for option in inputs["image_model"]["options"]] == ["FLUX", "IMAGEN"]
    assert [option["description"] for option in inputs["video_model"]["options"]] == [
        "10 credits per second · 16:9 · 9:16",
        "60 credits per second · 16:9",
    ]
    assert (inputs["prompt"]["value"], inputs["seconds"]["value"]) == ("a fox", "45")
    required = {name: field.get("required", True) for name, field in inputs.items()}
    assert [name for name, each in required.items() if each] == ["seconds"]


def test_an_empty_modal_has_the_defaults_and_says_what_is_possible() -> None:
    """A menu without a choice shows the default in its place."""
    inputs = form(Draft(""))
    assert (inputs["prompt"].get("value"), inputs["seconds"]["value"]) == (None, "20")
    assert inputs["prompt"]["style"] == discord.TextStyle.paragraph.value
    assert inputs["prompt"]["hint"] == ENGLISH("forms-prompt-hint", characters=500)
    assert inputs["seconds"]["hint"] == ENGLISH("forms-duration-hint", min=1, max=120)
    assert inputs["aspect_ratio"]["placeholder"] == ENGLISH("commands-tall")
    cut = form(Draft("x" * 600), cut=True)["prompt"]
    assert (len(cut["value"]), cut["hint"]) == (500, ENGLISH("forms-prompt-cut-hint", characters=500))


def test_several_extras_are_picked_in_one_menu() -> None:
    """One of each kind at most: four kinds."""
    options = form(Draft("a fox", 45, aspect_ratio="9:16", language="fr", tone="cinematic"), EXTRAS)["options"]
    assert picked(options) == ["aspect_ratio:9:16", "tone:cinematic", "language:fr"]
    assert (options["required"], options["max_values"]) == (False, 4)
    assert options["placeholder"] == ENGLISH("commands-wide")
    hints = {option["value"]: option["description"] for option in options["options"]}
    assert hints["subtitles:on"] == ENGLISH("forms-subtitles-hint")


def test_a_modal_of_before_an_upgrade_is_read_as_well() -> None:
    """It has a menu for the aspect ratio; blanks don't count."""
    sent = {"prompt": ["a fox"], "seconds": [" 0 "], "aspect_ratio": ["9:16"], "options": ["aspect_ratio:16:9"]}
    draft, problems = modals.read_modal(sent, MODELS.limits)
    assert (draft, problems) == (Draft("a fox", 0, aspect_ratio="9:16"), ())
    newer, _ = modals.read_modal({**sent, "aspect_ratio": []}, MODELS.limits)
    assert newer.aspect_ratio == "16:9"


def test_what_a_modal_can_not_hold_is_said_with_what_was_typed() -> None:
    sent = {"prompt": ["a fox"], "seconds": ["1000"], "options": ["language:fr", "language:hi"]}
    _, (seconds, language) = modals.read_modal(sent, EXTRAS.limits)
    assert (seconds.value, language.allowed) == ("1000", ("fr", "hi"))


# ── prompts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_menu_of_styles_shows_the_chosen_one_and_what_each_adds() -> None:
    """A style that was switched off is not offered, nor chosen."""

    def menu(style: str | None) -> discord.ui.Select[discord.ui.View]:
        worded = replace(QUOTE, wording=Wording("a fox", "a fox", None, style))
        [found] = [
            each for each in quotes.quote_view(ENGLISH, worded, MODELS).children if isinstance(each, discord.ui.Select)
        ]
        return found

    assert [(option.label, option.description) for option in menu("noir").options] == [
        (ENGLISH("prompts-no-style-option"), None),
        ("Film noir", "in film noir"),
    ]
    marked = {style: [each.value for each in menu(style).options if each.default] for style in ("noir", "old", None)}
    assert marked == {"noir": ["style:noir"], "old": [], None: []}
    assert [prompt_ideas.parse_style(each) for each in ("style:noir", "none", "style:none")] == ["noir", None, "none"]


@pytest.mark.parametrize(
    ("wording", "more"),
    [
        (None, ["prompts-improve-button"]),
        (Wording("a fox", "a fox", 3), ["prompts-back-button"]),
        (Wording("a fox", "a boat"), ["prompts-improve-button", "prompts-back-button"]),
    ],
)
def test_a_prompt_is_improved_once_and_taken_back_where_it_was_changed(
    wording: Wording | None, more: list[MessageId]
) -> None:
    rows = prompt_ideas.controls(ENGLISH, replace(QUOTE, wording=wording), replace(MODELS, styles=()))
    labels = [[each.label for each in row if isinstance(each, Button)] for row in rows]
    assert labels == [[ENGLISH("prompts-surprise-button"), *map(ENGLISH, more)]]


def test_an_idea_is_never_the_previous_one() -> None:
    first = prompt_ideas.new_idea(ENGLISH, "seed")
    assert prompt_ideas.new_idea(ENGLISH, "seed") == first
    assert prompt_ideas.new_idea(ENGLISH, "seed", previous=first) != first


def test_a_prompt_may_have_exactly_the_longest_length() -> None:
    """The improvement of number 0 is one, and a style comes last."""
    wording = Wording("a fox", "a fox", 0, "noir")
    composed = prompt_ideas.compose(ENGLISH, wording, STYLES[0], 500)
    assert composed is not None
    assert composed.startswith("a fox. Wide establishing shot, ")
    assert composed.endswith(". in film noir")
    assert prompt_ideas.compose(ENGLISH, wording, STYLES[0], len(composed)) == composed
    for sign in "。！？…?":
        added = prompt_ideas.compose(ENGLISH, Wording("", f"a fox{sign}"), STYLES[0], 500)
        assert added == f"a fox{sign} in film noir"
    assert prompt_ideas.no_room(ENGLISH, 500) == ENGLISH("prompts-no-room", characters=500)
    german = Style("noir", STYLES[0].labels, {**STYLES[0].words, Language.GERMAN: "als Film noir"})
    text = prompt_ideas.compose(texts_in(Language.GERMAN), Wording("", "ein Fuchs"), german, 500)
    assert str(text).endswith("als Film noir")
