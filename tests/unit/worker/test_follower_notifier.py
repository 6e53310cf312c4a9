"""Messages to followers who can't be mentioned with a movie, retried until Discord accepts them."""

from __future__ import annotations

import pytest

from bot.domain.quota import AuditContext
from bot.errors import DeliveryDeferred, DeliveryRejected
from data import follower_notices, job_actions, removals
from tests.helpers.fakes import COMPLETED
from tests.helpers.ledger_checks import query
from tests.helpers.worker_harness import ALICE, BOB, GUILD, WorkerHarness


async def followed(harness: WorkerHarness, *, removed: bool = False) -> int:
    """Have a movie of Alice's made, with a notice to Bob; return when it was queued."""
    job = await harness.render()
    assert job.request_id is not None
    await harness.database.write(job_actions.follow, job.id, BOB)
    harness.api.statuses[job.request_id] = [COMPLETED]
    await harness.advance_and_run(5)
    now = harness.clock.now()
    await harness.database.write(follower_notices.enqueue, job, (BOB,), now)
    if removed:
        await harness.database.write(removals.remove, job.id, AuditContext(ALICE, GUILD), now)
    return now


async def test_a_discord_that_is_down_is_tried_again_and_a_message_of_a_minute_ago_looked_for(
    harness: WorkerHarness,
) -> None:
    queued_at = await followed(harness)
    harness.publisher.answers = [DeliveryDeferred("lost")] * 5
    await harness.worker.run_until_idle()
    await harness.assert_tried_after((5, 15, 45, 60, 60), lambda: len(harness.publisher.follower_notices))
    since = [possibly_sent for _, possibly_sent in harness.publisher.follower_notices]
    assert (since[0], since[-1]) == (None, queued_at)
    assert await harness.advance_and_run(3600) == 0


@pytest.mark.parametrize(("removed", "tries"), [(False, 1), (True, 0)])
async def test_what_discord_rejects_is_not_tried_again_and_a_removed_movie_not_told(
    harness: WorkerHarness, *, removed: bool, tries: int
) -> None:
    await followed(harness, removed=removed)
    harness.publisher.answers = [DeliveryRejected("closed", code=50007)] * 2
    await harness.worker.run_until_idle()
    await harness.advance_and_run(3600)
    assert len(harness.publisher.follower_notices) == tries
    assert query(harness.path, "SELECT notice FROM followers") == [{"notice": "undeliverable"}]
