"""CSV exports of members' movies.

Each reads up to 20,000 rows, so their number is limited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core.clock import Clock
from bot.domain.credits import Month
from bot.services.fair_slots import FairSlots
from bot.services.one_at_a_time import AlreadyRunning, OneAtATime
from bot.services.request_limits import LimitFactory, TooSoon
from bot.ui import csv_export
from data import reports
from data.database import Database, Transaction

BURST: Final = 3
"""How many exports a member gets at once. After that, one a minute."""

PER_SERVER: Final = 10
"""How many exports the members of a server get in a minute."""

_MAX_ROWS: Final = 20_000
_MAX_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class CsvExport:
    """A file with `rows` of a member's `total` movies, the newest."""

    name: str
    content: bytes
    rows: int
    total: int


class ExportService:
    """Makes exports, within a rate limit.

    One at a time for each member who asks, and few at the same time over all.
    """

    def __init__(self, database: Database, clock: Clock, limits: LimitFactory) -> None:
        self._database = database
        self._clock = clock
        self._limit = limits.limit("export", 1, BURST)
        self._server_limit = limits.limit("exports-of-server", PER_SERVER, PER_SERVER)
        self._slots = FairSlots(_MAX_AT_ONCE)
        self._running = OneAtATime()

    async def export(self, guild_id: int, member_id: int, *, requested_by: int) -> CsvExport | TooSoon | AlreadyRunning:
        """Export a member's movies in a server.

        Raises:
            StorageError: The database fails.
        """
        with self._running.begin(requested_by) as refused:
            if refused is not None:
                return refused
            too_soon = await self._limit.try_acquire(requested_by) or await self._server_limit.try_acquire(guild_id)
            if too_soon is not None:
                return too_soon
            async with self._slots.hold(guild_id):
                month = Month.containing(self._clock.now())
                return await self._database.read_long(_make, guild_id, member_id, month)


def _make(tx: Transaction, guild_id: int, member_id: int, month: Month) -> CsvExport:
    receipts, total = reports.receipts_of_member(tx, guild_id, member_id, _MAX_ROWS, 0)
    name, content = csv_export.receipts_file(receipts, month)
    return CsvExport(name, content, len(receipts), total)
