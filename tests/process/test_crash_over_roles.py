"""Kills of any of several processes, without lost, repeated or blocked work."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from bot.samsar.config import ApiVersion
from tests.helpers import postgres_server
from tests.helpers.postgres_proxy import PostgresProxy
from tests.process.crash.failpoints import OLDER_OR_SLOW
from tests.process.crash.roles import is_first, open_roles

_dice = random.Random(20261126)
MOMENTS = {
    "gateway-0": [_dice.randrange(30) for _ in range(8)],
    "gateway-1": [_dice.randrange(30) for _ in range(8)],
    "worker-0": [_dice.randrange(100) for _ in range(12)],
    "worker-1": [_dice.randrange(100) for _ in range(12)],
    "web": [_dice.randrange(8) for _ in range(4)],
}
"""How many moments of any name the process passes before its death."""

CASES = [  # with the older version, the soak over all roles kills them
    pytest.param(ApiVersion.AUTUMN_2026, "worker-1", MOMENTS["worker-1"][:1], id="2026-worker-1"),
    *(
        pytest.param(version, name, moments, id=f"{version}-{name}-all", marks=pytest.mark.slow)
        for version in ApiVersion
        for name, moments in MOMENTS.items()
    ),
]


@pytest.mark.parametrize(("version", "victim", "moments"), CASES)
async def test_killed_at_a_random_moment(
    version: ApiVersion, victim: str, moments: list[int], tmp_path: Path, postgresql_url: str
) -> None:
    for moment in moments:
        postgres_server.empty(postgresql_url)
        async with open_roles(tmp_path, postgresql_url, version) as roles:
            await roles.start_all(victim, KILL_AFTER=str(moment))
            work = asyncio.create_task(roles.order_and_settle())
            death = asyncio.create_task(roles.died(victim))
            if await is_first(work, death):
                roles.running[victim].kill()
            await death
            await roles.start(victim)
            await work
            await roles.stop_all()
            jobs = roles.check()
            assert {job["state"] for job in jobs} & {"completed", "failed"}, moment


@pytest.mark.parametrize("version", OLDER_OR_SLOW)
async def test_a_worker_is_cut_off_from_the_database_for_a_while(
    version: ApiVersion, tmp_path: Path, postgresql_url: str
) -> None:
    async with PostgresProxy(postgresql_url) as proxy, open_roles(tmp_path, postgresql_url, version) as roles:
        roles.urls["worker-0"] = proxy.url
        await roles.start_all(exclude="worker-1")
        ordering = asyncio.create_task(roles.order())
        await roles.running["worker-0"].wait_for_line("^@ create-before ")
        proxy.go_down()
        await roles.start("worker-1")
        await ordering
        await roles.settled()
        proxy.come_up()
        await roles.running["worker-0"].wait_for_line("session_restored")
        await roles.stop_all()
        roles.check(database_was_lost=True)
