"""Deletion of old data, which one of several processes does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from bot import maintenance
from bot.app import open_app, this_process
from bot.domain.process import Role
from data import departed_servers
from data.instance_lock import FileInstanceLock
from tests.helpers.clock import START, ManualClock
from tests.helpers.settings import make_settings

DAY_MS = 24 * 3_600_000


class Follower(FileInstanceLock):
    """The locks of a process that doesn't lead."""

    async def is_leader(self) -> bool:
        return False


async def test_of_several_processes_the_leader_forgets_what_servers_left_behind(tmp_path: Path) -> None:
    clock, settings = ManualClock(), make_settings(tmp_path)
    async with open_app(settings, clock, process=this_process(Role.WORKER)) as app:
        app.client.http_ready.set()
        await app.database.write(departed_servers.record_left, 11, START - 31 * DAY_MS)
        with Follower(tmp_path / "movies.db") as follower:
            for lock, left in ((follower, [11]), (app.instance_lock, [])):
                stopping = asyncio.Event()
                one = replace(app, instance_lock=lock)
                running = asyncio.create_task(maintenance.forget_old_data(one, stopping))
                await clock.asleep_within(running)
                assert await app.database.read(departed_servers.due, clock.now()) == left
                stopping.set()
                await running
