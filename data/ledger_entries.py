"""Rows of the append-only ledger."""

from __future__ import annotations

from bot.domain.credits import EntryType
from bot.domain.quota import AuditContext
from data.accounts import Account
from data.database import Transaction
from data.engine.rows import generate_row_id


def insert(
    tx: Transaction,
    entry_type: EntryType,
    account: Account,
    now: int,
    *,
    entry_id: str | None = None,
    allowance: int = 0,
    extra: int = 0,
    released_allowance: int = 0,
    released_extra: int = 0,
    upstream_charge: int = 0,
    charge_difference: int = 0,
    job_id: str | None = None,
    hold_id: str | None = None,
    pitch_id: str | None = None,
    by: AuditContext | None = None,
    taken_back: bool = False,
) -> None:
    """Write an entry; see the columns of the table."""
    tx.execute(
        "INSERT INTO ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, extra,"
        " released_allowance, released_extra, upstream_charge, charge_difference, job_id, hold_id, pitch_id, actor_id,"
        " reason, taken_back)"
        " VALUES (:id, :created_at, :entry_type, :guild_id, :member_id, :month, :allowance, :extra,"
        " :released_allowance, :released_extra, :upstream_charge, :charge_difference, :job_id, :hold_id, :pitch_id,"
        " :actor_id, :reason, :taken_back)",
        {
            "id": entry_id or generate_row_id(now),
            "created_at": now,
            "entry_type": entry_type.value,
            "guild_id": account.guild_id,
            "member_id": account.member_id,
            "month": account.month,
            "allowance": allowance,
            "extra": extra,
            "released_allowance": released_allowance,
            "released_extra": released_extra,
            "upstream_charge": upstream_charge,
            "charge_difference": charge_difference,
            "job_id": job_id,
            "hold_id": hold_id,
            "pitch_id": pitch_id,
            "actor_id": by.actor_id if by else 0,
            "reason": by.reason if by else "",
            "taken_back": int(taken_back),
        },
    )
