"""The processes that use the database, each with its last heartbeat."""

from __future__ import annotations

from typing import Final

from bot.domain.process import ProcessInfo, Role
from data.database import Transaction

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
