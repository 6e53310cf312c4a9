"""Changes that a server's managers make with /setup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.message import MessageKind
from bot.domain.quota import AuditAction, AuditContext, AuditEvent, LimitScope
from bot.domain.server_setup import NOTHING_SET, ServerSetup
from bot.domain.setting_kinds import Setting, SettingValue
from data import (
    approval_requests,
    audit_log,
    budgets,
    credit_requests,
    messages,
    movie_nights,
    movie_reports,
    server_setup,
)
from data.database import Transaction
from data.engine import rows

_FAILED_AT: Final[Mapping[Setting, str]] = {
    ServerSetup.gallery: "gallery_failed_at",
    ServerSetup.staff_channel: "staff_channel_failed_at",
}
"""Since when Discord forbids posting in a channel."""


_GALLERY_TTL_MS: Final = 60_000
"""How long the creation of a gallery may take, in a process that may be killed."""


@dataclass(frozen=True, slots=True)
class SetupOutcome:
    """The setup after a change, and the settings that differ.

    Without any, nothing was written: all values were set already, or (`conflict`) someone has changed the same settings
    meanwhile. `limit` is the change of what each member can spend, if it was one.
    """

    setup: ServerSetup
    changed: tuple[Setting, ...] = ()
    conflict: bool = False
    limit: AuditEvent | None = None


def change(
    tx: Transaction, changes: Mapping[Setting, SettingValue], expected: str, *, by: AuditContext
) -> SetupOutcome:
    """Change settings, and record each that differs.

    `expected` is the fingerprint of these settings as the manager saw them. All of them are changed, or none. A
    channel that was chosen again counts as changed where Discord has forbidden posting there.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    server_setup.lock(tx, by.guild_id)
    audit_log.require_new(tx, by)
    row = tx.fetch_one("SELECT * FROM guild_settings WHERE guild_id = :guild_id", {"guild_id": by.guild_id})
    before = NOTHING_SET if row is None else server_setup.from_row(row)
    closed = {each for each, column in _FAILED_AT.items() if row is not None and row[column] is not None}
    changed = {each: value for each, value in changes.items() if before.value(each) != value or each in closed}
    if not changed:
        return SetupOutcome(before)
    if before.fingerprint(changes) != expected:
        return SetupOutcome(before, conflict=True)
    reopened = {_FAILED_AT[setting]: None for setting in changed if setting in _FAILED_AT}
    columns = {**server_setup.changed_columns(row, changed), **reopened}
    values = {"guild_id": by.guild_id, "language": by.language, **columns}
    tx.insert("guild_settings", values, replace="guild_id")
    if ServerSetup.staff_channel in changed:
        _change_staff_channel(tx, by.guild_id, changed[ServerSetup.staff_channel])
    if not {ServerSetup.movie_night, ServerSetup.weekly_recap}.isdisjoint(changed):
        movie_nights.reschedule_server(tx, by.guild_id)
    author = by
    for setting, value in changed.items():
        event = AuditEvent(author, AuditAction.CHANGE_SETTING, 0, None, setting=setting, setting_value=value)
        audit_log.record(tx, event)
        author = replace(by, interaction_id=None)  # it is unique, so only the first entry has it
    return SetupOutcome(before.changed(changed), tuple(changed))


def answer_first(
    tx: Transaction, changes: Mapping[Setting, SettingValue], expected: str, *, by: AuditContext, credits: int | None
) -> SetupOutcome:
    """Set what the first questions ask for: settings, and what each member can spend in a month.

    `credits` None: that is not set. It is a conflict where someone has set another amount meanwhile.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    server_setup.lock(tx, by.guild_id)
    audit_log.require_new(tx, by)
    before = budgets.effective_limits(tx, by.guild_id, 0).default
    if credits is not None and before not in (None, credits):
        return SetupOutcome(server_setup.get(tx, by.guild_id), conflict=True)
    outcome = change(tx, changes, expected, by=by)
    if credits is None or credits == before or outcome.conflict:
        return outcome
    author = replace(by, interaction_id=None) if outcome.changed else by
    return replace(outcome, limit=budgets.set_limit(tx, LimitScope.DEFAULT, 0, credits, by=author))


def claim_gallery(tx: Transaction, guild_id: int) -> bool:
    """Return whether a gallery may be created for a server now: it has none, and none is being created."""
    server_setup.lock(tx, guild_id)
    started = rows.get(tx, _gallery_key(guild_id))
    is_claimed = started is not None and 0 <= tx.now - int(started) < _GALLERY_TTL_MS
    if is_claimed or server_setup.get(tx, guild_id).gallery is not None:
        return False
    rows.set_value(tx, _gallery_key(guild_id), str(tx.now))
    return True


def release_gallery(tx: Transaction, guild_id: int) -> None:
    """Let a gallery be created that could not be created now."""
    rows.set_value(tx, _gallery_key(guild_id), "0")


def _gallery_key(guild_id: int) -> str:
    return f"gallery:{guild_id}"


def _change_staff_channel(tx: Transaction, guild_id: int, channel: SettingValue) -> None:
    """Post what waits for staff in a new channel.

    Without one, nothing is posted, and members whose requests for credits were not posted yet are told.
    """
    if isinstance(channel, int):
        movie_reports.move(tx, guild_id, channel)
        approval_requests.ask_again(tx, guild_id, channel)
        messages.retry_now(tx, MessageKind.AUDIT_LOG, guild_id)
    else:
        credit_requests.mark_unposted(tx, guild_id)
        audit_log.drop_pending(tx, guild_id)
