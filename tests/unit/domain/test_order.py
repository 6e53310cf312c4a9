"""Which drafts need a confirmation of their price."""

from __future__ import annotations

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


def test_a_price_above_its_part_of_what_is_left_is_confirmed() -> None:
    rule = ConfirmationRule(0, percent=33)
    assert [rule.applies(*each) for each in ((33, 100), (34, 100), (0, 0), (1, 0))] == [False, True, False, True]
    assert [ConfirmationRule(0, percent).depends_on_balance for percent in (0, 99, 100)] == [True, True, False]


def test_a_price_above_the_bound_is_confirmed() -> None:
    for seconds, confirmed in ((10, False), (11, True)):
        decided = decide(Draft("a fox", seconds), Preferences(), CATALOGUE, ABOVE_100)
        assert isinstance(decided, ConfirmationRequired) is confirmed


def test_a_remembered_model_is_confirmed_where_the_shapes_default_costs_less() -> None:
    for draft, remembered, cheaper in (
        (Draft("a fox", 1), "VEO", "LUMA"),
        (Draft("a fox", 1, "VEO"), "VEO", None),
        (Draft("a fox", 1), "LUMA", None),
        (Draft("a fox", 1, aspect_ratio="9:16"), "VEO", None),
    ):
        preferences = Preferences(video_model=remembered)
        decided = decide(draft, preferences, CATALOGUE, ABOVE_100, use_preferences=True)
        found = decided.default_model if isinstance(decided, ConfirmationRequired) else None
        assert found == (cheaper and CATALOGUE.video_model(cheaper))
        assert isinstance(decided, ConfirmationRequired if cheaper else ValidatedRequest)


def test_preferences_complete_a_draft_only_where_they_are_asked_for() -> None:
    chosen: list[object] = []
    for use in (True, False):
        decided = decide(Draft("a fox"), Preferences(12, "VEO"), CATALOGUE, use_preferences=use)
        assert isinstance(decided, ValidatedRequest)
        chosen.append((decided.request.duration_seconds, decided.request.video_model))
    assert chosen == [(12, "VEO"), (20, "LUMA")]
    invalid = decide(Draft(" "), Preferences(12, "VEO"), CATALOGUE, use_preferences=True)
    assert isinstance(invalid, InvalidDraft)
    assert invalid.draft == Draft(" ", 12, "VEO")
