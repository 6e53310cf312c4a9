"""The sandbox: the real bot with a simulated Discord and fake Samsar.

Discord is simulated by SimCord.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic  # bound here, before SimCord puts another one into the module: see MachineClock
from typing import Any, cast

import discord
import simcord
from discord import app_commands
from discord.ext import commands
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle
from simcord.env import Env

from bot.app import App
from bot.composition import open_app
from bot.discord_client.responses import Declined
from bot.domain.text import Language
from bot.samsar.config import ApiVersion
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.settings import load_settings

KEY = "offline-world"

_PLAN_CREDITS = 50_000
"""What the API's account has: no page of the demo uses it up."""

_BOT_NAME = "Matinee"
_GERMAN, _JAPANESE = "erika", "yuki"
_NEWCOMER, _MANAGER = "carol", "dana"

_SETTLE_TIMEOUT_SECONDS = 60.0
"""How long the simulated Discord waits for a command on a slow machine."""


class MachineClock:
    """The machine's clock, in place of SimCord's, which only tests advance.

    While a bot handles an interaction, `time.monotonic` (and so `loop.time`) reads SimCord's clock; everywhere else it
    reads the machine's. State that interactions share with the worker, such as the API client's rate limit, would mix
    the two: after one status poll from a button, the poll loop would wait for the difference, which is months.
    """

    @property
    def elapsed(self) -> float:
        """Seconds, as `time.monotonic` returns them outside of SimCord."""
        return monotonic()

    def now(self) -> datetime:
        """The current time, for messages and ids."""
        return datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        """Do nothing: the machine's clock can't be advanced."""


class SpokenLanguages:
    """The languages of members, by their ids, and of the server.

    SimCord sends every interaction as from an English client. A user who is not in `members` speaks the language of
    `everyone`.
    """

    def __init__(self, env: Env, everyone: Language = Language.ENGLISH) -> None:
        self.members: dict[int, Language] = {}
        self.server = self._everyone = everyone
        self._emit = env.backend.emit
        env.backend.emit = self._translate

    def _translate(self, event: str, payload: Mapping[str, object]) -> None:
        if event == "INTERACTION_CREATE":
            in_server = cast("Mapping[str, object]", payload.get("member", payload))
            person = cast("Mapping[str, str]", in_server["user"])
            payload = {**payload, "locale": self.members.get(int(person["id"]), self._everyone).value}
            if "guild_locale" in payload:
                payload["guild_locale"] = self.server.value
        self._emit(event, payload)


@dataclass(frozen=True, slots=True)
class SandboxEnvironment:
    """Everything in the sandbox, running."""

    app: App
    env: Env
    fake_samsar: FakeSamsar
    languages: SpokenLanguages
    guild: GuildHandle
    channel: ChannelHandle
    gallery: ChannelHandle
    staff: ChannelHandle
    regulars: RoleHandle
    people: Mapping[str, MemberActor]

    async def wait_until(self, seen: Callable[[], bool], timeout: float) -> bool:
        """Wait until `seen` returns True; False after `timeout` seconds."""
        ends = asyncio.get_running_loop().time() + timeout
        while not seen():
            if asyncio.get_running_loop().time() > ends:
                return False
            await asyncio.sleep(0.05)
        return True


@contextlib.asynccontextmanager
async def open_sandbox(
    folder: Path,
    *,
    render_seconds: float,
    settings: Mapping[str, str],
    render_films: bool = True,
    version: ApiVersion = ApiVersion.MARCH_2025,
    language: Language = Language.ENGLISH,
) -> AsyncGenerator[SandboxEnvironment]:
    """Start the fake API, the bot and a server with members.

    `folder` gets a fresh database. Without `render_films`, every movie is the same tiny film, which costs no time.
    `language` is that of the server and its members. Only erika always speaks German, and yuki Japanese.
    """
    await asyncio.to_thread(_remove_databases, folder)
    config = FakeSamsarConfig(
        version,
        api_key=KEY,
        render_seconds=render_seconds,
        credits=_PLAN_CREDITS,
        render_films=render_films,
        keep_alive=False,  # SimCord would wait for the timer of an idle connection, too
    )
    async with FakeSamsar(config) as fake_samsar:
        environ = {
            "DISCORD_TOKEN": "offline-world",
            "SAMSAR_API_KEY": KEY,
            "SAMSAR_API": version.value,
            "SAMSAR_BASE_URL": fake_samsar.base_url,
            "DATABASE_URL": f"sqlite:///{folder / 'movies.db'}",
            "TRUSTED_MOVIE_ORIGINS": fake_samsar.origin,
            "POLL_FASTEST_SECONDS": "0.3",
            "POLL_SLOWEST_SECONDS": "1",
            **settings,
        }
        async with open_app(load_settings(environ, folder / "no.env")) as app:
            # the worker is started outside the bot's own tasks, as in the real process: see bot/lifecycle.py
            await app.worker.start()
            try:
                async with simcord.run(app.client, shard_count=1) as env:
                    await app.client.sync_commands()
                    env.settle_timeout = _SETTLE_TIMEOUT_SECONDS
                    _forgive_declined(app.client.tree)
                    _hand_over_uploads(env, fake_samsar)
                    yield _create_guild(app, env, fake_samsar, SpokenLanguages(env, language))
            finally:
                await app.worker.stop(5)


def _forgive_declined(tree: app_commands.CommandTree[commands.AutoShardedBot]) -> None:
    """Don't let SimCord's page call a command a failed action whose member is told why nothing is done."""
    record = tree.on_error

    async def on_error(
        interaction: discord.Interaction[commands.AutoShardedBot], error: app_commands.AppCommandError
    ) -> None:
        if isinstance(error, Declined):
            await type(tree).on_error(tree, interaction, error)
        else:
            await record(interaction, error)

    cast("Any", tree).on_error = on_error


def _hand_over_uploads(env: Env, fake_samsar: FakeSamsar) -> None:
    """Give what members upload an address from which the bot can fetch it. SimCord's own has no server."""
    emit = env.backend.emit

    def serve(event: str, payload: Mapping[str, object]) -> None:
        if event == "INTERACTION_CREATE":
            resolved = cast("Any", payload["data"]).get("resolved", {})
            for file in resolved.get("attachments", {}).values():
                file["url"] = fake_samsar.serve(file["id"], env.backend.cdn.get(file["url"]) or b"")
        emit(event, payload)

    env.backend.emit = serve


def _create_guild(app: App, env: Env, fake_samsar: FakeSamsar, languages: SpokenLanguages) -> SandboxEnvironment:
    env.backend.clock = cast("Any", MachineClock())
    env.backend.bot_user.name = _BOT_NAME
    app.client.command_ids = {}  # the simulated Discord's page would show </movie:145…> instead of a link
    guild = env.create_guild("Sunset Cinema Club")
    channel = guild.create_text_channel("movie-night", topic="Type /movie to make a movie")
    gallery = guild.create_text_channel("gallery", topic="Movies with a star")
    crew = guild.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
    regulars = guild.create_role("Regulars")
    roles: Mapping[str, Sequence[RoleHandle]] = {_NEWCOMER: (), _MANAGER: (crew, regulars)}
    people = {
        name: guild.add_member(env.create_user(name), roles=roles.get(name, [regulars]))
        for name in ("alice", "bob", _NEWCOMER, _MANAGER, _GERMAN, _JAPANESE)
    }
    languages.members = {people[_GERMAN].id: Language.GERMAN, people[_JAPANESE].id: Language.JAPANESE}
    readers = {role: discord.PermissionOverwrite(view_channel=True) for role in (crew, guild.roles[_BOT_NAME])}
    hidden = {guild.default_role: discord.PermissionOverwrite(view_channel=False)}
    staff = guild.create_text_channel("staff", topic="Only the crew sees this", overwrites={**hidden, **readers})
    return SandboxEnvironment(app, env, fake_samsar, languages, guild, channel, gallery, staff, regulars, people)


def _remove_databases(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("movies.db*"):
        old.unlink()
