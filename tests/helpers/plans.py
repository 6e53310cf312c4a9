"""SQLite's query plans of an operation's statements."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from data.database import Database, Transaction


async def statements(database: Database, operation: Callable[[], Awaitable[object]]) -> list[str]:
    """Run an operation, and return its statements with their values. Both connections are traced."""
    seen: list[str] = []
    for way in (database.read, database.write):
        await way(lambda tx: tx._connection.set_trace_callback(seen.append))
    seen.clear()
    try:
        await operation()
    finally:
        asked = list(seen)
        for way in (database.read, database.write):
            await way(lambda tx: tx._connection.set_trace_callback(None))
    return asked


async def plans(database: Database, operation: Callable[[], Awaitable[object]]) -> list[str]:
    def explain(tx: Transaction, statement: str) -> list[str]:
        return [row["detail"] for row in tx.fetch_all(f"EXPLAIN QUERY PLAN {statement}")]

    steps: list[str] = []
    for statement in await statements(database, operation):
        if statement.split(maxsplit=1)[0] not in ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"):
            steps += await database.read(lambda tx, statement=statement: explain(tx, statement))
    return steps
