"""How the database holds the values of settings.

Numbers and texts; lists as JSON; NULL for what is not set.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from bot.domain.catalogue import AspectRatio
from bot.domain.language import Language
from bot.domain.server_setup import LISTS, MessageMenu, Setting, SettingValue

_DECODERS: Final[Mapping[Setting, Callable[[str | int], SettingValue]]] = {
    Setting.LONGEST_SECONDS: int,
    Setting.DEFAULT_VIDEO_MODEL: str,
    Setting.DEFAULT_IMAGE_MODEL: str,
    Setting.DEFAULT_SECONDS: int,
    Setting.DEFAULT_ASPECT_RATIO: AspectRatio,
    Setting.LANGUAGE: Language,
    Setting.MESSAGE_MENU: MessageMenu,
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


def decode(setting: Setting, stored: str | int | None) -> SettingValue:
    """Return the value that a column or the audit log holds."""
    if setting in LISTS:
        return () if stored is None else tuple(json.loads(str(stored)))
    return None if stored is None else _DECODERS[setting](stored)
