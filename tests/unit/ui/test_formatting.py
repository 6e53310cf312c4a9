"""Amounts, lengths, moments, bars and stages in words."""

from __future__ import annotations

import re

import pytest
from discord.app_commands import locale_str
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credits import Month
from bot.domain.language import Language
from bot.locales.texts import texts_in
from bot.samsar.profile import PROFILES, ApiProfile
from bot.ui import amounts, command_descriptions, field_lines, formatting
from bot.ui.stage_labels import stage_label
from tests.helpers.discord_limits import live
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import FOREIGN, job


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "0 credits"), (1, "1 credit"), (2, "2 credits"), (600, "600 credits"), (3600, "3,600 credits")],
)
def test_credits_are_counted_in_words(amount: int, shown: str) -> None:
    """One credit is singular, and thousands have a comma."""
    assert amounts.format_credits(ENGLISH, amount) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(1, "1 s"), (32, "32 s"), (60, "1 min"), (90, "1 min 30 s"), (120, "2 min")]
)
def test_a_length_is_told_in_minutes_and_seconds(seconds: int, shown: str) -> None:
    assert amounts.format_duration(ENGLISH, seconds) == shown


def test_a_moment_is_written_in_discords_own_format() -> None:
    """Each reader sees it in their own time zone and language."""
    assert formatting.format_timestamp(1_800_000_000_999) == "<t:1800000000:R>"
    assert formatting.format_timestamp(1_800_000_000_000, "D") == "<t:1800000000:D>"


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 10, "`░░░░░░░░░░` 0%"),
        (29, 100, "`██░░░░░░░░` 29%"),
        (1, 3, "`███░░░░░░░` 33%"),
        (999, 1000, "`█████████░` 99%"),
        (10, 10, "`██████████` 100%"),
        (12, 10, "`██████████` 100%"),
        (-1, 10, "`░░░░░░░░░░` 0%"),
        (1, 0, "`░░░░░░░░░░` 0%"),
    ],
)
def test_a_bar_has_ten_cells_and_its_number(part: int, whole: int, shown: str) -> None:
    """It is full only when all is done."""
    assert amounts.progress_bar(ENGLISH, part, whole) == shown


@given(st.integers(-5, 10**12), st.integers(-5, 10**12))
def test_a_bar_and_its_number_say_the_same(part: int, whole: int) -> None:
    """Screen readers need the number."""
    found = re.fullmatch(r"`(█*)(░*)` (\d+)%", amounts.progress_bar(ENGLISH, part, whole))
    assert found
    assert len(found[1]) + len(found[2]) == 10
    assert len(found[1]) == int(found[3]) // 10 <= 10


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", ENGLISH("stages-rendering")),
        ("image_generation", ENGLISH("stages-image-generation")),
        ("lip_sync_generation", ENGLISH("stages-lip-sync-generation")),
        ("colour_grading", "Colour grading"),
        ("**bold**", r"\*\*bold\*\*"),
    ],
)
def test_a_stage_is_told_in_plain_words(name: str, shown: str) -> None:
    """An unknown stage is made readable and safe."""
    assert stage_label(ENGLISH, name) == shown


@given(FOREIGN)
def test_no_stage_name_breaks_the_card(name: str) -> None:
    """It is short, on one line, and without markup."""
    shown = stage_label(ENGLISH, name)
    assert len(shown) <= 60
    assert live(shown) == []


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.version.value)
def test_the_described_bounds_are_those_of_the_api(profile: ApiProfile) -> None:
    """The options' descriptions name the bounds."""
    prompt, duration = command_descriptions.prompt(profile.limits), command_descriptions.duration(profile.limits)
    assert f"{profile.limits.max_prompt_length:,} characters" in prompt.message
    assert f"{profile.limits.min_seconds}–{profile.limits.max_seconds} " in duration.message
    assert duration.extras["arguments"]["default"] == profile.limits.default_seconds


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "5 s"),
        (54, "55 s"),
        (55, "1 min"),
        (29 * 60, "29 min"),
        (47 * 60, "45 min"),
        (60 * 60, "1 hour"),
        (70 * 60, "1 h 10 min"),
    ],
)
def test_a_rough_length_is_rounded_the_more_the_longer_it_is(seconds: int, shown: str) -> None:
    assert amounts.format_rough_duration(ENGLISH, seconds) == shown


@pytest.mark.parametrize(
    ("language", "number", "month", "day"),
    [
        (Language.ENGLISH, "1,200", "November 2026", "November 10"),
        (Language.GERMAN, "1.200", "November 2026", "10. November"),
        (Language.JAPANESE, "1,200", "2026年11月", "11月10日"),
    ],
)
def test_numbers_and_dates_are_written_as_in_their_language(
    language: Language, number: str, month: str, day: str
) -> None:
    texts, november = texts_in(language), Month(2026, 11)
    assert amounts.format_number(texts, 1200) == number
    assert amounts.format_month(texts, november) == month
    assert amounts.format_day(texts, november, 10) == day


@pytest.mark.parametrize(
    ("member_id", "shown"), [(5, "<@5>"), (0, ENGLISH("privacy-unnamed")), (-7, ENGLISH("privacy-unnamed"))]
)
def test_only_a_known_member_is_mentioned(member_id: int, shown: str) -> None:
    """Erased data leaves a negative number, and an unknown person 0."""
    assert formatting.mention_if_known(ENGLISH, member_id) == shown


@pytest.mark.parametrize(
    ("footer", "is_its"),
    [("ID 0abc123defghj", True), ("Film 0abc123defghj", True), ("ID 0abc123defghk", False), (None, False)],
)
def test_a_footer_is_recognized_whatever_word_is_before_the_id(footer: str | None, is_its: bool) -> None:
    """Older messages have another word."""
    assert formatting.is_footer_of(job(), footer) is is_its


def test_a_long_list_ends_with_how_many_lines_are_missing() -> None:
    """Fields hold whole lines, as many as fit."""
    lines = [f"{number:03}" for number in range(400)]
    *kept, last = field_lines.field_lines(ENGLISH, lines).splitlines()
    assert kept == lines[: len(kept)]
    assert last == ENGLISH("units-more-lines", more=400 - len(kept))
    assert field_lines.field_lines(ENGLISH, lines[:3]) == "000\n001\n002"
    long = ["a" * 2000, "b"]
    assert field_lines.field_lines(ENGLISH, long) == ENGLISH("units-more-lines", more=2), "nothing after a gap"
    split = field_lines.split_lines(["a" * 500, "b" * 500, "c" * 500])
    assert split == [f"{'a' * 500}\n{'b' * 500}", "c" * 500]


def test_no_two_commands_or_options_are_described_by_the_same_message() -> None:
    described = [each for each in vars(command_descriptions).values() if isinstance(each, locale_str)]
    assert len({each.extras["message_id"] for each in described}) == len(described) > 50
