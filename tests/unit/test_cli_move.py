"""What `move` says of a move."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import move
from data.move import Moved

NEXT = [
    "",
    "Set DATABASE_URL to the new database, then start the bot: python -m bot",
    "old.db keeps its rows, but the bot no longer starts on it. Delete it whenever you like.",
]


@pytest.mark.parametrize(
    ("moved", "lines"),
    [
        (Moved("old.db", "new.db", 1234), ["Moved 1,234 rows to new.db. Audit passed: all balances match."]),
        (Moved("old.db", "new.db", 0), ["Moved 0 rows to new.db. Audit passed: all balances match."]),
        (Moved("old.db", "new.db", None), ["Everything is already in new.db: an earlier run moved it."]),
        (
            Moved("old.db", "new.db", 1, Path("kept.db")),
            [
                "Moved 1 rows to new.db. Audit passed: all balances match.",
                "The file that was there before is kept as kept.db.",
            ],
        ),
    ],
)
def test_the_operator_reads_where_everything_is_now(moved: Moved, lines: list[str]) -> None:
    assert [*move._lines(moved)] == lines + NEXT
