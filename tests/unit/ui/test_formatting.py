"""Amounts, lengths, moments, bars, rows and stages as they are shown."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.jobs import JobState
from bot.domain.reports import Receipt
from bot.domain.server_setup import DocumentProblem, DocumentReason
from bot.samsar.config import PROFILES
from bot.ui import command_descriptions, components, formatting, job_messages
from bot.ui.components import Button, Option, Select
from bot.ui.credits import receipt_line
from bot.ui.job_status import stage_label
from bot.ui.setup_files import problems_embed
from tests.helpers.discord_limits import live
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE, FOREIGN, job


def test_a_length_is_told_in_minutes_and_seconds_and_a_rough_one_rounded_the_more_the_longer_it_is() -> None:
    exact = {1: "1 s", 32: "32 s", 60: "1 min", 90: "1 min 30 s", 120: "2 min"}
    assert {seconds: formatting.format_duration(ENGLISH, seconds) for seconds in exact} == exact
    rough = {0: "5 s", 54: "55 s", 55: "1 min", 29 * 60: "29 min", 30 * 60: "30 min", 47 * 60: "45 min"}
    rough |= {58 * 60: "1 hour", 60 * 60: "1 hour", 70 * 60: "1 h 10 min"}
    assert {seconds: formatting.format_rough_duration(ENGLISH, seconds) for seconds in rough} == rough


def test_a_moment_is_written_in_discords_own_format() -> None:
    assert formatting.format_timestamp(1_800_000_000_999) == "<t:1800000000:R>"
    assert formatting.format_timestamp(1_800_000_000_000, "D") == "<t:1800000000:D>"


@given(st.integers(-5, 10**12), st.integers(-5, 10**12))
def test_a_bar_has_ten_cells_and_the_number_that_screen_readers_need(part: int, whole: int) -> None:
    found = re.fullmatch(r"`(█*)(░*)` (\d+)%", formatting.progress_bar(ENGLISH, part, whole))
    assert found
    assert len(found[1]) + len(found[2]) == 10
    assert len(found[1]) == int(found[3]) // 10 <= 10


def test_a_bar_is_full_only_when_all_is_done() -> None:
    percents = {(0, 10): 0, (29, 100): 29, (1, 3): 33, (999, 1000): 99, (10, 10): 100, (12, 10): 100, (-1, 10): 0}
    percents[1, 0] = 0
    assert {each: formatting.draw_bar(*each)[1] for each in percents} == percents


@given(FOREIGN)
@settings(max_examples=50)
def test_no_stage_name_breaks_the_card(name: str) -> None:
    """An unknown stage is made readable, on one line, and without markup."""
    shown = stage_label(ENGLISH, name)
    assert len(shown) <= 60
    assert live(shown) == []
    assert stage_label(ENGLISH, "colour_grading") == "Colour grading"


def test_the_described_bounds_are_those_of_the_api() -> None:
    for limits in (profile.limits for profile in PROFILES.values()):
        prompt, duration = command_descriptions.prompt(limits), command_descriptions.duration(limits)
        assert f"{limits.max_prompt_length:,} characters" in prompt.message
        assert f"{limits.min_seconds}–{limits.max_seconds} " in duration.message
        assert duration.extras["arguments"]["default"] == limits.default_seconds


def test_only_a_known_member_is_mentioned() -> None:
    """Erased data leaves a negative number, and an unknown person 0."""
    mentions = [formatting.mention_if_known(ENGLISH, member_id) for member_id in (1, 0, -1)]
    assert mentions == ["<@1>", *["a member who erased their data"] * 2]


def test_what_is_long_is_cut() -> None:
    receipt = Receipt(0, 5, "p" * 71, 10, "m" * 41, 100, 0, "completed", "0abc123defghj")
    line = receipt_line(ENGLISH, receipt, 10, CATALOGUE)
    assert (f" {'m' * 39}…" in line, f" {'p' * 69}…" in line) == (True, True)
    problem = DocumentProblem(1, "k" * 61, DocumentReason.UNKNOWN_KEY)
    assert f"{'k' * 59}…" in str(problems_embed(ENGLISH, [problem]).description)


def test_a_footer_is_recognized_whatever_word_is_before_the_id() -> None:
    """Older messages have another word."""
    its = {"ID 0abc123defghj": True, "Film 0abc123defghj": True, "ID 0abc123defghk": False, None: False}
    assert {footer: formatting.is_footer_of(job(), footer) for footer in its} == its


def test_a_post_has_the_prompt_as_its_title() -> None:
    prompts = {" a\nfox ": "a fox", "": "0abc123defghj", "a" * 90: "a" * 90, "a" * 91: f"{'a' * 89}…"}
    assert {each: job_messages.post_title(job(JobState.COMPLETED, each)) for each in prompts} == prompts


def test_a_long_list_ends_with_how_many_lines_are_missing() -> None:
    lines = [f"{number:03}" for number in range(400)]
    *kept, last = formatting.field_lines(ENGLISH, lines).splitlines()
    assert kept == lines[: len(kept)]
    assert last == f"and {400 - len(kept)} more"
    assert len("\n".join(kept)) in range(980, 985)
    assert formatting.field_lines(ENGLISH, lines[:3]) == "000\n001\n002"
    assert formatting.field_lines(ENGLISH, ["a" * 2000, "b"]) == "and 2 more", "nothing after a gap"
    half = "b" * 511
    assert formatting.split_lines(["a" * 512, half, "c"]) == [f"{'a' * 512}\n{half}", "c"]


def test_no_two_commands_are_described_by_the_same_message() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path("cogs").glob("*.py")]
    described = re.findall(r'description=localized\("([a-z-]+)"', "\n".join(sources))
    assert len({*described}) == len(described) > 25


OPTIONS = (Option("One", "1", "the first"), Option("Two", "2"), Option("Three", "3"))


def test_labels_of_options_are_cut() -> None:
    """Discord refuses more than 100 characters."""
    [option] = components.select_options(Select("Pick", ("pick",), (Option("a" * 150, "1", "b" * 150),)))
    assert (option.label, option.description) == ("a" * 100, "b" * 100)


def test_rows_stay_as_they_were_given() -> None:
    go = Button("Go", ("go",))
    rows = components.build_rows((go,), (go, go), (Select("Pick", ("pick",), OPTIONS),))
    pairs = components.build_view(go, go, go, per_row=2)
    assert [len(row["components"]) for row in rows.to_components()] == [1, 2, 1]
    assert [len(row["components"]) for row in pairs.to_components()] == [2, 1]
    assert [view.timeout for view in (rows, pairs)] == [None, None]


def test_only_our_own_custom_ids_are_read() -> None:
    read = {
        "m:go": ("go", ()),
        "m:go:1:x": ("go", ("1", "x")),
        "m:go:": ("go", ("",)),
        **dict.fromkeys(("m:", "m", "", "x:go:1", "go:1")),
    }
    assert {encoded: components.parse_custom_id(encoded) for encoded in read} == read
