"""Processes that lose the network during a move and reconnect afterwards.

They see the old database again and must not use it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.job import JobState
from bot.domain.pitch import RETRY_MS, Waiting
from bot.errors import DatabaseMoved
from data import move_record, submissions
from data.database import Transaction
from data.move_record import Departure
from data.postgresql import PostgresDatabase
from data.table_copy import TABLES
from tests.helpers.interleaving import side_by_side
from tests.helpers.pitching import Pitching
from tests.helpers.reserving import create_job, reserve
from tests.helpers.store_harness import ALICE, BOB, LIMITS, NOW, StoreHarness, a_job

DEPARTURE = Departure("1", "elsewhere", NOW, complete=True)
IS_MOVED = "This database was moved to elsewhere"


def move_away(tx: Transaction) -> None:
    """Lock every table and record the departure, as a move does."""
    tx.execute(f"LOCK TABLE {', '.join(TABLES)} IN SHARE MODE")
    move_record.set_departure(tx, DEPARTURE)


@pytest.mark.parametrize(
    ("work", "after"),
    [
        pytest.param(lambda tx: submissions.claim(tx, NOW, 10, 10, 10), "FROM breakers", id="claim"),
        pytest.param(lambda tx: create_job(tx, a_job(2, BOB), (), LIMITS), "FROM erasure_requests", id="order"),
    ],
)
async def test_work_that_a_move_overtakes_is_rejected(
    postgresql_url: str, work: Callable[[Transaction], object], after: str
) -> None:
    """The work read its rows before the move committed."""
    database = await PostgresDatabase.open(postgresql_url)
    try:
        store = StoreHarness(database)
        job = await store.queued(a_job(1))
        with pytest.raises(DatabaseMoved, match=IS_MOVED):
            await side_by_side(database, work, move_away, after=after)
        assert await store.state(job) is JobState.QUEUED
        assert (await store.member(BOB)).held == 0
    finally:
        await database.close()


async def test_nothing_is_claimed_ordered_or_paid_in_a_moved_database(store: StoreHarness) -> None:
    """The new database's workers claim its jobs, and try its pitches again."""
    job = await store.queued(a_job(1))
    pitching = Pitching(store.database, store.place, replace(LIMITS, plan=300))
    waiting, opened = await pitching.made(300), await pitching.made(300)
    assert isinstance(await pitching.chip_in(waiting, ALICE, None), Waiting)
    await store.database.write(move_record.set_departure, DEPARTURE)
    books = await pitching.books()
    pitching.limits, pitching.now = LIMITS, NOW + RETRY_MS
    for work in (
        lambda: store.claimed(NOW, 10, 10, 10),
        lambda: reserve(store.database, a_job(2, BOB), (), LIMITS),
        lambda: pitching.chip_in(opened, BOB, 10),
        lambda: pitching.run_due(waiting),
    ):
        with pytest.raises(DatabaseMoved, match=IS_MOVED):
            await work()
    assert await store.state(job) is JobState.QUEUED
    assert (await pitching.found(waiting)).state.is_open
    assert await pitching.books() == books
