"""Gives each test a bot of its own."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.bot_harness import BotHarness, open_bot_harness


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """The whole bot against a simulated Discord.

    No movie is quoted before it is ordered.
    """
    async with open_bot_harness(tmp_path) as opened:
        yield opened


@pytest.fixture
async def admin_bot(tmp_path: Path) -> AsyncGenerator[AdminHarness]:
    """A server that Dana runs; Alice and Bob make movies."""
    async with open_admin_harness(tmp_path) as opened:
        yield opened
