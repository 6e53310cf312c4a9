"""Heartbeats: how processes show that they run, and share rate limits."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot import maintenance
from bot.app import open_app, this_process
from bot.domain.process import HEARTBEAT_MS, ProcessInfo, Role
from bot.samsar.config import ClientOptions
from bot.services.request_limits import LimitFactory
from data import processes
from data.database import Transaction
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.clock import START, ManualClock
from tests.helpers.ledger_checks import query
from tests.helpers.settings import make_settings


async def test_a_process_takes_its_share_of_the_apis_rate(tmp_path: Path) -> None:
    """Among 100 workers, two requests per second become one in 50 seconds.

    One process alone may send two at once.
    """
    async with open_bot_harness(tmp_path, client_options=ClientOptions(requests_per_second=2.0)) as bot:
        for number in range(99):
            other = ProcessInfo(f"worker-{number}", Role.WORKER, "elsewhere", number, "1.2.3", START)
            await bot.app.database.write(processes.record_heartbeat, other, START)
        stopping = asyncio.Event()
        beating = asyncio.create_task(maintenance.send_heartbeats(bot.app, stopping))
        await bot.clock.asleep_within(beating)
        await bot.app.samsar.ping()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(bot.app.samsar.ping(), 0.5)
        stopping.set()
        await beating


async def test_a_gateway_shows_that_it_runs_though_no_worker_does(bot: BotHarness) -> None:
    """The API's rate is then nobody's."""
    gateway = replace(bot.app, process=this_process(Role.GATEWAY))
    stopping = asyncio.Event()
    beating = asyncio.create_task(maintenance.send_heartbeats(gateway, stopping))
    await bot.clock.asleep_within(beating)
    assert [each.role for each in await bot.app.database.read(processes.list_all)] == [Role.GATEWAY]
    stopping.set()
    await beating


async def test_rate_limits_that_are_over_do_not_stay_in_the_database(tmp_path: Path, postgresql_url: str) -> None:
    """The table would otherwise keep a row for every member who ordered."""
    clock = ManualClock()
    async with open_app(make_settings(tmp_path, database_url=postgresql_url), clock) as app:
        await LimitFactory(clock, app.database).limit("order", 60, 1).try_acquire(1)
        stopping = asyncio.Event()
        beating = asyncio.create_task(maintenance.send_heartbeats(app, stopping))
        await clock.asleep_within(beating)
        assert len(await app.database.read(limited)) == 1
        await clock.advance(HEARTBEAT_MS / 1000)
        await clock.asleep_within(beating)
        assert await app.database.read(limited) == []
        stopping.set()
        await beating


def limited(tx: Transaction) -> list[str]:
    """The keys of the rate limits in the database."""
    return [row["key"] for row in tx.fetch_all("SELECT key FROM rate_limits")]


async def test_heartbeats_go_on_after_one_that_the_database_refused(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """Otherwise, other processes would count this one as dead."""
    rename(bot, "processes", "elsewhere")
    stopping = asyncio.Event()
    beating = asyncio.create_task(maintenance.send_heartbeats(bot.app, stopping))
    await bot.clock.asleep_within(beating)
    assert [each.message for each in caplog.records if each.levelname == "WARNING"] == ["heartbeat_failed"]
    rename(bot, "elsewhere", "processes")
    await bot.clock.advance(HEARTBEAT_MS / 1000)
    await bot.clock.asleep_within(beating)
    assert [each.id for each in await bot.app.database.read(processes.list_all)] == [bot.app.process.id]
    stopping.set()
    await beating


def rename(bot: BotHarness, table: str, name: str) -> None:
    """Rename a table of the open database."""
    with closing(sqlite3.connect(bot.path)) as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO {name}")


async def test_a_delivery_is_leased_to_the_process_that_the_heartbeats_name(tmp_path: Path) -> None:
    """A process that stops ends its own leases only."""
    async with open_bot_harness(tmp_path) as bot:
        await bot.movie()
        await bot.run_until_idle()
        await bot.finish()
        [notification] = query(bot.place, "SELECT leased_by FROM outbox")
        assert notification["leased_by"] == bot.app.process.id
