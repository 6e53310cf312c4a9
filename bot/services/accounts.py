"""Members' credits and the monthly report, as the commands show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.clock import Clock
from bot.domain.credits import LedgerEntry, Limits, Month
from bot.domain.quota import Balance
from bot.domain.report import MonthlyReport, Receipt
from data import account_queries, erased_members, reports
from data.database import Database

T = TypeVar("T")


class AccountService:
    """Reads accounts. `defaults` are the operator's limits."""

    def __init__(self, database: Database, defaults: Limits, clock: Clock) -> None:
        self._database = database
        self._defaults = defaults
        self._clock = clock

    def month(self) -> Month:
        """Return the current month."""
        return Month.containing(self._clock.now())

    async def balance(self, guild_id: int, member_id: int, role_ids: Sequence[int]) -> Balance:
        """Return a member's balance in all budgets.

        One who had erased their data gets back what was remembered of them.
        """
        if await self._database.read(erased_members.is_remembered, member_id):
            await self._database.write(erased_members.recall, member_id)
        return await self._database.read(
            account_queries.balance, guild_id, member_id, role_ids, defaults=self._defaults
        )

    async def receipts(self, guild_id: int, member_id: int, limit: int, skip: int = 0) -> tuple[Sequence[Receipt], int]:
        """Return a member's movies in a server, newest first, and their number.

        The number is counted as far as `count_limit` in bot/domain/report.py says.
        """
        return await self._database.read(reports.receipts_of_member, guild_id, member_id, limit, skip)

    async def adjustments(self, guild_id: int, member_id: int, limit: int) -> Sequence[LedgerEntry]:
        """Return a member's last grants, revocations and resets, newest first."""
        return await self._database.read(account_queries.member_adjustments, guild_id, member_id, limit)

    async def report(self, guild_id: int | None, month: Month) -> MonthlyReport:
        """Compute a month's report of one server, or of all."""
        return await self._database.read_long(reports.report, guild_id, month, self._defaults)

    async def receipts_of_month(self, guild_id: int | None, month: Month, make: Callable[[Iterable[Receipt]], T]) -> T:
        """Pass a month's receipts to `make`, oldest first, and return its result.

        `make` runs on a thread of its own and gets the receipts one by one: a list of a hundred thousand would stall
        the event loop at every garbage collection.
        """
        return await self._database.read_long(lambda tx: make(reports.receipts_of_month(tx, guild_id, month)))
