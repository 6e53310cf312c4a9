"""The file of a bot that knew no offers and no followers, taken over: nothing that was owed is lost or sent again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.preferences import DeliveryTarget
from data.database import Database
from data.migrations_runner import load_migrations, migrate
from data.store import JobStore
from tests.helpers.store_harness import ALICE, NOW

_JOB = """
INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, prompt, seconds, video_model, image_model,
                  aspect_ratio, credits, state, created_at, member_name, role_ids)
VALUES (:id, :number, 10, 20, 1, 'a cat', 10, 'LUMA', 'FLUX1.1PRO', '16:9', 100, 'completed', :now, '', '')
"""

_MOVE = """
INSERT INTO ledger (id, at, kind, guild_id, member_id, month, allowance, job_id)
VALUES (:entry, :now, :kind, 10, 1, '2026-11', 100, :id)
"""

_BUDGET = "INSERT INTO budgets (scope, guild_id, member_id, month, used) VALUES (?, ?, ?, '2026-11', 300)"


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A file with the first four migrations: one message that is owed, one that was tried twice, one delivered."""
    path = tmp_path / "movies.db"
    migrate(path, load_migrations()[:4])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(_BUDGET, [("plan", 0, 0), ("server", 10, 0), ("member", 10, 1)])
        for number, (due, tries, done) in enumerate(((NOW, 0, None), (NOW + 5, 2, None), (None, 1, NOW)), 1):
            row = {"id": f"{number:013}", "number": number, "now": NOW}
            connection.execute(_JOB, row)
            for order, kind in enumerate(("hold", "capture")):
                connection.execute(_MOVE, {**row, "entry": f"{number:012}{order}", "kind": kind})
            connection.execute(
                "INSERT INTO deliveries (job_id, notice, due_at, attempts, owed_at, delivered_at)"
                " VALUES (?, 'completed', ?, ?, ?, ?)",
                (f"{number:013}", due, tries, NOW - 1, done),
            )
    return path


async def test_what_is_owed_is_owed_on_and_what_was_sent_stays_sent(before: Path) -> None:
    """With its tries, and to the channel that it was asked for in; new kinds of messages can be owed, too."""
    migrate(before)
    database = await Database.open(before)
    try:
        store = JobStore(database)
        owed = await store.due_deliveries(NOW + 10, 10, ())
        assert [(int(delivery.job_id), delivery.attempts) for delivery, _ in owed] == [(1, 0), (2, 2)]
        assert {delivery.type for delivery, _ in owed} == {NotificationType.COMPLETED}
        assert all(job.delivery_target is DeliveryTarget.CHANNEL and delivery.followers == () for delivery, job in owed)
        job = await store.job(f"{3:013}")
        assert job is not None
        assert job.member_id == ALICE
        await database.write(
            lambda tx: tx.execute(
                "INSERT INTO deliveries (job_id, notice, owed_at) VALUES (:id, 'followed', 0)", {"id": job.id}
            )
        )
    finally:
        await database.close()
