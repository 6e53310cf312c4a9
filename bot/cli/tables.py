"""Tables and times for the terminal."""

from __future__ import annotations

import time
from collections.abc import Sequence

from rich.cells import cell_len

from bot.domain.text import clean_text


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
