"""Crash backoff waits longer each time, and saves IDENTIFYs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.crash_backoff import STABLE_MS, parse, record_start, serialize, start_delay

NOW = 1_800_000_000_000
MINUTE = 60_000
DAY = 24 * 60 * MINUTE


def starts_in_a_day(lives: Iterator[int]) -> int:
    """Simulate a day of crashes with this lifetime (in ms).

    The record is stored as text, as in the database. A process that runs for an hour clears it.
    """
    now, kept, count = NOW, "", 0
    while True:
        now += int(1000 * start_delay(parse(kept), now))
        if now >= NOW + DAY:
            return count
        count += 1
        kept = serialize(record_start(parse(kept), now))
        life = next(lives)
        now += life
        if life >= STABLE_MS:
            kept = ""


def always(life: int) -> Iterator[int]:
    """Repeat the same lifetime."""
    while True:
        yield life


def test_the_wait_doubles_from_the_third_start_on() -> None:
    """A deploy and one more try start at once.

    The longest wait is ten minutes.
    """
    starts: tuple[int, ...] = ()
    pauses: list[float] = []
    for _ in range(12):
        pauses.append(start_delay(starts, NOW))
        starts = record_start(starts, NOW)
    assert pauses == [0, 0, 5, 10, 20, 40, 80, 160, 320, 600, 600, 600]


def test_a_start_that_is_long_past_counts_no_more() -> None:
    """Starts before it don't count, either.

    An operator who fixed the bot meanwhile does not wait.
    """
    crashed = tuple(NOW + minute * MINUTE for minute in range(8))
    assert start_delay(crashed, crashed[-1] + STABLE_MS) == 320
    assert start_delay(crashed, crashed[-1] + STABLE_MS + 1) == 0


def test_starts_from_the_future_count_no_more() -> None:
    """They lie over an hour ahead, so the clock was set back."""
    crashed = tuple(NOW + minute * MINUTE for minute in range(8))
    assert start_delay(crashed, crashed[-1] - STABLE_MS) == 320
    assert start_delay(crashed, crashed[-1] - STABLE_MS - 1) == 0
    assert start_delay(crashed, NOW - 365 * DAY) == 0


def test_only_the_starts_after_the_clock_was_set_back_count() -> None:
    """Earlier starts now lie in the future and add no wait."""
    from_the_future = tuple(NOW + DAY + minute * MINUTE for minute in range(8))
    since = tuple(NOW + minute * MINUTE for minute in range(3))
    assert start_delay((*from_the_future, *since), since[-1]) == start_delay(since, since[-1]) == 10


def test_a_clean_stop_or_a_stable_hour_clears_the_record() -> None:
    """An empty text means no starts."""
    assert parse(serialize(())) == parse(None) == ()
    assert start_delay(parse(""), NOW) == 0


@pytest.mark.parametrize("life", [0, 1, 1000, 20_000, 10 * MINUTE, STABLE_MS - 1])
def test_a_day_of_crashes_stays_far_below_what_discord_allows(life: int) -> None:
    """Discord allows 1,000 IDENTIFYs a day, and instant crashes cause 150."""
    assert starts_in_a_day(always(life)) <= 160


@given(st.lists(st.one_of(st.integers(0, STABLE_MS + MINUTE), st.just(0)), min_size=1, max_size=40))
def test_no_pattern_of_crashes_burns_more_than_300_starts_a_day(pattern: list[int]) -> None:
    """Lifetimes include instant crashes, later ones and stable hours."""
    assert starts_in_a_day(pattern[index % len(pattern)] for index in range(10**6)) <= 300


def test_the_worst_pattern_there_is_stays_below_300_too() -> None:
    """It has the most short waits, then an hour that resets them."""
    worst = max(
        starts_in_a_day((*[0] * quick, STABLE_MS)[n % (quick + 1)] for n in range(10**6)) for quick in range(15)
    )
    assert 150 < worst <= 300


@given(st.lists(st.integers(0, 10**14), max_size=60), st.integers(0, 10**14))
def test_what_is_remembered_is_short_and_reads_back(starts: list[int], now: int) -> None:
    """The record has the last 20 starts in at most 320 characters."""
    kept = record_start(starts, now)
    assert kept == (*starts, now)[-20:]
    assert parse(serialize(kept)) == kept
    assert len(serialize(kept)) <= 320
    assert 0 <= start_delay(kept, now) <= 600


@given(st.text())
def test_a_broken_record_keeps_no_bot_from_starting(text: str) -> None:
    assert 0 <= start_delay(parse(text), NOW) <= 600
