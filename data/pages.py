"""Reads one page of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.domain.numbered_page import NumberedPage
from data.database import Params, Row, Transaction

T = TypeVar("T")


def read(
    tx: Transaction,
    columns: str,
    source: str,
    order: str,
    params: Params,
    from_row: Callable[[Row], T],
    number: int,
    size: int,
) -> NumberedPage[T]:
    """Return a page of a list, or its last one.

    `source` is a table and its condition.
    """
    row = tx.fetch_one(f"SELECT COUNT(*) FROM {source}", params)
    assert row is not None
    total: int = row[0]
    pages = max(1, -(-total // size))
    shown = max(0, min(number, pages - 1))
    rows = tx.fetch_all(
        f"SELECT {columns} FROM {source} ORDER BY {order} LIMIT :size OFFSET :skipped",
        {**params, "size": size, "skipped": shown * size},
    )
    return NumberedPage(tuple(map(from_row, rows)), shown, pages, total)
