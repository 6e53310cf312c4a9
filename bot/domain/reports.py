"""Figures: monthly reports, receipts, monitoring, and a month's best movies, makers and patrons of one server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.domain.breaker import BreakerState
from bot.domain.credits import Budget, Month
from bot.domain.delivery import PostedMessage
from bot.domain.jobs import EndReason, JobState
from bot.domain.movie_nights import StarredMovie
from bot.domain.quota import ServerSpending
from bot.domain.request import MovieRequest

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
    server: ServerSpending | None
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
    charged for a released hold. `reason` is the end reason, or the reason given for the change. `request` is a movie's.
    """

    created_at: int
    member_id: int
    credits: int
    extra: int
    outcome: str
    prompt: str = ""
    seconds: int = 0
    model: str = ""
    job_id: str = ""
    upstream_charge: int = 0
    reason: str = ""
    spent: int = 0
    refunded: int = 0
    message: PostedMessage | None = None
    request: MovieRequest | None = None

    @property
    def operation(self) -> str:
        """What the movie is; '' of a change of credits."""
        return "" if self.request is None else self.request.operation.value


class Outcome(StrEnum):
    """What became of the credits of a movie."""

    CAPTURED = "captured"
    """Its member paid them."""

    RELEASED = "released"
    """Its member has them back."""

    LOST = "lost"
    """The API kept them for a movie that failed, so the operator's plan paid."""


@dataclass(frozen=True, slots=True)
class UnknownStats:
    """How many jobs are unknown, and how long the oldest has been."""

    count: int = 0
    oldest_seconds: float = 0


@dataclass(frozen=True, slots=True)
class QueueStats:
    """Open jobs and pending notifications; ages are in seconds.

    `undeliverable` counts finished movies that could be sent nowhere; members find them with /movies. `stopped_members`
    counts the members who may order no more this month because of their failed movies. `paused`: no orders are taken.
    `waiting_credits` are held for jobs that the API has not taken yet. `plan_used` and `plan_held` are this month's;
    `credits_today` are those of the movies that ended since midnight UTC.
    """

    jobs: Mapping[JobState, int]
    oldest_job_age_seconds: float
    held_credits: int
    pending_deliveries: int
    oldest_delivery_seconds: float
    undeliverable: int
    breaker: BreakerState = BreakerState.CLOSED
    stopped_members: int = 0
    paused: bool = False
    waiting_credits: int = 0
    plan_used: int = 0
    plan_held: int = 0
    credits_today: Mapping[Outcome, int] = field(default_factory=dict[Outcome, int])
    oldest_unknown_seconds: float = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A member, and what they are ranked by: movies, or credits."""

    member_id: int
    amount: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best of a month; each is the best first.

    `patrons` spent the most credits on movies that were finished.
    """

    month: Month
    movies: tuple[StarredMovie, ...]
    makers: tuple[Ranked, ...]
    patrons: tuple[Ranked, ...]

    def visible(self, may_see: Callable[[StarredMovie], bool], limit: int) -> Ranking:
        """Return it with the best movies that its reader may see."""
        return replace(self, movies=tuple(filter(may_see, self.movies))[:limit])
