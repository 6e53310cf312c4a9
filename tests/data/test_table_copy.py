"""A copy of a database, on either engine, has every row, and long work reports its progress."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from bot.core.errors import StorageError
from bot.domain.credits import Month
from data import reconciliation, reports
from data.engine import sqlite, table_copy
from data.engine.rows import Step
from data.engine.sqlite import SqliteTransaction
from data.engine.table_copy import NOT_COPIED, TABLES
from data.storage import engines
from tests.helpers import migrated_file
from tests.helpers.every_table import contents, fill
from tests.helpers.ledger_checks import query
from tests.helpers.moves import EITHER_WAY, move
from tests.helpers.store_harness import NOW, StoreHarness

EARLIER = [*TABLES]


def test_every_table_is_copied_or_named_after_those_that_it_refers_to_and_by_its_key(path: Path) -> None:
    tables = {row["name"] for row in query(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {*TABLES, *NOT_COPIED}
    for number, table in enumerate(TABLES):
        referred = {row["table"] for row in query(path, f"PRAGMA foreign_key_list({table})")}
        assert referred <= {*EARLIER[:number], table}, table
        key = sorted((row["pk"], row["name"]) for row in query(path, f"PRAGMA table_info({table})") if row["pk"])
        assert TABLES[table] == ", ".join(name for _, name in key), table


@pytest.fixture
async def original(path: Path) -> Path:
    await fill(f"sqlite:///{path}")
    return path


@pytest.fixture
def transactions(original: Path, tmp_path: Path) -> Iterator[tuple[SqliteTransaction, SqliteTransaction]]:
    migrated_file.create(tmp_path / "other.db")
    with closing(sqlite.open_file(original)) as source, closing(sqlite.open_file(tmp_path / "other.db")) as target:
        yield SqliteTransaction(source), SqliteTransaction(target)


def test_a_copy_has_every_row(
    transactions: tuple[SqliteTransaction, SqliteTransaction], original: Path, tmp_path: Path
) -> None:
    source, target = transactions
    before = contents(f"sqlite:///{original}")
    assert [table for table, rows in before.items() if not rows] == []
    reported = list[tuple[int, int]]()
    rows = table_copy.copy_tables(source, target, lambda _, done, total: reported.append((done, total)))
    assert rows == sum(len(found) for found in before.values())
    assert reported == [(0, rows), (rows, rows)]
    assert contents(f"sqlite:///{tmp_path / 'other.db'}") == before
    for table in ("jobs", "outbox"):
        leased = f"SELECT * FROM {table} WHERE leased_by IS NOT NULL OR leased_until IS NOT NULL"
        assert query(original, leased) != []
        assert query(tmp_path / "other.db", leased) == []


def test_a_copy_that_lacks_a_row_is_refused(transactions: tuple[SqliteTransaction, SqliteTransaction]) -> None:
    source, target = transactions
    target.execute("CREATE TRIGGER leave_out BEFORE INSERT ON followers BEGIN SELECT RAISE(IGNORE); END")
    with pytest.raises(StorageError, match="the copy of followers has 0 rows instead of 1"):
        table_copy.copy_tables(source, target)


# ── progress ──────────────────────────────────────────────────────────────────────────────────────────────────────────

Reported = list[tuple[Step, int, int]]

CHECKS = (Step.CHECK_FILE, Step.RECONCILE)


@pytest.mark.sqlite
async def test_an_audit_and_a_report_count_their_queries(store: StoreHarness) -> None:
    """A query is done when the next one begins."""
    audit: Reported = []
    report: Reported = []
    await store.database.read_long(reconciliation.find_discrepancies, lambda *at: audit.append(at))
    assert audit == [(Step.RECONCILE, done, len(audit) - 1) for done in range(len(audit))] != []
    month = Month.containing(NOW)
    await store.database.read_long(reports.report, None, month, lambda *at: report.append(at))
    assert report == [(Step.ADD_UP, done, 5) for done in range(6)] + audit


@EITHER_WAY
def test_a_backup_a_restore_and_a_move_report_every_step(source: str, target: str, tmp_path: Path) -> None:
    reported: Reported = []

    def steps() -> list[Step]:
        """Return the steps, each of which grew to its total, and forget them."""
        for (step, done, total), (next_step, next_done, next_total) in pairwise(reported):
            assert done <= total
            if step is next_step and next_done:
                assert (next_done >= done, next_total) == (True, total)
        ended = [step for step, done, total in reported if done == total]
        assert [*dict.fromkeys(ended)] == [*dict.fromkeys(step for step, _ in groupby(each[0] for each in reported))]
        reported.clear()
        return ended

    is_file, to_file = source.startswith("sqlite"), target.startswith("sqlite")
    copied = [Step.COPY if is_file else Step.COPY_ROWS, *CHECKS]
    backup = engines.engine(source).create_backup(tmp_path / "copy.db", progress=lambda *at: reported.append(at))
    assert steps() == copied
    engines.engine(source).restore(backup.path, tmp_path, NOW, progress=lambda *at: reported.append(at))
    replaced = [Step.KEEP_PREVIOUS, Step.REPLACE] if is_file else [Step.COPY_ROWS, Step.COPY_ROWS, Step.RECONCILE]
    assert steps() == [Step.COPY, *CHECKS, Step.MIGRATE, Step.HOLD_JOBS, *CHECKS, *replaced]
    move(source, target, lambda *at: reported.append(at))
    verified = [*copied, *CHECKS] if is_file else copied
    assert steps() == [*verified, *([] if to_file else [Step.COPY_ROWS, Step.RECONCILE])]
