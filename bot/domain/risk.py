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


class RefusalCode(StrEnum):
    """Why an order is refused, whatever credits there are.

    A code is the id of its texts: `refusals-paused` and `refusals-paused-title`.
    """

    PAUSED = "paused"
    """The operator takes no orders now."""

    SERVER_BLOCKED = "server-blocked"
    """The operator takes no orders from this server."""

    ERASING = "erasing"
    """The member asked that their data be erased, which is not done yet."""

    OPEN_JOBS = "open-movies"
    SERVER_OPEN_JOBS = "server-open-movies"
    COOLING_DOWN = "cooling-down"
    """The member cancelled, or took pledges back, too often."""

    FAILED_CREDITS = "failures"
    """The member's failed movies cost the plan too much. A server manager can lift this."""

    CHANNEL = "channel"
    """By the server's setup, as the next two: movies are made in other channels."""

    AGE = "age"
    """Movies are made in age-restricted channels only."""

    ROLE = "role"
    """Only members with certain roles make movies."""

    NO_MODEL = "no-model"
    """The operator offers none of the models that the server allows."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order is refused.

    `limit` is the bound that it would exceed, `until` when the refusal ends (UTC epoch milliseconds). `allowed` are the
    ids of the channels or roles that may order.
    """

    code: RefusalCode
    limit: int | None = None
    until: int | None = None
    allowed: tuple[int, ...] = ()


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
