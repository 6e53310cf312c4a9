"""The Discord client: command sync, readiness, which servers are served, and the greeting of a new one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Concatenate, Final, cast

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.core.clock import Clock
from bot.core.errors import StorageError, one_line
from bot.discord_client.responses import Interaction, handle_error, refuse, refuse_late_requests, send_text
from bot.discord_client.rest_errors import MALFORMED
from bot.discord_client.sharded import MALFORMED_RESPONSE_ERRORS, NETWORK_ERRORS, ShardedClient, SharedIdentifySlots
from bot.domain.process import ALL_SHARDS, Shard, ShardPlan
from bot.domain.text import language_of
from bot.locales.texts import texts_in
from bot.services.request_limits import LocalLimit
from bot.ui import command_descriptions
from bot.ui import help as help_messages
from data import departed_servers
from data.database import Database, P, Transaction
from data.engine import rows
from data.engine.instance_lock import InstanceLock

if TYPE_CHECKING:
    from bot.observability.discord_http import DiscordHttpMetrics

_log = structlog.stdlib.get_logger(__name__)

_WITH_OPTIONS: Final = (
    discord.AppCommandOptionType.subcommand.value,
    discord.AppCommandOptionType.subcommand_group.value,
)
"""Options that have options, and no value."""

COMMANDS_PER_MINUTE: Final = 20
"""How many commands a member may use in a minute; as many as orders where those are more. Each reads the database."""

_RECENT_MS: Final = 60 * 60 * 1000
"""A server that became available and was joined earlier is an old one: it needs no greeting."""

BuiltCommand = app_commands.Command[commands.Cog, ..., None] | app_commands.ContextMenu
"""A command that is built for the catalogue, not declared in a cog."""


class CommandTree(app_commands.CommandTree[commands.AutoShardedBot]):
    """The command tree, with one error handler for all commands."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Refuse commands of servers that are not served, and of members who send too many.

        During shutdown it refuses all of them. An option that is null counts as not given.
        """
        _drop_nulls(cast("Mapping[str, object]", interaction.data or {}))
        client = interaction.client
        assert isinstance(client, Client)
        return not (await client.refuse_unserved(interaction) or await client.refuse_too_many(interaction))

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answer the member in one sentence and log the details."""
        if isinstance(error, (app_commands.CommandSignatureMismatch, app_commands.CommandNotFound)):
            _log.warning("command_outdated", error=str(error))
            await send_text(interaction, "errors-outdated")
        elif isinstance(error, app_commands.TransformerError):
            await send_text(interaction, "errors-invalid-option")
        else:
            cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
            name = interaction.command.qualified_name if interaction.command else "?"
            await handle_error(interaction, cause, "command_failed", command=name)


def _drop_nulls(data: Mapping[str, object]) -> None:
    """Drop forged options without a value: discord.py takes them for values of the declared types."""
    options = cast("list[dict[str, object]]", data.get("options", []))
    options[:] = [each for each in options if each.get("type") in _WITH_OPTIONS or each.get("value") is not None]
    for each in options:
        _drop_nulls(each)


class Client(ShardedClient):
    """The Discord client. `http_ready` is set once REST calls can be made.

    It serves the servers in `allowed_servers` (empty: all of them). While `shutting_down`, it rejects new interactions;
    see `refuse_unserved`. `command_ids` maps command names to ids and is empty until the commands are synced. Without
    `metrics`, nothing is counted. A member may send `commands_per_minute` commands, also at once.
    """

    def __init__(
        self,
        database: Database,
        metrics: DiscordHttpMetrics | None,
        instance_lock: InstanceLock,
        *,
        clock: Clock,
        plan: ShardPlan = ALL_SHARDS,
        identify_slots: SharedIdentifySlots | None = None,
        allowed_servers: frozenset[int] = frozenset(),
        commands_per_minute: int = COMMANDS_PER_MINUTE,
    ) -> None:
        super().__init__(CommandTree, clock, plan, identify_slots)
        self.http.http_trace = aiohttp.TraceConfig() if metrics is None else metrics.trace
        refuse_late_requests(self.http.http_trace, clock)
        self.http_ready = asyncio.Event()
        self.shutting_down = False
        self.command_ids: Mapping[str, int] = {}
        self._initial_cogs: tuple[commands.Cog, ...] = ()
        self._closing = False
        self._registration: asyncio.Task[object] | None = None
        self._database = database
        self._metrics = metrics
        self._instance_lock = instance_lock
        self._allowed_servers = allowed_servers
        # in memory: a commit for each command would cost more than most of them
        self._command_limit = LocalLimit(commands_per_minute, commands_per_minute, "refusals-too-many-commands", clock)

    def set_cogs(self, *cogs: commands.Cog, built: Sequence[BuiltCommand] = ()) -> None:
        """Set the cogs, added after the login, and other commands."""
        self._initial_cogs = cogs
        for command in built:
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        """Add the cogs after the login, before the gateway connects.

        bot/maintenance.py syncs the commands separately, so that no paid work waits for it.
        """
        for cog in self._initial_cogs:
            await self.add_cog(cog)
        self.http_ready.set()

    async def try_login(self, token: str) -> float | None:
        """Log in; on failure, return the seconds to wait (0: unknown).

        Returns None once logged in.

        Raises:
            discord.LoginFailure: the token is wrong.
        """
        try:
            await self.login(token)
        except (*NETWORK_ERRORS, *MALFORMED_RESPONSE_ERRORS) as exc:
            await self.http.close()
            self.http.connector = discord.utils.MISSING  # closed with the session; the next login creates both
            return _asked_to_wait("login_failed", exc)
        return None

    async def close(self) -> None:
        """Stop registering commands, then close.

        discord.py calls it, too, when Discord turns the gateway away. It takes the cogs out and ends the session, so a
        registration under way would fail, or register none of their commands. The next start makes up for it.
        """
        self._closing = True
        if self._registration is not None:
            self._registration.cancel()
            await asyncio.wait([self._registration])
        await super().close()

    def dispatch(self, event_name: str, /, *args: object, **kwargs: object) -> None:
        """Record when an interaction arrives, before anything handles it.

        Commands are handled by the tree alone, so no listener task is started for them. After close(), nothing is
        dispatched: discord.py delays READY by two seconds.
        """
        if self.is_closed():
            return
        if event_name == "interaction":
            interaction = cast("Interaction", args[0])
            if self._metrics is not None:
                self._metrics.interaction_received(interaction)
            if interaction.type is discord.InteractionType.application_command:
                return
        super().dispatch(event_name, *args, **kwargs)

    async def on_shard_ready(self, shard_id: int) -> None:
        """Publish readiness at each new session of a shard."""
        self._ready_shards.add(shard_id)
        await self._publish_readiness()
        guilds = [guild for guild in self.guilds if guild.shard_id == shard_id]
        shard = {"shard_id": shard_id, "shards": self.shard_count} if (self.shard_count or 1) > 1 else {}
        _log.info("gateway_ready", guild_count=len(guilds), **shard)
        present = {guild.id for guild in guilds}
        await self._record(departed_servers.compare, present, Shard(shard_id, self.shard_count or 1))
        for guild in guilds:
            await self._leave_unless_allowed(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Record that the bot was removed: the server's data goes later.

        Discord tells apart a server that is only unavailable.
        """
        await self._record(departed_servers.record_left, guild.id)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Greet a server, or leave one that the operator did not name.

        Discord may report a new server like this, as it does one that the bot joined while it was not running.
        """
        joined = guild.me.joined_at
        is_new = joined is not None and self._clock.now() - joined.timestamp() * 1000 < _RECENT_MS
        if not self._serves(guild.id):
            await self._leave_unless_allowed(guild)
        elif is_new and not self.shutting_down:
            await self._record(departed_servers.record_joined, guild.id)
            await greet(guild, self._database, self.command_ids)

    on_guild_join = on_guild_available

    async def _leave_unless_allowed(self, guild: discord.Guild) -> None:
        if self._serves(guild.id):
            return
        try:
            await guild.leave()
        except NETWORK_ERRORS as exc:  # the next gateway session tries again
            _log.warning("server_not_left", guild_id=guild.id, error=one_line(exc))
        else:
            _log.info("server_left", guild_id=guild.id)

    async def _record(
        self, change: Callable[Concatenate[Transaction, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Record where the bot is; the next session compares all servers again."""
        try:
            await self._database.write(change, *args, **kwargs)
        except StorageError as exc:
            _log.warning("server_not_recorded", error=str(exc))

    def _serves(self, guild_id: int | None) -> bool:
        """Return whether the bot serves a server.

        Direct messages have no server, and the bot takes no orders there.
        """
        return guild_id is None or not self._allowed_servers or guild_id in self._allowed_servers

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Publish readiness when a shard's session resumes."""
        self._ready_shards.add(shard_id)
        await self._publish_readiness()

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Withdraw readiness while a shard is disconnected."""
        self._ready_shards.discard(shard_id)
        await self._publish_readiness()

    async def reject_new_interactions(self) -> None:
        """Reject new interactions from now on."""
        self.shutting_down = True
        await self._publish_readiness()

    async def refuse_unserved(self, interaction: Interaction) -> bool:
        """Refuse an interaction of another server or during shutdown.

        Return whether it was refused. The server is the interaction's: an app that was authorized for commands only is
        in no server.

        During shutdown the member is asked to retry, unless another process is ready for the same shard. Both received
        the interaction and Discord takes the first response, so this process must not respond.
        """
        if not self._serves(interaction.guild_id):
            if interaction.type is not discord.InteractionType.autocomplete:
                await send_text(interaction, "refusals-server-not-allowed")
            return True
        if not self.shutting_down:
            return False
        shard = Shard.serving(interaction.guild_id, self.shard_count or 1)
        if await self._instance_lock.another_ready(shard):
            _log.info("left_to_another_process", interaction_id=interaction.id)
        elif interaction.type is not discord.InteractionType.autocomplete:
            await send_text(interaction, "errors-restarting")
        return True

    async def refuse_too_many(self, interaction: Interaction) -> bool:
        """Count a member's command, and refuse it over the limit.

        Return whether it was refused. Suggestions while a member types are not counted.
        """
        if interaction.type is discord.InteractionType.autocomplete:
            return False
        refused = await self._command_limit.try_acquire(interaction.user.id)
        if refused is None:
            return False
        await refuse(interaction, refused)
        return True

    async def _publish_readiness(self) -> None:
        await self._instance_lock.publish_ready(frozenset() if self.shutting_down else self.ready_shards)

    async def on_message(self, message: discord.Message, /) -> None:
        """Ignore messages: all commands are slash commands."""

    async def sync_commands(self) -> float | None:
        """Sync the commands; on failure, return the seconds to wait.

        0: Discord did not say. Returns None once synced, and when the client closes. Failures are logged; until a sync
        succeeds, people see the commands of the last one. The process that runs shard 0 syncs for all.
        """
        if self._closing:
            return None
        self._registration = asyncio.current_task()
        try:
            return None if await self._register_commands() else 0.0
        except (discord.DiscordException, *NETWORK_ERRORS, *MALFORMED_RESPONSE_ERRORS, StorageError) as exc:
            return _asked_to_wait("command_sync_failed", exc)
        finally:
            self._registration = None

    async def _register_commands(self) -> bool:
        """Sync the commands with Discord if they changed since the last sync.

        Discord allows 200 command creations a day and server, and every sync makes clients reload. Return False where
        another process has not synced them yet.
        """
        declared = self.tree.get_commands()
        payload = [command.to_dict(self.tree) for command in declared]
        command_descriptions.translate(payload)
        digest = command_descriptions.digest(payload)
        name = f"commands:{self.application_id}"
        last_digest, _, ids = (await self._database.read(rows.get, name) or "").partition(" ")
        if ids and (last_digest == digest or not self.plan.runs_first):
            self.command_ids = json.loads(ids)
        if not self.plan.runs_first or (last_digest == digest and ids):
            return last_digest == digest and ids != ""
        assert self.application_id is not None, "it is logged in"
        try:
            synced = await self.http.bulk_upsert_global_commands(self.application_id, payload)
        except discord.HTTPException as exc:
            if exc.code == MALFORMED:
                raise app_commands.CommandSyncFailure(exc, declared) from None  # it names the commands and options
            raise
        made = [app_commands.AppCommand(data=each, state=self._connection) for each in synced]
        self.command_ids = {each.name: each.id for each in made if each.type is discord.AppCommandType.chat_input}
        await self._database.write(rows.set_value, name, f"{digest} {json.dumps(self.command_ids)}")
        _log.info("commands_synced", commands=len(payload))
        return True


def _asked_to_wait(event: str, error: Exception) -> float:
    """Log what failed, and return the seconds that Discord asked to wait."""
    _log.error(event, error=repr(error) if isinstance(error, MALFORMED_RESPONSE_ERRORS) else one_line(error))
    return error.retry_after if isinstance(error, discord.RateLimited) else 0.0


async def greet(guild: discord.Guild, database: Database, command_ids: Mapping[str, int]) -> None:
    """Post a greeting in a server's system channel, where the bot may.

    The database remembers each server that was greeted. It is asked before the greeting is sent, because another
    gateway may have seen the bot join, too: a process that dies in between doesn't greet, and no server is greeted
    twice. Errors are only logged.
    """
    channel = guild.system_channel
    if channel is None:
        return
    permissions = channel.permissions_for(guild.me)
    if not (permissions.view_channel and permissions.send_messages):
        return
    try:
        if await database.write(rows.add, f"welcome:{guild.id}", "1"):
            texts = texts_in(language_of(guild.preferred_locale.value))
            await channel.send(**help_messages.greeting(texts, command_ids).sent())
    except (*NETWORK_ERRORS, StorageError) as exc:
        _log.warning("welcome_failed", guild_id=guild.id, error=one_line(exc))
