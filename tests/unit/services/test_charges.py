"""Warnings to the operator about models that cost more than their price."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.job import Job, JobState
from bot.services.charges import WARNING_INTERVAL_MS, Charge, ChargeTotals
from tests.helpers import factories
from tests.helpers.clock import START


def made(charged: int | None, video_model: str = "LUMA") -> Job:
    """Return a movie of 100 credits."""
    job = factories.job(JobState.COMPLETED)
    return replace(job, price=100, charged=charged, request=replace(job.request, video_model=video_model))


def test_a_charge_warns_when_it_is_over_a_tenth_above_the_price() -> None:
    """The API of March 2025 reports no charges, so an unknown one warns of nothing."""
    charges = (150, 111, 110, 100, 50, None)
    assert [charge for charge in charges if ChargeTotals().warns_of(made(charge), START)] == [150, 111]


def test_a_model_is_warned_of_once_a_day() -> None:
    """Each model is counted separately. A clock that was set back silences nothing."""
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
    """A free movie counts, and one whose charge is unknown does not."""
    charges = ChargeTotals()
    for charged, video_model in ((150, "LUMA"), (0, "LUMA"), (None, "LUMA"), (90, "VEOI2V")):
        charges.add(made(charged, video_model))
    assert charges.by_model == {"LUMA": Charge(paid=200, charged=150), "VEOI2V": Charge(paid=100, charged=90)}
