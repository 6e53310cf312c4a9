"""The bot as Discord sees it: what it may see, whom it may mention, which commands it has."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Final, Literal, Protocol, cast

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.backoff import ExponentialBackoff
from discord.ext import commands

from bot.discord_client.responses import TOO_LATE, send_ephemeral
from bot.errors import DuplicateInteraction, StorageError
from bot.observability.discord_http import DiscordHttpMetrics
from bot.ui import errors

_log = structlog.stdlib.get_logger(__name__)

_LONGEST_PAUSE: Final = 60.0
"""Seconds between two tries of a connection that never stood."""

_LONGEST_RATE_LIMIT: Final = 30.0
"""Seconds that discord.py sleeps for Discord's rate limits; beyond that it raises RateLimited, and our own pauses and
the database wait. It takes no less than 30."""

_TROUBLES: Final = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)

_ODD_ANSWERS: Final = (TypeError, KeyError, json.JSONDecodeError)
"""What discord.py raises where it reads a user in an answer that holds none, such as a proxy's page."""


class Facts(Protocol):
    """Keeps small facts across restarts; see data/key_value.py."""

    async def get(self, name: str) -> str | None: ...  # noqa: D102 (said where it is kept)
    async def set(self, name: str, value: str) -> None: ...  # noqa: D102 (said where it is kept)


class Readiness(Protocol):
    """Which processes can answer members; see data/instance_lock.py."""

    async def show(self, *, ready: bool) -> None: ...  # noqa: D102 (said where it is kept)
    def another_ready(self) -> bool: ...  # noqa: D102 (said where it is kept)


class CommandTree(app_commands.CommandTree[commands.Bot]):
    """The commands, with one central answer to every error that a command did not answer itself."""

    async def interaction_check(self, interaction: discord.Interaction[commands.Bot], /) -> bool:
        """Take no command while the process is about to end."""
        return not isinstance(interaction.client, Client) or not await interaction.client.refused(interaction)

    async def on_error(
        self, interaction: discord.Interaction[commands.Bot], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the member in one sentence, and the operator everything."""
        if isinstance(error, app_commands.NoPrivateMessage):
            await send_ephemeral(interaction, errors.only_in_servers())
        elif isinstance(error, (app_commands.CommandSignatureMismatch, app_commands.CommandNotFound)):
            _log.warning("command_outdated", error=str(error))
            await send_ephemeral(interaction, errors.outdated_command())
        elif isinstance(error, app_commands.TransformerError):
            await send_ephemeral(interaction, _odd_value(interaction, error))
        elif isinstance(error, app_commands.CommandInvokeError) and isinstance(error.original, DuplicateInteraction):
            _log.warning("interaction_duplicate", interaction_id=interaction.id)  # the other process answers
        elif (late := _too_late(error)) is not None:
            _log.warning("response_failed", code=late.code, status=late.status)
        else:
            name = interaction.command.qualified_name if interaction.command else "?"
            _log.error("command_failed", command=name, exc_info=error)
            await send_ephemeral(interaction, errors.internal_error())


def _too_late(error: app_commands.AppCommandError) -> discord.HTTPException | None:
    """The error with which Discord did not take an answer that came late or second; None: it is another one."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else None
    return cause if isinstance(cause, discord.HTTPException) and cause.code in TOO_LATE else None


def _odd_value(interaction: discord.Interaction[commands.Bot], error: app_commands.TransformerError) -> str:
    """Why an option's value can't be taken; a channel of a server that Discord has not described can't be looked up."""
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    if error.type is discord.AppCommandOptionType.channel and (guild is None or guild.unavailable):
        return errors.server_not_loaded()
    return errors.invalid_option(error.value)


class Client(commands.Bot):
    """The connected bot. `opened` is set once messages can be sent over REST.

    While `leaving`, new commands and presses are refused; see `refused`. `command_ids` are the slash commands' by name,
    with which a text can mention them; none where Discord has not taken them yet. Without a `meter`, nothing is
    counted.
    """

    def __init__(self, facts: Facts, meter: DiscordHttpMetrics | None, readiness: Readiness | None = None) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=CommandTree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT,
            http_trace=meter.trace if meter else None,  # pyright: ignore[reportArgumentType] (None is its default)
        )
        self.http_ready = asyncio.Event()
        self.shutting_down = False
        self.command_ids: Mapping[str, int] = {}
        self._brought: tuple[commands.Cog, ...] = ()
        self._facts = facts
        self._meter = meter
        self._readiness = readiness

    def set_cogs(self, *cogs: commands.Cog, menus: Sequence[app_commands.ContextMenu] = ()) -> None:
        """Name the cogs and the message menus to be added at the login."""
        self._brought = cogs
        for menu in menus:
            self.tree.add_command(menu)

    async def setup_hook(self) -> None:
        """Runs after the login, before the gateway: REST is open from here on.

        The commands are registered beside that (see bot/maintenance.py): nothing that is paid for waits for them.
        """
        for cog in self._brought:
            await self.add_cog(cog)
        self.http_ready.set()

    async def try_login(self, token: str) -> float | None:
        """Log in; None says that it is done, else how many seconds Discord asks to wait (0: it did not say).

        Raises:
            discord.LoginFailure: The token is wrong.
        """
        try:
            await self.login(token)
        except (*_TROUBLES, *_ODD_ANSWERS) as exc:
            reason = repr(exc) if isinstance(exc, _ODD_ANSWERS) else _one_line(exc)
            _log.error("login_failed", error=reason)
            await self.http.close()
            self.http.connector = discord.utils.MISSING  # it was closed with the session: the next login makes both
            return _asked_to_wait(exc)
        return None

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected, also where the very first try fails: discord.py then reads of a connection that never was.

        Source: its issue 10520. It has paused before it comes to that; a long outage is asked ever more rarely.
        """
        pauses = ExponentialBackoff[Literal[False]]()
        while True:
            try:
                return await super().connect(reconnect=reconnect)
            except AttributeError:
                if self.ws is not None:  # pyright: ignore[reportUnnecessaryComparison] (None until the first succeeds)
                    raise
            await asyncio.sleep(min(_LONGEST_PAUSE, pauses.delay()))

    def dispatch(self, event_name: str, /, *args: object, **kwargs: object) -> None:
        """Hear of each interaction in the very moment in which it comes, before anything is done about it.

        A command's way goes through the tree alone: listeners, each a task, are for what is pressed.

        Once the client is closed, nothing is dispatched: discord.py delays READY for two seconds, and would then look
        for an event loop that it has let go of.
        """
        if self.loop is discord.utils.MISSING:
            return
        if event_name == "interaction":
            interaction = cast("discord.Interaction[commands.Bot]", args[0])
            if self._meter is not None:
                self._meter.interaction_received(interaction)
            if interaction.type is discord.InteractionType.application_command:
                return
        super().dispatch(event_name, *args, **kwargs)

    async def on_ready(self) -> None:
        """Log each time that the gateway is connected afresh."""
        await self._show(ready=True)
        _log.info("gateway_ready", guild_count=len(self.guilds))

    async def on_resumed(self) -> None:
        """Answer members again after the gateway was away."""
        await self._show(ready=True)

    async def on_disconnect(self) -> None:
        """Leave members to another process while the gateway is away."""
        await self._show(ready=False)

    async def leave(self) -> None:
        """Take no new commands and presses from now on."""
        self.shutting_down = True
        await self._show(ready=False)

    async def refused(self, interaction: discord.Interaction[commands.Bot]) -> bool:
        """Tell whether the process is about to end and takes nothing more.

        The member is told to try again, unless another process is there: both were handed the interaction, and of two
        answers Discord takes the first, which must be the other one's.
        """
        if not self.shutting_down:
            return False
        if self._readiness is not None and self._readiness.another_ready():
            _log.info("left_to_another_process", interaction_id=interaction.id)
        elif interaction.type is not discord.InteractionType.autocomplete:
            await send_ephemeral(interaction, errors.restarting())
        return True

    async def _show(self, *, ready: bool) -> None:
        if self._readiness is not None:
            await self._readiness.show(ready=ready and not self.shutting_down)

    async def on_message(self, message: discord.Message, /) -> None:
        """Read no messages: all commands are slash commands."""

    async def sync_commands(self) -> float | None:
        """Register the commands, or log why they are not; until then, people see those that were registered last.

        Returns None when they are, else how many seconds Discord asks to wait (0: it did not say).
        """
        try:
            await self._register_commands()
        except (discord.DiscordException, *_TROUBLES, StorageError) as exc:
            _log.error("command_sync_failed", error=_one_line(exc))
            return _asked_to_wait(exc)
        return None

    async def _register_commands(self) -> None:
        """Register the commands with Discord if they are not those that were registered last.

        Discord allows 200 creations a day and server, and an unchanged registration would make members' clients reload.
        """
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        digest = hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()
        name = f"commands:{self.application_id}"
        known, _, ids = (await self._facts.get(name) or "").partition(" ")
        if known == digest and ids:
            self.command_ids = json.loads(ids)
            return
        synced = await self.tree.sync()
        self.command_ids = {each.name: each.id for each in synced if each.type is discord.AppCommandType.chat_input}
        await self._facts.set(name, f"{digest} {json.dumps(self.command_ids)}")
        _log.info("commands_synced", commands=len(payload))


def _asked_to_wait(error: Exception) -> float:
    return error.retry_after if isinstance(error, discord.RateLimited) else 0.0


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
