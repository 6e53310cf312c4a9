"""Loads the model catalogue from TOML and reports errors with their lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.discord_limits import MAX_OPTIONS
from data.catalogue_tables import CatalogueFile, Table

_BUNDLED: Final = Path(__file__).parent / "catalogues"

_MAX_CREDITS_PER_SECOND: Final = 100_000

_VIDEO_KEYS: Final = ("key", "label", "credits_per_second", "aspect_ratios", "recommended_for", "enabled")
_IMAGE_KEYS: Final = ("key", "label", "enabled")


def bundled_path(version: str) -> Path:
    """Return the shipped catalogue for a version of the API."""
    return _BUNDLED / f"{version}.toml"


def load_catalogue(path: Path, limits: RequestLimits | None = None) -> Catalogue:
    """Load and validate the catalogue.

    `limits` are those of the API, which the file does not have; by default those of March 2025.

    Raises:
        CatalogueError: the file is missing, is no TOML, or breaks a rule; one problem per error, with its line.
    """
    file = CatalogueFile(path)
    file.only(("video_models", "image_models"))
    video = file.tables("video_models", _VIDEO_KEYS, _video_model, _label, MAX_OPTIONS)
    image = file.tables("image_models", _IMAGE_KEYS, _image_model, _label, MAX_OPTIONS)
    file.raise_problems()
    return Catalogue(video, image, limits or RequestLimits())


def _label(model: VideoModel | ImageModel) -> Sequence[tuple[str, str]]:
    return [("label", model.label)]


def _video_model(table: Table) -> VideoModel | None:
    key, label, enabled = table.text("key"), table.text("label"), table.flag("enabled")
    price = table.number("credits_per_second", _MAX_CREDITS_PER_SECOND)
    aspect_ratios = _aspect_ratios(table, "aspect_ratios", required=True)
    recommended = _aspect_ratios(table, "recommended_for")
    if aspect_ratios is not None and recommended is not None and not set(recommended) <= set(aspect_ratios):
        table.problem("recommended_for", "names an aspect ratio that isn't in aspect_ratios")
    if key is None or label is None or enabled is None or price is None or aspect_ratios is None or recommended is None:
        return None
    return VideoModel(key, label, price, aspect_ratios, recommended, enabled)


def _image_model(table: Table) -> ImageModel | None:
    key, label, enabled = table.text("key"), table.text("label"), table.flag("enabled")
    if key is None or label is None or enabled is None:
        return None
    return ImageModel(key, label, enabled)


def _aspect_ratios(table: Table, key: str, *, required: bool = False) -> tuple[AspectRatio, ...] | None:
    value = table.value(key, [])
    known = tuple(AspectRatio)
    if isinstance(value, list) and all(each in known for each in cast("list[object]", value)):
        aspect_ratios = tuple(AspectRatio(each) for each in cast("list[str]", value))
        if aspect_ratios or not required:
            return aspect_ratios
    table.problem(key, f"must be a list of aspect ratios: {', '.join(known)}")
    return None
