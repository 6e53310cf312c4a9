"""One SQLite file, and transactions that are plain functions.

`await database.write(function, ...)` runs `function(transaction, ...)` on the database's own thread: BEGIN IMMEDIATE,
the function, COMMIT; ROLLBACK after an exception. Functions that arrive during a commit share the next one, each under
a savepoint of its own, so a failed one undoes only itself. Each caller continues after the commit that has its work. A
cancelled caller leaves no transaction open: its work is committed or rolled back all the same.

`await database.read(function, ...)` runs over a snapshot on a second, read-only connection, so a long report never
delays a hold.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import sqlite3
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

import aiosqlite

from bot.errors import ConstraintViolation, StorageError
from bot.threads import run_in_daemon_thread
from data.log_file import KEPT_BYTES

T = TypeVar("T")
P = ParamSpec("P")

Params = Mapping[str, int | str | None]
Row = sqlite3.Row

_MAX_GROUP_SIZE: Final = 500
"""Works in one commit: bounds how long the first of them waits."""

_ANSWERED_AT_ONCE: Final = 16

_BUSY_SECONDS: Final = 5.0
"""How long another process (the command line, a deploy's overlap) may keep the write lock before we give up."""

_PERMANENT_ERRORS: Final = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, sqlite3.InterfaceError)
"""What the write itself is to blame for; the rest (a full disk, a lock, I/O) is the surroundings'."""


class Transaction:
    """An open transaction. Its methods run at once, on the database's thread."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, sql: str, params: Params | None = None) -> int:
        """Run a statement and return how many rows it changed."""
        return self._connection.execute(sql, params or {}).rowcount

    def fetch_one(self, sql: str, params: Params | None = None) -> Row | None:
        """Run a statement and return its first row, or None."""
        row: Row | None = self._connection.execute(sql, params or {}).fetchone()
        return row

    def fetch_all(self, sql: str, params: Params | None = None) -> list[Row]:
        """Run a statement and return all its rows."""
        return self._connection.execute(sql, params or {}).fetchall()

    def iterate(self, sql: str, params: Params | None = None) -> Iterator[Row]:
        """Run a statement and hand over its rows one by one, for more of them than are wanted in memory."""
        yield from self._connection.execute(sql, params or {})

    @contextlib.contextmanager
    def savepoint(self) -> Generator[Savepoint]:
        """Open a savepoint: its `rollback` undoes what the block has done so far, as an exception does."""
        self._connection.execute("SAVEPOINT undo")
        savepoint = Savepoint(self._connection)
        try:
            yield savepoint
        except BaseException:
            savepoint.rollback()
            raise
        finally:
            self._connection.execute("RELEASE undo")


class Savepoint:
    """A point inside a transaction to which it can return. Savepoints nest."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rollback(self) -> None:
        """Undo what was done since the innermost open savepoint."""
        self._connection.execute("ROLLBACK TO undo")


@dataclass(frozen=True, slots=True)
class Statement:
    """A work of one statement that returns how many rows it changed.

    SQLite does a statement wholly or not at all: among others in a commit, it needs no savepoint.
    """

    sql: str
    params: Params

    def __call__(self, tx: Transaction) -> int:
        """Run it."""
        return tx.execute(self.sql, self.params)


@dataclass(slots=True)
class _PendingWork:
    """A work that waits for its commit, and how it came out."""

    work: Callable[[Transaction], Any]
    answer: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        """Answer the caller, unless it has gone."""
        if self.answer.done():
            return
        if self.error is None:
            self.answer.set_result(self.result)
        else:
            self.answer.set_exception(self.error)


class _Connection(aiosqlite.Connection):
    """aiosqlite's thread, with one door more: run a plain function on it, without a task to wait for it."""

    stopping: asyncio.Future[object] | None = None
    """Answered once the thread has ended; None before it was asked to."""

    def stop(self) -> asyncio.Future[object] | None:
        """Stop the thread, and remember when it has ended: aiosqlite forgets that of a connection that failed."""
        self.stopping = super().stop()  # pyright: ignore[reportUnknownMemberType] (aiosqlite leaves it untyped)
        return self.stopping

    def submit(self, function: Callable[[sqlite3.Connection], None]) -> None:
        """Run `function` on the connection's thread. Nobody hears how it ends: it must not raise, and tell by itself.

        Raises:
            ValueError: The connection is closed.
        """
        connection = self._conn
        queue = cast("SimpleQueue[tuple[None, Callable[[], None]]]", self._tx)  # pyright: ignore[reportUnknownMemberType] (aiosqlite leaves it untyped)
        queue.put_nowait((None, lambda: function(connection)))


class _GroupExecutor:
    """Does what waits together, in one turn of a connection's thread; what comes meanwhile waits for the next turn.

    `do` writes the outcome of every work into its group. What it raises nobody foresaw: the whole group has it.
    """

    def __init__(self, connection: _Connection, do: Callable[[sqlite3.Connection, list[_PendingWork]], None]) -> None:
        self._connection = connection
        self._do = do
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[_PendingWork] = deque()
        self._resting = asyncio.Event()
        self._resting.set()

    def add(self, work: Callable[[Transaction], T]) -> asyncio.Future[T]:
        """Have a work done; the future is answered after its turn.

        Raises:
            ValueError: The connection is closed.
        """
        answer: asyncio.Future[T] = self._loop.create_future()
        self._waiting.append(_PendingWork(work, answer))
        if self._resting.is_set():
            self._take_turn()
        return answer

    async def done(self) -> None:
        """Return once nothing waits any more."""
        await self._resting.wait()

    def _take_turn(self) -> None:
        self._connection.submit(self._do_waiting)
        self._resting.clear()

    def _do_waiting(self, connection: sqlite3.Connection) -> None:
        """Take what waits and do it; runs on the connection's thread, and hands the group to the loop in one step."""
        group = [self._waiting.popleft() for _ in range(min(_MAX_GROUP_SIZE, len(self._waiting)))]
        try:
            self._do(connection, group)
        except BaseException as exc:  # noqa: BLE001 (whatever it is, nobody may wait for ever)
            _fail(group, exc)
        self._loop.call_soon_threadsafe(self._ended, group)

    def _ended(self, group: list[_PendingWork]) -> None:
        """See to those that came meanwhile, and answer the callers of a group."""
        try:
            if self._waiting:
                self._take_turn()
            else:
                self._resting.set()
        finally:
            self._settle(group)

    def _settle(self, group: list[_PendingWork]) -> None:
        """Answer some callers, and the others when these have gone on: all at once would hold up the event loop."""
        for waiting in group[:_ANSWERED_AT_ONCE]:
            waiting.settle()
        rest = group[_ANSWERED_AT_ONCE:]
        if rest:
            self._loop.call_soon(self._settle, rest)


class Database:
    """The open database. Made by `Database.open`, closed once by `close`."""

    def __init__(self, writer: _Connection, reader: _Connection, path: Path) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._writes = _GroupExecutor(writer, _commit)
        self._reads = _GroupExecutor(reader, _run_reads)
        self._closed = False

    @classmethod
    async def open(cls, path: Path, *, busy_seconds: float = _BUSY_SECONDS) -> Database:
        """Open the file at `path`, which must exist and be migrated (see data.migrations_runner).

        `busy_seconds` is how long another process may keep the write lock before a work is given up.

        Raises:
            StorageError: The file cannot be opened.
        """
        writer = await _connect(path, busy_seconds, read_only=False)
        try:
            reader = await _connect(path, busy_seconds, read_only=True)
        except StorageError:
            await writer.close()
            raise
        return cls(writer, reader, path)

    async def write(self, function: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `function(transaction, ...)` in a transaction; return its result after the commit.

        Functions that wait for the same commit share it, each with a savepoint of its own.

        Raises:
            StorageError: The database fails (disk full, locked for too long, closed). Nothing is kept.
            BaseException: What `function` raises. Nothing of it is kept.
        """
        if self._closed:
            raise StorageError("the database is closed")
        return await self._writes.add(_bind(function, args, kwargs))

    async def read(self, function: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `function(transaction, ...)` over a consistent snapshot; it cannot write.

        Raises:
            StorageError: The database fails, or is closed.
        """
        if self._closed:
            raise StorageError("the database is closed")
        try:
            return await self._reads.add(_bind(function, args, kwargs))
        except sqlite3.Error as exc:
            raise StorageError(f"the database could not be used: {exc}") from exc

    async def read_long(
        self, function: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a slow `function(transaction, ...)` over a snapshot, with a connection and thread of its own.

        Raises:
            StorageError: The database fails.
        """

        def run() -> T:
            with contextlib.closing(_open(self.path, _BUSY_SECONDS, read_only=True)) as connection:
                connection.execute("BEGIN")
                return function(Transaction(connection), *args, **kwargs)

        try:
            return await run_in_daemon_thread(run)
        except sqlite3.Error as exc:
            raise StorageError(f"the database could not be used: {exc}") from exc

    async def close(self) -> None:
        """Finish what waits, then close. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        await self._writes.done()
        await self._reads.done()
        await self._reader.close()
        await self._writer.close()


def _bind(
    function: Callable[..., T], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> Callable[[Transaction], T]:
    return functools.partial(_call, function, args, kwargs) if args or kwargs else function


def _call(
    function: Callable[..., T], args: tuple[object, ...], kwargs: Mapping[str, object], transaction: Transaction
) -> T:
    return function(transaction, *args, **kwargs)


def _commit(connection: sqlite3.Connection, group: list[_PendingWork]) -> None:
    """Run a group of works in one transaction. Every outcome is written into the group.

    Raises:
        sqlite3.Error: What is left of the transaction could not be rolled back.
    """
    tx = Transaction(connection)
    try:
        if connection.in_transaction:  # left by a group that could not be rolled back
            connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
        for waiting in group:
            _run_one(connection, tx, waiting, alone=len(group) == 1)
        if connection.in_transaction:
            connection.execute("COMMIT")
    except sqlite3.Error as exc:
        _fail(group, exc)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _run_reads(connection: sqlite3.Connection, group: list[_PendingWork]) -> None:
    """Run a group of looks over one snapshot, which begins after all of them were asked for."""
    tx = Transaction(connection)
    connection.execute("BEGIN")
    try:
        for waiting in group:
            _attempt(waiting, tx)
    finally:
        connection.execute("ROLLBACK")


def _attempt(waiting: _PendingWork, tx: Transaction) -> None:
    """Run one work, and write down how it came out."""
    try:
        waiting.result = waiting.work(tx)
    except StopIteration as exc:
        waiting.error = RuntimeError("the work raised StopIteration, which no future can carry")
        waiting.error.__cause__ = exc
    except BaseException as exc:  # noqa: BLE001 (whatever it is, the caller gets it)
        waiting.error = exc


def _run_one(connection: sqlite3.Connection, tx: Transaction, waiting: _PendingWork, *, alone: bool) -> None:
    """Run one work under its own savepoint (none is needed for one that is alone, or a statement)."""
    saved = not alone and not isinstance(waiting.work, Statement)
    if saved:
        connection.execute("SAVEPOINT work")
    _attempt(waiting, tx)
    if not connection.in_transaction:  # SQLite gave up the whole transaction (disk full, I/O error)
        reason = waiting.error or "the work hid why"
        raise sqlite3.OperationalError(f"the transaction was rolled back: {reason}") from waiting.error
    if waiting.error is not None and (alone or saved):
        connection.execute("ROLLBACK" if alone else "ROLLBACK TO work")
    if saved:
        connection.execute("RELEASE work")
    if isinstance(waiting.error, sqlite3.Error):
        waiting.error = _storage_error(waiting.error)


def _fail(group: list[_PendingWork], cause: BaseException) -> None:
    """Nothing of this group was kept: say so to each caller that has no error of its own."""
    for waiting in group:
        if waiting.error is None or isinstance(waiting.error, sqlite3.Error):
            waiting.error = _storage_error(cause)


def _storage_error(cause: BaseException) -> StorageError:
    kind = ConstraintViolation if isinstance(cause, _PERMANENT_ERRORS) else StorageError
    error = kind(f"the database could not be used: {cause}")
    error.__cause__ = cause
    return error


def _open(path: Path, busy_seconds: float, *, read_only: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=busy_seconds, isolation_level=None
    )
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        if not read_only:
            connection.execute(f"PRAGMA journal_size_limit = {KEPT_BYTES}")
            connection.execute("PRAGMA temp_store = MEMORY")  # or each savepoint's undo goes to a file, page by page
    except sqlite3.Error:
        connection.close()
        raise
    return connection


async def _connect(path: Path, busy_seconds: float, *, read_only: bool) -> _Connection:
    opened = _Connection(functools.partial(_open, path, busy_seconds, read_only=read_only), iter_chunk_size=64)
    try:
        await opened
    except sqlite3.Error as exc:
        if opened.stopping is not None:
            await opened.stopping  # its thread would meet a closed loop, and print so, if the program ended now
        raise StorageError(f"the database {path} cannot be opened: {exc}") from exc
    return opened
