"""How a member stands here and now: what they have, and what is in the way of their next movie."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.credits import BudgetScope, Month
from bot.domain.quota import Balance, Block


@dataclass(frozen=True, slots=True)
class MemberStatus:
    """One member in one channel.

    `missing` are the permissions that the bot lacks there, by Discord's names. `running` counts the member's movies
    that are queued or in the making in this server, and `more_running` says that they were too many to count.
    """

    balance: Balance
    month: Month
    block: Block | None
    missing: tuple[str, ...]
    running: int
    more_running: bool
    may_manage: bool

    def exhausted_scope(self, catalogue: Catalogue) -> BudgetScope | None:
        """Whose budget is too small for a second of the cheapest model; None where one fits. The narrowest is named."""
        least = min(model.credits_per_second for model in catalogue.enabled_video_models)
        balance = self.balance
        if balance.member_available < least:
            return BudgetScope.MEMBER
        if balance.server is not None and balance.server.available < least:
            return BudgetScope.SERVER
        return BudgetScope.PLAN if balance.plan.available < least else None
