"""A discord.py client for some or all shards, which other processes complete.

A shard of any process sends IDENTIFY within Discord's limits:
https://docs.discord.com/developers/events/gateway#rate-limiting
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import aiohttp
import discord
import structlog
import yarl
from discord import app_commands
from discord.backoff import ExponentialBackoff
from discord.ext import commands

from bot.core.clock import Clock
from bot.core.errors import StorageError, one_line
from bot.domain.process import Shard, ShardPlan
from data import leases
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

_MAX_RATE_LIMIT_SLEEP: Final = 30.0
"""Seconds that discord.py sleeps for a rate limit before it raises RateLimited; 30 is its minimum."""

_MAX_RECONNECT_DELAY: Final = 60.0
"""Seconds between two attempts to reach the gateway."""

_LIMITS_TTL_MS: Final = 5_000
"""How long the limits that Discord gave are not read again."""

_LONGEST_WAIT_MS: Final = 30_000
"""The connection waits for its IDENTIFY. After a minute without one, discord.py closes it."""

_SPARE_PER_BUCKET: Final = 10
"""IDENTIFYs that are not used up, because other processes may be about to send theirs. Discord resets the token of a
bot that sends more than its limit."""

NETWORK_ERRORS: Final = (
    discord.GatewayNotFound,
    discord.HTTPException,
    discord.RateLimited,
    aiohttp.ClientError,
    OSError,
)

MALFORMED_RESPONSE_ERRORS: Final = (TypeError, KeyError, json.JSONDecodeError)
"""Raised by discord.py where a response is not Discord's, such as a proxy's page."""


class IdentifyDelayed(OSError):
    """This shard can't IDENTIFY yet.

    An OSError, which discord.py takes for a connection that failed, and tries again.
    """


@dataclass(frozen=True, slots=True)
class StartLimits:
    """The limits of the bot's gateway sessions, read at `read_at`.

    `remaining` IDENTIFYs are left until `reset_at`. `shards` is the recommended number. Times are UTC epoch
    milliseconds.
    """

    shards: int
    remaining: int
    reset_at: int
    max_concurrency: int
    read_at: int

    def bucket(self, shard_id: int) -> int:
        """Return the bucket whose IDENTIFYs are counted together."""
        return shard_id % self.max_concurrency

    def is_short(self, now: int) -> bool:
        """Return whether the IDENTIFYs that are left must be kept."""
        return self.remaining < _SPARE_PER_BUCKET * self.max_concurrency and now < self.reset_at


class SharedIdentifySlots:
    """Spaces the IDENTIFYs of all processes on a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def wait(self, bucket: int) -> None:
        """Wait for the next slot of a bucket.

        Raises:
            IdentifyDelayed: It is too late for this connection, or the database can't be used.
        """
        try:
            begin = await self._database.write(leases.reserve, bucket, _LONGEST_WAIT_MS)
        except StorageError as exc:
            raise IdentifyDelayed(f"no slot for an IDENTIFY: {exc}") from exc
        if begin is None:
            raise IdentifyDelayed("other shards IDENTIFY first")
        await self._clock.wait(asyncio.Event(), begin)


class _LaunchFailed(Exception):
    """A shard could not be launched; discord.py would try again."""


class ShardedClient(commands.AutoShardedBot):
    """Runs the shards of a plan within Discord's limits of IDENTIFYs.

    `identify_slots` are shared with other processes; None: no other process has any of the shards.
    """

    def __init__(
        self,
        tree_cls: type[app_commands.CommandTree[commands.AutoShardedBot]],
        clock: Clock,
        plan: ShardPlan,
        identify_slots: SharedIdentifySlots | None,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=tree_cls,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=_MAX_RATE_LIMIT_SLEEP,
            shard_count=plan.count,
            shard_connect_timeout=None,  # an attempt ends by itself, and may have to wait for its IDENTIFY
        )
        self.shard_ids = [*plan.ids] or None
        self.plan = plan
        self._clock = clock
        self._identify_slots = identify_slots
        self._limits: StartLimits | None = None
        self._ready_shards: set[int] = set()
        self._launching: int | None = None
        self._loop_before_login = self.loop

    @property
    def own_shards(self) -> Sequence[int]:
        """The ids of this process's shards.

        Empty before Discord gave their number.
        """
        return self.plan.ids or range(self.shard_count or 0)

    @property
    def ready_shards(self) -> frozenset[Shard]:
        """This process's shards that receive events."""
        return frozenset(Shard(each, self.shard_count or 1) for each in self._ready_shards)

    def unready_shards(self) -> Sequence[int]:
        """Return the ids of this process's shards that receive no events.

        [0] before their number is known.
        """
        return [each for each in self.own_shards or (0,) if each not in self._ready_shards]

    async def connect(self, *, reconnect: bool = True) -> None:
        """Launch this process's shards and stay connected.

        Raises:
            discord.ConnectionClosed: The gateway rejects the token or the shards.
        """
        backoff = ExponentialBackoff[Literal[False]]()
        while True:
            limits = await self._try_read_limits()
            if limits is not None:
                break
            await asyncio.sleep(min(_MAX_RECONNECT_DELAY, backoff.delay()))
        if self.plan.count is None:
            self.shard_count = limits.shards
        await super().connect(reconnect=reconnect)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Launch a shard, retrying until it is launched.

        discord.py retries by calling this method again, each time one level deeper.
        """
        if self._launching == shard_id:
            raise _LaunchFailed
        backoff = ExponentialBackoff[Literal[False]]()
        while True:
            await self._wait_until_identify_allowed()
            self._launching = shard_id
            try:
                return await super().launch_shard(gateway, shard_id, initial=initial)
            except _LaunchFailed:
                initial = False
            finally:
                self._launching = None
            # discord.py has slept for five seconds already
            await asyncio.sleep(max(0.0, min(_MAX_RECONNECT_DELAY, backoff.delay()) - 5))

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until Discord's limits allow this shard's IDENTIFY.

        Raises:
            IdentifyDelayed: That is too late for this connection.
        """
        limits = await self._current_limits()
        if limits is not None and limits.is_short(self._clock.now()):
            raise IdentifyDelayed("the bot has too few IDENTIFYs left for today")
        if self._identify_slots is None:
            await super().before_identify_hook(shard_id, initial=initial)
        else:
            await self._identify_slots.wait(limits.bucket(shard_id or 0) if limits is not None else 0)

    async def close(self) -> None:
        """Close what is open.

        Before the login nothing is, and discord.py would fail.
        """
        if self.loop is not self._loop_before_login:
            await super().close()

    async def _wait_until_identify_allowed(self) -> None:
        """Wait while the bot has too few IDENTIFYs left."""
        while True:
            limits = await self._current_limits()
            if limits is None or not limits.is_short(now := self._clock.now()):
                return
            _log.error("identifies_exhausted", remaining=limits.remaining, seconds=(limits.reset_at - now) / 1000)
            await self._clock.wait(asyncio.Event(), limits.reset_at)

    async def _current_limits(self) -> StartLimits | None:
        """Return the limits, read again unless they are new.

        Those from before, where Discord does not give them.
        """
        limits, now = self._limits, self._clock.now()
        if limits is not None and 0 <= now - limits.read_at < _LIMITS_TTL_MS:
            return limits
        return await self._try_read_limits() or limits

    async def _try_read_limits(self) -> StartLimits | None:
        """Read the limits, or log why Discord does not give them."""
        try:
            shards, _, limit = await self.http.get_bot_gateway()
        except (*NETWORK_ERRORS, *MALFORMED_RESPONSE_ERRORS) as exc:
            cause = exc.__cause__ or exc  # GatewayNotFound does not say why
            _log.warning("start_limits_unavailable", error=one_line(cause))
            return None
        now = self._clock.now()
        self._limits = StartLimits(
            shards, limit["remaining"], now + limit["reset_after"], limit["max_concurrency"], read_at=now
        )
        return self._limits
