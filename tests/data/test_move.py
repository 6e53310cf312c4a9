"""A move takes everything to another database, and at every moment at most one of the two works."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest

from bot.domain.credits import Month
from bot.errors import DatabaseMoved, StorageError
from bot.ui import csv_export
from data import connect, moving, postgresql_exclusive, reconciliation, reports
from data.database import Transaction
from data.exclusive import excluding_bots
from data.instance_lock import FileInstanceLock, InstanceLock
from data.migration_files import load_migrations
from data.migrations_runner import migrate
from data.move import Moved
from data.move import move as run_move
from data.postgresql_move import PostgresSource, PostgresTarget
from data.postgresql_session import PostgresSession
from data.progress import Progress, no_progress
from data.sqlite_move import SqliteSource, SqliteTarget
from tests.helpers import postgres_server
from tests.helpers.every_table import contents, fill, is_usable, settings_of
from tests.helpers.killed_move import NAMES, UNTIL_MARKED
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.restore_helpers import change, names
from tests.helpers.store_harness import ALICE, BOB, GUILD, NOW

T = TypeVar("T")

ROOT = Path(__file__).parent.parent.parent


def now_ms() -> int:
    """The machine's time: a target compares it with its server's."""
    return time.time_ns() // 1_000_000


def move(source: str, target: str) -> Moved:
    """Move, as the command does."""
    return connect.move(source, target, now_ms)


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    """The URL of a file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'movies.db'}"


@pytest.fixture
def empty_url(postgresql_server: str) -> str:
    """The URL of a PostgreSQL database without a table."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return postgres_server.create_database(postgresql_server, f"matinee_move_{worker}")


@pytest.fixture
def source(request: pytest.FixtureRequest, file_url: str) -> str:
    """A database with rows in every table; the parameter is its engine."""
    url: str = file_url
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    else:
        migrate(connect.sqlite_path(url))
    asyncio.run(fill(url))
    return url


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of the other engine than the source's, with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'movies.db'}"
    url: str = request.getfixturevalue("empty_url")
    return url


BOTH_WAYS = pytest.mark.parametrize(
    ("source", "target"),
    [("sqlite", "postgresql"), ("postgresql", "sqlite")],
    indirect=True,
    ids=["to postgresql", "to sqlite"],
)
EITHER_WAY = pytest.mark.parametrize(
    ("source", "target"),
    [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite"), ("postgresql", "postgresql")],
    indirect=True,
    ids=["to postgresql", "to sqlite", "from file to file", "from server to server"],
)


def read(url: str, function: Callable[[Transaction], T]) -> T:
    """Read from a database as the bot does."""

    async def run() -> T:
        database = await connect.open_database(url)
        try:
            return await database.read_long(function)
        finally:
            await database.close()

    return asyncio.run(run())


def exports(url: str) -> list[bytes]:
    """The CSV files of the members."""

    def make(tx: Transaction) -> list[bytes]:
        receipts = [reports.receipts_of_member(tx, GUILD, member, 1000, 0)[0] for member in (ALICE, BOB)]
        assert all(receipts)
        return [csv_export.receipts_file(each, Month.containing(NOW))[1] for each in receipts]

    return read(url, make)


def refusal(url: str) -> str:
    """What a start says about a database."""
    with pytest.raises(DatabaseMoved) as refused:
        read(url, moving.reject_moved)
    return str(refused.value)


@EITHER_WAY
def test_everything_arrives_and_the_old_database_is_refused(source: str, target: str) -> None:
    before = contents(source)
    moved = move(source, target)
    assert moved.rows == sum(len(rows) for rows in before.values())
    assert contents(target) == before == contents(source)
    assert read(target, reconciliation.find_discrepancies) == ()
    assert_ledger_consistent(connect.sqlite_path(target) if target.startswith("sqlite") else target)
    assert re.fullmatch(
        rf"this database was moved to {re.escape(connect.place_of(target))} \(\d{{4}}-\d\d-\d\d \d\d:\d\d UTC\):"
        r" set DATABASE_URL to that one. To come back, move its rows here with `python -m bot move`",
        refusal(source),
    )
    read(target, moving.reject_moved)


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_there_and_back_again_is_the_same(source: str, empty_url: str, tmp_path: Path) -> None:
    """The same rows, the same audit, exports that are equal to the byte. The old file is kept beside."""
    before, sheets = contents(source), exports(source)
    move(source, empty_url)
    assert exports(empty_url) == sheets
    back = move(empty_url, source)
    assert contents(source) == before
    assert exports(source) == sheets
    assert read(source, reconciliation.find_discrepancies) == ()
    assert settings_of(connect.sqlite_path(source)) == ("ok", 0)
    assert (connect.sqlite_path(source).stat().st_mode & 0o777) == 0o600
    assert back.kept is not None
    assert {"movies.db", back.kept.name} <= {*names(tmp_path)}
    assert "was moved to" in refusal(empty_url)


@pytest.fixture(scope="module")
def mover() -> Iterator[Callable[[str, str, str], int]]:
    """Moves in a process of its own, which kills itself; returns its exit status."""
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


@pytest.mark.parametrize("point", POINTS)
@BOTH_WAYS
def test_killed_at_any_point_one_of_the_two_works_and_a_second_run_finishes(
    source: str, target: str, point: str, mover: Callable[[str, str, str], int]
) -> None:
    """Between the two commits, neither does until the second run."""
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
            assert names(connect.sqlite_path(each).parent, "*.moving*") == []


@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgresql")], indirect=True)
def test_a_connection_that_is_lost_at_the_last_commit_is_found_out_by_a_second_run(source: str, target: str) -> None:
    before = contents(source)

    class CutOff(PostgresTarget):
        def commit(self) -> Path | None:
            with psycopg.connect(target, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", (self._connection.info.backend_pid,))
            return super().commit()

    with pytest.raises(StorageError, match=r"whether the rows are in .* is unknown"):
        run_move(SqliteSource(connect.sqlite_path(source)), CutOff(target, now_ms), now_ms(), no_progress)
    assert "was interrupted at its end" in refusal(source)
    assert move(source, target).rows is not None
    assert contents(target) == before


@pytest.mark.parametrize("source", ["postgresql"], indirect=True)
def test_a_last_commit_that_fails_gives_the_old_database_back(source: str, file_url: str) -> None:
    """Another file has taken the name."""

    class Late(SqliteTarget):
        def commit(self) -> Path | None:
            connect.sqlite_path(file_url).touch()
            return super().commit()

    with pytest.raises(StorageError, match="could not be made: a file stands in the way"):
        run_move(PostgresSource(source), Late(connect.sqlite_path(file_url), now_ms), now_ms(), no_progress)
    assert is_usable(source)


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────────


def refused_move(source: str, target: str) -> str:
    """Try a move, which leaves the source as it was; return the reason."""
    before = contents(source)
    with pytest.raises(StorageError) as refused:
        move(source, target)
    assert contents(source) == before
    assert is_usable(source)
    return str(refused.value)


@BOTH_WAYS
def test_a_target_with_rows_is_refused(source: str, target: str) -> None:
    connect.migrate(target)
    asyncio.run(fill(target))
    before = contents(target)
    assert refused_move(source, target) == (
        f"{connect.place_of(target)} has rows already (in jobs): name an empty database"
    )
    assert contents(target) == before


@BOTH_WAYS
def test_a_target_that_a_bot_was_started_on_once_is_not_refused(source: str, target: str) -> None:
    """It has tables and its own small values, which are replaced."""
    connect.migrate(target)
    place = connect.sqlite_path(target) if target.startswith("sqlite") else target
    note = "INSERT INTO key_value (key, value) VALUES ('commands', 'digest')"
    if isinstance(place, Path):
        change(place, note)
    else:
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute(note)
    before = contents(source)
    move(source, target)
    assert contents(target) == before


async def _registered(url: str, work: Callable[[], str]) -> str:
    """Do something while a bot runs on a database."""
    async with connect.open_instance_lock(url, lambda _: None) as lock, lock.register():
        pass
    async with connect.open_instance_lock(url, lambda _: None) as lock:
        async with lock.register():
            pass
        return await asyncio.to_thread(work)


@BOTH_WAYS
@pytest.mark.parametrize("which", ["source", "target"])
def test_a_running_bot_is_refused(source: str, target: str, which: str) -> None:
    connect.migrate(target)
    url = source if which == "source" else target
    told = asyncio.run(_registered(url, lambda: refused_move(source, target)))
    assert told == f"{connect.place_of(url)} is in use: stop the bot first"
    move(source, target)


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_a_file_that_another_process_has_open_is_refused(source: str, empty_url: str) -> None:
    """Also where the file system has no locks for the bot's own."""

    async def run() -> str:
        database = await connect.open_database(source)
        try:
            return await asyncio.to_thread(refused_move, source, empty_url)
        finally:
            await database.close()

    assert "is in use" in asyncio.run(run())


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_a_command_cannot_write_while_its_database_moves(source: str, empty_url: str) -> None:
    """What it wrote would stay behind."""

    class Meanwhile(PostgresTarget):
        def check(self, progress: Progress) -> None:
            connecting = closing(sqlite3.connect(connect.sqlite_path(source), timeout=0))
            with connecting as other, pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("DELETE FROM followers")
            super().check(progress)

    run_move(SqliteSource(connect.sqlite_path(source)), Meanwhile(empty_url, now_ms), now_ms(), no_progress)


@pytest.mark.parametrize("source", ["postgresql"], indirect=True)
def test_a_command_cannot_write_to_the_server_while_its_database_moves(source: str, file_url: str) -> None:
    class Meanwhile(SqliteTarget):
        def check(self, progress: Progress) -> None:
            with pytest.raises(psycopg.errors.LockNotAvailable):
                query(f"{source}&options=-c%20lock_timeout%3D1", "DELETE FROM followers")
            super().check(progress)

    run_move(PostgresSource(source), Meanwhile(connect.sqlite_path(file_url), now_ms), now_ms(), no_progress)


@BOTH_WAYS
def test_wrong_sums_are_not_moved(source: str, target: str) -> None:
    wrong = "UPDATE balances SET used = used + 1 WHERE scope = 'plan'"
    if source.startswith("sqlite"):
        change(connect.sqlite_path(source), wrong)
    else:
        with psycopg.connect(source, autocommit=True) as connection:
            connection.execute(wrong)
    assert "don't match its ledger: plan budget" in refused_move(source, target)


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_a_moved_database_is_moved_nowhere_else(source: str, empty_url: str, tmp_path: Path) -> None:
    """Its rows are out of date. The same move again says that it is done."""
    move(source, empty_url)
    with pytest.raises(StorageError, match="its rows are out of date"):
        move(source, f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert move(source, empty_url).rows is None
    assert names(tmp_path, "elsewhere*") == []


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_an_interrupted_move_goes_on_to_its_own_target_only(
    source: str, empty_url: str, tmp_path: Path, mover: Callable[[str, str, str], int]
) -> None:
    """The rows may have arrived there."""
    assert mover(source, empty_url, "before target committed") == -9
    wait_until_free(empty_url)
    with pytest.raises(StorageError, match="was interrupted: name that database"):
        move(source, f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert move(source, empty_url).rows is not None


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_a_database_is_not_moved_to_itself(source: str) -> None:
    assert "is the database itself" in refused_move(source, source)


def test_a_file_of_an_older_version_arrives_in_this_version_s_schema(file_url: str, empty_url: str) -> None:
    """The file itself stays in its own."""
    path = connect.sqlite_path(file_url)
    migrate(path, load_migrations()[:3])
    change(path, "INSERT INTO key_value (key, value) VALUES ('paused_at', '5')")
    move(file_url, empty_url)
    assert query(empty_url, "SELECT value FROM key_value WHERE key = 'paused_at'") == [{"value": "5"}]
    assert connect.pending_migrations(empty_url) == ()
    assert query(path, "SELECT MAX(number) AS number FROM schema_migrations") == [{"number": 3}]


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_a_text_that_postgresql_cannot_hold_is_refused(source: str, empty_url: str) -> None:
    change(connect.sqlite_path(source), "UPDATE jobs SET prompt = CAST(X'610062' AS TEXT)")
    assert "NUL" in refused_move(source, empty_url)


def test_what_is_no_database_of_the_bot_is_refused(file_url: str, empty_url: str) -> None:
    path = connect.sqlite_path(file_url)
    with pytest.raises(StorageError, match="there is no database at"):
        move(file_url, empty_url)
    with pytest.raises(StorageError, match="has no tables of the bot"):
        move(empty_url, file_url)
    path.write_bytes(b"sun and sea" * 1000)
    with pytest.raises(StorageError, match="file is not a database"):
        move(file_url, empty_url)


# ── a start meanwhile ────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_bot_that_starts_during_a_move_waits_for_its_end(file_url: str) -> None:
    """Then it reads where the rows are."""
    path = connect.sqlite_path(file_url)
    migrate(path)
    with FileInstanceLock(path) as lock, ExitStack() as moving_now:
        moving_now.enter_context(excluding_bots(path))
        registering = asyncio.create_task(_register(lock))
        done, _ = await asyncio.wait((registering,), timeout=0.1)
        assert not done
        moving_now.close()
        assert await registering is False


async def test_a_bot_that_starts_during_a_move_of_a_server_waits_for_its_end(postgresql_url: str) -> None:
    async with PostgresSession(postgresql_url, lambda _: None) as session:
        with postgresql_exclusive.excluding_bots(postgresql_url):
            registering = asyncio.create_task(_register(session))
            done, _ = await asyncio.wait((registering,), timeout=0.1)
            assert not done
        assert await registering is False


async def _register(lock: InstanceLock) -> bool:
    async with lock.register() as is_only_one:
        return is_only_one
