"""Which shard serves a server, and how people read a process's shards."""

from __future__ import annotations

from bot.domain.shards import Shard, ShardPlan, format_ids


def test_a_server_is_served_by_the_shard_of_its_id_and_direct_messages_by_shard_0() -> None:
    """The formula: https://docs.discord.com/developers/events/gateway#sharding-sharding-formula."""
    for count in (1, 2, 16):
        for number in range(40):
            assert Shard.serving((number << 22) + 4_194_303, count) == Shard(number % count, count)
    assert Shard.serving(None, 16) == Shard(0, 16)


def test_a_plan_is_written_as_people_write_it() -> None:
    plans = {
        ShardPlan(): "",
        ShardPlan(1): "0 of 1",
        ShardPlan(16): "0-15 of 16",
        ShardPlan(16, (0, 1, 2, 8, 10, 11)): "0-2,8,10-11 of 16",
    }
    assert {plan: str(plan) for plan in plans} == plans
    assert format_ids([3, 1, 2]) == "1-3"


def test_a_plan_knows_whether_others_complete_it_and_who_runs_shard_0() -> None:
    plans = {
        ShardPlan(): (False, True),
        ShardPlan(2): (False, True),
        ShardPlan(2, (0, 1)): (False, True),
        ShardPlan(2, (0,)): (True, True),
        ShardPlan(2, (1,)): (True, False),
    }
    assert {plan: (plan.is_part, plan.runs_first) for plan in plans} == plans
