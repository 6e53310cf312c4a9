"""Leases on due work: which process has a row, and until when.

A process that takes due work writes its lease beside it, so that no other process takes the same work. After a crash,
the work is free when the lease ends. A poll ends before its lease. Sending a notification must not be cancelled, so its
process renews the lease meanwhile (`outbox.renew`). A process that was frozen may have lost it, so none of its requests
begins after the lease with which it took the notification (bot/discord_client/responses.py).

A process may take its own leased work again. What it works on is in its memory.

The processes that use the database, each with its last heartbeat.

When the next IDENTIFY of each bucket is allowed, over all processes.

A slot is a recorded time and not a lock: a lock is free as soon as its process is killed, but Discord still counts the
IDENTIFY that the process sent.

The last starts of each gateway process; see bot/domain/process.py.

They are counted for each set of shards: a restarted process has the same shards as the one before it. Processes of
other shards that start at the same time are no crash loop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain import process
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS, ProcessInfo, Role
from data.database import Transaction
from data.engine import rows
from data.jobs import POLLED


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease of the process `holder` until `until` (UTC epoch milliseconds)."""

    holder: str
    until: int

    @property
    def params(self) -> Mapping[str, int | str]:
        """The lease as parameters of a statement."""
        return {"holder": self.holder, "until": self.until}


_POLLS: Final = f"UPDATE jobs SET leased_by = NULL, leased_until = NULL WHERE {POLLED}"
_NOTIFICATIONS: Final = "UPDATE outbox SET leased_by = NULL, leased_until = NULL WHERE status = 'pending'"


def is_free(table: str) -> str:
    """Return the condition of work that `:holder` may take at `:now`."""
    return f"({table}.leased_until IS NULL OR {table}.leased_until <= :now OR {table}.leased_by = :holder)"


def release(tx: Transaction, holder: str) -> None:
    """End the leases of a process that stops.

    The others take its work at once.
    """
    for sql, due_at in ((_POLLS, "next_run_at"), (_NOTIFICATIONS, "next_attempt_at")):
        tx.execute(f"{sql} AND {due_at} <= :now AND leased_by = :holder", {"now": tx.now, "holder": holder})
    tx.wake("status_polls", "notifications")


def release_all(tx: Transaction) -> None:
    """End all leases: the only process starts, so their holders are dead.

    Whenever their work is due: the clock may have been set back.
    """
    for sql, due_at in ((_POLLS, "next_run_at"), (_NOTIFICATIONS, "next_attempt_at")):
        tx.execute(f"{sql} AND {due_at} IS NOT NULL AND leased_until IS NOT NULL")


def end_longer(tx: Transaction, after: int) -> int:
    """End leases that last until after `after`, and return their number.

    They were written before the clock was set back.
    """
    params = {"now": tx.now, "after": after}
    return sum(
        tx.execute(f"{sql} AND {due_at} <= :now AND leased_until > :after", params)
        for sql, due_at in ((_POLLS, "next_run_at"), (_NOTIFICATIONS, "next_attempt_at"))
    )


_KEPT_MS: Final = 24 * 3600 * 1000
"""How long a process that died is listed."""

_RECORD: Final = """
INSERT INTO processes (id, role, host, pid, version, started_at, shards, seen_at)
VALUES (:id, :role, :host, :pid, :version, :started_at, :shards, :now)
ON CONFLICT (id) DO UPDATE SET shards = :shards, seen_at = :now
"""


def record_heartbeat(tx: Transaction, process: ProcessInfo) -> None:
    """Record a heartbeat, and forget processes that died long ago."""
    tx.execute(
        _RECORD,
        {
            "id": process.id,
            "role": process.role.value,
            "host": process.host,
            "pid": process.pid,
            "version": process.version,
            "started_at": process.started_at,
            "shards": process.shards,
            "now": tx.now,
        },
    )
    tx.execute("DELETE FROM processes WHERE seen_at < :before", {"before": tx.now - _KEPT_MS})


def forget(tx: Transaction, process_id: str) -> None:
    """Forget a process that stops."""
    tx.execute("DELETE FROM processes WHERE id = :id", {"id": process_id})


def count_working(tx: Transaction) -> int:
    """Count the processes that are alive and run the poll loops."""
    return sum(process.role.works and process.is_alive(tx.now) for process in list_all(tx))


def list_all(tx: Transaction) -> list[ProcessInfo]:
    """Return all processes, the oldest first."""
    rows = tx.fetch_all(
        "SELECT id, role, host, pid, version, started_at, shards, seen_at FROM processes ORDER BY started_at, id"
    )
    return [
        ProcessInfo(
            id=row["id"],
            role=Role(row["role"]),
            host=row["host"],
            pid=row["pid"],
            version=row["version"],
            started_at=row["started_at"],
            shards=row["shards"],
            seen_at=row["seen_at"],
        )
        for row in rows
    ]


INTERVAL_MS: Final = 5_500
"""Discord allows one IDENTIFY in five seconds for each bucket. The rest is for the way of the message."""

_FREE_AT: Final = "SELECT free_at FROM identify_slots WHERE bucket = :bucket"

_RESERVE: Final = """
INSERT INTO identify_slots (bucket, free_at) VALUES (:bucket, :free_at)
ON CONFLICT (bucket) DO UPDATE SET free_at = :free_at
"""


def reserve(tx: Transaction, bucket: int, longest_wait_ms: int) -> int | None:
    """Reserve the next slot of a bucket, and return when it begins.

    None where that is later than `longest_wait_ms` from now: nothing is reserved.
    """
    tx.lock(f"identify:{bucket}")
    row = tx.fetch_one(_FREE_AT, {"bucket": bucket})
    begin = tx.now if row is None else max(tx.now, row["free_at"])
    if begin > tx.now + longest_wait_ms + INTERVAL_MS + MAX_CLOCK_DIFFERENCE_MS:
        begin = tx.now  # no reservation is so far ahead, on any machine's clock: this one's was set back
    elif begin > tx.now + longest_wait_ms:
        return None
    tx.execute(_RESERVE, {"bucket": bucket, "free_at": begin + INTERVAL_MS})
    return begin


def record(tx: Transaction, shards: str) -> tuple[int, ...]:
    """Record a start, and return the starts before it."""
    key = _key(shards)
    tx.lock(key)
    before = process.parse(rows.get(tx, key))
    rows.set_value(tx, key, process.serialize((*before, tx.now)))
    return before


def forget_starts(tx: Transaction, shards: str) -> None:
    """Forget the starts, after a process ran well."""
    rows.set_value(tx, _key(shards), "")


def _key(shards: str) -> str:
    return f"{process.STARTS_KEY}:{shards}" if shards else process.STARTS_KEY
