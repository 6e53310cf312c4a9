"""The database that DATABASE_URL names: a SQLite file, or PostgreSQL.

psycopg is imported only for PostgreSQL.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data import restore_review
from data.database import SQLITE, Database, Transaction, sqlite_path
from data.engine.instance_lock import FileInstanceLock, InstanceLock
from data.engine.sqlite import SqliteDatabase
from data.restore_review import HeldForReview
from data.storage import backups, erasure_copies, exclusive, restore, sqlite_migrations
from data.storage.backups import Backup
from data.storage.exclusive import ExclusiveDatabase
from data.storage.restore import Restored

if TYPE_CHECKING:
    from data.engine.postgresql_connection import ServerReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A database by its URL, and what can be done with it. Nothing is open.

    All of it raises StorageError where it fails. What is not `open` or `open_instance_lock` blocks the calling thread.
    """

    place: str
    """The database, without user and password."""

    file: Path | None
    """The file of SQLite."""

    migrate: Callable[[], tuple[str, ...]]
    """Applies missing migrations, and returns their names. Raises SchemaTooNew, SchemaTooOld or SchemaUnknown, too."""

    pending_migrations: Callable[[], tuple[str, ...]]
    """Returns the names of missing migrations; reads only. It raises what `migrate` does."""

    examine: Callable[[Callable[[], int]], ServerReport] | None
    """Examines the database's server by a clock, and raises where the bot can't run on it; None for a file."""

    open: Callable[..., Coroutine[None, None, Database]]
    """Opens a migrated database. Takes a clock, by default the machine's, and what is called with woken topics."""

    open_instance_lock: Callable[[Callable[[str | None], None]], AbstractAsyncContextManager[InstanceLock]]
    """Opens the locks that tell which processes use the database. Its argument gets each topic that another process
    publishes; None: some may have been lost."""

    hold: Callable[[], AbstractContextManager[ExclusiveDatabase]]
    """Uses the database exclusively; raises where a bot runs."""

    create_backup: Callable[..., Backup]
    """Takes the path of a new SQLite file, and `progress`. Where it fails, nothing is left of the copy. A bot may run.
    """

    restore: Callable[..., Restored]
    """Replaces the database by a backup, with its open jobs on hold. Takes the backup, the folder for backups, the
    time, and `progress`. A file that is replaced is kept beside itself, PostgreSQL's rows in the folder. Where it
    fails, the database is unchanged."""


def engine(url: str) -> Engine:
    """Return the database at a URL.

    Raises:
        StorageError: The URL is not valid.
    """
    return _sqlite(sqlite_path(url)) if url.startswith(SQLITE) else _postgresql(url)


def _sqlite(path: Path) -> Engine:
    @contextlib.asynccontextmanager
    async def open_instance_lock(_on_signal: Callable[[str | None], None]) -> AsyncGenerator[InstanceLock]:
        with FileInstanceLock(path) as lock:
            yield lock

    return Engine(
        place=str(path.resolve()),
        file=path.resolve(),
        migrate=partial(sqlite_migrations.migrate, path),
        pending_migrations=partial(sqlite_migrations.pending_migrations, path),
        examine=None,
        open=partial(SqliteDatabase.open, path),
        open_instance_lock=open_instance_lock,
        hold=partial(exclusive.hold, path),
        create_backup=partial(backups.create_backup, path),
        restore=partial(restore.restore, path),
    )


def _postgresql(url: str) -> Engine:
    from data.engine import postgresql, postgresql_connection
    from data.storage import postgresql_backups, postgresql_exclusive, postgresql_migrations

    return Engine(
        place=postgresql_connection.place_of(url),
        file=None,
        migrate=partial(postgresql_migrations.migrate, url),
        pending_migrations=partial(postgresql_migrations.pending_migrations, url),
        examine=partial(postgresql_connection.examine, url),
        open=partial(postgresql.PostgresDatabase.open, url),
        open_instance_lock=partial(postgresql_connection.PostgresSession, url),
        hold=partial(postgresql_exclusive.hold, url),
        create_backup=partial(postgresql_backups.create_backup, url),
        restore=partial(postgresql_backups.restore, url),
    )


def hold_open_work(url: str, folder: Path, now: int) -> HeldForReview:
    """Put open jobs on hold in a database that shows the past.

    Blocks the calling thread. The erasures that are listed in `folder` are repeated.

    Raises:
        StorageError: A bot runs, or the database fails.
    """
    listed = erasure_copies.read_list(folder)

    def hold(tx: Transaction) -> HeldForReview:
        erasure_copies.apply(tx, listed)
        return restore_review.hold_open_work(tx)

    with engine(url).hold() as database:
        database.migrate()
        database.freeze()
        return database.write(hold, now)
