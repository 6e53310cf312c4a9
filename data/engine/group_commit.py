"""Runs the functions that wait for a connection together, as one call on the connection's thread."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Final, cast

import aiosqlite

from bot.core.errors import ConstraintViolation, StorageError
from data.database import OnWake, T, Topic, Transaction
from data.policy import Policy

_MAX_GROUP_SIZE: Final = 100
"""Functions in one group. Bounds how long the first of them waits for the commit, and how long the event loop is busy
with their callers, who continue in one step: those of 500 commands took 100 ms."""

_PERMANENT_ERRORS: Final = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, sqlite3.InterfaceError)
"""Errors that a retry repeats. All others (a full disk, a lock, I/O) may be transient."""


class Connection(aiosqlite.Connection):
    """aiosqlite's connection and thread, which runs functions without a waiting task."""

    stopping: asyncio.Future[object] | None = None
    """Completed once the thread has ended; None before it was asked to end."""

    def stop(self) -> asyncio.Future[object] | None:
        """Stop the thread.

        aiosqlite drops this future when a connection fails to open, so it is kept here.
        """
        self.stopping = super().stop()  # pyright: ignore[reportUnknownMemberType] (aiosqlite leaves it untyped)
        return self.stopping

    def submit(self, function: Callable[[sqlite3.Connection], None]) -> None:
        """Run `function` on the connection's thread.

        It must not raise, and must report its result itself.

        Raises:
            ValueError: The connection is closed.
        """
        connection = self._conn
        queue = cast("SimpleQueue[tuple[None, Callable[[], None]]]", self._tx)  # pyright: ignore[reportUnknownMemberType] (aiosqlite leaves it untyped)
        queue.put_nowait((None, lambda: function(connection)))


@dataclass(slots=True)
class PendingCall:
    """A function that waits for its transaction, and its outcome.

    `now` is when it was called: UTC epoch milliseconds.
    """

    now: int
    policy: Policy
    function: Callable[..., Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = field(default=None)
    woken: Collection[Topic] = ()

    def run(self, transaction: Transaction) -> None:
        """Call the function and keep its outcome."""
        self.woken = transaction.woken
        try:
            self.result = self.function(transaction)
        except StopIteration as exc:
            self.error = RuntimeError("the function raised StopIteration, which no future can carry")
            self.error.__cause__ = exc
        except BaseException as exc:  # noqa: BLE001 (the caller gets it, whatever it is)
            self.error = exc


class GroupExecutor:
    """Collector of calls that runs them as the next group.

    `run_group` writes the outcome of every call into the group. What it raises becomes the error of each call.
    """

    def __init__(
        self,
        connection: Connection,
        run_group: Callable[[sqlite3.Connection, list[PendingCall]], None],
        on_wake: OnWake,
    ) -> None:
        self._connection = connection
        self._run_group = run_group
        self._on_wake = on_wake
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[PendingCall] = deque()
        self._idle = asyncio.Event()
        self._idle.set()

    def submit(self, now: int, policy: Policy, function: Callable[..., T]) -> asyncio.Future[T]:
        """Run a function in the next group; the future completes after it.

        Raises:
            ValueError: The connection is closed.
        """
        future: asyncio.Future[T] = self._loop.create_future()
        self._waiting.append(PendingCall(now, policy, function, future))
        if self._idle.is_set():
            self._connection.submit(self._run_waiting)
            self._idle.clear()
        return future

    async def wait_idle(self) -> None:
        """Return once no call waits."""
        await self._idle.wait()

    def _run_waiting(self, connection: sqlite3.Connection) -> None:
        """Run a group on the connection's thread.

        Its outcomes reach the event loop in one step.
        """
        group = [self._waiting.popleft() for _ in range(min(_MAX_GROUP_SIZE, len(self._waiting)))]
        try:
            self._run_group(connection, group)
        except BaseException as exc:  # noqa: BLE001 (every future must complete)
            fail_group(group, exc)
        self._loop.call_soon_threadsafe(self._finish, group)

    def _finish(self, group: list[PendingCall]) -> None:
        """Start the next group before the callers continue.

        Both then run at the same time.
        """
        try:
            if self._waiting:
                self._connection.submit(self._run_waiting)
            else:
                self._idle.set()
        finally:
            woken: set[Topic] = {topic for call in group if call.error is None for topic in call.woken}
            for call in group:
                if call.future.done():  # its caller was cancelled
                    continue
                if call.error is None:
                    call.future.set_result(call.result)
                else:
                    call.future.set_exception(call.error)
            if woken:
                self._on_wake(woken)


def fail_group(group: list[PendingCall], cause: BaseException) -> None:
    """Fail each call that has no error of its own.

    Its error is the one that rolled back the group.
    """
    for call in group:
        if call.error is None or isinstance(call.error, sqlite3.Error):
            call.error = storage_error(cause)


def storage_error(cause: BaseException) -> StorageError:
    """Return the StorageError for an error of SQLite's."""
    kind = ConstraintViolation if isinstance(cause, _PERMANENT_ERRORS) else StorageError
    error = kind(f"Can't use the database: {cause}")
    error.__cause__ = cause
    return error
