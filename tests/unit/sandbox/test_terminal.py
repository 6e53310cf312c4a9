"""The demo prints Discord's markup as plain text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.terminal import Terminal

TERMINAL = Terminal({42: "alice"})


def test_markup_becomes_plain_text() -> None:
    assert TERMINAL.plain("<@42> **12** `credits`\n>>> snow\\_man") == "@alice 12 credits\nsnow_man"


@pytest.mark.parametrize(
    ("ahead", "text"),
    [
        (timedelta(days=5, hours=1), "in 5 days"),
        (timedelta(hours=1, minutes=1), "in 1 hour"),
        (timedelta(minutes=3, seconds=5), "in 3 minutes"),
    ],
)
def test_a_relative_time_to_come_says_how_far_off_it_is(ahead: timedelta, text: str) -> None:
    at = datetime.now(UTC) + ahead
    assert TERMINAL.plain(f"resets <t:{int(at.timestamp())}:R>") == f"resets {text}"


def test_a_relative_time_that_is_past_does_not_change_each_second() -> None:
    """Otherwise, progress prints a line each second."""
    at = int(datetime(2026, 11, 5, 20, 56, tzinfo=UTC).timestamp())
    assert TERMINAL.plain(f"Started <t:{at}:R>.") == "Started 5 November 20:56 UTC."
