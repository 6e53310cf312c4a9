"""The bounds on open and failed work.

They keep one member or server from using up the plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MAX_CANCELLATIONS = 3
CANCELLATION_WINDOW_MS = 10 * 60 * 1000
COOL_DOWN_MS = 10 * 60 * 1000
"""Three cancellations within ten minutes stop a member's orders for ten more: each order held credits of the plan.

A pledge that was taken back counts as one: it leaves two entries in the ledger for ever."""

MAX_REPEATED_FAILURES = 3
"""Failures in a row of one prompt, after which the member is asked before it is made again."""


@dataclass(frozen=True, slots=True)
class RiskLimits:
    """The operator's bounds on open and failed work."""

    open_jobs_per_member: int
    """Over all servers."""

    open_jobs_per_server: int
    queued_credits: int
    """Credits that the jobs of one member hold before the API has taken them."""

    failed_credits: int
    """Credits a month that the failed movies of one member cost the plan."""


class RefusalReason(StrEnum):
    """Why an order is refused, whatever credits there are.

    The words are in bot/ui/refusals.py.
    """

    PAUSED = "paused"
    """The operator takes no orders now."""

    SERVER_BLOCKED = "server_blocked"
    """The operator takes no orders from this server."""

    ERASING = "erasing"
    """The member asked that their data be erased, which is not done yet."""

    OPEN_JOBS = "open_jobs"
    SERVER_OPEN_JOBS = "server_open_jobs"
    COOLING_DOWN = "cooling_down"
    """The member cancelled, or took pledges back, too often."""

    FAILED_CREDITS = "failed_credits"
    """The member's failed movies cost the plan too much. A server manager can lift this."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order is refused.

    `limit` is the bound that it would exceed, `until` when the refusal ends (UTC epoch milliseconds).
    """

    reason: RefusalReason
    limit: int | None = None
    until: int | None = None


def cool_down_until(cancelled_at: Iterable[int], now: int) -> int | None:
    """Return when a member may order again after these cancellations.

    None: now.
    """
    moments = sorted(cancelled_at)
    ends = [
        last + COOL_DOWN_MS
        for first, last in zip(moments, moments[MAX_CANCELLATIONS - 1 :], strict=False)
        if last - first <= CANCELLATION_WINDOW_MS
    ]
    return max(ends) if ends and max(ends) > now else None
