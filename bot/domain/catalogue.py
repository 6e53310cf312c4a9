"""What can be ordered: models, their prices, styles, and a request's limits.

data/catalogue.py loads the models, data/style_catalogue.py the styles. The limits are those of the API, see
bot/samsar/config.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.extras import NOT_OFFERED, OfferedExtras
from bot.domain.styles import Style


class AspectRatio(StrEnum):
    """The aspect ratios that /movie offers."""

    WIDE = "16:9"
    TALL = "9:16"


class ModelKind(StrEnum):
    """The two kinds of models that a movie has one of each."""

    VIDEO = "video"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class VideoModel:
    """A video model; `key` is the API's name, `label` the displayed one."""

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
class RequestLimits:
    """What a request can be with any models, and its defaults.

    Source of the bounds: the API's page of March 2025, "Validation Rules". The prompt's length counts after trimming,
    in UTF-16 code units. A server's managers may narrow them; see bot/domain/server_setup.py.
    """

    max_prompt_length: int = 500
    min_seconds: int = 1
    max_seconds: int = 120
    extras: OfferedExtras = NOT_OFFERED
    default_seconds: int = 20
    default_aspect_ratio: AspectRatio = AspectRatio.WIDE

    def allow(self, seconds: int) -> bool:
        """Return whether a movie can have this duration."""
        return self.min_seconds <= seconds <= self.max_seconds

    def longest_within(self, seconds: int) -> int:
        """Return the longest duration up to `seconds`; 0 for none."""
        longest = min(self.max_seconds, seconds)
        return longest if longest >= self.min_seconds else 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models and styles in the operator's order.

    Each kind of model has an enabled one.
    """

    video_models: tuple[VideoModel, ...]
    image_models: tuple[ImageModel, ...]
    limits: RequestLimits = RequestLimits()
    styles: tuple[Style, ...] = ()

    @property
    def enabled_video_models(self) -> tuple[VideoModel, ...]:
        """The video models that members can choose."""
        return tuple(model for model in self.video_models if model.enabled)

    @property
    def enabled_image_models(self) -> tuple[ImageModel, ...]:
        """The image models that members can choose; the first is the default."""
        return tuple(model for model in self.image_models if model.enabled)

    def enabled_keys(self, kind: ModelKind) -> tuple[str, ...]:
        """Return the keys of the models of a kind that members can choose."""
        models = self.enabled_video_models if kind is ModelKind.VIDEO else self.enabled_image_models
        return tuple(model.key for model in models)

    @property
    def cheapest_second(self) -> int:
        """The fewest credits that a second of any movie costs."""
        return min(model.credits_per_second for model in self.enabled_video_models)

    @property
    def enabled_styles(self) -> tuple[Style, ...]:
        """The styles that members can choose."""
        return tuple(style for style in self.styles if style.enabled)

    def style(self, key: str | None) -> Style | None:
        """Find an enabled style by key."""
        return next((style for style in self.enabled_styles if style.key == key), None)

    def video_model(self, key: str) -> VideoModel | None:
        """Find a video model by key, enabled or not."""
        return next((model for model in self.video_models if model.key == key), None)

    def image_model(self, key: str) -> ImageModel | None:
        """Find an image model by key, enabled or not."""
        return next((model for model in self.image_models if model.key == key), None)

    def offers(self, video_model: str, image_model: str, seconds: int) -> bool:
        """Return whether a movie can still be ordered."""
        video, image = self.video_model(video_model), self.image_model(image_model)
        is_enabled = video is not None and video.enabled and image is not None and image.enabled
        return is_enabled and self.limits.allow(seconds)

    @property
    def labels(self) -> Mapping[str, str]:
        """All models' labels by key, enabled or not."""
        return {model.key: model.label for model in (*self.image_models, *self.video_models)}

    def label(self, key: str) -> str:
        """Return a video model's label, or the key where it is unknown."""
        model = self.video_model(key)
        return model.label if model is not None else key

    def without(self, refused: Collection[tuple[ModelKind, str]]) -> Catalogue:
        """Return a catalogue in which these models are switched off.

        Where that would leave none of a kind, that kind stays as it is.
        """
        if not refused:
            return self
        videos = tuple(
            replace(model, enabled=model.enabled and (ModelKind.VIDEO, model.key) not in refused)
            for model in self.video_models
        )
        images = tuple(
            replace(model, enabled=model.enabled and (ModelKind.IMAGE, model.key) not in refused)
            for model in self.image_models
        )
        return replace(
            self,
            video_models=videos if any(model.enabled for model in videos) else self.video_models,
            image_models=images if any(model.enabled for model in images) else self.image_models,
        )

    def video_models_for(self, aspect: AspectRatio) -> tuple[VideoModel, ...]:
        """Return the enabled models for an aspect ratio, recommended ones first.

        The first is the default. Source of the recommendations: the API's page, field `video_model`.
        """
        able = [model for model in self.enabled_video_models if aspect in model.aspect_ratios]
        return tuple(sorted(able, key=lambda model: aspect not in model.recommended_for))
