"""A movie that takes longer than usual.

Its card says so, once, though the API reports no progress.
"""

from __future__ import annotations

from bot.domain.durations import MIN_SAMPLES
from tests.helpers.worker_harness import WorkerHarness


async def test_a_card_is_brought_up_to_date_when_its_movie_turns_late(harness: WorkerHarness) -> None:
    """Later polls don't update it again."""
    for _ in range(MIN_SAMPLES):
        await harness.make(took=60)
    job = await harness.render(seconds=1)
    usual = harness.worker.history.estimate("LUMA", 1)
    assert usual is not None
    harness.publisher.shown.clear()
    await harness.advance_and_run(usual.high / 2)
    assert harness.publisher.shown == []
    for _ in range(10):
        await harness.advance_and_run(usual.high)
    assert [each.id for each in harness.publisher.shown] == [job.id]


async def test_the_time_in_the_queue_makes_no_movie_late(harness: WorkerHarness) -> None:
    """It counts from the submission."""
    for _ in range(MIN_SAMPLES):
        await harness.make(took=60)
    job = await harness.queue(seconds=1)
    usual = harness.worker.history.estimate("LUMA", 1)
    assert usual is not None
    await harness.clock.advance(10 * usual.high)
    await harness.worker.run_until_idle()
    harness.publisher.shown.clear()
    harness.api.polled.clear()
    due_at = (await harness.job(job)).next_run_at
    assert due_at is not None
    await harness.advance_and_run((due_at - harness.clock.now()) / 1000)
    assert (len(harness.api.polled), harness.publisher.shown) == (1, [])


async def test_where_nothing_is_usual_nothing_is_late(harness: WorkerHarness) -> None:
    """Too few movies are known, so the card stays unchanged."""
    await harness.render(seconds=1)
    harness.publisher.shown.clear()
    for _ in range(10):
        await harness.advance_and_run(3600)
    assert harness.publisher.shown == []
