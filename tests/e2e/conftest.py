"""Fixtures that give each test a bot of its own.

Each bot runs on a SQLite file, and in modules marked `both_engines` on PostgreSQL, too.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import AsyncGenerator, Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.admin_harness import AdminHarness, open_admin_harness


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a module marked `both_engines` on both engines.

    Those on PostgreSQL run in `make test-slow`.
    """
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    if "engine" in metafunc.fixturenames and "both_engines" in marks and "sqlite" not in marks:
        metafunc.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])


@pytest.fixture(autouse=True)
def _no_internal_error(caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """Fail where a command, press or form ends in an internal error.

    Its test may see only the response before that. One that provokes such an error clears `caplog`.
    """
    yield
    internal = {"command_failed", "component_failed"}
    assert [each for each in caplog.get_records("call") if each.getMessage() in internal] == []


@pytest.fixture
def engine() -> str:
    """The engine of a test whose module has no mark."""
    return "sqlite"


@pytest.fixture
def database_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of an empty database for the bot.

    The database is a file that does not exist yet, or an empty PostgreSQL database.
    """
    url: str = f"sqlite:///{tmp_path / 'movies.db'}"
    if engine == "postgresql":
        monkeypatch.chdir(tmp_path)  # the folder for backups is below it
        url = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    """What the marks `settings` of a module and of its test say."""
    return dict(ChainMap(*[mark.kwargs for mark in request.node.iter_markers("settings")]))


@pytest.fixture
async def bot(tmp_path: Path, database_url: str, settings: Mapping[str, Any]) -> AsyncGenerator[AdminHarness]:
    """The whole bot against a simulated Discord, in a server that Dana runs; Alice and Bob make movies.

    No movie is quoted before it is ordered, unless the settings say so.
    """
    async with open_admin_harness(tmp_path, database_url=database_url, **settings) as opened:
        yield opened
