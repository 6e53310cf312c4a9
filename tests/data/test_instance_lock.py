"""A starting process knows whether another one uses the database."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.domain.shards import Shard
from data.instance_lock import FileInstanceLock

SHARD = Shard(0, 1)
READY, NOTHING = frozenset({SHARD}), frozenset[Shard]()


async def alone(instance_lock: FileInstanceLock) -> bool:
    async with instance_lock.register() as answer:
        return answer


async def test_the_first_is_alone_and_the_second_is_not(tmp_path: Path) -> None:
    file, link = tmp_path / "movies.db", tmp_path / "link.db"
    link.symlink_to(file)
    with FileInstanceLock(file) as first, FileInstanceLock(link) as second:
        assert await alone(first)
        assert not await alone(second)
        assert not await alone(first), "it is at work already"
    with FileInstanceLock(file) as third:
        assert await alone(third)


async def test_no_process_starts_while_the_only_one_recovers(tmp_path: Path) -> None:
    file = tmp_path / "movies.db"
    with FileInstanceLock(file) as first, FileInstanceLock(file) as second:
        async with first.register():
            starting = asyncio.create_task(alone(second))
            done, _ = await asyncio.wait((starting,), timeout=0.05)
            assert not done
        assert await starting is False


async def test_another_process_is_known_to_be_ready_only_while_it_says_so(tmp_path: Path) -> None:
    """Discord sends a process nothing until its gateway is connected. Asking changes nothing."""
    file = tmp_path / "movies.db"
    with FileInstanceLock(file) as one, FileInstanceLock(file) as other, FileInstanceLock(file) as third:
        assert not await one.another_ready(SHARD)
        for _ in range(2):
            await one.publish_ready(READY)
        assert [await each.another_ready(SHARD) for each in (one, other, third)] == [False, True, True]
        await other.publish_ready(READY)
        assert [await each.another_ready(SHARD) for each in (one, other, third)] == [True, True, True]
        await other.publish_ready(NOTHING)
        assert await third.another_ready(SHARD), "one is ready still"
        await one.publish_ready(NOTHING)
        assert [await each.another_ready(SHARD) for each in (one, other, third)] == [False] * 3
