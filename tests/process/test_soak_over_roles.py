"""A soak test of all roles under kills, lost connections and faults.

Every fourth order is a pitch. Three processes lose their connections at a COMMIT in each of their lives; the server is
restarted twice amid orders. At the end all are killed at once, and the remaining work is done without faults.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.samsar.profile import ApiVersion
from tests.conftest import FIGURES
from tests.process.crash.failpoints import OLDER_OR_SLOW
from tests.process.crash.roles_soak import soak


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("version", OLDER_OR_SLOW)
@pytest.mark.parametrize(
    ("jobs", "deaths"), [(40, 1), pytest.param(2000, 8, marks=pytest.mark.slow)], ids=["40", "2000"]
)
async def test_nothing_is_lost(
    version: ApiVersion, jobs: int, deaths: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property(FIGURES, await soak(tmp_path, version, jobs, deaths))
