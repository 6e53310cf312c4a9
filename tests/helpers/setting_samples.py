"""A value for each setting of /setup, by its kind: a new setting has one by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.refusal import Refused
from bot.domain.server_setup import SETTINGS, ServerSetup
from bot.domain.setting_kinds import (
    Channel,
    Channels,
    Duration,
    Number,
    Roles,
    Rules,
    Setting,
    SettingValue,
)

_VIDEO_MODELS: Final = tuple(VideoModel(key, key, 1, (*AspectRatio,)) for key in ("A B", "C"))
CATALOGUE: Final = Catalogue(_VIDEO_MODELS, (ImageModel("D", "D"), ImageModel("E", "E")))


def sample(setting: Setting) -> SettingValue:
    """Return a value that no other setting of its kind has."""
    number = 1 + [*SETTINGS].index(setting.name)
    match setting:
        case Channels() | Roles():
            return (number, 2**63 - 1)
        case Channel():
            return 2**63 - number
        case Duration():
            return 60 - number
        case Number():
            return min(number, setting.highest)
        case Rules():
            return ("kite", 'ü ... "b')
        case _:
            checked = (setting.check(setting.parse([str(each)]), CATALOGUE) for each in setting.offered(CATALOGUE))
            *_, value = (each for each in checked if each is not None)  # not what holds where nothing is set
            assert not isinstance(value, Refused)
            return value


SAMPLES: Final[Mapping[Setting, SettingValue]] = {setting: sample(setting) for setting in SETTINGS.values()}
EVERYTHING: Final = ServerSetup().changed(SAMPLES)
