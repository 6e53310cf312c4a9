"""What a server's managers decided with /setup: columns of guild_settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.server_setup import NOTHING_SET, ServerSetup, Setting
from data.database import Row, Transaction
from data.setting_values import decode

COLUMNS: Final[Mapping[Setting, str]] = {
    **{setting: setting.value for setting in Setting},
    Setting.LANGUAGE: "chosen_language",
    Setting.GALLERY: "gallery_channel_id",
    Setting.STAFF_CHANNEL: "staff_channel_id",
}

_SELECT: Final = f"SELECT {', '.join(COLUMNS.values())} FROM guild_settings WHERE guild_id = :guild_id"


def get(tx: Transaction, guild_id: int) -> ServerSetup:
    """Read a server's setup."""
    row = tx.fetch_one(_SELECT, {"guild_id": guild_id})
    return NOTHING_SET if row is None else _from_row(row)


def _from_row(row: Row) -> ServerSetup:
    return NOTHING_SET.changed({setting: decode(setting, row[column]) for setting, column in COLUMNS.items()})
