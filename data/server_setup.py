"""What a server's managers decided with /setup.

`guild_settings.settings` is a JSON object of the settings that are set. Those that queries read have columns instead.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Final, cast

from bot.domain.server_setup import NOTHING_SET, SETTINGS, ServerSetup
from bot.domain.setting_kinds import Setting, SettingValue
from data.database import Row, Transaction

_COLUMNS: Final[Mapping[Setting, str]] = {
    ServerSetup.language: "chosen_language",
    ServerSetup.gallery: "gallery_channel_id",
    ServerSetup.gallery_stars: "gallery_stars",
    ServerSetup.age: "age",
    ServerSetup.staff_channel: "staff_channel_id",
    ServerSetup.starter_credits: "starter_credits",
}

COLUMNS: Final = f"settings, {', '.join(_COLUMNS.values())}"


def lock(tx: Transaction, guild_id: int) -> None:
    """Let nobody change a server's setup beside this transaction. It may have no row yet."""
    tx.lock(f"setup:{guild_id}")


def get(tx: Transaction, guild_id: int) -> ServerSetup:
    """Read a server's setup."""
    sql = f"SELECT {COLUMNS} FROM guild_settings WHERE guild_id = :guild_id"
    return tx.fetch_as(from_row, sql, {"guild_id": guild_id}) or NOTHING_SET


def changed_columns(row: Row | None, changes: Mapping[Setting, SettingValue]) -> Mapping[str, str | int | None]:
    """Return the columns of guild_settings after these changes. `row` is what they are before."""
    others: dict[str, SettingValue] = json.loads("{}" if row is None else row["settings"])
    own: dict[str, str | int | None] = {}
    for setting, value in changes.items():
        if setting in _COLUMNS:
            own[_COLUMNS[setting]] = cast("str | int | None", value)
        else:
            others[setting.name] = value
    return {**own, "settings": json.dumps({name: value for name, value in others.items() if value not in (None, ())})}


def from_row(row: Row) -> ServerSetup:
    """Read a row that has COLUMNS."""
    own = {setting: row[column] for setting, column in _COLUMNS.items() if row[column] is not None}
    return _decoded(row["settings"]).changed({setting: setting.decode(value) for setting, value in own.items()})


@functools.lru_cache(maxsize=128)
def _decoded(settings: str) -> ServerSetup:
    """Decode the settings without columns; a thousand rules are read for every order."""
    stored = json.loads(settings)  # may hold what a newer version has set
    return ServerSetup(**{name: SETTINGS[name].decode(value) for name, value in stored.items() if name in SETTINGS})
