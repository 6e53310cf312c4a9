"""The pause of all processes' polls after a 429."""

from __future__ import annotations

import pytest

from bot.domain.job import JobState
from bot.errors import RateLimited
from tests.helpers.fakes import COMPLETED, PENDING
from tests.helpers.worker_harness import BOB, WorkerHarness


@pytest.mark.parametrize(("retry_after", "seconds"), [(90.0, 90), (None, 15)], ids=["as asked", "not said"])
async def test_a_429_pauses_the_polls_of_all_jobs_and_processes(
    harness: WorkerHarness, retry_after: float | None, seconds: int
) -> None:
    """Another process pauses for the rest of the time, also polls that it leased before."""
    await harness.render()
    await harness.clock.advance(2)
    other = await harness.render(BOB)
    harness.api.statuses["request-1"] = [RateLimited("slow down", status=429, retry_after=retry_after), PENDING]
    harness.api.statuses["request-2"] = [COMPLETED]
    told: list[str] = []
    harness.signals.subscribe("status_polls", lambda: told.append("the other processes"))
    await harness.advance_and_run(3)
    assert (harness.api.pauses, told) == ([seconds], ["the other processes"])
    await harness.advance_and_run(seconds - 1)
    assert harness.api.polled == ["request-1"]
    harness.api.pauses.clear()
    beside = harness.new_worker(beside=True)
    assert await beside._status_polls._source.next_due_at(harness.clock.now()) == harness.clock.now() + 1000
    assert harness.api.pauses == [1.0]
    await harness.advance_and_run(1)
    assert (await harness.job(other)).state is JobState.COMPLETED


async def test_the_end_of_a_pause_is_when_polls_go_on(harness: WorkerHarness) -> None:
    """The API gets no other request then."""
    job = await harness.render()
    harness.api.statuses["request-1"] = [RateLimited("slow down", status=429, retry_after=0.0), COMPLETED]
    await harness.advance_and_run(5)
    assert harness.api.pauses == []
    await harness.advance_and_run(60)
    assert (await harness.job(job)).state is JobState.COMPLETED
