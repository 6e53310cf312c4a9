"""Which models a member is offered, and in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, ModelKind, RequestLimits, VideoModel
from bot.domain.language import Language
from bot.domain.styles import Style

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL
FIRST = VideoModel("first", "First", 10, (WIDE, TALL))
BEST = VideoModel("best", "Best", 10, (WIDE, TALL), (TALL,))
OFF = VideoModel("off", "Off", 10, (WIDE, TALL), (WIDE, TALL), enabled=False)
WIDE_ONLY = VideoModel("wide", "Wide", 10, (WIDE,), (WIDE,))
CATALOGUE = Catalogue((OFF, FIRST, BEST, WIDE_ONLY), (ImageModel("x", "X", enabled=False), ImageModel("y", "Y")))


@pytest.mark.parametrize(("aspect", "models"), [(WIDE, (WIDE_ONLY, FIRST, BEST)), (TALL, (BEST, FIRST))])
def test_models_for_a_shape_are_those_that_make_it_the_recommended_first(
    aspect: AspectRatio, models: tuple[VideoModel, ...]
) -> None:
    """Otherwise the operator's order stays, without disabled models."""
    assert CATALOGUE.video_models_for(aspect) == models


def test_disabled_models_are_found_but_not_available() -> None:
    """A rendering movie still shows its model's name."""
    assert CATALOGUE.enabled_video_models == (FIRST, BEST, WIDE_ONLY)
    assert [model.key for model in CATALOGUE.enabled_image_models] == ["y"]
    assert CATALOGUE.video_model("off") is OFF
    assert [CATALOGUE.label(key) for key in ("off", "gone")] == ["Off", "gone"]
    assert CATALOGUE.image_model("x") == ImageModel("x", "X", enabled=False)


def test_a_model_that_is_not_there_is_none() -> None:
    """Keys are case-sensitive."""
    assert CATALOGUE.video_model("FIRST") is None
    assert CATALOGUE.image_model("") is None


@pytest.mark.parametrize(
    ("video", "image", "seconds", "offered"),
    [
        ("first", "y", 1, True),
        ("first", "y", 120, True),
        ("first", "y", 121, False),
        ("off", "y", 1, False),
        ("gone", "y", 1, False),
        ("first", "x", 1, False),
        ("first", "gone", 1, False),
    ],
)
def test_a_movie_is_offered_with_enabled_models_and_a_possible_duration(
    video: str, image: str, seconds: int, *, offered: bool
) -> None:
    assert CATALOGUE.offers(video, image, seconds) is offered


@pytest.mark.parametrize(("affordable", "longest"), [(9, 0), (10, 10), (59, 59), (60, 60), (61, 60)])
def test_the_longest_movie_is_one_that_can_be_ordered(affordable: int, longest: int) -> None:
    assert RequestLimits(min_seconds=10, max_seconds=60).longest_within(affordable) == longest


def test_a_refused_model_is_off_where_its_kind_has_another() -> None:
    """What the operator has switched off stays off."""
    found = CATALOGUE.without({(ModelKind.VIDEO, "first"), (ModelKind.VIDEO, "y"), (ModelKind.IMAGE, "best")})
    assert found.enabled_video_models == (BEST, WIDE_ONLY)
    assert [model.key for model in found.enabled_image_models] == ["y"]
    every = CATALOGUE.without(
        {(ModelKind.IMAGE, "y"), *((ModelKind.VIDEO, each) for each in ("first", "best", "wide"))}
    )
    assert every == CATALOGUE


def test_a_refused_image_model_is_off_where_another_is_on() -> None:
    """A model's kind tells it from one of the same key."""
    two = replace(CATALOGUE, image_models=(*CATALOGUE.image_models, ImageModel("z", "Z")))
    found = two.without({(ModelKind.IMAGE, "y"), (ModelKind.VIDEO, "z")})
    assert [model.key for model in found.enabled_image_models] == ["z"]
    assert found.video_models == CATALOGUE.video_models


def test_a_style_is_found_while_it_is_enabled_in_a_language_that_it_has() -> None:
    english, german = {Language.ENGLISH: "Noir"}, {Language.GERMAN: "Schwarz"}
    noir = Style("noir", {**english, **german}, {Language.ENGLISH: "film noir", Language.GERMAN: "düster"})
    plain = Style("plain", english, {Language.ENGLISH: "plain"}, enabled=False)
    styled = Catalogue(CATALOGUE.video_models, CATALOGUE.image_models, styles=(plain, noir))
    assert [styled.style(key) for key in ("noir", "plain", "NOIR", None)] == [noir, None, None, None]
    assert [noir.label(each) for each in (Language.GERMAN, Language.FRENCH)] == ["Schwarz", "Noir"]
    assert [noir.words_in(each) for each in (Language.GERMAN, Language.FRENCH)] == ["düster", "film noir"]
