"""What commands print, ask and show on the terminal."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from bot.core.errors import ConfigurationError
from bot.core.threads import run_in_daemon_thread
from bot.domain.text import clean_text
from data.engine.rows import Progress, Step, no_progress

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

_MAX_ANSWER = 1024
"""Bytes. A terminal hands over a line."""


def print_result(options: argparse.Namespace, values: object, text: str) -> None:
    """Print what a command did: its text, or with --json its values."""
    print(json.dumps(values) if options.json else text)


def format_table(header: Sequence[str], rows: Sequence[Sequence[object]], *, empty: str = "") -> str:
    """Format rows in columns.

    Integers are numbers of something: a column of them is right-aligned, and thousands are separated. So ids are texts.
    `empty` is returned in place of an empty table. Cells may hold text from outside: control characters are dropped.
    """
    if not rows:
        return empty
    lines = [[_text(cell) for cell in row] for row in rows]
    every = [list(header), *lines] if header else lines
    widths = [max(cell_len(line[column]) for line in every) for column in range(len(every[0]))]
    right = [all(isinstance(row[column], int) for row in rows) for column in range(len(widths))]
    return "\n".join(
        "  ".join(
            _padded(cell, width, to_right=to_right) for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in every
    )


def _text(cell: object) -> str:
    return f"{cell:,}" if type(cell) is int else " ".join(clean_text(str(cell)).split())


def _padded(cell: str, width: int, *, to_right: bool) -> str:
    """Pad a cell to a width in the terminal's columns.

    A Chinese character or an emoji takes two.
    """
    padding = " " * (width - cell_len(cell))
    return padding + cell if to_right else cell + padding


def format_count(number: int, word: str) -> str:
    """Format a number of things, such as "1 job" or "1,000 jobs"."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def format_utc(at: int) -> str:
    """Format epoch milliseconds."""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(at / 1000))


async def confirmed(question: str, option: str, *, yes: bool, declined: str = "Nothing was changed.") -> bool:
    """Ask whether to act, unless `yes` says so already.

    The question goes through standard error, so that --json stays JSON. `option` is what is asked about, in the message
    where there is no terminal. Where the operator declines, also with Ctrl-D, `declined` is printed.

    Raises:
        ConfigurationError: There is no terminal to ask on.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise ConfigurationError((f"`{option}` can't ask for confirmation without a terminal. Add --yes.",))
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    # Ctrl-C ends the process while the thread reads. It holds no lock for that, unlike in sys.stdin.readline().
    answer = await run_in_daemon_thread(lambda: os.read(sys.stdin.fileno(), _MAX_ANSWER))
    if answer.strip().lower() in (b"y", b"yes"):
        return True
    if not answer:  # Ctrl-D ends no line
        print(file=sys.stderr)
    print(declined, file=sys.stderr)
    return False


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
