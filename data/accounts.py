"""Who pays for a movie: an account, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.credits import Month


@dataclass(frozen=True, slots=True)
class Account:
    """A member's account in one server and month ('2026-11')."""

    guild_id: int
    member_id: int
    month: str

    @classmethod
    def at(cls, guild_id: int, member_id: int, now: int) -> Account:
        """Return the account of this time's month."""
        return cls(guild_id, member_id, str(Month.containing(now)))


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
