"""Gives each test a fake Discord and a fake Samsar."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.helpers.fake_discord.server import FakeDiscord
from tests.process.samsar_peer import SamsarPeer


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    """A Discord that nobody is connected to."""
    async with FakeDiscord() as loopback:
        yield loopback


@pytest.fixture
async def api() -> AsyncIterator[SamsarPeer]:
    """A movie API."""
    async with SamsarPeer() as peer:
        yield peer
