"""The cost of polling.

Memory per open job, CPU, and whether 100,000 jobs are polled in time.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import seed_database
from benchmarks.bot_processes import OURS, running
from benchmarks.harness import Row, Size, Spread, check, interleaved, ratios, resident
from benchmarks.subprocesses import run_module

_INTERVAL = 20.0
_MAX_BEHIND = 0.5
"""Seconds that the longest due job may be late after ten seconds. A worker that makes only 19 of 20 polls in time would
be later. A quarter of a second is the time for which the worker gathers polls."""

_MAX_RSS = 150 * 2**20
_CHILD = "benchmarks.polling_child"


async def measure(size: Size) -> list[Row]:
    """Run each measurement in a subprocess."""
    return [*await _cpu(size), *await _memory(size)]


async def _cpu(size: Size) -> list[Row]:
    few, many = size.of(10_000, 800), size.of(100_000, 800)
    seconds = max(0.3, 5 * min(1.0, 10 * size.share))
    pauses: list[float] = []
    ours, theirs = await interleaved(
        size.rounds,
        lambda: _cpu_per_poll("worker", size, few, seconds, pauses),
        lambda: _cpu_per_poll("tasks", size, few, seconds, []),
    )
    in_step = [await _cpu_per_poll("tasks-in-step", size, few, seconds, []) for _ in ours]
    behind: list[float] = []
    in_time = [await _share_in_time(size, many, 2 * seconds, pauses, behind) for _ in range(min(3, size.rounds))]
    return [
        _cpu_row(
            f"CPU for a status poll, {few:,} jobs every {_INTERVAL:.0f} s", "a task for each job", ours, theirs, pauses
        ),
        _cpu_row("the same", "tasks that wake in step every 0.25 s", ours, in_step, pauses),
        Row(
            f"polls in time, {many:,} jobs every {_INTERVAL:.0f} s",
            "due",
            f"{Spread.over(in_time).median * many / _INTERVAL:,.0f} a second, at worst {max(behind):.2f} s behind",
            f"{many / _INTERVAL:,.0f} a second",
            Spread.over(in_time),
            f"without falling behind: < {_MAX_BEHIND} s",
            max(behind) < _MAX_BEHIND,
            max(pauses),
        ),
    ]


def _cpu_row(figure: str, baseline: str, ours: list[float], theirs: list[float], pauses: list[float]) -> Row:
    ratio = ratios(ours, theirs)
    mine, others = (f"{Spread.over(each).median:.0f} µs" for each in (ours, theirs))
    return Row(figure, baseline, mine, others, ratio, "≤ 0.5x", ratio.median <= 0.5, max(pauses))


async def _memory(size: Size) -> list[Row]:
    count = size.of(100_000, 100)
    held: list[float] = []
    whole: list[int] = []
    for _ in range(min(3, size.rounds)):
        none, some = await asyncio.gather(_bot_memory(size, 0), _bot_memory(size, count))
        whole.append(some)
        held.append((some - none) / count)
    tasks = [(await run_module(_CHILD, "sleeping", "-", str(count), "1", "1"))["held"] / count for _ in held]
    ratio = ratios([max(0.0, each) for each in held], tasks)
    rss = Spread.over(whole)
    return [
        Row(
            f"memory for an open job, {count:,} of them",
            "a sleeping task each",
            f"{Spread.over(held).median:.0f} B",
            f"{Spread.over(tasks).median:.0f} B",
            ratio,
            "≤ 0.1x",
            ratio.median <= 0.1,
        ),
        Row(
            f"the whole process, {count:,} open jobs",
            "150 MiB",
            f"{rss.median / 2**20:.0f} MiB",
            "150 MiB",
            Spread(rss.median / _MAX_RSS, rss.low / _MAX_RSS, rss.high / _MAX_RSS),
            "< 1x",
            rss.high < _MAX_RSS,
        ),
    ]


async def _bot_memory(size: Size, opened: int) -> int:
    """Return the bot's memory in bytes with `opened` jobs.

    It is read a few seconds after the start.
    """
    original = seed_database.database(size.folder, 0, opened)
    with TemporaryDirectory(dir=size.folder) as folder:
        path = seed_database.copy(original, Path(folder) / "movies.db")
        async with running(OURS, size.folder, path) as bot:
            await asyncio.sleep(4 * min(1.0, 10 * size.share))
            check("polls", bool(bot.api.polls), bool(opened))
            return resident(bot.process.pid)


async def _cpu_per_poll(kind: str, size: Size, jobs: int, seconds: float, pauses: list[float]) -> float:
    """Return the CPU time of one status poll, in microseconds."""
    output = await _run_child(kind, size, jobs, seconds)
    pauses.append(output["pause"])
    return 1e6 * output["cpu"] / output["polls"]


async def _share_in_time(size: Size, jobs: int, seconds: float, pauses: list[float], behind: list[float]) -> float:
    output = await _run_child("worker", size, jobs, seconds)
    pauses.append(output["pause"])
    behind.append(output["behind"])
    return output["polls"] / (output["took"] * jobs / _INTERVAL)


async def _run_child(kind: str, size: Size, jobs: int, seconds: float) -> dict[str, float]:
    with TemporaryDirectory(dir=size.folder) as folder:
        path = seed_database.copy(seed_database.database(size.folder, 0, jobs), Path(folder) / "movies.db")
        output = await run_module(_CHILD, kind, str(path), str(jobs), str(_INTERVAL), str(seconds))
    check("polls of one job in less than an interval", output["max_polls"], 1)
    return output
