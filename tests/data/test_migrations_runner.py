"""Migrations of a database file to the current schema."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SchemaTooNew, StorageError
from data.migration_files import MIGRATIONS, Migration, load_migrations
from data.migrations_runner import migrate

ROOT = Path(__file__).parent.parent.parent

FIRST = Migration(1, "0001_first", "CREATE TABLE one (a TEXT DEFAULT 'x;y'); -- a comment; with a semicolon\n")
SECOND = Migration(
    2,
    "0002_second",
    "CREATE TABLE two (a TEXT);\n"
    "CREATE TRIGGER two_is_kept BEFORE DELETE ON two BEGIN SELECT RAISE(ABORT, 'no'); SELECT 1; END;\n"
    "INSERT INTO two (a) VALUES ('kept'); INSERT INTO two (a) SELECT a || '!' FROM two",
)
BROKEN = Migration(
    2, "0002_broken", "CREATE TABLE half (a TEXT); INSERT INTO one (a) VALUES ('half'); SELECT nonsense;"
)


def look(path: Path, sql: str) -> list[object]:
    """Return the first column of a query's rows."""
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(sql)]


def tables(path: Path) -> set[object]:
    """Return the file's tables, except the record of migrations."""
    return set(look(path, "SELECT name FROM sqlite_master WHERE type = 'table'")) - {"schema_migrations"}


def test_a_new_database_gets_every_migration_in_order(tmp_path: Path) -> None:
    """The file and its folder are created.

    The applied migrations' names are returned.
    """
    path = tmp_path / "a" / "b" / "movies.db"
    assert migrate(path) == tuple(migration.name for migration in load_migrations())
    assert look(path, "SELECT number FROM schema_migrations ORDER BY number") == [
        migration.number for migration in load_migrations()
    ]


def test_the_schema_is_the_one_that_the_code_expects(path: Path) -> None:
    """The migrations make these tables, with the guards of the ledger."""
    assert {"jobs", "balances", "ledger_entries", "outbox", "key_value"} <= tables(path)
    names = set(look(path, "SELECT name FROM sqlite_master"))
    assert {"ledger_one_hold", "ledger_one_resolution", "ledger_is_never_updated", "ledger_is_never_deleted"} <= names
    assert look(path, "PRAGMA integrity_check") == ["ok"]
    assert look(path, "PRAGMA journal_mode") == ["wal"]


def test_migrating_again_changes_nothing(path: Path) -> None:
    """Every start runs the migrations."""
    before = look(path, "SELECT sql FROM sqlite_master")
    assert migrate(path) == ()
    assert look(path, "SELECT sql FROM sqlite_master") == before


def test_only_what_is_missing_is_applied(tmp_path: Path) -> None:
    """An older file keeps its rows and gets the rest."""
    path = tmp_path / "movies.db"
    assert migrate(path, (FIRST,)) == ("0001_first",)
    assert migrate(path, (FIRST, SECOND)) == ("0002_second",)
    assert look(path, "SELECT a FROM two") == ["kept", "kept!"]


def test_a_script_is_cut_where_its_statements_end(tmp_path: Path) -> None:
    """Semicolons in texts, comments and triggers end no statement."""
    path = tmp_path / "movies.db"
    migrate(path, (FIRST, SECOND))
    assert tables(path) == {"one", "two"}
    assert look(path, "SELECT name FROM sqlite_master WHERE type = 'trigger'") == ["two_is_kept"]


def test_a_migration_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    """Earlier migrations stay, and the error is one line.

    Once corrected, the migration is applied.
    """
    path = tmp_path / "movies.db"
    with pytest.raises(StorageError, match="no such column: nonsense") as caught:
        migrate(path, (FIRST, BROKEN))
    assert "\n" not in str(caught.value)
    assert tables(path) == {"one"}
    assert look(path, "SELECT name FROM schema_migrations") == ["0001_first"]
    assert look(path, "SELECT a FROM one") == []
    assert migrate(path, (FIRST, SECOND)) == ("0002_second",)


def test_a_migration_and_the_record_of_it_are_one(tmp_path: Path) -> None:
    """If the record can't be written, nothing is changed.

    Otherwise the next start would apply the migration again.
    """
    path = tmp_path / "movies.db"
    migrate(path, (FIRST,))
    refusing = "CREATE TRIGGER full BEFORE INSERT ON schema_migrations BEGIN SELECT RAISE(ABORT, 'full'); END;"
    with pytest.raises(StorageError, match="full"):
        migrate(path, (FIRST, Migration(2, "0002_refused", f"CREATE TABLE half (a TEXT); {refusing}")))
    assert tables(path) == {"one"}
    assert look(path, "SELECT name FROM schema_migrations") == ["0001_first"]
    assert migrate(path, (FIRST, SECOND)) == ("0002_second",)


def test_a_file_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    """After a rollback of the code, unknown rows must not be read."""
    path = tmp_path / "movies.db"
    migrate(path, (FIRST, SECOND))
    with pytest.raises(SchemaTooNew, match=r"has schema 2 .*only up to 1: upgrade the bot, or") as caught:
        migrate(path, (FIRST,))
    assert (caught.value.found, caught.value.known) == (2, 1)
    assert look(path, "SELECT a FROM two") == ["kept", "kept!"]


def test_starting_at_once_applies_each_migration_once(tmp_path: Path) -> None:
    """Eight processes start on one new file."""
    path = tmp_path / "movies.db"
    together = threading.Barrier(8)

    def start(_: int) -> tuple[str, ...]:
        together.wait(10)
        return migrate(path)

    with ThreadPoolExecutor(8) as pool:
        applied = [name for names in pool.map(start, range(8)) for name in names]
    assert sorted(applied) == [migration.name for migration in load_migrations()]


def test_two_processes_that_start_at_once_both_succeed(tmp_path: Path) -> None:
    """One process migrates, and the other has nothing to do."""
    path = tmp_path / "movies.db"
    code = (
        "import sys, pathlib; from data.migrations_runner import migrate;"
        " print(len(migrate(pathlib.Path(sys.argv[1]))))"
    )
    starters = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    counts = [int(starter.communicate(timeout=30)[0]) for starter in starters]
    assert [starter.returncode for starter in starters] == [0, 0]
    assert sum(counts) == len(load_migrations())


def test_a_writer_that_is_in_the_way_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    """Another process locks the file during the start."""
    path = tmp_path / "movies.db"
    with ThreadPoolExecutor(1) as pool, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        starting = pool.submit(migrate, path)
        other.execute("PRAGMA user_version = 5")
        other.execute("COMMIT")
        assert starting.result(20) == tuple(migration.name for migration in load_migrations())


def test_a_writer_that_stays_in_the_way_is_told(tmp_path: Path) -> None:
    """The error comes after the busy timeout, and a retry succeeds."""
    path = tmp_path / "movies.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match=r"can't use .*: database is locked"):
            migrate(path, busy_seconds=0.05)
        other.execute("ROLLBACK")
    assert migrate(path) == tuple(migration.name for migration in load_migrations())


@pytest.mark.parametrize("below", ["movies.db", "folder/movies.db"])
def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path, below: str) -> None:
    """The error names the setting and the file."""
    (tmp_path / "file").write_text("not a folder")
    path = tmp_path / "file" / below
    with pytest.raises(StorageError) as caught:
        migrate(path)
    assert str(caught.value) == f"DATABASE_URL: can't create {path}: a file is in the way of its folder"


def test_a_folder_in_the_place_of_the_file_is_told_in_one_line(tmp_path: Path) -> None:
    """The error names the setting and the file."""
    with pytest.raises(StorageError, match=rf"^DATABASE_URL: can't create .*{re.escape(str(tmp_path))}[^\n]*: [^\n]+$"):
        migrate(tmp_path)


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    """DATABASE_URL may name a wrong file, which must stay intact."""
    path = tmp_path / "holiday.txt"
    path.write_text("sun and sea" * 100)
    with pytest.raises(StorageError, match="file is not a database"):
        migrate(path)
    assert path.read_text() == "sun and sea" * 100


def test_migrations_have_numbers_of_their_own() -> None:
    """Of two migrations with one number, only one would be applied."""
    numbers = [migration.number for migration in load_migrations()]
    assert numbers == sorted(set(numbers))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", file.name) for file in MIGRATIONS.iterdir())
