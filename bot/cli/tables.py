"""Tables for the terminal."""

from __future__ import annotations

import time
from collections.abc import Sequence


def format_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Format rows in columns, integers right-aligned."""
    lines = [[" ".join(str(cell).split()) for cell in row] for row in rows]
    every = [list(header), *lines] if header else lines
    if not every:
        return ""
    widths = [max(len(line[column]) for line in every) for column in range(len(every[0]))]
    right = [bool(rows) and all(isinstance(row[column], int) for row in rows) for column in range(len(widths))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in every
    )


def when(at: int) -> str:
    """Format UTC epoch milliseconds."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at / 1000))
