"""Reads of accounts: balances by the limits that apply, limits and totals of servers, ledger entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.credits import EntryType, LedgerEntry, Month
from bot.domain.quota import Balance, GuildQuotas
from data import blocks, budgets, ledger, risk
from data.database import Row, Transaction
from data.ledger_entries import Account

_ENTRIES: Final = (
    "SELECT ledger_entries.*, jobs.prompt FROM ledger_entries LEFT JOIN jobs ON jobs.id = ledger_entries.job_id"
)


def balance(tx: Transaction, guild_id: int, member_id: int, role_ids: Sequence[int]) -> Balance:
    """Return a member's balance in all budgets, and what their open work leaves of it."""
    member_limits, allowance = budgets.resolve_limits(tx, guild_id, member_id, role_ids)
    left = ledger.balance(tx, Account.at(guild_id, member_id, tx.now), member_limits, allowance)
    return replace(left, queued=risk.left_in_queue(tx, guild_id, member_id))


def guild_quotas(tx: Transaction, guild_id: int) -> GuildQuotas:
    """Read every limit, block and setting of a server."""
    sql = "SELECT staff_channel_id, staff_channel_failed_at FROM guild_settings WHERE guild_id = :guild_id"
    channel_id, failed_at = tx.fetch_one(sql, {"guild_id": guild_id}) or (None, None)
    chosen, month = budgets.effective_limits(tx, guild_id, 0), Month.containing(tx.now)
    limits, _ = chosen.resolve((), tx.policy.limits)
    return GuildQuotas(
        bot_default=tx.policy.limits.member,
        default=chosen.default,
        server=chosen.server,
        members=tuple(budgets.member_limits(tx, guild_id).items()),
        roles=tuple(chosen.roles.items()),
        operator=budgets.operator_limit(tx, guild_id, limits.server, month),
        blocked=blocks.active_blocks(tx, guild_id),
        staff_channel_id=channel_id,
        staff_channel_failed_at=failed_at,
        spent=budgets.server_spending(tx, guild_id, month),
    )


def server_totals(tx: Transaction, month: Month) -> Mapping[int, tuple[int, int]]:
    """Return each server's used and held credits of a month."""
    sql = "SELECT guild_id, used, held FROM balances WHERE scope = 'server' AND month = :month"
    return {guild_id: (used, held) for guild_id, used, held in tx.fetch_all(sql, {"month": str(month)})}


def member_entries(tx: Transaction, guild_id: int, member_id: int, limit: int) -> tuple[LedgerEntry, ...]:
    """List a member's last entries in one server, newest first."""
    entries = tx.fetch_all_as(
        _entry,
        f"{_ENTRIES} WHERE ledger_entries.guild_id = :guild_id AND ledger_entries.member_id = :member_id"
        " ORDER BY ledger_entries.id DESC LIMIT :limit",
        {"guild_id": guild_id, "member_id": member_id, "limit": limit},
    )
    return tuple(entries)


def member_adjustments(tx: Transaction, guild_id: int, member_id: int, limit: int) -> tuple[LedgerEntry, ...]:
    """List a member's last grants and adjustments in one server, newest first."""
    rows = tx.fetch_all(
        "SELECT ledger_entries.*, NULL AS prompt, COALESCE("
        " (SELECT recipient_id FROM gifts WHERE taken_entry_id = ledger_entries.id),"
        " (SELECT giver_id FROM gifts WHERE given_entry_id = ledger_entries.id),"
        " (SELECT 0 FROM past_gifts WHERE entry_id = ledger_entries.id)) AS partner_id,"
        " EXISTS (SELECT 1 FROM starter_movies WHERE entry_id = ledger_entries.id) AS is_starter"
        " FROM ledger_entries WHERE guild_id = :guild_id AND"
        " member_id = :member_id"
        " AND entry_type IN ('grant', 'adjust') ORDER BY id DESC LIMIT :limit",
        {"guild_id": guild_id, "member_id": member_id, "limit": limit},
    )
    return tuple(replace(_entry(row), partner_id=row["partner_id"], is_starter=bool(row["is_starter"])) for row in rows)


def job_entries(tx: Transaction, job_id: str) -> tuple[LedgerEntry, ...]:
    """List a job's entries, oldest first."""
    hold = "job_id = :job_id AND entry_type = 'hold'"
    entries = tx.fetch_all_as(
        _entry,
        f"{_ENTRIES} WHERE ledger_entries.id IN (SELECT id FROM ledger_entries WHERE {hold}"
        f" UNION SELECT id FROM ledger_entries WHERE hold_id IN (SELECT id FROM ledger_entries WHERE {hold})"
        " UNION SELECT id FROM ledger_entries WHERE job_id = :job_id AND entry_type = 'charge')"
        " ORDER BY ledger_entries.id",
        {"job_id": job_id},
    )
    return tuple(entries)


def all_entries(tx: Transaction) -> tuple[LedgerEntry, ...]:
    """List the whole ledger, oldest first."""
    return tuple(tx.fetch_all_as(_entry, f"{_ENTRIES} ORDER BY ledger_entries.id"))


def _entry(row: Row) -> LedgerEntry:
    return LedgerEntry(
        created_at=row["created_at"],
        entry_type=EntryType(row["entry_type"]),
        allowance=row["allowance"],
        extra=row["extra"],
        released=row["released_allowance"] + row["released_extra"],
        upstream_charge=row["upstream_charge"],
        job_id=row["job_id"],
        guild_id=row["guild_id"],
        member_id=row["member_id"],
        actor_id=row["actor_id"],
        reason=row["reason"],
        prompt=row["prompt"] or "",
    )
