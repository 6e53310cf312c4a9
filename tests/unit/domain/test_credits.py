"""Months, budgets, requests for credits, shares, and what a member can pay."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.catalogue import describe_budgets
from bot.domain import credit_request
from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.credits import (
    DAY_MS,
    Budget,
    BudgetScope,
    Limits,
    Month,
    day_of,
    day_starts_at,
)
from bot.domain.quota import split
from tests.helpers import factories

MOMENTS = st.integers(1_577_836_800_000, 3_786_912_000_000)


def ms(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp()) * 1000


@pytest.mark.usefixtures("time_zone")
def test_a_moment_lies_in_its_utc_month() -> None:
    moments = (
        ms(2026, 11, 1),
        ms(2026, 12, 1) - 1,
        ms(2026, 12, 31, 23, 59, 59) + 999,
        ms(2027, 1, 1),
        ms(2028, 2, 29),
    )
    months = [str(Month.containing(moment)) for moment in moments]
    assert months == ["2026-11", "2026-11", "2026-12", "2027-01", "2028-02"]
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


def test_what_is_left_is_never_negative() -> None:
    assert [Budget(limit, used=70, held=30).available for limit in (101, 100, 99)] == [1, 0, 0]


WIDE = AspectRatio.WIDE
PRICED = Catalogue(
    (
        VideoModel("OFF", "Off", 90, (WIDE,), (WIDE,), enabled=False),
        VideoModel("VEO", "Veo", 60, (WIDE,)),
        VideoModel("LUMA", "Luma", 10, (WIDE,), (WIDE,)),
        VideoModel("OLD", "Switched off", 1, (WIDE,), enabled=False),
    ),
    (ImageModel("FLUX", "Flux"),),
    RequestLimits(max_seconds=60, default_seconds=20),
)
MIDNIGHT = 1_795_651_200_000  # of November 26, 2026, in UTC


def test_what_is_missing_is_rounded_up_within_bounds_and_the_usual_price_is_that_of_the_defaults() -> None:
    asked = {1: 300, 300: 300, 301: 400, 400: 400, 401: 500, 10_000_001: 10_000_000}
    assert {missing: credit_request.credits_to_ask(missing) for missing in asked} == asked
    assert (credit_request.usual_price(PRICED), credit_request.highest_price(PRICED)) == (200, 3600)


def test_limits_that_a_usual_movie_or_the_servers_exceed_are_told() -> None:
    """Without a limit of its own, a server may spend the whole plan: that is meant."""
    told = {
        (Limits(600, 5000), 9): [],
        (Limits(599, 5000), 9): ["MEMBER_MONTHLY_CREDITS to 600"],
        (Limits(600, 5000, 2500), 2): [],
        (Limits(599, 5000, 2500), 3): ["MEMBER_MONTHLY_CREDITS to 600", "SERVER_MONTHLY_CREDITS to 1666"],
    }
    lines = {case: "\n".join(describe_budgets(case[0], PRICED, case[1])) for case in told}
    assert {case: re.findall(r"^Warning: .* Set (.*)", lines[case], re.MULTILINE) for case in told} == told


@pytest.mark.usefixtures("time_zone")
def test_a_day_begins_at_midnight_in_utc() -> None:
    days = {-1: ("2026-11-25", -DAY_MS), 0: ("2026-11-26", 0), DAY_MS - 1: ("2026-11-26", 0)}
    assert {ms: (day_of(MIDNIGHT + ms), day_starts_at(MIDNIGHT + ms) - MIDNIGHT) for ms in days} == days


def test_a_request_lapses_after_a_week() -> None:
    request = credit_request.CreditRequest("0request", 10, 20, 1, 300, 700, credit_request.RequestState.OPEN, MIDNIGHT)
    assert not request.has_lapsed(MIDNIGHT + credit_request.LIFETIME_MS)
    assert request.has_lapsed(MIDNIGHT + credit_request.LIFETIME_MS + 1)


def test_what_is_left_goes_to_the_largest_remainder_the_first_of_equals() -> None:
    parts = {
        (0, ()): (),
        (0, (0, 0)): (0, 0),
        (7, (5, 5)): (4, 3),
        (10, (1, 1, 1)): (4, 3, 3),
        (30, (50, 20)): (21, 9),
        (2, (1, 5)): (0, 2),
        (100, (60, 40)): (60, 40),
    }
    assert {each: split(*each) for each in parts} == parts


def test_the_tightest_budget_says_what_a_movie_may_cost() -> None:
    """The member's two budgets count together, beside the server's share. Only the operator sees the plan."""
    spendable = {
        (600, 50, None, 5000): 650,
        (600, 50, 5000, 5000): 650,
        (600, 50, 649, 5000): 649,
        (600, 50, None, 649): 650,
        (600, 50, 300, 200): 300,
        (600, 50, 0, 200): 0,
        (0, 50, None, 5000): 50,
    }
    assert {left: factories.left(*left).spendable for left in spendable} == spendable
    assert {factories.left(*left).member_available - left[0] - left[1] for left in spendable} == {0}


def test_the_narrowest_budget_without_a_second_of_the_cheapest_model_is_named() -> None:
    scopes = {
        (10, 0, None, 10): None,
        (5, 5, 10, 10): None,
        (9, 0, None, 5000): BudgetScope.MEMBER,
        (10, 0, 9, 10): BudgetScope.SERVER,
        (10, 0, None, 9): BudgetScope.PLAN,
        (10, 0, 10, 9): BudgetScope.PLAN,
        (10, 0, 9, 9): BudgetScope.SERVER,
        (9, 0, 9, 9): BudgetScope.MEMBER,
    }
    assert {left: factories.left(*left).exhausted_scope(PRICED) for left in scopes} == scopes
