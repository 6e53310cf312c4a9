"""The session connection: live processes, the leader and signals between processes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from contextvars import ContextVar
from typing import Any

import psycopg
import pytest

from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from bot.domain.shards import Shard
from bot.errors import StorageError
from data.postgresql_session import PostgresSession

SHARD = Shard(0, 1)
READY, NOTHING = frozenset({SHARD}), frozenset[Shard]()
_BACKEND = "SELECT 1 FROM pg_stat_activity WHERE pid = %s"


class Processes:
    """Opens sessions, each of which acts as one process."""

    def __init__(self, url: str, stack: AsyncExitStack) -> None:
        self.url = url
        self._stack = stack

    async def start(self) -> tuple[PostgresSession, asyncio.Queue[str | None]]:
        """Open a session, and return it with the signals that it gets."""
        signals: asyncio.Queue[str | None] = asyncio.Queue()
        return await self._stack.enter_async_context(PostgresSession(self.url, signals.put_nowait)), signals

    async def end(self, session: PostgresSession) -> None:
        """End a session, and return when the server has freed its locks."""
        pid = session._connection.info.backend_pid
        await session.__aexit__()
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
            while await (await connection.execute(_BACKEND, (pid,))).fetchone():
                pass

    def cut(self, session: PostgresSession) -> None:
        """End a session's connection at the server, before its process can notice it."""
        pid = session._connection.info.backend_pid
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))


@pytest.fixture
async def processes(postgresql_database: str) -> AsyncGenerator[Processes]:
    async with await psycopg.AsyncConnection.connect(postgresql_database, autocommit=True) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    async with AsyncExitStack() as stack:
        yield Processes(postgresql_database, stack)


async def next_signal(signals: asyncio.Queue[str | None]) -> str | None:
    return await asyncio.wait_for(signals.get(), 10)


async def is_alone(session: PostgresSession) -> bool:
    async with session.register() as only_instance:
        return only_instance


async def test_the_first_process_is_alone_and_the_second_is_not(processes: Processes) -> None:
    """One that registers again is not the first; one is alone after the others have died."""
    (one, _), (other, _) = await processes.start(), await processes.start()
    assert [await is_alone(one), await is_alone(other), await is_alone(one)] == [True, False, False]
    third, _ = await processes.start()
    for each in (one, other):
        await processes.end(each)
    assert await is_alone(third)


async def test_nobody_registers_while_a_process_that_is_alone_recovers(processes: Processes) -> None:
    (one, _), (other, _) = await processes.start(), await processes.start()
    async with one.register() as alone:
        assert alone
        second = asyncio.create_task(is_alone(other))
        assert not await one.another_ready(SHARD)  # a round trip, during which the other one waits
        assert not second.done()
    assert not await second


async def test_a_process_sees_which_members_another_one_answers(
    processes: Processes, empty_postgresql_url: str
) -> None:
    """With another number of shards, or on another database, a shard has other members."""
    (one, _), (other, _) = await processes.start(), await processes.start()
    for ready in ({0, 1}, {1, 2}, set[int]()):
        await one.publish_ready(frozenset(Shard(each, 4) for each in ready))
        assert {each for each in range(4) if await other.another_ready(Shard(each, 4))} == ready
        assert not await one.another_ready(Shard(1, 4))
        assert not await other.another_ready(Shard(1, 2))
    async with PostgresSession(empty_postgresql_url, print) as stranger:
        await stranger.publish_ready(READY)
        assert not await one.another_ready(SHARD)


async def test_one_process_leads_and_another_one_after_its_death(processes: Processes) -> None:
    (one, _), (other, _) = await processes.start(), await processes.start()
    assert [await one.is_leader(), await other.is_leader(), await one.is_leader()] == [True, False, True]
    await processes.end(one)
    assert await other.is_leader()


async def test_a_published_topic_reaches_the_other_processes_only(processes: Processes) -> None:
    (one, at_one), (other, at_other) = await processes.start(), await processes.start()
    await one.publish(["submissions", "audit"])
    assert [await next_signal(at_other), await next_signal(at_other)] == ["submissions", "audit"]
    await other.publish(["probes"])
    assert await next_signal(at_one) == "probes"


async def test_a_signal_is_no_part_of_the_work_that_published_the_last_one(processes: Processes) -> None:
    work = ContextVar("work", default="none")
    seen: asyncio.Queue[str] = asyncio.Queue()
    other, _ = await processes.start()
    async with PostgresSession(processes.url, lambda _: seen.put_nowait(work.get())) as session:
        work.set("an order")
        await session.publish(["audit"])
        await other.publish(["probes"])
        assert await asyncio.wait_for(seen.get(), 10) == "none"


async def test_a_lost_session_is_restored_with_its_locks_but_not_its_leadership(processes: Processes) -> None:
    (one, at_one), (other, _) = await processes.start(), await processes.start()
    assert await is_alone(one)
    await one.publish_ready(READY)
    assert await one.is_leader()
    processes.cut(one)
    assert await next_signal(at_one) is None, "signals may have been lost"
    assert await other.another_ready(SHARD)
    assert not await is_alone(other)
    assert await other.is_leader()
    assert not await one.is_leader()
    await other.publish(["audit"])
    assert await next_signal(at_one) == "audit"


async def test_readiness_that_could_not_be_published_is_published_by_the_restored_session(
    processes: Processes, caplog: pytest.LogCaptureFixture
) -> None:
    (one, at_one), (other, _) = await processes.start(), await processes.start()
    processes.cut(one)
    await one.publish_ready(READY)
    assert "readiness_not_published" in [each.message for each in caplog.records]
    assert await next_signal(at_one) is None
    async with asyncio.timeout(10):
        while not await other.another_ready(SHARD):
            pass


async def test_whether_another_process_answers_members_is_unknown_without_a_connection(processes: Processes) -> None:
    (one, _), (other, _) = await processes.start(), await processes.start()
    await other.publish_ready(READY)
    processes.cut(one)
    assert not await one.another_ready(SHARD)


async def test_a_gateway_that_is_lost_while_the_session_is_restored_does_not_end_it(
    processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One cut of the network ends both connections."""
    (one, at_one), (other, _) = await processes.start(), await processes.start()
    assert await is_alone(one)
    await one.publish_ready(READY)
    lost: list[asyncio.Task[None]] = []
    execute = psycopg.AsyncConnection.execute

    async def lose_the_gateway(connection: Any, sql: Any, *args: Any) -> Any:
        """Record the lost gateway when the session restores its first lock."""
        if "advisory_lock_shared" in sql and connection is one._connection and not lost:
            lost.append(asyncio.create_task(one.publish_ready(NOTHING)))
            await asyncio.sleep(0)
        return await execute(connection, sql, *args)

    monkeypatch.setattr(psycopg.AsyncConnection, "execute", lose_the_gateway)
    processes.cut(one)
    assert await next_signal(at_one) is None
    await asyncio.gather(*lost)
    assert not await is_alone(other)
    assert not await other.another_ready(SHARD)


@pytest.mark.parametrize(
    ("cause", "error"),
    [(psycopg.OperationalError("cut"), StorageError), (asyncio.CancelledError(), asyncio.CancelledError)],
)
async def test_a_connection_that_is_not_ready_for_use_is_closed(
    processes: Processes, monkeypatch: pytest.MonkeyPatch, cause: BaseException, error: type[BaseException]
) -> None:
    opened: list[Any] = []

    async def fail(connection: Any, *_: Any) -> Any:
        opened.append(connection)
        raise cause

    monkeypatch.setattr(psycopg.AsyncConnection, "execute", fail)
    with pytest.raises(error):
        await PostgresSession(processes.url, print).__aenter__()
    assert [connection.closed for connection in opened] == [True]


async def test_a_clock_that_differs_from_the_servers_is_logged(
    processes: Processes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    true_time_ns = time.time_ns
    for seconds in (1, 10, -10):
        monkeypatch.setattr(time, "time_ns", lambda ahead=seconds: true_time_ns() + ahead * 1_000_000_000)
        await processes.start()
    lines = [each for each in caplog.records if each.message == "clock_differs_from_server"]
    for line, by_ms in zip(lines, (10_000, -10_000), strict=True):
        assert line.levelname == "ERROR"
        assert abs(line.__dict__["by_ms"] - by_ms) < MAX_CLOCK_DIFFERENCE_MS
