"""The migrations of this version: numbered SQL scripts.

Those in data/migrations run on both engines, but for the first three, which are for SQLite: a PostgreSQL database
begins with data/migrations_postgresql/0003_initial.sql instead. A later file in that folder runs on PostgreSQL only,
and one in data/migrations_sqlite on SQLite only, after the script of the same number.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SchemaTooNew

MIGRATIONS = Path(__file__).parent.parent / "migrations"
POSTGRESQL_MIGRATIONS = Path(__file__).parent.parent / "migrations_postgresql"
SQLITE_MIGRATIONS = Path(__file__).parent.parent / "migrations_sqlite"

OLDER_VERSION = "The database is from an older version. Start the bot once to upgrade it."
"""What is said where this version's schema is needed."""


@dataclass(frozen=True, slots=True)
class Migration:
    """A numbered SQL script."""

    number: int
    name: str
    script: str


def load_migrations() -> tuple[Migration, ...]:
    """Load all migrations of a SQLite file, in order."""
    own = {migration.number: migration for migration in _load(SQLITE_MIGRATIONS)}
    return tuple(_joined(each, own.get(each.number)) for each in _load(MIGRATIONS))


def load_postgresql_migrations() -> tuple[Migration, ...]:
    """Load all migrations of a PostgreSQL database, in order."""
    first, *others = _load(POSTGRESQL_MIGRATIONS)
    own = {migration.number: migration for migration in others}
    shared = [migration for migration in _load(MIGRATIONS) if migration.number > first.number]
    return (first, *(_joined(each, own.get(each.number)) for each in shared))


def missing(migrations: Sequence[Migration], done: Collection[int]) -> tuple[Migration, ...]:
    """Return those of a version's migrations that a database lacks, in order.

    Raises:
        SchemaTooNew: A newer version has migrated it.
    """
    newest = max((migration.number for migration in migrations), default=0)
    if done and max(done) > newest:
        raise SchemaTooNew(max(done), newest)
    return tuple(migration for migration in migrations if migration.number not in done)


def newest_migration() -> int:
    """Return the number of the newest migration."""
    return max(int(file.name[:4]) for file in MIGRATIONS.glob("[0-9]*.sql"))


def _load(folder: Path) -> tuple[Migration, ...]:
    files = sorted(folder.glob("[0-9]*.sql"))
    return tuple(Migration(int(file.name[:4]), file.stem, file.read_text(encoding="utf-8")) for file in files)


def _joined(shared: Migration, own: Migration | None) -> Migration:
    return shared if own is None else Migration(shared.number, shared.name, f"{shared.script}\n{own.script}")
