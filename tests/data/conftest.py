"""Fixtures for an open, migrated database of each engine.

SQLite has a file below tmp_path, PostgreSQL a server of the test worker. Tests that ask for `path`
or a `SqliteDatabase`, or are marked `sqlite`, run on SQLite only, and those marked `postgresql` on PostgreSQL only.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data.database import Database, sqlite_path
from data.engine.postgresql import PostgresDatabase
from data.engine.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.clock import ManualClock
from tests.helpers.every_table import fill
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import StoreHarness
from tests.helpers.woken import Woken

ENGINES = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run database tests on both engines, file tests on SQLite only."""
    if "engine" in metafunc.fixturenames:
        asked = metafunc.function.__annotations__.values()
        is_about_file = "path" in metafunc.fixturenames or "SqliteDatabase" in asked
        only = [name for name in ENGINES if metafunc.definition.get_closest_marker(name)]
        metafunc.parametrize("engine", ENGINES[:1] if is_about_file else only or ENGINES)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "movies.db"
    migrated_file.create(file)
    return file


@pytest.fixture
def woken() -> Woken:
    return Woken()


@pytest.fixture
async def database(engine: str, woken: Woken, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """The open database, with a busy timeout of 50 ms on SQLite."""
    opened: Database
    if engine == "sqlite":
        opened = await SqliteDatabase.open(request.getfixturevalue("path"), ManualClock(), woken.add, busy_seconds=0.05)
    else:
        opened = await PostgresDatabase.open(request.getfixturevalue("postgresql_url"), ManualClock(), woken.add)
    yield opened
    await opened.close()


@pytest.fixture
def url(engine: str, request: pytest.FixtureRequest) -> str:
    """The URL of an empty, migrated database."""
    fixture = "path" if engine == "sqlite" else "postgresql_url"
    place = request.getfixturevalue(fixture)
    return place if isinstance(place, str) else f"sqlite:///{place}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups go."""
    return tmp_path / "backups"


@pytest.fixture
def store(database: Database) -> StoreHarness:
    return StoreHarness(database)


@pytest.fixture
def pitching(store: StoreHarness) -> Pitching:
    return Pitching(store.database, store.place)


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'movies.db'}"


@pytest.fixture
def source(request: pytest.FixtureRequest, file_url: str) -> str:
    """A database with rows in every table; the parameter is its engine."""
    url: str = file_url
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    else:
        migrated_file.create(sqlite_path(url))
    asyncio.run(fill(url))
    return url


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database; the parameter is its engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'movies.db'}"
    url: str = request.getfixturevalue("empty_postgresql_url")
    return url
