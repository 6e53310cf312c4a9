"""Makes work due whose due time lies too late.

Such times were written before the clock was set back.
"""

from __future__ import annotations

from bot.domain.approval import APPROVAL_TTL_MS
from bot.domain.movie_night import WEEK_MS
from data.database import Transaction
from data.jobs import POLLED
from data.poll_pauses import END_TOO_LONG

_MAKE_DUE = (
    "UPDATE jobs SET next_run_at = :now WHERE state = 'queued' AND next_run_at > :after",
    f"UPDATE jobs SET next_run_at = :now WHERE {POLLED} AND next_run_at > :after",
    "UPDATE outbox SET next_attempt_at = :now WHERE status = 'pending' AND next_attempt_at > :after",
    (
        "UPDATE messages SET due_at = :now WHERE status = 'pending' AND due_at > :after"
        f" AND (kind NOT IN ('pitch_check', 'movie_night_start') OR due_at > :after + {WEEK_MS})"  # planned for later
    ),
    (
        "UPDATE pitches SET next_run_at = :now"
        " WHERE next_run_at IS NOT NULL AND next_run_at > :after AND state = 'waiting_for_plan'"
    ),
    "UPDATE breakers SET retry_at = :now WHERE name = 'submission' AND state = 'open' AND retry_at > :after",
    "UPDATE jobs SET next_run_at = :lapses_at WHERE state = 'awaiting_approval' AND next_run_at > :lapses_after",
    END_TOO_LONG,
)
"""Each repeats the condition of its partial index, otherwise SQLite scans the table."""

_NEWEST = (
    "SELECT created_at FROM ledger_entries ORDER BY id DESC LIMIT 1",
    f"SELECT last_pending_at FROM jobs WHERE {POLLED} ORDER BY next_run_at DESC LIMIT 1",
)
"""Columns that hold the time of their write. Each query uses an index."""


def last_write_at(tx: Transaction) -> int:
    """Return approximately when the database was last written to.

    0 for an empty database.
    """
    rows = [tx.fetch_one(sql) for sql in _NEWEST]
    return max((row[0] for row in rows if row is not None and row[0] is not None), default=0)


def make_due(tx: Transaction, after: int) -> int:
    """Make rows due now that are due after `after`.

    Orders that wait for approval wait for as long as any from now on. Return their number.
    """
    params = {
        "now": tx.now,
        "after": after,
        "lapses_at": tx.now + APPROVAL_TTL_MS,
        "lapses_after": after + APPROVAL_TTL_MS,
    }
    return sum(tx.execute(sql, params) for sql in _MAKE_DUE)
