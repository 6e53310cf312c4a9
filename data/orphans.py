"""Rows whose process died: those from before a time, in SQL."""

from __future__ import annotations


def is_before(column: str) -> str:
    """Return the condition of a row whose `column` is before `:before`.

    Or as long after now: the clock was set back since. Every row, where `:before` is NULL. `params` has the values.
    """
    return f"(CAST(:before AS BIGINT) IS NULL OR {column} < :before OR {column} > :ahead)"


def params(before: int | None, now: int) -> dict[str, int | str | None]:
    """Return the parameters of `is_before`; UTC epoch milliseconds.

    None: all rows, because no other process runs.
    """
    return {"before": before, "ahead": None if before is None else 2 * now - before}
