"""What a process takes while nothing happens, and with 10,000 open jobs that are polled at the agreed rate."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import seed_database
from benchmarks.bot_processes import BARE, DEPLOYED, running
from benchmarks.harness import Row, Size, Spread, check, resident

_SETTLES_SECONDS = 8.0
"""After READY: commands are registered, caches are filled."""

_WATCHED_SECONDS = 30.0
_MIB = 2**20
_USUAL = {"POLL_FASTEST_SECONDS": "5", "POLL_SLOWEST_SECONDS": "120"}


@dataclass(frozen=True, slots=True)
class _Taken:
    memory: int
    """Bytes."""

    processor: float
    """Of one core, in percent."""


async def measure(size: Size) -> list[Row]:
    """Watch all processes for as long, at the same time: what each takes is its own."""
    jobs = size.of(10_000, 10)
    with TemporaryDirectory(dir=size.folder) as folder:
        opened = seed_database.copy(seed_database.database(size.folder, 0, jobs), Path(folder) / "open.db")
        idle, bare, busy = await asyncio.gather(
            _taken(size, DEPLOYED), _taken(size, BARE), _taken(size, DEPLOYED, opened, _USUAL)
        )
    return [
        _row("memory and CPU while nothing happens", idle, bare, 80, 0.3),
        _row(f"memory and CPU with {jobs:,} open jobs, ten polls a second", busy, bare, 100, 10),
    ]


async def _taken(size: Size, module: str, path: Path | None = None, env: Mapping[str, str] | None = None) -> _Taken:
    async with running(module, size.folder, path, env=_USUAL if env is None else env) as bot:
        await asyncio.sleep(size.seconds(_SETTLES_SECONDS))
        before, watched = _processor_seconds(bot.process.pid), size.seconds(_WATCHED_SECONDS)
        await asyncio.sleep(watched)
        used = _processor_seconds(bot.process.pid) - before
        check("polls", bool(bot.api.polls), wanted=path is not None)
        return _Taken(resident(bot.process.pid), 100 * used / watched)


def _processor_seconds(pid: int) -> float:
    """Return the CPU time that a process took since its start."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _row(figure: str, ours: _Taken, bare: _Taken, memory: int, processor: float) -> Row:
    return Row(
        figure,
        "bare bot",
        _text(ours),
        _text(bare),
        Spread.over([ours.memory / bare.memory]),
        f"≤ {memory} MiB, ≤ {processor:g}%",
        ours.memory <= memory * _MIB and ours.processor <= processor,
    )


def _text(taken: _Taken) -> str:
    return f"{taken.memory / _MIB:.0f} MiB, {taken.processor:.2f}% of a core"
