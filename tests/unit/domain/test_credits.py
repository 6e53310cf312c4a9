"""Months, budgets, and the refusal of a movie that doesn't fit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credits import Budget, BudgetScope, Month, Shortfall

CREDITS = st.integers(0, 10**9)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)).map(  # noqa: DTZ001 (hypothesis wants naive bounds)
    lambda moment: int(moment.replace(tzinfo=UTC).timestamp() * 1000)
)


def ms(*moment: int) -> int:
    """A UTC moment in epoch milliseconds."""
    return int(datetime(*moment, tzinfo=UTC).timestamp()) * 1000


@pytest.mark.usefixtures("time_zone")
@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (ms(2026, 11, 1), Month(2026, 11)),
        (ms(2026, 12, 1) - 1, Month(2026, 11)),
        (ms(2026, 12, 31, 23, 59, 59) + 999, Month(2026, 12)),
        (ms(2027, 1, 1), Month(2027, 1)),
        (ms(2028, 2, 29), Month(2028, 2)),
    ],
)
def test_a_moment_lies_in_its_utc_month(moment: int, month: Month) -> None:
    """The month is exact to the millisecond in every time zone."""
    assert Month.containing(moment) == month


@pytest.mark.usefixtures("time_zone")
def test_a_month_starts_and_ends_at_midnight_in_utc() -> None:
    """Allowances reset at the same moment on every machine."""
    assert Month(2026, 11).starts_at == 1_793_491_200_000
    assert Month(2026, 11).ends_at == 1_796_083_200_000


def test_an_evening_of_another_time_zone_lies_in_its_utc_month() -> None:
    """The evening of November 30 in New York is December already."""
    new_york = datetime.fromisoformat("2026-11-30T20:00:00-05:00")
    assert Month.containing(int(new_york.timestamp() * 1000)) == Month(2026, 12)


def test_after_december_comes_january_of_the_next_year() -> None:
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2026, 11).next == Month(2026, 12)
    assert Month(2026, 12).ends_at == ms(2027, 1, 1)


def test_a_month_is_written_so_that_text_sorts_by_time() -> None:
    """A month has four digits, a dash and two digits."""
    assert [str(Month(2026, 2)), str(Month(987, 11))] == ["2026-02", "0987-11"]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        (" 2026-01 ", Month(2026, 1)),
        ("2099-12", Month(2099, 12)),
        *((wrong, None) for wrong in ("2026-00", "2026-13", "2026-19", "1999-12", "2026-1", "2026-011", "")),
    ],
)
def test_a_typed_month_is_one_of_this_century(text: str, month: Month | None) -> None:
    assert Month.parse(text) == month


@given(MOMENTS)
def test_every_moment_lies_between_its_months_start_and_end(moment: int) -> None:
    """Months follow one another without a gap."""
    month = Month.containing(moment)
    assert month.starts_at <= moment < month.ends_at
    assert Month.containing(month.ends_at) == month.next
    assert Month.containing(month.starts_at - 1) < month < month.next
    assert timedelta(days=28) <= timedelta(milliseconds=month.ends_at - month.starts_at) <= timedelta(days=31)


@given(CREDITS, CREDITS, CREDITS)
def test_what_is_left_is_never_negative(limit: int, used: int, held: int) -> None:
    """The operator may lower a limit below what was spent."""
    left = Budget(limit, used, held).available
    assert left == max(0, limit - used - held)


@pytest.mark.parametrize(
    ("left", "price", "seconds"), [(320, 10, 32), (329, 10, 32), (9, 10, 0), (0, 60, 0), (60, 60, 1)]
)
def test_what_would_fit_is_told_in_whole_seconds(left: int, price: int, seconds: int) -> None:
    """With 320 credits at 10 a second, "32 s fits"."""
    assert Shortfall(BudgetScope.MEMBER, 600, left, 0).affordable_seconds(price) == seconds


@given(CREDITS, st.integers(1, 1000))
def test_the_affordable_length_fits_and_one_second_more_does_not(left: int, price: int) -> None:
    seconds = Shortfall(BudgetScope.PLAN, 1, left, 0).affordable_seconds(price)
    assert seconds * price <= left < (seconds + 1) * price
