"""Response times and Discord's errors are measured over real HTTP."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.observability.discord_http import DiscordHttpMetrics
from tests.unit.discord_client.conftest import interaction
from tests.unit.samsar.conftest import ReceivedRequest, ScriptedServer, http, serving


@dataclass
class Noted:
    at: float = 0.0
    errors: list[int] = field(default_factory=list)
    answers: list[tuple[str, float]] = field(default_factory=list)

    def count_discord_error(self, code: int) -> None:
        self.errors.append(code)

    def observe_ack(self, command: str, seconds: float) -> None:
        self.answers.append((command, seconds))


@dataclass
class Discord:
    """A session with metrics, and a scripted server. "" hangs up."""

    noted: Noted
    session: aiohttp.ClientSession
    server: ScriptedServer
    meter: DiscordHttpMetrics
    client: discord.Client = field(default_factory=lambda: discord.Client(intents=discord.Intents(guilds=True)))

    def comes(self, interaction_id: int, kind: int, **changes: Any) -> None:
        data = {"name": "made-up", "id": "1", "type": 1, "custom_id": "x"} | changes
        self.meter.interaction_received(interaction(self.client, kind, id=str(interaction_id), data=data))

    async def answer(self, interaction_id: int) -> None:
        await self.post(f"/api/v10/interactions/{interaction_id}/token/callback")

    async def post(self, path: str) -> None:
        with suppress(aiohttp.ClientError):
            await (await self.session.post(f"http://127.0.0.1:{self.server.port}{path}")).text()


@asynccontextmanager
async def talking(*answers: bytes) -> AsyncGenerator[Discord]:
    left = list(answers)

    async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        if body := left.pop(0):
            writer.write(body)
        else:
            writer.close()

    noted = Noted()
    meter = DiscordHttpMetrics(noted, lambda: noted.at)
    async with serving(script) as server, aiohttp.ClientSession(trace_configs=[meter.trace]) as session:
        yield Discord(noted, session, server, meter)


def error(status: int, code: int) -> bytes:
    return http(status, json.dumps({"message": "no", "code": code}).encode())


OK = http(200, b"{}")


async def test_an_answer_is_timed_from_when_its_question_came() -> None:
    async with talking(*[OK] * 9) as there:
        for interaction_id, kind in ((97, 2), (98, 3), (99, 5), (96, 4)):
            there.comes(interaction_id, kind)
            there.noted.at += 1.25
            await there.answer(interaction_id)
            await there.answer(interaction_id)
        await there.post("/api/v10/channels/7/messages")
        assert there.noted.answers == [("other", 1.25), ("button", 1.25), ("form", 1.25)]
        assert there.noted.errors == []


async def show(_: discord.Interaction) -> None:
    raise AssertionError


async def test_a_command_in_a_group_is_timed_by_its_whole_name() -> None:
    async with talking(OK) as there:
        group = app_commands.Group(name="quota", description="x")
        group.add_command(app_commands.Command(name="show", description="x", callback=show))
        app_commands.CommandTree(there.client).add_command(group)
        there.comes(99, 2, name="quota", options=[{"name": "show", "type": 1}])
        await there.answer(99)
        assert there.noted.answers == [("quota show", 0.0)]


async def test_the_answer_counts_that_discord_took_after_it_was_not_well() -> None:
    late = error(404, 10062)
    async with talking(error(429, 0), b"", http(502, b"<html>"), http(500), OK, late) as there:
        there.comes(99, 2)
        for second in range(5):
            there.noted.at = second
            await there.answer(99)
        there.comes(100, 2)
        there.noted.at = 7.5
        await there.answer(100)
        assert there.noted.answers == [("other", 4.0), ("other", 3.5)]
        assert there.noted.errors == [429, 0, 502, 500, 10062]


async def test_every_error_is_counted_by_its_code() -> None:
    errors = {
        error(403, 50013): 50013,
        error(400, 40060): 40060,
        http(503, b""): 503,
        http(500, b"[1]"): 500,
        http(500, b'{"code": "x"}'): 500,
        b"": 0,
    }
    async with talking(*errors) as there:
        for _ in errors:
            await there.post("/api/v10/channels/7/messages")
        assert there.noted.errors == [*errors.values()]


async def test_what_is_never_answered_does_not_fill_the_memory() -> None:
    async with talking(OK) as there:
        for number in range(1200):
            there.comes(number, 3)
        assert len(there.meter._pending) <= 1000
        await there.answer(1199)
        assert there.noted.answers == [("button", 0.0)]
