"""Cleans prompts and names from outside."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.text import (
    MAX_COMBINING_MARKS,
    MAX_NAME_LENGTH,
    beginning,
    clean_name,
    clean_text,
    count_utf16,
    ending,
    has_visible,
    strip_control_chars,
)

MARKS = "".join(map(chr, (*range(0x300, 0x370), 0x20DD, 0xFE0F, 0x1ABE)))


def test_what_steers_turns_or_hides_is_dropped_and_a_name_of_which_nothing_is_seen_is_none() -> None:
    signs = (
        "\u061c\u00ad\u180e\u200b\u202e\u2066\u206a\u206f\ufeff\x1b\x9b\ud800\U000e0001\U000e0020\U000e0041\U000e007f"
    )
    for sign in signs:
        assert strip_control_chars(f"a{sign}b") == clean_name(f"a{sign}b") == "ab", ascii(sign)
        assert clean_name(sign * 3) == ""
    blank = ["", "  ", "\u3164", "\uffa0", "\u2800\u2800", "\u115f\u1160", "\u0301\u0301", "\u200d"]
    assert [clean_name(each) for each in blank] == [""] * len(blank)


def test_what_is_written_in_the_usual_way_stays() -> None:
    """Python's Unicode tables are older than the emoji of the members' phones."""
    for text in ("👩\u200d🚀", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "1\ufe0f\u20e3", "ညွှို့"):
        assert clean_name(text) == text
    for emoji in "\U0001fae8\U0001fadf\U0001fac6":
        assert strip_control_chars(emoji) == clean_name(emoji) == emoji
        assert has_visible(emoji)
    assert strip_control_chars("a\u00a0b\u2003c\u2028d\te\r\nf") == "a b c d\te\r\nf", "lines and tabs, too"


def test_marks_are_counted_across_joiners_also_those_that_enclose() -> None:
    marks = "\u0301\u20dd\u0301\u200d\u0301\u20dd"
    assert clean_text(f"a{marks}\u0301\u200db") == f"a{marks}b"
    assert clean_name(" a \n b\tc ") == "a b c"


@given(st.text(st.one_of(st.characters(), st.sampled_from(MARKS)), max_size=300))
def test_a_clean_name_is_short_and_one_line_without_controls(name: str) -> None:
    clean = clean_name(name)
    assert len(clean) <= MAX_NAME_LENGTH
    assert len(clean.splitlines()) <= 1
    assert not any(
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") and char not in "\u200c\u200d" for char in clean
    )
    assert clean_name(clean) == clean


@given(st.text(st.sampled_from([*MARKS, "a", " ", "\u200d", "\u200c"]), max_size=200))
def test_no_more_than_a_few_marks_are_in_a_row(text: str) -> None:
    row = 0
    for character in clean_text(text).replace("\u200d", "").replace("\u200c", ""):
        row = row + 1 if unicodedata.combining(character) or unicodedata.category(character)[0] == "M" else 0
        assert row <= MAX_COMBINING_MARKS


def test_a_text_is_cut_between_what_people_see_as_one_sign() -> None:
    for text, longest, first, last in (
        ("fox", 2, "fo", "ox"),
        ("fox", 3, "fox", "fox"),
        ("🎈🎈", 3, "🎈", "🎈"),
        ("a👩\u200d🚀b", 5, "a", "b"),
        ("ae\u0301b", 2, "a", "b"),
        ("1\ufe0f\u20e3", 2, "", ""),
        ("👍🏽!", 3, "", "!"),
        ("🇫🇷🇯🇵", 6, "🇫🇷", "🇯🇵"),
        ("e" + "\u0301" * 99, 50, "e" + "\u0301" * 49, "\u0301" * 50),
    ):
        assert (beginning(text, longest), ending(text, longest)) == (first, last), ascii(text)


@given(st.text(max_size=60), st.integers(0, 80))
@example("\ud800🎈", 2)
def test_what_is_cut_is_never_longer_and_stays_as_it_was(text: str, longest: int) -> None:
    first, last = beginning(text, longest), ending(text, longest)
    assert text.startswith(first)
    assert text.endswith(last)
    assert max(count_utf16(first), count_utf16(last)) <= longest
    if count_utf16(text) <= longest:
        assert first == last == text
