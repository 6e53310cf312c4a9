"""What every table needs: ids of rows, pages, and the progress of long work.

`get`, `set_value` and `add` keep small values that outlive a restart, such as the digest of the commands that were
synced last.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable
from enum import StrEnum, auto
from typing import Final

from bot.domain.movie_list import NumberedPage
from data.database import Params, Row, T, Transaction

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
    total: int = tx.fetch_value(f"SELECT COUNT(*) FROM {source}", params)
    pages = max(1, -(-total // size))
    shown = max(0, min(number, pages - 1))
    rows = tx.fetch_all(
        f"SELECT {columns} FROM {source} ORDER BY {order} LIMIT :size OFFSET :skipped",
        {**params, "size": size, "skipped": shown * size},
    )
    return NumberedPage(tuple(map(from_row, rows)), shown, pages, total)


def get(tx: Transaction, key: str) -> str | None:
    """Return the value of a key."""
    return tx.fetch_value("SELECT value FROM key_value WHERE key = :key", {"key": key})


def set_value(tx: Transaction, key: str, value: str) -> None:
    """Write the value of a key."""
    tx.insert("key_value", {"key": key, "value": value}, replace="key")


def add(tx: Transaction, key: str, value: str) -> bool:
    """Write the value of a new key; return whether it was new."""
    return tx.insert("key_value", {"key": key, "value": value}, ignore="key") == 1


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
