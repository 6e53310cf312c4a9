"""The catalogue beside the models that the API lists."""

from __future__ import annotations

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, ModelKind, VideoModel
from bot.domain.model_comparison import Difference, DifferenceType, ListedModel, compare

WIDE = (AspectRatio.WIDE,)
VIDEO, IMAGE = ModelKind.VIDEO, ModelKind.IMAGE
NOT_LISTED, NOT_IN_CATALOGUE = DifferenceType.NOT_LISTED, DifferenceType.NOT_IN_CATALOGUE
CATALOGUE = Catalogue(
    (
        VideoModel("LUMA", "Luma", 10, WIDE),
        VideoModel("VEO", "Veo", 60, WIDE),
        VideoModel("OFF", "Off", 1, WIDE, (), enabled=False),
    ),
    (ImageModel("FLUX", "Flux"), ImageModel("OLD", "Old", enabled=False)),
)
LUMA, VEO, FLUX = (
    ListedModel(VIDEO, "LUMA", "Luma", 10),
    ListedModel(VIDEO, "VEO", "Veo", 60),
    ListedModel(IMAGE, "FLUX", "Flux"),
)


def test_only_what_members_can_choose_is_compared_with_a_list_of_its_kind() -> None:
    dearer, cheaper = ListedModel(VIDEO, "LUMA", "Luma", 11), ListedModel(VIDEO, "VEO", "Veo", 0)
    for listed, differences in (
        ((LUMA, VEO, FLUX), ()),
        ((LUMA, VEO), ()),
        ((FLUX,), ()),
        ((LUMA, ListedModel(VIDEO, "VEO", "Veo"), FLUX), ()),
        ((LUMA, VEO, FLUX, ListedModel(VIDEO, "OFF", "Off", 90), ListedModel(IMAGE, "OLD", "Old")), ()),
        ((LUMA, FLUX), (Difference(NOT_LISTED, VIDEO, "VEO", 60),)),
        (
            (LUMA, VEO, ListedModel(IMAGE, "IMAGEN", "Imagen")),
            (Difference(NOT_LISTED, IMAGE, "FLUX"), Difference(NOT_IN_CATALOGUE, IMAGE, "IMAGEN")),
        ),
        (
            (dearer, cheaper),
            (
                Difference(DifferenceType.DEARER, VIDEO, "LUMA", 10, 11),
                Difference(DifferenceType.CHEAPER, VIDEO, "VEO", 60, 0),
            ),
        ),
        (
            (LUMA, VEO, ListedModel(VIDEO, "FLUX", "Flux", 7)),
            (Difference(NOT_IN_CATALOGUE, VIDEO, "FLUX", listed_price=7),),
        ),
    ):
        assert compare(CATALOGUE, listed) == differences


def test_what_fails_orders_or_costs_the_operator_is_wrong() -> None:
    assert [each for each in DifferenceType if each.is_wrong] == [NOT_LISTED, DifferenceType.DEARER]
