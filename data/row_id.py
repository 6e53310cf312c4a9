"""Ids of rows that only ever get appended."""

from __future__ import annotations

import itertools
import secrets
from typing import Final

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
