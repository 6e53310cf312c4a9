"""A member's preferences: their last choices, and the delivery target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from bot.domain.catalogue import AspectRatio, Catalogue, ModelKind
from bot.domain.request import Draft, Problem, ValidatedRequest, valid_part, validate

SUBTITLES: Final = MappingProxyType({"off": False, "on": True})
"""The values of the choice of subtitles."""


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
    storyboard: bool = False
    """Whether their movies begin with a storyboard."""
    music: str | None = None
    voice: str | None = None

    @property
    def has_choices(self) -> bool:
        """Whether any choice differs from the default."""
        return self.storyboard or any(getattr(self, field) is not None for field in PreferenceField)


class PreferenceField(StrEnum):
    """A choice for a movie, apart from its prompt; `Draft` and `Preferences` have a field of this name for it."""

    VIDEO_MODEL = "video_model"
    IMAGE_MODEL = "image_model"
    SECONDS = "seconds"
    ASPECT_RATIO = "aspect_ratio"
    LANGUAGE = "language"
    SUBTITLES = "subtitles"
    TONE = "tone"
    MUSIC = "music"
    VOICE = "voice"


NOT_IN_FORM: Final = (PreferenceField.MUSIC, PreferenceField.VOICE)
"""What the first form has no room for."""


@dataclass(frozen=True, slots=True)
class PreferenceUpdate:
    """The preferences after a change, and the conflicting choice that was dropped.

    `dropped_aspect_ratio` is one that the new model does not support. `dropped_model` is the key of a model that does
    not support the new aspect ratio; the default model for that ratio replaces it.
    """

    preferences: Preferences
    dropped_aspect_ratio: str | None = None
    dropped_model: str | None = None


def apply_preferences(
    draft: Draft,
    preferences: Preferences,
    catalogue: Catalogue,
    fields: Iterable[PreferenceField] = PreferenceField,
) -> tuple[Draft, ValidatedRequest | tuple[Problem, ...]]:
    """Complete these fields of a draft from the member's preferences, and whether it begins with a storyboard.

    Returns it with its validation. Preferences that conflict or are no longer available are left out. The draft's own
    values win. Of a preferred model and aspect ratio that conflict, the aspect ratio is kept.
    """
    if draft.storyboard is None:
        draft = replace(draft, storyboard=preferences.storyboard or None)
    missing = [each.value for each in fields if getattr(draft, each) is None]
    remembered: dict[str, Any] = {each: getattr(preferences, each) for each in missing}
    while True:
        filled = replace(draft, **remembered)
        checked = validate(filled, catalogue)
        if isinstance(checked, ValidatedRequest):
            return filled, checked
        valid = valid_part(filled, checked)
        asked = [(draft.video_model, valid.video_model), (draft.aspect_ratio, valid.aspect_ratio)]
        if any(said is not None and possible is None for said, possible in asked):
            valid = replace(valid, video_model=None, aspect_ratio=None)  # what is remembered does not go with it
        kept = {each: getattr(valid, each) for each in missing}
        if kept == remembered:
            return filled, checked
        remembered = kept


def default_request(preferences: Preferences, catalogue: Catalogue) -> ValidatedRequest:
    """Return the request that /movie makes with only a prompt, of what a server offers."""
    _, checked = apply_preferences(Draft("movie"), preferences, catalogue)
    assert isinstance(checked, ValidatedRequest), "what a server offers has valid defaults"
    return checked


def update_preference(
    preferences: Preferences, field: PreferenceField, value: str | None, catalogue: Catalogue
) -> PreferenceUpdate | None:
    """Change one preference. Returns None where the value is not offered.

    A `value` of None resets it to the catalogue's default. A new model drops an aspect ratio that it does not support,
    and a new aspect ratio drops such a model.
    """
    offered = offered_choices(field, catalogue)
    if not offered or (value is not None and value not in offered):
        return None
    choice: dict[str, Any] = {field.value: None if value is None else offered[value]}
    changed = replace(preferences, **choice)
    model = next((each for each in catalogue.enabled_video_models if each.key == changed.video_model), None)
    ratios = offered_choices(PreferenceField.ASPECT_RATIO, catalogue)
    ratio = changed.aspect_ratio if changed.aspect_ratio in ratios else None
    if model is None or (ratio or catalogue.limits.default_aspect_ratio) in model.aspect_ratios:
        return PreferenceUpdate(changed)
    if field is PreferenceField.VIDEO_MODEL:
        dropped = preferences.aspect_ratio or catalogue.limits.default_aspect_ratio.value
        kept = replace(changed, aspect_ratio=model.aspect_ratios[0].value)
        return PreferenceUpdate(kept, dropped_aspect_ratio=dropped)
    if field is PreferenceField.ASPECT_RATIO:
        return PreferenceUpdate(replace(changed, video_model=None), dropped_model=model.key)
    return PreferenceUpdate(changed)


def offered_choices(field: PreferenceField, catalogue: Catalogue) -> Mapping[str, str | int]:
    """Return what is kept of each value that can be chosen; none where the API has no such extra."""
    limits, extras = catalogue.limits, catalogue.limits.extras
    if field is PreferenceField.SECONDS:
        return {str(seconds): seconds for seconds in range(limits.min_seconds, limits.max_seconds + 1)}
    if field is PreferenceField.SUBTITLES:
        return {text: on for text, on in SUBTITLES.items() if on in extras.subtitles}
    values: Mapping[PreferenceField, Iterable[str]] = {
        PreferenceField.VIDEO_MODEL: catalogue.enabled_keys(ModelKind.VIDEO),
        PreferenceField.IMAGE_MODEL: catalogue.enabled_keys(ModelKind.IMAGE),
        PreferenceField.ASPECT_RATIO: filter(catalogue.video_models_for, AspectRatio),
        PreferenceField.LANGUAGE: extras.languages,
        PreferenceField.TONE: extras.tones,
        PreferenceField.MUSIC: extras.music,
        PreferenceField.VOICE: extras.voices,
    }
    return {str(value): str(value) for value in values[field]}
