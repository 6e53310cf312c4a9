"""A member's status: balance, next movie, and what prevents it."""

from __future__ import annotations

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.credits import Budget, BudgetScope
from bot.domain.quota import Allowance, AllowanceSource, Balance
from bot.domain.quote import Quote, QuotePreview
from bot.domain.request import MovieRequest
from tests.helpers.factories import standing

CATALOGUE = Catalogue(
    (
        VideoModel("VEOI2V", "Veo", 60, (AspectRatio.WIDE,)),
        VideoModel("LUMA", "Luma", 10, (AspectRatio.WIDE,)),
        VideoModel("OLD", "Switched off", 1, (AspectRatio.WIDE,), enabled=False),
    ),
    (ImageModel("FLUX1.1PRO", "Flux"),),
)


def balance(allowance: int, extra: int, server: int | None, plan: int) -> Balance:
    share = None if server is None else Budget(server + 7, used=7)
    source = Allowance(allowance + 5, AllowanceSource.BOT_DEFAULT)
    return Balance(Budget(allowance + 5, used=5), source, Budget(extra + 3, held=3), share, Budget(plan + 9, used=9))


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
    assert {left: balance(*left).spendable for left in spendable} == spendable
    assert {balance(*left).member_available - left[0] - left[1] for left in spendable} == {0}


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
    assert {left: standing(balance(*left)).exhausted_scope(CATALOGUE) for left in scopes} == scopes


def test_what_is_left_after_a_quote_is_the_members_own() -> None:
    request = MovieRequest("a red balloon", 10, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
    quote = Quote("0000000offer0", 1, 2, 3, request, 100, 0)
    assert QuotePreview(quote, balance(600, 50, 300, 200)).balance_after == 550
