"""A process that only polls a file with open jobs.

It uses the worker, or one task per job, and prints JSON.

`python -m benchmarks.polling_child worker|tasks|tasks-in-step|sleeping <file> <jobs> <interval> <duration>`, in seconds
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from benchmarks.baselines.task_per_job import TaskEach, sleeping
from benchmarks.harness import LoopPause, measured_loop, resident, run
from bot.core.clock import SystemClock
from bot.domain.polling import PollingSchedule
from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState, Stage, StageState, Status
from bot.services.movie_links import MovieLinks
from bot.services.orders import DurationHistory
from bot.services.request_limits import LimitFactory
from bot.services.signals import Signals
from bot.worker.worker import Worker
from data.database import Database, Transaction
from data.engine.instance_lock import FileInstanceLock, InstanceLock
from data.engine.sqlite import SqliteDatabase
from tests.helpers.fakes import FakePublisher
from tests.helpers.worker_harness import WORKER_CONFIG

BATCH_SECONDS = {"tasks": 0.0, "tasks-in-step": 0.25}
"""The seconds for which tasks wait for each other. The worker also gathers polls for a quarter of a second."""

_PAUSES_SECONDS = 5.0
"""How long the event loop's pauses are measured, at most."""

_ANSWER = Status(
    MovieState.PENDING,
    (
        Stage("prompt_generation", StageState.COMPLETED),
        Stage("image_generation", StageState.COMPLETED),
        Stage("video_generation", StageState.PENDING),
        Stage("speech_generation", StageState.INIT),
        Stage("music_generation", StageState.INIT),
    ),
)


class PendingApi:
    """An API that responds without delay and never completes a movie.

    `polls` counts status polls by request id.
    """

    def __init__(self) -> None:
        self.polls: Counter[str] = Counter()

    async def create_movie(self, request: MovieRequest, webhook_url: str | None = None) -> str:
        """Fail, because no job is queued here."""
        raise AssertionError(f"nothing is queued, but {request} was submitted with {webhook_url}")

    async def get_status(self, request_id: str) -> Status:
        """Return the progress that the open jobs of benchmarks/seed_database.py already have."""
        self.polls[request_id] += 1
        await asyncio.sleep(0)
        return _ANSWER

    async def ping(self) -> None:
        """Do nothing: the circuit breaker is closed, so no probe is made."""


def new_worker(
    database: Database, api: PendingApi, instance_lock: InstanceLock, interval: float, process_id: str = "benchmark"
) -> Worker:
    """Return a worker that polls each job once in `interval` seconds."""
    config, signals, clock = (
        replace(WORKER_CONFIG, schedule=PollingSchedule(interval, interval)),
        Signals(),
        SystemClock(),
    )
    return Worker(
        database,
        api,
        FakePublisher(),
        clock,
        config,
        MovieLinks(database, api, clock, LimitFactory(clock)),
        DurationHistory(database),
        instance_lock,
        signals,
        process_id=process_id,
    )


def spread_polls(tx: Transaction, now: int, interval: float, jobs: int) -> None:
    """Make the jobs due by turns, over one interval in seconds from now on."""
    tx.execute(
        "UPDATE jobs SET next_run_at = :now + CAST(substr(samsar_request_id, 6) AS BIGINT) * :interval / :jobs"
        " WHERE state = 'rendering'",
        {"now": now, "interval": int(1000 * interval), "jobs": jobs},
    )


def _longest_due(tx: Transaction, now: int) -> int | None:
    """Return since when the longest due poll is due."""
    row = tx.fetch_one(
        "SELECT MIN(next_run_at) FROM jobs WHERE state = 'rendering' AND next_run_at <= :now", {"now": now}
    )
    return row[0] if row else None


async def _poll(kind: str, path: Path, jobs: int, interval: float, seconds: float) -> dict[str, float]:
    api, clock, loop_pause = PendingApi(), SystemClock(), LoopPause()
    async with contextlib.AsyncExitStack() as stack:
        database = await SqliteDatabase.open(path)
        stack.push_async_callback(database.close)
        now, lead = clock.now(), min(1.0, seconds / 2)
        await database.write(spread_polls, now + int(1000 * lead), interval, jobs)
        if kind == "worker":
            worker = new_worker(database, api, stack.enter_context(FileInstanceLock(path)), interval)
            await worker.start()
            stack.push_async_callback(worker.stop, 1.0)
        else:
            ids = await database.read(
                lambda tx: [
                    (row["id"], row["samsar_request_id"])
                    for row in tx.fetch_all("SELECT id, samsar_request_id FROM jobs")
                ]
            )
            tasks = TaskEach(database, api, clock, interval, BATCH_SECONDS[kind]).start(ids)
            stack.callback(lambda: [task.cancel() for task in tasks])
        await asyncio.sleep(lead)
        before, cpu, start = api.polls.total(), time.process_time(), time.monotonic()
        await asyncio.sleep(seconds)
        polls, cpu, took = api.polls.total() - before, time.process_time() - cpu, time.monotonic() - start
        if kind == "worker":
            async with measured_loop(loop_pause):  # afterwards, because the timer of the measurement costs CPU time
                await asyncio.sleep(min(seconds, _PAUSES_SECONDS))
        oldest = await database.read(_longest_due, clock.now())
        behind = 0.0 if oldest is None else (clock.now() - oldest) / 1000
    return {
        "behind": behind,
        "polls": polls,
        "max_polls": max(api.polls.values(), default=0),
        "cpu": cpu,
        "took": took,
        "pause": loop_pause.longest,
    }


async def _sleep(count: int) -> dict[str, float]:
    gc.collect()
    before = resident()
    tasks = await sleeping(count)
    gc.collect()
    held = resident() - before
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return {"held": held}


def main() -> None:
    """Run the measurement that the arguments name."""
    kind, path, jobs, interval, seconds = sys.argv[1:]
    if kind == "sleeping":
        print(json.dumps(run(_sleep(int(jobs)))))
    else:
        print(json.dumps(run(_poll(kind, Path(path), int(jobs), float(interval), float(seconds)))))


if __name__ == "__main__":
    main()
