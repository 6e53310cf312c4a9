"""The models a member can choose, and what each costs. Read from data/catalogue.toml by data/catalogue.py."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AspectRatio(StrEnum):
    """The shapes that /movie offers."""

    WIDE = "16:9"
    TALL = "9:16"


@dataclass(frozen=True, slots=True)
class VideoModel:
    """A video model: `key` is what the API takes, `label` what people read."""

    key: str
    label: str
    credits_per_second: int
    aspect_ratios: tuple[AspectRatio, ...]
    recommended_for: tuple[AspectRatio, ...] = ()
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class ImageModel:
    """An image model, with which the API draws the first frames."""

    key: str
    label: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models, in the operator's order. At least one of each kind is on."""

    video_models: tuple[VideoModel, ...]
    image_models: tuple[ImageModel, ...]

    @property
    def enabled_video_models(self) -> tuple[VideoModel, ...]:
        """The video models a member may choose."""
        return tuple(model for model in self.video_models if model.enabled)

    @property
    def enabled_image_models(self) -> tuple[ImageModel, ...]:
        """The image models a member may choose; the first is the default."""
        return tuple(model for model in self.image_models if model.enabled)

    def video_model(self, key: str) -> VideoModel | None:
        """Find a video model by the API's key, whether it is on or not."""
        return next((model for model in self.video_models if model.key == key), None)

    def image_model(self, key: str) -> ImageModel | None:
        """Find an image model by the API's key, whether it is on or not."""
        return next((model for model in self.image_models if model.key == key), None)

    def label(self, key: str) -> str:
        """What people read for a video model's key; the key itself where the catalogue has it no more."""
        model = self.video_model(key)
        return model.label if model is not None else key

    def video_models_for(self, aspect: AspectRatio) -> tuple[VideoModel, ...]:
        """The models that can make this shape; those recommended for it first, else in the operator's order.

        The first is the default for the shape. Source of the recommendations: the API's page, field `video_model`.
        """
        able = [model for model in self.enabled_video_models if aspect in model.aspect_ratios]
        return tuple(sorted(able, key=lambda model: aspect not in model.recommended_for))
