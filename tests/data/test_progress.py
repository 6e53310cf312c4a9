"""Progress that long work reports, in pages and queries."""

from __future__ import annotations

from itertools import groupby, pairwise
from pathlib import Path

import pytest

from bot.domain.credits import Month
from data import connect, reconciliation, reports
from data.progress import Step
from tests.helpers.moves import EITHER_WAY, now_ms
from tests.helpers.store_harness import LIMITS, NOW, StoreHarness

Reported = list[tuple[Step, int, int]]

CHECKS = (Step.CHECK_FILE, Step.RECONCILE)


@pytest.mark.sqlite
async def test_an_audit_and_a_report_count_their_queries(store: StoreHarness) -> None:
    """A query is done when the next one begins."""
    audit: Reported = []
    report: Reported = []
    await store.database.read_long(reconciliation.find_discrepancies, lambda *at: audit.append(at))
    assert audit == [(Step.RECONCILE, done, len(audit) - 1) for done in range(len(audit))] != []
    month = Month.containing(NOW)
    await store.database.read_long(reports.report, None, month, LIMITS, lambda *at: report.append(at))
    assert report == [(Step.ADD_UP, done, 5) for done in range(6)] + audit


@EITHER_WAY
def test_a_backup_a_restore_and_a_move_report_every_step(source: str, target: str, tmp_path: Path) -> None:
    """So the command line shows each, whatever the engines are."""
    reported: Reported = []

    def steps() -> list[Step]:
        """Return the steps, each of which grew to its total, and forget them."""
        for (step, done, total), (next_step, next_done, next_total) in pairwise(reported):
            assert done <= total
            if step is next_step and next_done:
                assert (next_done >= done, next_total) == (True, total)
        ended = [step for step, done, total in reported if done == total]
        assert [*dict.fromkeys(ended)] == [*dict.fromkeys(step for step, _ in groupby(each[0] for each in reported))]
        reported.clear()
        return ended

    is_file, to_file = source.startswith("sqlite"), target.startswith("sqlite")
    copied = [Step.COPY if is_file else Step.COPY_ROWS, *CHECKS]
    backup = connect.create_backup(source, tmp_path / "copy.db", progress=lambda *at: reported.append(at))
    assert steps() == copied
    connect.restore(backup.path, source, tmp_path, NOW, progress=lambda *at: reported.append(at))
    replaced = [Step.KEEP_PREVIOUS, Step.REPLACE] if is_file else [Step.COPY_ROWS, Step.COPY_ROWS, Step.RECONCILE]
    assert steps() == [Step.COPY, *CHECKS, Step.MIGRATE, Step.HOLD_JOBS, *CHECKS, *replaced]
    connect.move(source, target, now_ms, progress=lambda *at: reported.append(at))
    verified = copied if is_file else [Step.RECONCILE]
    assert steps() == [*verified, Step.COPY_ROWS, *(CHECKS if to_file else [Step.RECONCILE])]
