"""Places many orders in parallel: `python -m tests.helpers.order_process PLACE COUNT FIRST BOUND`.

It says `ready`, waits for a line on standard input, and prints how many orders were held and how many were refused.
PLACE is a file or the URL of a database, FIRST numbers the jobs, and BOUND is one of BOUNDS.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path

from bot.domain.credits import Limits
from bot.domain.jobs import Job
from bot.domain.risk import RiskLimits
from data.database import Database
from data.engine.postgresql import PostgresDatabase
from data.engine.sqlite import SqliteDatabase
from tests.helpers import store_harness
from tests.helpers.reserving import reserve

COST = 200
FITS = 3 * COST + COST - 1

_PLENTY = 10**9
BOUNDS = {
    "member": Limits(member=FITS, plan=5000),
    "extra": Limits(member=0, plan=_PLENTY),
    "server": Limits(member=_PLENTY, plan=_PLENTY, server=FITS),
    "plan": Limits(member=_PLENTY, plan=FITS),
    "open jobs": Limits(_PLENTY, _PLENTY, risk=RiskLimits(3, _PLENTY, _PLENTY, _PLENTY)),
    "open jobs of the server": Limits(_PLENTY, _PLENTY, risk=RiskLimits(_PLENTY, 3, _PLENTY, _PLENTY)),
    "queue": Limits(_PLENTY, _PLENTY, risk=RiskLimits(_PLENTY, _PLENTY, FITS, _PLENTY)),
}
"""Limits of which one alone leaves room for three movies. The test grants the extra credits."""

_OF_MANY_MEMBERS = {"server", "plan", "open jobs of the server"}
_OF_TWO_SERVERS = {"plan", "open jobs"}
"""Bounds that orders share although they lock different other rows."""


def a_job(number: int, bound: str) -> Job:
    """Each has the same member and server, unless the bound counts others, too."""
    guild = 1 + number % 2 if bound in _OF_TWO_SERVERS else 1
    member = number + 3 if bound in _OF_MANY_MEMBERS else 3
    return store_harness.a_job(number, member, cost=COST, guild=guild)


async def order_all(database: Database, count: int, first: int, bound: str = "member") -> Counter[str]:
    orders = (reserve(database, a_job(first + each, bound), (), BOUNDS[bound]) for each in range(count))
    return Counter(type(outcome).__name__ for outcome in await asyncio.gather(*orders))


async def _open(place: str) -> Database:
    if "://" in place:
        return await PostgresDatabase.open(place)
    return await SqliteDatabase.open(Path(place), busy_seconds=30)


async def main(place: str, count: int, first: int, bound: str) -> None:
    database = await _open(place)
    try:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        print(json.dumps(await order_all(database, count, first, bound)))
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
