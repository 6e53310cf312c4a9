"""Credits: days and months, budgets, ledger entries, shortfalls and gifts.

Only bonus credits can be given, so nobody can pool allowances with other accounts. Times are UTC epoch milliseconds.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from bot.domain.risk import RiskLimits
from bot.domain.text import Language

DAY_MS: Final = 24 * 3_600_000

MOVIES_PER_ALLOWANCE: Final = 3
"""With fewer, a member is out of credits for the month before they know what the bot can do."""


def day_of(now: int) -> str:
    """Return the day of a time, such as '2026-11-26'."""
    return datetime.fromtimestamp(now / 1000, UTC).date().isoformat()


def month_of(now: int) -> str:
    """Return the month of a time, such as '2026-11'."""
    return f"{datetime.fromtimestamp(now / 1000, UTC):%Y-%m}"


def day_starts_at(now: int) -> int:
    """Return when the day of a time began."""
    return now // DAY_MS * DAY_MS


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month in UTC.

    A new month is a new row, so nothing runs at midnight.
    """

    year: int
    number: int

    @classmethod
    def containing(cls, now: int) -> Month:
        """Return the month of a time."""
        moment = datetime.fromtimestamp(now / 1000, UTC)
        return cls(moment.year, moment.month)

    @property
    def next(self) -> Month:
        """The following month."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def starts_at(self) -> int:
        """The month's start."""
        return int(datetime(self.year, self.number, 1, tzinfo=UTC).timestamp() * 1000)

    @property
    def ends_at(self) -> int:
        """The next month's start, when allowances reset."""
        return self.next.starts_at

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """Parse a month such as '2026-11', None for anything else."""
        found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text.strip())
        return cls(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


class BudgetScope(StrEnum):
    """What limits a hold: a budget, or the bound on what waits."""

    PLAN = "plan"
    """The operator's monthly plan at the API, shared by all servers."""

    SERVER = "server"
    """A server's monthly share of the plan."""

    MEMBER = "member"
    """A member's monthly allowance in one server."""

    EXTRA = "extra"
    """Credits granted to a member in one server, without expiry, spent after the allowance."""

    QUEUED = "queued"
    """What the waiting jobs of one member may hold of the plan. It has no balance of its own."""


class EntryType(StrEnum):
    """What a row of the ledger records."""

    GRANT = "grant"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    ADJUST = "adjust"
    PLEDGE = "pledge"
    """Credits held for a pitch, in the member's own budgets only."""

    UNPLEDGE = "unpledge"
    """The end of a pledge or of a part: returned, lapsed, or become the hold of the pitch's movie."""

    CHARGE = "charge"
    """What the API charged for a cancelled movie after its end. Only the plan and the operator's limit count it."""


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget in credits: its limit, what was captured, what is held."""

    limit: int
    used: int = 0
    held: int = 0

    @property
    def available(self) -> int:
        """What a new hold may take.

        Never negative, even after a limit was lowered.
        """
        return max(0, self.limit - self.used - self.held)


@dataclass(frozen=True, slots=True)
class Limits:
    """The monthly limits, and the bounds on open and failed work.

    Limits are in credits; None: no limit. `server` is what a server may cost the plan, failed movies included, by the
    operator's decision. `managers` is what its managers let it spend; the operator's defaults have none.
    """

    member: int
    plan: int
    server: int | None = None
    risk: RiskLimits | None = None
    managers: int | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A hold that did not fit; `scope` has the least left."""

    scope: BudgetScope
    required: int
    available: int
    resets_at: int


def least_left(available: Mapping[BudgetScope, int | None]) -> tuple[BudgetScope, int]:
    """Return the scope with the least left, of equals the first, and how much that is; None: it has no limit."""
    left = [(scope, credits) for scope, credits in available.items() if credits is not None]
    return min(left, key=operator.itemgetter(1))


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One row of the ledger.

    `allowance` and `extra` are credits by source, negative only in an adjustment. `released` is what a capture gives
    back of its hold. `upstream_charge` is the part of a release that the API charged anyway. `prompt` is the job's, ''
    without a job.
    """

    created_at: int
    entry_type: EntryType
    allowance: int
    extra: int
    upstream_charge: int
    job_id: str | None
    guild_id: int
    member_id: int
    actor_id: int
    reason: str
    prompt: str
    released: int = 0
    partner_id: int | None = None
    """Of a gift: who gave or got it; 0 where that is forgotten."""

    is_starter: bool = False
    """Whether it refunds a starter movie."""

    @property
    def credits(self) -> int:
        """The sum of allowance and extra credits."""
        return self.allowance + self.extra


@dataclass(frozen=True, slots=True)
class Gift:
    """Bonus credits that one member gave another in their server."""

    id: str
    guild_id: int
    channel_id: int
    giver_id: int
    recipient_id: int
    credits: int
    created_at: int
    server_language: Language = Language.ENGLISH
