"""Gives each test a fake Discord and a fake Samsar."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import Place
from tests.helpers.manual_samsar import ManualSamsar


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    """A Discord without a connected bot."""
    async with FakeDiscord() as loopback:
        yield loopback


@pytest.fixture
async def api() -> AsyncIterator[ManualSamsar]:
    """A movie API."""
    async with ManualSamsar() as samsar:
        yield samsar


@pytest.fixture
def crash_database(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """A database of the test's `engine` that no process has opened yet."""
    return request.getfixturevalue("empty_postgresql_url") if engine == "postgresql" else tmp_path / "movies.db"
