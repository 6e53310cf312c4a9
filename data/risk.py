"""Enforces the bounds on open and failed work.

The checks run in the transaction that holds the credits.
"""

from __future__ import annotations

from bot.domain.credits import BudgetScope, Month, Shortfall
from bot.domain.job import WAITING_STATES, Job, JobState
from bot.domain.quota import Block
from bot.domain.quote import Quote
from bot.domain.risk import (
    CANCELLATION_WINDOW_MS,
    COOL_DOWN_MS,
    MAX_CANCELLATIONS,
    Refusal,
    RefusalReason,
    RiskLimits,
    cool_down_until,
)
from data import blocks, erased_members, failures, jobs, server_policies
from data.database import Params, Row, Transaction
from data.erased_members import EventKind

_CANCELLED = f"FROM ({erased_members.CANCELLATIONS}) AS cancelled WHERE happened_at <= :now"

_REFUSAL_GROUNDS = f"""
SELECT {server_policies.REFUSAL},
    (SELECT COUNT(*) {blocks.ACTIVE_BLOCK}) AS blocks,
    (SELECT COUNT(*) {_CANCELLED}) AS cancellations,
    ({failures.FAILED_CREDITS}) AS failed,
    (SELECT COUNT(*) FROM erasure_requests WHERE member_id = :member_id) AS erasing,
    {erased_members.REMEMBERED}
"""
"""One statement, because it runs for every order, and most have no ground to be refused."""

_WAITING = (*WAITING_STATES, JobState.SUBMITTING)

_OPEN = f"""
SELECT (SELECT COUNT(*) FROM jobs WHERE guild_id = :guild_id AND {jobs.OPEN}) AS server_jobs, COUNT(*) AS jobs,
    CAST(COALESCE(SUM(CASE WHEN state IN {jobs.sql_list(_WAITING)} THEN price_credits ELSE 0 END), 0)
        AS BIGINT) AS queued
FROM jobs WHERE member_id = :member_id AND {jobs.OPEN}
"""
"""A job in submission counts as queued, because it may return to the queue."""


def refusal(
    tx: Transaction, guild_id: int, member_id: int, limits: RiskLimits | None, *, recall: bool = False
) -> Refusal | Block | None:
    """Return why a member may not order in a server now.

    The price does not matter. `recall`: a member who had erased their data gets back what was remembered of them.
    """
    month = Month.containing(tx.now)
    since = tx.now - CANCELLATION_WINDOW_MS - COOL_DOWN_MS
    params = {"guild_id": guild_id, "member_id": member_id, "now": tx.now, "since": since, "month": str(month)}
    row = tx.fetch_one(_REFUSAL_GROUNDS, params)
    assert row is not None
    if recall and (row["remembered"] or row["decided"]) and erased_members.recall(tx, member_id):
        row = tx.fetch_one(_REFUSAL_GROUNDS, params)
        assert row is not None
    if (reason := _unconditional(row)) is not None:
        return Refusal(reason)
    found = blocks.active_block(tx, guild_id, member_id) if row["blocks"] else None
    if found is not None or limits is None:
        return found
    may_cool_down = row["cancellations"] >= MAX_CANCELLATIONS or row["remembered"]
    until = _cool_down_until(tx, params, member_id) if may_cool_down else None
    if until is not None:
        return Refusal(RefusalReason.COOLING_DOWN, until=until)
    if failures.is_limit_reached(row["failed"], limits.failed_credits):
        return Refusal(RefusalReason.FAILED_CREDITS, limits.failed_credits, month.ends_at)
    return None


def _unconditional(row: Row) -> RefusalReason | None:
    if row["erasing"]:
        return RefusalReason.ERASING
    if row["paused_at"]:
        return RefusalReason.PAUSED
    return None if row["blocked_at"] is None else RefusalReason.SERVER_BLOCKED


def exceeded_bound(
    tx: Transaction, order: Job | Quote, limits: RiskLimits, *, written: bool
) -> Refusal | Shortfall | None:
    """Return the bound that an order passes.

    `written`: its job is among the rows already. Called after the hold, whose balances are locked: a second order of
    the member or the server waits for this one.
    """
    added = 0 if written else 1
    jobs_open, server_open, queued = _open_work(tx, order.guild_id, order.member_id)
    if (refused := _too_many(jobs_open + added, server_open + added, limits)) is not None:
        return refused
    before = queued - order.price if written else queued
    if before + order.price > limits.queued_credits:
        left = max(0, limits.queued_credits - before)
        return Shortfall(BudgetScope.QUEUED, order.price, left, Month.containing(order.created_at).ends_at)
    return None


def next_refusal(tx: Transaction, guild_id: int, member_id: int, limits: RiskLimits | None) -> Refusal | Block | None:
    """Return why a member's next order would be refused, whatever it costs."""
    found = refusal(tx, guild_id, member_id, limits)
    if found is not None or limits is None:
        return found
    jobs_open, server_open, _ = _open_work(tx, guild_id, member_id)
    return _too_many(jobs_open + 1, server_open + 1, limits)


def _open_work(tx: Transaction, guild_id: int, member_id: int) -> tuple[int, int, int]:
    """Return a member's open jobs, the server's, and the member's waiting credits.

    Waiting credits are held by jobs that were not submitted yet.
    """
    row = tx.fetch_one(_OPEN, {"guild_id": guild_id, "member_id": member_id})
    assert row is not None
    return row["jobs"], row["server_jobs"], row["queued"]


def _too_many(jobs_open: int, server_open: int, limits: RiskLimits) -> Refusal | None:
    if jobs_open > limits.open_jobs_per_member:
        return Refusal(RefusalReason.OPEN_JOBS, limits.open_jobs_per_member)
    if server_open > limits.open_jobs_per_server:
        return Refusal(RefusalReason.SERVER_OPEN_JOBS, limits.open_jobs_per_server)
    return None


def _cool_down_until(tx: Transaction, params: Params, member_id: int) -> int | None:
    """Return when a cool-down ends.

    Cancellations from before an erasure count, too.
    """
    rows = tx.fetch_all(f"SELECT happened_at {_CANCELLED}", params)
    erased = erased_members.moments(tx, member_id, EventKind.CANCELLATION)
    return cool_down_until([*erased, *(row["happened_at"] for row in rows)], tx.now)
