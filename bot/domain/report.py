"""A month of a server (or of all servers) in figures."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.credits import Budget, Month
from bot.domain.job import EndReason

MAX_COUNTED_RECEIPTS = 100
"""So many of a member's movies are counted to say how many pages there are; beyond them, only the next page matters."""


def count_limit(shown: int) -> int:
    """How many of a member's movies are counted at most, where the newest so many are shown, or were turned over."""
    return max(MAX_COUNTED_RECEIPTS, shown) + 1


@dataclass(frozen=True, slots=True)
class UsageShare:
    """A member's or a model's part of what was spent on finished movies.

    `key` is a member's id or a model's key, `name` the member's.
    """

    key: str
    name: str
    movies: int
    seconds: int
    credits: int


@dataclass(frozen=True, slots=True)
class FailureStats:
    """A reason for which movies failed: how many, what came back to members, and what the API kept of that."""

    reason: EndReason
    movies: int
    credits: int
    lost: int


@dataclass(frozen=True, slots=True)
class DailyUsage:
    """A day's credits by outcome: spent on movies, lost upstream, given back, held by running movies."""

    day: int
    spent: int
    lost: int
    given_back: int
    held: int


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """The figures of a month. All credits; `server` is the server's own share, None where it has none."""

    month: Month
    movies: int
    running: int
    spent: int
    held: int
    given_back: int
    lost: int
    granted: int
    members: tuple[UsageShare, ...]
    models: tuple[UsageShare, ...]
    failures: tuple[FailureStats, ...]
    days: tuple[DailyUsage, ...]
    server: Budget | None
    plan: Budget
    differences: tuple[str, ...] = ()
    """What the audit found; empty where every sum is right."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One movie, grant or adjustment, as a member or the server's owner sees it in a list or a sheet.

    `outcome` is the job's state, or the ledger's word where there is no job; `lost` is what the API keeps of what was
    given back; `why` is the reason of a failure or of whoever made the change.
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
