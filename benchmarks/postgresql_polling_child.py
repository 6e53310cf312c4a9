"""A worker process that only polls a PostgreSQL database with open jobs, and prints JSON.

It says `ready`, waits for a line, polls for a time, and prints how often it polled each job.

`python -m benchmarks.postgresql_polling_child <url> <process id> <interval> <duration>`, in seconds
"""

from __future__ import annotations

import asyncio
import json
import sys

from benchmarks.harness import run
from benchmarks.polling_child import PendingApi, new_worker
from data.engine.postgresql import PostgresDatabase
from data.engine.postgresql_connection import PostgresSession


async def _main(url: str, process_id: str, interval: float, seconds: float) -> None:
    api = PendingApi()
    database = await PostgresDatabase.open(url)
    async with PostgresSession(url, lambda _: None) as session:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        worker = new_worker(database, api, session, interval, process_id)
        await worker.start()
        await asyncio.sleep(seconds)
        polls = dict(api.polls)
        await worker.stop(1.0)
    await database.close()
    print(json.dumps(polls))


if __name__ == "__main__":
    run(_main(sys.argv[1], sys.argv[2], *map(float, sys.argv[3:])))
