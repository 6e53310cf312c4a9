"""What an operator waits for: audit, report, backup and restore of a large history.

The audit and the report are commands in processes of their own. A backup and a restore are compared with a plain copy
of the file that is synced to disk. On PostgreSQL, the same is measured on a smaller history, beside the same in a file.
"""

from __future__ import annotations

import asyncio
import functools
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import seed_database
from benchmarks.harness import CheckFailed, Row, Size, Spread, check, interleaved, ratios
from benchmarks.postgresql import benchmark_server
from data.storage import backups, disk, engines
from data.storage.restore import restore
from tests.helpers import postgres_server

_ROUNDS = 1
"""Each of these takes half a minute, and differs by a few percent from run to run."""

_REPORT = ("report", "2026-10", "--json")
"""A whole month, of two years."""

_MIB = 1024 * 1024
_MAX_BYTES = 200 * _MIB

_COMMAND = """
import json, re, sys, time
from pathlib import Path
from bot.__main__ import main
started = time.perf_counter()
status = main(sys.argv[1:])
took = time.perf_counter() - started
sys.stdout.flush()
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
sys.stderr.write(json.dumps({"status": status, "seconds": took, "peak": peak}))
"""
"""`getrusage` would count the benchmark's own memory, from before the child's `exec`."""


@dataclass(frozen=True, slots=True)
class _Ended:
    seconds: float
    peak: int


async def measure(size: Size) -> list[Row]:
    """Measure the commands on a file, and the same on PostgreSQL."""
    jobs = size.of(1_000_000, 1_000)
    rounds = min(size.rounds, _ROUNDS)
    rows: list[Row] = []
    with TemporaryDirectory(dir=size.folder) as folder:
        path = seed_database.copy(seed_database.database(size.folder, jobs), Path(folder) / "movies.db")
        url = f"sqlite:///{path}"
        for name, arguments, limit in (("audit", ("audit",), 5.0), ("report", _REPORT, 3.0)):
            ended = [await _command(url, *arguments) for _ in range(rounds)]
            rows.append(_command_row(f"{name} of 1,000,000 past movies", ended, limit))
        rows += await _copies(rounds, path)
        with benchmark_server() as server:
            rows += await _on_postgresql(size, rounds, Path(folder), server)
    return rows


async def _copies(rounds: int, path: Path) -> list[Row]:
    """Compare a backup, and a restore over an existing database, with a copy of the file."""
    folder = path.parent
    backup, copy = folder / "backup.db", folder / "copy.db"
    restored = seed_database.copy(path, folder / "restored.db")

    def make_backup() -> None:
        backup.unlink(missing_ok=True)
        backups.create_backup(path, backup)

    def put_back() -> None:
        done = restore(restored, backup, folder, seed_database.NOW)
        assert done.replaced is not None, "there was a database"
        disk.remove_with_sidecars(done.replaced)

    async def copies() -> float:
        return await _timed(lambda: seed_database.copy(path, copy))

    rows: list[Row] = []
    for what, work, limit in (("a backup", make_backup, 6.0), ("a restore over a database as large", put_back, 12.0)):
        ours, theirs = await interleaved(rounds, lambda work=work: _timed(work), copies)
        ratio = ratios(ours, theirs)
        rows.append(
            Row(
                f"{what}, 1,000,000 past movies",
                "copying the file",
                f"{Spread.over(ours).median:.1f} s",
                f"{Spread.over(theirs).median:.1f} s",
                ratio,
                f"≤ {limit:.0f}x",
                ratio.median <= limit,
            )
        )
    return rows


async def _on_postgresql(size: Size, rounds: int, folder: Path, server: str) -> list[Row]:
    """Measure the same on PostgreSQL, for its own sake: no target."""
    jobs = size.of(100_000, 1_000)
    path = seed_database.copy(seed_database.database(size.folder, jobs), folder / "smaller.db")
    lite, url = f"sqlite:///{path}", postgres_server.create_migrated_database(server, "upkeep")
    given = engines.engine(lite).create_backup(folder / "given.db").path
    target = folder / "other.db"

    def make_backup(source: str) -> None:
        target.unlink(missing_ok=True)
        check("jobs in a backup", engines.engine(source).create_backup(target).jobs, jobs)

    async def command(place: str, arguments: tuple[str, ...]) -> float:
        return (await _command(place, *arguments)).seconds

    works: dict[str, Callable[[str], Callable[[], object]]] = {
        "a restore": lambda place: lambda: engines.engine(place).restore(given, folder, seed_database.NOW),
        "a backup": lambda place: lambda: make_backup(place),
    }
    rows: list[Row] = []
    for name, work in works.items():
        found = await interleaved(rounds, lambda work=work: _timed(work(url)), lambda work=work: _timed(work(lite)))
        rows.append(_beside_file(name, *found))
    for arguments in (("audit",), _REPORT):
        found = await interleaved(
            rounds, functools.partial(command, url, arguments), functools.partial(command, lite, arguments)
        )
        rows.append(_beside_file(arguments[0], *found))
    return rows


def _beside_file(name: str, ours: list[float], theirs: list[float]) -> Row:
    return Row(
        f"{name} on PostgreSQL, 100,000 past movies",
        "the same on a file",
        f"{Spread.over(ours).median:.1f} s",
        f"{Spread.over(theirs).median:.1f} s",
        ratios(ours, theirs),
        "noted",
        met=True,
    )


def _command_row(figure: str, ended: list[_Ended], limit: float) -> Row:
    seconds, peak = Spread.over([each.seconds for each in ended]), max(each.peak for each in ended)
    return Row(
        figure,
        "",
        f"{seconds.median:.1f} s, {peak / _MIB:.0f} MiB",
        "",
        None,
        f"≤ {limit:.0f} s, {_MAX_BYTES / _MIB:.0f} MiB",
        seconds.median <= limit and peak <= _MAX_BYTES,
    )


async def _command(url: str, *arguments: str) -> _Ended:
    """Run a command of the bot's in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _COMMAND,
        *arguments,
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path), "DATABASE_URL": url},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    try:
        found = json.loads(said)
    except ValueError:
        raise CheckFailed(f"{' '.join(arguments)} ended with {said.decode()}") from None
    check(f"the exit status of {' '.join(arguments)}", found["status"], 0)
    return _Ended(found["seconds"], found["peak"])


async def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    await asyncio.to_thread(work)
    return time.perf_counter() - started
