"""Which drafts need a confirmation of their price."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.order import ConfirmationRequired, ConfirmationRule, InvalidDraft, decide
from bot.domain.preferences import Preferences
from bot.domain.request import Draft, ValidatedRequest

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL
CATALOGUE = Catalogue(
    (
        VideoModel("LUMA", "Luma", 10, (WIDE,), (WIDE,)),
        VideoModel("VEO", "Veo", 60, (WIDE, TALL)),
        VideoModel("KLING", "Kling", 60, (TALL,), (TALL,)),
    ),
    (ImageModel("FLUX", "Flux"),),
)
ABOVE_100 = ConfirmationRule(100)


def valid(decided: object) -> ValidatedRequest:
    """A decision that must be a valid request."""
    assert isinstance(decided, ValidatedRequest), decided
    return decided


@pytest.mark.parametrize(("price", "left", "applies"), [(33, 100, False), (34, 100, True), (0, 0, False), (1, 0, True)])
def test_a_price_above_its_part_of_what_is_left_is_confirmed(price: int, left: int, *, applies: bool) -> None:
    assert ConfirmationRule(0, percent=33).applies(price, left) is applies


def test_only_a_part_of_what_is_left_depends_on_it() -> None:
    assert [ConfirmationRule(0, percent).depends_on_balance for percent in (0, 99, 100)] == [True, True, False]


@pytest.mark.parametrize(("seconds", "confirmed"), [(10, False), (11, True)])
def test_a_price_above_the_bound_is_confirmed(seconds: int, *, confirmed: bool) -> None:
    decided = decide(Draft("a fox", seconds), Preferences(), CATALOGUE, ABOVE_100)
    assert isinstance(decided, ConfirmationRequired) is confirmed


@pytest.mark.parametrize(
    ("draft", "remembered", "cheaper"),
    [
        (Draft("a fox", 1), Preferences(video_model="VEO"), "LUMA"),
        (Draft("a fox", 1, "VEO"), Preferences(video_model="VEO"), None),
        (Draft("a fox", 1), Preferences(video_model="LUMA"), None),
        (Draft("a fox", 1, aspect_ratio="9:16"), Preferences(video_model="VEO"), None),
    ],
)
def test_a_remembered_model_is_confirmed_where_the_shapes_default_costs_less(
    draft: Draft, remembered: Preferences, cheaper: str | None
) -> None:
    decided = decide(draft, remembered, CATALOGUE, ABOVE_100, use_preferences=True)
    if cheaper is None:
        assert isinstance(decided, ValidatedRequest)
    else:
        assert isinstance(decided, ConfirmationRequired)
        assert decided.default_model == CATALOGUE.video_model(cheaper)


def test_an_invalid_draft_keeps_what_the_preferences_added() -> None:
    """Its form is then filled in with all of it."""
    decided = decide(Draft(" "), Preferences(12, "VEO"), CATALOGUE, use_preferences=True)
    assert isinstance(decided, InvalidDraft)
    assert decided.draft == Draft(" ", 12, "VEO")


def test_preferences_complete_a_draft_only_where_they_are_asked_for() -> None:
    found = [decide(Draft("a fox"), Preferences(12, "VEO"), CATALOGUE, use_preferences=use) for use in (True, False)]
    chosen = [(each.request.duration_seconds, each.request.video_model) for each in map(valid, found)]
    assert chosen == [(12, "VEO"), (20, "LUMA")]
