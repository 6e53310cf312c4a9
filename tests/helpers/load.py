"""Estimates how other work on the machine affects time measurements."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def frozen_heap() -> Iterator[None]:
    """A collection of earlier tests' objects pauses this process for a quarter of a second."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class Waits:
    """It is always 0 where the system doesn't report it."""

    def __init__(self) -> None:
        self._threads = self._read()

    def since_last(self) -> float:
        before, self._threads = self._threads, self._read()
        return sum(waited - before.get(thread, 0) for thread, waited in self._threads.items()) / 1e9

    @staticmethod
    def _read() -> dict[str, int]:
        waits: dict[str, int] = {}
        for thread in Path("/proc/self/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):  # the thread has ended
                waits[thread.parent.name] = int(thread.read_text().split()[1])
        return waits


def slowness() -> float:
    """It counts the tasks that want to run on each processor."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
