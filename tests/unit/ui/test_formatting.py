"""Amounts, lengths, moments, bars and stages in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.samsar.profile import PROFILES, ApiProfile
from bot.ui import amounts, command_descriptions, formatting
from bot.ui.stage_labels import stage_label
from tests.helpers.discord_limits import live
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import FOREIGN


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
