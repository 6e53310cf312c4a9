"""Progress that long work reports, in pages and queries."""

from __future__ import annotations

from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.domain.credits import Month
from data import backups, connect, reconciliation, reports
from data.progress import Step
from data.restore import restore
from tests.helpers.moves import EITHER_WAY, now_ms
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


@EITHER_WAY
def test_a_backup_a_restore_and_a_move_report_every_step(source: str, target: str, tmp_path: Path) -> None:
    """So the command line shows each, whatever the engines are."""
    reported: Reported = []

    def progress(*at: Any) -> None:
        reported.append(at)

    def ended() -> list[Step]:
        """Return the steps that are done, and forget them."""
        found = [step for step, done, total in reported if done == total]
        reported.clear()
        return found

    is_file, to_file = source.startswith("sqlite"), target.startswith("sqlite")
    copied = [Step.COPY if is_file else Step.COPY_ROWS, *CHECKS]
    backup = connect.create_backup(source, tmp_path / "copy.db", progress=progress)
    assert ended() == copied
    connect.restore(backup.path, source, tmp_path, NOW, progress=progress)
    replaced = [Step.KEEP_PREVIOUS, Step.REPLACE] if is_file else [Step.COPY_ROWS, Step.COPY_ROWS, Step.RECONCILE]
    assert ended() == [Step.COPY, *CHECKS, Step.MIGRATE, Step.HOLD_JOBS, *CHECKS, *replaced]
    connect.move(source, target, now_ms, progress=progress)
    verified = copied if is_file else [Step.RECONCILE]
    assert ended() == [*verified, Step.COPY_ROWS, *(CHECKS if to_file else [Step.RECONCILE])]


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
