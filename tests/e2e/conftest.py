"""Gives each test a world of its own."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.helpers.admin_harness import AdminHarness, open_office
from tests.helpers.bot_harness import BotHarness, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """The whole bot in an offline world, in which every movie is ordered at once, whatever it costs."""
    async with open_world(tmp_path) as opened:
        yield opened


@pytest.fixture
async def office(tmp_path: Path) -> AsyncGenerator[AdminHarness]:
    """A server that Dana runs; Alice and Bob make movies."""
    async with open_office(tmp_path) as opened:
        yield opened
