"""Gives each test a fake Discord and a fake Samsar."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import postgres_server
from tests.helpers.ledger_checks import Place
from tests.helpers.loopback import api, discord

__all__ = ["api", "discord"]


@pytest.fixture
def crash_database(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], Place]:
    def new() -> Place:
        if engine == "sqlite":
            return Path(tempfile.mkdtemp(dir=tmp_path)) / "movies.db"
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        return postgres_server.create_database(request.getfixturevalue("postgresql_server"), f"matinee_crash_{worker}")

    return new
