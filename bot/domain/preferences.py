"""What is remembered of a member: the choices of their last movie, and where they want to be told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.request import MAX_DURATION_SECONDS, MIN_DURATION_SECONDS, Draft, Problem, ValidatedRequest, validate


class DeliveryTarget(StrEnum):
    """Where a finished movie goes."""

    CHANNEL = "channel"
    """Into the channel that it was asked for in."""

    DIRECT_MESSAGE = "direct"
    """To its member, as a direct message."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """A member's. None where nothing is remembered: the catalogue's defaults stand."""

    seconds: int | None = None
    video_model: str | None = None
    image_model: str | None = None
    aspect_ratio: str | None = None
    delivery_target: DeliveryTarget = DeliveryTarget.CHANNEL

    @property
    def has_choices(self) -> bool:
        """Whether any choice is remembered."""
        return any((self.seconds, self.video_model, self.image_model, self.aspect_ratio))


class PreferenceField(StrEnum):
    """What a member chooses for a movie, apart from its prompt."""

    VIDEO_MODEL = "video_model"
    IMAGE_MODEL = "image_model"
    SECONDS = "seconds"
    ASPECT_RATIO = "aspect_ratio"


@dataclass(frozen=True, slots=True)
class PreferenceUpdate:
    """What is remembered after a choice, and what did not go with it.

    `lost_shape` is the shape that the chosen model can't make: it makes another now. `lost_model` is the key of the
    model that can't make the chosen shape: the best one for that shape takes its place.
    """

    preferences: Preferences
    dropped_aspect_ratio: str | None = None
    dropped_model: str | None = None


def apply_preferences(draft: Draft, preferences: Preferences, catalogue: Catalogue) -> Draft:
    """Fill in what the member did not say; what was remembered and doesn't fit (any more) is left out.

    What was said always wins: a remembered model that can't make the shape that was asked for is no reason to refuse.
    Of two remembered choices that don't go together any more, the shape stays.
    """
    shape = _still_made(preferences.aspect_ratio, catalogue) if draft.aspect_ratio is None else draft.aspect_ratio
    model = preferences.video_model if draft.video_model is None else draft.video_model
    if not _able(catalogue, model, shape):
        if draft.video_model is None:
            model = None
        else:
            shape = draft.aspect_ratio
    image = catalogue.image_model(preferences.image_model or "")
    remembered_image = image.key if image is not None and image.enabled else None
    return replace(
        draft,
        duration_seconds=preferences.seconds if draft.duration_seconds is None else draft.duration_seconds,
        video_model=model,
        image_model=remembered_image if draft.image_model is None else draft.image_model,
        aspect_ratio=shape,
    )


def default_request(preferences: Preferences, catalogue: Catalogue) -> ValidatedRequest | tuple[Problem, ...]:
    """What /movie makes of a prompt alone: the models, the length, the shape and so the price."""
    return validate(apply_preferences(Draft("movie"), preferences, catalogue), catalogue)


def update_preference(
    preferences: Preferences, choice: PreferenceField, value: str | None, catalogue: Catalogue
) -> PreferenceUpdate | None:
    """Remember another value (None: the catalogue's default); None where the value is not offered.

    A shape gives way to a model that can't make it, and a model to a shape: what was chosen last wins.
    """
    match choice:
        case PreferenceField.SECONDS:
            return _choose_seconds(preferences, value)
        case PreferenceField.IMAGE_MODEL:
            image = catalogue.image_model(value or "")
            if value is not None and (image is None or not image.enabled):
                return None
            return PreferenceUpdate(replace(preferences, image_model=value))
        case PreferenceField.VIDEO_MODEL:
            return _choose_model(preferences, value, catalogue)
        case PreferenceField.ASPECT_RATIO:
            return _choose_shape(preferences, value, catalogue)


def _choose_seconds(preferences: Preferences, value: str | None) -> PreferenceUpdate | None:
    if value is None:
        return PreferenceUpdate(replace(preferences, seconds=None))
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(MAX_DURATION_SECONDS))):
        return None
    seconds = int(value)
    return (
        PreferenceUpdate(replace(preferences, seconds=seconds))
        if MIN_DURATION_SECONDS <= seconds <= MAX_DURATION_SECONDS
        else None
    )


def _choose_model(preferences: Preferences, value: str | None, catalogue: Catalogue) -> PreferenceUpdate | None:
    if value is None:
        return PreferenceUpdate(replace(preferences, video_model=None))
    model = catalogue.video_model(value)
    if model is None or not model.enabled:
        return None
    chosen = replace(preferences, video_model=value)
    if _able(catalogue, value, _still_made(preferences.aspect_ratio, catalogue)):
        return PreferenceUpdate(chosen)
    lost = preferences.aspect_ratio or AspectRatio.WIDE.value
    return PreferenceUpdate(replace(chosen, aspect_ratio=model.aspect_ratios[0].value), dropped_aspect_ratio=lost)


def _choose_shape(preferences: Preferences, value: str | None, catalogue: Catalogue) -> PreferenceUpdate | None:
    if value is not None and _still_made(value, catalogue) is None:
        return None
    chosen = replace(preferences, aspect_ratio=value)
    model = catalogue.video_model(preferences.video_model or "")
    if model is None or not model.enabled or _able(catalogue, model.key, value):
        return PreferenceUpdate(chosen)
    return PreferenceUpdate(replace(chosen, video_model=None), dropped_model=model.key)


def _still_made(shape: str | None, catalogue: Catalogue) -> str | None:
    """The shape, if any model makes it."""
    known = shape is not None and shape in tuple(AspectRatio)
    return shape if known and catalogue.video_models_for(AspectRatio(shape)) else None


def _able(catalogue: Catalogue, key: str | None, shape: str | None) -> bool:
    """Whether a model, if one is named, is on and can make the shape (wide, if none is named)."""
    if key is None:
        return True
    model = catalogue.video_model(key)
    return model is not None and model.enabled and (shape or AspectRatio.WIDE) in model.aspect_ratios
