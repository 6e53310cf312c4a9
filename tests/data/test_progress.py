"""Progress that long work reports, in pages and queries."""

from __future__ import annotations

from itertools import groupby, pairwise
from pathlib import Path

import pytest

from bot.domain.credits import Month
from data import backups, reconciliation, reports
from data.progress import Step
from data.restore import restore
from tests.helpers.store_harness import LIMITS, NOW, StoreHarness, a_job

Reported = list[tuple[Step, int, int]]

CHECKS = (Step.CHECK_FILE, Step.RECONCILE)


def steps(reported: Reported) -> list[Step]:
    """Return the reported steps, and check that counts only grow."""
    for (step, done, total), (next_step, next_done, next_total) in pairwise(reported):
        assert done <= total
        if step is next_step:
            assert (next_done >= done, next_total) == (True, total)
    return [step for step, _ in groupby(step for step, _, _ in reported)]


async def test_an_audit_and_a_report_count_their_queries(store: StoreHarness) -> None:
    """A query is done when the next one begins."""
    audit: Reported = []
    report: Reported = []
    await store.database.read_long(reconciliation.find_discrepancies, lambda *at: audit.append(at))
    assert audit == [(Step.RECONCILE, done, len(audit) - 1) for done in range(len(audit))] != []
    month = Month.containing(NOW)
    await store.database.read_long(reports.report, None, month, LIMITS, lambda *at: report.append(at))
    assert report == [(Step.ADD_UP, done, 5) for done in range(6)] + audit


@pytest.mark.sqlite
async def test_a_backup_counts_its_pages(store: StoreHarness, tmp_path: Path) -> None:
    """The counts are SQLite's, and reach the total."""
    await store.queued(a_job(1))
    reported: Reported = []
    backups.create_backup(store.path, tmp_path / "copy.db", progress=lambda *at: reported.append(at))
    assert steps(reported) == [Step.COPY, *CHECKS]
    copied = [(done, total) for step, done, total in reported if step is Step.COPY]
    assert copied[-1][0] == copied[-1][1] > 10


@pytest.mark.sqlite
async def test_a_restore_reports_every_step(store: StoreHarness, tmp_path: Path) -> None:
    """The report begins with the copy and ends with the replacement."""
    path = store.path
    backups.create_backup(path, tmp_path / "copy.db")
    await store.database.close()
    reported: Reported = []
    restore(tmp_path / "copy.db", path, NOW, progress=lambda *at: reported.append(at))
    assert steps(reported) == [
        *(Step.COPY, *CHECKS, Step.MIGRATE, Step.HOLD_JOBS, *CHECKS, Step.KEEP_PREVIOUS, Step.REPLACE)
    ]
    assert reported[-1][1] == reported[-1][2] > 10
