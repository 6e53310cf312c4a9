"""A kill at any moment loses, repeats and blocks no work.

The real process runs with a fake Discord and a fake API. Two members order; one movie is made, the other one fails.
The process kills itself with SIGKILL at a named moment (see crash/failpoints.py and crash/injector.py), and is started
again.

The next start does the remaining work without waiting for any interval of production's. The fake Discord remembers a
nonce without limit, Discord for some minutes. A message that is sent again after a restart is one message only if the
restart comes within them.
"""

from pathlib import Path

import pytest

from bot.samsar.profile import ApiVersion
from tests.helpers.ledger_checks import Place
from tests.process.crash.failpoints import (
    FIRST,
    MOMENTS,
    OLDER_OR_SLOW,
    POINTS,
    RANDOM_SAMPLES,
    SAMPLES,
    TWICE,
    VARIANTS,
)
from tests.process.crash.harness import open_crash_harness


def _named() -> list[object]:
    """Return the failpoints of each engine and version, the slow ones marked."""
    return [
        pytest.param(
            engine,
            version,
            points,
            id=f"{engine}-{version}-{' then '.join(points).replace(' ', '_')}",
            marks=() if points in SAMPLES[engine, version] else (pytest.mark.slow,),
        )
        for engine, version in VARIANTS
        for points in POINTS
    ]


def _random() -> list[object]:
    return [
        pytest.param(
            engine,
            version,
            number,
            moments,
            id=f"{engine}-{version}-{number}",
            marks=() if number in RANDOM_SAMPLES[engine, version] else (pytest.mark.slow,),
        )
        for engine, version in VARIANTS
        for number, moments in enumerate(MOMENTS)
    ]


def test_every_kind_of_moment_is_tried() -> None:
    """The sample is taken from more than 25 failpoints."""
    assert len(set(FIRST)) == len(FIRST) >= 25
    assert set(POINTS) >= frozenset().union(*SAMPLES.values())
    assert all(SAMPLES.values()), "each engine with each version of the API"
    assert len(set(TWICE)) == len(TWICE)


@pytest.mark.parametrize(("engine", "version", "points"), _named())
async def test_killed_at(version: ApiVersion, points: tuple[str, ...], tmp_path: Path, crash_database: Place) -> None:
    """After a restart it continues, or reports an unknown outcome."""
    async with open_crash_harness(tmp_path, crash_database, version=version) as harness:
        for point in points:
            at = point if ":" in point else f"{point}:1"
            await harness.run_until_killed(KILL_AT=at)
            assert harness.passed[-1] == f"@ {at.replace(':', ' ')}", "it died somewhere else"
        await harness.run_until_idle()
        harness.check()


@pytest.mark.parametrize(("engine", "version", "number", "moments"), _random())
async def test_killed_at_a_random_moment(
    version: ApiVersion, number: int, moments: int, tmp_path: Path, crash_database: Place
) -> None:
    """Every third time, it is killed again during recovery."""
    async with open_crash_harness(tmp_path, crash_database, version=version) as harness:
        await harness.run_until_killed(KILL_AFTER=str(moments))
        if number % 3 == 0:
            await harness.run_until_killed(KILL_AFTER=str(moments // 6))
        await harness.run_until_idle()
        harness.check()


@pytest.mark.parametrize("version", OLDER_OR_SLOW)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_not_killed_at_all(version: ApiVersion, tmp_path: Path, crash_database: Place) -> None:
    """It passes every failpoint except the one after the end."""
    async with open_crash_harness(tmp_path, crash_database, version=version) as harness:
        await harness.run_until_idle()
        harness.check()
        passed = {line.removeprefix("@ ").rpartition(" ")[0] for line in harness.passed}
    assert {point.partition(":")[0] for point in FIRST} - passed <= {"ready"}
