"""How many credits are asked for, and on which day."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.credit_request import (
    LIFETIME_MS,
    CreditRequest,
    RequestState,
    credits_to_ask,
    day_of,
    highest_price,
    next_day_at,
    usual_price,
)

WIDE = AspectRatio.WIDE
CATALOGUE = Catalogue(
    (
        VideoModel("OFF", "Off", 90, (WIDE,), (WIDE,), enabled=False),
        VideoModel("VEO", "Veo", 60, (WIDE,)),
        VideoModel("LUMA", "Luma", 10, (WIDE,), (WIDE,)),
    ),
    (ImageModel("FLUX", "Flux"),),
    RequestLimits(max_seconds=60, default_seconds=20),
)
MIDNIGHT = 1_795_651_200_000
"""Of November 26, 2026, in UTC."""


def test_what_is_missing_is_rounded_up_within_bounds() -> None:
    asked = {1: 300, 300: 300, 301: 400, 400: 400, 401: 500, 10_000_001: 10_000_000}
    assert {missing: credits_to_ask(missing) for missing in asked} == asked


def test_the_usual_price_is_that_of_the_defaults_and_the_highest_that_of_any_movie() -> None:
    assert (usual_price(CATALOGUE), highest_price(CATALOGUE)) == (200, 3600)


@pytest.mark.usefixtures("time_zone")
def test_a_day_begins_at_midnight_in_utc() -> None:
    days = {-1: ("2026-11-25", 0), 0: ("2026-11-26", 86_400_000), 86_399_999: ("2026-11-26", 86_400_000)}
    assert {ms: (day_of(MIDNIGHT + ms), next_day_at(MIDNIGHT + ms) - MIDNIGHT) for ms in days} == days


def test_a_request_lapses_after_a_week() -> None:
    request = CreditRequest("0request", 10, 20, 1, 300, 700, RequestState.OPEN, MIDNIGHT)
    assert not request.has_lapsed(MIDNIGHT + LIFETIME_MS)
    assert request.has_lapsed(MIDNIGHT + LIFETIME_MS + 1)
