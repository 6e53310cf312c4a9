"""Bring a database file to the schema that this code knows.

Migrations are the numbered files in data/migrations. Each is applied in one transaction together with the record of it,
so a crash leaves a migration wholly done or not at all. A file that a newer version has touched is refused.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SchemaTooNew, StorageError

MIGRATIONS = Path(__file__).parent / "migrations"

_RECORD = """
CREATE TABLE IF NOT EXISTS migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """A numbered script."""

    number: int
    name: str
    script: str


def known(folder: Path = MIGRATIONS) -> tuple[Migration, ...]:
    """All migrations of this version, in order."""
    files = sorted(folder.glob("[0-9]*.sql"))
    return tuple(Migration(int(file.name[:4]), file.stem, file.read_text(encoding="utf-8")) for file in files)


def migrate(path: Path, migrations: tuple[Migration, ...] | None = None) -> tuple[str, ...]:
    """Create the file if need be, apply what is missing, and return the names of what was applied.

    Raises:
        StorageError: The folder or the file cannot be written, or is no database.
        SchemaTooNew: A newer version of this code has been here.
    """
    wanted = known() if migrations is None else migrations
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"the database {path} cannot be made: {_plain(exc)}") from exc
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript(_RECORD)
        return tuple(_apply(connection, migration) for migration in _missing(connection, wanted))
    except sqlite3.Error as exc:
        raise StorageError(f"the database {path} cannot be used: {exc}") from exc
    finally:
        connection.close()


def _missing(connection: sqlite3.Connection, wanted: tuple[Migration, ...]) -> list[Migration]:
    done = {number for (number,) in connection.execute("SELECT number FROM migrations")}
    newest = max((migration.number for migration in wanted), default=0)
    if done and max(done) > newest:
        raise SchemaTooNew(max(done), newest)
    return [migration for migration in wanted if migration.number not in done]


def _apply(connection: sqlite3.Connection, migration: Migration) -> str:
    # One script with its own BEGIN and COMMIT: executescript would otherwise run each statement by itself.
    record = f"INSERT INTO migrations (number, name) VALUES ({migration.number}, '{migration.name}');"
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{migration.script}\n{record}\nCOMMIT;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return migration.name


def _plain(exc: Exception) -> str:
    return exc.strerror or str(exc) if isinstance(exc, OSError) else str(exc)
