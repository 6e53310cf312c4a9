"""Detects stuck work, so that the process can be restarted.

All work states how long it is expected to take. After ten times as long it is stuck, for example behind a lock that is
never released, which most likely blocks all other work too. After twenty times as long, only a restart helps.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Final

import structlog

_log = structlog.stdlib.get_logger(__name__)

STUCK_AFTER_TIMES: Final = 10
"""How many times as long as expected work takes before it counts as stuck. Slow work is not stuck."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A work item that is stuck, and the seconds since it started."""

    work: str
    key: str
    seconds: float


@dataclass(eq=False, slots=True)
class _WatchedWork:
    work: str
    key: str
    expected_seconds: float
    since: float
    reported: bool = False


class Watchdog:
    """Tracks work in progress and reports what is stuck.

    `now` is in seconds. It must not be the wall clock: a host that was asleep would make all work look stuck.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._watched: set[_WatchedWork] = set()

    @contextlib.contextmanager
    def watch(self, work: str, key: str, expected_seconds: float) -> Generator[None]:
        """Track a work item for the length of the block."""
        item = _WatchedWork(work, key, expected_seconds, self._now())
        self._watched.add(item)
        try:
            yield
        finally:
            self._watched.discard(item)
            if item.reported:
                self._log_recovered(item)

    def heartbeat(self, key: str) -> None:
        """Restart the timer of an item that waits for its retry."""
        for item in self._watched:
            if item.key == key:
                item.since = self._now()

    def stuck(self) -> tuple[Stuck, ...]:
        """Return the stuck work items."""
        return tuple(self._describe(item) for item in self._watched if self._overrun(item) >= STUCK_AFTER_TIMES)

    def check(self) -> Stuck | None:
        """Log each stuck item once, and return one that needs a restart.

        An item is returned only if an earlier check found it stuck: in a container that was paused, time has passed
        but no work could run.
        """
        known = [item for item in self._watched if item.reported]
        for item in self._watched:
            stuck = self._overrun(item) >= STUCK_AFTER_TIMES
            if stuck and not item.reported:
                described = self._describe(item)
                _log.error("work_stuck", work=described.work, item=described.key, seconds=round(described.seconds))
            elif item.reported and not stuck:
                self._log_recovered(item)
            item.reported = stuck
        hung = (item for item in known if self._overrun(item) >= 2 * STUCK_AFTER_TIMES)
        return next(map(self._describe, hung), None)

    @staticmethod
    def _log_recovered(item: _WatchedWork) -> None:
        _log.warning("work_recovered", work=item.work, item=item.key)

    def _describe(self, item: _WatchedWork) -> Stuck:
        return Stuck(item.work, item.key, self._now() - item.since)

    def _overrun(self, item: _WatchedWork) -> float:
        """Return the time since the start, in expected durations."""
        return (self._now() - item.since) / item.expected_seconds
