"""Fixtures and hooks of all tests.

Property tests have no deadline, and the figures that tests measured are printed.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from bot import log
from tests.helpers import postgres_server

settings.register_profile("matinee", deadline=None)  # a loaded machine is slow, and no property is about speed
settings.load_profile("matinee")

MEMORY = Path("/dev/shm")  # noqa: S108 - Linux' own folder in memory
ROOM = 4 << 30
"""Bytes that must be free in memory for the files of the tests."""


def keep_files_in_memory() -> None:
    """Let `tmp_path` and PostgreSQL be in memory where there is room.

    Each COMMIT waits for a disk, and each database of PostgreSQL is 300 files.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        folder = MEMORY / f"matinee-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))
        tempfile.tempdir = str(MEMORY)


keep_files_in_memory()
log.configure_structlog()  # our events are then records of `logging`, which caplog collects


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the slow browser tests first, so workers end at similar times."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(autouse=True)
def _umask() -> Generator[None]:
    """Restore the umask, which commands narrow to hide files from other users.

    A PostgreSQL server of a later test may run as another user.
    """
    before = os.umask(0o077)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def postgresql_server() -> Generator[str]:
    """Yield the URL of a PostgreSQL server for this test worker.

    TEST_DATABASE_URL names one to use instead.
    """
    if own := os.environ.get("TEST_DATABASE_URL"):
        yield own
        return
    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgres_server.running_server()).url
        except postgres_server.NoServer as exc:
            pytest.skip(str(exc))
        yield url


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: str) -> str:
    """Return the URL of a migrated database that this worker's tests share."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return postgres_server.create_migrated_database(postgresql_server, f"matinee_test_{worker}")


@pytest.fixture
def empty_postgresql_url(postgresql_server: str) -> str:
    """The URL of a PostgreSQL database without any table."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return postgres_server.create_database(postgresql_server, f"matinee_empty_{worker}")


@pytest.fixture
def postgresql_url(postgresql_database: str) -> str:
    """The URL of an empty PostgreSQL database with this version's schema."""
    postgres_server.empty(postgresql_database)
    return postgresql_database


@pytest.fixture(params=["XXX-14", "XXX12", "UTC0"])
def time_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set the time zone far east, far west, or to UTC.

    POSIX counts hours to the west.
    """
    if sys.platform == "win32":
        pytest.skip("Windows can't change it for a process")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


FIGURES = "figures"
"""The property under which a test records a line for anyone who started it: `record_property(FIGURES, line)`."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each line below the tests."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == FIGURES:
                terminalreporter.write_line(f"{report.nodeid}: {value}")
