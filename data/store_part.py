"""The base of the parts of the job store."""

from __future__ import annotations

from data.database import Database


class StorePart:
    """A part of the job store. All times are UTC epoch milliseconds; each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
