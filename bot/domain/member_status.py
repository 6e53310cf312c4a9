"""A member's status in one channel: credits, and what prevents an order."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.credits import BudgetScope, Month
from bot.domain.quota import Balance
from bot.domain.refusal import Refused
from bot.domain.server_setup import MessageMenu


@dataclass(frozen=True, slots=True)
class MemberStatus:
    """One member in one channel.

    `refusal` is why no order is taken, whatever it costs, and `access` why not here. `may_post` says whether the member
    may write here. `missing` are the permissions that the bot lacks, by their names. `running` counts the member's open
    movies in this server; `more_running` says that counting stopped there.
    `menu` says whose messages can be turned into movies here, `gifts` whether members can give bonus credits here.
    """

    balance: Balance
    month: Month
    refusal: Refused | None
    may_post: bool
    missing: tuple[str, ...]
    running: int
    more_running: bool
    can_manage_guild: bool
    access: Refused | None = None
    menu: MessageMenu = MessageMenu.OWN
    gifts: bool = False

    def exhausted_scope(self, catalogue: Catalogue) -> BudgetScope | None:
        """Return the narrowest budget that can't pay one second.

        The cheapest model counts. None where every budget has enough.
        """
        cheapest, balance = catalogue.cheapest_second, self.balance
        if balance.member_available < cheapest:
            return BudgetScope.MEMBER
        if balance.server is not None and balance.server.available < cheapest:
            return BudgetScope.SERVER
        return BudgetScope.PLAN if balance.plan.available < cheapest else None
