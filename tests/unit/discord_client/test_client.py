"""What the bot asks of Discord when it connects, and what a gateway does without a slot."""

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import discord
import pytest
import yarl
from discord import app_commands

from bot.discord_client.client import Client, CommandTree
from bot.discord_client.sharded import IdentifyDelayed, ShardedClient, SharedIdentifySlots, StartLimits
from bot.domain.process import Shard, ShardPlan
from bot.ui import command_descriptions
from data import departed_servers, leases
from data.database import Database
from data.engine import rows
from tests.helpers.clock import START, ManualClock, clock_of
from tests.unit.discord_client.conftest import CUTS, interaction

ALL = ShardPlan(1)
BUTTON, AUTOCOMPLETE = 3, 4


class Shown:
    def __init__(self) -> None:
        self.ready: list[set[int]] = []
        self.counts: set[int] = set()
        self.asked: list[Shard] = []
        self.another = False

    async def publish_ready(self, ready: frozenset[Shard]) -> None:
        self.ready.append({shard.id for shard in ready})
        self.counts.update(shard.count for shard in ready)

    async def another_ready(self, shard: Shard, /) -> bool:
        self.asked.append(shard)
        return self.another


def make_client(
    database: Database, shown: Shown | None = None, plan: ShardPlan = ALL, allowed: frozenset[int] = frozenset()
) -> Client:
    return Client(database, None, shown or Shown(), clock=ManualClock(), plan=plan, allowed_servers=allowed)


async def test_no_privileged_intent_is_requested_and_no_one_mentioned_by_default(database: Database) -> None:
    client = make_client(database)
    assert client.intents == discord.Intents(guilds=True)
    assert client.allowed_mentions.to_dict() == discord.AllowedMentions.none().to_dict()


async def test_others_know_which_shards_are_ready(database: Database) -> None:
    assert make_client(database).unready_shards() == [0]
    shown = Shown()
    client = make_client(database, shown, ShardPlan(8, (2, 3)))
    await client.on_shard_ready(2)
    assert client.unready_shards() == [3]
    await client.on_shard_ready(3)
    await client.on_shard_disconnect(2)
    assert client.unready_shards() == [2]
    await client.on_shard_resumed(2)
    assert (shown.ready, shown.counts) == ([{2}, {2, 3}, {3}, {2, 3}], {8})


async def test_a_process_that_leaves_never_counts_as_ready_again(database: Database) -> None:
    """Its gateway may reconnect meanwhile. Members get no response if both leaving processes stay silent."""
    shown = Shown()
    client = make_client(database, shown)
    await client.on_shard_ready(0)
    await client.reject_new_interactions()
    await client.on_shard_ready(0)
    await client.on_shard_resumed(0)
    assert shown.ready == [{0}, set(), set(), set()]


async def test_direct_messages_are_served_and_choices_of_other_servers_are_refused_silently(database: Database) -> None:
    client = make_client(database, allowed=frozenset({6}))
    for server in ({}, {"guild_id": "6"}):
        assert not await client.refuse_unserved(interaction(client, BUTTON, **server))
    assert await client.refuse_unserved(interaction(client, AUTOCOMPLETE, guild_id="7"))
    shown = Shown()
    client = make_client(database, shown, ShardPlan(8))
    await client.reject_new_interactions()
    assert await client.refuse_unserved(interaction(client, AUTOCOMPLETE, guild_id=str(3 << 22)))
    assert shown.asked == [Shard(3, 8)]


async def test_a_process_that_leaves_is_silent_while_another_is_ready_for_the_shard(database: Database) -> None:
    shown = Shown()
    shown.another, client = True, make_client(database, shown)
    await client.reject_new_interactions()
    asked = interaction(client, BUTTON, guild_id="7")
    assert await client.refuse_unserved(asked)
    assert (asked.response.is_done(), shown.asked) == (False, [Shard(0, 1)])


async def test_only_servers_of_a_shard_that_is_ready_count_as_left(database: Database) -> None:
    here, elsewhere = 2 << 22, 3 << 22
    for guild_id in (here, elsewhere):
        await database.write(departed_servers.record_joined, guild_id)
    await make_client(database, None, ShardPlan(8, (2, 3))).on_shard_ready(2)
    left = await database.read(lambda tx: tx.fetch_all("SELECT guild_id FROM departed_servers"))
    assert [row["guild_id"] for row in left] == [here]
    client = make_client(database)
    await database.close()
    await client.on_shard_ready(0)
    assert client.ready_shards == {Shard(0, 1)}, "an error of the database ends no event"


async def test_a_discord_that_does_not_answer_is_asked_again(database: Database) -> None:
    client = make_client(database)
    client._connection.application_id = 1
    for error in CUTS:

        async def fail(*_: Any, error: Exception = error, **__: Any) -> Any:
            raise error

        client.http.static_login = client.http.bulk_upsert_global_commands = fail
        seconds = 3.5 if isinstance(error, discord.RateLimited) else 0
        assert [await client.try_login("token"), await client.sync_commands()] == [seconds, seconds]


async def _like(_: discord.Interaction, __: discord.Message) -> None: ...


async def test_a_rejected_or_malformed_registration_is_logged_and_not_remembered(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    client = make_client(database)
    client._connection.application_id = 1
    client.tree.add_command(app_commands.ContextMenu(name="Like", callback=_like))
    response: Any = SimpleNamespace(status=400, reason="Bad Request")
    length = {"code": 50035, "errors": {"0": {"name": {"_errors": [{"code": "LENGTH", "message": "Too long."}]}}}}
    answers = {
        "In context menu 'Like' defined in function '_like'": discord.HTTPException(response, length),
        "indices must be integers": "<html>",
        "KeyError('id')": [{"name": "Like"}],
    }
    for words, answer in answers.items():

        async def registered(*_: Any, answer: Any = answer) -> Any:
            if isinstance(answer, Exception):
                raise answer
            return answer

        client.http.bulk_upsert_global_commands = registered
        assert await client.sync_commands() == 0
        [line] = [each for each in caplog.records if each.message == "command_sync_failed"]
        assert words in line.__dict__["error"]
        assert await database.read(rows.get, "commands:1") is None
        caplog.clear()


async def test_a_process_takes_the_commands_of_shard_0(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    client = make_client(database, plan=ShardPlan(2, (1,)))
    assert await client.sync_commands() == 0
    name = f"commands:{client.application_id}"
    digest, ids = command_descriptions.digest([]), {"movie": 7}
    stored = [(f"{'0' * 64} {json.dumps(ids)}", 0, ids), (f"{digest} {json.dumps(ids)}", None, ids), (digest, 0, {})]
    for value, left, known in stored:
        client.command_ids = {}
        await database.write(rows.set_value, name, value)
        assert (await client.sync_commands(), client.command_ids) == (left, known)
    assert caplog.messages == []


async def test_a_shard_that_fails_is_launched_ever_later(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def away() -> Any:
        raise discord.GatewayNotFound

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 40:
            raise asyncio.CancelledError

    client = make_client(database)
    client.http.get_bot_gateway = away
    monkeypatch.setattr(asyncio, "sleep", sleep)
    with pytest.raises(asyncio.CancelledError):
        await client.launch_shard(yarl.URL("wss://gateway.test"), 0)
    assert (set(pauses[::2]), min(pauses[1:5:2])) == ({5.0}, 0)
    assert 5 < max(pauses[1::2]) <= 55


async def test_a_slot_that_comes_too_late_or_that_cant_be_reserved_delays_the_identify(database: Database) -> None:
    clock = clock_of(database)
    slots = SharedIdentifySlots(database, clock)
    for _ in range(6):  # the next one is 30 seconds away
        await database.write(leases.reserve, 0, 60_000)
    with pytest.raises(IdentifyDelayed) as delayed:
        await slots.wait(0)
    assert isinstance(delayed.value, OSError)
    await database.close()
    with pytest.raises(IdentifyDelayed):
        await slots.wait(1)


async def test_a_slot_is_waited_for(database: Database) -> None:
    clock = clock_of(database)
    slots = SharedIdentifySlots(database, clock)
    for bucket in (0, 1):
        await slots.wait(bucket)
    second = asyncio.create_task(slots.wait(0))
    await clock.asleep_within(second)
    assert not second.done()
    await clock.advance(leases.INTERVAL_MS / 1000)
    await second


async def test_a_shard_whose_limits_discord_does_not_give_keeps_to_those_before(database: Database) -> None:
    clock = clock_of(database)
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
    free = [await database.write(leases.reserve, bucket, 60_000) for bucket in (0, 1)]
    assert free == [clock.now(), clock.now() + leases.INTERVAL_MS]


def test_some_identifies_of_each_bucket_are_kept_until_there_are_more() -> None:
    for remaining, now, short in ((159, 99, True), (160, 99, False), (159, 100, False)):
        limits = StartLimits(1, remaining, reset_at=100, max_concurrency=16, read_at=0)
        assert limits.is_short(now) is short
        assert [limits.bucket(shard) for shard in (0, 15, 16, 33)] == [0, 15, 0, 1]
