"""A copy of a database, on either engine, has every row."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from bot.errors import StorageError
from data import backups, move_record, table_copy
from data.move_record import Departure
from data.sqlite import SqliteTransaction
from data.table_copy import NOT_COPIED, TABLES
from tests.helpers import migrated_file
from tests.helpers.every_table import contents, fill
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import NOW

EARLIER = [*TABLES]


def test_every_table_of_the_schema_is_copied_or_named(path: Path) -> None:
    """A new table must be listed as copied or not."""
    tables = {row["name"] for row in query(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {*TABLES, *NOT_COPIED}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_comes_after_those_that_it_refers_to(path: Path, table: str) -> None:
    referred = {row["table"] for row in query(path, f"PRAGMA foreign_key_list({table})")}
    assert referred <= {*EARLIER[: EARLIER.index(table)], table}


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_copied_in_the_order_of_the_primary_key(path: Path, table: str) -> None:
    columns = [row for row in query(path, f"PRAGMA table_info({table})") if row["pk"]]
    assert TABLES[table] == ", ".join(row["name"] for row in sorted(columns, key=lambda row: row["pk"]))


async def test_a_copy_that_lacks_a_row_is_refused(path: Path, tmp_path: Path) -> None:
    """A target may leave out rows without an error."""
    await fill(f"sqlite:///{path}")
    other = tmp_path / "other.db"
    migrated_file.create(other)
    with (
        contextlib.closing(backups.connect(path, mode="ro")) as source,
        contextlib.closing(backups.connect(other)) as target,
    ):
        target.execute("CREATE TRIGGER leave_out BEFORE INSERT ON followers BEGIN SELECT RAISE(IGNORE); END")
        with pytest.raises(StorageError, match="the copy of followers has 0 rows instead of 1"):
            table_copy.copy_tables(SqliteTransaction(source), SqliteTransaction(target))


async def test_a_copy_reports_every_row(path: Path, tmp_path: Path) -> None:
    await fill(f"sqlite:///{path}")
    other, reported = tmp_path / "other.db", list[tuple[int, int]]()
    migrated_file.create(other)
    with (
        contextlib.closing(backups.connect(path, mode="ro")) as source,
        contextlib.closing(sqlite3.connect(other, isolation_level=None)) as target,
    ):
        target.row_factory = sqlite3.Row
        rows = table_copy.copy_tables(
            SqliteTransaction(source), SqliteTransaction(target), lambda _, done, total: reported.append((done, total))
        )
    assert rows == sum(len(found) for found in contents(f"sqlite:///{path}").values())
    assert reported == [(0, rows), (rows, rows)]


async def test_a_copy_has_no_lease(path: Path, tmp_path: Path) -> None:
    """No holder of a lease uses the copy, so work would wait."""
    await fill(f"sqlite:///{path}")
    other = tmp_path / "other.db"
    migrated_file.create(other)
    with (
        contextlib.closing(backups.connect(path, mode="ro")) as source,
        contextlib.closing(backups.connect(other)) as target,
    ):
        table_copy.copy_tables(SqliteTransaction(source), SqliteTransaction(target))
    for table in ("jobs", "outbox"):
        leased = f"SELECT * FROM {table} WHERE leased_by IS NOT NULL OR leased_until IS NOT NULL"
        assert query(path, leased) != []
        assert query(other, leased) == []


async def test_a_copy_does_not_say_where_its_original_came_from_or_went(path: Path, tmp_path: Path) -> None:
    """It was moved nowhere itself."""
    other = tmp_path / "other.db"
    migrated_file.create(other)
    with (
        contextlib.closing(backups.connect(path)) as source,
        contextlib.closing(backups.connect(other)) as target,
    ):
        tx, copy = SqliteTransaction(source), SqliteTransaction(target)
        move_record.record_arrival(tx, "a move")
        move_record.set_departure(tx, Departure("another move", "elsewhere", NOW, complete=True))
        table_copy.copy_tables(tx, copy)
        assert (move_record.arrival(copy), move_record.departure(copy)) == (None, None)


async def test_every_table_has_rows_in_these_tests(path: Path) -> None:
    await fill(f"sqlite:///{path}")
    assert [table for table, rows in contents(f"sqlite:///{path}").items() if not rows] == []
