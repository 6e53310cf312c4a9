"""Locks that tell which processes use a PostgreSQL database; see data/instance_lock.py.

They are advisory locks of one connection, which the server frees when the process dies. They don't work through
PgBouncer in transaction mode.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Final, Self

import psycopg
import structlog

from bot.errors import StorageError
from bot.threads import run_in_daemon_thread
from data.instance_lock import InstanceLock
from data.postgresql import connect, storage_error

_log = structlog.stdlib.get_logger(__name__)

_NAMESPACE: Final = 0x4D61_7469
"""The first key of each lock. Locks of transactions have one key, so they never collide with these."""

_PRESENT: Final = 1
_READY: Final = 2

_HELD_BY_ANOTHER: Final = """
SELECT COUNT(*) FROM pg_locks
WHERE locktype = 'advisory' AND granted AND classid = %s::int AND objid = %s::int AND objsubid = 2
    AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class PostgresInstanceLock(InstanceLock):
    """The locks of this process, as a context manager."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection = connect(url)
        self._shared: set[int] = set()
        self._ready = False
        self._ready_lock = asyncio.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()  # this also releases the locks

    @contextlib.asynccontextmanager
    async def register(self) -> AsyncGenerator[bool]:
        """Register this process; yields whether it is the only one.

        While it is, no other process can register before the end of the block.
        """
        is_first = _PRESENT not in self._shared
        is_only_one = is_first and await run_in_daemon_thread(lambda: bool(self._run("try_advisory_lock", _PRESENT)))
        try:
            yield is_only_one
        finally:
            if is_first:
                await run_in_daemon_thread(lambda: self._share(_PRESENT))
            if is_only_one:
                await run_in_daemon_thread(lambda: self._run("advisory_unlock", _PRESENT))

    async def show(self, *, ready: bool) -> None:
        """Publish whether this process can answer members."""
        self._ready = ready
        async with self._ready_lock:  # of concurrent calls, the last one decides
            try:
                await run_in_daemon_thread(self._show)
            except StorageError as exc:
                _log.warning("readiness_not_published", error=str(exc))

    def another_ready(self) -> bool:
        """Return whether another process can answer members; False where unknown."""
        with contextlib.suppress(psycopg.Error):
            row = self._connection.execute(_HELD_BY_ANOTHER, (_NAMESPACE, _READY)).fetchone()
            return row is not None and row[0] > 0
        return False

    def _show(self) -> None:
        if self._ready:
            self._share(_READY)
        elif _READY in self._shared:
            self._shared.discard(_READY)
            self._run("advisory_unlock_shared", _READY)

    def _share(self, lock: int) -> None:
        if lock not in self._shared:
            self._run("advisory_lock_shared", lock)
            self._shared.add(lock)

    def _run(self, function: str, lock: int) -> object:
        """Call a locking function.

        A lost connection is replaced, with the locks that it held.

        Raises:
            StorageError: The server can't be reached.
        """
        if self._connection.closed:
            self._connection = connect(self._url)
            for held in sorted(self._shared):
                self._run("advisory_lock_shared", held)
        try:
            self._connection.execute("SET lock_timeout = 0")  # a process that starts holds the lock until it is done
            row = self._connection.execute(
                f"SELECT pg_{function}(%s::int, %s::int)".encode(), (_NAMESPACE, lock)
            ).fetchone()
        except psycopg.Error as exc:
            raise storage_error(exc) from None
        return row[0] if row else None
