"""Foreign text is shown as it was typed, and has no effect."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.text import MAX_COMBINING_MARKS, limit_combining_marks
from bot.ui import escaping
from tests.helpers.discord_limits import live, mentioned, unescaped
from tests.helpers.factories import FOREIGN

INVISIBLE = (
    *("\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b", "\x7f", "\x9b"),
    *("\u061c", "\u00ad", "\u180e", "\u206a", "\u206f", "\U000e0001", "\U000e0041", "\U000e007f"),
)
"""Control characters, direction marks, soft hyphens, zero-width spaces, tag characters."""


@given(FOREIGN)
@example("1. one\n2. two")
@example("12) one")
@example("a\\")
@example("-# small\n-\n+ \n")
def test_nothing_in_a_plain_text_is_markup(text: str) -> None:
    """Bold, spoilers, quotes, code, lists, headings, links, mentions and timestamps are escaped."""
    plain = escaping.escape(text)
    assert live(plain) == []
    assert mentioned(plain) == set()


@given(FOREIGN, st.integers(1, 700))
@example("1.\n" * 200, 400)
@example("*" * 300, 299)
@example("*" * 300, 300)
@example("\\" * 300, 100)
def test_a_text_is_never_longer_than_asked_for_and_a_cut_leaves_no_half_escape(text: str, limit: int) -> None:
    """An embed's field has a limit.

    A trailing backslash would escape the text that follows.
    """
    for shown in (escaping.escape(text, limit), escaping.escape_line(text, limit)):
        assert len(shown) <= limit
        assert live(shown) == []
        before = shown.removesuffix("…")
        assert (len(before) - len(before.rstrip("\\"))) % 2 == 0


@given(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" \n"), max_size=300))
def test_a_reader_sees_what_was_typed(text: str) -> None:
    """Only blank lines and stacked marks are removed."""
    seen = unescaped(escaping.escape(text, 10_000))
    typed = [line.strip() for line in limit_combining_marks(text).splitlines() if line.strip()]
    kept, rest = typed[: escaping.MAX_LINES - 1], typed[escaping.MAX_LINES - 1 :]
    assert seen == "\n".join([*kept, *([" ".join(rest)] if rest else [])])


def test_a_text_that_was_cut_says_so() -> None:
    """The ellipsis is within the limit, and a fitting text stays whole."""
    assert escaping.escape("a" * 10, 10) == "a" * 10
    assert escaping.escape("a" * 11, 10) == "a" * 9 + "…"


def test_a_shortened_text_is_one_line_within_its_limit() -> None:
    """A text that fits stays whole."""
    assert escaping.truncate(" a\n b ", 3) == "a b"
    assert escaping.truncate("abcd", 4) == "abcd"
    assert escaping.truncate("abcde", 4) == "abc…"


@given(FOREIGN)
def test_one_line_is_one_line(text: str) -> None:
    assert len(escaping.escape_line(text, 500).splitlines()) <= 1


def test_line_breaks_stay_but_not_empty_lines() -> None:
    assert escaping.escape("one\n\n \n\ntwo\r\nthree") == "one\ntwo\nthree"
    assert escaping.escape("one\rtwo") == "one two"


def test_no_prompt_makes_a_tower_of_a_card() -> None:
    """Line breaks beyond a few become spaces.

    No text is lost, and the message stays short.
    """
    tower = escaping.escape("\n".join("a" * 250))
    assert len(tower.splitlines()) == escaping.MAX_LINES
    assert tower.count("a") == 250


@pytest.mark.parametrize("sign", INVISIBLE)
def test_what_turns_text_around_or_hides_is_taken_out(sign: str) -> None:
    """A right-to-left override in a prompt would mirror the words after it."""
    assert escaping.escape(f"a{sign}b") == "ab"


@pytest.mark.parametrize("sign", INVISIBLE)
def test_a_name_hides_nothing_and_turns_nothing_around(sign: str) -> None:
    """A member chooses their name, and everyone sees it."""
    assert escaping.escape_name(f"al{sign}ice", 100) == "alice"
    assert escaping.escape_name(sign, 100) == ""


def test_a_name_of_invisible_letters_is_no_name() -> None:
    """Discord takes a blank Braille pattern and a Hangul filler for letters."""
    for blank in ("\u2800", "\u3164", "\u115f"):
        assert escaping.escape_name(blank) == ""


def test_a_tower_of_marks_is_cut_in_prompts_names_and_menus() -> None:
    """Stacked marks would cover the lines above and below."""
    zalgo, cut = "a" + "\u0301" * 300, "a" + "\u0301" * MAX_COMBINING_MARKS
    assert escaping.escape(zalgo) == escaping.escape_name(zalgo, 100) == escaping.truncate(zalgo, 90) == cut


def test_joined_emoji_stay_joined() -> None:
    """An astronaut must not become a woman and a rocket."""
    assert escaping.escape("👩\u200d🚀") == "👩\u200d🚀"


@pytest.mark.parametrize(
    "url",
    [
        "https://movies.test/a.mp4",
        "http://movies.test:8080/a%20b.mp4?sig=a_b*c~d&e=(1)#t",
        "https://[2001:db8::1]/a.mp4",
    ],
)
def test_an_ordinary_link_is_posted_as_it_is(url: str) -> None:
    """Signed links contain characters that must not change."""
    assert escaping.safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "movie.mp4",
        "/a.mp4",
        "//movies.test/a.mp4",
        "https://",
        "https:///a.mp4",
        "HTTP://@everyone",
        "https://movies.test@elsewhere.test/a.mp4",
        "https://movies.test/@everyone/a.mp4",
        "https://movies.test/@HERE/a.mp4",
        "https://:80/a.mp4",
        "ftp://movies.test/a.mp4",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://movies.test/a b",
        "https://movies.test/a\n@everyone",
        "https://movies.test/a\u2028b",
        "https://movies.test/\u202e4pm.exe",
        "https://movies.test/\x00",
        "https://movies.test/<@1>",
        "https://movies.test/||",
        "https://movies.test/`",
        "https://movies.test/\\",
        "https://movies.test/{id}",
        'https://movies.test/"',
        "http://[movies.test/",
    ],
)
def test_an_odd_link_is_not_posted(url: str) -> None:
    """It is no web address, could contain markup, or hides something."""
    assert escaping.safe_url(url) is None


@given(FOREIGN | FOREIGN.map("https://movies.test/{}".format) | FOREIGN.map("http://[{}".format))
def test_whatever_the_api_sends_as_a_link_is_posted_whole_or_not_at_all(url: str) -> None:
    posted = escaping.safe_url(url)
    assert posted in {None, url}
    if posted:
        assert posted.startswith(("http://", "https://"))
        assert len(posted.split()) == 1
        assert mentioned(posted) <= {"@everyone", "@here"}  # those are off for the whole client
