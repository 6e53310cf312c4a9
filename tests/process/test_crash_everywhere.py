"""A kill at any moment loses, repeats and blocks no work.

The fake Discord remembers a nonce without limit, Discord for some minutes: a message that is sent again after a restart
is one message only if the restart comes within them.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.samsar.config import ApiVersion
from tests.helpers.ledger_checks import Place
from tests.process.crash.failpoints import FIRST, KILLS, OLDER_OR_SLOW, SAMPLES, SQLITE, VARIANTS, death
from tests.process.crash.harness import open_crash_harness

SMOKE = (SQLITE, ("commit-before claim:1",))
"""Between the hold and the submission; `make test` has it."""

TOGETHER = 20
"""Kills of one slow test."""


def _cases() -> Iterator[object]:
    for variant in VARIANTS:
        name = "-".join(variant)
        for kill in sorted(SAMPLES[variant]):
            marks = pytest.mark.smoke if (variant, kill) == SMOKE else ()
            yield pytest.param(*variant, [kill], id=f"{name}-{' then '.join(kill).replace(' ', '_')}", marks=marks)
        rest = [kill for kill in KILLS if kill not in SAMPLES[variant]]
        for first in range(0, len(rest), TOGETHER):
            kills = rest[first : first + TOGETHER]
            yield pytest.param(*variant, kills, id=f"{name}-from-{first}", marks=pytest.mark.slow)


@pytest.mark.parametrize(("engine", "version", "kills"), [*_cases()])
async def test_killed_at(
    version: ApiVersion, kills: list[tuple[str, ...]], tmp_path: Path, crash_database: Callable[[], Place]
) -> None:
    for kill in kills:
        try:
            async with open_crash_harness(tmp_path, crash_database(), version=version) as harness:
                for point in kill:
                    await harness.run_until_killed(**death(point))
                await harness.run_until_idle()
                harness.check()
        except BaseException as exc:
            exc.add_note(f"killed at {kill}")
            raise


@pytest.mark.parametrize("version", OLDER_OR_SLOW)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_not_killed_at_all(version: ApiVersion, tmp_path: Path, crash_database: Callable[[], Place]) -> None:
    async with open_crash_harness(tmp_path, crash_database(), version=version) as harness:
        await harness.run_until_idle()
        harness.check()
        passed = {line.removeprefix("@ ").rpartition(" ")[0] for line in harness.passed}
    assert {point.partition(":")[0] for point in FIRST} - passed <= {"ready"}
