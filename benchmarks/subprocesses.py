"""Subprocesses that measure themselves, without other processes' memory or CPU."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.harness import CheckFailed

_ROOT = Path(__file__).resolve().parent.parent


async def run_command(*command: str) -> str:
    """Run a command in the project's root, and return what it prints.

    Raises:
        CheckFailed: it failed.
    """
    process = await asyncio.create_subprocess_exec(
        *command, cwd=_ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    if process.returncode:
        raise CheckFailed(f"{' '.join(command)} failed: {(out + err).decode()[-2000:]}")
    return out.decode()


async def run_module(module: str, *arguments: str) -> dict[str, float]:
    """Run a module that prints one JSON object, and return it. Raises CheckFailed as `run_command`."""
    output: dict[str, float] = json.loads(await run_command(sys.executable, "-m", module, *arguments))
    return output


class StartedModule:
    """A module that says `ready`, waits for a line, and prints one JSON object, as an async context manager."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._module = module
        self._arguments = arguments

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", self._module, *self._arguments),
            cwd=_ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.returncode is None:
            self._process.kill()
            await self._process.communicate()

    async def ready(self) -> None:
        """Wait until it is ready.

        Raises:
            CheckFailed: It ended.
        """
        assert self._process.stdout is not None
        if await self._process.stdout.readline() != b"ready\n":
            await self.run()

    async def run(self) -> dict[str, float]:
        """Let it begin, and return its output.

        Raises:
            CheckFailed: It failed.
        """
        out, err = await self._process.communicate(b"\n")
        if self._process.returncode or not out:
            raise CheckFailed(f"{self._module} failed: {err.decode()[-2000:]}")
        output: dict[str, float] = json.loads(out)
        return output


async def run_together(children: Sequence[StartedModule]) -> list[dict[str, float]]:
    """Let all begin once all are ready, and return their outputs."""
    for child in children:
        await child.ready()
    return await asyncio.gather(*(child.run() for child in children))
