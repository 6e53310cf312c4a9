"""What managers change of a member's credits at once: a grant, a monthly limit and a block, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.quota import AuditAction, AuditContext, AuditEvent, Balance, LimitScope
from data import account_queries, blocks, budgets, gifts
from data.database import Transaction


@dataclass(frozen=True, slots=True)
class CreditsChange:
    """What to change: bonus credits to grant, a monthly limit, and a block's hours. None changes nothing."""

    grant: int | None = None
    limit: int | None = None
    hours: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""
        return self == CreditsChange()

    @property
    def only_blocks(self) -> bool:
        """Whether it may be made of a member who has left."""
        return self.grant is None and self.limit is None


@dataclass(frozen=True, slots=True)
class ChangedCredits:
    """The changes as they are in the log, and the member's balance after them."""

    events: tuple[AuditEvent, ...]
    balance: Balance


def change(
    tx: Transaction, member_id: int, role_ids: Sequence[int], wanted: CreditsChange, *, by: AuditContext
) -> ChangedCredits:
    """Change a member's credits: all that is wanted, or nothing.

    The grant comes first: balances are locked before the log.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    events: list[AuditEvent] = []
    later = replace(by, interaction_id=None)  # it is unique, so only the first entry has it
    if wanted.grant is not None:
        events.append(AuditEvent(by, AuditAction.GRANT, member_id, wanted.grant))
        gifts.grant(tx, member_id, wanted.grant, by=by)
    if wanted.limit is not None:
        author = later if events else by
        events.append(AuditEvent(author, AuditAction.SET_MEMBER_LIMIT, member_id, wanted.limit))
        budgets.set_limit(tx, LimitScope.MEMBER, member_id, wanted.limit, by=author)
    if wanted.hours is not None:
        author = later if events else by
        events.append(AuditEvent(author, AuditAction.BLOCK, member_id, None, duration_hours=wanted.hours))
        blocks.block(tx, member_id, wanted.hours, by=author)
    return ChangedCredits(tuple(events), account_queries.balance(tx, by.guild_id, member_id, role_ids))
