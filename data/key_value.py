"""Small values that outlive a restart, such as which commands were synced last."""

from __future__ import annotations

from data.database import Database, Transaction


class KeyValueStore:
    """A table of keys and values."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> str | None:
        """Return the value of a key."""
        return await self._database.read(get, name)

    async def set(self, name: str, value: str) -> None:
        """Write the value of a key."""
        await self._database.write(set_value, name, value)


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
