"""A process forked from one that has imported the bot: a real one, but it doesn't show a start from nothing."""

from __future__ import annotations

import asyncio
import atexit
import functools
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]


class ForkedProcess:
    """Started by `fork`; its streams and methods are those of `asyncio.subprocess.Process`."""

    def __init__(
        self,
        pid: int,
        stdin: IO[bytes],
        stdout: asyncio.StreamReader,
        stderr: asyncio.StreamReader,
        ended: asyncio.Task[int],
    ) -> None:
        self.pid = pid
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self._ended = ended

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
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


async def fork(
    module: str, args: Sequence[str | bytes], *, cwd: Path, env: Mapping[str, str], limit: int = 1 << 16
) -> ForkedProcess:
    """A start that is cancelled leaves no process and no pipe."""
    starting = asyncio.create_task(_start(module, args, cwd, env, limit))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        process = await starting
        process.send_signal(signal.SIGKILL)
        await process.communicate()
        raise


async def _start(
    module: str, args: Sequence[str | bytes], cwd: Path, env: Mapping[str, str], limit: int
) -> ForkedProcess:
    (theirs_in, ours_in), (ours_out, theirs_out), (ours_err, theirs_err) = (os.pipe() for _ in range(3))
    answers, theirs_answers = socket.socketpair()
    request = {"module": module, "args": [os.fsdecode(each) for each in args], "env": dict(env), "cwd": str(cwd)}
    body = json.dumps(request).encode()
    control, theirs = _control(), (theirs_in, theirs_out, theirs_err, theirs_answers.detach())
    socket.send_fds(control, [len(body).to_bytes(4)], theirs)
    control.sendall(body)
    for each in theirs:
        os.close(each)
    told, writer = await asyncio.open_unix_connection(sock=answers)
    pid = int(await told.readline())
    ended = asyncio.create_task(_status(told, writer))
    out, err = await _reader(ours_out, limit), await _reader(ours_err, limit)
    return ForkedProcess(pid, os.fdopen(ours_in, "wb", buffering=0), out, err, ended)


async def _status(told: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
    try:
        return int(await told.readline())
    finally:
        writer.close()


async def _reader(descriptor: int, limit: int) -> asyncio.StreamReader:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=limit)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb", buffering=0))
    return reader


@functools.cache
def _control() -> socket.socket:
    control, theirs = socket.socketpair()
    command = [sys.executable, "-m", "tests.helpers.fork_server"]
    env = {"PATH": os.environ.get("PATH", os.defpath)}
    with theirs:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdin=theirs.fileno(), stdout=subprocess.PIPE)
    atexit.register(_stop, server, control)
    return control


def _stop(server: subprocess.Popen[bytes], control: socket.socket) -> None:
    control.close()
    server.wait()
    if server.stdout is not None:
        server.stdout.close()
