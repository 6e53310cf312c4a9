"""How the database holds the values of settings.

Numbers and texts; lists as JSON; NULL for what is not set.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from bot.domain.approval import ApprovalFallback, ApprovalScope
from bot.domain.catalogue import AspectRatio
from bot.domain.language import Language
from bot.domain.server_setup import LISTS, AgeRule, MessageMenu, Setting, SettingValue, Weekday

_DECODERS: Final[Mapping[Setting, Callable[[str | int], SettingValue]]] = {
    Setting.LONGEST_SECONDS: int,
    Setting.DEFAULT_VIDEO_MODEL: str,
    Setting.DEFAULT_IMAGE_MODEL: str,
    Setting.DEFAULT_SECONDS: int,
    Setting.DEFAULT_ASPECT_RATIO: AspectRatio,
    Setting.LANGUAGE: Language,
    Setting.MESSAGE_MENU: MessageMenu,
    Setting.GALLERY: int,
    Setting.AGE: AgeRule,
    Setting.STAFF_CHANNEL: int,
    Setting.APPROVAL: ApprovalScope,
    Setting.APPROVAL_CREDITS: int,
    Setting.APPROVAL_FALLBACK: ApprovalFallback,
    Setting.GALLERY_STARS: int,
    Setting.GIFT_CREDITS: int,
    Setting.PITCH_DAYS: int,
    Setting.MOVIE_NIGHT: Weekday,
}


def encode(value: SettingValue) -> str | int | None:
    """Return a value as its column holds it."""
    if isinstance(value, tuple):
        return json.dumps(value) if value else None
    return value.value if isinstance(value, StrEnum) else value


def encode_text(value: SettingValue) -> str | None:
    """Return a value as the audit log holds it."""
    encoded = encode(value)
    return None if encoded is None else str(encoded)


def to_log(setting: Setting, value: SettingValue) -> SettingValue:
    """Return what the audit log keeps of a value.

    Of a filter's rules only their number: the staff channel may be public.
    """
    return len(value) if setting is Setting.FILTER_RULES and isinstance(value, tuple) else value


def from_log(setting: Setting, logged: str | None) -> SettingValue:
    """Return what the audit log kept of a value."""
    if setting is Setting.FILTER_RULES:
        return int(logged or 0)
    return decode(setting, logged)


def decode(setting: Setting, stored: str | int | None) -> SettingValue:
    """Return the value that a column holds."""
    if setting in LISTS:
        return () if stored is None else _decode_list(str(stored))
    return None if stored is None else _DECODERS[setting](stored)


@functools.lru_cache(maxsize=128)
def _decode_list(stored: str) -> SettingValue:
    """Decode a list; a thousand rules are read for every order."""
    return tuple(json.loads(stored))
