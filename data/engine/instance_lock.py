"""Locks that show which bot processes use the database.

A starting bot must know whether a submitting job belongs to a running process (a deploy's overlap) or to a dead one.
Each bot holds the lock shared, and one that can get it exclusively is the only one. The kernel releases a process's
lock at its death. Processes that share a database in WAL mode run on one machine, so the lock covers all of them.

A bot that shuts down must know whether another one can answer members. Discord sends commands to connected gateways
only, so a second lock is held while the gateway is connected.

The locks are in separate files, because closing another handle of the database's file would drop SQLite's own locks.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Self

from bot.core.errors import StorageError, one_line
from bot.core.threads import run_in_daemon_thread
from bot.domain.process import Shard

if sys.platform != "win32":
    import fcntl


class InstanceLock(ABC):
    """What the locks of a process do, on either engine."""

    @abstractmethod
    def register(self) -> AbstractAsyncContextManager[bool]:
        """Register this process; yields whether it is the only one.

        No other process can register before the end of the block.
        """

    @abstractmethod
    async def publish_ready(self, ready: frozenset[Shard]) -> None:
        """Publish the shards whose members this process can answer."""

    @abstractmethod
    async def another_ready(self, shard: Shard, /) -> bool:
        """Return whether another process can answer a shard's members; False where unknown."""

    @abstractmethod
    async def is_leader(self) -> bool:
        """Return whether this process does what one process does for all."""

    @abstractmethod
    async def publish(self, topics: Sequence[str]) -> None:
        """Signal topics to the other processes.

        Raises:
            StorageError: The database can't be reached.
        """


class FileInstanceLock(InstanceLock):
    """The locks of this process in two files, as a context manager."""

    def __init__(self, database: Path) -> None:
        """Open the files `<database>.lock` and `<database>.ready` without locking them.

        Raises:
            StorageError: they can't be opened.
        """
        place = database.resolve()
        self._file = _open(place.with_name(f"{place.name}.lock"))
        try:
            self._ready_file = _open(place.with_name(f"{place.name}.ready"))
        except StorageError:
            os.close(self._file)
            raise
        self._registered = False
        self._ready = False
        self._ready_lock = asyncio.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self._ready_file, self._file):
            os.close(each)  # this also releases the lock

    @contextlib.asynccontextmanager
    async def register(self) -> AsyncGenerator[bool]:
        """Register this process; yields whether it is the only one.

        While it is, no other process can register before the end of the block. False also where locks are not
        supported, or where this process is registered already.
        """
        is_only_one = not self._registered and _lock_exclusively(self._file) is True
        self._registered = True
        try:
            yield is_only_one
        finally:
            await run_in_daemon_thread(lambda: _set(self._file, shared=True))

    def exclude_others(self) -> bool:
        """Hold the lock exclusively until the exit.

        False while a process is registered. A process that starts meanwhile waits. True also where locks are not
        supported.
        """
        return _lock_exclusively(self._file) is not False

    async def publish_ready(self, ready: frozenset[Shard]) -> None:
        """Publish whether this process can answer members: one process runs all shards."""
        self._ready = bool(ready)
        async with self._ready_lock:  # of concurrent calls, the last one decides
            await run_in_daemon_thread(lambda: _set(self._ready_file, shared=self._ready))

    async def another_ready(self, _shard: Shard) -> bool:
        """Return whether another process can answer members; False where unknown."""
        free = _lock_exclusively(self._ready_file)
        _set(self._ready_file, shared=self._ready, wait=False)
        return free is False

    async def is_leader(self) -> bool:
        """Return True: besides a deploy's overlap, one process uses a file."""
        return True

    async def publish(self, topics: Sequence[str]) -> None:
        """Do nothing: besides a deploy's overlap, there is no other process."""


def _open(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as exc:
        raise StorageError(f"Can't open the file {file}: {one_line(exc)}. Check DATABASE_URL.") from exc


def _lock_exclusively(file: int) -> bool | None:
    """Try to get the exclusive lock; None where locks are not supported.

    If another process holds it (False), a lock that this process held is lost.
    """
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _set(file: int, *, shared: bool, wait: bool = True) -> None:
    """Hold the lock shared or not at all, after any exclusive holder."""
    if sys.platform != "win32":
        how = fcntl.LOCK_SH if shared else fcntl.LOCK_UN
        with contextlib.suppress(OSError):  # locks are not supported
            fcntl.flock(file, how if wait else how | fcntl.LOCK_NB)
