"""What /credits says can be spent now."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.credits import Month
from bot.domain.quota import Balance, Block
from bot.ui import credits
from tests.helpers import factories
from tests.helpers.expected_text import ENGLISH

NOVEMBER = Month(2026, 11)

LEFT = st.integers(0, 3000)


def said(of: Balance, block: Block | None = None) -> tuple[str, str]:
    title, decides, *_ = credits.standing(ENGLISH, 7, of, NOVEMBER, block, is_own=True)
    return title.removeprefix("### "), decides


OWN, LESS = "credits-spend-own", ENGLISH("credits-spend-less-own")


@pytest.mark.parametrize(
    ("left", "title", "decides"),
    [
        ((600, 50, None, 5000), ENGLISH(OWN, credits=650), ""),
        ((600, 50, 650, 650), ENGLISH(OWN, credits=650), ""),
        (
            (600, 950, 1500, 5000),
            ENGLISH(OWN, credits=1500),
            ENGLISH("credits-budget-short", credits=1500, own="1,550"),
        ),
        ((600, 50, 0, 0), ENGLISH(OWN, credits=0), ENGLISH("credits-budget-short", credits=0, own="650")),
        ((600, 50, 300, 299), LESS, ENGLISH("credits-plan-short")),
        ((600, 50, None, 0), ENGLISH(OWN, credits=0), ENGLISH("credits-plan-empty")),
        ((0, 0, None, 0), ENGLISH(OWN, credits=0), ""),
        ((600, 50, 300, 300, 299), ENGLISH(OWN, credits=299), ENGLISH("credits-queue-short", credits=299, own="650")),
        ((600, 50, 300, 300, 0), ENGLISH(OWN, credits=0), ENGLISH("credits-queue-short", credits=0, own="650")),
        ((600, 50, None, 650, 650), ENGLISH(OWN, credits=650), ""),
    ],
)
def test_the_least_of_all_limits_is_what_can_be_spent_now(
    left: tuple[int, int, int | None, int, int | None], title: str, decides: str
) -> None:
    assert said(factories.left(*left)) == (title, decides)
    assert said(factories.left(*left), Block(None, "spam"))[0] == ENGLISH(OWN, credits=0)


@given(LEFT, LEFT, st.none() | LEFT, LEFT, st.none() | LEFT)
@settings(max_examples=200)
def test_no_more_is_said_to_be_spendable_than_any_limit_allows(
    allowance: int, bonus: int, server: int | None, plan: int, queued: int | None
) -> None:
    title, decides = said(factories.left(allowance, bonus, server, plan, queued))
    limits = [allowance + bonus, plan, *(each for each in (server, queued) if each is not None)]
    figures = [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", title)]
    least = min(limits)
    is_plans = plan == least and plan not in (allowance + bonus, server)
    assert figures == ([] if is_plans or not least else [least])
    assert bool(decides) == (allowance + bonus > least)
