"""The schema on PostgreSQL: equal to a file's, made once, and changed beside a running process."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.errors import SchemaTooNew, SchemaUnknown, StorageError
from data.migration_files import Migration, load_postgresql_migrations
from data.postgresql_migrations import migrate, pending_migrations
from tests.helpers.ledger_checks import execute, query
from tests.helpers.store_harness import StoreHarness, a_job

ENGINES = ("postgresql",)
ALL = load_postgresql_migrations()
NAMES = tuple(migration.name for migration in ALL)


def test_two_processes_that_start_at_once_migrate_once(empty_postgresql_url: str) -> None:
    assert pending_migrations(empty_postgresql_url) == NAMES
    with ThreadPoolExecutor(2) as pool:
        applied = [*pool.map(migrate, [empty_postgresql_url, empty_postgresql_url])]
    assert sorted(name for each in applied for name in each) == sorted(NAMES)
    assert (migrate(empty_postgresql_url), pending_migrations(empty_postgresql_url)) == ((), ())


def test_a_migration_that_fails_leaves_nothing(empty_postgresql_url: str) -> None:
    broken = Migration(9999, "9999_broken", "CREATE TABLE half (a TEXT); SELECT no_such_function();")
    with pytest.raises(StorageError, match="no_such_function"):
        migrate(empty_postgresql_url, (*ALL, broken))
    assert query(empty_postgresql_url, "SELECT to_regclass('half') AS found") == [{"found": None}]
    assert pending_migrations(empty_postgresql_url) == ()
    with pytest.raises(SchemaTooNew):
        migrate(empty_postgresql_url, ALL[:1])


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
        made = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        assert indexes == {name for (name,) in made}
    assert ours == theirs


def test_ids_sort_by_their_bytes_whatever_the_servers_locale(postgresql_url: str) -> None:
    wrong = query(
        postgresql_url,
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND data_type = 'text' AND (column_name IN ('id', 'hold_id', 'root_id') OR column_name LIKE '%job_id')"
        " AND collation_name IS DISTINCT FROM 'C'",
    )
    assert wrong == []


# ── beside a running process ─────────────────────────────────────────────────────────────────────────────────────────

LATER = Migration(
    9999,
    "9999_later",
    "ALTER TABLE jobs ADD COLUMN later TEXT; ALTER TABLE member_preferences ADD COLUMN later TEXT",
)
_WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND relation = %s::regclass"


def apply_later(url: str) -> asyncio.Future[tuple[str, ...]]:
    return asyncio.get_running_loop().run_in_executor(None, migrate, url, (*ALL, LATER))


def watch_until_it_waits(connection: psycopg.Connection, table: str) -> None:
    while connection.execute(_WAITING, (table,)).fetchone() is None:
        pass


@pytest.fixture
def newer(postgresql_url: str) -> Iterator[psycopg.Connection]:
    """The connection of a newer version, whose columns are dropped afterwards."""
    with closing(psycopg.connect(postgresql_url, autocommit=True)) as connection:
        yield connection
        connection.execute("ALTER TABLE member_preferences DROP COLUMN IF EXISTS later")
        connection.execute("ALTER TABLE jobs DROP COLUMN IF EXISTS later")
        connection.execute("DELETE FROM schema_migrations WHERE number = 9999")


async def test_an_order_succeeds_after_another_process_has_added_a_column(
    newer: psycopg.Connection, store: StoreHarness
) -> None:
    """On each connection, PostgreSQL rejects a prepared `SELECT *` whose columns changed."""
    for number in range(1, 41):  # a connection prepares a statement at its sixth use
        await store.reserved(a_job(number, cost=10))
    newer.execute("ALTER TABLE member_preferences ADD COLUMN later TEXT")
    await store.reserved(a_job(41, cost=10))


async def test_orders_go_on_while_a_migration_waits_for_a_long_read(
    newer: psycopg.Connection, store: StoreHarness, postgresql_url: str
) -> None:
    """PostgreSQL queues every other statement behind a waiting ALTER TABLE."""
    with psycopg.connect(postgresql_url) as backup:
        backup.execute("SELECT COUNT(*) FROM jobs")
        migration = apply_later(postgresql_url)
        watch_until_it_waits(newer, "jobs")
        await store.reserved(a_job(1))
        assert not migration.done()
    assert await migration == (LATER.name,)


async def test_a_migration_that_collides_with_an_order_is_applied(
    newer: psycopg.Connection, postgresql_url: str
) -> None:
    """An order locks preferences first, and the migration locks jobs first."""
    with psycopg.connect(postgresql_url) as order:
        order.execute("SELECT COUNT(*) FROM member_preferences")
        migration = apply_later(postgresql_url)
        watch_until_it_waits(newer, "member_preferences")
        order.execute("SET deadlock_timeout = '30s'")  # so that the order is not the one that gives up
        order.execute("SELECT COUNT(*) FROM jobs")
    assert await migration == (LATER.name,)
