"""Writes a catalogue from the API's list of models."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bot.domain.catalogue import AspectRatio, Catalogue, ModelKind
from bot.domain.model_comparison import ListedModel

_HEADER = """\
# The models that the API listed on {day}. data/catalogues/2025-03.toml explains the keys.
#
# The list has no shapes: a model that the catalogue before did not have gets {shape}, the API's default.
# A model whose price the list did not have is off: write its price here, and `enabled = true`.
"""

_UNKNOWN_PRICE = "  # PRICE NOT KNOWN: the API's list has none"
_UNKNOWN_SHAPES = "  # shapes not known: the API's list has none"
_UNKNOWN_IMAGE = "  # not known to be for movies"


def catalogue_text(listed: Sequence[ListedModel], known: Catalogue, day: str) -> str:
    """Return the text of a catalogue file.

    `known` has the shapes, recommendations and labels of the models that it knows. `day` is written into the header.
    """
    tables = [_video(model, known) if model.kind is ModelKind.VIDEO else _image(model, known) for model in listed]
    return "\n".join([_HEADER.format(day=day, shape=AspectRatio.WIDE.value), *("\n".join(table) for table in tables)])


def _video(listed: ListedModel, known: Catalogue) -> Iterator[str]:
    model = known.video_model(listed.key)
    price = listed.credits_per_second
    shapes = (AspectRatio.WIDE,) if model is None else model.aspect_ratios
    enabled = price is not None and (model is None or model.enabled)
    yield "[[video_models]]"
    yield f"key = {_quoted(listed.key)}"
    yield f"label = {_quoted(listed.label if model is None else model.label)}"
    if price is None:
        yield f"credits_per_second = {1 if model is None else model.credits_per_second}{_UNKNOWN_PRICE}"
    else:
        yield f"credits_per_second = {price}"
    yield f"aspect_ratios = {_list(shapes)}{_UNKNOWN_SHAPES if model is None else ''}"
    if model is not None and model.recommended_for:
        yield f"recommended_for = {_list(model.recommended_for)}"
    yield f"enabled = {_toml_bool(on=enabled)}"
    yield ""


def _image(listed: ListedModel, known: Catalogue) -> Iterator[str]:
    model = known.image_model(listed.key)
    yield "[[image_models]]"
    yield f"key = {_quoted(listed.key)}"
    yield f"label = {_quoted(listed.label if model is None else model.label)}"
    yield f"enabled = {_toml_bool(on=model is not None and model.enabled)}{_UNKNOWN_IMAGE if model is None else ''}"
    yield ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # its escapes are TOML's, too


def _list(shapes: Sequence[AspectRatio]) -> str:
    return f"[{', '.join(_quoted(shape.value) for shape in shapes)}]"


def _toml_bool(*, on: bool) -> str:
    return "true" if on else "false"
