"""How a member stands here and now: what they have, and what is in the way of their next movie."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Month, Scope
from bot.domain.quota import Balance, Block


@dataclass(frozen=True, slots=True)
class Standing:
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

    def used_up(self, catalogue: Catalogue) -> Scope | None:
        """Whose budget is too small for a second of the cheapest model; None where one fits. The narrowest is named."""
        least = min(model.credits_per_second for model in catalogue.video_models_on)
        balance = self.balance
        if balance.own_left < least:
            return Scope.MEMBER
        if balance.server is not None and balance.server.left < least:
            return Scope.SERVER
        return Scope.PLAN if balance.plan.left < least else None
