"""One SQLite file.

Transactions are BEGIN IMMEDIATE on one thread. Functions that arrive during a commit share the next one. Each has a
savepoint of its own, so a failed function undoes only its own changes. Reads run over a snapshot on a second,
read-only connection, so a long report never delays a hold.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from pathlib import Path
from typing import ClassVar, Final

from bot.core.clock import SYSTEM_CLOCK, Clock
from bot.core.errors import StorageError
from data.database import Database, OnWake, Params, Row, Savepoint, T, Transaction, expanded, ignore_wake
from data.engine.group_commit import Connection, GroupExecutor, PendingCall, fail_group, storage_error
from data.policy import Policy

_BUSY_SECONDS: Final = 5.0
"""How long to wait for the write lock of another process (the command line, a deploy's overlap)."""

KEPT_BYTES: Final = 8 * 1024 * 1024
"""A write-ahead log up to this size is kept: twice what SQLite fills between two checkpoints."""


class SqliteTransaction(Transaction):
    """An open transaction on the database's thread."""

    for_update: ClassVar[str] = ""  # one transaction writes at a time
    skip_locked: ClassVar[str] = ""

    def __init__(self, connection: sqlite3.Connection, now: int | None = None, policy: Policy | None = None) -> None:
        """Wrap a connection; without `now`, the machine's clock tells it."""
        super().__init__(now, policy)
        self._connection = connection

    def _run(self, sql: str, params: Params | None) -> sqlite3.Cursor:
        return self._connection.execute(*expanded(sql, params or {}))

    def lock(self, name: str) -> None:
        """Do nothing: one transaction writes at a time."""

    def iterate(self, sql: str, params: Params | None = None) -> Generator[Row]:
        """Run a statement and yield its rows one by one."""
        yield from self._connection.execute(*expanded(sql, params or {}))

    def insert_rows(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Insert many rows by one prepared statement."""
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        self._connection.executemany(sql, (tuple(row) for row in rows))

    @contextlib.contextmanager
    def savepoint(self) -> Generator[Savepoint]:
        """Open a savepoint.

        Its `rollback` undoes what the block has done so far, as an exception does.
        """
        self._connection.execute("SAVEPOINT undo")
        savepoint = Savepoint(functools.partial(self._connection.execute, "ROLLBACK TO undo"))
        try:
            yield savepoint
        except BaseException:  # whatever ends it: only what came before the savepoint may be committed
            if self._connection.in_transaction:
                savepoint.rollback()
            raise
        finally:
            if self._connection.in_transaction:  # a full disk or an I/O error ends the whole transaction
                self._connection.execute("RELEASE undo")


class SqliteDatabase(Database):
    """The open file; see `SqliteDatabase.open`."""

    def __init__(self, writer: Connection, reader: Connection, path: Path, clock: Clock, on_wake: OnWake) -> None:
        super().__init__(clock)
        self.path = path
        self._writer = writer
        self._reader = reader
        self._writes = GroupExecutor(writer, _commit, on_wake)
        self._reads = GroupExecutor(reader, _read, ignore_wake)

    @classmethod
    async def open(
        cls,
        path: Path,
        clock: Clock = SYSTEM_CLOCK,
        on_wake: OnWake = ignore_wake,
        *,
        busy_seconds: float = _BUSY_SECONDS,
    ) -> SqliteDatabase:
        """Open the file at `path`, which must exist and be migrated.

        See data.storage.sqlite_migrations. `busy_seconds` is how long a transaction waits for the write lock of another
        process.

        Raises:
            StorageError: The file cannot be opened.
        """
        writer = await _connect(path, busy_seconds, "rw")
        try:
            reader = await _connect(path, busy_seconds, "ro")
        except StorageError:
            await writer.close()
            raise
        return cls(writer, reader, path, clock, on_wake)

    async def _run(self, function: Callable[[Transaction], T], *, writes: bool) -> T:
        """Run a function in a transaction.

        Functions that wait for the same commit share it, each with a savepoint of its own.
        """
        with storage_errors():
            return await (self._writes if writes else self._reads).submit(self.clock.now(), self.policy, function)

    def _read_alone(self, function: Callable[[Transaction], T], now: int, policy: Policy) -> T:
        with storage_errors(), contextlib.closing(_open(self.path, _BUSY_SECONDS, "ro")) as connection:
            connection.execute("BEGIN")
            return function(SqliteTransaction(connection, now, policy))

    async def _finish(self) -> None:
        await self._writes.wait_idle()
        await self._reads.wait_idle()
        await self._reader.close()
        await self._writer.close()


@contextlib.contextmanager
def storage_errors() -> Generator[None]:
    """Raise StorageError in place of SQLite's errors."""
    try:
        yield
    except sqlite3.Error as exc:
        raise storage_error(exc) from exc


def _commit(connection: sqlite3.Connection, group: list[PendingCall]) -> None:
    """Run a group in one transaction, and record each outcome in it.

    Raises:
        sqlite3.Error: What is left of the transaction could not be rolled back.
    """
    try:
        if connection.in_transaction:  # left by a group that could not be rolled back
            connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
        for call in group:
            _run_one(connection, call, alone=len(group) == 1)
        if connection.in_transaction:
            connection.execute("COMMIT")
    except sqlite3.Error as exc:
        fail_group(group, exc)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _read(connection: sqlite3.Connection, group: list[PendingCall]) -> None:
    """Run a group over one snapshot.

    The snapshot begins after all of the group's calls were made.
    """
    connection.execute("BEGIN")
    try:
        for call in group:
            call.run(SqliteTransaction(connection, call.now, call.policy))
    finally:
        connection.execute("ROLLBACK")


def _run_one(connection: sqlite3.Connection, call: PendingCall, *, alone: bool) -> None:
    """Run one function under a savepoint. One that is alone needs none."""
    if not alone:
        connection.execute("SAVEPOINT work")
    call.run(SqliteTransaction(connection, call.now, call.policy))
    if not connection.in_transaction:  # SQLite rolled back the whole transaction (disk full, I/O error)
        reason = f": {call.error}" if call.error else " for an unknown reason"
        raise sqlite3.OperationalError(f"the transaction was rolled back{reason}") from call.error
    if call.error is not None:
        connection.execute("ROLLBACK" if alone else "ROLLBACK TO work")
    if not alone:
        connection.execute("RELEASE work")
    if isinstance(call.error, sqlite3.Error):
        call.error = storage_error(call.error)


def open_file(path: Path, *, mode: str = "rw", busy_seconds: float = _BUSY_SECONDS) -> sqlite3.Connection:
    """Open an existing file in autocommit mode.

    `busy_seconds` is how long to wait for another process's lock. A file on which a restore was killed is opened to be
    written all the same: only then can SQLite undo what that one wrote.
    """
    if mode == "ro" and _side_file(path, "-journal").exists():
        mode = "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA secure_delete = ON")  # what is erased must not stay in a freed part of a page
    return connection


@contextlib.contextmanager
def reading(path: Path) -> Generator[SqliteTransaction]:
    """Open an existing file, which may be in use, to read one snapshot of it."""
    with contextlib.closing(open_file(path, mode="ro")) as connection:
        connection.execute("BEGIN")
        yield SqliteTransaction(connection)


def _open(path: Path, busy_seconds: float, mode: str) -> sqlite3.Connection:
    connection = open_file(path, mode=mode, busy_seconds=busy_seconds)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        if mode == "rw":
            connection.execute(f"PRAGMA journal_size_limit = {KEPT_BYTES}")
            connection.execute("PRAGMA temp_store = MEMORY")  # else each savepoint writes its undo pages to a file
    except sqlite3.Error:
        connection.close()
        raise
    return connection


async def _connect(path: Path, busy_seconds: float, mode: str) -> Connection:
    opened = Connection(functools.partial(_open, path, busy_seconds, mode), iter_chunk_size=64)
    try:
        await opened
    except sqlite3.Error as exc:
        if opened.stopping is not None:
            await opened.stopping  # a thread that outlives the event loop prints an error
        raise StorageError(f"Can't open the database {path}: {exc}") from exc
    return opened


def truncate_log(path: Path, *, kept_bytes: int = KEPT_BYTES) -> bool:
    """Copy a grown write-ahead log into the database and truncate it.

    SQLite copies the log into the database at a checkpoint, but not what a reader still needs, so a long backup or
    report makes the log grow, and SQLite only reuses it. One of up to `kept_bytes` has not grown. Return False where
    truncating it is not possible now. Blocks the calling thread, but waits for no lock. Writers wait only while the
    pages added during the copy are checkpointed.

    Raises:
        StorageError: SQLite failed.
    """
    try:
        if _log_size(path) <= kept_bytes:
            return False
        with contextlib.closing(open_file(path, busy_seconds=0)) as connection:
            # needs no exclusive lock
            _, pages, copied = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if copied < pages:
                return False
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"Can't truncate the log of the database {path}: {exc}") from exc


def _log_size(path: Path) -> int:
    try:
        return _side_file(path, "-wal").stat().st_size
    except FileNotFoundError:
        return 0


def _side_file(path: Path, suffix: str) -> Path:
    place = path.resolve()  # SQLite keeps it where a link leads to
    return place.with_name(f"{place.name}{suffix}")
