"""Fixtures: a fake Discord and a fake Samsar on loopback. A conftest imports them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as loopback:
        yield loopback


@pytest.fixture
async def api() -> AsyncIterator[ManualSamsar]:
    async with ManualSamsar() as samsar:
        yield samsar
