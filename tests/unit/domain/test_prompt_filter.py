"""The prompt filter: verdicts on a table of prompts, rules, and a cost that no rule or prompt makes explode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import prompt_filter
from bot.domain.language import Language
from bot.domain.prompt_filter import FilterRule, PromptFilter, RuleProblem, check_rule
from bot.domain.text_folding import fold, sequences
from data.filter_presets import CATEGORIES, load_preset

_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def _read(line: str) -> tuple[str, str]:
    expected, prompt = line.split("\t")
    return expected, _ESCAPE.sub(lambda found: chr(int(found[1], 16)), prompt)


TABLE = [*map(_read, (Path(__file__).parent / "prompts.tsv").read_text(encoding="utf-8").splitlines())]
"""Verdict and prompt: clean and false friends, dirty, disguised, in six languages.

What can't be seen, or told from a Latin letter, is escaped.
"""

EVERYTHING = PromptFilter(
    sorted(
        (rule for language in Language for rule in load_preset(language)), key=lambda r: CATEGORIES.index(r.category)
    )
)

WORDS = st.text(st.characters(codec="utf-8"), max_size=300)


def verdict(*rules: str, prompt: str) -> str | None:
    """Return the text of the rule that a prompt breaks."""
    broken = PromptFilter(map(FilterRule, rules)).broken_by(prompt)
    return broken and broken.text


@pytest.mark.parametrize(("expected", "prompt"), TABLE)
def test_every_prompt_of_the_table_has_its_verdict(expected: str, prompt: str) -> None:
    """With the presets of all languages at once, which is the strictest that a server can have."""
    broken = EVERYTHING.broken_by(prompt)
    assert (broken.category if broken else "clean") == expected, broken


def test_the_table_has_200_prompts() -> None:
    assert len(TABLE) == len(set(TABLE)) >= 200


@pytest.mark.parametrize("language", Language)
def test_a_preset_is_valid_and_says_nothing_twice(language: Language) -> None:
    rules = load_preset(language)
    assert [(rule.text, check_rule(rule.text)) for rule in rules if check_rule(rule.text)] == []
    assert len({fold(rule.text) for rule in rules}) == len(rules)
    assert {rule.category for rule in rules} == set(CATEGORIES)


@pytest.mark.parametrize(
    "rule", [rule for language in Language for rule in load_preset(language)], ids=lambda r: r.text
)
def test_every_rule_of_a_preset_is_found_by_itself(rule: FilterRule) -> None:
    example = rule.text.replace("*", "").replace(" ... ", " one two ")
    assert PromptFilter([rule]).broken_by(f"so {example}, they say") == rule
    assert PromptFilter([rule]).broken_by(unicodedata.normalize("NFD", example.upper())) == rule


@pytest.mark.parametrize(
    ("rule", "found", "passed"),
    [
        ("ass", "kick his ass!", "an assassin, a class"),
        ("porn*", "pornographic", "a leporn"),
        ("*porn", "a leporn", "pornographic"),
        ("*porn*", "xpornx", "pron"),
        ("two words", "TWO,  words", "words two"),
        ("two words", "two-words", "two other words"),
        ("first ... last", "first aa bb cc dd ee last", "first aa bb cc dd ee ff last"),
        ("first ... last", "first last", "last first"),
        ("first ... last", "first first bb cc dd ee ff last", "first"),
    ],
)
def test_a_rule_finds_what_its_syntax_says(rule: str, found: str, passed: str) -> None:
    assert verdict(rule, prompt=found) == rule
    assert verdict(rule, prompt=passed) is None


def test_the_first_of_several_broken_rules_is_named() -> None:
    assert verdict("second", "first", prompt="first second") == "second"


def test_rules_that_begin_alike_are_all_found() -> None:
    rules = ("one two", "one two three", "one ... four", "one* five")
    assert verdict(*rules, prompt="one x four") == "one ... four"
    assert verdict(*rules, prompt="ones five") == "one* five"
    assert verdict("one two three", "one ... four", prompt="one two four") == "one ... four"


def test_the_verdict_names_the_rule_as_staff_wrote_it() -> None:
    assert verdict("Bäd Wörd", prompt="a bad word") == "Bäd Wörd"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", RuleProblem.EMPTY),
        (" *** ... ", RuleProblem.EMPTY),
        ("a" * 101, RuleProblem.TOO_LONG),
        ("a" * 41, RuleProblem.WORD_TOO_LONG),
        ("one two three four five six seven eight nine", RuleProblem.TOO_MANY_WORDS),
        ("f*ck", RuleProblem.STAR_INSIDE),
        ("ab*", RuleProblem.STAR_TOO_WIDE),
        ("*ab*", RuleProblem.STAR_TOO_WIDE),
        ("... end", RuleProblem.GAP_AT_END),
        ("start ...", RuleProblem.GAP_AT_END),
        ("a ... ... b", RuleProblem.GAP_AT_END),
        ("a ... b ... c ... d", RuleProblem.TOO_MANY_GAPS),
        ("abc*", None),
        ("one ... two ... three", None),
        ("(a+)+$", None),
    ],
)
def test_a_rule_that_is_too_wide_or_unclear_is_refused(text: str, problem: RuleProblem | None) -> None:
    """A regular expression is only words here."""
    assert check_rule(text) is problem
    if problem is not None:
        with pytest.raises(ValueError, match=problem):
            PromptFilter([FilterRule(text)])


@given(text=WORDS)
def test_any_text_is_a_rule_or_has_a_problem(text: str) -> None:
    """Nothing raises: neither a rule that anyone typed, nor a prompt."""
    if check_rule(text) is None:
        PromptFilter([FilterRule(text)]).broken_by(text)
    EVERYTHING.broken_by(text)


@given(text=WORDS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


ADVERSARIAL = ["one ", "a ", "a", "\u0430", "f u c k ", "é", "漢字", "\u0301", "one x ", "!", "0 "]
"""Texts that make filters slow: the beginning of every rule, and what is folded most."""

RULES = [
    *(f"one ... x{number:03} ... last" for number in range(250)),
    *(f"one one one y{number:03}" for number in range(250)),
    *(f"*{number:03}aaa*" for number in range(250)),
    *(f"漢字漢字{chr(0x5000 + number)}" for number in range(250)),
]


@pytest.mark.parametrize("text", ADVERSARIAL)
def test_the_cost_grows_with_the_length_of_the_prompt_only(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in steps, not in seconds: twice the text is twice the steps, with 1,000 rules that begin alike."""
    compiled = PromptFilter(map(FilterRule, RULES))
    short, long = (_steps(compiled, text * (size // len(text)), monkeypatch) for size in (2000, 4000))
    assert long <= 2.2 * short + 100
    assert long <= 20_000


def _steps(compiled: PromptFilter, text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Count the nodes that are looked at."""
    steps = 0
    reached = prompt_filter._reached

    def counting(node: prompt_filter._Node, word: frozenset[str]) -> Iterator[prompt_filter._Node]:
        nonlocal steps
        steps += len(word)
        return reached(node, word)

    with monkeypatch.context() as patched:
        patched.setattr(prompt_filter, "_reached", counting)
        compiled.broken_by(text)
    return steps + sum(len(word) for sequence in sequences(fold(text)) for word in sequence)
