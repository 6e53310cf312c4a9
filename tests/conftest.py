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


TIERS = ("smoke", "full", "slow")
"""Markers that say a test's tier. `smoke`: `make test`, `full`: `make test-all`, `slow`: `make test-slow`."""

_POSTGRESQL_FIXTURES = {"postgresql_server", "postgresql_database", "postgresql_url", "empty_postgresql_url"}


@pytest.hookimpl(tryfirst=True)  # before pytest deselects by marker
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark `full` what starts a server, a browser or a process and says no tier.

    Browser tests take longest, so they run first and the workers end at similar times.
    """
    for item in items:
        if not any(item.get_closest_marker(tier) for tier in TIERS) and _starts_something(item):
            item.add_marker(pytest.mark.full)
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let no test of `make test` start a process, but for the smoke tests."""
    may_start = any(item.get_closest_marker(tier) for tier in TIERS)
    _Guard.test = None if may_start else item.nodeid
    try:
        return (yield)
    finally:
        _Guard.test = None


class _Guard:
    """The test that runs, and must start no process."""

    test: str | None = None


def _refuse_processes(event: str, _: tuple[object, ...]) -> None:
    if _Guard.test is not None and event in {"subprocess.Popen", "os.fork", "os.posix_spawn"}:
        raise RuntimeError(f"{_Guard.test} starts a process: mark it `full`, or `smoke`")


sys.addaudithook(_refuse_processes)


def _starts_something(item: pytest.Item) -> bool:
    assert isinstance(item, pytest.Function)
    arguments = item.callspec.params.values() if hasattr(item, "callspec") else ()
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    return (
        folder in {"process", "browser"}
        or not _POSTGRESQL_FIXTURES.isdisjoint(item.fixturenames)
        or any(isinstance(value, str) and value == "postgresql" for value in arguments)
    )


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
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Yield the URL of the PostgreSQL server that all test workers share.

    TEST_DATABASE_URL names one to use instead.
    """
    if own := os.environ.get("TEST_DATABASE_URL"):
        yield own
        return
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    folder = tmp_path_factory.getbasetemp().parent if is_worker else tmp_path_factory.getbasetemp()
    try:
        with postgres_server.shared_server(folder) as url:
            yield url
    except postgres_server.NoServer as exc:
        pytest.skip(str(exc))


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
    """Set the time zone far east, far west, or to UTC. POSIX counts hours to the west."""
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
