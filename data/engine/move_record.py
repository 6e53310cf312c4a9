"""Records that a database was moved.

The old database says where its rows went, because a bot on it would submit the same queue a second time. The new one
says which move it came from, so that a move that was killed at its end is known to be complete.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

from bot.core.errors import DatabaseMoved
from bot.core.program import PROGRAM
from data.database import Transaction
from data.engine import rows

DEPARTURE: Final = "moved_to"
ARRIVAL: Final = "moved_from"
"""Keys in key_value."""

HAS_DEPARTED: Final = f"EXISTS (SELECT 1 FROM key_value WHERE key = '{DEPARTURE}')"
"""Whether `reject_moved` rejects the database, for a statement that reads something else, too."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A move away from a database.

    `place` is the other database, without a password. Until `complete`, the rows may not have arrived. The fields are
    the keys of the stored JSON.
    """

    move_id: str
    place: str
    at: int
    complete: bool = False


def departure(tx: Transaction) -> Departure | None:
    """Return the move away from this database, if there was one."""
    value = rows.get(tx, DEPARTURE)
    return Departure(**json.loads(value)) if value else None


def set_departure(tx: Transaction, moved: Departure | None) -> None:
    """Record where the rows go: a start refuses this database.

    None: nowhere, so that this database is used again.
    """
    if moved is None:
        tx.execute("DELETE FROM key_value WHERE key = :key", {"key": DEPARTURE})
    else:
        rows.set_value(tx, DEPARTURE, json.dumps(asdict(moved)))


def arrival(tx: Transaction) -> str | None:
    """Return the id of the move that brought this database's rows."""
    return rows.get(tx, ARRIVAL)


def record_arrival(tx: Transaction, move_id: str) -> None:
    """Record which move brought the rows."""
    rows.set_value(tx, ARRIVAL, move_id)


def forget_moves(tx: Transaction) -> None:
    """Delete the marks of earlier moves."""
    tx.execute(f"DELETE FROM key_value WHERE key IN ('{DEPARTURE}', '{ARRIVAL}')")


def reject_moved(tx: Transaction) -> None:
    """Reject a database whose rows are in another one.

    A move locks every table. So a transaction that must not go into a moved database asks after its first change: that
    may have waited for the end of a move.

    Raises:
        DatabaseMoved: it is; the message says what to do.
    """
    moved = departure(tx)
    if moved is None:
        return
    if moved.complete:
        at = datetime.fromtimestamp(moved.at / 1000, UTC)
        raise DatabaseMoved(
            f"This database was moved to {moved.place} ({at:%Y-%m-%d %H:%M} UTC). Set DATABASE_URL to that one. To come"
            f" back, move its rows here with `{PROGRAM} move`."
        )
    raise DatabaseMoved(
        f"The move of this database to {moved.place} was interrupted at its end. Run the same `{PROGRAM} move`"
        " again: it finishes or starts over."
    )
