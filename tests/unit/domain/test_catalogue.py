"""Which models a member is offered, and in which order."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel

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
    assert CATALOGUE.image_model("x") == ImageModel("x", "X", enabled=False)


def test_a_model_that_is_not_there_is_none() -> None:
    """Keys are case-sensitive."""
    assert CATALOGUE.video_model("FIRST") is None
    assert CATALOGUE.image_model("") is None
