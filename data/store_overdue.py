"""Waiting work after the clock was set back: it would wait until the clock has caught up, so it is made due."""

from __future__ import annotations

from data.database import Transaction
from data.store_part import StorePart

_MAKE_DUE = (
    "UPDATE jobs SET next_run_at = :now WHERE state = 'queued' AND next_run_at > :after",
    "UPDATE jobs SET next_run_at = :now WHERE state IN ('rendering', 'unknown') AND next_run_at IS NOT NULL AND next_run_at > :after",
    "UPDATE outbox SET next_attempt_at = :now WHERE next_attempt_at IS NOT NULL AND next_attempt_at > :after",
    "UPDATE audit_log SET next_attempt_at = :now WHERE next_attempt_at IS NOT NULL AND next_attempt_at > :after",
    "UPDATE breakers SET retry_at = :now WHERE name = 'submission' AND state = 'open' AND retry_at > :after",
)
"""Each repeats the words of its partial index, or SQLite would scan the table."""

_NEWEST = (
    "SELECT created_at FROM ledger_entries ORDER BY id DESC LIMIT 1",
    (
        "SELECT last_pending_at FROM jobs WHERE state IN ('rendering', 'unknown') AND next_run_at IS NOT NULL"
        " ORDER BY next_run_at DESC LIMIT 1"
    ),
)
"""Moments that were now when they were written, found by an index each."""


class OverdueStore(StorePart):
    """All that waits for a moment. Keeps the Protocol `Overdue` of bot/worker/interfaces.py."""

    async def newest_moment(self) -> int:
        """Find about when the database was last written to; 0 where nothing says so."""

        def look(tx: Transaction) -> int:
            rows = [tx.fetch_one(sql) for sql in _NEWEST]
            return max((row[0] for row in rows if row is not None and row[0] is not None), default=0)

        return await self._database.read(look)

    async def make_due(self, now: int, after: int) -> int:
        """Make due what would be due only later than `after`, and return how much that was."""
        moments = {"now": now, "after": after}
        return await self._database.write(lambda tx: sum(tx.execute(sql, moments) for sql in _MAKE_DUE))
