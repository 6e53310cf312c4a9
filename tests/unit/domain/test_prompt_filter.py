"""The prompt filter's verdicts, its rules and its bounded cost."""

import itertools
import re
import string
import sys
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.prompt_filter import (
    CATEGORIES,
    MAX_RULES,
    MAX_RULES_LENGTH,
    FilterRule,
    FoldedPrompt,
    PromptFilter,
    RuleProblem,
    WrongRule,
    WrongRules,
    check_rule,
    check_rules,
    split_rules,
)
from bot.domain.refusal import Refused
from bot.domain.text import Language
from bot.domain.text_folding import fold
from data.filters import load_preset

_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def _read(line: str) -> tuple[str, str]:
    expected, prompt = line.split("\t")
    return expected, _ESCAPE.sub(lambda found: chr(int(found[1], 16)), prompt)


TABLE = [*map(_read, (Path(__file__).parent / "prompts.tsv").read_text(encoding="utf-8").splitlines())]
"""Verdicts and prompts in six languages: clean ones, dirty ones and disguised ones.

Invisible characters and those that look Latin are escaped.
"""

PRESET_RULES = [rule for language in Language for rule in load_preset(language)]
EVERYTHING = PromptFilter(sorted(PRESET_RULES, key=lambda rule: CATEGORIES.index(rule.category)))


def verdict(*rules: str, prompt: str) -> str | None:
    broken = PromptFilter(map(FilterRule, rules)).broken_by(FoldedPrompt(prompt))
    return broken and broken.text


def test_every_prompt_of_the_table_has_its_verdict() -> None:
    assert len(TABLE) == len(set(TABLE)) >= 200
    broken = [(*row, EVERYTHING.broken_by(FoldedPrompt(row[1]))) for row in TABLE]
    assert [row for row in broken if (row[2].category if row[2] else "clean") != row[0]] == []


def test_every_rule_of_a_preset_is_valid_said_once_and_found_by_itself() -> None:
    for language in Language:
        rules = load_preset(language)
        assert len({fold(rule.text) for rule in rules}) == len(rules)
        assert {rule.category for rule in rules} == set(CATEGORIES)
        for rule in rules:
            assert check_rule(rule.text) is None
            example = rule.text.replace("*", "").replace(" ... ", " one two ")
            assert PromptFilter([rule]).broken_by(FoldedPrompt(f"so {example}, they say")) == rule
            assert PromptFilter([rule]).broken_by(FoldedPrompt(unicodedata.normalize("NFD", example.upper()))) == rule


def test_a_rule_finds_what_its_syntax_says() -> None:
    for rule, found, passed in (
        ("ass", "kick his ass!", "an assassin, a class"),
        ("porn*", "pornographic", "a leporn"),
        ("*porn", "a leporn", "pornographic"),
        ("*porn*", "xpornx", "pron"),
        ("two words", "TWO,  words", "words two"),
        ("two words", "two-words", "two other words"),
        ("two words", "é: two\nwords", "é: twowords"),
        ("first ... last", "first aa bb cc dd ee last", "first aa bb cc dd ee ff last"),
        ("first ... last", "first last", "last first"),
        ("first ... last", "first first bb cc dd ee ff last", "first"),
        ("fuck", "so fu ck, they say", "go fuc k"),
        ("fuck*", "FU-CK er", "if uc ki"),
        ("nigger*", "ni gg er", "ni g ger"),
        ("blower", "a bl ow er", "al ow er"),
        ("makers", "ma ke rs", "ma ke er"),
        ("shit", "$h 1t", "she it"),
        ("two words", "__two_words__", "two_other_words"),
        ("fuck", "a fu_ck", "a fuc_k"),
        ("bad", "so\U0001f1e7\U0001f1e6\U0001f1e9they", "sobadthey"),
        ("bad", "!b4d!", "ib4di"),
        ("bad", "b a d, a fox", "b a da"),
        ("bad", "a b a d a", "a b ad a"),
        ("so bad fox", "go so b a d fox", "so b a fox"),
        ("first \u2026 last", "first aa last", "first"),
        ("bad ! fox", "bad fox", "bad ! owl"),
        ("he||", "so hell", "he"),
        ("hell", "he ll", "he'll be home, he\u2019ll see"),
        ("nosi", "no-si nosi", "si no si no"),
        ("1488", "in 1488", "14 88"),
        ("18禁", "これは 18禁の絵", "2018禁止"),
        ("av女優", "新人ＡＶ 女優の絵", "java女優"),
        ("ロリsex", "ロリSEX", "ロリ sexy"),
        ("「裸」", "裸の絵", "「花」"),
        ("ロリ、少女", "ロリ 少女", "少女、ロリ"),
    ):
        assert (verdict(rule, prompt=found), verdict(rule, prompt=passed)) == (rule, None), (rule, found)


def test_a_disguised_word_is_the_plain_word() -> None:
    for disguised in (
        "ba\u3164d",  # a Hangul filler, which nobody sees
        "b\uffa0a\u115fd",
        "ba\u3099d",  # a mark of kana, as an accent
        "b\uff9ead",
        "\U0001f171\U0001f170\U0001f173",  # on black squares
        "\U0001f151\U0001f150\U0001f153",  # on black circles
        "\u0299\u1d00\u1d05",  # small capitals
        "ba\u20ddd",  # in a circle
    ):
        assert verdict("bad", prompt=f"so {disguised}, they say") == "bad", ascii(disguised)
    for sign, letter in zip("0134578@$!|", "oieastbasil", strict=True):
        assert verdict(f"gr{letter}nd", prompt=f"so GR{sign}ND, they say") == f"gr{letter}nd"
    assert fold("は\u3099") == "ば" != fold("は"), "a mark of kana still makes another letter"


def test_the_first_of_several_broken_rules_is_named_as_staff_wrote_it() -> None:
    assert verdict("second", "first", prompt="first second") == "second"
    assert verdict("Bäd Wörd", prompt="a bad word") == "Bäd Wörd"
    for text, prompt in (("fuck", "other, fu ck"), ("fuck", "fuck other"), ("裸", "裸の絵, other")):
        first, other, again = FilterRule(text, "first"), FilterRule("other", "second"), FilterRule(text, "third")
        for rules in ((first, other, again), (first, other, first)):
            assert PromptFilter(rules).broken_by(FoldedPrompt(prompt)) == first


def test_rules_that_begin_alike_are_all_found() -> None:
    rules = ("one two", "one two three", "one ... four", "one* five")
    assert verdict(*rules, prompt="one two") == "one two"
    assert verdict(*rules, prompt="one x four") == "one ... four"
    assert verdict(*rules, prompt="ones five") == "one* five"
    assert verdict(*rules, "one* six", prompt="ones five") == "one* five"
    assert verdict("one two three", "one ... four", prompt="one two four") == "one ... four"
    found = [verdict("bed one", "beed two", prompt=f"beeed {word}") for word in ("one", "two")]
    assert found == ["bed one", "beed two"]


def test_a_rule_that_is_too_wide_or_unclear_is_refused() -> None:
    valid = FilterRule("bad")
    for text, problem in (
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
        ("one two three four five six seven eight", None),
        (f"{'x' * 25} {'x' * 24} {'x' * 24} {'x' * 24}", None),
        ("abcdefghij" * 4, None),
    ):
        assert check_rule(text) is problem, text
        if problem is not None:
            with pytest.raises(ValueError, match=problem):
                PromptFilter([FilterRule(text)])
            assert PromptFilter([FilterRule(text), valid], skip_invalid=True).broken_by(FoldedPrompt("so bad")) == valid


def test_each_line_is_a_rule_of_those_folded_alike_the_first_and_every_wrong_one_is_named_with_its_line() -> None:
    assert split_rules(" one\r\n\n\u200b\ntwo  words \n#tag") == [(1, "one"), (4, "two  words"), (5, "#tag")]
    assert check_rules(split_rules("Bäd\nother\nBAD\nbad*")) == ("Bäd", "other", "bad*")
    found = check_rules(split_rules("fine\n\n***\nab*"))
    assert found == WrongRules((WrongRule(3, "***", RuleProblem.EMPTY), WrongRule(4, "ab*", RuleProblem.STAR_TOO_WIDE)))


def test_a_server_has_so_many_rules_and_no_more() -> None:
    rules = [(number, f"w{number}") for number in range(MAX_RULES)]
    assert isinstance(check_rules(rules), tuple)
    size = sum(len(text) + 1 for _, text in rules) + 5
    too_many = {"rules": 1001, "characters": size, "max": 1000, "room": 18_000}
    assert check_rules([*rules, (0, "more")]) == Refused("setup-rules-too-many", too_many)
    long = [(number, f"{number:03} {'x' * 35}") for number in range(MAX_RULES_LENGTH // 40)]
    assert isinstance(check_rules(long), tuple)
    assert isinstance(check_rules([*long, (0, "x")]), Refused)


@given(text=st.text(st.characters(codec="utf-8"), max_size=300))
@settings(max_examples=40)
def test_any_text_is_a_rule_or_has_a_problem(text: str) -> None:
    if check_rule(text) is None:
        PromptFilter([FilterRule(text)]).broken_by(FoldedPrompt(text))
    EVERYTHING.broken_by(FoldedPrompt(text))
    assert fold(fold(text)) == fold(text)


def words(letters: Iterable[str], count: int) -> str:
    return " ".join(map("".join, itertools.islice(itertools.product(letters, repeat=count), 2000))) + " "


FLAGS = [chr(0x1F1E6 + number) for number in range(26)]

ADVERSARIAL = [
    *("one ", "a ", "a", "\u0430", "f u c k ", "é", "漢字", "\u0301", "one x ", "!", "0 "),
    *("\u0301\u0323", "one x001 last ", "a b cd "),
    words(string.ascii_lowercase, 2),
    words(string.ascii_lowercase + "013$", 2),
    words("\u0430\u0431\u0432\u0433", 5),
    words(map(chr, range(0x4E00, 0x6000)), 1),
    words(FLAGS, 2),
    words(["\u0431", "\u0432", *FLAGS], 3),
    words("ao0\u0436$!", 6),
    words(["\u043e1$\u0436\u0436\u0436", "0oo\u0430$", "1aaa0"], 7),
]
"""Texts that make filters slow: the beginning of every rule, what is folded most, and words that are all different."""

RULES = [
    *(f"one ... x{number:03} ... last" for number in range(250)),
    *(f"one one one y{number:03}" for number in range(250)),
    *(f"*{number:03}aaa*" for number in range(250)),
    *(f"漢字漢字{chr(0x5000 + number)}" for number in range(250)),
]


def test_the_cost_grows_with_the_length_of_the_prompt_only() -> None:
    compiled = PromptFilter(map(FilterRule, RULES))
    for text in ADVERSARIAL:
        short, long = (_steps(compiled, (text * size)[:size]) for size in (750, 1500))
        assert long <= 2.2 * short + 1000, ascii(text[:12])
        assert long <= 150_000, ascii(text[:12])


def test_what_may_follow_on_a_gap_is_not_looked_for_again_at_each_word() -> None:
    """Each word begins a match of every rule, which then stays open."""
    word = "abcdefghijklmnopqrstuvwxyzbdfhjlnprtvxac"
    parts = [word[start : start + length] for length in range(3, 8) for start in range(len(word) - length + 1)]
    rules = [f"*{part}* ... *{other}*" for part in parts[:170] for other in ("zzz", "zzzq", "zzzqq", "zqzqz", "zzqz")]
    assert _steps(PromptFilter(map(FilterRule, rules)), " ".join([word] * 97)) <= 97 * 200


@pytest.mark.timed
def test_marks_in_any_order_fold_in_linear_time() -> None:
    started = time.process_time()
    assert fold("a" + "\u0301\u0323" * 20_000) == "a"
    assert time.process_time() - started < 1


@given(text=st.text("\u3099\u309a\uff9e\u0301\u0323\u0345\u0f73\u1b44\u302e", min_size=30, max_size=200))
def test_marks_in_any_order_fold_alike(text: str) -> None:
    folded = fold(f"は{text}a")
    assert folded == fold(unicodedata.normalize("NFKC", f"は{text}a")) == fold(folded)


def _steps(compiled: PromptFilter, text: str) -> int:
    steps = 0

    def count(frame: FrameType, event: str, _: object) -> Any:
        nonlocal steps
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        steps += event == "opcode"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        compiled.broken_by(FoldedPrompt(text))  # Python 3.13 counts from a function's second call on
        steps = 0
        compiled.broken_by(FoldedPrompt(text))
    finally:
        sys.settrace(before)
    return steps
