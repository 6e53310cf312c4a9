"""Fakes, and a database of Alice's movies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data.database import Database
from data.engine.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.clock import ManualClock
from tests.helpers.command_line import open_movies
from tests.helpers.ledger_checks import Place
from tests.helpers.loopback import api, discord

__all__ = ["api", "discord"]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_movies(tmp_path / "movies.db") as database:
        yield database


@pytest.fixture
async def empty_database(tmp_path: Path) -> AsyncIterator[Database]:
    migrated_file.create(tmp_path / "movies.db")
    async with await SqliteDatabase.open(tmp_path / "movies.db", ManualClock()) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql_url")
    migrated_file.create(tmp_path / "movies.db")
    return tmp_path / "movies.db"


@pytest.fixture
def url(place: Place) -> str:
    return place if isinstance(place, str) else f"sqlite:///{place}"
