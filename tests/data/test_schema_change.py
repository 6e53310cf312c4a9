"""A running process while a newer version migrates its database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing

import psycopg
import pytest

from data.migration_files import Migration, load_postgresql_migrations
from data.postgresql import PostgresDatabase
from data.postgresql_migrations import migrate
from tests.helpers.store_harness import StoreHarness, a_job

LATER = Migration(
    9999,
    "9999_later",
    "ALTER TABLE jobs ADD COLUMN later TEXT; ALTER TABLE member_preferences ADD COLUMN later TEXT",
)
_WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND relation = %s::regclass"


def apply_later(url: str) -> asyncio.Future[tuple[str, ...]]:
    """Apply another migration, as a starting process does."""
    return asyncio.get_running_loop().run_in_executor(None, migrate, url, (*load_postgresql_migrations(), LATER))


def watch_until_it_waits(connection: psycopg.Connection, table: str) -> None:
    """Return when the migration waits for a table."""
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


@pytest.fixture
async def store(postgresql_url: str) -> AsyncIterator[StoreHarness]:
    """The store of an older process that keeps running."""
    database = await PostgresDatabase.open(postgresql_url)
    yield StoreHarness(database)
    await database.close()


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
