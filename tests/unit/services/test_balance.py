"""Whether the balance at the API pays for what is held."""

from __future__ import annotations

import math

import pytest

from bot.domain.process import ProcessInfo, Role
from bot.domain.stats import QueueStats
from bot.errors import AuthenticationFailed
from bot.observability.metrics import Metrics
from bot.services.balance import BalanceWatch

STATS = QueueStats({}, 0.0, 900, 0, 0.0, 0, waiting_credits=300)


async def watched(answer: int | Exception | None) -> BalanceWatch:
    """Return a balance for which the API was asked once."""

    async def get_credits() -> int | None:
        if isinstance(answer, Exception):
            raise answer
        return answer

    watch = BalanceWatch(get_credits)
    await watch.refresh()
    return watch


@pytest.mark.parametrize(
    ("answer", "missing"), [(299, 1), (300, 0), (0, 300), (-50, 350), (None, 0), (AuthenticationFailed("no"), 0)]
)
async def test_what_is_missing_is_known_only_with_a_balance(answer: int | Exception | None, missing: int) -> None:
    assert (await watched(answer)).missing(300) == missing


async def test_a_balance_that_became_unknown_is_not_shown_any_more() -> None:
    """Members would take an old figure for the current one."""
    answers: list[int | Exception] = [500, AuthenticationFailed("no")]

    async def get_credits() -> int | None:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    watch = BalanceWatch(get_credits)
    await watch.refresh()
    assert watch.credits == 500
    await watch.refresh()
    assert watch.credits is None


@pytest.mark.parametrize(("answer", "shown", "missing"), [(120, 120.0, 180.0), (None, math.nan, 0.0)])
async def test_the_metrics_show_the_balance_and_what_is_missing(
    answer: int | None, shown: float, missing: float
) -> None:
    """An unknown balance is NaN, so no alert takes it for 0."""
    metrics = Metrics(ProcessInfo("p", Role.ALL, "h", 1, "v", 0))
    metrics.render(STATS, await watched(answer))
    value = metrics.registry.get_sample_value
    assert value("matinee_api_credits") == pytest.approx(shown, nan_ok=True)
    assert value("matinee_api_credits_missing") == missing
