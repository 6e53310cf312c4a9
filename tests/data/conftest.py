"""A real SQLite file below tmp_path, open and migrated."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data.database import Database
from data.migrations_runner import migrate
from data.sqlite import SqliteDatabase
from tests.helpers.store_harness import StoreHarness


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A migrated database file that nobody has open."""
    file = tmp_path / "movies.db"
    migrate(file)
    return file


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    """The open file, with a busy timeout of 50 ms."""
    opened = await SqliteDatabase.open(path, busy_seconds=0.05)
    yield opened
    await opened.close()


@pytest.fixture
def store(database: Database) -> StoreHarness:
    """The job store and the accounts over it."""
    return StoreHarness(database)
