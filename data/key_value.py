"""Small facts that outlive a restart, such as which commands were registered last."""

from __future__ import annotations

from data.database import Database, Statement, Transaction


class KeyValueStore:
    """A table of names and values."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> str | None:
        """The value kept under this name."""

        def look(tx: Transaction) -> str | None:
            row = tx.fetch_one("SELECT value FROM key_value WHERE key = :name", {"name": name})
            return row["value"] if row else None

        return await self._database.read(look)

    async def set(self, name: str, value: str) -> None:
        """Keep a value under this name."""
        await self._database.write(
            Statement(
                "INSERT INTO key_value (key, value) VALUES (:name, :value)"
                " ON CONFLICT (key) DO UPDATE SET value = :value",
                {"name": name, "value": value},
            )
        )
