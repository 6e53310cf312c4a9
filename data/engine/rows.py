"""What every table needs: ids of rows, lists of them in SQL, and pages."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeVar

from bot.domain.numbered_page import NumberedPage
from data.database import Params, Row, Transaction

T = TypeVar("T")

_count = itertools.count()

ROW_ID_PATTERN: Final = r"[0-9]{13,16}-[0-9a-f]{6}-[0-9a-f]{10}"
"""A regular expression for an id of `generate_row_id`."""


def generate_row_id(now: int) -> str:
    """Generate an id that sorts by creation, within a millisecond too.

    `now` is UTC epoch milliseconds. The random end keeps the ids of two processes apart.
    """
    return f"{now:013}-{next(_count) % 2**24:06x}-{secrets.token_hex(5)}"


def first_of(time: int) -> str:
    """Return a text that sorts before all ids since a time.

    `time` is UTC epoch milliseconds.
    """
    return f"{time:013}"


class ListParams(NamedTuple):
    """A list of texts in SQL, for `IN (...)`, and its parameters."""

    sql: str
    params: dict[str, str]


def list_params(name: str, values: Sequence[str]) -> ListParams:
    """Make the list.

    SQL has no empty list: it becomes an empty text, which equals no id and no nonce.
    """
    params = {f"{name}{number}": value for number, value in enumerate(values or ("",))}
    return ListParams(", ".join(f":{key}" for key in params), params)


def read_page(
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
