"""The offline world: the real bot between a simulated Discord (SimCord) and our stand-in for the movie service."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic  # bound here, before SimCord puts another one into the module: see MachineClock
from typing import Any, cast

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env

from bot.app import App, open_app
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.settings import load_settings

KEY = "offline-world"

_PATIENCE_SECONDS = 30.0
"""How long a command may take before the simulated Discord calls it stuck: a report's chart is drawn by a process."""


class MachineClock:
    """The machine's clock, in place of SimCord's own, which stands still until a test advances it.

    While a bot handles an interaction, `time.monotonic` (and so `loop.time`) reads SimCord's clock; everywhere else it
    reads the machine's. What interactions share with the workers, such as the API client's rate limit, would compare
    the two: after one status poll from a button, the poll loop would wait for the difference, which is months.
    """

    @property
    def elapsed(self) -> float:
        """Seconds, as `time.monotonic` returns them outside of SimCord."""
        return monotonic()

    def now(self) -> datetime:
        """The date, for messages and ids."""
        return datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        """Do nothing: nobody can advance the machine's clock."""


@dataclass(frozen=True, slots=True)
class SandboxEnvironment:
    """Everything of the offline world, running."""

    app: App
    env: Env
    standin: FakeSamsar
    guild: GuildHandle
    channel: ChannelHandle
    people: Mapping[str, MemberActor]

    async def wait_until(self, seen: Callable[[], bool], timeout: float) -> bool:
        """Wait until something can be seen; False where that took longer than `within` seconds."""
        ends = asyncio.get_running_loop().time() + timeout
        while not seen():
            if asyncio.get_running_loop().time() > ends:
                return False
            await asyncio.sleep(0.05)
        return True


@contextlib.asynccontextmanager
async def open_sandbox(
    folder: Path, *, render_seconds: float, settings: Mapping[str, str], render_films: bool = True
) -> AsyncGenerator[SandboxEnvironment]:
    """Start the stand-in, the real bot and a server with a few people in it. `folder` gets a fresh database.

    Without `render_films`, every movie is the same tiny film, which costs no time.
    """
    await asyncio.to_thread(_clear, folder)
    config = FakeSamsarConfig(api_key=KEY, render_seconds=render_seconds, render_films=render_films)
    async with FakeSamsar(config) as standin:
        environ = {
            "DISCORD_TOKEN": "offline-world",
            "SAMSAR_API_KEY": KEY,
            "SAMSAR_BASE_URL": standin.base_url,
            "DATABASE_URL": f"sqlite:///{folder / 'movies.db'}",
            "TRUSTED_MOVIE_ORIGINS": standin.origin,
            "POLL_FASTEST_SECONDS": "0.3",
            "POLL_SLOWEST_SECONDS": "1",
            **settings,
        }
        async with open_app(load_settings(environ, folder / "no.env")) as app:
            # The engine is started outside the bot's own tasks, as in the real process: see bot/app.py.
            await app.engine.start()
            try:
                async with simcord.run(app.client) as env:
                    await app.client.sync_commands()
                    env.settle_timeout = _PATIENCE_SECONDS
                    yield _peopled(app, env, standin)
            finally:
                await app.engine.stop(5)


def _peopled(app: App, env: Env, standin: FakeSamsar) -> SandboxEnvironment:
    env.backend.clock = cast("Any", MachineClock())
    env.backend.bot_user.name = "Matinee"
    app.client.command_ids = {}  # the simulated Discord's page would show </movie:145…> instead of a link
    guild = env.create_guild("Sunset Cinema Club")
    channel = guild.create_text_channel("movie-night")
    crew = guild.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
    people = {name: guild.add_member(env.create_user(name)) for name in ("alice", "bob", "carol")}
    people["dana"] = guild.add_member(env.create_user("dana"), roles=[crew])
    return SandboxEnvironment(app, env, standin, guild, channel, people)


def _clear(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("movies.db*"):
        old.unlink()
