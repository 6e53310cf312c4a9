"""Months, budgets, and the refusal of a movie that doesn't fit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credits import Budget, BudgetScope, Month, Shortfall

CREDITS = st.integers(0, 10**9)
MOMENTS = st.integers(1_577_836_800_000, 3_786_912_000_000)
"""From 2020 to 2090, in UTC epoch milliseconds."""


def ms(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp()) * 1000


@pytest.mark.usefixtures("time_zone")
def test_a_moment_lies_in_its_utc_month() -> None:
    for moment, month in (
        (ms(2026, 11, 1), Month(2026, 11)),
        (ms(2026, 12, 1) - 1, Month(2026, 11)),
        (ms(2026, 12, 31, 23, 59, 59) + 999, Month(2026, 12)),
        (ms(2027, 1, 1), Month(2027, 1)),
        (ms(2028, 2, 29), Month(2028, 2)),
    ):
        assert Month.containing(moment) == month
    assert (Month(2026, 11).starts_at, Month(2026, 11).ends_at) == (1_793_491_200_000, 1_796_083_200_000)


def test_a_month_is_written_so_that_text_sorts_by_time_and_read_in_this_century() -> None:
    assert [str(Month(2026, 2)), str(Month(987, 11))] == ["2026-02", "0987-11"]
    assert [Month.parse(" 2026-01 "), Month.parse("2099-12")] == [Month(2026, 1), Month(2099, 12)]
    wrong = ("2026-00", "2026-13", "2026-19", "1999-12", "2026-1", "2026-011", "")
    assert [text for text in wrong if Month.parse(text)] == []


@given(MOMENTS)
def test_every_moment_lies_between_its_months_start_and_end(moment: int) -> None:
    month = Month.containing(moment)
    assert month.starts_at <= moment < month.ends_at
    assert Month.containing(month.ends_at) == month.next
    assert Month.containing(month.starts_at - 1) < month < month.next
    assert timedelta(days=28) <= timedelta(milliseconds=month.ends_at - month.starts_at) <= timedelta(days=31)


@given(CREDITS, CREDITS, CREDITS)
def test_what_is_left_is_never_negative(limit: int, used: int, held: int) -> None:
    assert Budget(limit, used, held).available == max(0, limit - used - held)


@given(CREDITS, st.integers(1, 1000))
def test_the_affordable_length_in_whole_seconds_fits_and_one_second_more_does_not(left: int, price: int) -> None:
    seconds = Shortfall(BudgetScope.PLAN, 1, left, 0).affordable_seconds(price)
    assert seconds * price <= left < (seconds + 1) * price
