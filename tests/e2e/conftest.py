"""Gives each test a world of its own."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.support.world import World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncGenerator[World]:
    """The whole bot in an offline world, in which every movie is ordered at once, whatever it costs."""
    async with open_world(tmp_path) as opened:
        yield opened
