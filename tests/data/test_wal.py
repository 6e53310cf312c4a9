"""The write-ahead log is truncated after a reader ends."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageError
from data.sqlite import SqliteDatabase
from data.wal import KEPT_BYTES, truncate
from tests.helpers.ledger_checks import a_reader

MIB = 1024 * 1024


def size(path: Path) -> int:
    """Return the log's size in bytes."""
    return path.with_name(f"{path.name}-wal").stat().st_size


async def write(database: SqliteDatabase, name: str, mebibytes: int) -> None:
    """Write rows of one mebibyte each."""
    sql = "INSERT INTO key_value (key, value) VALUES (:name, :value)"
    for number in range(mebibytes):
        params = {"name": f"{name}-{number}", "value": "x" * MIB}
        await database.write(lambda tx, params=params: tx.execute(sql, params))


async def grown(database: SqliteDatabase) -> None:
    """Grow the log beyond its kept size while a reader is open."""
    with a_reader(database.path):
        await write(database, "long", KEPT_BYTES // MIB + 2)
    assert size(database.path) > KEPT_BYTES


async def facts(database: SqliteDatabase) -> int:
    return await database.read(lambda tx: tx.fetch_all("SELECT COUNT(*) AS n FROM key_value")[0]["n"])


async def test_once_a_long_reader_has_gone_the_next_writes_cut_the_log(database: SqliteDatabase) -> None:
    await grown(database)
    for number in range(2):
        await write(database, f"after-{number}", 1)
    assert size(database.path) <= KEPT_BYTES


async def test_a_log_that_has_grown_is_emptied_in_a_quiet_moment(database: SqliteDatabase) -> None:
    await grown(database)
    before = await facts(database)
    link = database.path.with_name("link.db")
    link.symlink_to(database.path)
    assert truncate(link)
    assert size(database.path) == 0
    await write(database, "after", 1)
    assert await facts(database) == before + 1
    assert 0 < size(database.path) < KEPT_BYTES
    assert not truncate(database.path), "it is short enough: nothing is to be done"


async def test_readers_and_writers_are_left_alone_and_not_waited_for(database: SqliteDatabase) -> None:
    await grown(database)
    with a_reader(database.path):
        await write(database, "meanwhile", 1)
        assert not truncate(database.path)
        assert size(database.path) > KEPT_BYTES
        await write(database, "after", 1)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO key_value (key, value) VALUES ('other', 'x')")
        async with asyncio.timeout(3):
            assert not await asyncio.to_thread(truncate, database.path)
        other.execute("COMMIT")
    assert truncate(database.path)


def test_what_has_no_log_has_nothing_to_cut_and_what_cannot_be_opened_is_named(path: Path) -> None:
    """The last process to close it removes the log."""
    log = path.with_name("movies.db-wal")
    assert not log.exists()
    assert not truncate(path)
    log.write_bytes(b"x" * (KEPT_BYTES + 1))
    path.unlink()
    with pytest.raises(StorageError, match=r"movies\.db"):
        truncate(path)
