"""Gives each test of the engine a bench of its own."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.helpers.engine_harness import EngineHarness, open_bench


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncGenerator[EngineHarness]:
    """An engine on a bench, over a new file."""
    async with open_bench(tmp_path) as opened:
        yield opened
