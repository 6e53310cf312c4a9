"""A copy of a database, on either engine, has every row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
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


def test_every_table_is_copied_or_named_after_those_that_it_refers_to_and_by_its_key(path: Path) -> None:
    """A new table must be listed as copied or not."""
    tables = {row["name"] for row in query(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {*TABLES, *NOT_COPIED}
    for number, table in enumerate(TABLES):
        referred = {row["table"] for row in query(path, f"PRAGMA foreign_key_list({table})")}
        assert referred <= {*EARLIER[:number], table}, table
        key = sorted((row["pk"], row["name"]) for row in query(path, f"PRAGMA table_info({table})") if row["pk"])
        assert TABLES[table] == ", ".join(name for _, name in key), table


@pytest.fixture
async def original(path: Path) -> Path:
    """A database with rows in every table."""
    await fill(f"sqlite:///{path}")
    return path


@pytest.fixture
def transactions(original: Path, tmp_path: Path) -> Iterator[tuple[SqliteTransaction, SqliteTransaction]]:
    """A transaction of it, and one of an empty database."""
    migrated_file.create(tmp_path / "other.db")
    with closing(backups.connect(original)) as source, closing(backups.connect(tmp_path / "other.db")) as target:
        yield SqliteTransaction(source), SqliteTransaction(target)


def test_a_copy_has_and_reports_every_row_without_leases_and_moves(
    transactions: tuple[SqliteTransaction, SqliteTransaction], original: Path, tmp_path: Path
) -> None:
    """No holder of a lease uses the copy, and it was moved nowhere itself."""
    source, target = transactions
    before = contents(f"sqlite:///{original}")
    assert [table for table, rows in before.items() if not rows] == []
    move_record.record_arrival(source, "a move")
    move_record.set_departure(source, Departure("another move", "elsewhere", NOW, complete=True))
    reported = list[tuple[int, int]]()
    rows = table_copy.copy_tables(source, target, lambda _, done, total: reported.append((done, total)))
    assert rows == sum(len(found) for found in before.values())
    assert reported == [(0, rows), (rows, rows)]
    assert contents(f"sqlite:///{tmp_path / 'other.db'}") == before
    assert (move_record.arrival(target), move_record.departure(target)) == (None, None)
    for table in ("jobs", "outbox"):
        leased = f"SELECT * FROM {table} WHERE leased_by IS NOT NULL OR leased_until IS NOT NULL"
        assert query(original, leased) != []
        assert query(tmp_path / "other.db", leased) == []


def test_a_copy_that_lacks_a_row_is_refused(transactions: tuple[SqliteTransaction, SqliteTransaction]) -> None:
    """A target may leave out rows without an error."""
    source, target = transactions
    target.execute("CREATE TRIGGER leave_out BEFORE INSERT ON followers BEGIN SELECT RAISE(IGNORE); END")
    with pytest.raises(StorageError, match="the copy of followers has 0 rows instead of 1"):
        table_copy.copy_tables(source, target)
