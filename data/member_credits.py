"""What managers change of a member's credits at once: a grant, a monthly limit and a block, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.quota import AuditContext, AuditEvent, Balance, LimitScope
from data import account_queries, blocks, budgets, gifts
from data.database import Transaction


def change(
    tx: Transaction,
    member_id: int,
    role_ids: Sequence[int],
    *,
    grant: int | None = None,
    limit: int | None = None,
    hours: int | None = None,
    by: AuditContext,
) -> tuple[Sequence[AuditEvent], Balance]:
    """Grant bonus credits, set a monthly limit, and block for some hours: all that is not None, or nothing.

    The grant comes first: balances are locked before the log. Return the changes, and the member's balance after them.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    events: list[AuditEvent] = []
    later = replace(by, interaction_id=None)  # it is unique, so only the first entry has it
    if grant is not None:
        events.append(gifts.grant(tx, member_id, grant, by=by))
    if limit is not None:
        author = later if events else by
        events.append(budgets.set_limit(tx, LimitScope.MEMBER, member_id, limit, by=author))
    if hours is not None:
        events.append(blocks.block(tx, member_id, hours, by=later if events else by))
    return events, account_queries.balance(tx, by.guild_id, member_id, role_ids)
