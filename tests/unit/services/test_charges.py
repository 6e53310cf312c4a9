"""Warnings to the operator about models that cost more than their price."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.job import Job, JobState
from bot.services.charges import WARNING_INTERVAL_MS, Charge, ChargeTotals
from tests.helpers import factories
from tests.helpers.clock import START


def made(charged: int | None, video_model: str = "LUMA") -> Job:
    """Return a movie of 100 credits."""
    job = factories.job(JobState.COMPLETED)
    return replace(job, price=100, charged=charged, request=replace(job.request, video_model=video_model))


@pytest.mark.parametrize(("charged", "warns"), [(150, True), (111, True), (110, False), (100, False), (50, False)])
def test_a_charge_warns_when_it_is_over_a_tenth_above_the_price(charged: int, warns: bool) -> None:
    assert ChargeTotals().warns_of(made(charged), START) is warns


def test_an_unknown_charge_warns_of_nothing() -> None:
    """The API of March 2025 reports no charges."""
    assert not ChargeTotals().warns_of(made(None), START)


def test_a_model_is_warned_of_once_a_day() -> None:
    """Each model is counted separately."""
    charges = ChargeTotals()
    assert charges.warns_of(made(150), START)
    assert not charges.warns_of(made(180), START + WARNING_INTERVAL_MS - 1)
    assert charges.warns_of(made(150, "VEOI2V"), START + WARNING_INTERVAL_MS - 1)
    assert charges.warns_of(made(150), START + WARNING_INTERVAL_MS)


def test_a_model_is_warned_of_once_on_the_next_day_too() -> None:
    charges = ChargeTotals()
    moments = (START, START + WARNING_INTERVAL_MS, START + WARNING_INTERVAL_MS + 1)
    assert [charges.warns_of(made(150), moment) for moment in moments] == [True, True, False]


def test_what_movies_cost_is_added_up_for_each_model() -> None:
    """A free movie counts, and one whose charge is unknown does not."""
    charges = ChargeTotals()
    for charged, video_model in ((150, "LUMA"), (0, "LUMA"), (None, "LUMA"), (90, "VEOI2V")):
        charges.add(made(charged, video_model))
    assert charges.by_model == {"LUMA": Charge(paid=200, charged=150), "VEOI2V": Charge(paid=100, charged=90)}


def test_a_clock_that_was_set_back_does_not_silence_the_warning() -> None:
    charges = ChargeTotals()
    assert charges.warns_of(made(150), START)
    assert charges.warns_of(made(150), START - 1)
