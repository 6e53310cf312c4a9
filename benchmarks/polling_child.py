"""A process that only watches: our worker, or one task for each job, over a file with open jobs. It prints JSON.

`python -m benchmarks.polling_child worker|tasks|tasks-in-step|sleeping <file> <jobs> <pace> <how long>`, in seconds
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
from benchmarks.harness import LoopWatch, resident, run, watched_loop
from bot.clock import SystemClock
from bot.domain.polling import PollingSchedule
from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState, Stage, StageState, Status
from bot.services.durations import DurationHistory
from bot.services.signals import Signals
from bot.worker.worker import Worker
from data import renders
from data.database import Database
from data.instance_lock import InstanceLock
from tests.helpers.fakes import FakePublisher
from tests.helpers.worker_harness import CATALOGUE, RULES

GATHERED = {"tasks": 0.0, "tasks-in-step": 0.25}
"""The seconds for which tasks wait for each other, by their kind; the worker gathers looks for a quarter, too."""

_PAUSES_SECONDS = 5.0
"""How long the pauses of the event loop are watched, at most."""

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
    """An API that answers at once, and is never done. `looks` counts the looks at each job."""

    def __init__(self) -> None:
        self.looks: Counter[str] = Counter()

    async def create_movie(self, request: MovieRequest, webhook_url: str | None = None) -> str:
        """Never asked: nothing is queued here."""
        raise AssertionError(f"nothing is queued, and yet {request} was ordered, to be told at {webhook_url}")

    async def get_status(self, request_id: str) -> Status:
        """Answer as the open jobs of benchmarks/seed_database.py were seen last."""
        self.looks[request_id] += 1
        await asyncio.sleep(0)
        return _ANSWER

    async def ping(self) -> None:
        """Answer a probe; the breaker is closed here, so none is made."""


async def _watch(kind: str, path: Path, jobs: int, pace: float, seconds: float) -> dict[str, float]:
    api, clock, watch = PendingApi(), SystemClock(), LoopWatch()
    async with contextlib.AsyncExitStack() as stack:
        database = await Database.open(path)
        stack.push_async_callback(database.close)
        now, lead = clock.now(), min(1.0, seconds / 2)
        await database.write(
            lambda tx: tx.execute(
                "UPDATE jobs SET next_run_at = :now + CAST(substr(samsar_request_id, 6) AS INTEGER) * :pace / :jobs"
                " WHERE state = 'rendering'",
                {"now": now + int(1000 * lead), "pace": int(1000 * pace), "jobs": jobs},
            )
        )
        if kind == "worker":
            instance_lock = stack.enter_context(InstanceLock(path))
            rules = replace(RULES, pace=PollingSchedule(pace, pace))
            worker = Worker(
                database,
                CATALOGUE,
                api,
                FakePublisher(),
                clock,
                rules,
                DurationHistory(database),
                instance_lock,
                Signals(),
            )
            await worker.start()
            stack.push_async_callback(worker.stop, 1.0)
        else:
            ids = await database.read(
                lambda tx: [
                    (row["id"], row["samsar_request_id"])
                    for row in tx.fetch_all("SELECT id, samsar_request_id FROM jobs")
                ]
            )
            tasks = TaskEach(database, api, clock, pace, GATHERED[kind]).watch(ids)
            stack.callback(lambda: [task.cancel() for task in tasks])
        await asyncio.sleep(lead)
        before, cpu, start = api.looks.total(), time.process_time(), time.monotonic()
        await asyncio.sleep(seconds)
        looks, cpu, took = api.looks.total() - before, time.process_time() - cpu, time.monotonic() - start
        if kind == "worker":
            async with watched_loop(watch):  # afterwards, for its timer wakes the process as often as the looks do
                await asyncio.sleep(min(seconds, _PAUSES_SECONDS))
        oldest = await database.read(renders.due_polls, clock.now(), 1, ())
        behind = (clock.now() - (oldest[0].next_run_at or 0)) / 1000 if oldest else 0.0
    return {
        "behind": behind,
        "looks": looks,
        "most": max(api.looks.values(), default=0),
        "cpu": cpu,
        "took": took,
        "pause": watch.longest,
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
    """Do as the arguments say."""
    kind, path, jobs, pace, seconds = sys.argv[1:]
    if kind == "sleeping":
        print(json.dumps(run(_sleep(int(jobs)))))
    else:
        print(json.dumps(run(_watch(kind, Path(path), int(jobs), float(pace), float(seconds)))))


if __name__ == "__main__":
    main()
