"""Migrates a PostgreSQL database to this version's schema.

Each migration runs in one transaction with its own record. A lock lets two processes that start together apply each of
them once. No copy is made before: backups of the server are the operator's.

Processes of the version before may run meanwhile, unless CHANGELOG.md says that they must be stopped. A migration that
waits for a table makes everyone wait who comes after it, so it waits only shortly, and tries again.
"""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Generator

from psycopg.errors import DeadlockDetected, LockNotAvailable

from bot.core.errors import SchemaUnknown, StorageError
from data.engine.migration_files import Migration, apply_next, load_migrations, missing
from data.engine.postgresql_connection import connect, place_of, storage_errors
from data.engine.postgresql_transaction import Connection, PostgresTransaction, lock_statement

_LOCK_SECONDS = 30
"""How long to wait for another process that migrates."""

_TABLE_LOCK_MS = 1000
"""How long to wait for a table. Orders wait as long, and Discord waits three seconds for their answers."""

_RETRIES = 14
_PAUSE_SECONDS = 1.0

_UNKNOWN = """
SELECT 1 WHERE EXISTS (
    SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename IN ('schema_migrations', 'jobs'))
AND NOT EXISTS (
    SELECT 1 FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = current_schema() AND relname = 'schema_migrations' AND attname = 'number' AND NOT attisdropped)
"""
"""Whether another program has a table that the bot would make. Others may be in the schema, such as an extension's.
One statement, because another process may commit the first migration at any time.
"""


def migrate(url: str, migrations: tuple[Migration, ...] | None = None) -> tuple[str, ...]:
    """Apply missing migrations and return their names.

    Raises:
        StorageError: The server can't be reached, or the schema can't be changed.
        SchemaTooNew: A newer version has migrated the database.
        SchemaTooOld: It is from before the schema of this version.
        SchemaUnknown: It is another program's.
    """
    wanted = load_migrations("postgresql") if migrations is None else migrations
    with _connection(url) as connection:
        return tuple(iter(functools.partial(_apply_next, connection, wanted), None))


def pending_migrations(url: str) -> tuple[str, ...]:
    """Return the names of missing migrations; reads only.

    Raises:
        StorageError: The server can't be reached, or the database can't be read.
        SchemaTooNew: A newer version has migrated the database.
        SchemaTooOld: It is from before the schema of this version.
        SchemaUnknown: It is another program's.
    """
    wanted = load_migrations("postgresql")
    with _connection(url) as connection:
        [row] = connection.execute("SELECT to_regclass('schema_migrations') IS NOT NULL AS is_there")
        pending = missing(PostgresTransaction(connection), wanted) if row["is_there"] else wanted
    return tuple(migration.name for migration in pending)


@contextlib.contextmanager
def _connection(url: str) -> Generator[Connection]:
    with contextlib.closing(connect(url)) as connection, storage_errors():
        if connection.execute(_UNKNOWN).fetchone() is not None:
            raise SchemaUnknown(place_of(url))
        yield connection


def _apply_next(connection: Connection, wanted: tuple[Migration, ...]) -> str | None:
    """Apply the first missing migration; return its name, or None.

    Raises:
        StorageError: Its tables were in use all the time.
    """
    for _ in range(_RETRIES):
        with contextlib.suppress(_TableInUse):  # the last try, below, tells
            return _try_next(connection, wanted)
        time.sleep(_PAUSE_SECONDS)
    return _try_next(connection, wanted)


class _TableInUse(StorageError):
    """A table could not be locked."""


def _try_next(connection: Connection, wanted: tuple[Migration, ...]) -> str | None:
    """Apply the first missing migration, unless its tables are in use."""

    def run(migration: Migration) -> None:
        connection.execute(f"SET LOCAL lock_timeout = {_TABLE_LOCK_MS}".encode())
        try:
            connection.execute(migration.script.encode())
        except (LockNotAvailable, DeadlockDetected):  # several tables, in another order than an order's
            raise _TableInUse(
                f"Migration {migration.name} couldn't lock its tables: another transaction uses them, such as that of a"
                " backup or a report. Start again when it has ended."
            ) from None

    with connection.transaction():
        connection.execute(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'".encode())
        connection.execute(lock_statement("migrations"))
        return apply_next(PostgresTransaction(connection), wanted, "TIMESTAMPTZ", run)
