"""The bot and a minimal reference bot as processes.

Each has its own fake Discord.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import time
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.sandbox.fault_injection import Fault, JsonObject, Reply, Route
from bot.sandbox.faults import acting
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import environment

_MEMBERS_PER_SERVER = 40
_STAGES: JsonObject = {"prompt_generation": "COMPLETED", "video_generation": "PENDING"}
_PENDING = Reply.of({"status": "PENDING", "details": _STAGES})
_RENDERING = Fault("rendering", "reports every movie as rendering", acting(_PENDING), (Route.STATUS,))
"""For the movies of a database that was not filled through the fake API."""

_PLENTY = "1000000000"
OURS, DEPLOYED, BARE = "benchmarks.instrumented_bot", "bot", "benchmarks.baselines.bare_bot"


@dataclass(slots=True)
class Running:
    """A running bot with its fake Discord and fake API.

    `members` yields members with a channel of their server, each time from the next server.
    """

    discord: FakeDiscord
    api: ManualSamsar
    process: BotProcess
    path: Path
    members: Iterator[tuple[int, int]]
    started: float
    pause_requests: int = 0

    async def pause(self) -> float:
        """Return the event loop's longest pause since the last call, in seconds."""
        self.pause_requests += 1
        os.kill(self.process.pid, signal.SIGUSR1)
        line = await self.process.wait_for_line(f"^longest pause {self.pause_requests} ")
        return float(line.split()[-1])


@contextlib.asynccontextmanager
async def running(
    module: str,
    folder: Path,
    path: Path | None = None,
    *,
    ready: bool = True,
    servers: int = 1,
    env: Mapping[str, str] | None = None,
) -> AsyncGenerator[Running]:
    """Start a bot and wait until it is ready.

    Its database is at `path`, or new.
    """
    with TemporaryDirectory(dir=folder) as own:
        async with FakeDiscord() as discord, ManualSamsar() as api:
            api.inject(_RENDERING)
            members = itertools.cycle(list(_members(discord, servers)))
            database = path or Path(own) / "movies.db"
            variables = environment(
                discord,
                api,
                DATABASE_URL=f"sqlite:///{database}",
                MEMBER_MONTHLY_CREDITS=_PLENTY,
                PLAN_MONTHLY_CREDITS=_PLENTY,
                LOG_LEVEL="ERROR",
                **{"POLL_FASTEST_SECONDS": "600", "POLL_SLOWEST_SECONDS": "600", **(env or {})},
            )
            started = time.perf_counter()
            async with BotProcess(discord.url, workdir=Path(own), env=variables, module=module, anew=True) as process:
                if ready:
                    await discord.ready(timeout=60)
                yield Running(discord, api, process, database, members, started)


def _members(discord: FakeDiscord, servers: int) -> Iterator[tuple[int, int]]:
    """Add members to each server, and yield them with a channel.

    They come one server after the other.
    """
    state, places = discord.state, [(discord.guild_id, discord.channel_id)]
    for number in range(1, servers):
        guild_id = state.add_guild(f"server{number}", state.add_user(f"owner{number}"))
        places.append((guild_id, state.add_channel(guild_id, "movies")))
    for number in range(_MEMBERS_PER_SERVER):
        for guild_id, channel_id in places:
            member_id = state.add_user(f"member{number}")
            state.join(guild_id, member_id)
            yield member_id, channel_id
