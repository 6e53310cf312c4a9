"""Preferences complete a draft, and never override it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.preferences import (
    DeliveryTarget,
    PreferenceField,
    Preferences,
    PreferenceUpdate,
    apply_preferences,
    default_request,
    update_preference,
)
from bot.domain.request import Draft, ValidatedRequest, validate

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL

CATALOGUE = Catalogue(
    (
        VideoModel("LUMA", "Luma", 10, (WIDE,), (WIDE,)),
        VideoModel("REEL", "Reel", 20, (TALL,)),
        VideoModel("KLING", "Kling", 10, (WIDE, TALL), (TALL,)),
        VideoModel("RETIRED", "Retired", 10, (WIDE, TALL), enabled=False),
    ),
    (ImageModel("FLUX", "Flux"), ImageModel("IMAGEN", "Imagen"), ImageModel("OLD", "Old", enabled=False)),
)
WIDE_ONLY = Catalogue((VideoModel("LUMA", "Luma", 10, (WIDE,)),), (ImageModel("FLUX", "Flux"),))

PROMPT = "a red balloon"


def filled(preferences: Preferences, catalogue: Catalogue = CATALOGUE, **said: Any) -> Draft:
    """Fill in a draft from these preferences."""
    return apply_preferences(Draft(PROMPT, **said), preferences, catalogue)


def test_what_was_not_said_is_taken_from_what_is_remembered() -> None:
    """All four options have a preference."""
    preferences = Preferences(12, "KLING", "IMAGEN", "9:16")
    assert filled(preferences) == Draft(PROMPT, 12, "KLING", "IMAGEN", "9:16")
    assert filled(Preferences()) == Draft(PROMPT)


def test_what_was_said_wins() -> None:
    """All four options override their preferences."""
    preferences = Preferences(12, "KLING", "IMAGEN", "9:16")
    said = Draft(PROMPT, 5, "LUMA", "FLUX", "16:9")
    assert apply_preferences(said, preferences, CATALOGUE) == said


def test_a_remembered_model_makes_way_for_a_shape_that_was_said() -> None:
    """The shape's default model takes its place."""
    assert filled(Preferences(video_model="LUMA"), aspect_ratio="9:16").video_model is None


def test_a_remembered_shape_makes_way_for_a_model_that_was_said() -> None:
    """The default shape takes its place."""
    assert filled(Preferences(aspect_ratio="9:16"), video_model="LUMA").aspect_ratio is None


@pytest.mark.parametrize("gone", ["RETIRED", "NEVER"])
def test_a_model_that_is_gone_takes_nothing_with_it(gone: str) -> None:
    """The shape, the image model and the length stay."""
    remembered = Preferences(12, gone, "IMAGEN", "9:16")
    assert filled(remembered) == Draft(PROMPT, 12, None, "IMAGEN", "9:16")


@pytest.mark.parametrize("gone", ["OLD", "NEVER"])
def test_an_image_model_that_is_gone_is_left_out(gone: str) -> None:
    """The default image model is used."""
    assert filled(Preferences(image_model=gone)).image_model is None


@pytest.mark.parametrize("shape", ["9:16", "1:1"])
def test_a_shape_that_nothing_makes_any_more_is_left_out(shape: str) -> None:
    """The model stays, because it makes other shapes."""
    assert filled(Preferences(video_model="LUMA", aspect_ratio=shape), WIDE_ONLY) == Draft(PROMPT, None, "LUMA")


def test_what_no_longer_fits_the_limits_is_left_out() -> None:
    """The shortest duration was raised, and the server prefers tall movies."""
    limits = RequestLimits(min_seconds=10, default_aspect_ratio=TALL)
    assert filled(Preferences(5, "LUMA"), replace(CATALOGUE, limits=limits)) == Draft(PROMPT)


@pytest.mark.parametrize("seconds", ["0", "121", "\u0663", "\u00b2", "", "5.0", "-5"])
def test_a_duration_that_is_not_possible_is_not_chosen(seconds: str) -> None:
    assert update_preference(Preferences(), PreferenceField.SECONDS, seconds, CATALOGUE) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (PreferenceField.VIDEO_MODEL, "RETIRED"),
        (PreferenceField.VIDEO_MODEL, "NEVER"),
        (PreferenceField.IMAGE_MODEL, "OLD"),
        (PreferenceField.IMAGE_MODEL, "NEVER"),
        (PreferenceField.ASPECT_RATIO, "1:1"),
    ],
)
def test_what_is_not_offered_is_not_chosen(field: PreferenceField, value: str) -> None:
    assert update_preference(Preferences(), field, value, CATALOGUE) is None


@pytest.mark.parametrize("field", ["seconds", "video_model", "image_model", "aspect_ratio"])
def test_each_choice_is_reset_without_the_others(field: str) -> None:
    before = Preferences(12, "KLING", "FLUX", "9:16")
    after: dict[str, Any] = {field: None}
    reset = update_preference(before, PreferenceField(field), None, CATALOGUE)
    assert reset == PreferenceUpdate(replace(before, **after))


def test_a_remembered_model_that_no_longer_makes_the_default_shape_is_left_out() -> None:
    """The default shape is wide where no shape is remembered."""
    assert isinstance(default_request(Preferences(video_model="REEL"), CATALOGUE), ValidatedRequest)


def test_the_usual_movie_has_the_price_of_what_is_remembered() -> None:
    """Seconds times what the model costs."""
    usual = default_request(Preferences(12, "REEL", None, "9:16"), CATALOGUE)
    assert isinstance(usual, ValidatedRequest)
    assert usual.price == 240
    assert (usual.image_model.key, usual.request.aspect_ratio) == ("FLUX", TALL)


def test_remembering_nothing_is_told_from_remembering_something() -> None:
    """The delivery target is no option of a movie."""
    assert not Preferences(delivery_target=DeliveryTarget.DIRECT_MESSAGE).has_choices
    assert Preferences(seconds=5).has_choices
    assert Preferences(aspect_ratio="9:16").has_choices
    assert Preferences(video_model="LUMA").has_choices
    assert Preferences(image_model="FLUX").has_choices


def test_a_model_takes_its_shape_along_where_the_remembered_one_does_not_go_with_it() -> None:
    """Without a remembered shape, the shape is wide."""
    tall = update_preference(Preferences(aspect_ratio="9:16"), PreferenceField.VIDEO_MODEL, "LUMA", CATALOGUE)
    assert tall == PreferenceUpdate(Preferences(video_model="LUMA", aspect_ratio="16:9"), dropped_aspect_ratio="9:16")
    none = update_preference(Preferences(), PreferenceField.VIDEO_MODEL, "REEL", CATALOGUE)
    assert none == PreferenceUpdate(Preferences(video_model="REEL", aspect_ratio="9:16"), dropped_aspect_ratio="16:9")


def test_a_shape_sends_a_model_away_that_cannot_make_it() -> None:
    """This includes the default shape, which is wide."""
    luma = update_preference(Preferences(video_model="LUMA"), PreferenceField.ASPECT_RATIO, "9:16", CATALOGUE)
    assert luma == PreferenceUpdate(Preferences(aspect_ratio="9:16"), dropped_model="LUMA")
    reel = update_preference(
        Preferences(video_model="REEL", aspect_ratio="9:16"), PreferenceField.ASPECT_RATIO, None, CATALOGUE
    )
    assert reel == PreferenceUpdate(Preferences(), dropped_model="REEL")


def test_what_is_not_offered_now_is_not_dropped() -> None:
    """The operator may offer it again."""
    retired = Preferences(video_model="RETIRED")
    tall = update_preference(retired, PreferenceField.ASPECT_RATIO, "9:16", CATALOGUE)
    assert tall == PreferenceUpdate(Preferences(video_model="RETIRED", aspect_ratio="9:16"))
    luma = update_preference(Preferences(aspect_ratio="9:16"), PreferenceField.VIDEO_MODEL, "LUMA", WIDE_ONLY)
    assert luma == PreferenceUpdate(Preferences(video_model="LUMA", aspect_ratio="9:16"))


def test_a_choice_that_goes_with_the_others_changes_nothing_else() -> None:
    before = Preferences(12, "KLING", "FLUX", "9:16", DeliveryTarget.DIRECT_MESSAGE)
    assert update_preference(before, PreferenceField.SECONDS, "120", CATALOGUE) == PreferenceUpdate(
        Preferences(120, "KLING", "FLUX", "9:16", DeliveryTarget.DIRECT_MESSAGE)
    )
    assert update_preference(before, PreferenceField.IMAGE_MODEL, "IMAGEN", CATALOGUE) == PreferenceUpdate(
        Preferences(12, "KLING", "IMAGEN", "9:16", DeliveryTarget.DIRECT_MESSAGE)
    )


VALUES = st.none() | st.sampled_from(
    ["LUMA", "REEL", "KLING", "RETIRED", "FLUX", "OLD", "16:9", "9:16", "1:1", "0", "5", "120", "121", "", "x", "²"]
)


@given(st.lists(st.tuples(st.sampled_from(PreferenceField), VALUES | st.text(max_size=20)), max_size=12))
def test_no_row_of_choices_ends_in_a_movie_that_would_be_refused(
    choices: list[tuple[PreferenceField, str | None]],
) -> None:
    """The last choice is always in the resulting movie."""
    kept = Preferences()
    for choice, value in choices:
        chosen = update_preference(kept, choice, value, CATALOGUE)
        if chosen is None:
            continue
        kept = chosen.preferences
        usual = default_request(kept, CATALOGUE)
        assert isinstance(usual, ValidatedRequest)
        if value is not None:
            assert str(
                getattr(usual.request, "duration_seconds" if choice is PreferenceField.SECONDS else choice.value)
            ) == str(int(value) if choice is PreferenceField.SECONDS else value)


@pytest.mark.parametrize(
    ("model", "shape", "said_model", "said_shape"),
    list(
        itertools.product(
            ("LUMA", "REEL", "RETIRED", None), ("16:9", "9:16", None), ("LUMA", "KLING", None), (WIDE, None)
        )
    ),
)
def test_nothing_that_is_remembered_is_a_reason_to_refuse(
    model: str | None, shape: str | None, said_model: str | None, said_shape: str | None
) -> None:
    """A valid draft stays valid with any preferences."""
    remembered = Preferences(12, model, "OLD", shape)
    draft = filled(remembered, video_model=said_model, aspect_ratio=said_shape)
    assert isinstance(validate(draft, CATALOGUE), ValidatedRequest)
