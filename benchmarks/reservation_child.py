"""A process that reserves jobs on a PostgreSQL database.

It says `ready` once its connections have prepared their statements, waits for a line, and prints JSON: how many it
placed in all, and when the measured ones started and ended.

`python -m benchmarks.reservation_child <url> <first job> <jobs> <callers>`
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator

from benchmarks.harness import run
from benchmarks.reservation_jobs import LIMITS, jobs
from bot.domain.jobs import Job
from bot.domain.orders import OrderPlaced
from data.engine.postgresql import PostgresDatabase
from tests.helpers.reserving import create_job


async def _main(url: str, first: int, count: int, callers: int) -> None:
    database = await PostgresDatabase.open(url)
    placed = 0

    async def caller(waiting: Iterator[Job]) -> None:
        nonlocal placed
        for job in waiting:
            outcome = await database.write(create_job, job, (), LIMITS)
            placed += isinstance(outcome, OrderPlaced)

    async def place(waiting: Iterator[Job]) -> None:
        await asyncio.gather(*(caller(waiting) for _ in range(callers)))

    warm = min(count, 10 * callers)
    await place(jobs(warm, first))
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    start = time.monotonic()
    await place(jobs(count, first + warm))
    end = time.monotonic()
    await database.close()
    print(json.dumps({"placed": placed, "start": start, "end": end}))


if __name__ == "__main__":
    run(_main(sys.argv[1], *map(int, sys.argv[2:])))
