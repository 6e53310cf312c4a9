"""The schema of a new database, and the migrations that change it: SQL scripts that run on both engines.

In a script, a comment that begins with the name of an engine, on lines of its own, is run by that engine:

    /*postgresql
    CREATE FUNCTION ...
    */

COLLATE "C" is left out on SQLite, which compares all text by its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from bot.core.errors import SchemaTooNew, SchemaTooOld, StorageError
from data.database import Transaction

SCHEMA: Final = Path(__file__).parent.parent / "schema.sql"
MIGRATIONS: Final = Path(__file__).parent.parent / "migrations"

SCHEMA_NUMBER: Final = 60
"""The number of the schema: that of the last migration which it replaces. A database that was made by those migrations
has exactly this schema, so it is of this version, too."""

_RECORDS: Final = "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL,"

OLDER_VERSION: Final = "The database is from an older version. Start the bot once to upgrade it."
"""What is said where this version's schema is needed."""


@dataclass(frozen=True, slots=True)
class Migration:
    """A numbered SQL script."""

    number: int
    name: str
    script: str


def load_migrations(engine: Literal["sqlite", "postgresql"]) -> tuple[Migration, ...]:
    """Load the schema and all migrations from there, in order."""
    return tuple(
        Migration(number, file.stem, _script_for(engine, file.read_text(encoding="utf-8")))
        for number, file in _numbered_files()
    )


def missing(tx: Transaction, migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """Return those of a version's migrations that a database lacks, in order.

    Raises:
        SchemaTooNew: A newer version has migrated it.
        SchemaTooOld: It is from before the first of these migrations.
    """
    done = tx.fetch_column("SELECT number FROM schema_migrations")
    newest = max((migration.number for migration in migrations), default=0)
    if done and max(done) > newest:
        raise SchemaTooNew(max(done), newest)
    if done and migrations[0].number not in done:
        raise SchemaTooOld(max(done), migrations[0].number)
    return tuple(migration for migration in migrations if migration.number not in done)


def apply_next(
    tx: Transaction, migrations: Sequence[Migration], time_type: str, run: Callable[[Migration], object]
) -> str | None:
    """Run the first missing migration with its record in the open transaction; return its name, or None.

    Nobody else migrates meanwhile. `time_type` is the engine's own for the time of the record.
    """
    tx.execute(f"{_RECORDS} applied_at {time_type} NOT NULL DEFAULT CURRENT_TIMESTAMP)")
    first = next(iter(missing(tx, migrations)), None)
    if first is None:
        return None
    run(first)
    tx.insert("schema_migrations", {"number": first.number, "name": first.name})
    return first.name


def newest_migration() -> int:
    """Return the number of the newest migration."""
    return max(number for number, _ in _numbered_files())


def has_tables(pending: tuple[str, ...]) -> bool:
    """Return whether a database with these pending migrations has any table."""
    return len(pending) < len(_numbered_files())


def reject_pending(pending: tuple[str, ...]) -> None:
    """Reject a database of an older version.

    Raises:
        StorageError: It has pending migrations.
    """
    if pending:
        raise StorageError(OLDER_VERSION)


def _numbered_files() -> list[tuple[int, Path]]:
    later = sorted(MIGRATIONS.glob("[0-9]*.sql"))
    return [(SCHEMA_NUMBER, SCHEMA), *((int(file.name[:4]), file) for file in later)]


def _script_for(engine: str, script: str) -> str:
    script = re.sub(rf"^/\*{engine}$(.*?)^\*/$", r"\1", script, flags=re.DOTALL | re.MULTILINE)
    return script if engine == "postgresql" else script.replace(' COLLATE "C"', "")
