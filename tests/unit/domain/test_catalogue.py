"""Which models a member is offered, in which order, and how they differ from the API's list."""

from dataclasses import replace

from bot.domain.catalogue import (
    AspectRatio,
    Catalogue,
    Difference,
    DifferenceType,
    ImageModel,
    ListedModel,
    ModelKind,
    RequestLimits,
    Style,
    VideoModel,
    compare,
)
from bot.domain.text import Language
from bot.samsar.config import PROFILES

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL
VIDEO, IMAGE = ModelKind.VIDEO, ModelKind.IMAGE
FIRST = VideoModel("first", "First", 10, (WIDE, TALL))
BEST = VideoModel("best", "Best", 10, (WIDE, TALL), (TALL,))
OFF = VideoModel("off", "Off", 10, (WIDE, TALL), (WIDE, TALL), enabled=False)
WIDE_ONLY = VideoModel("wide", "Wide", 10, (WIDE,), (WIDE,))
CATALOGUE = Catalogue((OFF, FIRST, BEST, WIDE_ONLY), (ImageModel("x", "X", enabled=False), ImageModel("y", "Y")))


def test_models_for_a_shape_have_the_recommended_first_and_disabled_ones_are_found_but_not_available() -> None:
    assert CATALOGUE.video_models_for(WIDE) == (WIDE_ONLY, FIRST, BEST)
    assert CATALOGUE.video_models_for(TALL) == (BEST, FIRST)
    assert CATALOGUE.enabled_video_models == (FIRST, BEST, WIDE_ONLY)
    assert [model.key for model in CATALOGUE.enabled_image_models] == ["y"]
    assert (CATALOGUE.video_model("off"), CATALOGUE.video_model("FIRST")) == (OFF, None)
    assert [CATALOGUE.label(key) for key in ("off", "gone")] == ["Off", "gone"]
    assert [CATALOGUE.label(key, ModelKind.IMAGE) for key in ("x", "off")] == ["X", "off"]


def test_a_movie_is_offered_with_enabled_models_and_a_possible_duration() -> None:
    offered = [("first", "y", 1), ("first", "y", 120)]
    others = [("first", "y", 121), ("off", "y", 1), ("gone", "y", 1), ("first", "x", 1), ("first", "gone", 1)]
    assert [each for each in (*offered, *others) if CATALOGUE.offers(*each)] == offered


def test_each_version_of_the_api_has_its_bounds_and_the_longest_movie_can_be_ordered() -> None:
    bounds = {
        version.value: (each.limits.max_prompt_length, each.limits.min_seconds, each.limits.max_seconds)
        for version, each in PROFILES.items()
    }
    assert bounds == {"2025-03": (500, 1, 120), "2026": (4000, 10, 240)}
    limits = RequestLimits(min_seconds=10, max_seconds=60)
    assert [limits.longest_within(affordable) for affordable in (9, 10, 59, 60, 61)] == [0, 10, 59, 60, 60]


def test_a_refused_model_is_off_where_its_kind_has_another() -> None:
    found = CATALOGUE.following([(VIDEO, "first", None), (VIDEO, "y", None), (IMAGE, "best", None)])
    assert found.enabled_video_models == (BEST, WIDE_ONLY)
    assert [model.key for model in found.enabled_image_models] == ["y"]
    every = [(IMAGE, "y", None), *((VIDEO, each, None) for each in ("first", "best", "wide"))]
    assert CATALOGUE.following(every) == CATALOGUE
    two = replace(CATALOGUE, image_models=(*CATALOGUE.image_models, ImageModel("z", "Z")))
    found = two.following([(IMAGE, "y", None), (VIDEO, "z", None)])
    assert [model.key for model in found.enabled_image_models] == ["z"]
    assert found.video_models == CATALOGUE.video_models


def test_a_style_is_found_while_it_is_enabled_in_a_language_that_it_has() -> None:
    english, german = {Language.ENGLISH: "Noir"}, {Language.GERMAN: "Schwarz"}
    noir = Style("noir", {**english, **german}, {Language.ENGLISH: "film noir", Language.GERMAN: "düster"})
    plain = Style("plain", english, {Language.ENGLISH: "plain"}, enabled=False)
    styled = Catalogue(CATALOGUE.video_models, CATALOGUE.image_models, styles=(plain, noir))
    assert [styled.style(key) for key in ("noir", "plain", "NOIR", None)] == [noir, None, None, None]
    assert [noir.label_in(each) for each in (Language.GERMAN, Language.FRENCH)] == ["Schwarz", "Noir"]
    assert [noir.words_in(each) for each in (Language.GERMAN, Language.FRENCH)] == ["düster", "film noir"]


NOT_LISTED, NOT_IN_CATALOGUE = DifferenceType.NOT_LISTED, DifferenceType.NOT_IN_CATALOGUE
SWITCHED_OFF = VideoModel("OFF", "Off", 1, (WIDE,), enabled=False)
OWN_PRICE = VideoModel("OWN", "Own", 5, (WIDE,), follow=False)
COMPARED = Catalogue(
    (VideoModel("LUMA", "Luma", 10, (WIDE,)), VideoModel("VEO", "Veo", 60, (WIDE,)), SWITCHED_OFF, OWN_PRICE),
    (ImageModel("FLUX", "Flux"), ImageModel("OLD", "Old", enabled=False), ImageModel("CUSTOM:a", "Mine", follow=False)),
)
LUMA, VEO, FLUX = (ListedModel(VIDEO, "LUMA", 10), ListedModel(VIDEO, "VEO", 60), ListedModel(IMAGE, "FLUX"))


def test_only_what_members_can_choose_is_compared_and_what_costs_the_operator_is_wrong() -> None:
    """What doesn't follow the list is neither gone nor dearer: no list has custom models."""
    dearer, cheaper, imagen = ListedModel(VIDEO, "LUMA", 11), ListedModel(VIDEO, "VEO", 0), ListedModel(IMAGE, "IMAGEN")
    for listed, differences in (
        ((LUMA, VEO, FLUX), ()),
        ((LUMA, VEO), (Difference(NOT_LISTED, IMAGE, "FLUX"),)),
        ((FLUX,), (Difference(NOT_LISTED, VIDEO, "LUMA", 10), Difference(NOT_LISTED, VIDEO, "VEO", 60))),
        ((LUMA, ListedModel(VIDEO, "VEO"), FLUX), ()),
        ((LUMA, VEO, FLUX, ListedModel(VIDEO, "OFF", 90), ListedModel(IMAGE, "OLD"), ListedModel(VIDEO, "OWN", 9)), ()),
        ((LUMA, FLUX), (Difference(NOT_LISTED, VIDEO, "VEO", 60),)),
        ((LUMA, VEO, imagen), (Difference(NOT_LISTED, IMAGE, "FLUX"), Difference(NOT_IN_CATALOGUE, IMAGE, "IMAGEN"))),
        ((dearer, VEO, FLUX), (Difference(DifferenceType.DEARER, VIDEO, "LUMA", 10, 11),)),
        ((LUMA, cheaper, FLUX), (Difference(DifferenceType.CHEAPER, VIDEO, "VEO", 60, 0),)),
        ((LUMA, VEO, FLUX, ListedModel(VIDEO, "FLUX", 7)), (Difference(NOT_IN_CATALOGUE, VIDEO, "FLUX", None, 7),)),
    ):
        assert compare(COMPARED, listed) == differences
    assert [each for each in DifferenceType if each.is_wrong] == [NOT_LISTED, DifferenceType.DEARER]


def test_a_video_model_is_raised_to_a_price_and_never_lowered() -> None:
    raised = COMPARED.following([(VIDEO, "LUMA", 11), (VIDEO, "VEO", 60), (VIDEO, "OFF", 1), (VIDEO, "GONE", 9)])
    assert [(each.credits_per_second, each.is_raised) for each in raised.video_models] == [
        (11, True),
        (60, False),
        (1, False),
        (5, False),
    ]
    assert COMPARED.following([(VIDEO, "VEO", 59)]) == COMPARED.following([]) == COMPARED
