"""A process by its role and settings: its worker, server, upkeep and end."""

import asyncio
from collections.abc import Coroutine, Mapping
from http import HTTPStatus
from ipaddress import ip_network
from pathlib import Path
from typing import cast

import aiohttp
import discord
import pytest

from bot import http_port, lifecycle
from bot.app import App
from bot.composition import open_app, this_process, worker_config
from bot.core.errors import ConfigurationError, DatabaseMoved, StartupError
from bot.domain.polling import PollingSchedule
from bot.domain.process import ALL_SHARDS, Role, ShardPlan
from bot.http_port import server_config
from bot.lifecycle import check_role
from bot.samsar.config import ClientOptions
from bot.web.listener import ConnectionLimits
from bot.web.server import ServerConfig
from bot.worker.recovery import Stuck
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.worker import WorkerConfig
from tests.helpers.rest_responses import rest_response
from tests.helpers.settings import make_settings

URL = "https://movies.example.org/bot"


def test_a_worker_expects_callbacks_where_a_process_takes_them(tmp_path: Path) -> None:
    for role, port, public_url, expected in (
        (Role.ALL, 8080, URL, True),
        (Role.ALL, None, URL, False),
        (Role.ALL, 8080, None, False),
        (Role.WORKER, None, URL, True),
        (Role.WORKER, 8080, URL, True),
        (Role.WORKER, 8080, None, False),
    ):
        chosen = {name: each for name, each in (("port", port), ("public_url", public_url)) if each is not None}
        paces = {"poll_fastest_seconds": 7, "poll_slowest_seconds": 70}
        places = {"max_rendering_jobs": 9, "max_rendering_jobs_per_member": 3}
        settings = make_settings(tmp_path, **chosen, **paces, **places)
        options = ClientOptions(total_seconds=41)
        assert worker_config(settings, options, role) == WorkerConfig(
            ConcurrencyLimits(9, 3),
            PollingSchedule(7, 70, callbacks_enabled=expected),
            41,
            callback_url=f"{URL}/callbacks/" if expected else None,
        )


def test_only_a_process_that_answers_members_has_shards() -> None:
    part, whole = ShardPlan(4, (1, 2)), ShardPlan(4)
    shards = {(Role.GATEWAY, part): "1-2 of 4", (Role.ALL, whole): "0-3 of 4", (Role.ALL, ALL_SHARDS): ""}
    shards |= {(Role.WORKER, part): "", (Role.WEB, whole): ""}
    for (role, plan), shown in shards.items():
        one, other = this_process(role, plan), this_process(role, plan)
        assert (one.role, one.shards, one.id == other.id) == (role, shown, False)


def test_the_server_listens_where_and_trusts_whom_the_settings_say(tmp_path: Path) -> None:
    """All callers behind an untrusted proxy count as one."""
    limits = ConnectionLimits.for_descriptors(1024)
    proxies = (ip_network("10.0.0.1"), ip_network("fd00::/8"))
    for public in (False, True):
        chosen = {"host": "10.0.0.5", "metrics_public": public, "trusted_proxies": "10.0.0.1,fd00::/8"}
        expected = ServerConfig("10.0.0.5", 8080, public, proxies, limits)
        assert server_config(make_settings(tmp_path, port=8080, **chosen), 8080, limits) == expected


SERVER = {"database_url": "postgresql://matinee@db.test/matinee"}
PART = {"shard_count": 2, "shard_ids": 0}
PORT = {"port": 8080}
SHARED, SHARDS, NO_PORT = "shares its database", "SHARD_IDS leaves shards", "Set PORT"


def test_settings_that_a_role_cannot_run_with_are_told(tmp_path: Path) -> None:
    cases: list[tuple[Role, Mapping[str, object], list[str]]] = [
        (Role.ALL, {}, []),
        (Role.ALL, PART, [SHARDS]),
        (Role.GATEWAY, {}, [SHARED]),
        (Role.GATEWAY, PART, [SHARED, SHARDS]),
        (Role.WORKER, PART, [SHARED]),
        (Role.WEB, PORT, [SHARED]),
        (Role.WEB, {}, [SHARED, NO_PORT]),
        (Role.ALL, SERVER | PART, []),
        (Role.GATEWAY, SERVER | PART, []),
        (Role.WORKER, SERVER | PART, []),
        (Role.WEB, SERVER | PORT, []),
        (Role.WEB, SERVER, [NO_PORT]),
    ]
    for role, chosen, told in cases:
        problems: tuple[str, ...] = ()
        try:
            check_role(make_settings(tmp_path, **chosen), role)
        except ConfigurationError as exc:
            problems = exc.problems
        assert len(problems) == len(told), (role, chosen)
        assert all(words in problem for words, problem in zip(told, problems, strict=True)), problems


EVERY = {"heartbeats", "signals"}
MEMBERS = {"register-commands"}
WORK = {"daily", "stale-downloads", "old-copies", "backups", "wal", "erasures", "retention"}
ESSENTIAL = {"watchdog", "move-check"}

GATEWAY, LOGIN = "the gateway isn't connected", "the bot isn't logged in to Discord"


def names(tasks: Mapping[str, Coroutine[None, None, object]]) -> set[str]:
    for task in tasks.values():
        task.close()
    return set(tasks)


async def tasks_of(app: App) -> tuple[set[str], set[str]]:
    stop = asyncio.Event()
    return names(lifecycle._upkeep(app, stop)), names(lifecycle._essential(app, stop))


@pytest.mark.parametrize(
    ("role", "upkeep", "essential", "missing"),
    [
        (Role.ALL, EVERY | MEMBERS | WORK, ESSENTIAL | {"gateway", "worker"}, GATEWAY),
        (Role.GATEWAY, EVERY | MEMBERS, ESSENTIAL | {"gateway"}, GATEWAY),
        (Role.WORKER, EVERY | WORK, ESSENTIAL | {"login", "worker"}, LOGIN),
        (Role.WEB, EVERY, ESSENTIAL, None),
    ],
)
async def test_each_role_has_its_upkeep_and_is_ready_once_it_can_work(
    tmp_path: Path, role: Role, upkeep: set[str], essential: set[str], missing: str | None
) -> None:
    """Only a gateway's work needs more than the login. The balance is watched where there is a port to show it."""
    port = None if role is Role.ALL else 8080
    balance = {"balance"} if port else set[str]()
    settings = make_settings(tmp_path, **({"port": port} if port else {}))
    async with open_app(settings, process=this_process(role)) as app:
        assert await tasks_of(app) == (upkeep | balance, essential)
        assert await http_port.readiness_problems(app) == (() if missing is None else (missing,))
        app.client.http_ready.set()
        assert await http_port.readiness_problems(app) == ((GATEWAY,) if missing == GATEWAY else ())


async def test_durations_are_read_again_where_other_processes_record_them(tmp_path: Path, postgresql_url: str) -> None:
    settings = make_settings(tmp_path, database_url=postgresql_url)
    async with open_app(settings, process=this_process(Role.GATEWAY)) as app:
        assert await tasks_of(app) == (EVERY | MEMBERS | {"durations"}, ESSENTIAL | {"gateway"})


WRONG_TOKEN = "Discord rejected the token (DISCORD_TOKEN)."
AWAY = "Can't reach Discord: "


def closed(code: int) -> discord.ConnectionClosed:
    return discord.ConnectionClosed(cast("aiohttp.ClientWebSocketResponse", None), shard_id=0, code=code)


async def essential(name: str, result: object) -> asyncio.Task[object]:
    async def end() -> object:
        if isinstance(result, Exception):
            raise result
        return result

    task = asyncio.create_task(end(), name=name)
    await asyncio.wait([task])
    return task


async def test_the_end_of_an_essential_task_ends_the_process_with_a_line_but_not_at_a_stop() -> None:
    refused = discord.Forbidden(rest_response(HTTPStatus.FORBIDDEN), "Not today")
    ends: list[tuple[str, object, type[Exception], str]] = [
        (name, error, StartupError, message)
        for name in ("gateway", "login")
        for error, message in (
            (None, "The connection to Discord ended unexpectedly."),
            (discord.LoginFailure("Improper token has been passed."), WRONG_TOKEN),
            (closed(4004), WRONG_TOKEN),
            (closed(4011), "Discord requires more shards"),
            (closed(4013), "Unexpected answer from Discord: "),
            (aiohttp.ClientPayloadError("cut"), AWAY),
            (OSError("no route"), AWAY),
            (refused, "Unexpected answer from Discord: "),
        )
    ]
    ends += [
        ("worker", None, StartupError, "An internal worker stopped unexpectedly"),
        ("move-check", DatabaseMoved("This database was moved."), DatabaseMoved, "This database was moved."),
        ("watchdog", Stuck("submissions", "job", 650.4), StartupError, "work is stuck: submissions job, for 650 s"),
        ("watchdog", Stuck("recovery", "", 650.4), StartupError, "work is stuck: recovery, for 650 s"),
        ("gateway", RuntimeError("a bug"), RuntimeError, "a bug"),
    ]
    for name, result, kind, message in ends:
        task = await essential(name, result)
        with pytest.raises(kind) as told:
            await lifecycle._wait_for_end([task], asyncio.Event())
        assert message in str(told.value), (name, result)
        assert isinstance(told.value, kind)
    stop = asyncio.Event()
    stop.set()
    await lifecycle._wait_for_end([await essential("gateway", OSError("closed"))], stop)
