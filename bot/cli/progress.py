"""Progress bars for long work, while an operator watches."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Generator, Mapping
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from data.engine.progress import Progress, Step, no_progress

_LABELS: Final[Mapping[Step, str]] = {
    Step.COPY: "Copying the database",
    Step.CHECK_FILE: "Checking the file",
    Step.RECONCILE: "Checking all balances",
    Step.MIGRATE: "Upgrading the tables",
    Step.HOLD_JOBS: "Putting open jobs on hold",
    Step.KEEP_PREVIOUS: "Keeping the previous database",
    Step.REPLACE: "Replacing the database",
    Step.ADD_UP: "Computing the report",
    Step.COPY_ROWS: "Copying all rows",
}


@contextlib.contextmanager
def show_progress() -> Generator[Progress]:
    """Draw a bar for each step on standard error.

    The bars are removed at the end. Draws nothing where standard output or standard error is no terminal. What it
    yields may be called on any thread.
    """
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        yield no_progress
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Steps(bars).report


class _Steps:
    """The steps so far, each with a bar.

    A step that comes again gets another one.
    """

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._step: Step | None = None
        self._bar: TaskID | None = None

    def report(self, step: Step, done: int, total: int) -> None:
        """Move the bar of a step, and complete the one before it."""
        if step is not self._step or self._bar is None:
            if self._bar is not None:
                self._bars.update(self._bar, completed=1, total=1)
            self._step, self._bar = step, self._bars.add_task(_LABELS[step], total=total or None)
        self._bars.update(self._bar, completed=done)
