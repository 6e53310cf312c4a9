"""Soak tests: many jobs, random faults, and repeated kills of one process, or of all roles on PostgreSQL."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from bot.samsar.config import ApiVersion
from tests.conftest import FIGURES
from tests.helpers.ledger_checks import Place
from tests.process.crash.failpoints import OLDER_OR_SLOW, SQLITE, SQLITE_2026, VARIANTS, sampled
from tests.process.crash.roles_soak import soak

RUNS = [(*variant, *run) for variant, run in product(VARIANTS, ((40, 2), (2000, 20)))]


@pytest.mark.timeout(1800)  # alone, 2,000 jobs take two minutes; beside other tests, 15
@pytest.mark.parametrize(
    ("engine", "version", "jobs", "deaths"), sampled(RUNS, {(*SQLITE, 40, 2), (*SQLITE_2026, 40, 2)})
)
async def test_nothing_is_lost(
    version: ApiVersion,
    jobs: int,
    deaths: int,
    tmp_path: Path,
    crash_database: Callable[[], Place],
    record_property: Callable[[str, object], None],
) -> None:
    record_property(FIGURES, await soak(tmp_path, version, jobs, deaths, crash_database()))


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("version", OLDER_OR_SLOW)
@pytest.mark.parametrize(
    ("jobs", "deaths"), [(40, 1), pytest.param(2000, 8, marks=pytest.mark.slow)], ids=["40", "2000"]
)
async def test_nothing_is_lost_over_roles(
    version: ApiVersion, jobs: int, deaths: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Each is killed at random moments, three lose connections at a COMMIT, and the server restarts amid orders."""
    record_property(FIGURES, await soak(tmp_path, version, jobs, deaths))
