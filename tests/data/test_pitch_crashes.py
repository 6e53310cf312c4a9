"""Atomic funding of a pitch by a process that is killed.

It is killed before every statement of the transaction, before its COMMIT and after it. Kills during the job's
submission are tested in tests/process.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.pitches import Pitch, PitchState
from data.engine.sqlite import SqliteDatabase
from tests.helpers.clock import ManualClock
from tests.helpers.forked_process import ROOT, fork
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.pitching import Pitching, state_after
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, LIMITS

_PLAN = ("plan", 0, 0, "2026-11")


async def prepared(path: Path, how: str) -> Pitch:
    database = await SqliteDatabase.open(path)
    pitching = Pitching(database, path)
    await pitching.grant(CAROL, 100)
    pitch = await pitching.made(700)
    await pitching.pledged(pitch, BOB, 60)
    if how == "retry":
        pitching.limits = replace(LIMITS, plan=0)
        assert state_after(await pitching.chip_in(pitch, CAROL, None)) is PitchState.WAITING_FOR_PLAN
    await database.close()
    return pitch


async def killed(path: Path, how: str, pitch: Pitch, statement: int) -> int | None:
    """Fund the pitch in a process that dies at a statement; None where it died, else the number of statements."""
    args = (str(path), how, pitch.id, str(statement))
    process = await fork("tests.helpers.dying_pitch", args, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    out, err = await process.communicate()
    assert process.returncode in (0, -9), err
    return int(out.split()[-1]) if process.returncode == 0 else None


async def assert_funded_once_or_not_at_all(path: Path, how: str, pitch: Pitch, *, committed: bool) -> None:
    database = await SqliteDatabase.open(path, ManualClock())
    pitching = Pitching(database, path)
    try:
        totals = await pitching.books()
        found = await pitching.found(pitch)
        assert (found.state is PitchState.FUNDED) == committed
        assert totals.get(_PLAN) == (BudgetTotals(held=700) if committed else None)
        if not committed:
            await (pitching.run_due(pitch) if how == "retry" else pitching.chip_in(pitch, CAROL, None))
            assert (await pitching.found(pitch)).state is PitchState.FUNDED
        totals = await pitching.books()
        assert totals == {
            ("member", GUILD, BOB, "2026-11"): BudgetTotals(held=60),
            ("member", GUILD, CAROL, "2026-11"): BudgetTotals(held=600),
            ("extra", GUILD, CAROL, ""): BudgetTotals(granted=100, held=40),
            ("server", GUILD, 0, "2026-11"): BudgetTotals(held=700),
            _PLAN: BudgetTotals(held=700),
        }
        [job] = query(path, "SELECT state, member_id FROM jobs")
        assert job == {"state": "queued", "member_id": ALICE}
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("how", "every"),
    [("press", 25), *(pytest.param(how, 1, marks=pytest.mark.slow) for how in ("press", "retry"))],
)
@pytest.mark.full
@pytest.mark.timeout(600)
async def test_killed_at_any_statement_a_pitch_is_funded_once_or_not_at_all(path: Path, how: str, every: int) -> None:
    pitch = await prepared(path, how)

    def copy(number: int) -> Path:
        return Path(shutil.copy(path, path.with_name(f"{number}.db")))

    statements = await killed(copy(0), how, pitch, 0)
    assert statements is not None
    assert statements > 20
    for number in sorted({*range(1, statements + 1, every), statements - 1, statements}):
        file = copy(number)
        assert await killed(file, how, pitch, number) is None
        await assert_funded_once_or_not_at_all(file, how, pitch, committed=number == statements)
