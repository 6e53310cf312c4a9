"""Which processes work on the database: each running bot holds locks on files beside it, from its start to its end.

A bot that starts must know whether a job that is SUBMITTING is in the hands of a process that lives (a deploy's
overlap) or was left by one that died. The kernel knows: it takes a lock back from a process at the moment of its death,
however it died. So each bot holds the lock shared, and one that can have it exclusively is alone. Processes that share
a database in WAL mode run on one machine, for they share its memory; the lock reaches as far.

A bot that leaves must know whether another one answers members in its place. To be alive is not enough for that:
Discord hands commands to connected gateways only. So a second lock is held shared while the gateway is connected.

They are files of their own, for closing any other handle of the database's file would drop SQLite's own locks on it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Self

from bot.errors import StorageError
from bot.threads import run_in_daemon_thread

if sys.platform != "win32":
    import fcntl


class InstanceLock:
    """This process, as the others see it. Keeps the Protocols of bot/worker/interfaces.py and bot/discord_client/client.py.

    Used as a context manager.
    """

    def __init__(self, database: Path) -> None:
        """Open the files `<database>.lock` and `<database>.ready`; nothing is locked yet.

        Raises:
            StorageError: They can't be opened.
        """
        place = database.resolve()
        self._file = _open(place.with_name(f"{place.name}.lock"))
        try:
            self._ready_file = _open(place.with_name(f"{place.name}.ready"))
        except StorageError:
            os.close(self._file)
            raise
        self._here = False
        self._ready = False
        self._in_turn = asyncio.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self._ready_file, self._file):
            os.close(each)  # which lets go of the lock, too

    @contextlib.asynccontextmanager
    async def register(self) -> AsyncGenerator[bool]:
        """Join those who work on the database; for the time of the block it is known whether there is anybody else.

        Where it says True, no other process gets to work before the end of the block. Where the system or the disk
        knows no such locks, it says False: nobody can tell. It says so, too, where this process is at work already.
        """
        alone = not self._here and _lock_exclusively(self._file) is True
        self._here = True
        try:
            yield alone
        finally:
            await run_in_daemon_thread(lambda: _set(self._file, shared=True))

    async def show(self, *, ready: bool) -> None:
        """Let the others know whether this process can answer members: its gateway is connected, and it stays."""
        self._ready = ready
        async with self._in_turn:  # of several calls, the last one counts
            await run_in_daemon_thread(lambda: _set(self._ready_file, shared=self._ready))

    def another_ready(self) -> bool:
        """Tell whether another process can answer members now. False where the system can't tell."""
        free = _lock_exclusively(self._ready_file)
        _set(self._ready_file, shared=self._ready, wait=False)
        return free is False


def _open(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as exc:
        raise StorageError(f"the file {file} cannot be opened: {exc}") from exc


def _lock_exclusively(file: int) -> bool | None:
    """Take the lock if no other process has it (True); None: there are no locks here.

    A lock that this process held before is gone where another one has it (False).
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
    """Hold the lock with the others, or not at all. Waits for a process that has it exclusively this moment."""
    if sys.platform != "win32":
        how = fcntl.LOCK_SH if shared else fcntl.LOCK_UN
        with contextlib.suppress(OSError):  # there are no locks here
            fcntl.flock(file, how if wait else how | fcntl.LOCK_NB)
