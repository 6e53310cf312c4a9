"""What every part of the job store stands on: the database, and the question when something is due."""

from __future__ import annotations

from data.database import Database, Transaction


class StorePart:
    """A part of the job store. All times are UTC epoch milliseconds; each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def _moment(self, sql: str, now: int) -> int | None:
        def look(tx: Transaction) -> int | None:
            row = tx.fetch_one(sql, {"now": now})
            return row[0] if row else None

        return await self._database.read(look)
