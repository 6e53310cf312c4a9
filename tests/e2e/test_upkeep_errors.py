"""The upkeep goes on after errors of the database and of Discord, and its parts share what they must."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from collections.abc import Callable, Coroutine, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final, Never

import aiohttp
import discord
import pytest
from simcord.env import Env

from bot import lifecycle, maintenance, monitoring
from bot.app import App, open_app, this_process
from bot.clock import SystemClock
from bot.discord_client.client import Client
from bot.discord_client.identify import SharedIdentifySlots
from bot.discord_client.publisher import DiscordPublisher
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits
from bot.domain.polling import PollingSchedule
from bot.domain.process import Role
from bot.errors import DatabaseMoved, StorageError
from bot.observability.metrics import Metrics
from bot.services.charges import ChargeTotals
from bot.services.delivery_times import DeliveryTimes
from bot.services.durations import DurationHistory
from bot.services.movie_links import MovieLinks
from bot.services.orders import OrderService
from bot.services.pitches import PitchService
from bot.services.refused_prompts import RefusedPrompts
from bot.services.request_limits import LocalLimit
from bot.services.signals import Signals
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.watchdog import Watchdog
from data import departed_servers, move_record
from data.compiled_filters import CompiledFilters
from data.instance_lock import FileInstanceLock
from data.move_record import Departure
from data.sqlite import SqliteDatabase
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.clock import START, ManualClock
from tests.helpers.offline_discord import discord_of
from tests.helpers.settings import make_settings

DAY_MS = 24 * 3_600_000

Upkeep = Callable[[App, asyncio.Event], Coroutine[None, None, None]]

UPKEEP: Final[tuple[tuple[Upkeep, int, int, str], ...]] = (
    (maintenance.send_heartbeats, 0, 15, "heartbeat_failed"),
    (maintenance.audit_ledger, 0, 60, "ledger_reconcile_failed"),
    (maintenance.forget_old_data, 0, 3600, "old_data_not_cleared"),
    (maintenance.erase_members, 0, 60, "erasures_failed"),
    (maintenance.watch_balance, 0, 300, "stats_unavailable"),
    (maintenance.reload_durations, 600, 600, "durations_not_reloaded"),
)
"""Upkeep, the seconds before its first run and between two, and the line of a failure."""


@contextmanager
def unusable(app: App) -> Generator[None]:
    async def fail(*_: object, **__: object) -> Never:
        raise StorageError("disk gone")

    database = app.database
    read, read_long, write = database.read, database.read_long, database.write
    database.read = database.read_long = database.write = fail
    try:
        yield
    finally:
        database.read, database.read_long, database.write = read, read_long, write


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.message for each in caplog.records if each.levelname in {"WARNING", "ERROR"}]


async def test_upkeep_goes_on_after_an_error_of_the_database(bot: BotHarness, caplog: pytest.LogCaptureFixture) -> None:
    """Other processes would count this one as dead, and what people wrote would be kept until the next start."""
    for upkeep, first, pause, line in UPKEEP:
        caplog.clear()
        stopping = asyncio.Event()
        with unusable(bot.app):
            running = asyncio.create_task(upkeep(bot.app, stopping))
            for failures, seconds in ((1, first), (2, pause)):
                if seconds:
                    await bot.clock.asleep_within(running)
                    await bot.clock.advance(seconds)
                await bot.clock.asleep_within(running)
                assert warnings(caplog) == [line] * failures
        await bot.clock.advance(pause)
        await bot.clock.asleep_within(running)
        assert warnings(caplog) == [line] * 2
        stopping.set()
        await running


async def test_a_check_for_a_move_is_repeated_until_the_database_answers(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """A process whose session was lost may have missed a move."""
    checking = asyncio.create_task(maintenance.watch_for_move(bot.app, asyncio.Event()))
    with unusable(bot.app):
        bot.app.signals.receive(None)
        await asyncio.wait_for(bot.clock.asleep_within(checking), 10)
        assert warnings(caplog) == ["move_not_checked"]
    departure = Departure("1", "elsewhere", START, complete=True)
    await bot.app.database.write(move_record.set_departure, departure)
    await bot.clock.advance(1)
    with pytest.raises(DatabaseMoved):
        await asyncio.wait_for(checking, 10)
    await bot.app.database.write(move_record.set_departure, None)


async def test_monitoring_answers_although_the_database_does_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A probe that waits for the database would have the bot restarted."""
    async with open_bot_harness(tmp_path, port=0) as bot:
        await bot.app.balance.refresh()
        with unusable(bot.app):
            assert "disk gone" in await lifecycle._readiness_problems(bot.app)
            assert await lifecycle._warnings(bot.app) == ()
        caplog.clear()
        monkeypatch.setattr(monitoring, "DATABASE_TIMEOUT_SECONDS", 0)
        assert "the database doesn't answer" in await lifecycle._readiness_problems(bot.app)
        assert await lifecycle._warnings(bot.app) == ()
        page, _ = await monitoring.metrics_page(bot.app)
    assert b"\nmatinee_database_up 0.0\n" in page
    assert warnings(caplog) == ["stats_unavailable"]


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


# ── what the parts share ─────────────────────────────────────────────────────────────────────────────────────────────


SHARED = (
    *(Signals, ManualClock, SqliteDatabase, FileInstanceLock, Client, DiscordPublisher, Catalogue, CompiledFilters),
    *(RefusedPrompts, DurationHistory, Watchdog, ChargeTotals, DeliveryTimes, Metrics, MovieLinks),
    *(OrderService, PitchService, PollingSchedule),
)
"""What every part that needs it shares with the others."""


def reachable(app: App) -> Sequence[object]:
    found: dict[int, object] = {}
    left: list[object] = [app]
    while left:
        each = left.pop()
        if id(each) in found or isinstance(each, type | ModuleType):
            continue
        found[id(each)] = each
        if isinstance(each, FunctionType):  # its globals are other modules' business
            left += [*(cell.cell_contents for cell in each.__closure__ or ()), *(each.__defaults__ or ())]
        else:
            left += gc.get_referents(each)
    return tuple(found.values())


async def test_the_parts_share_what_they_must_share(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, port=0, member_monthly_credits=777, max_rendering_jobs_per_member=3)
    async with open_app(settings, ManualClock()) as app:
        parts = reachable(app)
        kinds = Counter(type(each) for each in parts)
        assert {kind.__name__: kinds[kind] for kind in SHARED} == {kind.__name__: 1 for kind in SHARED}
        assert kinds[SystemClock] == 0
        assert {each for each in parts if isinstance(each, Limits)} == {settings.limits}
        assert {each for each in parts if isinstance(each, ConcurrencyLimits)} == {ConcurrencyLimits(10, 3)}


async def test_processes_on_postgresql_limit_members_and_identifies_together(
    tmp_path: Path, postgresql_url: str
) -> None:
    settings = make_settings(tmp_path, database_url=postgresql_url)
    async with open_app(settings, ManualClock(), process=this_process(Role.GATEWAY)) as app:
        kinds = Counter(type(each) for each in reachable(app))
    # fresh links and commands are limited by each process for itself
    assert (kinds[LocalLimit], kinds[SharedIdentifySlots]) == (2, 1)


# ── registration of the commands, for which the start does not wait ──────────────────────────────────────────────────


async def test_the_commands_of_another_account_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(make_settings(tmp_path)) as app, discord_of(app) as env:
        before = len(env.http_requests)
        await app.client.sync_commands()
        assert env.http_requests[before:] == []
        monkeypatch.setattr(type(app.client), "application_id", 7)
        await app.client.sync_commands()
        assert [(each.method, each.path) for each in env.http_requests[before:]] == [
            ("PUT", "/applications/7/commands")
        ]


async def test_registration_waits_as_long_as_discord_asks_for(tmp_path: Path) -> None:
    clock = ManualClock()
    async with open_app(make_settings(tmp_path), clock) as app, discord_of(app) as env:
        request, limited = app.client.http.request, [discord.RateLimited(600)]

        async def rate_limited(route: Any, **how: Any) -> Any:
            if route.method == "PUT" and limited:
                raise limited.pop()
            return await request(route, **how)

        app.client.http.request = rate_limited
        await app.database.write(lambda tx: tx.execute("DELETE FROM key_value"))
        before = len(env.http_requests)
        registering = asyncio.create_task(maintenance.retry_command_sync(app, asyncio.Event()))
        await clock.asleep(1)
        await clock.advance(599)
        await clock.asleep(1)
        assert len(env.http_requests) == before
        await clock.advance(1)
        await asyncio.wait_for(registering, 60)
        assert [each.method for each in env.http_requests[before:]] == ["PUT"]


async def test_registration_is_tried_ever_more_rarely(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Discord allows 200 command creations a day. discord.py passes some errors of the connection on."""
    clock, stopping = ManualClock(), asyncio.Event()
    errors = [aiohttp.ServerDisconnectedError(), OSError(101, "unreachable"), TimeoutError()]
    async with open_app(make_settings(tmp_path), clock) as app:
        env = Env(app.client, shard_count=1)
        env.inject_error("PUT", "/applications/*/commands", status=400, code=30034, times=None)
        await env.start()
        assert app.client.http_ready.is_set()
        assert [each for each in env.http_requests if each.method == "PUT"] == [], "no start waits for the commands"
        request = app.client.http.request

        async def broken(route: Any, **kwargs: Any) -> Any:
            if route.method == "PUT" and errors:
                raise errors.pop()
            return await request(route, **kwargs)

        app.client.http.request = broken
        registering = asyncio.create_task(maintenance.retry_command_sync(app, stopping))
        for number, pause in enumerate((60, 300, 1800, 1800, 1800), 1):
            await clock.asleep_within(registering)
            await clock.advance(pause - 1)
            await clock.asleep_within(registering)
            assert caplog.messages.count("command_sync_failed") == number
            await clock.advance(1)
        stopping.set()
        await asyncio.wait_for(registering, 60)
        await env.shutdown()
