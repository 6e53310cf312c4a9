"""What the tests of the Discord client share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data.database import Database
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A new database."""
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    opened = await SqliteDatabase.open(path)
    yield opened
    await opened.close()
