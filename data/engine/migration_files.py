"""The schema of a new database, and the migrations that change it: SQL scripts that run on both engines.

In a script, a comment that begins with the name of an engine, on lines of its own, is run by that engine:

    /*postgresql
    CREATE FUNCTION ...
    */

COLLATE "C" is left out on SQLite, which compares all text by its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from bot.core.errors import SchemaTooNew, SchemaTooOld, StorageError

SCHEMA: Final = Path(__file__).parent.parent / "schema.sql"
MIGRATIONS: Final = Path(__file__).parent.parent / "migrations"

SCHEMA_NUMBER: Final = 60
"""The number of the schema: that of the last migration which it replaces. A database that was made by those migrations
has exactly this schema, so it is of this version, too."""

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


def missing(migrations: Sequence[Migration], done: Collection[int]) -> tuple[Migration, ...]:
    """Return those of a version's migrations that a database lacks, in order.

    Raises:
        SchemaTooNew: A newer version has migrated it.
        SchemaTooOld: It is from before the first of these migrations.
    """
    newest = max((migration.number for migration in migrations), default=0)
    if done and max(done) > newest:
        raise SchemaTooNew(max(done), newest)
    if done and migrations[0].number not in done:
        raise SchemaTooOld(max(done), migrations[0].number)
    return tuple(migration for migration in migrations if migration.number not in done)


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
