"""Records the statements of a function.

They are then run elsewhere, or their plans are read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from data.database import Params, Row, Transaction
from data.engine.sqlite import SqliteTransaction

T = TypeVar("T")
P = ParamSpec("P")

Recorded = tuple[str, Mapping[str, int | str | None]]
"""A statement and its parameters."""


class RecordingDatabase:
    """Runs a function as data.database.Database does, and records its statements."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.statements: list[Recorded] = []

    async def write(self, function: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function and roll it back: only its statements are needed."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN IMMEDIATE")
            result = function(_RecordingTransaction(connection, self.statements), *args, **kwargs)
            connection.execute("ROLLBACK")
        return result

    read = read_long = write


class _RecordingTransaction(SqliteTransaction):
    """Records every statement but the savepoints, which change no row."""

    def __init__(self, connection: sqlite3.Connection, statements: list[Recorded]) -> None:
        super().__init__(connection)
        self._statements = statements

    def _run(self, sql: str, params: Params | None) -> sqlite3.Cursor:
        self._statements.append((sql, dict(params or {})))
        return super()._run(sql, params)

    def iterate(self, sql: str, params: Params | None = None) -> Generator[Row]:
        self._statements.append((sql, dict(params or {})))
        return super().iterate(sql, params)
