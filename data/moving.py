"""Records that a database was moved.

The old database says where its rows went. Whoever started it again would order the same queue a second time. The new
one says which move it came from: so a move that was killed at its end is known to be complete.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

from bot.errors import DatabaseMoved
from data import key_value
from data.database import Transaction

DEPARTURE: Final = "moved_to"
ARRIVAL: Final = "moved_from"
"""Keys in key_value. They stay behind where a database is copied."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A move away from a database.

    `place` is the other database, without a password. Until `complete`, the rows may not have arrived.
    """

    move_id: str
    place: str
    at: int
    complete: bool = False


def departure(tx: Transaction) -> Departure | None:
    """Return the move away from this database, if there was one."""
    value = key_value.get(tx, DEPARTURE)
    return Departure(**json.loads(value)) if value else None


def record_departure(tx: Transaction, moved: Departure) -> None:
    """Record where the rows go: a start refuses this database."""
    key_value.set_value(tx, DEPARTURE, json.dumps(asdict(moved)))


def forget_departure(tx: Transaction) -> None:
    """Make this database the one that is used again."""
    tx.execute("DELETE FROM key_value WHERE key = :key", {"key": DEPARTURE})


def arrival(tx: Transaction) -> str | None:
    """Return the id of the move that brought this database's rows."""
    return key_value.get(tx, ARRIVAL)


def record_arrival(tx: Transaction, move_id: str) -> None:
    """Record which move brought the rows."""
    key_value.set_value(tx, ARRIVAL, move_id)


def reject_moved(tx: Transaction) -> None:
    """Reject a database whose rows are in another one.

    Raises:
        DatabaseMoved: it is; the message says what to do.
    """
    moved = departure(tx)
    if moved is None:
        return
    if moved.complete:
        at = datetime.fromtimestamp(moved.at / 1000, UTC)
        raise DatabaseMoved(
            f"this database was moved to {moved.place} ({at:%Y-%m-%d %H:%M} UTC): set DATABASE_URL to that one."
            " To come back, move its rows here with `python -m bot move`"
        )
    raise DatabaseMoved(
        f"the move of this database to {moved.place} was interrupted at its end: run `python -m bot move` to there"
        " again. It finishes, or starts over"
    )
