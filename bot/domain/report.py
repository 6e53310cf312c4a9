"""The figures of a monthly report, and receipts."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.credits import Budget, Month
from bot.domain.delivery import PostedMessage
from bot.domain.job import EndReason

MAX_COUNTED_RECEIPTS = 100
"""Receipts counted for the number of pages; beyond them only the next page matters."""


def count_limit(shown: int) -> int:
    """Return how many receipts to count; `shown` were paged through."""
    return max(MAX_COUNTED_RECEIPTS, shown) + 1


@dataclass(frozen=True, slots=True)
class UsageShare:
    """A member's or a model's share of the spent credits.

    Movies that were cancelled while they rendered are among the credits, not among the movies.
    `key` is a member's id or the API's name of a model, `name` the member's name or the model's again. `charged` is
    what the API charged for the movies; the price counts for those of which it did not say it.
    """

    key: str
    name: str
    movies: int
    seconds: int
    credits: int
    charged: int = 0


@dataclass(frozen=True, slots=True)
class FailureStats:
    """Failed movies of one reason.

    With the credits released, and what the API charged all the same.
    """

    reason: EndReason
    movies: int
    credits: int
    upstream_charge: int


@dataclass(frozen=True, slots=True)
class DailyUsage:
    """A day's credits by outcome."""

    day: int
    spent: int
    upstream_charge: int
    released: int
    held: int


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """A month's figures in credits; `server` is None without a server limit."""

    month: Month
    movies: int
    running: int
    spent: int
    held: int
    released: int
    upstream_charge: int
    granted: int
    members: tuple[UsageShare, ...]
    models: tuple[UsageShare, ...]
    failures: tuple[FailureStats, ...]
    days: tuple[DailyUsage, ...]
    server: Budget | None
    plan: Budget
    charge_difference: int = 0
    """What the API charged above what members paid, for finished and cancelled movies; negative: below."""
    discrepancies: tuple[str, ...] = ()
    """Discrepancies that reconciliation found."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One movie, grant or adjustment in a list or CSV export.

    `outcome` is the job's state, or the ledger's entry type without a job. `spent` and `refunded` are the price's parts
    at a movie's end. `message` is the one about it in its channel, in lists only. `upstream_charge` is what the API
    charged for a released hold. `reason` is the end reason, or the reason given for the change.
    """

    created_at: int
    member_id: int
    prompt: str
    seconds: int
    model: str
    credits: int
    extra: int
    outcome: str
    job_id: str
    upstream_charge: int = 0
    reason: str = ""
    spent: int = 0
    refunded: int = 0
    message: PostedMessage | None = None
