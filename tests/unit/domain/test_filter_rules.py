"""Rules as managers type them: one a line, checked together."""

from __future__ import annotations

from bot.domain.prompt_filter import (
    MAX_RULES,
    MAX_RULES_LENGTH,
    RuleProblem,
    RulesTooLong,
    WrongRule,
    WrongRules,
    check_rules,
)
from bot.domain.prompt_filter import split_rules as split


def test_each_line_is_a_rule_and_empty_ones_are_none() -> None:
    assert split(" one\r\n\n\u200b\ntwo  words \n#tag") == [(1, "one"), (4, "two  words"), (5, "#tag")]


def test_rules_that_are_folded_alike_are_one_the_first() -> None:
    assert check_rules(split("Bäd\nother\nBAD\nbad*")) == ("Bäd", "other", "bad*")


def test_every_wrong_rule_is_named_with_its_line() -> None:
    found = check_rules(split("fine\n\n***\nab*"))
    assert found == WrongRules((WrongRule(3, "***", RuleProblem.EMPTY), WrongRule(4, "ab*", RuleProblem.STAR_TOO_WIDE)))


def test_a_server_has_so_many_rules_and_no_more() -> None:
    rules = [(number, f"w{number}") for number in range(MAX_RULES)]
    assert isinstance(check_rules(rules), tuple)
    assert check_rules([*rules, (0, "more")]) == RulesTooLong(1001, sum(len(text) + 1 for _, text in rules) + 5)
    long = [(number, f"{number:03} {'x' * 35}") for number in range(MAX_RULES_LENGTH // 40)]
    assert isinstance(check_rules(long), tuple)
    assert isinstance(check_rules([*long, (0, "x")]), RulesTooLong)
