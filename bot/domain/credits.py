"""Credits: the months they are counted in, what a hold may draw on, and what a member is told when it does not fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month in UTC. Nothing runs at midnight: a new month is a new row."""

    year: int
    number: int

    @classmethod
    def containing(cls, now: int) -> Month:
        """The month in which this moment (UTC epoch milliseconds) lies."""
        moment = datetime.fromtimestamp(now / 1000, UTC)
        return cls(moment.year, moment.month)

    @property
    def next(self) -> Month:
        """The month after this one."""
        return Month(self.year + 1, 1) if self.number == 12 else Month(self.year, self.number + 1)  # noqa: PLR2004 (December)

    @property
    def starts_at(self) -> int:
        """The month's first moment, in UTC epoch milliseconds."""
        return int(datetime(self.year, self.number, 1, tzinfo=UTC).timestamp() * 1000)

    @property
    def ends_at(self) -> int:
        """The next month's first moment: when allowances reset."""
        return self.next.starts_at

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """Read '2026-11'; None where that is no month."""
        found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text.strip())
        return cls(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


class BudgetScope(StrEnum):
    """Whose budget a hold draws on."""

    PLAN = "plan"
    """The operator's plan at the API: all servers together, a month."""

    SERVER = "server"
    """A server's share of the plan, a month."""

    MEMBER = "member"
    """A member's monthly allowance in one server."""

    EXTRA = "extra"
    """Credits granted to a member in one server; they don't expire, and are spent after the allowance."""


class EntryType(StrEnum):
    """What a row of the ledger records."""

    GRANT = "grant"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    ADJUST = "adjust"


@dataclass(frozen=True, slots=True)
class Budget:
    """A scope's month: its limit, what was used for good, and what running movies hold. All in credits."""

    limit: int
    used: int = 0
    held: int = 0

    @property
    def available(self) -> int:
        """What a new hold may still take; never negative, even after a limit was lowered."""
        return max(0, self.limit - self.used - self.held)


@dataclass(frozen=True, slots=True)
class Limits:
    """The monthly limits in force, in credits. `server` is None where the server has no limit but the plan's."""

    member: int
    plan: int
    server: int | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A hold that did not fit: the scope with the least left, what was needed and is left, when it resets."""

    scope: BudgetScope
    required: int
    available: int
    resets_at: int

    def affordable_seconds(self, credits_per_second: int) -> int:
        """The longest movie, in whole seconds, that what is left would pay for."""
        return self.available // credits_per_second


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One row of the ledger.

    `allowance` and `extra` are the credits by where they come from (negative only in an adjustment). `lost` is the part
    of a release that the API keeps all the same. `prompt` is the job's, '' where there is none.
    """

    created_at: int
    kind: EntryType
    allowance: int
    extra: int
    upstream_charge: int
    job_id: str | None
    guild_id: int
    member_id: int
    actor_id: int
    reason: str
    prompt: str

    @property
    def credits(self) -> int:
        """Both parts together."""
        return self.allowance + self.extra
