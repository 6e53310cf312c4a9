"""The modal of an order: what is filled in, and how what was sent is read."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.orders import Quote, QuotePreview
from bot.domain.request import Draft
from bot.domain.text import beginning
from bot.samsar.config import AUTUMN_2026
from bot.ui import modals, quotes
from tests.helpers.discord_limits import broken_limits
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE, FOREIGN, balance, request

NEWER = replace(CATALOGUE, limits=AUTUMN_2026.limits)
WHOLE = Draft("a fox", 30, "LUMA", "FLUX1.1PRO", "9:16", "fr", subtitles=True, tone="cinematic")
NEW = Draft("")
SENT = {"prompt": ["a fox"], "seconds": ["5"]}


def inputs(draft: Draft, **more: Any) -> dict[str, Any]:
    modal: Any = modals.movie_modal(ENGLISH, "forms-new-modal-title", ("order",), draft, NEWER, **more).to_dict()
    return {each["component"]["custom_id"]: each["component"] for each in modal["components"]}


def test_a_modal_that_is_sent_as_it_was_opened_says_the_same() -> None:
    for draft in (WHOLE, Draft("a fox", 30), replace(WHOLE, language=None, tone=None)):
        sent = {
            name: [option["value"] for option in field["options"] if option.get("default")]
            if "options" in field
            else [field["value"]]
            for name, field in inputs(draft).items()
        }
        assert modals.read_modal(sent, NEW, NEWER.limits) == (draft, ())


@given(st.text(max_size=4500) | FOREIGN)
@settings(max_examples=30)
def test_a_prompt_is_filled_in_up_to_what_the_api_takes(prompt: str) -> None:
    filled_in = inputs(Draft(prompt))["prompt"].get("value", "")
    assert filled_in == beginning(prompt, AUTUMN_2026.limits.max_prompt_length)


def test_a_prompt_of_4000_characters_is_shown_to_its_end_before_it_is_ordered() -> None:
    quote = Quote("0abc123defghj", 2, 3, 4, request("a red balloon " * 280 + "in watercolor"), 400, 0)
    shown = quotes.quote_message(ENGLISH, QuotePreview(quote, balance(), CATALOGUE))
    assert "in watercolor" in shown.text
    assert broken_limits(shown) == []


def test_what_a_modal_can_not_hold_is_a_problem_and_nothing_else_is_lost() -> None:
    several = ["language:fr", "tone:cinematic", "language:hi"]
    draft, (seconds, language) = modals.read_modal({**SENT, "seconds": ["x"], "options": several}, NEW, NEWER.limits)
    assert draft == Draft("a fox", tone="cinematic")
    assert (seconds.code, seconds.value) == ("errors-duration", "x")
    assert (language.code, language.allowed) == ("errors-several-languages", ("fr", "hi"))
    again, none = modals.read_modal({**SENT, "options": ["language:fr"] * 2}, NEW, NEWER.limits)
    assert (again.language, none) == ("fr", ())


def test_a_modal_of_before_an_upgrade_is_read_and_options_that_no_modal_has_are_left_out() -> None:
    sent = {**SENT, "seconds": [" 0 "], "aspect_ratio": ["9:16"], "options": ["aspect_ratio:16:9"]}
    assert modals.read_modal(sent, NEW, CATALOGUE.limits) == (Draft("a fox", 0, aspect_ratio="9:16"), ())
    newer, _ = modals.read_modal({**sent, "aspect_ratio": []}, NEW, CATALOGUE.limits)
    assert newer.aspect_ratio == "16:9"
    for odd in ("", ":", "language", "language:", "colour:red", "subtitles:owl", "🎬:x"):
        assert modals.read_modal({**SENT, "options": [odd]}, NEW, NEWER.limits) == (Draft("a fox", 5), ())


def test_a_length_is_a_number_in_any_scripts_digits() -> None:
    lengths = {**{str(number): number for number in (0, 1, 120, 999)}, "012": 12, "\uff11\uff12": 12}
    odd = ("", "abc", "-1", "1.5", "\u00b2", "1 2", "0x10", "9999", "9" * 5000)
    assert {typed: modals.parse_seconds(typed) for typed in (*lengths, *odd)} == {**lengths, **dict.fromkeys(odd)}


def test_a_next_scene_keeps_the_end_of_the_prompt_and_leaves_room() -> None:
    begin = ENGLISH("series-next-scene")
    room = 500 - len(begin) - 200
    kept = {"x" * room: "x" * room, "x" * (room + 1): "x" * room, "🎈" * room: "🎈" * (room // 2)}
    assert {each: quotes.next_scene(ENGLISH, each, 500) for each in kept} == {
        each: f"{end}\n\n{begin} " for each, end in kept.items()
    }
    assert quotes.next_scene(ENGLISH, f"{'x' * 400} the end", 500).endswith(f"the end\n\n{begin} ")
    assert quotes.next_scene(ENGLISH, "x" * 300, 100) == f"\n\n{begin} "
    assert quotes.next_scene(ENGLISH, "x" * 300, 5) == f"\n\n{begin}"[:5]
