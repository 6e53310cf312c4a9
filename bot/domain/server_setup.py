"""What a server's managers decide with /setup.

It narrows what the operator offers. Everyone is bound, managers too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar

from bot.domain.approval import ApprovalFallback, ApprovalRule, ApprovalScope
from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.language import Language

SettingValue: TypeAlias = tuple[int, ...] | tuple[str, ...] | int | str | None
"""What a setting holds; None or an empty list where it is not set."""

Model = TypeVar("Model", VideoModel, ImageModel)


def with_parent(channel_id: int, parent_channel_id: int | None) -> tuple[int, ...]:
    """Return a channel's id, and of a thread its parent's, too."""
    return (channel_id,) if parent_channel_id is None else (channel_id, parent_channel_id)


class Setting(StrEnum):
    """The settings of /setup: the fields of ServerSetup."""

    CHANNELS = "channels"
    ROLES = "roles"
    VIDEO_MODELS = "video_models"
    IMAGE_MODELS = "image_models"
    LONGEST_SECONDS = "longest_seconds"
    DEFAULT_VIDEO_MODEL = "default_video_model"
    DEFAULT_IMAGE_MODEL = "default_image_model"
    DEFAULT_SECONDS = "default_seconds"
    DEFAULT_ASPECT_RATIO = "default_aspect_ratio"
    LANGUAGE = "language"
    MESSAGE_MENU = "message_menu"
    GALLERY = "gallery"
    """Where finished movies go, instead of the channel of their order."""

    AGE = "age"
    STAFF_CHANNEL = "staff_channel"
    STAFF_ROLES = "staff_roles"
    FILTER_PRESETS = "filter_presets"
    FILTER_RULES = "filter_rules"
    APPROVAL = "approval"
    APPROVAL_CREDITS = "approval_credits"
    TRUSTED_ROLES = "trusted_roles"
    APPROVAL_FALLBACK = "approval_fallback"
    GALLERY_STARS = "gallery_stars"
    """How many stars bring a movie into the gallery."""

    GIFT_CREDITS = "gift_credits"
    """What a member may give to others in a day."""

    PITCH_DAYS = "pitch_days"
    """How long a pitch lasts."""

    MOVIE_NIGHT = "movie_night"
    """The day of the week on which its best movies are posted."""


LISTS: Final = frozenset(
    {
        Setting.CHANNELS,
        Setting.ROLES,
        Setting.VIDEO_MODELS,
        Setting.IMAGE_MODELS,
        Setting.STAFF_ROLES,
        Setting.FILTER_PRESETS,
        Setting.FILTER_RULES,
        Setting.TRUSTED_ROLES,
    }
)
"""The settings that hold several values."""

NUMBERS: Final = frozenset({Setting.GALLERY_STARS, Setting.GIFT_CREDITS, Setting.PITCH_DAYS})
"""The settings that hold a number that is picked in a menu."""

ROLE_LISTS: Final = frozenset({Setting.ROLES, Setting.STAFF_ROLES, Setting.TRUSTED_ROLES})
"""The settings that hold ids of roles."""

SINGLE_CHANNELS: Final = frozenset({Setting.GALLERY, Setting.STAFF_CHANNEL})
"""The settings that hold the id of a channel in which the bot posts."""


class MessageMenu(StrEnum):
    """Whose messages can be turned into movies."""

    OFF = "off"
    OWN = "own"
    ANYONE = "anyone"


class AgeRule(StrEnum):
    """What a server does about movies that are not for everyone."""

    SPOILER = "spoiler"
    """Movies are hidden until someone clicks."""

    RESTRICTED = "restricted"
    """Movies are made and posted in age-restricted channels only."""


class Weekday(StrEnum):
    """The days of the week, in the order of ISO 8601."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True)
class ServerSetup:
    """What a server's managers decided.

    Empty and None are what the operator offers: every channel, everyone, all models, the defaults of the catalogue,
    the server's language in Discord. No gallery, no staff channel, no staff but the server's managers, no prompt filter
    but the operator's. No movie waits for staff, and one that does waits while they can't be asked. No gifts, and no
    movie night.
    """

    channels: tuple[int, ...] = ()
    roles: tuple[int, ...] = ()
    video_models: tuple[str, ...] = ()
    image_models: tuple[str, ...] = ()
    longest_seconds: int | None = None
    default_video_model: str | None = None
    default_image_model: str | None = None
    default_seconds: int | None = None
    default_aspect_ratio: AspectRatio | None = None
    language: Language | None = None
    message_menu: MessageMenu | None = None
    gallery: int | None = None
    age: AgeRule | None = None
    staff_channel: int | None = None
    staff_roles: tuple[int, ...] = ()
    filter_presets: tuple[str, ...] = ()
    filter_rules: tuple[str, ...] = ()
    approval: ApprovalScope | None = None
    approval_credits: int | None = None
    trusted_roles: tuple[int, ...] = ()
    approval_fallback: ApprovalFallback | None = None
    gallery_stars: int | None = None
    gift_credits: int | None = None
    pitch_days: int | None = None
    movie_night: Weekday | None = None

    @property
    def approval_rule(self) -> ApprovalRule:
        """Which orders wait for staff."""
        return ApprovalRule(self.approval, self.approval_credits or 0, self.trusted_roles)

    @property
    def menu(self) -> MessageMenu:
        """Whose messages can be turned into movies."""
        return self.message_menu or MessageMenu.OWN

    def is_staff(self, role_ids: Iterable[int], *, manages_server: bool) -> bool:
        """Return whether a member manages the server or has a staff role.

        These are its staff, who moderate movies. Credits and this setup stay with managers.
        """
        return manages_server or not set(self.staff_roles).isdisjoint(role_ids)

    def value(self, setting: Setting) -> SettingValue:
        """Return the value of a setting."""
        return getattr(self, setting.value)

    def changed(self, changes: Mapping[Setting, SettingValue]) -> ServerSetup:
        """Return the setup after these changes."""
        return replace(self, **{setting.value: value for setting, value in changes.items()})

    def refusal(
        self, channel_ids: Iterable[int], role_ids: Iterable[int], *, age_restricted: bool
    ) -> AccessRefusal | None:
        """Return why a member may order nothing here.

        `channel_ids` are the channel, and of a thread its parent, too. `age_restricted` is Discord's flag of it.
        """
        refused = self.place_refusal(channel_ids, age_restricted=age_restricted)
        if refused is None and self.roles and not set(self.roles).intersection(role_ids):
            return AccessRefusal(AccessReason.ROLE, self.roles)
        return refused

    def place_refusal(self, channel_ids: Iterable[int], *, age_restricted: bool) -> AccessRefusal | None:
        """Return why no member may order anything here."""
        if self.channels and not set(self.channels).intersection(channel_ids):
            return AccessRefusal(AccessReason.CHANNEL, self.channels)
        if self.age is AgeRule.RESTRICTED and not age_restricted:
            return AccessRefusal(AccessReason.AGE)
        return None

    def fingerprint(self, settings: Collection[Setting] = tuple(Setting)) -> str:
        """Hash the values of these settings."""
        text = json.dumps([[setting.value, self.value(setting)] for setting in sorted(settings)])
        return hashlib.sha256(text.encode()).hexdigest()[:12]


NOTHING_SET: Final = ServerSetup()


class AccessReason(StrEnum):
    """Why a server's setup refuses an order, whatever movie it is."""

    CHANNEL = "channel"
    """Movies are made in other channels."""

    AGE = "age"
    """Movies are made in age-restricted channels only."""

    ROLE = "role"
    """Only members with certain roles make movies."""

    NO_MODEL = "no_model"
    """The operator offers none of the models that the server allows."""


@dataclass(frozen=True, slots=True)
class AccessRefusal:
    """Why a member may order nothing here.

    `allowed` are the ids of the channels or roles that may.
    """

    reason: AccessReason
    allowed: tuple[int, ...] = ()


def narrow(catalogue: Catalogue, setup: ServerSetup) -> Catalogue | None:
    """Return what a server offers, its defaults first; None for nothing."""
    videos = _narrowed(catalogue.video_models, setup.video_models, setup.default_video_model)
    images = _narrowed(catalogue.image_models, setup.image_models, setup.default_image_model)
    limits = _limits(catalogue.limits, setup)
    recommended = _recommended(videos, setup.default_video_model)
    found = replace(catalogue, video_models=recommended, image_models=images, limits=limits)
    if not found.enabled_video_models or not found.enabled_image_models or limits.max_seconds < limits.min_seconds:
        return None
    ratio = _default_aspect_ratio(found, setup.default_aspect_ratio)
    if ratio is limits.default_aspect_ratio:  # nothing is copied for each order of most servers
        return found
    return replace(found, limits=replace(limits, default_aspect_ratio=ratio))


def _narrowed(models: tuple[Model, ...], allowed: Sequence[str], default: str | None) -> tuple[Model, ...]:
    """Switch off what is not allowed, and put the default first."""
    kept = (model if not allowed or model.key in allowed else replace(model, enabled=False) for model in models)
    return tuple(sorted(kept, key=lambda model: model.key != default))


def _recommended(models: tuple[VideoModel, ...], default: str | None) -> tuple[VideoModel, ...]:
    """Recommend the default for everything, so that it comes first."""
    return tuple(
        replace(model, recommended_for=model.aspect_ratios) if model.key == default else model for model in models
    )


def _limits(limits: RequestLimits, setup: ServerSetup) -> RequestLimits:
    longest = limits.max_seconds if setup.longest_seconds is None else min(limits.max_seconds, setup.longest_seconds)
    wanted = limits.default_seconds if setup.default_seconds is None else setup.default_seconds
    default = max(limits.min_seconds, min(wanted, longest))
    if (longest, default) == (limits.max_seconds, limits.default_seconds):
        return limits
    return replace(limits, max_seconds=longest, default_seconds=default)


def _default_aspect_ratio(catalogue: Catalogue, chosen: AspectRatio | None) -> AspectRatio:
    """Return the first aspect ratio that a model supports.

    The server's default, the operator's, then the others.
    """
    wanted = (*(() if chosen is None else (chosen,)), catalogue.limits.default_aspect_ratio, *AspectRatio)
    return next(ratio for ratio in wanted if catalogue.video_models_for(ratio))
