"""The cards of those who wait show how the queue moves."""

from __future__ import annotations

from bot.worker.queue_positions import MAX_UPDATED, QueuePositionUpdater
from data import breakers, job_actions, submissions
from tests.helpers.engine_harness import ALICE, EngineHarness


def shown(bench: EngineHarness) -> list[str]:
    """The cards that were brought up to date since the last time."""
    ids = [job.id for job in bench.screen.shown]
    bench.screen.shown.clear()
    return ids


async def test_a_card_is_brought_up_to_date_when_its_place_has_changed(bench: EngineHarness) -> None:
    """And once when it is seen first: the queue may have moved since it was made. Never where nothing has moved."""
    places = QueuePositionUpdater(bench.database, bench.screen)
    first, second, third = [await bench.queue() for _ in range(3)]
    await places.refresh()
    assert shown(bench) == [first.id, second.id, third.id]
    await places.refresh()
    assert shown(bench) == []
    await bench.database.write(job_actions.cancel, second.id, ALICE, bench.clock.now())
    await places.refresh()
    assert shown(bench) == [third.id]
    await bench.database.write(submissions.claim, bench.clock.now(), 1, 10, 10)
    await places.refresh()
    assert shown(bench) == [third.id]
    await places.refresh()
    assert shown(bench) == []


async def test_only_the_head_of_the_queue_is_followed(bench: EngineHarness) -> None:
    """Further back, a place more or less says little; when they come nearer, they are."""
    places = QueuePositionUpdater(bench.database, bench.screen)
    jobs = [await bench.queue(seconds=1) for _ in range(MAX_UPDATED + 2)]
    await places.refresh()
    assert shown(bench) == [job.id for job in jobs[:MAX_UPDATED]]
    await bench.database.write(job_actions.cancel, jobs[-3].id, ALICE, bench.clock.now())
    await places.refresh()
    assert shown(bench) == [jobs[-2].id]


async def test_nobody_waits_and_nothing_is_shown(bench: EngineHarness) -> None:
    """A movie that waits no longer is its watcher's to show."""
    places = QueuePositionUpdater(bench.database, bench.screen)
    job = await bench.queue()
    await places.refresh()
    await bench.database.write(job_actions.cancel, job.id, ALICE, bench.clock.now())
    shown(bench)
    await places.refresh()
    assert shown(bench) == []


async def test_waiting_cards_tell_of_an_outage_and_of_its_end(bench: EngineHarness) -> None:
    """Each card once when it begins, and once when it ends, however often the queue is looked at."""
    places = QueuePositionUpdater(bench.database, bench.screen)
    jobs = [await bench.queue() for _ in range(3)]
    await bench.database.write(submissions.claim, bench.clock.now(), 1, 10, 10)
    await places.refresh()
    shown(bench)
    await bench.database.write(submissions.mark_unknown, jobs[0].id, bench.clock.now())
    for _ in range(2):
        await places.refresh()
    assert shown(bench) == [job.id for job in jobs[1:]]
    await bench.database.write(breakers.probe_answered)
    for _ in range(2):
        await places.refresh()
    assert shown(bench) == [job.id for job in jobs[1:]]
