"""The accounts as people look at them: what a member has, their movements and receipts, and a month's report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.domain.credits import LedgerEntry, Limits, Month
from bot.domain.quota import Balance
from bot.domain.report import MonthlyReport, Receipt
from data import ledger, quotas, reconciliation, reports
from data.database import Database, Transaction

T = TypeVar("T")


class AccountQueries:
    """Reads the ledger. `defaults` are the operator's limits; `now` returns UTC epoch milliseconds."""

    def __init__(self, database: Database, defaults: Limits, now: Callable[[], int]) -> None:
        self._database = database
        self._defaults = defaults
        self._now = now

    def month(self) -> Month:
        """The month that is being counted."""
        return Month.containing(self._now())

    async def balance(self, guild_id: int, member_id: int, role_ids: Sequence[int]) -> Balance:
        """Everything that decides whether a member's next movie fits."""
        now = self._now()

        def look(tx: Transaction) -> Balance:
            limits, source = quotas.resolve_limits(tx, guild_id, member_id, role_ids, self._defaults)
            return ledger.balance(tx, ledger.Account.at(guild_id, member_id, now), limits, source)

        return await self._database.read(look)

    async def receipts(self, guild_id: int, member_id: int, limit: int, skip: int = 0) -> tuple[Sequence[Receipt], int]:
        """A member's movies in one server, the newest first, and how many there are, as far as they are counted."""
        return await self._database.read(lambda tx: reports.receipts_of_member(tx, guild_id, member_id, limit, skip))

    async def adjustments(self, guild_id: int, member_id: int, limit: int) -> Sequence[LedgerEntry]:
        """What was granted to, taken from or reset for a member last, the newest first."""
        return await self._database.read(lambda tx: ledger.member_adjustments(tx, guild_id, member_id, limit))

    async def entries(self, guild_id: int, member_id: int, limit: int) -> Sequence[LedgerEntry]:
        """A member's last movements in one server, the newest first."""
        return await self._database.read(lambda tx: ledger.member_entries(tx, guild_id, member_id, limit))

    async def ledger(self) -> Sequence[LedgerEntry]:
        """The whole ledger, the oldest first."""
        return await self._database.read_long(ledger.all_entries)

    async def report(self, guild_id: int | None, month: Month) -> MonthlyReport:
        """A month of one server, or of all."""
        return await self._database.read_long(lambda tx: reports.report(tx, guild_id, month, self._defaults))

    async def receipts_of_month(self, guild_id: int | None, month: Month, make: Callable[[Iterable[Receipt]], T]) -> T:
        """Hand every movie of a month to `make`, the oldest first, and return what it makes of them.

        It runs on a thread of its own and gets them one by one: a hundred thousand in a list would hold up the event
        loop whenever Python looks through its memory.
        """
        return await self._database.read_long(lambda tx: make(reports.receipts_of_month(tx, guild_id, month)))

    async def discrepancies(self) -> tuple[str, ...]:
        """Where a total differs from its rows: empty where every sum is right."""
        return await self._database.read_long(reconciliation.find_discrepancies)
