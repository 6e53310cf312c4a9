"""Loads the operator's rules for prompts, which hold in every server.

A text file with a rule on each line; bot/domain/prompt_filter.py has the syntax. A line that begins with # is a
comment, and one such as "@en-US/minors" stands for a preset.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.core.errors import PromptFilterError
from bot.domain.filter_rules import MAX_RULES, OPERATOR, PRESETS, split_rules
from bot.domain.prompt_filter import FilterRule, RuleProblem, check_rule
from data.filter_presets import rules_of

_MAX_BYTES: Final = 1024 * 1024

PROBLEMS: Final = {
    RuleProblem.EMPTY: "has no letters",
    RuleProblem.TOO_LONG: "is longer than 100 characters",
    RuleProblem.TOO_MANY_WORDS: "has more than 8 words",
    RuleProblem.WORD_TOO_LONG: "has a word of more than 40 letters",
    RuleProblem.STAR_INSIDE: "has a star inside a word; stars are for the beginning and the end",
    RuleProblem.STAR_TOO_WIDE: "has a star beside fewer than 3 letters",
    RuleProblem.GAP_AT_END: "has ... that isn't between two words",
    RuleProblem.TOO_MANY_GAPS: "has ... more than twice",
}


def load_operator_rules(path: Path | None) -> tuple[FilterRule, ...]:
    """Load the rules of a file; none without one.

    Raises:
        PromptFilterError: It can't be read, or has wrong lines; one problem for each, with its line.
    """
    if path is None:
        return ()
    rules: list[FilterRule] = []
    problems: list[str] = []
    for number, line in split_rules(_read(path)):
        if line.startswith("#"):
            continue
        if line.startswith("@"):
            name = line.removeprefix("@").strip()
            if name in PRESETS:
                rules += (FilterRule(rule.text, OPERATOR) for rule in rules_of([name]))
            else:
                problems.append(f"{path} line {number}: there is no preset {name}. Presets: {', '.join(PRESETS)}")
        elif (problem := check_rule(line)) is not None:
            problems.append(f"{path} line {number}: the rule {PROBLEMS[problem]}")
        else:
            rules.append(FilterRule(line, OPERATOR))
    if len(rules) > MAX_RULES:
        problems.append(f"{path} has {len(rules):,} rules, presets included, and may have {MAX_RULES:,}")
    if problems:
        raise PromptFilterError(tuple(problems))
    return tuple(rules)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise PromptFilterError((f"{path} is larger than 1 MiB",))
        return path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise PromptFilterError((f"{path} can't be read: {exc.strerror}",)) from exc
    except UnicodeDecodeError as exc:
        raise PromptFilterError((f"{path} isn't UTF-8 text",)) from exc
