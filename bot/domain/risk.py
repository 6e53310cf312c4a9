"""The bounds on open and failed work.

They keep one member or server from using up the plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    """Credits a month that the failed movies of one member cost the plan, at least 1: the first failure stops then."""


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
