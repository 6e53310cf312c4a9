"""The messages of pitches, and which are due to be updated.

Whatever changes a pitch makes its message due in the same transaction. A worker updates it, and says what it shows now
with `mark_shown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.pitch import DAY_MS, Pitch
from data import jobs, message_deletions, orphans, pitches
from data.database import Transaction

CHECK_MS: Final = DAY_MS
"""How often Discord is asked whether an open pitch's message is still there: nothing else tells of its deletion."""

_KEPT: Final = "message_id = CASE WHEN member_id > 0 THEN message_id END"
"""The message of a member whose data is erased is updated a last time, and then forgotten."""


def record(tx: Transaction, pitch_id: str, message_id: int) -> bool:
    """Record a pitch's message. Return False where it has one already.

    Where it was funded meanwhile, the message is its movie's card.
    """
    changed = tx.execute(
        "UPDATE pitches SET message_id = :message_id, message_check_at = :check_at"
        " WHERE id = :id AND message_id IS NULL",
        {"id": pitch_id, "message_id": message_id, "check_at": tx.now + CHECK_MS},
    )
    if changed != 1:
        return False
    tx.wake("pitches")  # it may have changed before it had a message
    job_id = pitches.get(tx, pitch_id).job_id
    if job_id is not None:
        message_deletions.replace_earlier(tx, jobs.set_unknown_card(tx, jobs.get(tx, job_id), message_id))
    return True


def unposted(tx: Transaction, before: int | None, limit: int) -> list[str]:
    """Return open pitches from before a time that have no message.

    None: all of them. Their process died before it recorded one. A message may be there all the same: a press of its
    buttons corrects it.
    """
    rows = tx.fetch_all(
        f"SELECT id FROM pitches WHERE message_id IS NULL AND next_run_at IS NOT NULL AND {pitches.OPEN}"
        f" AND {orphans.is_before('created_at')} ORDER BY next_run_at, id LIMIT :limit",
        {**orphans.params(before, tx.now), "limit": limit},
    )
    return [row["id"] for row in rows]


def due(tx: Transaction, limit: int, exclude: Sequence[str]) -> list[tuple[Pitch, int, int]]:
    """Return posted pitches whose message is to be updated.

    Each with since when, and how many attempts failed.
    """
    rows = tx.fetch_all(
        f"SELECT {pitches.COLUMNS}, message_due_at, message_attempts FROM pitches"
        " WHERE message_due_at IS NOT NULL AND message_due_at <= :now AND message_id IS NOT NULL"
        " ORDER BY message_due_at, id LIMIT :limit",
        {"now": tx.now, "limit": limit + len(exclude)},
    )
    excluded = set(exclude)
    found = [(pitches.from_row(row), row["message_due_at"], row["message_attempts"]) for row in rows]
    return [each for each in found if each[0].id not in excluded][:limit]


def next_due_at(tx: Transaction, now: int) -> int | None:
    """Return when the next message after `now` is due."""
    row = tx.fetch_one(
        "SELECT MIN(message_due_at) FROM pitches WHERE message_due_at > :now AND message_id IS NOT NULL", {"now": now}
    )
    return row[0] if row else None


def due_checks(tx: Transaction, limit: int, exclude: Sequence[str]) -> list[Pitch]:
    """Return open pitches for whose message Discord is to be asked."""
    rows = tx.fetch_all(
        f"SELECT {pitches.COLUMNS} FROM pitches WHERE {pitches.OPEN} AND message_check_at <= :now"
        " AND message_id IS NOT NULL ORDER BY message_check_at, id LIMIT :limit",
        {"now": tx.now, "limit": limit + len(exclude)},
    )
    return [pitch for row in rows if (pitch := pitches.from_row(row)).id not in exclude][:limit]


def next_check_at(tx: Transaction, now: int) -> int | None:
    """Return when the next check after `now` is due."""
    row = tx.fetch_one(
        f"SELECT MIN(message_check_at) FROM pitches WHERE {pitches.OPEN} AND message_check_at > :now", {"now": now}
    )
    return row[0] if row else None


def check_later(tx: Transaction, pitch_id: str, due_at: int) -> None:
    """Ask Discord for a message at `due_at`."""
    tx.execute("UPDATE pitches SET message_check_at = :due_at WHERE id = :id", {"id": pitch_id, "due_at": due_at})


def mark_shown(tx: Transaction, shown: Pitch) -> None:
    """Record that a pitch's message shows what `shown` says.

    It stays due where the pitch has changed since.
    """
    tx.execute(
        f"UPDATE pitches SET message_due_at = NULL, message_attempts = 0, {_KEPT} WHERE id = :id AND state = :state"
        " AND pledged = :pledged AND COALESCE(waits_for, '') = :waits_for"
        " AND (SELECT COUNT(*) FROM pitch_votes WHERE pitch_id = pitches.id) = :votes",
        {
            "id": shown.id,
            "state": shown.state.value,
            "pledged": shown.pledged,
            "waits_for": shown.waits_for or "",
            "votes": shown.votes,
        },
    )


def reschedule(tx: Transaction, pitch_id: str, due_at: int) -> None:
    """Count a failed attempt to update a message, and retry at `due_at`."""
    tx.execute(
        "UPDATE pitches SET message_due_at = :due_at, message_attempts = message_attempts + 1 WHERE id = :id",
        {"id": pitch_id, "due_at": due_at},
    )


def stop_updating(tx: Transaction, pitch_id: str) -> None:
    """Stop updating a message.

    It is gone, or Discord forbids it.
    """
    tx.execute(
        f"UPDATE pitches SET message_due_at = NULL, message_attempts = 0, {_KEPT} WHERE id = :id", {"id": pitch_id}
    )
