"""A kill anywhere loses, repeats and blocks nothing.

The real process, a loopback Discord, the fake API. Two members order; one movie is made, the other one fails.
The process kills itself with SIGKILL at a named moment (see kill_points.py and killing/run_and_die.py), and is started
again.

What it left is seen to at the next start, without waiting for any interval of production's. The loopback keeps to a
nonce for ever, Discord for some minutes: what is sent again after a restart is one message only where the restart comes
within them.
"""

from pathlib import Path

import pytest

from tests.process.crash.failpoints import FIRST, MOMENTS, POINTS, SAMPLE, TWICE
from tests.process.crash.harness import CrashHarness, open_cinema
from tests.process.crash.invariants import check

_RANDOM_SAMPLE = 2


def _sampled(points: tuple[str, ...]) -> object:
    marks = () if points in SAMPLE else (pytest.mark.slow,)
    return pytest.param(points, id=" then ".join(points).replace(" ", "_"), marks=marks)


def check_all(harness: CrashHarness) -> None:
    """Check every invariant."""
    check(harness.discord, harness.api, harness.path, harness.sent, harness.submitting_at_death)


def test_every_kind_of_moment_is_tried() -> None:
    """The sample is taken from more than 25 failpoints."""
    assert len(set(FIRST)) == len(FIRST) >= 25
    assert set(POINTS) >= SAMPLE
    assert len(set(TWICE)) == len(TWICE)


@pytest.mark.parametrize("points", [_sampled(points) for points in POINTS])
async def test_killed_at(points: tuple[str, ...], tmp_path: Path) -> None:
    """After a restart it continues, or reports an unknown outcome."""
    async with open_cinema(tmp_path) as harness:
        for point in points:
            at = point if ":" in point else f"{point}:1"
            await harness.run_until_killed(KILL_AT=at)
            assert harness.passed[-1] == f"@ {at.replace(':', ' ')}", "it died somewhere else"
        await harness.run_until_idle()
        check_all(harness)


@pytest.mark.parametrize(
    ("number", "moments"),
    [
        pytest.param(n, moments, marks=() if n < _RANDOM_SAMPLE else (pytest.mark.slow,))
        for n, moments in enumerate(MOMENTS)
    ],
)
async def test_killed_at_a_random_moment(number: int, moments: int, tmp_path: Path) -> None:
    """Killed once, or (every third time) again during recovery."""
    async with open_cinema(tmp_path) as harness:
        await harness.run_until_killed(KILL_AFTER=str(moments))
        if number % 3 == 0:
            await harness.run_until_killed(KILL_AFTER=str(moments // 6))
        await harness.run_until_idle()
        check_all(harness)


async def test_not_killed_at_all(tmp_path: Path) -> None:
    """It passes every failpoint except the one after the end."""
    async with open_cinema(tmp_path) as harness:
        await harness.run_until_idle()
        check_all(harness)
        passed = {line.removeprefix("@ ").rpartition(" ")[0] for line in harness.passed}
    assert {point.partition(":")[0] for point in FIRST} - passed <= {"ready"}
