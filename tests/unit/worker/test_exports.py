"""CSV exports: one at a time per member, and rate-limited."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import StorageError
from bot.services.exports import BURST, PER_SERVER, CsvExport, ExportService
from bot.services.one_at_a_time import AlreadyRunning
from bot.services.request_limits import LimitFactory, TooSoon
from tests.helpers.worker_harness import ALICE, BOB, GUILD, WorkerHarness

Answer = CsvExport | TooSoon | AlreadyRunning


@pytest.fixture
def exports(harness: WorkerHarness) -> ExportService:
    return ExportService(harness.database, harness.clock, LimitFactory(harness.clock))


async def export(exports: ExportService, who: int = ALICE) -> Answer:
    return await exports.export(GUILD, ALICE, requested_by=who)


def kinds(answers: list[Answer]) -> list[type[Answer]]:
    return [type(answer) for answer in answers]


async def test_an_export_has_a_row_for_each_movie_and_says_how_many_it_leaves_out(
    harness: WorkerHarness, exports: ExportService, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, newer = [await harness.render() for _ in range(2)]
    for most, held in ((2, [True, True]), (1, [False, True])):
        monkeypatch.setattr("bot.services.exports._MAX_ROWS", most)
        made = await export(exports)
        assert isinstance(made, CsvExport)
        assert (made.name, made.rows, made.total) == ("movies-2026-11.csv", most, 2)
        assert [job.id.encode() in made.content for job in (older, newer)] == held


async def test_a_member_has_one_export_at_a_time(exports: ExportService) -> None:
    answers = await asyncio.gather(*(export(exports) for _ in range(50)), export(exports, BOB))
    assert kinds(answers) == [CsvExport, *[AlreadyRunning] * 49, CsvExport]
    assert isinstance(await export(exports), CsvExport)


async def test_a_member_gets_a_few_exports_and_then_one_a_minute(
    harness: WorkerHarness, exports: ExportService
) -> None:
    answers = [await export(exports) for _ in range(50)]
    assert kinds(answers[:BURST]) == [CsvExport] * BURST
    assert answers[BURST:] == [TooSoon(harness.clock.now() + 60_000)] * (50 - BURST)
    assert isinstance(await export(exports, BOB), CsvExport)
    await harness.clock.advance(61)
    assert kinds([await export(exports), await export(exports)]) == [CsvExport, TooSoon]
    await harness.clock.advance(3600)
    answers = [await export(exports, who) for who in range(100, 100 + PER_SERVER + 1)]
    assert kinds(answers) == [CsvExport] * PER_SERVER + [TooSoon]
    assert isinstance(await exports.export(GUILD + 1, ALICE, requested_by=BOB), CsvExport)


async def test_an_export_that_failed_keeps_no_place(harness: WorkerHarness, exports: ExportService) -> None:
    path, harness.database.path = harness.database.path, harness.path / "nowhere"
    with pytest.raises(StorageError):
        await export(exports)
    harness.database.path = path
    assert isinstance(await export(exports), CsvExport)
