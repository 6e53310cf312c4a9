"""Foreign text is shown as it was typed, and has no effect."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.text import limit_combining_marks
from bot.ui import formatting
from tests.helpers.discord_limits import live, mentioned, unescaped
from tests.helpers.factories import FOREIGN

INVISIBLE = (
    *("\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b", "\x7f", "\x9b"),
    *("\u061c", "\u00ad", "\u180e", "\u206a", "\u206f", "\U000e0001", "\U000e0041", "\U000e007f"),
)
"""Control characters, direction marks, soft hyphens, zero-width spaces, tag characters."""


@given(FOREIGN, st.integers(1, 700))
@example("1. one\n2. two", 700)
@example("12) one", 700)
@example("a\\", 700)
@example("-# small\n-\n+ \n", 700)
@example("1.\n" * 200, 400)
@example("*" * 300, 299)
@example("*" * 300, 300)
@example("\\" * 300, 100)
def test_a_text_has_no_markup_fits_and_a_cut_leaves_no_half_escape(text: str, limit: int) -> None:
    """A trailing backslash would escape the text that follows."""
    for shown in (formatting.escape(text), formatting.escape(text, limit), formatting.escape_line(text, limit)):
        assert live(shown) == []
        assert mentioned(shown) == set()
        before = shown.removesuffix("…")
        assert (len(before) - len(before.rstrip("\\"))) % 2 == 0
    assert len(formatting.escape(text, limit)) <= limit
    assert len(formatting.escape_line(text, limit)) <= limit
    assert len(formatting.escape_line(text, 500).splitlines()) <= 1


@given(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" \n"), max_size=300))
def test_a_reader_sees_what_was_typed(text: str) -> None:
    seen = unescaped(formatting.escape(text, 10_000))
    typed = [line.strip() for line in limit_combining_marks(text).splitlines() if line.strip()]
    kept, rest = typed[: formatting.MAX_LINES - 1], typed[formatting.MAX_LINES - 1 :]
    assert seen == "\n".join([*kept, *([" ".join(rest)] if rest else [])])


def test_a_text_that_was_cut_says_so() -> None:
    assert formatting.escape("a" * 10, 10) == "a" * 10
    assert formatting.escape("a" * 11, 10) == "a" * 9 + "…"
    assert len(formatting.escape("a" * 2000)) == 1000
    assert formatting.truncate(" a\n b ", 3) == "a b"
    assert formatting.truncate("abcd", 4) == "abcd"
    assert formatting.truncate("abcde", 4) == "abc…"


def test_line_breaks_stay_but_not_empty_lines_nor_towers() -> None:
    assert formatting.escape("one\n\n \n\ntwo\r\nthree") == "one\ntwo\nthree"
    assert formatting.escape("one\rtwo") == "one two"
    tower = formatting.escape("\n".join("a" * 250))
    assert (len(tower.splitlines()), tower.count("a")) == (formatting.MAX_LINES, 250)


def test_what_turns_text_around_or_hides_is_taken_out_of_prompts_and_names() -> None:
    assert {formatting.escape(f"a{sign}b") for sign in INVISIBLE} == {"ab"}
    assert {formatting.escape_name(f"al{sign}ice", 100) for sign in INVISIBLE} == {"alice"}
    blank_letters = ("\u2800", "\u3164", "\u115f")  # Discord takes them for letters
    assert {formatting.escape_name(sign) for sign in (*INVISIBLE, *blank_letters)} == {""}


def test_only_an_ordinary_link_is_posted() -> None:
    """Signed links contain characters that must not change. Others could be markup, or hide something."""
    ordinary = {
        "https://movies.test/a.mp4",
        "http://movies.test:8080/a%20b.mp4?sig=a_b*c~d&e=(1)#t",
        "https://[2001:db8::1]/a.mp4",
    }
    odd = [
        *("", "movie.mp4", "/a.mp4", "//movies.test/a.mp4", "https://", "https:///a.mp4", "https://:80/a.mp4"),
        *("HTTP://@everyone", "https://movies.test@elsewhere.test/a.mp4", "https://movies.test/@everyone/a.mp4"),
        *("https://movies.test/@HERE/a.mp4", "ftp://movies.test/a.mp4", "javascript:alert(1)", "file:///etc/passwd"),
        *("https://movies.test/a b", "https://movies.test/a\n@everyone", "https://movies.test/a\u2028b"),
        *("https://movies.test/\u202e4pm.exe", "https://movies.test/\x00", "https://movies.test/<@1>"),
        *("https://movies.test/||", "https://movies.test/`", "https://movies.test/\\", "https://movies.test/{id}"),
        *('https://movies.test/"', "http://[movies.test/"),
    ]
    assert {url for url in (*ordinary, *odd) if formatting.safe_url(url) is not None} == ordinary
    assert {formatting.safe_url(url) for url in ordinary} == ordinary


@given(FOREIGN | FOREIGN.map("https://movies.test/{}".format) | FOREIGN.map("http://[{}".format))
def test_whatever_the_api_sends_as_a_link_is_posted_whole_or_not_at_all(url: str) -> None:
    posted = formatting.safe_url(url)
    assert posted in {None, url}
    if posted:
        assert posted.startswith(("http://", "https://"))
        assert len(posted.split()) == 1
        assert mentioned(posted) <= {"@everyone", "@here"}  # those are off for the whole client
