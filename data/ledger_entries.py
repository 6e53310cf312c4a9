"""Who pays for a movie: accounts, what they hold, and the rows of the append-only ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.credits import EntryType, Month, month_of
from bot.domain.jobs import generate_id
from bot.domain.quota import AuditContext
from data.database import Transaction


@dataclass(frozen=True, slots=True)
class Account:
    """A member's account in one server and month ('2026-11')."""

    guild_id: int
    member_id: int
    month: str

    @classmethod
    def at(cls, guild_id: int, member_id: int, now: int) -> Account:
        """Return the account of this time's month."""
        return cls(guild_id, member_id, month_of(now))

    @property
    def parsed_month(self) -> Month:
        """Its month."""
        month = Month.parse(self.month)
        assert month is not None
        return month


@dataclass(frozen=True, slots=True)
class Hold:
    """The credits that an account holds for a job, by source.

    `id` is that of its ledger entry.
    """

    id: str
    job_id: str
    account: Account
    allowance: int
    extra: int
    pitch_id: str | None = None
    """The pitch whose pledge became this hold."""

    @property
    def credits(self) -> int:
        """The sum of both sources."""
        return self.allowance + self.extra

    def limited_to(self, credits: int) -> Hold:
        """Return the part of this hold that is spent first.

        The allowance is spent before the extra credits, as it was held. So the extra credits, which do not expire, are
        the first to come back.
        """
        allowance = min(self.allowance, credits)
        return replace(self, allowance=allowance, extra=min(self.extra, credits - allowance))


def insert(
    tx: Transaction,
    entry_type: EntryType,
    account: Account,
    now: int,
    *,
    entry_id: str | None = None,
    allowance: int = 0,
    extra: int = 0,
    released_allowance: int = 0,
    released_extra: int = 0,
    upstream_charge: int = 0,
    charge_difference: int = 0,
    job_id: str | None = None,
    hold_id: str | None = None,
    pitch_id: str | None = None,
    by: AuditContext | None = None,
    taken_back: bool = False,
) -> None:
    """Write an entry; see the columns of the table."""
    tx.insert(
        "ledger_entries",
        {
            "id": entry_id or generate_id(now),
            "created_at": now,
            "entry_type": entry_type,
            "guild_id": account.guild_id,
            "member_id": account.member_id,
            "month": account.month,
            "allowance": allowance,
            "extra": extra,
            "released_allowance": released_allowance,
            "released_extra": released_extra,
            "upstream_charge": upstream_charge,
            "charge_difference": charge_difference,
            "job_id": job_id,
            "hold_id": hold_id,
            "pitch_id": pitch_id,
            "actor_id": by.actor_id if by else 0,
            "reason": by.reason if by else "",
            "taken_back": int(taken_back),
        },
    )
