"""What processes that share a database tell each other: leases on due work, heartbeats, IDENTIFYs and starts.

A process that takes due work writes its lease beside it, so that no other process takes the same work. After a crash,
the work is free when the lease ends. A poll ends before its lease. Sending a notification must not be cancelled, so its
process renews the lease meanwhile (`outbox.renew`). A process that was frozen may have lost it, so none of its requests
begins after the lease with which it took the notification (bot/discord_client/responses.py). A process may take its own
leased work again: what it works on is in its memory.

A slot for an IDENTIFY is a recorded time and not a lock: a lock is free as soon as its process is killed, but Discord
still counts the IDENTIFY that the process sent.

The last starts of a gateway process are counted for its set of shards (bot/domain/process.py): a restarted process has
the same shards as the one before it, and processes of other shards that start at the same time are no crash loop.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from bot.domain import process
from bot.domain.credits import DAY_MS
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS, ProcessInfo, Role
from data.database import Params, Transaction
from data.engine import rows
from data.jobs import POLLED

_LEASED: Final = (
    f"UPDATE jobs SET leased_by = NULL, leased_until = NULL WHERE {POLLED} AND next_run_at <= :due",
    "UPDATE outbox SET leased_by = NULL, leased_until = NULL WHERE status = 'pending' AND next_attempt_at <= :due",
)

_KEPT_MS: Final = DAY_MS
"""How long a process that died is listed."""

INTERVAL_MS: Final = 5_500
"""Discord allows one IDENTIFY in five seconds for each bucket. The rest is for the way of the message."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease of the process `holder` until `until` (UTC epoch milliseconds).

    The fields are parameters of statements.
    """

    holder: str
    until: int


def is_free(table: str) -> str:
    """Return the condition of work that `:holder` may take at `:now`."""
    return f"({table}.leased_until IS NULL OR {table}.leased_until <= :now OR {table}.leased_by = :holder)"


def release(tx: Transaction, holder: str) -> None:
    """End the leases of a process that stops.

    The others take its work at once.
    """
    _end(tx, "leased_by = :holder", {"due": tx.now, "holder": holder})
    tx.wake("status_polls", "notifications")


def release_all(tx: Transaction) -> None:
    """End all leases: the only process starts, so their holders are dead.

    Whenever their work is due: the clock may have been set back.
    """
    _end(tx, "leased_until IS NOT NULL", {"due": 2**62})


def end_longer(tx: Transaction, after: int) -> int:
    """End leases that last until after `after`, and return their number.

    They were written before the clock was set back.
    """
    return _end(tx, "leased_until > :after", {"due": tx.now, "after": after})


def _end(tx: Transaction, condition: str, params: Params) -> int:
    return sum(tx.execute(f"{sql} AND {condition}", params) for sql in _LEASED)


def record_heartbeat(tx: Transaction, process: ProcessInfo) -> None:
    """Record a heartbeat, and forget processes that died long ago."""
    tx.insert("processes", {**asdict(process), "seen_at": tx.now}, replace="id")
    tx.execute("DELETE FROM processes WHERE seen_at < :before", {"before": tx.now - _KEPT_MS})


def forget(tx: Transaction, process_id: str) -> None:
    """Forget a process that stops."""
    tx.execute("DELETE FROM processes WHERE id = :id", {"id": process_id})


def count_working(tx: Transaction) -> int:
    """Count the processes that are alive and run the poll loops."""
    return sum(process.role.works and process.is_alive(tx.now) for process in list_all(tx))


def list_all(tx: Transaction) -> list[ProcessInfo]:
    """Return all processes, the oldest first."""
    columns = "id, role, host, pid, version, started_at, shards, seen_at"
    found = tx.fetch_all(f"SELECT {columns} FROM processes ORDER BY started_at, id")
    return [ProcessInfo(id_, Role(role), *others) for id_, role, *others in found]


def reserve(tx: Transaction, bucket: int, longest_wait_ms: int) -> int | None:
    """Reserve the next slot of a bucket, and return when it begins.

    None where that is later than `longest_wait_ms` from now: nothing is reserved.
    """
    tx.lock(f"identify:{bucket}")
    free_at = tx.fetch_value("SELECT free_at FROM identify_slots WHERE bucket = :bucket", {"bucket": bucket})
    begin = max(tx.now, free_at or 0)
    if begin > tx.now + longest_wait_ms + INTERVAL_MS + MAX_CLOCK_DIFFERENCE_MS:
        begin = tx.now  # no reservation is so far ahead, on any machine's clock: this one's was set back
    elif begin > tx.now + longest_wait_ms:
        return None
    tx.insert("identify_slots", {"bucket": bucket, "free_at": begin + INTERVAL_MS}, replace="bucket")
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
