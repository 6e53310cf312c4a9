"""Who may spend how much: the limits that those who run a server set, and what follows from them for one member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.credits import Budget

MAX_CREDITS = 10_000_000
"""The largest amount that a person may set, grant or take at once; beyond it a finger has slipped."""

MAX_BLOCK_HOURS = 24 * 365
"""A year, in hours: the longest block with an end."""

MAX_REASON_LENGTH = 200
"""Characters of a reason."""


class AllowanceSource(StrEnum):
    """Where a member's monthly allowance comes from."""

    MEMBER = "member"
    ROLE = "role"
    SERVER = "server"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Allowance:
    """A member's monthly allowance, in credits, and who set it; `role_id` where a role did."""

    credits: int
    source: AllowanceSource
    role_id: int | None = None


def resolve_allowance(
    member: int | None, roles: Mapping[int, int], role_ids: Iterable[int], server: int | None, bot: int
) -> Allowance:
    """The member's own limit, else the highest of their roles' limits, else the server's default, else the bot's."""
    if member is not None:
        return Allowance(member, AllowanceSource.MEMBER)
    held = [(roles[role_id], role_id) for role_id in role_ids if role_id in roles]
    if held:
        credits, role_id = max(held)
        return Allowance(credits, AllowanceSource.ROLE, role_id)
    if server is not None:
        return Allowance(server, AllowanceSource.SERVER)
    return Allowance(bot, AllowanceSource.BOT)


@dataclass(frozen=True, slots=True)
class Balance:
    """Everything that decides whether a member's next movie fits.

    `extra` are credits granted to the member: its limit is what was granted so far. `server` is the server's share of
    the plan, None where it has no limit of its own.
    """

    allowance: Budget
    source: Allowance
    extra: Budget
    server: Budget | None
    plan: Budget

    @property
    def member_available(self) -> int:
        """What the member has left: the allowance first, then the extra credits."""
        return self.allowance.available + self.extra.available

    @property
    def spendable(self) -> int:
        """What a new movie may cost now, whoever stands in the way."""
        return min(
            each
            for each in (self.member_available, self.server and self.server.available, self.plan.available)
            if each is not None
        )


@dataclass(frozen=True, slots=True)
class Block:
    """A member may not order movies in a server until a moment (UTC epoch milliseconds; None: until it is lifted)."""

    until: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class GuildQuotas:
    """Every limit of a server, in credits a month, and who is blocked.

    `default` and `server` are None where the server set none; `bot_default` is the operator's.
    """

    bot_default: int
    default: int | None
    server: int | None
    members: tuple[tuple[int, int], ...]
    roles: tuple[tuple[int, int], ...]
    blocked: tuple[tuple[int, Block], ...]
    audit_channel_id: int | None
    audit_closed_at: int | None = None
    """Since when Discord does not let the bot post there (UTC epoch milliseconds)."""


class QuotaAction(StrEnum):
    """What someone who runs a server, or the operator, did. Each is a row of the audit log."""

    DEFAULT = "default"
    SERVER = "server"
    MEMBER = "member"
    ROLE = "role"
    GRANT = "grant"
    TAKE = "take"
    BLOCK = "block"
    UNBLOCK = "unblock"
    RESET = "reset"
    CHANNEL = "channel"
    UNKNOWN = "unknown"
    RESOLVE = "resolve"
    RESTORE = "restore"


SYSTEM_ACTOR_ID = 0
"""The actor of what the operator decides at the command line, and of what the bot does by itself."""


@dataclass(frozen=True, slots=True)
class AuditContext:
    """Who decides (a member, or OPERATOR), in which server, why, and the interaction, which makes a change but once."""

    actor_id: int
    guild_id: int
    reason: str = ""
    interaction_id: int | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change: who did what to whom, how much (None: back to the default, or not about credits), why, and when.

    `actor_id` may be OPERATOR; `subject_id` is a member, a role, a channel or 0.
    """

    id: str
    created_at: int
    guild_id: int
    actor_id: int
    action: QuotaAction
    subject_id: int
    credits: int | None
    reason: str
