"""The accounts as people look at them: this month's budgets and the last movements."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.domain.credits import Budget, Entry, Limits, Month
from data import ledger
from data.database import Database


class LedgerAccounts:
    """Reads the ledger. `now` returns UTC epoch milliseconds."""

    def __init__(self, database: Database, limits: Limits, now: Callable[[], int]) -> None:
        self._database = database
        self._limits = limits
        self._now = now

    def month(self) -> Month:
        """The month that is being counted."""
        return Month.at(self._now())

    async def member(self, guild_id: int, member_id: int) -> Budget:
        """A member's allowance in one server, this month."""
        month, limit = self.month(), self._limits.member
        return await self._database.read(lambda tx: ledger.member_budget(tx, guild_id, member_id, month, limit))

    async def plan(self) -> Budget:
        """The operator's plan, this month."""
        month, limit = self.month(), self._limits.plan
        return await self._database.read(lambda tx: ledger.plan_budget(tx, month, limit))

    async def movements(self, guild_id: int, member_id: int, most: int) -> Sequence[Entry]:
        """A member's last movements in one server, the newest first."""
        return await self._database.read(lambda tx: ledger.entries_of_member(tx, guild_id, member_id, most))

    async def ledger(self) -> Sequence[Entry]:
        """The whole ledger, the oldest first."""
        return await self._database.read(ledger.all_entries)
