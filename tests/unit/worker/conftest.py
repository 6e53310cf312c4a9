"""Gives each test of the worker a harness of its own."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.helpers.worker_harness import WorkerHarness, open_worker_harness


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncGenerator[WorkerHarness]:
    async with open_worker_harness(tmp_path) as opened:
        yield opened
