"""Small values that outlive a restart.

One is the digest of the commands that were synced last.
"""

from __future__ import annotations

from data.database import Transaction


def get(tx: Transaction, key: str) -> str | None:
    """Return the value of a key."""
    row = tx.fetch_one("SELECT value FROM key_value WHERE key = :key", {"key": key})
    return row["value"] if row else None


def set_value(tx: Transaction, key: str, value: str) -> None:
    """Write the value of a key."""
    tx.execute(
        "INSERT INTO key_value (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value",
        {"key": key, "value": value},
    )


def add(tx: Transaction, key: str, value: str) -> bool:
    """Write the value of a new key; return whether it was new."""
    added = tx.execute(
        "INSERT INTO key_value (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING",
        {"key": key, "value": value},
    )
    return added == 1
