"""Slots for IDENTIFYs, and what a gateway does without one."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest

from bot.discord_client.client import CommandTree
from bot.discord_client.identify import IdentifyDelayed, SharedIdentifySlots, StartLimits
from bot.discord_client.sharded import ShardedClient
from bot.domain.shards import ShardPlan
from data import identify_slots
from data.database import Database
from tests.helpers.clock import START, ManualClock

SLOTS_WITHIN_THE_WAIT = 6
"""The next one is 30 seconds away."""


async def test_a_slot_that_comes_too_late_or_that_cant_be_reserved_delays_the_identify(database: Database) -> None:
    """As a lost connection does, which discord.py tries again. Any other error would end the gateway's process."""
    clock = ManualClock()
    slots = SharedIdentifySlots(database, clock)
    for _ in range(SLOTS_WITHIN_THE_WAIT):
        await database.write(identify_slots.reserve, 0, clock.now(), 60_000)
    with pytest.raises(IdentifyDelayed) as delayed:
        await slots.wait(0)
    assert isinstance(delayed.value, OSError)
    await database.close()
    with pytest.raises(IdentifyDelayed):
        await slots.wait(1)


async def test_a_slot_is_waited_for(database: Database) -> None:
    """Each bucket has its own."""
    clock = ManualClock()
    slots = SharedIdentifySlots(database, clock)
    await slots.wait(0)
    await slots.wait(1)
    second = asyncio.create_task(slots.wait(0))
    await clock.asleep_within(second)
    assert not second.done()
    await clock.advance(identify_slots.INTERVAL_MS / 1000)
    await second


async def test_a_shard_whose_limits_discord_does_not_give_keeps_to_those_before(database: Database) -> None:
    """It waits in the bucket of those limits."""
    clock = ManualClock()
    client = ShardedClient(CommandTree, clock, ShardPlan(4), SharedIdentifySlots(database, clock))
    limits = {"total": 1000, "remaining": 1000, "reset_after": 3_600_000, "max_concurrency": 2}

    read: list[int] = []

    async def get_bot_gateway() -> tuple[int, str, Any]:
        read.append(clock.now())
        if clock.now() > START:
            raise discord.GatewayNotFound
        return 4, "wss://gateway.test", limits

    client.http.get_bot_gateway = get_bot_gateway
    await client.before_identify_hook(3)
    await clock.advance(60)
    await client.before_identify_hook(3)
    assert read == [START, START + 60_000]
    free = [await database.write(identify_slots.reserve, bucket, clock.now(), 60_000) for bucket in (0, 1)]
    assert free == [clock.now(), clock.now() + identify_slots.INTERVAL_MS]


def test_some_identifies_of_each_bucket_are_kept_until_there_are_more() -> None:
    for remaining, now, short in ((159, 99, True), (160, 99, False), (159, 100, False)):
        limits = StartLimits(1, remaining, reset_at=100, max_concurrency=16, read_at=0)
        assert limits.is_short(now) is short
        assert [limits.bucket(shard) for shard in (0, 15, 16, 33)] == [0, 15, 0, 1]
