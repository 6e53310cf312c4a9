"""A member's preferences: their last choices, and the delivery target."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

from bot.domain.catalogue import AspectRatio, Catalogue, OfferedExtras, RequestLimits
from bot.domain.request import Draft, Problem, ValidatedRequest, validate

Value = TypeVar("Value", str, bool)


class DeliveryTarget(StrEnum):
    """Where a finished movie goes."""

    CHANNEL = "channel"
    """The channel of the order."""

    DIRECT_MESSAGE = "direct"
    """A direct message to the member."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """A member's preferences.

    None means the catalogue's default.
    """

    seconds: int | None = None
    video_model: str | None = None
    image_model: str | None = None
    aspect_ratio: str | None = None
    delivery_target: DeliveryTarget = DeliveryTarget.CHANNEL
    language: str | None = None
    subtitles: bool | None = None
    tone: str | None = None
    unlisted: bool = False
    """In no gallery by stars, nor in /top."""

    @property
    def has_choices(self) -> bool:
        """Whether any choice differs from the default."""
        movie = (self.seconds, self.video_model, self.image_model, self.aspect_ratio)
        return any(movie) or any(each is not None for each in (self.language, self.subtitles, self.tone))


class PreferenceField(StrEnum):
    """A choice for a movie, apart from its prompt."""

    VIDEO_MODEL = "video_model"
    IMAGE_MODEL = "image_model"
    SECONDS = "seconds"
    ASPECT_RATIO = "aspect_ratio"
    LANGUAGE = "language"
    SUBTITLES = "subtitles"
    TONE = "tone"


SUBTITLES: Final = MappingProxyType({"off": False, "on": True})
"""The values of the choice of subtitles."""


@dataclass(frozen=True, slots=True)
class PreferenceUpdate:
    """The preferences after a change, and the conflicting choice that was dropped.

    `dropped_aspect_ratio` is one that the new model does not support. `dropped_model` is the key of a model that does
    not support the new aspect ratio; the default model for that ratio replaces it.
    """

    preferences: Preferences
    dropped_aspect_ratio: str | None = None
    dropped_model: str | None = None


def apply_preferences(draft: Draft, preferences: Preferences, catalogue: Catalogue) -> Draft:
    """Complete a draft from the member's preferences.

    Those that conflict or are no longer available are left out. The draft's own values win. Of a preferred model and
    aspect ratio that conflict, the aspect ratio is kept.
    """
    aspect_ratio = (
        _offered_aspect_ratio(preferences.aspect_ratio, catalogue) if draft.aspect_ratio is None else draft.aspect_ratio
    )
    model = preferences.video_model if draft.video_model is None else draft.video_model
    if not _supports(catalogue, model, aspect_ratio):
        if draft.video_model is None:
            model = None
        else:
            aspect_ratio = draft.aspect_ratio
    image = catalogue.image_model(preferences.image_model or "")
    remembered_image = image.key if image is not None and image.enabled else None
    remembered_seconds = preferences.seconds
    if remembered_seconds is not None and not catalogue.limits.allow(remembered_seconds):
        remembered_seconds = None
    offered = catalogue.limits.extras
    return replace(
        draft,
        duration_seconds=remembered_seconds if draft.duration_seconds is None else draft.duration_seconds,
        video_model=model,
        image_model=remembered_image if draft.image_model is None else draft.image_model,
        aspect_ratio=aspect_ratio,
        language=_chosen_extra(draft.language, preferences.language, offered.languages),
        subtitles=_chosen_extra(draft.subtitles, preferences.subtitles, offered.subtitles),
        tone=_chosen_extra(draft.tone, preferences.tone, offered.tones),
    )


def default_request(preferences: Preferences, catalogue: Catalogue) -> ValidatedRequest | tuple[Problem, ...]:
    """Return the request that /movie makes with only a prompt."""
    return validate(apply_preferences(Draft("movie"), preferences, catalogue), catalogue)


def update_preference(
    preferences: Preferences, field: PreferenceField, value: str | None, catalogue: Catalogue
) -> PreferenceUpdate | None:
    """Change one preference. Returns None where the value is not offered.

    A `value` of None resets it to the catalogue's default. A new model drops an aspect ratio that it does not support,
    and a new aspect ratio drops such a model.
    """
    match field:
        case PreferenceField.SECONDS:
            return _choose_seconds(preferences, value, catalogue.limits)
        case PreferenceField.IMAGE_MODEL:
            image = catalogue.image_model(value or "")
            if value is not None and (image is None or not image.enabled):
                return None
            return PreferenceUpdate(replace(preferences, image_model=value))
        case PreferenceField.VIDEO_MODEL:
            return _choose_model(preferences, value, catalogue)
        case PreferenceField.ASPECT_RATIO:
            return _choose_aspect_ratio(preferences, value, catalogue)
        case PreferenceField.LANGUAGE | PreferenceField.SUBTITLES | PreferenceField.TONE:
            return _choose_extra(preferences, field, value, catalogue.limits.extras)


def _choose_seconds(preferences: Preferences, value: str | None, limits: RequestLimits) -> PreferenceUpdate | None:
    if value is None:
        return PreferenceUpdate(replace(preferences, seconds=None))
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(limits.max_seconds))):
        return None
    seconds = int(value)
    return PreferenceUpdate(replace(preferences, seconds=seconds)) if limits.allow(seconds) else None


def _choose_model(preferences: Preferences, value: str | None, catalogue: Catalogue) -> PreferenceUpdate | None:
    if value is None:
        return PreferenceUpdate(replace(preferences, video_model=None))
    model = catalogue.video_model(value)
    if model is None or not model.enabled:
        return None
    chosen = replace(preferences, video_model=value)
    if _supports(catalogue, value, _offered_aspect_ratio(preferences.aspect_ratio, catalogue)):
        return PreferenceUpdate(chosen)
    dropped = preferences.aspect_ratio or catalogue.limits.default_aspect_ratio.value
    return PreferenceUpdate(replace(chosen, aspect_ratio=model.aspect_ratios[0].value), dropped_aspect_ratio=dropped)


def _choose_aspect_ratio(preferences: Preferences, value: str | None, catalogue: Catalogue) -> PreferenceUpdate | None:
    if value is not None and _offered_aspect_ratio(value, catalogue) is None:
        return None
    chosen = replace(preferences, aspect_ratio=value)
    model = catalogue.video_model(preferences.video_model or "")
    if model is None or not model.enabled or _supports(catalogue, model.key, value):
        return PreferenceUpdate(chosen)
    return PreferenceUpdate(replace(chosen, video_model=None), dropped_model=model.key)


def _choose_extra(
    preferences: Preferences, field: PreferenceField, value: str | None, offered: OfferedExtras
) -> PreferenceUpdate | None:
    """Change an extra; None also where the API has no such extra."""
    match field:
        case PreferenceField.LANGUAGE if offered.languages and (value is None or value in offered.languages):
            return PreferenceUpdate(replace(preferences, language=value))
        case PreferenceField.SUBTITLES if offered.subtitles and (value is None or value in SUBTITLES):
            return PreferenceUpdate(replace(preferences, subtitles=None if value is None else SUBTITLES[value]))
        case PreferenceField.TONE if offered.tones and (value is None or value in offered.tones):
            return PreferenceUpdate(replace(preferences, tone=value))
        case _:
            return None


def _chosen_extra(value: Value | None, remembered: Value | None, offered: Collection[Value]) -> Value | None:
    """Return a draft's value, or the remembered one if offered."""
    return value if value is not None else remembered if remembered in offered else None


def _offered_aspect_ratio(aspect_ratio: str | None, catalogue: Catalogue) -> str | None:
    """Return the aspect ratio if an enabled model supports it."""
    known = aspect_ratio is not None and aspect_ratio in tuple(AspectRatio)
    return aspect_ratio if known and catalogue.video_models_for(AspectRatio(aspect_ratio)) else None


def _supports(catalogue: Catalogue, key: str | None, aspect_ratio: str | None) -> bool:
    """Return whether a model is enabled and supports an aspect ratio.

    A `key` of None is every model, an `aspect_ratio` of None is the default.
    """
    if key is None:
        return True
    model = catalogue.video_model(key)
    ratio = aspect_ratio or catalogue.limits.default_aspect_ratio
    return model is not None and model.enabled and ratio in model.aspect_ratios
