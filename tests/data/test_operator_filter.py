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


def problems(path: Path, content: bytes | None) -> list[str]:
    """Return what is wrong with a file, without its path."""
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PromptFilterError) as caught:
        load_operator_rules(path)
    return [each.removeprefix(f"{path} ") for each in caught.value.problems]


def test_rules_comments_and_presets_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    path.write_bytes("\ufeff# ours\n\n bad word \r\n@ de/slurs\n".encode())
    rules = load_operator_rules(path)
    assert rules[0] == FilterRule("bad word", OPERATOR)
    slurs = [each.text for each in load_preset(Language.GERMAN) if each.category == "slurs"]
    assert [each.text for each in rules[1:]] == slurs
    assert {each.category for each in rules} == {OPERATOR}
    assert load_operator_rules(None) == ()


def test_what_is_wrong_with_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    assert problems(path, None) == ["can't be read: No such file or directory"]
    assert problems(path, b"\xff\xfe") == ["isn't UTF-8 text"]
    assert problems(path, b"a\n" * 600_000) == ["is larger than 1 MiB"]
    many = "\n".join(f"w{number}" for number in range(MAX_RULES + 1))
    assert problems(path, many.encode()) == ["has 1,001 rules, presets included, and may have 1,000"]
    found = problems(path, b"fine\nb*d\n@de/fun\n***\n")
    assert [each.split(":")[0] for each in found] == ["line 2", "line 3", "line 4"]
    assert "de/slurs" in found[1]
    assert set(PROBLEMS) == set(RuleProblem)


def test_all_presets_together_fit_and_have_their_rules() -> None:
    assert len(rules_of(PRESETS)) == sum(len(load_preset(language)) for language in Language) <= MAX_RULES
    assert rules_of(["de/gore", "de/minors"])[0].category == "minors"
