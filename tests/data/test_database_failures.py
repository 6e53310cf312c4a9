"""Errors and results when the disk or another process fails."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import ConstraintViolation, StorageError
from data.database import Transaction
from data.sqlite import SqliteDatabase
from tests.helpers.transactions import put, seen, writer_busy

BIG = "x" * 200_000


async def fill_the_disk(database: SqliteDatabase, *, spare_pages: int = 1) -> None:
    """Limit the file's growth to this many pages, like a full disk."""

    def work(tx: Transaction) -> None:
        row = tx.fetch_one("PRAGMA page_count")
        assert row is not None
        tx.fetch_all(f"PRAGMA max_page_count = {row[0] + spare_pages}")

    await database.write(work)


async def free_the_disk(database: SqliteDatabase) -> None:
    """Let the file grow again."""
    await database.write(lambda tx: tx.fetch_all("PRAGMA max_page_count = 1000000"))


def swallows(work: Callable[[Transaction], object]) -> Callable[[Transaction], str]:
    """Return a transaction function that hides its database error."""

    def careless(tx: Transaction) -> str:
        try:
            work(tx)
        except sqlite3.Error:
            return "all is well"
        return "it fitted"

    return careless


async def test_a_full_disk_fails_the_whole_group_and_keeps_nothing_of_it(database: SqliteDatabase) -> None:
    """SQLite rolls back the transaction, so no caller may see success."""
    await database.write(put("before"))
    await fill_the_disk(database)
    async with writer_busy(database):
        works = [put("a"), put("b", BIG), put("c")]
        group = [asyncio.ensure_future(database.write(work)) for work in works]
    answers = await asyncio.gather(*group, return_exceptions=True)
    assert [type(answer) for answer in answers] == [StorageError] * 3
    assert all("disk is full" in str(answer) for answer in answers)
    assert seen(database.path) == ["before"]


async def test_work_goes_on_once_there_is_room_again(database: SqliteDatabase) -> None:
    """A full disk needs no restart."""
    await fill_the_disk(database)
    with pytest.raises(StorageError, match="disk is full"):
        await database.write(put("big", BIG))
    await database.write(put("small"))
    await free_the_disk(database)
    await database.write(put("big", BIG))
    assert seen(database.path) == ["big", "small"]


async def test_a_full_disk_inside_a_savepoint_is_still_named(database: SqliteDatabase) -> None:
    """SQLite ends the whole transaction, of one call or a group."""

    def nested(tx: Transaction) -> None:
        with tx.savepoint():
            put("big", BIG)(tx)

    await fill_the_disk(database)
    with pytest.raises(StorageError, match="disk is full"):
        await database.write(nested)
    async with writer_busy(database):
        group = [asyncio.ensure_future(database.write(work)) for work in (put("a"), nested)]
    answers = await asyncio.gather(*group, return_exceptions=True)
    assert all("disk is full" in str(answer) for answer in answers), answers
    assert seen(database.path) == []


async def test_an_own_error_stays_its_own_when_the_group_fails(database: SqliteDatabase) -> None:
    """The disk is full while the function raises its own error."""

    def refuse(_: Transaction) -> None:
        raise LookupError("refused")

    await fill_the_disk(database)
    async with writer_busy(database):
        refused = asyncio.ensure_future(database.write(refuse))
        big = asyncio.ensure_future(database.write(put("big", BIG)))
    answers = await asyncio.gather(refused, big, return_exceptions=True)
    assert [type(answer) for answer in answers] == [LookupError, StorageError]


async def test_a_work_that_hides_a_lost_transaction_is_not_believed(database: SqliteDatabase) -> None:
    """A call whose transaction was rolled back must not succeed."""
    await fill_the_disk(database)
    with pytest.raises(StorageError, match="rolled back"):
        await database.write(swallows(put("alone", BIG)))
    async with writer_busy(database):
        works = [put("a"), swallows(put("b", BIG)), put("c")]
        group = [asyncio.ensure_future(database.write(work)) for work in works]
    answers = await asyncio.gather(*group, return_exceptions=True)
    assert [type(answer) for answer in answers] == [StorageError] * 3
    assert seen(database.path) == []


async def test_callers_fail_where_not_even_a_rollback_succeeds(database: SqliteDatabase) -> None:
    """Work goes on once the transaction can be ended."""
    denials = iter(range(4))

    def deny(action: int, name: str | None, *_: object) -> int:
        refused = action == sqlite3.SQLITE_TRANSACTION and name == "ROLLBACK" and next(denials, None) is not None
        return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK

    def break_down(tx: Transaction) -> None:
        tx._connection.set_authorizer(deny)
        put("lost")(tx)
        raise LookupError("a refusal of its own")

    with pytest.raises(LookupError, match="of its own"):
        await asyncio.wait_for(database.write(break_down), 5)
    with pytest.raises(StorageError, match="not authorized"):
        await asyncio.wait_for(database.write(put("meanwhile")), 5)
    await database.write(put("after"))
    assert seen(database.path) == ["after"]


async def test_what_the_tables_forbid_is_told_from_what_the_disk_can_not_do(database: SqliteDatabase) -> None:
    """A constraint fails at each retry, and a disk error may not."""

    def negative(tx: Transaction) -> None:
        tx.execute("INSERT INTO quota_limits (guild_id, scope, subject_id, credits) VALUES (1, 'server', 0, -1)")

    with pytest.raises(ConstraintViolation, match="CHECK"):
        await database.write(negative)
    await fill_the_disk(database)
    with pytest.raises(StorageError) as caught:
        await database.write(put("big", BIG))
    assert not isinstance(caught.value, ConstraintViolation)


async def test_another_process_that_keeps_the_lock_is_told_as_such(database: SqliteDatabase) -> None:
    """The error comes after the busy timeout, and reads go on."""
    await database.write(put("before"))
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked"):
            await database.write(put("a"))
        assert await database.read(lambda tx: len(tx.fetch_all("SELECT key FROM key_value"))) == 1
        other.execute("ROLLBACK")
    await database.write(put("b"))
    assert seen(database.path) == ["b", "before"]


async def test_a_lock_that_is_freed_in_time_delays_only(path: Path) -> None:
    """Two processes of a deploy may write one after the other."""
    database = await SqliteDatabase.open(path)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.ensure_future(database.write(put("a")))
        await asyncio.sleep(0)
        await asyncio.to_thread(other.execute, "COMMIT")
        assert await waiting == "a"
    await database.close()


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Only migrations create the file, since it needs tables."""
    with pytest.raises(StorageError, match="Can't open"):
        asyncio.run(SqliteDatabase.open(tmp_path / "missing.db"))
    assert list(tmp_path.iterdir()) == []


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """The error is one line."""
    file = tmp_path / "movies.db"
    file.write_text("this is no database, whatever its name says" * 100)
    with pytest.raises(StorageError) as caught:
        await SqliteDatabase.open(file)
    assert "not a database" in str(caught.value)
    assert "\n" not in str(caught.value)
