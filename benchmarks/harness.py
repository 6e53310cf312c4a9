"""Shared parts of the benchmarks.

Sizes, rounds, ratios, event loop pauses and table rows.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import statistics
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from bot import log

T = TypeVar("T")

MAX_LOOP_PAUSE = 0.050
"""Seconds. A longer pause of the event loop is marked in the table."""

_TICK = 0.002


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a run.

    `share` scales the amounts; `folder` is kept from one run to the next.
    """

    rounds: int
    share: float
    folder: Path

    @property
    def whole(self) -> bool:
        """Whether it is the full size."""
        return self.share >= 1

    def of(self, amount: int, minimum: int = 1) -> int:
        """Scale an amount to this size."""
        return max(minimum, round(amount * self.share))

    def seconds(self, seconds: float) -> float:
        """Scale how long something is watched, to a second at least."""
        return max(1.0, seconds * self.share)


@dataclass(frozen=True, slots=True)
class Spread:
    """The median and the range of a figure over several rounds."""

    median: float
    low: float
    high: float

    @classmethod
    def over(cls, figures: Sequence[float]) -> Spread:
        """Summarize figures."""
        return cls(statistics.median(figures), min(figures), max(figures))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    `pause` is the event loop's longest pause in seconds.
    """

    figure: str
    baseline: str
    ours: str
    theirs: str
    ratio: Spread | None
    target: str
    met: bool
    pause: float | None = None


class CheckFailed(Exception):
    """A benchmark that did not do what it measures.

    It has no figure.
    """


def check(what: str, found: object, wanted: object) -> None:
    """Check that a benchmark did what it measures.

    Raises:
        CheckFailed: `found` and `wanted` differ.
    """
    if found != wanted:
        raise CheckFailed(f"{what}: {found!r} instead of {wanted!r}")


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine as the bot runs: on uvloop."""
    log.configure_structlog()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)


async def interleaved(rounds: int, *measures: Callable[[], Awaitable[float]]) -> list[list[float]]:
    """Measure all by turns, so that a slow machine affects each, and return the figures of each.

    Another one goes first every round.
    """
    figures: list[list[float]] = [[] for _ in measures]
    for number in range(rounds):
        for each in range(len(measures)):
            which = (number + each) % len(measures)
            gc.collect()
            figures[which].append(await measures[which]())
    return figures


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Divide ours by theirs, round by round."""
    return Spread.over([mine / other for mine, other in zip(ours, theirs, strict=True)])


@contextlib.contextmanager
def one_processor() -> Generator[None]:
    """Pin this process to one processor on Linux.

    The placement of threads then makes no difference.
    """
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass(slots=True)
class LoopPause:
    """The event loop's longest pause, in seconds."""

    longest: float = 0.0


@contextlib.asynccontextmanager
async def measured_loop(pause: LoopPause) -> AsyncGenerator[None]:
    """Measure the event loop's pauses during the block.

    A timer runs every two milliseconds.
    """
    loop = asyncio.get_running_loop()
    due = time.perf_counter() + _TICK  # uvloop's own clock has milliseconds only, and pauses with the loop

    def tick() -> None:
        nonlocal due, timer
        now = time.perf_counter()
        pause.longest = max(pause.longest, now - due)
        due = now + _TICK
        timer = loop.call_later(_TICK, tick)

    timer = loop.call_later(_TICK, tick)
    try:
        yield
    finally:
        timer.cancel()


async def timed(work: Awaitable[object]) -> float:
    """Return how long an awaitable takes, in seconds."""
    start = time.perf_counter()
    await work
    return time.perf_counter() - start


def resident(pid: int | str = "self") -> int:
    """Return a process's memory (RSS) in bytes."""
    return _status(pid, "VmRSS")


def resident_peak(pid: int | str = "self") -> int:
    """Return a process's peak memory since its start or `reset_peak`, in bytes."""
    return _status(pid, "VmHWM")


def reset_peak() -> None:
    """Reset the peak memory of this process."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _status(pid: int | str, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise CheckFailed(f"process {pid} has no {name}")
