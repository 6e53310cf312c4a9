"""Transactions are plain functions, committed as a whole or not at all: the contract of both engines."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from enum import StrEnum

import pytest

from bot.core.errors import ConstraintViolation, StorageError
from bot.domain.credits import Limits
from bot.domain.server_setup import NOTHING_SET
from data.database import LONG_READS, Database, Topic, Transaction
from data.engine import move_record
from data.engine.postgresql import PostgresDatabase
from data.engine.sqlite import SqliteDatabase
from data.filters import CompiledFilters, RulesNotCompiled
from data.policy import Policy
from tests.helpers.clock import clock_of
from tests.helpers.transactions import Gate, put, put_and_raise, seen
from tests.helpers.woken import Woken

Way = Callable[..., Awaitable[object]]

_CONNECTIONS = 4
"""More transactions wait on either engine."""


def keys(database: Database) -> list[str]:
    assert isinstance(database, SqliteDatabase | PostgresDatabase)
    return seen(database.url if isinstance(database, PostgresDatabase) else database.path)


def count(tx: Transaction) -> int:
    return len(tx.fetch_all("SELECT key FROM key_value"))


@pytest.fixture(params=["read", "read_long"])
def way(database: Database, request: pytest.FixtureRequest) -> Way:
    return getattr(database, request.param)


async def test_a_work_is_kept_and_what_raises_is_not_and_told_without_the_row(database: Database) -> None:
    error = LookupError("no such thing")
    with pytest.raises(LookupError) as caught:
        await database.write(put_and_raise("a", error))
    assert caught.value is error
    assert await database.write(put("b")) == "b"
    assert keys(database) == ["b"]
    sql = "INSERT INTO balances (scope, guild_id, member_id, month, used) VALUES ('plan', 1, 2, :month, -1)"
    with pytest.raises(ConstraintViolation, match=r"balances_used_check|CHECK constraint") as caught:
        await database.write(lambda tx: tx.execute(sql, {"month": "a secret prompt"}))
    assert "secret" not in str(caught.value)


async def test_a_savepoint_undoes_its_own_block_and_no_more(database: Database) -> None:
    def work(tx: Transaction) -> None:
        put("before")(tx)
        with tx.savepoint():
            put("outer")(tx)
            with tx.savepoint() as inner:
                put("inner")(tx)
                inner.rollback()
                put("again")(tx)
        with suppress(LookupError), tx.savepoint():
            put("failed")(tx)
            raise LookupError
        with tx.savepoint() as both:
            put("third")(tx)
            with tx.savepoint():
                put("fourth")(tx)
            both.rollback()
        put("after")(tx)

    await database.write(work)
    assert keys(database) == ["after", "again", "before", "outer"]


async def test_a_cancelled_caller_leaves_its_transaction_to_its_end(database: Database) -> None:
    gate = Gate(put("a"))
    task = asyncio.create_task(database.write(gate))
    await gate.reached()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    failing = asyncio.ensure_future(database.write(put_and_raise("b", LookupError())))
    await asyncio.sleep(0)
    gate.open()
    await database.close()
    with pytest.raises(LookupError):
        await failing
    assert keys(database) == ["a"]


async def test_a_transaction_knows_its_calls_time_however_long_it_waits_and_the_policy(database: Database) -> None:
    clock, gate = clock_of(database), Gate()
    called_at = clock.now()
    calls = [asyncio.ensure_future(database.write(gate)) for _ in range(_CONNECTIONS)]
    times = [asyncio.ensure_future(call(lambda tx: tx.now)) for call in (database.write, database.read)]
    await gate.reached()
    await clock.advance(60)
    gate.open()
    assert await asyncio.gather(*times, database.write(lambda tx: tx.now)) == [called_at, called_at, clock.now()]
    assert await database.read_long(lambda tx: tx.now) == clock.now()
    await asyncio.gather(*calls)
    database.policy = Policy(limits=Limits(member=5, plan=7))
    for run in (database.write, database.read, database.read_long):
        assert await run(lambda tx: tx.policy) is database.policy


@pytest.mark.parametrize("cancelled", [False, True])
async def test_a_wake_comes_after_its_commit_by_itself(database: Database, woken: Woken, *, cancelled: bool) -> None:
    gate = Gate(lambda tx: tx.wake("messages"))
    task = asyncio.create_task(database.write(gate))
    await gate.reached()
    assert woken.topics == set()
    if cancelled:
        task.cancel()
        await asyncio.wait((task,))
    gate.open()
    await (database.close() if cancelled else task)
    assert woken.topics == {"messages"}


async def test_what_is_rolled_back_wakes_nothing_but_the_rest_of_its_group(database: Database, woken: Woken) -> None:
    def wake(topic: Topic, *, fails: bool = False) -> Callable[[Transaction], None]:
        def run(tx: Transaction) -> None:
            tx.wake(topic)
            if fails:
                raise LookupError

        return run

    works = [wake("messages"), wake("pitches"), wake("probes", fails=True), wake("deletions")]
    ended = await asyncio.gather(*map(database.write, works), return_exceptions=True)
    assert [type(each) for each in ended] == [type(None), type(None), LookupError, type(None)]
    assert woken.topics == {"messages", "pitches", "deletions"}


async def test_a_transaction_is_logged_after_its_commit(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    def work(tx: Transaction, *, fails: bool) -> None:
        tx.log("done", fails=fails)
        assert not caplog.records
        if fails:
            raise LookupError

    with caplog.at_level(logging.INFO):
        with pytest.raises(LookupError):
            await database.write(work, fails=True)
        await database.write(work, fails=False)
        assert [(each.getMessage(), each.__dict__["fails"]) for each in caplog.records] == [("done", False)]
        caplog.clear()
        database.check_write = move_record.reject_moved
        await database.write(work, fails=False)
    assert [each.getMessage() for each in caplog.records] == ["done"]


async def test_a_read_sees_one_moment_and_holds_up_no_write(database: Database, way: Way) -> None:
    """A report's sums must agree with its rows."""
    gate = Gate(count)
    reading = asyncio.ensure_future(way(lambda tx: [gate(tx), count(tx)]))
    await gate.reached()
    await database.write(put("meanwhile"))
    gate.open()
    assert await reading == [0, 0]
    assert await way(count) == 1


async def test_fifty_long_reads_open_few_connections_and_threads(database: Database) -> None:
    loop, entered, go = asyncio.get_running_loop(), asyncio.Semaphore(0), threading.Event()
    before = {*threading.enumerate()}

    def look(tx: Transaction) -> int:
        loop.call_soon_threadsafe(entered.release)
        assert go.wait(30)
        return count(tx)

    reading = [asyncio.create_task(database.read_long(look)) for _ in range(50)]
    for _ in range(LONG_READS):
        await entered.acquire()
    assert len({*threading.enumerate()} - before) == LONG_READS
    await database.write(put("a"))
    assert await database.read(count) == 1
    go.set()
    assert await asyncio.gather(*reading) == [1] * 50


async def test_a_reader_cannot_write_and_its_errors_come_back_as_they_are(way: Way) -> None:
    def look(_: Transaction) -> None:
        raise LookupError("no such month")

    with pytest.raises(StorageError, match=r"read-?only"):
        await way(put("a"))
    with pytest.raises(LookupError, match="no such month"):
        await way(look)
    assert await way(count) == 0


class Color(StrEnum):
    RED = "red"


async def test_values_come_back_as_they_were_and_a_row_is_written_by_its_columns(database: Database) -> None:
    """PostgreSQL makes a decimal of the sum of large integers."""
    row = await database.read(
        lambda tx: tx.fetch_single(
            "SELECT CAST(:big AS BIGINT) AS big, SUM(CAST(:big AS BIGINT)) AS total, ':text 100%' AS quoted,"
            " CAST(:text AS TEXT) AS text, CAST(:none AS BIGINT) AS none, CAST(:color AS TEXT) AS color,"
            " :small + :small AS sum, 'later' AS color",
            {"big": 2**62, "text": "it's 100% :big", "none": None, "color": Color.RED, "small": 30_000},
        )
    )
    assert [*row] == [2**62, 2**62, ":text 100%", "it's 100% :big", None, "red", 60_000, "later"]
    assert isinstance(row["total"], int)
    assert (row[1], row[-2], row[2:4]) == (2**62, 60_000, (":text 100%", "it's 100% :big"))
    assert row["color"] == "red", "the first of two columns"
    a, other = {"key": "a", "value": "1"}, {"key": "a", "value": "2"}
    for how, written, left in ({}, 1, "1"), ({"ignore": "key"}, 0, "1"), ({"replace": "key"}, 1, "2"):
        row = other if how else a
        assert await database.write(lambda tx, row=row, how=how: tx.insert("key_value", row, **how)) == written
        assert await database.read(lambda tx: tx.fetch_dict("SELECT key, value FROM key_value")) == {"a": left}
    for name in ("key) VALUES (1); --", "a b"):  # what a database from elsewhere calls its columns
        with pytest.raises(AssertionError):
            await database.write(lambda tx, name=name: tx.insert("key_value", {name: "1"}))


async def test_a_closed_database_says_so(database: Database) -> None:
    await database.close()
    for late in (database.write(put("a")), database.read(count)):
        with pytest.raises(StorageError, match="is closed"):
            await asyncio.wait_for(late, 10)


async def test_what_waits_for_rules_while_the_database_is_closed_says_so(database: Database) -> None:
    class Closing(RulesNotCompiled):
        async def compile(self) -> None:
            await database.close()

    def ask(_tx: Transaction) -> None:
        raise Closing(CompiledFilters(), NOTHING_SET)

    with pytest.raises(StorageError, match="is closed"):
        await asyncio.wait_for(database.write(ask), 10)
