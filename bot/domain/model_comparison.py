"""Compares the catalogue with the models that the API lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.catalogue import Catalogue, ModelKind


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model in the API's list.

    `credits_per_second` is None for image models, and where the list has no price.
    """

    kind: ModelKind
    key: str
    credits_per_second: int | None = None


class DifferenceType(StrEnum):
    """What differs between the catalogue and the API's list."""

    NOT_LISTED = "not_listed"
    """Members can choose it, and the API does not list it."""

    DEARER = "dearer"
    """It costs more at the API than members pay."""

    CHEAPER = "cheaper"
    """It costs less at the API than members pay."""

    NOT_IN_CATALOGUE = "not_in_catalogue"
    """The API lists it, and the catalogue does not have it."""

    @property
    def is_wrong(self) -> bool:
        """Whether it fails orders or costs the operator."""
        return self in (DifferenceType.NOT_LISTED, DifferenceType.DEARER)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; the prices are in credits a second."""

    type: DifferenceType
    kind: ModelKind
    key: str
    price: int | None = None
    listed_price: int | None = None


def compare(catalogue: Catalogue, listed: Sequence[ListedModel]) -> tuple[Difference, ...]:
    """Return the differences.

    In the order of the catalogue, then of the list. Only models that members can choose are compared. A kind of which
    the API lists nothing is not compared.
    """
    found: list[Difference] = []
    by_key = {(model.kind, model.key): model for model in listed}
    kinds = {model.kind for model in listed}
    choices = [
        *((ModelKind.VIDEO, model.key, model.credits_per_second) for model in catalogue.enabled_video_models),
        *((ModelKind.IMAGE, model.key, None) for model in catalogue.enabled_image_models),
    ]
    for kind, key, price in choices:
        if kind not in kinds:
            continue
        theirs = by_key.get((kind, key))
        if theirs is None:
            found.append(Difference(DifferenceType.NOT_LISTED, kind, key, price))
        elif price is not None and theirs.credits_per_second not in (None, price):
            dearer = (theirs.credits_per_second or 0) > price
            what = DifferenceType.DEARER if dearer else DifferenceType.CHEAPER
            found.append(Difference(what, kind, key, price, theirs.credits_per_second))
    known = {
        *((ModelKind.VIDEO, model.key) for model in catalogue.video_models),
        *((ModelKind.IMAGE, model.key) for model in catalogue.image_models),
    }
    found += [
        Difference(DifferenceType.NOT_IN_CATALOGUE, model.kind, model.key, listed_price=model.credits_per_second)
        for model in listed
        if (model.kind, model.key) not in known
    ]
    return tuple(found)
