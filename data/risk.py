"""Enforces the bounds on open and failed work, in the transaction that holds the credits."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.credits import BudgetScope, Month, Shortfall, month_of
from bot.domain.jobs import WAITING_STATES, JobState
from bot.domain.refusal import RefusalCode, Refused
from bot.domain.risk import CANCELLATION_WINDOW_MS, COOL_DOWN_MS, MAX_CANCELLATIONS, RiskLimits, cool_down_until
from data import blocks, erased_members, failures, jobs, server_policies
from data.database import Row, Transaction
from data.erased_members import EventKind

_CANCELLED = f"FROM ({erased_members.CANCELLATIONS}) AS cancelled WHERE happened_at <= :now"

GROUNDS = f"""
    {server_policies.REFUSAL},
    (SELECT COUNT(*) {blocks.ACTIVE_BLOCK}) AS blocks,
    (SELECT COUNT(*) {_CANCELLED}) AS cancellations,
    ({failures.FAILED_CREDITS}) AS failed,
    (SELECT COUNT(*) FROM erasure_requests WHERE member_id = :member_id) AS erasing,
    {erased_members.REMEMBERED}
"""
"""The columns of a query, by `params`, which `refusal_of` reads: most members have no ground."""

OPEN_WORK = f"""
SELECT (SELECT COUNT(*) FROM jobs WHERE guild_id = :guild_id AND {jobs.OPEN}) AS server_jobs, COUNT(*) AS jobs,
    CAST(COALESCE(SUM(CASE WHEN state IN {jobs.sql_list((*WAITING_STATES, JobState.SUBMITTING))}
        THEN price_credits ELSE 0 END), 0) AS BIGINT) AS queued
FROM jobs WHERE member_id = :member_id AND {jobs.OPEN}
"""
"""A member's open jobs, the server's, and the member's waiting credits, which `exceeded_bound` reads.

A job in submission counts as queued, because it may return to the queue."""


def refusal(
    tx: Transaction, guild_id: int, member_id: int, limits: RiskLimits | None, *, recall: bool = False
) -> Refused | None:
    """Return why a member may not order in a server now.

    The price does not matter. `recall`: a member who had erased their data gets back what was remembered of them.
    """
    of_member = params(tx, guild_id, member_id)
    row = tx.fetch_single(f"SELECT {GROUNDS}", of_member)
    if recall and row["may_recall"] and erased_members.recall(tx, member_id):
        row = tx.fetch_single(f"SELECT {GROUNDS}", of_member)
    return refusal_of(tx, row, of_member, limits)


def params(tx: Transaction, guild_id: int, member_id: int) -> dict[str, int | str]:
    """Return the parameters of GROUNDS."""
    since = tx.now - CANCELLATION_WINDOW_MS - COOL_DOWN_MS
    month = month_of(tx.now)
    return {"guild_id": guild_id, "member_id": member_id, "now": tx.now, "since": since, "month": month}


def refusal_of(
    tx: Transaction, row: Row, of_member: Mapping[str, int | str], limits: RiskLimits | None
) -> Refused | None:
    """Return why a member may not order now, by a row of GROUNDS and its parameters."""
    guild_id, member_id = int(of_member["guild_id"]), int(of_member["member_id"])
    unconditional: dict[RefusalCode, bool] = {
        "refusals-erasing": bool(row["erasing"]),
        "refusals-paused": bool(row["paused_at"]),
        "refusals-server-blocked": row["blocked_at"] is not None,
    }
    for code, holds in unconditional.items():
        if holds:
            return Refused(code)
    block = blocks.active_block(tx, guild_id, member_id) if row["blocks"] else None
    if block is not None or limits is None:
        return None if block is None else Refused("refusals-blocked", {"block": block})
    if row["cancellations"] >= MAX_CANCELLATIONS or row["remembered"]:
        until = cool_down_until(erased_members.moments(tx, member_id, EventKind.CANCELLATION), tx.now)
        if until is not None:
            return Refused("refusals-cooling-down", {"time": until})
    if row["failed"] >= limits.failed_credits:
        return Refused("refusals-failures", {"time": Month.containing(tx.now).ends_at})
    return None


def exceeded_bound(
    tx: Transaction, row: Row, price: int, limits: RiskLimits | None, *, written: bool
) -> Refused | Shortfall | None:
    """Return the bound that an order passes, by a row of OPEN_WORK.

    `written`: its job is among the rows already. A second order waits for this one: of the member, who is locked
    (`preferences.lock`), in all servers; of the server, whose balance is, because the row is read after its hold.
    """
    if limits is None:
        return None
    added, before = (0, row["queued"] - price) if written else (1, row["queued"])
    if row["jobs"] + added > limits.open_jobs_per_member:
        return Refused("refusals-open-movies", {"movies": limits.open_jobs_per_member})
    if row["server_jobs"] + added > limits.open_jobs_per_server:
        return Refused("refusals-server-open-movies", {"movies": limits.open_jobs_per_server})
    if price and before + price > limits.queued_credits:
        left = max(0, limits.queued_credits - before)
        return Shortfall(BudgetScope.QUEUED, price, left, Month.containing(tx.now).ends_at)
    return None


def next_refusal(tx: Transaction, guild_id: int, member_id: int) -> Refused | None:
    """Return why a member's next order would be refused, whatever it costs."""
    limits = tx.policy.limits.risk
    found = refusal(tx, guild_id, member_id, limits)
    if found is not None or limits is None:
        return found
    excess = exceeded_bound(tx, open_work(tx, guild_id, member_id), 0, limits, written=False)
    return excess if isinstance(excess, Refused) else None


def left_in_queue(tx: Transaction, guild_id: int, member_id: int) -> int | None:
    """Return what a member's next movie may cost by the bounds on open work; None without any."""
    limits = tx.policy.limits.risk
    if limits is None:
        return None
    row = open_work(tx, guild_id, member_id)
    is_full = isinstance(exceeded_bound(tx, row, 0, limits, written=False), Refused)
    return 0 if is_full else max(0, limits.queued_credits - row["queued"])


def open_work(tx: Transaction, guild_id: int, member_id: int) -> Row:
    """Read a row of OPEN_WORK."""
    return tx.fetch_single(OPEN_WORK, {"guild_id": guild_id, "member_id": member_id})
