"""Status polls and ends: credits move once, with the job."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.domain.credits import Budget, EntryType
from bot.domain.durations import RenderSample
from bot.domain.job import EndReason, JobState, Progress
from data import clock_change, history, poll_pauses, renders
from tests.helpers.due_work import due_polls
from tests.helpers.store_harness import BOB, HOUR, NOW, StoreHarness, a_job

URL = "https://movies.test/a.mp4"


async def test_jobs_are_polled_when_due_the_longest_due_first(store: StoreHarness) -> None:
    for number, due_at in ((1, NOW + 30), (2, NOW + 10), (3, NOW + 20), (4, NOW + 99)):
        await store.rendering(a_job(number), due_at)
    found = [int(job.id) for job in await due_polls(store.database, NOW + 30, 10, ())]
    assert found == [2, 3, 1]
    for excluded, first in ((2, 3), (4, 2)):
        assert [int(job.id) for job in await due_polls(store.database, NOW + 30, 1, (f"{excluded:013}",))] == [first]
    assert await due_polls(store.database, NOW + 9, 10, ()) == []


async def test_the_next_poll_is_the_earliest_to_come(store: StoreHarness) -> None:
    assert await store.database.read(renders.next_poll_at, NOW) is None
    await store.rendering(a_job(1), NOW + 30)
    await store.rendering(a_job(2), NOW + 10)
    found = [await store.database.read(renders.next_poll_at, NOW + after) for after in (0, 10, 30)]
    assert found == [NOW + 10, NOW + 30, None]


async def test_no_process_polls_before_the_end_of_the_longest_pause(store: StoreHarness) -> None:
    """Processes may record pauses in any order. One from before the clock was set back ends."""
    await store.rendering(a_job(1), NOW - 2 * HOUR)
    for until in (NOW + 5_000, NOW + 9_000, NOW + 7_000):
        assert await store.database.write(poll_pauses.pause, NOW, until) == (until == NOW + 5_000)

    async def polled(now: int) -> list[int]:
        return [int(job.id) for job in await due_polls(store.database, now)]

    assert await polled(NOW) == await polled(NOW + 8_999) == []
    assert await store.database.read(poll_pauses.paused_until, NOW + 8_999) == NOW + 9_000
    assert await store.database.read(poll_pauses.paused_until, NOW + 9_000) is None
    assert await polled(NOW + 9_000) == [1]
    earlier = NOW - 2 * HOUR
    assert await polled(earlier) == []
    assert await store.database.write(clock_change.make_due, earlier, earlier + HOUR) == 1
    assert await polled(earlier) == [1]


async def test_what_a_poll_showed_is_kept_until_the_end(store: StoreHarness) -> None:
    """After a restart, polling continues from the stored progress. A slow response reopens no finished movie."""
    job = await store.rendering(a_job(1))
    progress = Progress(2, 5, "image_generation")
    looked = await store.database.write(renders.record_poll, job.id, NOW + 60, 3, progress)
    assert looked is not None
    assert (looked.next_run_at, looked.not_found_count, looked.progress) == (NOW + 60, 3, progress)
    assert await store.found(job.id) == looked
    for pending_at in (NOW + 7, None):  # the second answer did not say
        looked = await store.database.write(renders.record_poll, job.id, NOW + 60, 0, progress, pending_at=pending_at)
        assert looked is not None
        assert looked.last_pending_at == NOW + 7
    ended = await store.database.write(renders.complete, job.id, URL, NOW)
    assert await store.database.write(renders.record_poll, job.id, NOW + 60, 0, Progress()) is None
    assert await store.found(job.id) == ended


async def test_a_finished_movie_captures_the_hold_and_adds_a_notification(store: StoreHarness) -> None:
    job = await store.rendering(a_job(1))
    done = await store.database.write(renders.complete, job.id, URL, NOW + 5)
    assert done is not None
    assert (done.state, done.movie_url, done.finished_at, done.next_run_at) == (JobState.COMPLETED, URL, NOW + 5, None)
    assert (await store.member(), await store.plan()) == (Budget(600, used=100), Budget(1000, used=100))
    assert await store.pending_notifications() == [(job.id, "completed")]


@pytest.mark.parametrize(("lost", "plan"), [(True, Budget(1000, used=100)), (False, Budget(1000))])
async def test_a_failed_movie_costs_its_member_nothing(store: StoreHarness, lost: bool, plan: Budget) -> None:
    """This holds whether or not the API keeps its charge. The member is told the reason."""
    job = await store.rendering(a_job(1))
    reason, words = EndReason.UPSTREAM_FAILED, "no such words"
    ended = await store.database.write(renders.fail, job.id, reason, words, NOW + 5, upstream_charged=lost)
    assert ended is not None
    assert (ended.state, ended.end_reason, ended.upstream_message) == (JobState.FAILED, reason, words)
    assert (ended.finished_at, ended.next_run_at) == (NOW + 5, None)
    assert (await store.member(), await store.plan()) == (Budget(600), plan)
    assert await store.pending_notifications() == [(job.id, "failed")]


async def test_a_job_that_was_never_submitted_can_fail(store: StoreHarness) -> None:
    """The API may have been unreachable for too long. The hold is released."""
    for job in (await store.submitting(a_job(1)), await store.queued(a_job(2, BOB))):
        assert await store.database.write(
            renders.fail, job.id, EndReason.UNREACHABLE, None, NOW, upstream_charged=False
        )
    assert await store.plan() == Budget(1000)


async def test_an_end_happens_once(store: StoreHarness) -> None:
    movies = [await store.rendering(a_job(n, cost=10)) for n in range(1, 11)]
    write, failed = store.database.write, EndReason.UPSTREAM_FAILED
    for job in movies:
        told = await asyncio.gather(
            write(renders.complete, job.id, URL, NOW),
            write(renders.fail, job.id, failed, None, NOW, upstream_charged=True),
            write(renders.complete, job.id, URL, NOW),
        )
        assert sum(each is not None for each in told) == 1
        assert await write(renders.fail, job.id, failed, None, NOW, upstream_charged=False) is None
        assert await write(renders.complete, job.id, URL, NOW) is None
    moves = await store.moves()
    assert len(moves) == 20
    assert {(entry_type is EntryType.HOLD) for entry_type, *_ in moves[:10]} == {True}
    assert len(await store.pending_notifications()) == 10
    member, plan = await store.member(), await store.plan()
    assert (member.held, plan.held, plan.used) == (0, 0, 100)


async def test_each_video_model_has_samples_of_its_own_the_newest_first(store: StoreHarness) -> None:
    """They say how long a movie takes."""
    for number, (model, seconds) in enumerate((("LUMA", 10), ("KLING", 20), ("LUMA", 30), ("LUMA", 40)), 1):
        job = a_job(number, cost=1)
        job = replace(job, request=replace(job.request, video_model=model, duration_seconds=seconds))
        await store.rendering(job)
        await store.database.write(renders.complete, job.id, URL, NOW, 1000 * seconds)
    samples = await store.database.read(history.render_samples, 2)
    assert samples == {"KLING": [RenderSample(20, 20)], "LUMA": [RenderSample(40, 40), RenderSample(30, 30)]}
