"""The schema on PostgreSQL, equal to a file's and made once."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SchemaTooNew, SchemaUnknown, StorageError
from data.migration_files import Migration, load_postgresql_migrations
from data.postgresql_migrations import migrate, pending_migrations
from tests.helpers.ledger_checks import execute, query

NAMES = tuple(migration.name for migration in load_postgresql_migrations())


def test_a_new_database_gets_every_migration_once(empty_postgresql_url: str) -> None:
    assert pending_migrations(empty_postgresql_url) == NAMES
    assert migrate(empty_postgresql_url) == NAMES
    assert (migrate(empty_postgresql_url), pending_migrations(empty_postgresql_url)) == ((), ())


def test_two_processes_that_start_at_once_migrate_once(empty_postgresql_url: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        applied = [*pool.map(migrate, [empty_postgresql_url, empty_postgresql_url])]
    assert sorted(name for each in applied for name in each) == sorted(NAMES)


def test_a_migration_that_fails_leaves_nothing(empty_postgresql_url: str) -> None:
    broken = Migration(9999, "9999_broken", "CREATE TABLE half (a TEXT); SELECT no_such_function();")
    with pytest.raises(StorageError, match="no_such_function"):
        migrate(empty_postgresql_url, (*load_postgresql_migrations(), broken))
    assert query(empty_postgresql_url, "SELECT to_regclass('half') AS found") == [{"found": None}]
    assert pending_migrations(empty_postgresql_url) == ()


def test_a_database_of_a_newer_version_is_rejected(postgresql_url: str) -> None:
    with pytest.raises(SchemaTooNew):
        migrate(postgresql_url, load_postgresql_migrations()[:1])


def test_another_programs_table_is_rejected_only_where_the_bot_would_make_it(empty_postgresql_url: str) -> None:
    """Extensions put tables of their own into the schema."""
    execute(empty_postgresql_url, "CREATE TABLE spatial_ref_sys (id INTEGER)")
    assert pending_migrations(empty_postgresql_url) == NAMES
    execute(empty_postgresql_url, "CREATE TABLE jobs (id INTEGER)")
    for use in (migrate, pending_migrations):
        with pytest.raises(SchemaUnknown, match="has tables of another program"):
            use(empty_postgresql_url)


def test_both_engines_have_the_same_tables_columns_and_indexes(postgresql_url: str, path: Path) -> None:
    columns = (
        "SELECT table_name AS t, column_name AS c, is_nullable = 'NO' AS required FROM information_schema.columns"
        " WHERE table_schema = 'public'"
    )
    ours = {(row["t"], row["c"], row["required"]) for row in query(postgresql_url, columns)}
    indexes = {
        row["indexname"]
        for row in query(postgresql_url, "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'")
        if not row["indexname"].endswith(("_pkey", "_key"))
    }
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        theirs = {
            (table, name, bool(required or primary_key))
            for table in tables
            for _, name, _, required, _, primary_key in connection.execute(f"PRAGMA table_info({table})")
        }
        names = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        }
    assert ours == theirs
    assert indexes == names


def test_ids_sort_by_their_bytes_on_both_engines(postgresql_url: str) -> None:
    """Whatever the server's locale: an id sorts by its creation."""
    wrong = query(
        postgresql_url,
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND data_type = 'text' AND (column_name IN ('id', 'hold_id', 'root_id') OR column_name LIKE '%job_id')"
        " AND collation_name IS DISTINCT FROM 'C'",
    )
    assert wrong == []


def test_the_ledger_cannot_be_emptied(postgresql_url: str) -> None:
    """TRUNCATE runs no trigger for rows."""
    with pytest.raises(Exception, match="append-only"):
        query(postgresql_url, "TRUNCATE ledger_entries CASCADE")
