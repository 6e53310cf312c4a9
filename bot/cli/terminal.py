"""What commands print, ask and show on the terminal."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from bot.core.errors import CommandError, ConfigurationError
from bot.core.threads import run_in_daemon_thread
from bot.domain.credits import EntryType, LedgerEntry
from bot.domain.text import clean_text
from data.engine.rows import Progress, Step, no_progress
from data.storage import disk

if sys.platform != "win32":
    import termios

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

_ENTRIES: Final[Mapping[EntryType, str]] = {
    EntryType.GRANT: "granted",
    EntryType.HOLD: "on hold",
    EntryType.CAPTURE: "spent",
    EntryType.RELEASE: "refunded",
    EntryType.ADJUST: "adjusted",
    EntryType.PLEDGE: "pledged",
    EntryType.UNPLEDGE: "pledge ended",
    EntryType.CHARGE: "charged late",
}

_MAX_ANSWER = 1024
"""Bytes. A terminal hands over a line."""

_LOCAL_MODES: Final = 3
"""The index of a terminal's local modes among its attributes."""


class Output(NamedTuple):
    """What a command did: a text for people, values for --json, and its exit status."""

    text: str
    values: object
    status: int = 0


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


def format_member(member_id: int, name: str) -> str:
    """Name a member, such as "Alice (123)"; "123" where no name is stored, and "erased member" after an erasure."""
    if member_id < 0:
        return "erased member"
    return f"{_text(name)} ({member_id})" if name else str(member_id)


def describe_entry(entry: LedgerEntry) -> str:
    """Say what an entry records.

    One that captures a part says how much was refunded.
    """
    words = _ENTRIES[entry.entry_type]
    return f"{words} ({entry.released:,} refunded)" if entry.released else words


def format_utc(at: int) -> str:
    """Format epoch milliseconds."""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(at / 1000))


def write_file(file: Path, text: str, *, overwrite: bool) -> None:
    """Write a file that only its owner can read: all of it, or nothing.

    Raises:
        CommandError: It can't be written, or is there without `overwrite`.
    """
    try:
        with disk.unfinished(file) as part:
            disk.create_file(part)
            part.write_text(text, encoding="utf-8")
            disk.atomic_install(part, file, overwrite=overwrite)
    except OSError as exc:
        raise CommandError(f"Can't write {file}: {disk.error_text(exc)}") from exc


async def confirm(question: str, option: str, *, yes: bool, declined: str = "Nothing was changed.") -> None:
    """Ask whether to act, unless `yes` says so already.

    The question goes through standard error, so that --json stays JSON. `option` is what is asked about, in the message
    where there is no terminal.

    Raises:
        CommandError: The operator declined, also with Ctrl-D.
        ConfigurationError: There is no terminal to ask on.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise ConfigurationError((f"`{option}` can't ask for confirmation without a terminal. Add --yes.",))
    if (await ask(f"{question} [y/N] ", declined)).lower() not in ("y", "yes"):
        raise CommandError(declined)


async def ask(question: str, declined: str, *, secret: bool = False) -> str:
    """Ask a question on the terminal; return the answer. Nothing of a secret one is shown.

    Raises:
        CommandError: It was declined with Ctrl-D.
    """
    with _without_echo() if secret else contextlib.nullcontext():  # from before the question on
        print(question, end="", file=sys.stderr, flush=True)
        # Ctrl-C ends the process while the thread reads. It holds no lock for that, unlike in sys.stdin.readline().
        answer = await run_in_daemon_thread(lambda: os.read(sys.stdin.fileno(), _MAX_ANSWER))
    if secret or not answer:  # Ctrl-D ends no line
        print(file=sys.stderr)
    if not answer:
        raise CommandError(declined)
    return answer.decode(errors="replace").strip()


@contextlib.contextmanager
def _without_echo() -> Generator[None]:
    """Let the terminal show nothing of what is typed. Windows has no such terminals."""
    if sys.platform == "win32":
        yield
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    silent = [*before]
    silent[_LOCAL_MODES] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, silent)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


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
        last: Step | None = None

        def report(step: Step, done: int, total: int) -> None:
            nonlocal last
            if step is not last:  # a step that comes again gets another bar
                if last is not None:
                    bars.update(bars.task_ids[-1], completed=1, total=1)
                bars.add_task(_LABELS[step], total=total or None)
                last = step
            bars.update(bars.task_ids[-1], completed=done)

        yield report
