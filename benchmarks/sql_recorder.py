"""Records the statements of a work of the bot's, to be run again elsewhere, or to have their plans read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from data.database import Transaction

Recorded = tuple[str, Mapping[str, Any]]
"""A statement and its parameters."""


class RecordingDatabase:
    """Runs a work as data.database.Database does, and keeps the statements that it was made of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.statements: list[Recorded] = []

    async def run(self, work: Callable[[Transaction], Any]) -> Any:  # noqa: ANN401 (whatever the work returns)
        """Run it, and roll it back: it is only wanted for its statements."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN IMMEDIATE")
            result = work(_RecordingTx(connection, self.statements))
            connection.execute("ROLLBACK")
        return result

    read = study = run


class _RecordingTx(Transaction):
    def __init__(self, connection: sqlite3.Connection, statements: list[Recorded]) -> None:
        super().__init__(connection)
        self._statements = statements

    def execute(self, sql: str, params: Mapping[str, Any] | None = None) -> int:
        self._statements.append((sql, dict(params or {})))
        return super().execute(sql, params)

    def row(self, sql: str, params: Mapping[str, Any] | None = None) -> sqlite3.Row | None:
        self._statements.append((sql, dict(params or {})))
        return super().fetch_one(sql, params)

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[sqlite3.Row]:
        self._statements.append((sql, dict(params or {})))
        return super().fetch_all(sql, params)

    def each(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[sqlite3.Row]:
        self._statements.append((sql, dict(params or {})))
        return super().iterate(sql, params)
