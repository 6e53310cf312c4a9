"""What the operator reads when an essential task ends."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import cast

import aiohttp
import discord
import pytest

from bot import lifecycle
from bot.errors import DatabaseMoved, StartupError
from bot.worker.watchdog import Stuck
from tests.helpers.rest_responses import rest_response

WRONG_TOKEN = "Discord rejected DISCORD_TOKEN."
AWAY = "Can't reach Discord: "


class Closed(discord.ConnectionClosed):
    def __init__(self, code: int) -> None:
        super().__init__(cast("aiohttp.ClientWebSocketResponse", None), shard_id=0, code=code)


async def essential(name: str, result: object) -> asyncio.Task[object]:
    """Return a task that has ended with a result or an error."""

    async def end() -> object:
        if isinstance(result, Exception):
            raise result
        return result

    task = asyncio.create_task(end(), name=name)
    await asyncio.wait([task])
    return task


async def test_the_end_of_an_essential_task_ends_the_process_with_a_line() -> None:
    refused = discord.Forbidden(rest_response(HTTPStatus.FORBIDDEN), "Not today")
    ends: list[tuple[str, object, type[Exception], str]] = [
        (name, error, StartupError, message)
        for name in ("gateway", "login")
        for error, message in (
            (None, "The connection to Discord ended unexpectedly."),
            (discord.LoginFailure("Improper token has been passed."), WRONG_TOKEN),
            (Closed(4004), WRONG_TOKEN),
            (Closed(4011), "Discord requires more shards"),
            (Closed(4013), "Unexpected answer from Discord: "),
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
        assert type(told.value) is kind


async def test_what_ends_at_a_stop_is_no_error() -> None:
    stop = asyncio.Event()
    stop.set()
    await lifecycle._wait_for_end([await essential("gateway", OSError("closed"))], stop)
