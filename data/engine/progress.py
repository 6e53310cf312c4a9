"""How far long work is, reported between its steps."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum, auto


class Step(StrEnum):
    """A step of long work. One may occur more than once."""

    COPY = auto()
    CHECK_FILE = auto()
    RECONCILE = auto()
    MIGRATE = auto()
    HOLD_JOBS = auto()
    KEEP_PREVIOUS = auto()
    REPLACE = auto()
    ADD_UP = auto()
    COPY_ROWS = auto()


Progress = Callable[[Step, int, int], object]
"""Called with a step, how much of it is done, and of how much; 0 of 0 where nothing can be counted.

It counts pages, rows or queries. It runs on the thread of the work, which waits for it.
"""


def no_progress(_step: Step, _done: int, _total: int) -> None:
    """Report no progress."""
