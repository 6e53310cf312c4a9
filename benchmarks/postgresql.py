"""The PostgreSQL server of the benchmarks, and databases with a history."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from psycopg import sql

from benchmarks.harness import CheckFailed
from data.engine.postgresql_connection import connect
from tests.helpers.postgres_server import DURABLE_OPTIONS, NoServer, running_server

_TABLES = ("jobs", "ledger_entries", "balances", "outbox")
"""The tables that benchmarks/seed_database.py fills, in the order of their references."""


@contextmanager
def benchmark_server() -> Generator[str]:
    """Start a server whose commits are on disk; yield its URL. TEST_DATABASE_URL names one's own.

    Raises:
        CheckFailed: There are no binaries for this platform.
    """
    if own := os.environ.get("TEST_DATABASE_URL"):
        yield own
        return
    try:
        with running_server(DURABLE_OPTIONS) as server:
            yield server.url
    except NoServer as exc:
        raise CheckFailed(str(exc)) from exc


def copy_from_sqlite(path: Path, url: str) -> None:
    """Copy the rows of a database of benchmarks/seed_database.py into a migrated one."""
    with closing(sqlite3.connect(path)) as source, closing(connect(url)) as target:
        for table in _TABLES:
            rows = source.execute(f"SELECT * FROM {table}")
            columns = sql.SQL(", ").join(sql.Identifier(column[0]) for column in rows.description)
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
            with target.cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        target.execute(b"ANALYZE")
