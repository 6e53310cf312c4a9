"""Enforces the bounds on open and failed work, in the transaction that holds the credits."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.credits import BudgetScope, Month, Shortfall
from bot.domain.jobs import WAITING_STATES, Job, JobState
from bot.domain.orders import Quote
from bot.domain.refusal import RefusalCode, Refused
from bot.domain.risk import (
    CANCELLATION_WINDOW_MS,
    COOL_DOWN_MS,
    MAX_CANCELLATIONS,
    RiskLimits,
    cool_down_until,
)
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
"""The columns of a query, by `params`, which `refusal_of` and `may_recall` read: most members have no ground."""

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
    if recall and may_recall(row) and erased_members.recall(tx, member_id):
        row = tx.fetch_single(f"SELECT {GROUNDS}", of_member)
    return refusal_of(tx, row, of_member, limits)


def params(tx: Transaction, guild_id: int, member_id: int) -> dict[str, int | str]:
    """Return the parameters of GROUNDS."""
    since = tx.now - CANCELLATION_WINDOW_MS - COOL_DOWN_MS
    month = str(Month.containing(tx.now))
    return {"guild_id": guild_id, "member_id": member_id, "now": tx.now, "since": since, "month": month}


def may_recall(row: Row) -> bool:
    """Return whether anything is remembered of members who erased their data, by a row of GROUNDS."""
    return bool(row["remembered"] or row["decided"])


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
        own = tx.fetch_column(f"SELECT happened_at {_CANCELLED}", of_member)
        before_erasure = erased_members.moments(tx, member_id, EventKind.CANCELLATION)
        until = cool_down_until([*before_erasure, *own], tx.now)
        if until is not None:
            return Refused("refusals-cooling-down", {"time": until})
    if failures.is_limit_reached(row["failed"], limits.failed_credits):
        return Refused("refusals-failures", {"time": Month.containing(tx.now).ends_at})
    return None


def exceeded_bound(
    row: Row, order: Job | Quote, limits: RiskLimits | None, *, written: bool
) -> Refused | Shortfall | None:
    """Return the bound that an order passes, by a row of OPEN_WORK.

    `written`: its job is among the rows already. A second order waits for this one: of the member, who is locked
    (`preferences.lock`), in all servers; of the server, whose balance is, because the row is read after its hold.
    """
    if limits is None:
        return None
    added = 0 if written else 1
    if (refused := _too_many(row["jobs"] + added, row["server_jobs"] + added, limits)) is not None:
        return refused
    before = row["queued"] - order.price if written else row["queued"]
    if before + order.price > limits.queued_credits:
        left = max(0, limits.queued_credits - before)
        return Shortfall(BudgetScope.QUEUED, order.price, left, Month.containing(order.created_at).ends_at)
    return None


def next_refusal(tx: Transaction, guild_id: int, member_id: int) -> Refused | None:
    """Return why a member's next order would be refused, whatever it costs."""
    limits = tx.policy.limits.risk
    found = refusal(tx, guild_id, member_id, limits)
    if found is not None or limits is None:
        return found
    row = open_work(tx, guild_id, member_id)
    return _too_many(row["jobs"] + 1, row["server_jobs"] + 1, limits)


def open_work(tx: Transaction, guild_id: int, member_id: int) -> Row:
    """Read a row of OPEN_WORK."""
    return tx.fetch_single(OPEN_WORK, {"guild_id": guild_id, "member_id": member_id})


def _too_many(jobs_open: int, server_open: int, limits: RiskLimits) -> Refused | None:
    if jobs_open > limits.open_jobs_per_member:
        return Refused("refusals-open-movies", {"movies": limits.open_jobs_per_member})
    if server_open > limits.open_jobs_per_server:
        return Refused("refusals-server-open-movies", {"movies": limits.open_jobs_per_server})
    return None
