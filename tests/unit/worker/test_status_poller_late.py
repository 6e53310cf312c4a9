"""A movie that takes longer than usual: its card says so, once, though the API reports no progress."""

from __future__ import annotations

from bot.domain.durations import MIN_SAMPLES
from tests.helpers.worker_harness import WorkerHarness


async def usual_seconds(harness: WorkerHarness) -> float:
    """Make movies until their duration is known; return its upper end."""
    for _ in range(MIN_SAMPLES):
        await harness.make(took=60)
    usual = harness.worker.history.estimate("LUMA", 1)
    return usual.high


async def test_a_card_is_brought_up_to_date_once_when_its_movie_turns_late(harness: WorkerHarness) -> None:
    """The time in the queue makes no movie late."""
    usual = await usual_seconds(harness)
    job = await harness.queue(seconds=1)
    await harness.clock.advance(10 * usual)
    await harness.worker.run_until_idle()
    harness.publisher.shown.clear()
    harness.api.polled.clear()
    await harness.advance_and_run(usual / 2)
    assert harness.publisher.shown == []
    assert harness.api.polled
    for _ in range(10):
        await harness.advance_and_run(usual)
    assert [each.id for each in harness.publisher.shown] == [job.id]


async def test_where_nothing_is_usual_nothing_is_late(harness: WorkerHarness) -> None:
    """Too few movies are known, so the card stays unchanged."""
    await harness.render(seconds=1)
    harness.publisher.shown.clear()
    for _ in range(10):
        await harness.advance_and_run(3600)
    assert harness.publisher.shown == []
