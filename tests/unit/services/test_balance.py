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


async def watched(*answers: int | Exception | None) -> BalanceWatch:
    """Return a balance for which the API was asked once for each answer."""
    left = [*answers]

    async def get_credits() -> int | None:
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    watch = BalanceWatch(get_credits)
    for _ in answers:
        await watch.refresh()
    return watch


async def test_what_is_missing_is_known_only_with_a_balance() -> None:
    """A balance that became unknown is not shown any more, as an old figure would pass for the current one."""
    unknown = AuthenticationFailed("no")
    for answer, missing in ((299, 1), (300, 0), (0, 300), (-50, 350), (None, 0), (unknown, 0)):
        assert (await watched(answer)).missing(300) == missing, answer
    assert (await watched(500)).credits == 500
    assert (await watched(500, unknown)).credits is None


async def test_the_metrics_show_the_balance_and_what_is_missing() -> None:
    """An unknown balance is NaN, so no alert takes it for 0."""
    for answer, shown, missing in ((120, 120.0, 180.0), (None, math.nan, 0.0)):
        metrics = Metrics(ProcessInfo("p", Role.ALL, "h", 1, "v", 0))
        metrics.render(STATS, await watched(answer))
        value = metrics.registry.get_sample_value
        assert value("matinee_api_credits") == pytest.approx(shown, nan_ok=True)
        assert value("matinee_api_credits_missing") == missing
