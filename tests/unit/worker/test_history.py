"""What the worker knows about earlier movies."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import ConnectFailed
from bot.domain.durations import MIN_SAMPLES
from bot.domain.jobs import JobState
from bot.domain.polling import PollingSchedule
from bot.services.movie_api import record_callback
from bot.services.orders import DurationHistory
from data.engine.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.fakes import COMPLETED, PENDING
from tests.helpers.worker_harness import WORKER_CONFIG, WorkerHarness, open_worker_harness


async def _make(harness: WorkerHarness, count: int, *, took: float = 200) -> None:
    for _ in range(count):
        assert (await harness.make(took)).state is JobState.COMPLETED


async def test_what_is_usual_is_known_after_a_few_movies_and_by_the_next_process(harness: WorkerHarness) -> None:
    await _make(harness, MIN_SAMPLES - 1)
    assert harness.worker.history.estimate("LUMA", 1) is None
    await _make(harness, 1)
    known = harness.worker.history.estimate("LUMA", 1)
    assert 200 <= known.median <= 220
    assert known.count == MIN_SAMPLES
    assert harness.worker.history.estimate("VEOI2V", 1) is None
    assert harness.worker.history.estimate("LUMA", 30) is None
    await harness.restart()
    assert harness.worker.history.estimate("LUMA", 1) == known


_PAST = """
INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, duration_seconds,
    video_model, image_model, aspect_ratio, price_credits, state, created_at, took_ms)
VALUES (:id, :number, 1, 2, 3, 'alice', 'a red balloon', 10, 'LUMA', 'FLUX1.1PRO', '16:9', 100, 'completed', 1,
:took_ms)
"""


async def _history_of(path: Path, seconds: list[int]) -> DurationHistory:
    migrated_file.create(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = [{"id": f"{n:013}", "number": n, "took_ms": 1000 * took} for n, took in enumerate(seconds)]
        connection.executemany(_PAST, rows)
    database = await SqliteDatabase.open(path)
    history = DurationHistory(database)
    await history.load()
    await database.close()
    return history


async def test_the_newest_movies_count_where_more_are_known_than_are_compared(
    harness: WorkerHarness, tmp_path: Path
) -> None:
    """The newest movies show that the API became faster."""
    history = await _history_of(tmp_path / "past.db", [1000] * 500 + [100] * 100)
    known = history.estimate("LUMA", 10)
    assert known.median == pytest.approx(100)
    job = replace(await harness.render(), took_ms=300_000)
    for _ in range(100):
        history.add(job)
    known = history.estimate("LUMA", 10)
    assert known.median == pytest.approx(300)


async def test_reloading_adds_the_movies_of_other_processes_and_counts_none_twice(harness: WorkerHarness) -> None:
    here, there = DurationHistory(harness.database), harness.worker.history
    await here.load()
    await _make(harness, MIN_SAMPLES, took=100)
    assert here.estimate("LUMA", 1) is None
    for _ in range(2):
        await here.load()
    assert here.estimate("LUMA", 1) == there.estimate("LUMA", 1)
    assert there.estimate("LUMA", 1) is not None
    reloading = asyncio.create_task(here.load())
    await asyncio.sleep(0)
    assert here.estimate("LUMA", 1) == there.estimate("LUMA", 1)
    await reloading


async def test_movies_that_were_found_late_after_downtime_say_nothing_of_the_usual_time(harness: WorkerHarness) -> None:
    """They are found after 8 hours without a process. Neither this process nor the next one counts them."""
    await _make(harness, MIN_SAMPLES, took=60)
    for polled in (False, True):
        job = await harness.render(seconds=1)
        if polled:
            await harness.advance_and_run(60)
        await harness.restart()
        harness.api.statuses[job.request_id] = [COMPLETED]
        await harness.advance_and_run(8 * 3600)
        done = await harness.job(job)
        assert (done.state, done.took_ms) == (JobState.COMPLETED, None)
    await _known_alike(harness, MIN_SAMPLES)


async def test_movies_that_were_found_late_after_an_outage_of_the_api_say_nothing_either(
    harness: WorkerHarness,
) -> None:
    """A failed poll does not show that the movie was pending."""
    for _ in range(MIN_SAMPLES):
        await harness.make(took=200)
    job = await harness.render(seconds=1)
    harness.api.statuses[job.request_id] = [PENDING, ConnectFailed("no route")]
    for _ in range(120):
        await harness.advance_and_run(60)
    harness.api.statuses[job.request_id] = [COMPLETED]
    await harness.advance_and_run(60)
    assert (await harness.job(job)).state is JobState.COMPLETED
    await _known_alike(harness, MIN_SAMPLES)


async def test_a_movie_that_a_callback_ended_counts_however_long_ago_the_last_poll_was(tmp_path: Path) -> None:
    """The callback's time is the movie's end."""
    async with open_worker_harness(
        tmp_path, replace(WORKER_CONFIG, schedule=PollingSchedule(5, 1000, callbacks_enabled=True))
    ) as harness:
        for found_late in (0, 5000):
            job = await harness.render(seconds=1)
            await harness.clock.advance(900)
            await harness.database.write(
                lambda tx, job=job: tx.execute(
                    "UPDATE jobs SET callback_token_hash = 'x' WHERE id = :id", {"id": job.id}
                )
            )
            await record_callback(harness.database, "x", None)
            await harness.database.write(lambda tx: tx.execute("UPDATE jobs SET callback_token_hash = NULL"))
            harness.api.statuses[job.request_id] = [COMPLETED]
            await harness.advance_and_run(found_late)
            took_ms = (await harness.job(job)).took_ms
            assert took_ms is None if found_late else took_ms in range(900_000, 901_000)
        await _known_alike(harness, 0)


async def test_polls_follow_the_history_which_believes_a_model_that_got_much_faster(harness: WorkerHarness) -> None:
    """Polls begin when a movie may be ready. They are then late, but within their interval, so that they count."""
    job = await harness.render(seconds=1)
    for _ in range(MIN_SAMPLES):
        harness.worker.history.add(replace(job, took_ms=1_000_000))
    await harness.advance_and_run(5)
    longest = harness.config.schedule.max_interval
    assert (await harness.job(job)).next_run_at == harness.clock.now() + 1000 * longest
    harness.api.statuses[job.request_id] = [COMPLETED]
    for _ in range(2 * MIN_SAMPLES):
        await harness.make(took=30)
    usual = harness.worker.history.estimate("LUMA", 1)
    assert usual.median < 100


async def _known_alike(harness: WorkerHarness, count: int) -> None:
    mine = harness.worker.history.estimate("LUMA", 1)
    await harness.restart()
    assert harness.worker.history.estimate("LUMA", 1) == mine
    assert (mine.count if mine else 0) == count
