"""What a server's managers decided with /setup: columns of guild_settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from bot.domain.quota import AuditAction, AuditContext
from bot.domain.server_setup import NOTHING_SET, ServerSetup, Setting, SettingValue
from data import audit_log
from data.audit_log import AuditEvent
from data.database import Row, Transaction
from data.setting_values import decode, encode

_COLUMNS: Final[Mapping[Setting, str]] = {
    **{setting: setting.value for setting in Setting},
    Setting.LANGUAGE: "chosen_language",
}

_SELECT: Final = f"SELECT {', '.join(_COLUMNS.values())} FROM guild_settings WHERE guild_id = :guild_id"


@dataclass(frozen=True, slots=True)
class SetupChanged:
    """The setup after a change, and the settings that differ."""

    setup: ServerSetup
    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class SetupUnchanged:
    """All values were set already, so nothing was written."""

    setup: ServerSetup


@dataclass(frozen=True, slots=True)
class SetupConflict:
    """Someone has changed the same settings meanwhile, so nothing was written."""

    setup: ServerSetup


SetupOutcome: TypeAlias = SetupChanged | SetupUnchanged | SetupConflict


def get(tx: Transaction, guild_id: int) -> ServerSetup:
    """Read a server's setup."""
    row = tx.fetch_one(_SELECT, {"guild_id": guild_id})
    return NOTHING_SET if row is None else _from_row(row)


def change(
    tx: Transaction,
    changes: Mapping[Setting, SettingValue],
    expected: str,
    *,
    by: AuditContext,
    now: int,
) -> SetupOutcome:
    """Change settings, and record each that differs.

    `expected` is the fingerprint of these settings as the manager saw them. All of them are changed, or none.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    tx.lock(f"setup:{by.guild_id}")
    audit_log.require_new(tx, by)
    before = get(tx, by.guild_id)
    changed = {setting: value for setting, value in changes.items() if before.value(setting) != value}
    if not changed:
        return SetupUnchanged(before)
    if before.fingerprint(changes) != expected:
        return SetupConflict(before)
    _save(tx, by, changed)
    _record(tx, changed, by, now)
    return SetupChanged(before.changed(changed), tuple(changed))


def _save(tx: Transaction, by: AuditContext, changed: Mapping[Setting, SettingValue]) -> None:
    columns = {_COLUMNS[setting]: encode(value) for setting, value in changed.items()}
    names, values = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    updates = ", ".join(f"{name} = :{name}" for name in columns)
    tx.execute(
        f"INSERT INTO guild_settings (guild_id, language, {names}) VALUES (:guild_id, :language, {values})"
        f" ON CONFLICT (guild_id) DO UPDATE SET language = :language, {updates}",
        {"guild_id": by.guild_id, "language": by.language.value, **columns},
    )


def _record(tx: Transaction, changed: Mapping[Setting, SettingValue], by: AuditContext, now: int) -> None:
    """Record each change; only the first names the interaction, which is unique."""
    authors: Iterable[AuditContext] = (by, *[replace(by, interaction_id=None)] * (len(changed) - 1))
    for author, (setting, value) in zip(authors, changed.items(), strict=True):
        event = AuditEvent(author, AuditAction.CHANGE_SETTING, 0, None, now, setting=setting, setting_value=value)
        audit_log.record(tx, event)


def _from_row(row: Row) -> ServerSetup:
    return NOTHING_SET.changed({setting: decode(setting, row[column]) for setting, column in _COLUMNS.items()})
