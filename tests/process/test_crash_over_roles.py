"""Any of several processes is killed, and the others and its successor lose, repeat and block nothing.

Two gateways with a shard each, two workers and a web process share a PostgreSQL database. In each of two servers, one
movie is made and one fails.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from tests.process.crash.roles import ROLES, STARTED, is_first, open_roles

_dice = random.Random(20261126)
MOMENTS = {
    "gateway-0": tuple(_dice.randrange(30) for _ in range(12)),
    "gateway-1": tuple(_dice.randrange(30) for _ in range(12)),
    "worker-0": tuple(_dice.randrange(100) for _ in range(24)),
    "worker-1": tuple(_dice.randrange(100) for _ in range(24)),
    "web": tuple(_dice.randrange(12) for _ in range(6)),
}
"""How many moments of any name the process lives through before its death."""

SAMPLE = {("gateway-0", 0), ("worker-0", 0), ("worker-1", 0)}

CASES = [
    pytest.param(name, moments, id=f"{name}-{number}", marks=() if (name, number) in SAMPLE else (pytest.mark.slow,))
    for name in ROLES
    for number, moments in enumerate(MOMENTS[name])
]


@pytest.mark.parametrize(("victim", "moments"), CASES)
async def test_killed_at_a_random_moment(victim: str, moments: int, tmp_path: Path, postgresql_url: str) -> None:
    """Where the others leave it no such moment, it is killed when all is done."""
    async with open_roles(tmp_path, postgresql_url) as roles:
        await roles.start_all(victim, KILL_AFTER=str(moments))
        work = asyncio.create_task(roles.order_and_settle())
        death = asyncio.create_task(roles.died(victim))
        if await is_first(work, death):
            roles.running[victim].kill()
        await death
        successor = await roles.start(victim)
        await work
        await successor.wait_for_line(STARTED)
        await roles.stop_all()
        jobs = roles.check()
        assert {job["state"] for job in jobs} & {"completed", "failed"}
