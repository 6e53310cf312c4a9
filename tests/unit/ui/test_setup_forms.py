"""The forms and files of /setup, and what is said about them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.domain.discord_limits import MAX_INPUT_LENGTH
from bot.domain.filter_rules import RulesTooLong, WrongRule, WrongRules
from bot.domain.prompt_filter import RuleProblem
from bot.domain.server_setup import AgeRule, ServerSetup, Setting
from bot.domain.setup_document import DocumentProblem, DocumentReason
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.locales.message_ids import MessageId
from bot.ui import setup_files, setup_filter, setup_modals
from bot.ui.components import custom_id
from bot.ui.setup_panel import Panel, SetupPage
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE


def inputs(modal: discord.ui.Modal) -> list[dict[str, Any]]:
    """Return the inputs of a form, with their labels and hints."""
    return [{**each["component"], "label": each["label"]} for each in modal.to_dict()["components"]]


def values(modal: discord.ui.Modal) -> list[str | None]:
    """Return what is in the inputs of a form."""
    return [each.get("value") for each in inputs(modal)]


@pytest.mark.parametrize("page", [SetupPage.MODELS, SetupPage.DEFAULTS])
def test_the_form_of_durations_shows_both_and_can_be_emptied(page: SetupPage) -> None:
    """It leads back to its page, unless one was changed meanwhile."""
    panel = Panel(ServerSetup(longest_seconds=60, default_seconds=12), CATALOGUE)
    modal = setup_modals.durations_modal(ENGLISH, panel, page)
    longest, default = inputs(modal)
    assert (longest["custom_id"], longest["value"], longest["label"]) == (
        "longest_seconds",
        "60",
        ENGLISH("setup-longest-label"),
    )
    assert (default["custom_id"], default["value"], default["label"]) == (
        "default_seconds",
        "12",
        ENGLISH("setup-default-duration-label"),
    )
    assert [each["required"] for each in (longest, default)] == [False, False]
    hints = {each["description"] for each in modal.to_dict()["components"]}
    assert hints == {ENGLISH("setup-duration-hint", min=1, max=120)}
    names = {
        setup_modals.durations_modal(ENGLISH, replace(panel, setup=setup), page).custom_id
        for setup in (panel.setup, ServerSetup(longest_seconds=60), ServerSetup(default_seconds=12))
    }
    assert len(names) == 3
    assert all(name.startswith(f"m:setup-durations-set:{page.value}:") for name in names)
    empty = setup_modals.durations_modal(ENGLISH, Panel(ServerSetup(), CATALOGUE), page)
    assert values(empty) == [None, None]


def test_the_form_of_a_price_shows_it_and_can_be_emptied() -> None:
    """The highest price has eight digits."""
    panel = Panel(ServerSetup(approval_credits=300), CATALOGUE)
    modal = setup_modals.price_modal(ENGLISH, panel)
    [price] = inputs(modal)
    assert (price["value"], price["required"], price["max_length"]) == ("300", False, 8)
    assert modal.custom_id == custom_id("setup-price-set", panel.setup.fingerprint((Setting.APPROVAL_CREDITS,)))


def test_the_form_of_rules_has_an_empty_input_after_a_nearly_full_one() -> None:
    """Rules are never split, and each input can be emptied."""
    line = "x" * 99
    full = "\n".join([line] * 40)
    assert len(full) == MAX_INPUT_LENGTH - 1
    modal = setup_filter.rules_modal(ENGLISH, f"{full}\n{line}", "abc")
    parts = inputs(modal)
    assert modal.custom_id == "m:setup-rules-set:abc"
    assert values(modal) == [full, line]
    assert [each["label"] for each in parts] == [ENGLISH("setup-rules-label"), ENGLISH("setup-rules-more-label")]
    assert {each["required"] for each in parts} == {False}
    assert values(setup_filter.rules_modal(ENGLISH, full, "")) == [full, None]
    assert values(setup_filter.rules_modal(ENGLISH, "a", "")) == ["a"]
    assert values(setup_filter.rules_modal(ENGLISH, f"{full}\ny", "")) == [full, "y"]
    assert len(inputs(setup_filter.rules_modal(ENGLISH, "\n".join([full] * 6), ""))) == 5


RULES: dict[RuleProblem, str] = {
    RuleProblem.EMPTY: ENGLISH("setup-rule-empty"),
    RuleProblem.TOO_LONG: ENGLISH("setup-rule-too-long", max=100),
    RuleProblem.TOO_MANY_WORDS: ENGLISH("setup-rule-too-many-words", max=8),
    RuleProblem.WORD_TOO_LONG: ENGLISH("setup-rule-word-too-long", max=40),
    RuleProblem.STAR_INSIDE: ENGLISH("setup-rule-star-inside"),
    RuleProblem.STAR_TOO_WIDE: ENGLISH("setup-rule-star-too-wide", min=3),
    RuleProblem.GAP_AT_END: ENGLISH("setup-rule-gap-at-end"),
    RuleProblem.TOO_MANY_GAPS: ENGLISH("setup-rule-too-many-gaps", max=2),
}


@pytest.mark.parametrize("problem", RuleProblem)
def test_a_rule_that_can_not_be_used_says_why_and_on_which_line(problem: RuleProblem) -> None:
    assert setup_filter.rule_problem(ENGLISH, problem) == RULES[problem]
    embed = setup_filter.wrong_embed(ENGLISH, WrongRules((WrongRule(4, "b*d", problem),)))
    line = ENGLISH("setup-rules-line", line="4", rule=r"b\*d", problem=RULES[problem])
    assert str(embed.description).splitlines() == [line, "", ENGLISH("setup-rules-kept")]


def test_many_wrong_rules_are_counted_and_too_many_are_refused_together() -> None:
    wrong = WrongRules(tuple(WrongRule(number, "b*d", RuleProblem.STAR_INSIDE) for number in range(20)))
    lines = str(setup_filter.wrong_embed(ENGLISH, wrong).description).splitlines()
    assert (len(lines), lines[15]) == (18, ENGLISH("units-more-lines", more=5))
    first, *_ = str(setup_filter.wrong_embed(ENGLISH, RulesTooLong(1001, 500)).description).splitlines()
    assert first.endswith("These are 1,001 rules with 500.")
    assert setup_filter.conflict_embed(ENGLISH).description == ENGLISH("setup-rules-conflict")
    [button] = setup_filter.fix_view(ENGLISH, "abc").children
    assert isinstance(button, discord.ui.Button)
    assert button.custom_id == "m:setup-rules-fix:abc"


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (DocumentReason.NOT_JSON, "setup-file-not-json"),
        (DocumentReason.NOT_AN_OBJECT, "setup-file-not-an-object"),
        (DocumentReason.OTHER_VERSION, "setup-file-other-version"),
        (DocumentReason.UNKNOWN_KEY, "setup-file-unknown-key"),
        (DocumentReason.DUPLICATE_KEY, "setup-file-duplicate-key"),
    ],
)
def test_a_file_that_can_not_be_imported_says_why_by_line_and_key(reason: DocumentReason, said: MessageId) -> None:
    problems = [DocumentProblem(3, "", reason), DocumentProblem(4, "*x*", reason)]
    assert str(setup_files.problems_embed(ENGLISH, problems).description).splitlines() == [
        f"Line 3: {ENGLISH(said)}",
        rf"Line 4, `\*x\*`: {ENGLISH(said)}",
    ]


def test_a_wrong_value_in_a_file_says_what_could_be() -> None:
    """What does not fit is counted; a size is in KB."""
    value = InvalidValue(Setting.LONGEST_SECONDS, InvalidReason.OUT_OF_RANGE, "999", ("1", "120"))
    problems = [DocumentProblem(number, "longest_seconds", value) for number in range(100)]
    first, *_, last = str(setup_files.problems_embed(ENGLISH, problems).description).splitlines()
    assert "“999” isn't a valid duration" in first
    assert last.endswith("more")
    assert setup_files.too_large(ENGLISH) == ENGLISH("setup-file-too-large", max=128)


def test_an_import_shows_what_it_changes_from_what_to_what() -> None:
    """A setting that the file takes back is a change, too."""
    before = ServerSetup(gallery=7, longest_seconds=60, filter_rules=("a", "b", "c"), age=AgeRule.SPOILER)
    after = ServerSetup(longest_seconds=90, filter_rules=("c", "d"), age=AgeRule.SPOILER)
    lines = str(setup_files.changes_embed(ENGLISH, before, after, CATALOGUE, {7}).description).splitlines()
    assert lines == [
        ENGLISH("setup-import-intro"),
        "",
        "**Longest movie:** 1 min → 1 min 30 s",
        "**Gallery:** ⚠️ 1 deleted → Where the movie was ordered",
        "**Custom rules:** 3 rules → 2 rules (+1, \u22122)",
    ]
    conflict = setup_files.changes_embed(ENGLISH, before, after, CATALOGUE, conflict=True)
    assert str(conflict.description).startswith(ENGLISH("setup-import-conflict"))
    applied = setup_files.applied_embed(ENGLISH, after, [Setting.LONGEST_SECONDS, Setting.GALLERY], CATALOGUE)
    assert str(applied.description).splitlines() == [
        "**Longest movie:** 1 min 30 s",
        "**Gallery:** Where the movie was ordered",
    ]
    apply, drop = setup_files.changes_view(ENGLISH, "abc").to_components()[0]["components"]
    assert (apply["custom_id"], drop["custom_id"]) == ("m:setup-apply:abc", "m:setup-drop")
