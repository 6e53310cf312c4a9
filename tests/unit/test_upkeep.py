"""What a process of each role does beside its work."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from pathlib import Path

import pytest

from bot import lifecycle
from bot.app import App, open_app, this_process
from bot.domain.process import Role
from tests.helpers.settings import make_settings

EVERY = {"heartbeats", "signals"}
MEMBERS = {"register-commands"}
WORK = {"audit", "stale-downloads", "old-copies", "backups", "wal", "erasures", "retention", "unknown-jobs"}
ESSENTIAL = {"watchdog", "move-check"}

GATEWAY, LOGIN = "the gateway isn't connected", "the bot isn't logged in to Discord"


def names(tasks: Mapping[str, Coroutine[None, None, object]]) -> set[str]:
    """The names of tasks. None of them begins."""
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
        assert await lifecycle._readiness_problems(app) == (() if missing is None else (missing,))
        app.client.http_ready.set()
        assert await lifecycle._readiness_problems(app) == ((GATEWAY,) if missing == GATEWAY else ())


async def test_durations_are_read_again_where_other_processes_record_them(tmp_path: Path, postgresql_url: str) -> None:
    settings = make_settings(tmp_path, database_url=postgresql_url)
    async with open_app(settings, process=this_process(Role.GATEWAY)) as app:
        assert await tasks_of(app) == (EVERY | MEMBERS | {"durations"}, ESSENTIAL | {"gateway"})
