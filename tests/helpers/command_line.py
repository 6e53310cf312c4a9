"""Runs the command line over a database of Alice's movies."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import pty
import signal
import sys
import termios
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.catalogue import AspectRatio
from bot.domain.credits import Limits
from bot.domain.job import Job, JobState
from bot.domain.request import MovieRequest
from data import orders, renders, submissions
from data.database import Database
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.clock import START
from tests.helpers.forked_process import fork
from tests.helpers.ledger_checks import assert_ledger_consistent
from tests.helpers.reserving import reserve

HOUSE = Path(__file__).parent.parent.parent
GUILD, ALICE = 11, 22
LIMITS = Limits(member=600, plan=5000)

EVERY_COMMAND = (
    ("audit",),
    ("report",),
    ("report", "2026-11", "--server", "11"),
    ("credits", "show", "11", "22"),
    ("credits", "grant", "11", "22", "5"),
    ("jobs", "list"),
    ("jobs", "list", "--state", "unknown", "--limit", "1"),
    ("jobs", "show", "0000000000002"),
    ("jobs", "resolve", "0000000000002", "--failed"),
    ("servers", "limit", "11", "500"),
    ("servers", "block", "11"),
    ("servers", "unblock", "11"),
    ("members", "block", "22"),
    ("members", "unblock", "22"),
    ("privacy", "erase", "22", "--yes"),
    ("pause",),
    ("resume",),
)
"""Commands that need only the database, with arguments for Alice's movies."""


@dataclass(frozen=True)
class Ended:
    """A process's exit status and output."""

    status: int
    out: str
    err: str

    @property
    def parsed(self) -> Any:
        """Return the printed JSON."""
        assert self.err == ""
        return json.loads(self.out)

    def refused(self, status: int = 1) -> str:
        """Return the one readable message of a process that did nothing."""
        assert (self.status, self.out) == (status, ""), self
        return self.err


def a_job(number: int) -> Job:
    """Return a movie of Alice's that costs 100."""
    request = MovieRequest("a red balloon", 10, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
    return Job(f"{number:013}", number, GUILD, 33, ALICE, request, 100, JobState.RESERVED, START, member_name="alice")


async def make_movies(database: Database) -> None:
    """Make a completed, an unknown and a rendering job of Alice's."""
    for number in (1, 2, 3):
        await reserve(database, a_job(number), (), LIMITS)
        await database.write(orders.enqueue, f"{number:013}", 77, START)
    await database.write(submissions.claim, START, 10, 10, 10)
    await database.write(submissions.mark_rendering, f"{1:013}", "request-1", START, START)
    await database.write(renders.complete, f"{1:013}", "https://movies.test/1.mp4", START)
    await database.write(submissions.mark_unknown, f"{2:013}", START)
    await database.write(submissions.mark_rendering, f"{3:013}", "request-3", START, START)


@contextlib.asynccontextmanager
async def open_movies(path: Path) -> AsyncIterator[Database]:
    """Open a database with Alice's movies; check its ledger at the end."""
    migrated_file.create(path)
    database = await SqliteDatabase.open(path)
    try:
        await make_movies(database)
        yield database
    finally:
        await database.close()
    assert_ledger_consistent(path)


async def run(tmp_path: Path, *arguments: str | bytes, **settings: str) -> Ended:
    """Run `python -m bot` with the database.

    Its environment has nothing else but what is given.
    """
    env = {"PYTHONPATH": str(HOUSE), "DATABASE_URL": f"sqlite:///{tmp_path / 'movies.db'}", **settings}
    process = await fork("bot", arguments, cwd=tmp_path, env=env)
    out, err = await process.communicate()
    assert process.returncode is not None
    assert b"Traceback" not in err, err.decode()
    return Ended(process.returncode, out.decode(), err.decode())


async def run_on_terminal(
    tmp_path: Path, *arguments: str, out: bool = True, err: bool = True, typed: str | None = None
) -> tuple[int, str]:
    """Run `python -m bot` on a terminal, and return its output.

    `typed` is what is typed at a question. Without `out` or `err`, that one is a file instead.
    """
    mine, theirs = pty.openpty()
    with (tmp_path / "elsewhere").open("ab") as elsewhere:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=tmp_path,
            env={
                "PYTHONPATH": str(HOUSE),
                "DATABASE_URL": f"sqlite:///{tmp_path / 'movies.db'}",
                "TERM": "xterm",
                "COLUMNS": "100",
            },
            stdin=None if typed is None else theirs,
            stdout=theirs if out else elsewhere,
            stderr=theirs if err else elsewhere,
            start_new_session=typed is not None,
            preexec_fn=None if typed is None else _take_terminal,
        )
    os.close(theirs)
    received = await asyncio.to_thread(_read_to_end, mine, (typed or "").encode())
    return await process.wait(), received.decode()


def _take_terminal() -> None:
    """Let Ctrl-C on the terminal interrupt this process.

    The tests may have been started where it is ignored.
    """
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _read_to_end(terminal: int, typed: bytes) -> bytes:
    """Read until the last process has closed the terminal.

    Answer its question.
    """
    received = bytearray()
    with contextlib.suppress(OSError):  # Linux's way to say so
        while chunk := os.read(terminal, 4096):
            received += chunk
            if typed and received.endswith(b"[y/N] "):
                os.write(terminal, typed)
                typed = b""
    os.close(terminal)
    return bytes(received)
