"""Monthly reports of servers, the rankings of /top, and what movies really cost at the API.

A report reads up to 100,000 jobs and draws a picture, so their number is limited. A ranking reads a month of movies,
so a server's is kept for some seconds.
"""

from __future__ import annotations

import asyncio
import functools
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

import structlog

from bot.core.clock import Clock
from bot.core.threads import run_in_daemon_thread
from bot.domain.credits import DAY_MS, Month
from bot.domain.jobs import Job
from bot.domain.refusal import Refused
from bot.domain.reports import MonthlyReport, Ranking
from bot.domain.text import Language
from bot.locales.texts import Texts, texts_in
from bot.services.request_limits import FairSlots, LimitFactory
from bot.ui import csv_export
from data import rankings, reports
from data.database import Database, Transaction

_log = structlog.stdlib.get_logger(__name__)

REPORT_TTL_MS: Final = 60_000
"""How long a report is kept: who asks again gets the same one."""

MAX_AT_ONCE: Final = 2
"""How many reports or rankings are read at the same time, over all servers; one of each server."""

BURST: Final = 3
"""How many months a server gets at once. After that, a report is computed once a minute."""

PER_MEMBER: Final = 10
PER_SERVER: Final = 60
"""How many kept reports are sent in a minute: each is an upload of its files."""

_MAX_KEPT_BYTES: Final = 16 * 2**20

KEPT_MS: Final = 5_000
"""How long a ranking is kept. Stars and movies that are new show that much later."""

DEARER_SHARE: Final = 0.1
"""How far above the price a charge is a rise in price.

The API charges for the timeline that it planned, which may be a little longer than what was ordered.
"""

WARNING_INTERVAL_MS: Final = DAY_MS
"""How often a model is warned of.

All its movies cost more until the operator changes the catalogue.
"""

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
        self._limit = limits.limit("report", 1, BURST, "report-too-many")
        self._sent_to_member = limits.limit("reports-to-member", PER_MEMBER, PER_MEMBER, "report-too-many")
        self._sent_to_server = limits.limit("reports-to-server", PER_SERVER, PER_SERVER, "report-too-many")
        self._deciding = asyncio.Lock()
        self._slots = FairSlots(MAX_AT_ONCE)
        self._computing: set[_Key] = set()
        self._kept: OrderedDict[_Key, Report] = OrderedDict()
        self._running: dict[_Key, asyncio.Task[Report]] = {}
        """Those that are computed or wait for a place."""

    async def request(
        self, texts: Texts, guild_id: int, month: Month, *, requested_by: int
    ) -> Report | PendingReport | Refused:
        """Return a report, or start to compute it.

        The server's rate limit counts computations. A kept report counts against those of the member and the server for
        what is sent.
        """
        key = (guild_id, month, texts.language)
        async with self._deciding:  # or requests at the same time would count as several computations
            now = self._clock.now()
            fresh = (each for each in self._kept.items() if 0 <= now - each[1].computed_at < REPORT_TTL_MS)
            self._kept = OrderedDict(fresh)  # nor what is of the future: the clock may be set back
            kept = self._kept.get(key)
            if kept is not None and kept.chart is not None:
                return await self._sent_too_often(guild_id, requested_by) or kept
            if (running := self._running.get(key)) is not None:
                pending = PendingReport(key not in self._computing, running)
                return await self._sent_too_often(guild_id, requested_by) or pending
            if (refused := await self._limit.try_acquire(guild_id)) is not None:
                return refused if kept is None else await self._sent_too_often(guild_id, requested_by) or kept
            running = self._running[key] = asyncio.create_task(self._compute(key), name=f"report-{guild_id}-{month}")
            await asyncio.sleep(0)  # it takes its place, if there is one
            return PendingReport(key not in self._computing, running)

    async def _sent_too_often(self, guild_id: int, member_id: int) -> Refused | None:
        return await self._sent_to_member.try_acquire(member_id) or await self._sent_to_server.try_acquire(guild_id)

    async def _compute(self, key: _Key) -> Report:
        try:
            async with self._slots.hold(key[0]):
                self._computing.add(key)
                report = await self._read(*key)
        finally:
            self._computing.discard(key)
            del self._running[key]
        self._kept[key] = report
        self._kept.move_to_end(key)
        while sum(each.size for each in self._kept.values()) > self._max_kept_bytes:
            self._kept.popitem(last=False)
        return report

    async def _read(self, guild_id: int, month: Month, language: Language) -> Report:
        now = self._clock.now()
        figures, (name, sheet) = await asyncio.gather(
            self._database.read_long(reports.report, guild_id, month),
            self._database.read_long(_receipts_file, guild_id, month),
        )
        try:
            picture = await run_in_daemon_thread(functools.partial(_chart, texts_in(language), figures))
        except (ImportError, MemoryError, OSError) as exc:  # Pillow, memory or the font: the report is sent without it
            _log.warning("chart_failed", guild_id=guild_id, error=str(exc))
            picture = None
        return Report(figures, now, name, sheet, picture)


def _chart(texts: Texts, figures: MonthlyReport) -> bytes:
    """Draw the chart. Pillow is imported with the first: a start is faster without it."""
    from bot.ui import chart

    return chart.draw(texts, figures)


def _receipts_file(tx: Transaction, guild_id: int, month: Month) -> tuple[str, bytes]:
    """Write a month's receipts.

    One by one: a list of a hundred thousand would stall the event loop at every garbage collection.
    """
    return csv_export.receipts_file(reports.receipts_of_month(tx, guild_id, month), month)


class RankingService:
    """Reads rankings. Requests for the same one share a read."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._slots = FairSlots(MAX_AT_ONCE)
        self._kept: dict[tuple[int, Month], tuple[int, asyncio.Task[Ranking]]] = {}
        """When each began to be read, and its read, which others may wait for."""

    async def ranking(self, guild_id: int, month: Month) -> Ranking:
        """Return a server's ranking of a month.

        What was removed, or whose member is erased or no longer listed, is never in it.

        Raises:
            StorageError: The database fails.
        """
        key, now = (guild_id, month), self._clock.now()
        for each, (read_at, reading) in list(self._kept.items()):
            if reading.done() and not 0 <= now - read_at < KEPT_MS:  # the clock may be set back
                del self._kept[each]
        if key not in self._kept:
            self._kept[key] = now, asyncio.create_task(self._read(guild_id, month))
        ranking = await asyncio.shield(self._kept[key][1])  # a caller that is canceled must not end the others' read
        return await self._database.read(rankings.still_listed, guild_id, ranking)

    async def _read(self, guild_id: int, month: Month) -> Ranking:
        try:
            async with self._slots.hold(guild_id):
                return await self._database.read_long(rankings.read, guild_id, month)
        except BaseException:  # whatever ends it: the next caller reads anew
            del self._kept[guild_id, month]
            raise


@dataclass(frozen=True, slots=True)
class Charge:
    """Credits of a model's movies: paid by members, charged by the API."""

    paid: int = 0
    charged: int = 0


class ChargeTotals:
    """Sums for each model over the movies that this process completed.

    Movies of which the API did not say what they cost are left out, and copies, whose price is not their model's.
    """

    def __init__(self) -> None:
        self.by_model: dict[str, Charge] = {}
        self._warned_at: dict[str, int] = {}

    def add(self, job: Job) -> None:
        """Add a completed movie."""
        if job.charged is not None and not job.request.operation.declared.is_copy:
            before = self.by_model.get(job.request.video_model, Charge())
            self.by_model[job.request.video_model] = Charge(before.paid + job.spent, before.charged + job.charged)

    def warns_of(self, job: Job, now: int) -> bool:
        """Return whether to warn that a movie's model costs more.

        It cost clearly more than its price. True once a day for each model.
        """
        is_copy = job.request.operation.declared.is_copy
        if job.charged is None or is_copy or job.charged <= (1 + DEARER_SHARE) * job.price:
            return False
        model = job.request.video_model
        warned_at = self._warned_at.get(model)
        if warned_at is not None and 0 <= now - warned_at < WARNING_INTERVAL_MS:  # below 0: the clock was set back
            return False
        self._warned_at[model] = now
        return True
