"""A move of all rows, during which at most one database works."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from bot.errors import StorageError
from data import connect, move_record, reconciliation
from data.database_url import sqlite_path
from data.move import move as run_move
from data.postgresql_move import PostgresSource, PostgresTarget
from data.progress import Progress, no_progress
from data.sqlite_move import SqliteSource, SqliteTarget
from tests.helpers.every_table import contents, is_usable, settings_of
from tests.helpers.killed_move import NAMES, UNTIL_MARKED
from tests.helpers.ledger_checks import assert_ledger_consistent, execute
from tests.helpers.moves import BOTH_WAYS, EITHER_WAY, move, now_ms, place, read, refusal
from tests.helpers.restore_helpers import names, watch_syncs

ROOT = Path(__file__).parent.parent.parent


@EITHER_WAY
def test_everything_arrives_and_the_old_database_is_refused(source: str, target: str) -> None:
    before = contents(source)
    connect.migrate(target)
    execute(place(target), "INSERT INTO key_value (key, value) VALUES ('commands', 'digest')")
    moved = move(source, target)
    assert moved.rows == sum(len(rows) for rows in before.values())
    assert contents(target) == before == contents(source)
    assert read(target, reconciliation.find_discrepancies) == ()
    assert_ledger_consistent(sqlite_path(target) if target.startswith("sqlite") else target)
    assert re.fullmatch(
        rf"This database was moved to {re.escape(connect.place_of(target))} \(\d{{4}}-\d\d-\d\d \d\d:\d\d UTC\)\."
        r" Set DATABASE_URL to that one\. To come back, move its rows here with `python -m bot move`\.",
        refusal(source),
    )
    read(target, move_record.reject_moved)


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_there_and_back_again_is_the_same(source: str, empty_postgresql_url: str, tmp_path: Path) -> None:
    before = contents(source)
    move(source, empty_postgresql_url)
    back = move(empty_postgresql_url, source)
    assert contents(source) == before
    assert read(source, reconciliation.find_discrepancies) == ()
    assert settings_of(sqlite_path(source)) == ("ok", 0)
    assert (sqlite_path(source).stat().st_mode & 0o777) == 0o600
    assert back.kept is not None
    assert {"movies.db", back.kept.name} <= {*names(tmp_path)}
    assert "was moved to" in refusal(empty_postgresql_url)


@pytest.fixture(scope="module")
def mover() -> Iterator[Callable[[str, str, str], int]]:
    """A move in a process of its own, killed at a point."""
    command = [sys.executable, "-m", "tests.helpers.killed_move"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def run(source: str, target: str, point: str) -> int:
            stdin.write(json.dumps([source, target, point]) + "\n")
            stdin.flush()
            return int(stdout.readline())

        yield run
        stdin.close()


def wait_until_free(url: str) -> None:
    """Wait until the server has noticed that a process died."""
    if url.startswith("postgresql"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(1298232425, 1)")


AFTER_COMMIT = frozenset({"after target committed", "before source marked 2", "after source marked 2"})
POINTS = [f"{when} {name}" for name in NAMES for when in ("before", "after")]
SAMPLE = {"after target begun", "after insert jobs", "before source marked 1", *AFTER_COMMIT}
"""Points that each leave the two databases in a different state."""


@pytest.mark.parametrize(
    "point", [pytest.param(point, marks=() if point in SAMPLE else pytest.mark.slow) for point in POINTS]
)
@BOTH_WAYS
def test_killed_at_any_point_one_of_the_two_works_and_a_second_run_finishes(
    source: str, target: str, point: str, mover: Callable[[str, str, str], int]
) -> None:
    before = contents(source)
    status = mover(source, target, point)
    if status == 0:
        assert "copy made" in point
        assert source.startswith("postgresql"), "a copy is made of a file only"
        return
    assert status == -9
    for each in (source, target):
        wait_until_free(each)
    old_works = is_usable(source)
    assert old_works == (point in UNTIL_MARKED)
    assert is_usable(target) == (point in AFTER_COMMIT)
    if not old_works:
        complete = point == "after source marked 2"
        assert ("was moved to" if complete else "was interrupted at its end") in refusal(source)
    move(source, target)
    assert contents(target) == before
    assert "was moved to" in refusal(source)
    assert is_usable(target)
    for each in (source, target):
        if each.startswith("sqlite"):
            assert names(sqlite_path(each).parent, "*.moving*") == []


@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgresql")], indirect=True)
def test_a_connection_that_is_lost_at_the_last_commit_is_found_out_by_a_second_run(source: str, target: str) -> None:
    before = contents(source)

    class CutOff(PostgresTarget):
        def commit(self) -> Path | None:
            with psycopg.connect(target, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", (self._connection.info.backend_pid,))
            return super().commit()

    with pytest.raises(StorageError, match=r"unclear whether the rows are in "):
        run_move(SqliteSource(sqlite_path(source)), CutOff(target, now_ms), now_ms(), no_progress)
    assert "was interrupted at its end" in refusal(source)
    assert move(source, target).rows is not None
    assert contents(target) == before


@pytest.mark.parametrize("source", ["postgresql"], indirect=True)
def test_a_last_commit_that_fails_gives_the_old_database_back(source: str, file_url: str) -> None:
    class Late(SqliteTarget):
        def commit(self) -> Path | None:
            sqlite_path(file_url).touch()
            return super().commit()

    with pytest.raises(StorageError, match=r"Can't create .*: a file is in the way"):
        run_move(PostgresSource(source), Late(sqlite_path(file_url), now_ms), now_ms(), no_progress)
    assert is_usable(source)


@EITHER_WAY
def test_rows_that_arrive_wrong_are_not_kept(source: str, target: str, tmp_path: Path) -> None:
    wrong = "UPDATE balances SET used = used + 1 WHERE scope = 'plan'"

    class WrongFile(SqliteTarget):
        def check(self, progress: Progress) -> None:
            assert self._connection is not None
            self._connection.execute(wrong)
            super().check(progress)

    class WrongServer(PostgresTarget):
        def check(self, progress: Progress) -> None:
            self._connection.execute(wrong)
            super().check(progress)

    to = WrongFile(sqlite_path(target), now_ms) if target.startswith("sqlite") else WrongServer(target, now_ms)
    of = SqliteSource(sqlite_path(source)) if source.startswith("sqlite") else PostgresSource(source)
    with pytest.raises(StorageError, match="don't match its ledger: plan budget"):
        run_move(of, to, now_ms(), no_progress)
    assert is_usable(source)
    assert not is_usable(target)
    assert names(tmp_path / "new") == [], "no copy of the rows is left"


@BOTH_WAYS
def test_a_target_that_was_restored_after_an_interrupted_move_leaves_the_old_database_refused(
    source: str, target: str, mover: Callable[[str, str, str], int]
) -> None:
    """Both databases have the same queue, and would order it twice."""
    assert mover(source, target, "after target committed") == -9
    wait_until_free(source)
    wait_until_free(target)
    execute(place(target), "DELETE FROM key_value WHERE key = 'moved_from'")
    with pytest.raises(StorageError, match="was interrupted, and there are rows now"):
        move(source, target)
    assert "was interrupted at its end" in refusal(source)


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_an_interrupted_move_goes_on_to_its_own_target_only(
    source: str, empty_postgresql_url: str, tmp_path: Path, mover: Callable[[str, str, str], int]
) -> None:
    assert mover(source, empty_postgresql_url, "before target committed") == -9
    wait_until_free(empty_postgresql_url)
    with pytest.raises(StorageError, match=r"was interrupted\. Use that database"):
        move(source, f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert move(source, empty_postgresql_url).rows is not None


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_a_new_file_is_whole_and_not_mixed_with_what_another_left(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite would replay a deleted file's log into it. What a killed move left goes, whatever the file is called."""
    before, path, other = contents(source), tmp_path / "new[1].db", tmp_path / "new1.db.moving"
    path.with_name("new[1].db-wal").write_bytes(b"a log")
    for file in (path.with_name("new[1].db.moving"), other):
        file.touch()
    synced = watch_syncs(monkeypatch)
    run_move(SqliteSource(sqlite_path(source)), SqliteTarget(path, now_ms), now_ms(), no_progress)
    assert synced[path.stat().st_ino] == path.read_bytes()
    [kept] = [name for name in names(tmp_path) if name.startswith("new[1].db.before-move-")]
    assert (tmp_path / kept).read_bytes() == b"a log"
    assert contents(f"sqlite:///{path}") == before
    assert names(tmp_path, "*.moving*") == [other.name]
