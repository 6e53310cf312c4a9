"""A catalogue that is written from the API's list."""

from __future__ import annotations

from pathlib import Path

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, ModelKind, VideoModel
from bot.domain.model_comparison import ListedModel
from data.catalogue import load_catalogue
from data.catalogue_writer import catalogue_text

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL
KNOWN = Catalogue(
    (
        VideoModel("LUMA", 'The "Luma"', 10, (WIDE, TALL), (TALL,)),
        VideoModel("KLING", "Kling", 20, (TALL,), enabled=False),
        VideoModel("VEO", "Veo", 60, (WIDE,)),
    ),
    (ImageModel("FLUX", "Flux"), ImageModel("IMAGEN", "Imagen", enabled=False)),
)
LISTED = (
    ListedModel(ModelKind.VIDEO, "LUMA", "luma-v1", 12),
    ListedModel(ModelKind.VIDEO, "KLING", "kling-v1", 25),
    ListedModel(ModelKind.VIDEO, "VEO", "veo-v1"),
    ListedModel(ModelKind.VIDEO, "NEW", "New", 30),
    ListedModel(ModelKind.VIDEO, "FREE", "Free"),
    ListedModel(ModelKind.IMAGE, "FLUX", "flux-v1"),
    ListedModel(ModelKind.IMAGE, "IMAGEN", "imagen-v1"),
    ListedModel(ModelKind.IMAGE, "DRAW", "Draw"),
)


def test_a_written_catalogue_keeps_what_was_known_and_offers_nothing_unknown(tmp_path: Path) -> None:
    """Prices are the list's. What has none, or was off, is off."""
    path = tmp_path / "mine.toml"
    path.write_text(catalogue_text(LISTED, KNOWN, "2026-11-10"), encoding="utf-8")
    written = load_catalogue(path)
    assert written.video_models == (
        VideoModel("LUMA", 'The "Luma"', 12, (WIDE, TALL), (TALL,)),
        VideoModel("KLING", "Kling", 25, (TALL,), enabled=False),
        VideoModel("VEO", "Veo", 60, (WIDE,), enabled=False),
        VideoModel("NEW", "New", 30, (WIDE,)),
        VideoModel("FREE", "Free", 1, (WIDE,), enabled=False),
    )
    assert written.image_models == (*KNOWN.image_models, ImageModel("DRAW", "Draw", enabled=False))


def test_what_the_list_does_not_tell_is_marked() -> None:
    """The operator finds it, and when the list was read."""
    text = catalogue_text(LISTED, KNOWN, "2026-11-10")
    tables = text.split("key = ")[1:]
    marked = {each.split('"')[1]: each.lower().count("not known") for each in tables}
    assert marked == {"LUMA": 0, "KLING": 0, "VEO": 1, "NEW": 1, "FREE": 2, "FLUX": 0, "IMAGEN": 0, "DRAW": 1}
    assert text.startswith("# The models that the API listed on 2026-11-10.")
