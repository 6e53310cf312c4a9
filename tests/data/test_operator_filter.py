"""The operator's file of rules for prompts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.filter_rules import MAX_RULES, OPERATOR, PRESETS
from bot.domain.language import Language
from bot.domain.prompt_filter import FilterRule, RuleProblem
from bot.errors import PromptFilterError
from data.filter_presets import load_preset, rules_of
from data.operator_filter import PROBLEMS, load_operator_rules


def written(tmp_path: Path, content: str | bytes) -> Path:
    """Write a file of rules."""
    path = tmp_path / "rules.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def problems(path: Path) -> list[str]:
    """Return what is wrong with a file, without its path."""
    with pytest.raises(PromptFilterError) as caught:
        load_operator_rules(path)
    return [each.removeprefix(f"{path} ") for each in caught.value.problems]


def test_without_a_file_there_are_no_rules() -> None:
    assert load_operator_rules(None) == ()


def test_rules_comments_and_presets_are_read(tmp_path: Path) -> None:
    rules = load_operator_rules(written(tmp_path, "\ufeff# ours\n\n bad word \r\n@ de/slurs\n"))
    assert rules[0] == FilterRule("bad word", OPERATOR)
    assert [each.text for each in rules[1:]] == [
        each.text for each in load_preset(Language.GERMAN) if each.category == "slurs"
    ]
    assert {each.category for each in rules} == {OPERATOR}


def test_each_wrong_line_is_named(tmp_path: Path) -> None:
    found = problems(written(tmp_path, "fine\nb*d\n@de/fun\n***\n"))
    assert [each.split(":")[0] for each in found] == ["line 2", "line 3", "line 4"]
    assert "de/slurs" in found[1]


def test_every_problem_has_its_words() -> None:
    assert set(PROBLEMS) == set(RuleProblem)


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path / "absent.txt") == ["can't be read: No such file or directory"]
    assert problems(written(tmp_path, b"\xff\xfe")) == ["isn't UTF-8 text"]
    assert problems(written(tmp_path, b"a\n" * 600_000)) == ["is larger than 1 MiB"]


def test_there_is_a_bound_on_the_rules(tmp_path: Path) -> None:
    lines = "\n".join(f"w{number}" for number in range(MAX_RULES + 1))
    assert problems(written(tmp_path, lines)) == ["has 1,001 rules, presets included, and may have 1,000"]


def test_all_presets_together_fit_and_have_their_rules() -> None:
    assert len(rules_of(PRESETS)) == sum(len(load_preset(language)) for language in Language) <= MAX_RULES
    assert rules_of(["de/gore", "de/minors"])[0].category == "minors"
