"""Monthly reports and CSV exports are computed one at a time, and so often."""

import asyncio
import contextlib
import itertools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import StorageError
from bot.domain.credits import Month
from bot.domain.refusal import Refused
from bot.domain.text import Language
from bot.locales.texts import Texts, texts_in
from bot.services.privacy import BURST as EXPORTS
from bot.services.privacy import PER_SERVER as EXPORTS_OF_SERVER
from bot.services.privacy import CsvExport, ExportService
from bot.services.reports import BURST, MAX_AT_ONCE, PER_MEMBER, PER_SERVER, PendingReport, Report, ReportService
from bot.services.request_limits import LimitFactory
from bot.ui import chart
from data import reports
from data.database import T
from data.engine.sqlite import SqliteDatabase
from tests.helpers.expected_text import ENGLISH
from tests.helpers.worker_harness import ALICE, BOB, GUILD, WorkerHarness

NOVEMBER = Month(2026, 11)
OTHERS = [Month(2026, number) for number in range(1, 11)]


class CountingDatabase(SqliteDatabase):
    def __init__(self, harness: WorkerHarness) -> None:
        vars(self).update(vars(harness.database))
        self.reads = self.reading = self.most = 0
        self.started: list[object] = []
        self.full = asyncio.Event()
        self.go = asyncio.Event()
        self.go.set()
        self.error: Exception | None = None

    async def read_long(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        if function is not reports.report:
            return await super().read_long(function, *args, **kwargs)
        self.reads += 1
        self.started.append(args[0])
        self.reading += 1
        self.most = max(self.most, self.reading)
        if self.reading == MAX_AT_ONCE:
            self.full.set()
        try:
            await self.go.wait()
            if self.error:
                raise self.error
            return await super().read_long(function, *args, **kwargs)
        finally:
            self.reading -= 1


MEMBERS = itertools.count(1)


class Reports(ReportService):
    def __init__(self, harness: WorkerHarness, **options: int) -> None:
        self.database, self.clock = CountingDatabase(harness), harness.clock
        super().__init__(self.database, harness.clock, LimitFactory(harness.clock), **options)

    async def ask(
        self, guild_id: int = GUILD, month: Month = NOVEMBER, *, texts: Texts = ENGLISH, by: int | None = None
    ) -> Report | PendingReport | Refused:
        return await self.request(texts, guild_id, month, requested_by=next(MEMBERS) if by is None else by)

    async def result(self, guild_id: int = GUILD, month: Month = NOVEMBER, *, texts: Texts = ENGLISH) -> Report:
        requested = await self.ask(guild_id, month, texts=texts)
        assert not isinstance(requested, Refused)
        return await requested.result() if isinstance(requested, PendingReport) else requested


@pytest.fixture
def service(harness: WorkerHarness) -> Reports:
    return Reports(harness)


@pytest.mark.full
async def test_a_report_is_computed_once_a_minute_for_each_language(service: Reports) -> None:
    japanese = texts_in(Language.JAPANESE)
    first, other = await service.result(), await service.result(texts=japanese)
    assert None not in (first.chart, other.chart)
    assert first.chart != other.chart
    assert first.sheet == other.sheet
    await service.clock.advance(59.999)
    assert all([await service.result() is first for _ in range(50)])
    assert await service.result(texts=japanese) is other
    assert service.database.reads == 2
    await service.clock.advance(0.001)
    again = await service.result()
    assert again is not first
    service.clock.set_back(3600)
    assert await service.result() is not again
    assert service.database.reads == 4


@pytest.mark.full
async def test_a_failure_is_not_kept(service: Reports) -> None:
    service.database.error = StorageError("disk full")
    failed = await asyncio.gather(service.result(), service.result(), return_exceptions=True)
    assert [type(each) for each in failed] == [StorageError] * 2
    assert service.database.reads == 1
    service.database.error = None
    assert (await service.result()).figures.month == NOVEMBER


@pytest.mark.full
async def test_a_failed_chart_is_tried_again(service: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit, the report is sent without the chart."""
    with monkeypatch.context() as patch:
        patch.setattr(chart, "FONT", Path("/nowhere/font"))
        assert [(await service.result()).chart for _ in range(10)] == [None] * 10
        one = [await service.ask(by=0) for _ in range(PER_MEMBER + 1)]
    assert service.database.reads == BURST
    assert [isinstance(each, Refused) for each in one] == [False] * PER_MEMBER + [True], "each is an upload"


@pytest.mark.timeout(60)
async def test_the_event_loop_goes_on_while_a_chart_is_drawn(
    service: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The font is a pipe here: who opens it waits until the other end is opened, which the loop does."""
    font, pipe = chart.FONT.read_bytes(), tmp_path / "font"
    os.mkfifo(pipe)
    monkeypatch.setattr(chart, "FONT", pipe)
    report = asyncio.create_task(service.result())
    opened = None
    while opened is None:
        await asyncio.sleep(0)
        with contextlib.suppress(OSError):  # not before the chart waits
            opened = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    assert not report.done()
    assert os.write(opened, font) == len(font)
    os.close(opened)
    assert (await report).chart


@pytest.mark.full
async def test_few_reports_are_computed_at_once_and_one_server_never_takes_both_places(service: Reports) -> None:
    service.database.go.clear()
    mine = [await service.ask(month=month) for month in OTHERS[:BURST]]
    others = [await service.ask(GUILD + number) for number in range(1, 6)]
    again = await service.ask(GUILD + 5)
    await asyncio.sleep(0)
    queued = [isinstance(each, PendingReport) and each.is_queued for each in (*mine, *others, again)]
    assert queued == [False, True, True, False, *[True] * 5]
    await service.database.full.wait()
    assert service.database.started == [GUILD, GUILD + 1]
    service.database.go.set()
    await asyncio.gather(*(each.result() for each in (*mine, *others) if isinstance(each, PendingReport)))
    assert (service.database.reads, service.database.most) == (BURST + 5, MAX_AT_ONCE)


@pytest.mark.full
async def test_a_server_that_asks_for_month_after_month_is_refused(service: Reports) -> None:
    for month in OTHERS[:BURST]:
        await service.result(month=month)
    refused = [await service.ask(month=month) for month in OTHERS[BURST:]]
    assert refused == [Refused("report-too-many", {"time": service.clock.now() + 60_000})] * len(refused)
    assert (await service.result(guild_id=GUILD + 1)).figures.month == NOVEMBER
    await service.clock.advance(61)
    await service.result(month=OTHERS[BURST])
    assert service.database.reads == BURST + 2


@pytest.mark.full
async def test_reports_are_kept_within_a_bound_of_bytes(harness: WorkerHarness) -> None:
    one = await Reports(harness).result()
    size = len(one.sheet) + len(one.chart or b"")
    roomy, small = (Reports(harness, max_kept_bytes=most) for most in (size * 3 // 2, size - 1))
    first, second = await roomy.result(), await roomy.result(GUILD + 1)
    assert await roomy.result(GUILD + 1) is second
    assert await roomy.result() is not first
    assert await small.result() is not await small.result()


@pytest.mark.full
async def test_a_report_is_sent_so_often_to_a_member_and_to_a_server(service: Reports) -> None:
    service.database.go.clear()
    first, *again = [await service.ask(by=0) for _ in range(PER_MEMBER + 2)]
    service.database.go.set()
    assert isinstance(first, PendingReport)
    await first.result()
    refused = Refused("report-too-many", {"time": service.clock.now() + 60_000 // PER_MEMBER})
    assert [isinstance(each, Refused) for each in again] == [False] * PER_MEMBER + [True]
    assert again[-1] == await service.ask(by=0) == refused
    others = [await service.ask() for _ in range(PER_SERVER)]
    assert [isinstance(each, Refused) for each in others].index(True) == PER_SERVER - PER_MEMBER
    assert not isinstance(await service.ask(GUILD + 1), Refused)


@pytest.fixture
def exports(harness: WorkerHarness) -> ExportService:
    return ExportService(harness.database, LimitFactory(harness.clock))


async def export(exports: ExportService, who: int = ALICE) -> CsvExport | Refused:
    return await exports.export(GUILD, ALICE, requested_by=who)


def kinds(answers: Sequence[object]) -> list[type[object]]:
    return [*map(type, answers)]


async def test_an_export_has_a_row_for_each_movie_and_says_how_many_it_leaves_out(
    harness: WorkerHarness, exports: ExportService, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, newer = [await harness.render() for _ in range(2)]
    for most, held in ((2, [True, True]), (1, [False, True])):
        monkeypatch.setattr("bot.services.privacy._MAX_ROWS", most)
        made = await export(exports)
        assert isinstance(made, CsvExport)
        assert (made.name, made.rows, made.total) == ("movies-2026-11.csv", most, 2)
        assert [job.id.encode() in made.content for job in (older, newer)] == held


async def test_a_member_has_one_export_until_it_ends_or_fails(harness: WorkerHarness, exports: ExportService) -> None:
    answers = await asyncio.gather(*(export(exports) for _ in range(50)), export(exports, BOB))
    assert kinds(answers) == [CsvExport, *[Refused] * 49, CsvExport]
    path, harness.database.path = harness.database.path, harness.path / "nowhere"
    with pytest.raises(StorageError):
        await export(exports)
    harness.database.path = path
    assert isinstance(await export(exports), CsvExport)


async def test_a_member_gets_a_few_exports_then_one_a_minute(harness: WorkerHarness, exports: ExportService) -> None:
    answers = [await export(exports) for _ in range(50)]
    assert kinds(answers[:EXPORTS]) == [CsvExport] * EXPORTS
    assert answers[EXPORTS:] == [Refused("credits-too-many-exports", {"time": harness.clock.now() + 60_000})] * (
        50 - EXPORTS
    )
    assert isinstance(await export(exports, BOB), CsvExport)
    await harness.clock.advance(61)
    assert kinds([await export(exports), await export(exports)]) == [CsvExport, Refused]
    await harness.clock.advance(3600)
    answers = [await export(exports, who) for who in range(100, 100 + EXPORTS_OF_SERVER + 1)]
    assert kinds(answers) == [CsvExport] * EXPORTS_OF_SERVER + [Refused]
    assert isinstance(await exports.export(GUILD + 1, ALICE, requested_by=BOB), CsvExport)
