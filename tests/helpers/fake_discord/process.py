"""The bot as a process, which is always ended."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from tests.helpers.fake_discord.primitives import ChangeSignal
from tests.helpers.forked_process import ForkedProcess, fork

LAUNCHER = Path(__file__).resolve().parents[2] / "process" / "run_bot.py"
LAUNCHER_MODULE = "tests.process.run_bot"
LONGEST_LINE = 16 * 1024 * 1024
ENDS_WITHIN = 10.0
"""Seconds. Hosts kill a process 10 to 30 seconds after SIGTERM."""

LAST_LINES = 25


class BotProcess:
    """`bell` rings at each line of output. `anew` starts Python from nothing, in place of a fork."""

    def __init__(
        self,
        url: str,
        *,
        workdir: Path,
        env: Mapping[str, str],
        args: Sequence[str] = (),
        module: str = "bot",
        bell: ChangeSignal | None = None,
        anew: bool = False,
    ) -> None:
        self.stdout: list[str] = []
        self.stderr: list[str] = []
        self._workdir = workdir
        measured = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
        own = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(workdir), "LOG_FORMAT": "json", **measured}
        self._env = {**own, **env, "LOOPBACK_DISCORD": url, "LOOPBACK_MODULE": module}
        self._args = tuple(args)
        self._bell = bell or ChangeSignal()
        self._anew = anew or bool(measured)  # coverage begins at Python's start
        self._process: asyncio.subprocess.Process | ForkedProcess | None = None
        self._readers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._process = await (self._start_python() if self._anew else self._fork())
        for stream, lines in ((self._process.stdout, self.stdout), (self._process.stderr, self.stderr)):
            assert stream is not None
            self._readers.append(asyncio.create_task(self._read(stream, lines)))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.kill()
        await asyncio.shield(self._end())

    @property
    def pid(self) -> int:
        return self._running.pid

    @property
    def returncode(self) -> int | None:
        return self._running.returncode

    @property
    def log(self) -> str:
        return "\n".join([*self.stdout[-LAST_LINES:], *self.stderr[-LAST_LINES:]])

    def kill(self) -> None:
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:  # it has ended, or was forked just now and has no group of its own yet
            if self.returncode is None:
                self._running.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        if self.returncode is None:
            self._running.terminate()

    def interrupt(self) -> None:
        if self.returncode is None:
            self._running.send_signal(signal.SIGINT)

    async def wait_exit(self, *, timeout: float = 15.0) -> int:
        """Wait for the end, and return the exit status. Both streams are complete then."""
        try:
            async with asyncio.timeout(timeout):
                return await asyncio.shield(self._end())
        except TimeoutError:
            raise TimeoutError(f"the bot still runs after {timeout} s; its log ends with:\n{self.log}") from None

    async def stop(self, *, tracebacks: bool = False) -> None:
        """There are `tracebacks` where a connection to the gateway or the database is refused or cut."""
        self.terminate()
        assert await self.wait_exit(timeout=ENDS_WITHIN) == 0, self.log
        assert tracebacks or not [line for line in self.stderr if "Traceback" in line], self.log

    async def wait_for_line(self, pattern: str, *, timeout: float = 15.0) -> str:
        """Wait for a line of output that matches. An old one counts, in either stream."""
        wanted = re.compile(pattern)

        def line() -> str | None:
            return next((text for text in [*self.stdout, *self.stderr] if wanted.search(text)), None)

        try:
            return await self._bell.until(line, timeout=timeout, what=f"a line with {pattern!r}")
        except TimeoutError as missed:
            raise TimeoutError(f"{missed}; the log ends with:\n{self.log}") from None

    async def _fork(self) -> ForkedProcess:
        return await fork(LAUNCHER_MODULE, self._args, cwd=self._workdir, env=self._env, limit=LONGEST_LINE)

    async def _start_python(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            str(LAUNCHER),
            *self._args,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=self._workdir,
            env=self._env,
            limit=LONGEST_LINE,
            start_new_session=True,
        )

    @property
    def _running(self) -> asyncio.subprocess.Process | ForkedProcess:
        assert self._process is not None, "the process starts with `async with`"
        return self._process

    async def _end(self) -> int:
        status = await self._running.wait()
        self.kill()
        await asyncio.gather(*self._readers)
        if self._running.stdin is not None:
            self._running.stdin.close()
        return status

    async def _read(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        while raw := await stream.readline():
            lines.append(raw.decode(errors="replace").rstrip("\n"))
            self._bell.ring()
