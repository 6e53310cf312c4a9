"""What the bot asks of Discord when it connects."""

from __future__ import annotations

import discord

from bot.discord_client.client import Client
from bot.domain.shards import Shard, ShardPlan
from data.database import Database
from tests.helpers.clock import ManualClock

ALL = ShardPlan(1)


class Shown:
    """Remembers what the other processes were shown."""

    def __init__(self) -> None:
        self.ready: list[set[int]] = []

    async def publish_ready(self, ready: frozenset[Shard]) -> None:
        """Remember the ids of the shards."""
        self.ready.append({shard.id for shard in ready})

    async def another_ready(self, _shard: Shard, /) -> bool:
        """Know of no other process."""
        return False


def make_client(database: Database, shown: Shown | None = None, plan: ShardPlan = ALL) -> Client:
    return Client(database, None, shown, clock=ManualClock(), plan=plan)


async def test_no_privileged_intent_is_requested(database: Database) -> None:
    assert make_client(database).intents == discord.Intents(guilds=True)


async def test_no_one_is_mentioned_by_default(database: Database) -> None:
    allowed = make_client(database).allowed_mentions
    assert allowed is not None
    assert (allowed.everyone, allowed.users, allowed.roles, allowed.replied_user) == (False,) * 4


async def test_others_know_when_the_gateway_is_away_and_when_it_is_back(database: Database) -> None:
    """Discord sends nothing to a process without a gateway."""
    shown = Shown()
    client = make_client(database, shown)
    await client.on_shard_ready(0)
    await client.on_shard_disconnect(0)
    await client.on_shard_resumed(0)
    assert shown.ready == [{0}, set(), {0}]


async def test_others_know_which_shards_are_ready(database: Database) -> None:
    shown = Shown()
    client = make_client(database, shown, ShardPlan(8, (2, 3)))
    await client.on_shard_ready(2)
    assert client.unready_shards() == [3]
    await client.on_shard_ready(3)
    await client.on_shard_disconnect(2)
    assert shown.ready == [{2}, {2, 3}, {3}]
    assert client.unready_shards() == [2]


async def test_no_shard_is_ready_before_discord_said_how_many_there_are(database: Database) -> None:
    assert make_client(database).unready_shards() == [0]


async def test_a_process_that_leaves_never_counts_as_ready_again(database: Database) -> None:
    """Its gateway may reconnect meanwhile.

    Members get no response if both leaving processes stay silent.
    """
    shown = Shown()
    client = make_client(database, shown)
    await client.on_shard_ready(0)
    await client.reject_new_interactions()
    await client.on_shard_ready(0)
    await client.on_shard_resumed(0)
    assert shown.ready == [{0}, set(), set(), set()]


async def test_what_discord_says_after_the_end_is_not_heard(database: Database) -> None:
    """READY can arrive up to two seconds after the bot has stopped."""
    client = make_client(database)
    async with client:
        pass
    client.dispatch("ready")


async def test_a_client_that_never_logged_in_can_be_closed(database: Database) -> None:
    """A process that only takes callbacks never logs in."""
    await make_client(database).close()
