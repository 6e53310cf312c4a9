"""What the operator pays: warnings about models that cost more than their price, and the balance at the API."""

import math
from dataclasses import replace

import pytest

from bot.core.errors import AuthenticationFailed
from bot.domain.jobs import Job, JobState
from bot.domain.process import ProcessInfo, Role
from bot.domain.reports import QueueStats
from bot.observability.metrics import Metrics
from bot.services.orders import BalanceWatch
from bot.services.reports import WARNING_INTERVAL_MS, Charge, ChargeTotals
from tests.helpers import factories
from tests.helpers.clock import START


def made(charged: int | None, video_model: str = "LUMA") -> Job:
    job = factories.job(JobState.COMPLETED)
    return replace(job, price=100, charged=charged, request=replace(job.request, video_model=video_model))


def test_a_charge_warns_when_it_is_over_a_tenth_above_the_price() -> None:
    """The API of March 2025 reports no charges, so an unknown one warns of nothing."""
    charges = (150, 111, 110, 100, 50, None)
    assert [charge for charge in charges if ChargeTotals().warns_of(made(charge), START)] == [150, 111]


def test_a_model_is_warned_of_once_a_day() -> None:
    charges = ChargeTotals()
    tomorrow = START + WARNING_INTERVAL_MS
    warned = {
        (made(150), START): True,
        (made(180), tomorrow - 1): False,
        (made(150, "VEOI2V"), tomorrow - 1): True,
        (made(150), tomorrow): True,
        (made(150), tomorrow + 1): False,
        (made(150), START - 1): True,
    }
    assert {each: charges.warns_of(*each) for each in warned} == warned


def test_what_movies_cost_is_added_up_for_each_model() -> None:
    charges = ChargeTotals()
    for charged, video_model in ((150, "LUMA"), (0, "LUMA"), (None, "LUMA"), (90, "VEOI2V")):
        charges.add(made(charged, video_model))
    assert charges.by_model == {"LUMA": Charge(paid=200, charged=150), "VEOI2V": Charge(paid=100, charged=90)}


STATS = QueueStats({}, 0.0, 900, 0, 0.0, 0, waiting_credits=300)


async def watched(*answers: int | Exception | None) -> BalanceWatch:
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
    for answer, shown, missing in ((120, 120.0, 180.0), (None, math.nan, 0.0)):
        metrics = Metrics(ProcessInfo("p", Role.ALL, "h", 1, "v", 0))
        metrics.render(STATS, await watched(answer))
        value = metrics.registry.get_sample_value
        assert value("matinee_api_credits") == pytest.approx(shown, nan_ok=True)
        assert value("matinee_api_credits_missing") == missing
