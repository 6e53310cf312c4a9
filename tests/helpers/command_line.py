"""Runs the command line over a database of Alice's movies."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import gc
import io
import json
import os
import pty
import signal
import sys
import termios
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO
from unittest import mock

from bot.__main__ import main
from bot.domain.credits import Limits
from bot.domain.jobs import Job
from data import orders, renders, submissions
from data.database import Database
from data.engine.sqlite import SqliteDatabase
from tests.helpers import migrated_file, store_harness
from tests.helpers.clock import START, clock_of
from tests.helpers.fake_discord.redirect import pointed_at
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import assert_ledger_consistent
from tests.helpers.reserving import reserve

HOUSE = Path(__file__).parent.parent.parent
NOBODY = "http://127.0.0.1:1"

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
    ("processes",),
)
"""Commands that need only the database, with arguments for Alice's movies."""


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str

    @property
    def parsed(self) -> Any:
        assert self.err == ""
        return json.loads(self.out)

    def refused(self, status: int = 1) -> str:
        assert (self.status, self.out) == (status, ""), self
        return self.err


def a_job(number: int) -> Job:
    return replace(store_harness.a_job(number, ALICE, at=START, guild=GUILD), member_name="alice")


async def make_movies(database: Database) -> None:
    """Make Alice's movies in the month that tests name, whichever it is today."""
    clock_of(database)
    for number in (1, 2, 3):
        await reserve(database, a_job(number), (), LIMITS)
        await database.write(orders.enqueue, f"{number:013}", 77)
    await database.write(submissions.claim, 10, 10, 10)
    await database.write(submissions.mark_rendering, f"{1:013}", "request-1", START)
    await database.write(renders.complete, f"{1:013}", "https://movies.test/1.mp4")
    await database.write(submissions.mark_unknown, f"{2:013}")
    await database.write(submissions.mark_rendering, f"{3:013}", "request-3", START)


@contextlib.asynccontextmanager
async def open_movies(path: Path) -> AsyncIterator[Database]:
    migrated_file.create(path)
    async with await SqliteDatabase.open(path) as database:
        await make_movies(database)
        yield database
    assert_ledger_consistent(path)


async def run(
    tmp_path: Path, *arguments: str | bytes, discord_url: str = NOBODY, typed: str | None = None, **settings: str
) -> Ended:
    """A thread runs it, because it has an event loop of its own. `typed` is typed at a question on a terminal."""
    env = {"DATABASE_URL": f"sqlite:///{tmp_path / 'movies.db'}", **settings}
    given = [os.fsdecode(each) for each in arguments]
    return await asyncio.to_thread(_run, tmp_path, given, env, discord_url, typed)


def _run(tmp_path: Path, arguments: list[str], env: Mapping[str, str], discord_url: str, typed: str | None) -> Ended:
    out, err = io.StringIO(), io.StringIO()
    umask = os.umask(0o077)
    try:
        with (
            mock.patch.dict(os.environ, env, clear=True),
            mock.patch("resource.setrlimit"),  # a limit can't be raised again
            mock.patch("bot.log.configure"),  # a start's log goes to the test's
            _keyboard(typed) as stdin,
            mock.patch("sys.stdin", stdin),
            pointed_at(discord_url),
            contextlib.chdir(tmp_path),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            time.tzset()
            status = main(arguments)
    except SystemExit as exc:  # argparse
        status = int(exc.code or 0)
    finally:
        gc.enable()
        os.umask(umask)
        time.tzset()
    return Ended(status, out.getvalue(), err.getvalue())


async def check(tmp_path: Path, discord: FakeDiscord, env: Mapping[str, str], since: str = "") -> tuple[int, list[str]]:
    """`since` names a check whose line is the first one. It prints no secret, and changes nothing at Discord."""
    ended = await run(tmp_path, "check", discord_url=discord.url, **env)
    assert ended.err == ""
    for name in {"DISCORD_TOKEN", "SAMSAR_API_KEY"} & {name for name, value in env.items() if value}:
        assert env[name] not in ended.out
    assert discord.identifies == (), "a check spends no IDENTIFY"
    assert {request.method for request in discord.requests} <= {"GET"}, "a check registers and posts nothing"
    *lines, last = ended.out.splitlines()
    passed, failed = (
        f"All checks passed. Start the bot: {sys.executable} -m bot",
        "Fix the problems above, then run the check again.",
    )
    assert last == (failed if ended.status else passed)
    return ended.status, lines[next(n for n, line in enumerate(lines) if since in line) :]


@contextlib.contextmanager
def _keyboard(typed: str | None) -> Iterator[TextIO]:
    if typed is None:
        yield io.StringIO()
        return
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    with open(theirs) as terminal:  # noqa: PTH123 - a descriptor
        yield terminal
    os.close(ours)


async def run_on_terminal(
    tmp_path: Path,
    *arguments: str,
    out: bool = True,
    err: bool = True,
    typed: str | None = None,
) -> tuple[int, str]:
    """`typed` is what is typed at a question. Without `out` or `err`, that one is a file instead."""
    mine, theirs = pty.openpty()
    with (tmp_path / "elsewhere").open("ab") as elsewhere:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
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
    received = await _read_to_end(mine, typed)
    return await process.wait(), received.decode()


def _take_terminal() -> None:
    """Let Ctrl-C on the terminal interrupt this process. The tests may have been started where it is ignored."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


async def _read_to_end(terminal: int, typed: str | None) -> bytes:
    received = bytearray()
    with contextlib.suppress(OSError):  # Linux's way to say so
        while chunk := await asyncio.to_thread(os.read, terminal, 4096):
            received += chunk
            if typed and received.endswith(b"[y/N] "):
                os.write(terminal, typed.encode())
                typed = None
    os.close(terminal)
    return bytes(received)
