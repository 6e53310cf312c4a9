"""Monthly reports of servers.

Each reads up to 100,000 jobs and starts a process, so their number is limited.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

import structlog

from bot.core.clock import Clock
from bot.domain.credits import Month
from bot.domain.language import Language
from bot.domain.report import MonthlyReport
from bot.locales.texts import Texts, texts_in
from bot.services.fair_slots import FairSlots
from bot.services.request_limits import LimitFactory, TooSoon
from bot.ui import chart, chart_process, csv_export
from data import reports
from data.database import Database, Transaction

_log = structlog.stdlib.get_logger(__name__)

REPORT_TTL_MS: Final = 60_000
"""How long a report is kept: who asks again gets the same one."""

MAX_AT_ONCE: Final = 2
"""How many reports are computed at the same time, over all servers; one of each server."""

BURST: Final = 3
"""How many months a server gets at once. After that, a report is computed once a minute."""

PER_MEMBER: Final = 10
PER_SERVER: Final = 60
"""How many kept reports are sent in a minute: each is an upload of its files."""

_MAX_KEPT_BYTES: Final = 16 * 2**20

_Key = tuple[int, Month, Language]
"""A report's server, month, and the language of its chart."""


@dataclass(frozen=True, slots=True)
class Report:
    """A server's report of a month.

    `computed_at` is UTC epoch milliseconds; `chart` is None where it failed.
    """

    figures: MonthlyReport
    computed_at: int
    sheet_name: str
    sheet: bytes
    chart: bytes | None

    @property
    def size(self) -> int:
        """The bytes of its files."""
        return len(self.sheet) + len(self.chart or b"")


@dataclass(frozen=True, slots=True)
class PendingReport:
    """A report that is being computed, or `is_queued` until others are done."""

    is_queued: bool
    _task: asyncio.Task[Report]

    async def result(self) -> Report:
        """Wait for the report.

        Raises:
            StorageError: The database fails.
        """
        return await asyncio.shield(self._task)  # a caller that is canceled must not end the others' computation


class ReportService:
    """Computes reports and keeps them for a minute.

    Requests for the same report in the same language share one computation.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        limits: LimitFactory,
        *,
        max_kept_bytes: int = _MAX_KEPT_BYTES,
    ) -> None:
        self._database = database
        self._clock = clock
        self._max_kept_bytes = max_kept_bytes
        self._limit = limits.limit("report", 1, BURST)
        self._sent_to_member = limits.limit("reports-to-member", PER_MEMBER, PER_MEMBER)
        self._sent_to_server = limits.limit("reports-to-server", PER_SERVER, PER_SERVER)
        self._deciding = asyncio.Lock()
        self._slots = FairSlots(MAX_AT_ONCE)
        self._computing: set[_Key] = set()
        self._kept: OrderedDict[_Key, Report] = OrderedDict()
        self._running: dict[_Key, asyncio.Task[Report]] = {}
        """Those that are computed or wait for a place."""

    async def request(
        self, texts: Texts, guild_id: int, month: Month, *, requested_by: int
    ) -> Report | PendingReport | TooSoon:
        """Return a report, or start to compute it.

        The server's rate limit counts computations. A kept report counts against those of the member and the server for
        what is sent.
        """
        key = (guild_id, month, texts.language)
        async with self._deciding:  # or requests at the same time would count as several computations
            self._drop_expired()
            kept = self._kept.get(key)
            if kept is not None and kept.chart is not None:
                return await self._sent_too_often(guild_id, requested_by) or kept
            if key in self._running:
                pending = self._pending(key)
                return await self._sent_too_often(guild_id, requested_by) or pending
            too_soon = await self._limit.try_acquire(guild_id)
            if too_soon is not None:
                return too_soon if kept is None else await self._sent_too_often(guild_id, requested_by) or kept
            self._running[key] = asyncio.create_task(self._compute(key), name=f"report-{guild_id}-{month}")
            return self._pending(key)

    async def _sent_too_often(self, guild_id: int, member_id: int) -> TooSoon | None:
        return await self._sent_to_member.try_acquire(member_id) or await self._sent_to_server.try_acquire(guild_id)

    def _pending(self, key: _Key) -> PendingReport:
        return PendingReport(self._is_queued(key), self._running[key])

    def _is_queued(self, key: _Key) -> bool:
        """Return whether a report waits for others.

        They are of its server or of all.
        """
        servers = dict.fromkeys(guild_id for guild_id, *_ in self._running)
        first = next(each for each in self._running if each[0] == key[0])
        return key not in self._computing and (key != first or list(servers).index(key[0]) >= MAX_AT_ONCE)

    async def _compute(self, key: _Key) -> Report:
        try:
            async with self._slots.hold(key[0]):
                self._computing.add(key)
                report = await self._read(*key)
        finally:
            self._computing.discard(key)
            del self._running[key]
        self._keep(key, report)
        return report

    async def _read(self, guild_id: int, month: Month, language: Language) -> Report:
        now = self._clock.now()
        async with chart_process.chart_renderer() as draw:
            figures, (name, sheet) = await asyncio.gather(
                self._database.read_long(reports.report, guild_id, month),
                self._database.read_long(_receipts_file, guild_id, month),
            )
            try:
                picture = await draw(chart.chart_data(texts_in(language), figures))
            except chart_process.ChartError as exc:
                _log.warning("chart_failed", guild_id=guild_id, error=str(exc))
                picture = None
        return Report(figures, now, name, sheet, picture)

    def _drop_expired(self) -> None:
        now = self._clock.now()
        for key, report in list(self._kept.items()):
            if not 0 <= now - report.computed_at < REPORT_TTL_MS:  # the clock may be set back
                del self._kept[key]

    def _keep(self, key: _Key, report: Report) -> None:
        """Keep a report, and drop the oldest ones that pass the bound."""
        self._kept[key] = report
        self._kept.move_to_end(key)
        while sum(each.size for each in self._kept.values()) > self._max_kept_bytes:
            self._kept.popitem(last=False)


def _receipts_file(tx: Transaction, guild_id: int, month: Month) -> tuple[str, bytes]:
    """Write a month's receipts.

    One by one: a list of a hundred thousand would stall the event loop at every garbage collection.
    """
    return csv_export.receipts_file(reports.receipts_of_month(tx, guild_id, month), month)
