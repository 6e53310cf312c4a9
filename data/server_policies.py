"""What the operator decides about servers, and the pause of all orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.credits import Limits
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEvent
from data import audit_log
from data.database import Row, Transaction
from data.engine import rows

PAUSED_AT: Final = "orders:paused_at"
"""The key of the time since which no orders are accepted."""

REFUSAL: Final = f"""
    (SELECT value FROM key_value WHERE key = '{PAUSED_AT}') AS paused_at,
    (SELECT blocked_at FROM server_policies WHERE guild_id = :guild_id) AS blocked_at
"""
"""The columns of a query that show why a server's orders are refused."""


@dataclass(frozen=True, slots=True)
class ServerPolicy:
    """The operator's decision about one server.

    `monthly_credits` None: the setting's.
    """

    monthly_credits: int | None = None
    blocked: bool = False

    def monthly_limit(self, defaults: Limits) -> int | None:
        """Return what the server may cost the plan; None: no limit.

        `defaults` are the operator's limits.
        """
        return defaults.server if self.monthly_credits is None else self.monthly_credits


def get(tx: Transaction, guild_id: int) -> ServerPolicy:
    """Read the operator's decision about a server."""
    sql = "SELECT * FROM server_policies WHERE guild_id = :guild_id"
    return tx.fetch_as(_from_row, sql, {"guild_id": guild_id}) or ServerPolicy()


def list_all(tx: Transaction) -> Mapping[int, ServerPolicy]:
    """Read every decision, by server id."""
    return {row["guild_id"]: _from_row(row) for row in tx.fetch_all("SELECT * FROM server_policies ORDER BY guild_id")}


def set_monthly_credits(tx: Transaction, guild_id: int, credits: int | None) -> None:
    """Set what a server may spend a month; None: what SERVER_MONTHLY_CREDITS says."""
    _lock(tx)
    if get(tx, guild_id).monthly_credits != credits:
        _record(tx, guild_id, AuditAction.LIMIT_SERVER, credits)
    tx.insert("server_policies", {"guild_id": guild_id, "monthly_credits": credits}, replace="guild_id")


def set_blocked(tx: Transaction, guild_id: int, *, blocked: bool) -> bool:
    """Block orders from a server, or allow them again.

    Return False where nothing changed.
    """
    _lock(tx)
    before = get(tx, guild_id).blocked
    if before != blocked:
        _record(tx, guild_id, AuditAction.BLOCK_SERVER if blocked else AuditAction.UNBLOCK_SERVER)
    tx.insert("server_policies", {"guild_id": guild_id, "blocked_at": tx.now if blocked else None}, replace="guild_id")
    return before != blocked


def paused_at(tx: Transaction) -> int | None:
    """Return since when no orders are accepted (UTC epoch milliseconds).

    None: they are accepted.
    """
    value = rows.get(tx, PAUSED_AT)
    return int(value) if value else None


def set_paused(tx: Transaction, *, paused: bool) -> bool:
    """Stop orders in all servers, or allow them again.

    Every server with a staff channel gets an entry. Return False where nothing changed.
    """
    _lock(tx)
    if (paused_at(tx) is not None) == paused:
        return False
    rows.set_value(tx, PAUSED_AT, str(tx.now) if paused else "")
    servers = "SELECT guild_id FROM guild_settings WHERE staff_channel_id IS NOT NULL ORDER BY guild_id"
    for guild_id in tx.fetch_column(servers):
        _record(tx, guild_id, AuditAction.PAUSE if paused else AuditAction.RESUME)
    return True


def _lock(tx: Transaction) -> None:
    """Exclude other decisions, so that each change is recorded once."""
    tx.lock("server_policies")


def _record(tx: Transaction, guild_id: int, action: AuditAction, credits: int | None = None) -> None:
    audit_log.record(tx, AuditEvent(AuditContext(SYSTEM_ACTOR_ID, guild_id), action, 0, credits))


def _from_row(row: Row) -> ServerPolicy:
    return ServerPolicy(row["monthly_credits"], row["blocked_at"] is not None)
