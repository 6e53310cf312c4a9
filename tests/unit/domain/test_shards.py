"""Which shard serves a server, and how people read a process's shards."""

from __future__ import annotations

import pytest

from bot.domain.shards import Shard, ShardPlan, format_ids


@pytest.mark.parametrize("count", [1, 2, 16])
def test_a_server_is_served_by_the_shard_of_its_id(count: int) -> None:
    """The formula: https://docs.discord.com/developers/events/gateway#sharding-sharding-formula."""
    for number in range(40):
        assert Shard.serving((number << 22) + 4_194_303, count) == Shard(number % count, count)


def test_direct_messages_come_to_shard_0() -> None:
    assert Shard.serving(None, 16) == Shard(0, 16)


@pytest.mark.parametrize(
    ("plan", "text"),
    [
        (ShardPlan(), ""),
        (ShardPlan(1), "0 of 1"),
        (ShardPlan(16), "0-15 of 16"),
        (ShardPlan(16, (0, 1, 2, 8, 10, 11)), "0-2,8,10-11 of 16"),
    ],
)
def test_a_plan_is_written_as_people_write_it(plan: ShardPlan, text: str) -> None:
    assert str(plan) == text


def test_ids_are_written_in_order() -> None:
    assert format_ids([3, 1, 2]) == "1-3"


@pytest.mark.parametrize(
    ("plan", "is_part", "runs_first"),
    [
        (ShardPlan(), False, True),
        (ShardPlan(2), False, True),
        (ShardPlan(2, (0, 1)), False, True),
        (ShardPlan(2, (0,)), True, True),
        (ShardPlan(2, (1,)), True, False),
    ],
)
def test_a_plan_knows_whether_others_complete_it_and_who_runs_shard_0(
    plan: ShardPlan, is_part: bool, runs_first: bool
) -> None:
    assert (plan.is_part, plan.runs_first) == (is_part, runs_first)
