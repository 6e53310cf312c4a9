"""Which processes work on the database: each running bot holds a lock on a file beside it, from its start to its end.

A bot that starts must know whether a job that is SUBMITTING is in the hands of a process that lives (a deploy's
overlap) or was left by one that died. The kernel knows: it takes a lock back from a process at the moment of its death,
however it died. So each bot holds the lock shared, and one that can have it exclusively is alone. Processes that share
a database in WAL mode run on one machine, for they share its memory; the lock reaches as far.

It is a file of its own, for closing any other handle of the database's file would drop SQLite's own locks on it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Self

from bot.errors import StorageError
from data.threads import aside

if sys.platform != "win32":
    import fcntl


class Presence:
    """This process, as the others see it. Keeps the Protocol of bot/engine/ports.py. Used as a context manager."""

    def __init__(self, database: Path) -> None:
        """Open the file `<database>.lock`; nothing is locked yet.

        Raises:
            StorageError: It can't be opened.
        """
        place = database.resolve()
        file = place.with_name(f"{place.name}.lock")
        try:
            self._file = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as exc:
            raise StorageError(f"the file {file} cannot be opened: {exc}") from exc
        self._here = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)  # which lets go of the lock, too

    @contextlib.asynccontextmanager
    async def alone(self) -> AsyncGenerator[bool]:
        """Join those who work on the database; for the time of the block it is known whether there is anybody else.

        Where it says True, no other process gets to work before the end of the block. Where the system or the disk
        knows no such locks, it says False: nobody can tell. It says so, too, where this process is at work already.
        """
        alone = not self._here and self._have_to_itself()
        self._here = True
        try:
            yield alone
        finally:
            await aside(self._share)

    def _have_to_itself(self) -> bool:
        if sys.platform == "win32":
            return False
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # another has it, or there are no locks here
            return False
        return True

    def _share(self) -> None:
        """Hold the lock with the others; waits for one that is alone this moment."""
        if sys.platform != "win32":
            with contextlib.suppress(OSError):  # there are no locks here
                fcntl.flock(self._file, fcntl.LOCK_SH)
