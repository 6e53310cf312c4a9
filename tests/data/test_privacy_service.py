"""Limits of exports and erasures, and the upkeep after an erasure."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.domain.refusal import Refused
from bot.services.privacy import ErasureOutcome
from data import erasure
from data.engine.sqlite import SqliteDatabase
from data.storage import erasure_copies
from tests.helpers.ledger_checks import a_reader, query
from tests.helpers.member_data import ADA, fill_member, privacy_service
from tests.helpers.store_harness import BOB, DAY, NOW, StoreHarness

pytestmark = pytest.mark.sqlite


async def test_a_member_has_one_export_at_a_time(store: StoreHarness, tmp_path: Path) -> None:
    service = privacy_service(store, tmp_path)
    _, *others = await asyncio.gather(*(service.export(who) for who in (ADA, ADA, ADA, BOB)))
    assert [type(each) for each in others] == [Refused, Refused, bytes]
    assert isinstance(await service.export(ADA), bytes)


async def test_a_member_asks_for_three_erasures_then_one_in_ten_minutes(store: StoreHarness, tmp_path: Path) -> None:
    service = privacy_service(store, tmp_path)
    asked = [await service.request(ADA) for _ in range(4)]
    assert [isinstance(each, ErasureOutcome) and each.done for each in asked[:3]] == [True] * 3
    assert asked[3] == Refused("privacy-too-often", {"time": NOW + 600_000})
    assert isinstance(await service.request(BOB), ErasureOutcome)


async def test_what_is_remembered_of_a_member_goes_by_itself(store: StoreHarness, tmp_path: Path) -> None:
    await fill_member(store)
    service = privacy_service(store, tmp_path)
    assert (await service.erase(ADA)).done
    await service.run_once()
    keys = "SELECT * FROM erasure_keys WHERE month <> ''"
    [record] = await store.database.read(erasure.records)
    assert (record.at, len(query(store.place, keys))) == (NOW - NOW % DAY, 1)
    await store.clock.advance(31 * DAY / 1000)
    await service.run_once()
    assert await store.database.read(erasure.records) == []
    assert query(store.place, keys) == []


async def test_a_list_that_is_lost_is_written_anew(store: StoreHarness, tmp_path: Path) -> None:
    await fill_member(store)
    folder = tmp_path / "backups"
    service = privacy_service(store, folder)
    await service.erase(ADA)
    for each in folder.iterdir():
        each.unlink()
    await service.run_once()
    assert [each.matches(ADA) for each in erasure_copies.read_list(folder)] == [True]


async def test_a_log_that_a_reader_keeps_is_emptied_by_the_next_run(database: SqliteDatabase, tmp_path: Path) -> None:
    store = StoreHarness(database)
    await fill_member(store)
    service = privacy_service(store, tmp_path / "backups", database.path)
    log = database.path.with_name(f"{database.path.name}-wal")
    with a_reader(database.path):
        assert (await service.erase(ADA)).done
        await service.run_once()
        assert log.stat().st_size > 0
    await service.run_once()
    assert log.stat().st_size == 0


async def test_an_erasure_whose_log_cannot_be_emptied_is_done(store: StoreHarness, tmp_path: Path) -> None:
    await fill_member(store)
    (tmp_path / "file").touch()
    service = privacy_service(store, tmp_path / "backups", tmp_path / "file" / "movies.db")
    assert (await service.erase(ADA)).done
