"""Amounts, lengths, foreign text, links and rows as they are shown.

Foreign text is shown as it was typed, and has no effect. A movie's link is shown whole, and never cut.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import ImageModel
from bot.domain.jobs import JobState
from bot.domain.refusal import Refused
from bot.domain.reports import Receipt
from bot.domain.server_setup import DocumentProblem
from bot.domain.text import MAX_TEXTS_LENGTH, clean_text
from bot.ui import components, formatting, job_messages
from bot.ui.components import Attachment, Button, Link, Media, Option, Row, Select, plain, text_file
from bot.ui.credits import receipt_line
from bot.ui.job_status import stage_label
from bot.ui.player import Player, player
from bot.ui.setup_files import problems_message
from tests.helpers.discord_limits import live, mentioned, unescaped
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE, FOREIGN, job

INVISIBLE = (
    *("\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b", "\x7f", "\x9b"),
    *("\u061c", "\u00ad", "\u180e", "\u206a", "\u206f", "\U000e0001", "\U000e0041", "\U000e007f"),
)

SAID, MORE = "Your movie is ready.", "> a red balloon"


def test_a_length_is_told_in_minutes_and_seconds_and_a_rough_one_rounded_the_more_the_longer_it_is() -> None:
    exact = {1: "1 s", 32: "32 s", 60: "1 min", 90: "1 min 30 s", 120: "2 min"}
    assert {seconds: formatting.format_duration(ENGLISH, seconds) for seconds in exact} == exact
    rough = {0: "5 s", 54: "55 s", 55: "1 min", 29 * 60: "29 min", 30 * 60: "30 min", 47 * 60: "45 min"}
    rough |= {58 * 60: "1 hour", 60 * 60: "1 hour", 70 * 60: "1 h 10 min"}
    assert {seconds: formatting.format_rough_duration(ENGLISH, seconds) for seconds in rough} == rough


def test_a_movie_names_an_image_model_that_is_not_the_default_also_where_both_have_the_same_key() -> None:
    images = (*CATALOGUE.image_models, ImageModel("LUMA", "Drawing"))
    request, catalogue = replace(job().request, image_model="LUMA"), replace(CATALOGUE, image_models=images)
    summary = unescaped(job_messages.request_summary(ENGLISH, request, catalogue))
    assert summary == "1 min 30 s · 16:9 · Luma Dream Machine + Drawing"


@given(st.integers(-5, 10**12), st.integers(-5, 10**12))
def test_a_bar_has_twenty_cells_and_the_number_that_screen_readers_need(part: int, whole: int) -> None:
    found = re.fullmatch(r"`(█*)(░*)` (\d+)%", formatting.progress_bar(ENGLISH, part, whole))
    assert found
    assert len(found[1]) + len(found[2]) == 20
    assert len(found[1]) == int(found[3]) // 5


def test_a_bar_is_full_only_when_all_is_done() -> None:
    percents = {(0, 10): 0, (29, 100): 29, (1, 3): 33, (999, 1000): 99, (10, 10): 100, (12, 10): 100, (-1, 10): 0}
    percents[1, 0] = 0
    shown = {each: formatting.progress_bar(ENGLISH, *each).split()[1] for each in percents}
    assert shown == {each: f"{percent}%" for each, percent in percents.items()}


@given(FOREIGN)
@settings(max_examples=50)
def test_no_stage_name_breaks_the_card(name: str) -> None:
    shown = stage_label(ENGLISH, name)
    assert len(shown) <= 60
    assert live(shown) == []
    assert stage_label(ENGLISH, "colour_grading") == "colour grading"


def test_what_is_long_is_cut_and_only_a_known_member_is_mentioned() -> None:
    mentions = [formatting.mention_if_known(ENGLISH, member_id) for member_id in (1, 0, -1)]
    assert mentions == ["<@1>", *["a member who erased their data"] * 2]
    receipt = Receipt(0, 5, 100, 0, "completed", "p" * 71, 10, "m" * 41)
    line = receipt_line(ENGLISH, receipt, CATALOGUE)
    assert (f" {'m' * 39}…" in line, f"{'p' * 69}…" in line) == (True, True)
    problem = DocumentProblem(1, "k" * 61, Refused("setup-file-unknown-key"))
    assert f"{'k' * 59}…" in problems_message(ENGLISH, [problem]).text
    option = Option("a" * 150, "1", "b" * 150)
    assert (option.label, option.description) == ("a" * 100, "b" * 100), "Discord refuses more"


def test_a_footer_is_recognized_whatever_its_word_and_a_post_has_the_prompt_as_its_title() -> None:
    its = {"ID 0abc123defghj": True, "Film 0abc123defghj": True, "ID 0abc123defghk": False, None: False}
    assert {footer: formatting.is_footer_of(job(), footer) for footer in its} == its
    prompts = {" a\nfox ": "a fox", "": "0abc123defghj", "a" * 90: "a" * 90, "a" * 91: f"{'a' * 89}…"}
    assert {each: job_messages.post_title(job(JobState.COMPLETED, each)) for each in prompts} == prompts


def test_a_long_list_ends_with_how_many_lines_are_missing() -> None:
    lines = [f"{number:03}" for number in range(400)]
    *kept, last = formatting.list_lines(ENGLISH, lines).splitlines()
    assert kept == lines[: len(kept)]
    assert last == f"and {400 - len(kept)} more"
    assert len("\n".join(kept)) in range(980, 985)
    assert formatting.list_lines(ENGLISH, lines[:3]) == "000\n001\n002"
    assert formatting.list_lines(ENGLISH, ["a" * 2000, "b"]) == "and 2 more", "nothing after a gap"


def test_rows_stay_as_they_were_given() -> None:
    def go(number: int) -> list[Button]:
        return [Button("Go", ("go", each)) for each in range(number)]

    def pick() -> Select:
        return Select("Pick", ("pick",), [Option("One", "1"), Option("Two", "2")])

    placed = components.in_rows(pick(), None, pick(), *go(6))
    assert [len(row.items) for row in placed] == [1, 1, 5, 1]
    assert components.plain(*placed).view().timeout is None


def test_only_our_own_custom_ids_are_read() -> None:
    read = {
        "m:go": ("go", ()),
        "m:go:1:x": ("go", ("1", "x")),
        "m:go:": ("go", ("",)),
        **dict.fromkeys(("m:", "m", "", "x:go:1", "go:1")),
    }
    assert {encoded: components.parse_custom_id(encoded) for encoded in read} == read


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
    typed = [line.strip() for line in clean_text(text).splitlines() if line.strip()]
    kept, rest = typed[: formatting.MAX_LINES - 1], typed[formatting.MAX_LINES - 1 :]
    assert seen == "\n".join([*kept, *([" ".join(rest)] if rest else [])])


def test_a_text_that_was_cut_says_so_and_line_breaks_stay_but_not_empty_lines_nor_towers() -> None:
    assert [formatting.escape("a" * length, 10) for length in (10, 11)] == ["a" * 10, "a" * 9 + "…"]
    assert len(formatting.escape("a" * 2000)) == 1000
    cut = {(" a\n b ", 3): "a b", ("abcd", 4): "abcd", ("abcde", 4): "abc…"}
    assert {each: formatting.truncate(*each) for each in cut} == cut
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


def link_of(length: int) -> str:
    return "https://movies.test/".ljust(length, "a")


def shown_of(url: str | None, **how: Any) -> Player:
    return player(ENGLISH, job(JobState.COMPLETED, movie_url=url), SAID, **how)


@pytest.mark.parametrize(
    ("length", "in_gallery", "on_a_button", "in_text"),
    [(512, True, True, False), (513, True, False, True), (2048, True, False, True), (2049, False, False, True)],
)
def test_a_link_stands_whole_wherever_it_fits(
    length: int, *, in_gallery: bool, on_a_button: bool, in_text: bool
) -> None:
    shown, link = shown_of(link_of(length)), link_of(length)
    assert [each.url for each in shown.media if isinstance(each, Media)] == [link] * in_gallery
    assert [each.url for each in shown.watch] == [link] * on_a_button
    assert (link in shown.text) is in_text


def test_a_link_for_which_a_message_has_no_room_is_in_a_file_of_a_private_one_alone() -> None:
    link = link_of(MAX_TEXTS_LENGTH)
    assert shown_of(link) == Player(text=ENGLISH("links-in-movies"))
    assert shown_of(link, private=True) == Player(text=ENGLISH("links-in-file"), file=(text_file(link, "link.txt"),))
    for url in (None, "", "javascript:alert(1)", "https://a@b.test/" + "a" * 5000):
        assert shown_of(url, private=True) == Player(text=ENGLISH("links-unsafe")), "it is in no file either"


def test_an_attached_movie_stands_in_the_gallery_in_place_of_its_link(tmp_path: Path) -> None:
    for spoiler in (False, True):
        [sent] = shown_of(link_of(40), spoiler=spoiler, movie=tmp_path).media
        assert isinstance(sent, Attachment)
        name = sent.url.removeprefix("attachment://")
        assert name.startswith("SPOILER_movie-" if spoiler else "movie-")
        [stays] = shown_of(link_of(40), spoiler=spoiler, attached=name).media
        assert isinstance(stays, Media)
        assert (sent.url, sent.spoiler) == (stays.url, stays.spoiler)


@pytest.mark.parametrize(
    ("prompt", "title", "rest"),
    [
        ("A lighthouse keeper\nbefriends a storm, hand-drawn", "A lighthouse keeper befriends a storm", "hand-drawn"),
        ("Oh, what a day it was. And more.", "Oh, what a day it was", "And more."),
        ("What is love? Tell me", "What is love?", "Tell me"),
        ("灯台守が嵐と友だちになる、手描き", "灯台守が嵐と友だちになる", "手描き"),
        ("a cat", "a cat", ""),
        ("word " * 20 + "end, and more", "word " * 15 + "word…", "word word word word end, and more"),
        ("x" * 200, "x" * 79 + "…", "x" * 121),
    ],
)
def test_a_title_is_the_first_clause_of_a_prompt_and_nothing_of_the_rest_is_lost(
    prompt: str, title: str, rest: str
) -> None:
    assert formatting.split_title(prompt) == (title, rest)


def test_a_url_that_markdown_would_cut_is_shown_instead_of_a_word() -> None:
    for odd in ("https://movies.test/a(1.mp4", "https://movies.test/a1).mp4"):
        assert shown_of(odd.ljust(600, "a")).text == f"<{odd.ljust(600, 'a')}>"
        assert plain(Row((Link("Watch", odd),))).bare().text == f"<{odd}>"
    usual = "https://movies.test/a.mp4"
    assert plain("Ready.", Row((Link("Watch", usual),))).bare().text == f"Ready.\n[Watch](<{usual}>)"
