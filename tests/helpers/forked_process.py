"""A process forked from one that has imported the bot: a real one, but it doesn't show a start from nothing.

To import the bot takes a second of a core, and the tests start thousands of processes.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import gc
import itertools
import multiprocessing
import os
import pkgutil
import re
import runpy
import secrets
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import IO, NoReturn
from unittest import mock

import bot
import cogs
import data
from bot.domain import jobs

ROOT = Path(__file__).resolve().parents[2]

_RUN_AS_MAIN = re.compile(r"__main__|\bbot\.sandbox\b")
_MOST_DESCRIPTORS = 256


class ForkedProcess:
    """Started by `fork`; its streams and methods are those of `asyncio.subprocess.Process`."""

    def __init__(
        self, process: ForkServerProcess, stdin: IO[bytes], stdout: asyncio.StreamReader, stderr: asyncio.StreamReader
    ) -> None:
        assert process.pid is not None
        self.pid = process.pid
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self._process = process
        self._loop = asyncio.get_running_loop()
        self._ended = self._loop.create_future()
        self._loop.add_reader(process.sentinel, self._end)

    def _end(self) -> None:
        self._loop.remove_reader(self._process.sentinel)
        self._ended.set_result(self._process.exitcode)

    @property
    def returncode(self) -> int | None:
        return self._ended.result() if self._ended.done() else None

    async def wait(self) -> int:
        return await asyncio.shield(self._ended)

    async def communicate(self) -> tuple[bytes, bytes]:
        self.stdin.close()
        out, err = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return out, err

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


async def fork(
    module: str, args: Sequence[str | bytes], *, cwd: Path, env: Mapping[str, str], limit: int = 1 << 16
) -> ForkedProcess:
    (theirs_in, ours_in), (ours_out, theirs_out), (ours_err, theirs_err) = (os.pipe() for _ in range(3))
    theirs = [
        Connection(theirs_in, writable=False),
        *(Connection(fd, readable=False) for fd in (theirs_out, theirs_err)),
    ]
    given = (module, [os.fsdecode(each) for each in args], dict(env), str(cwd), theirs)
    process = _context().Process(target=_become, args=given, daemon=True)
    process.start()
    for each in theirs:
        each.close()
    out, err = await _reader(ours_out, limit), await _reader(ours_err, limit)
    return ForkedProcess(process, os.fdopen(ours_in, "wb", buffering=0), out, err)


async def _reader(descriptor: int, limit: int) -> asyncio.StreamReader:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=limit)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb", buffering=0))
    return reader


@functools.cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_preloaded(), "tests.helpers.fake_discord.redirect", __name__])
    sys.audit("subprocess.Popen")  # which multiprocessing doesn't say; tests/conftest.py listens to it
    path = {"PATH": os.environ.get("PATH", os.defpath)}
    with contextlib.chdir(ROOT), mock.patch.dict(os.environ, path, clear=True):
        forkserver.ensure_running()
    return context


def _preloaded() -> Iterator[str]:
    """Yield the modules to import. A module that is run as the main module must not be imported yet."""
    for package in (bot, cogs, data):
        found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        yield from (each.name for each in found if not _RUN_AS_MAIN.search(each.name))


def _become(module: str, args: list[str], env: dict[str, str], cwd: str, streams: list[Connection]) -> NoReturn:
    os.setsid()
    for target, stream in enumerate(streams):
        os.dup2(stream.fileno(), target)
    os.closerange(3, _MOST_DESCRIPTORS)
    sys.stdin = os.fdopen(0, closefd=False)
    jobs._count = itertools.count(secrets.randbits(24))  # else the ids of all forks would be the same
    gc.freeze()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.argv[:] = [module, *args]
    status: object = 1
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        status = 0
    except SystemExit as exc:
        status = exc.code or 0
        if isinstance(status, str):
            print(status, file=sys.stderr)  # noqa: T201 - as Python does
    except BaseException:  # noqa: BLE001 - as Python does
        traceback.print_exc()
    _exit(status if isinstance(status, int) else 1)


def _exit(status: int) -> NoReturn:
    """Leave the modules as they are: to take them apart costs as much as the average command."""
    for thread in threading.enumerate():
        if not thread.daemon and thread is not threading.main_thread():
            thread.join()
    atexit._run_exitfuncs()
    gc.collect()  # coroutines that nobody awaited, and tasks that nobody ended, say so
    with contextlib.suppress(OSError):  # Python tells of a closed pipe
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)
