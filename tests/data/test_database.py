"""Transactions are plain functions, committed as a whole or not at all."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StorageError
from data.database import Transaction
from data.sqlite import SqliteDatabase
from tests.helpers.plans import statements
from tests.helpers.transactions import put, put_and_raise, seen, writer_busy

_numbers = itertools.count()


class Unforeseen(BaseException):
    """An exception that `except Exception` does not catch."""


async def test_a_work_is_kept_and_its_result_returned(database: SqliteDatabase) -> None:
    """Each call is one transaction."""
    assert await database.write(put("a")) == "a"
    assert seen(database.path) == ["a"]


async def test_a_work_that_raises_keeps_nothing_and_its_error_comes_back(database: SqliteDatabase) -> None:
    """The caller gets the very same exception.

    The next call starts with a clean transaction.
    """
    error = LookupError("no such thing")
    with pytest.raises(LookupError) as caught:
        await database.write(put_and_raise("a", error))
    assert caught.value is error
    await database.write(put("b"))
    assert seen(database.path) == ["b"]


async def test_an_sqlite_error_is_raised_as_a_storage_error(database: SqliteDatabase) -> None:
    """Callers outside `data` don't need to know sqlite3.

    The original error is kept for the log.
    """
    await database.write(put("a"))
    with pytest.raises(StorageError, match="UNIQUE constraint failed") as caught:
        await database.write(put("a"))
    assert isinstance(caught.value.__cause__, sqlite3.IntegrityError)


async def test_a_caller_is_answered_only_after_the_commit(database: SqliteDatabase) -> None:
    """What a caller learns is already on the disk.

    Callers wait while another call of their group still runs.
    """
    entered, leave = threading.Event(), threading.Event()

    def slow(_: Transaction) -> list[str]:
        entered.set()
        assert leave.wait(10)
        return seen(database.path)

    async with writer_busy(database):
        early = asyncio.ensure_future(database.write(put("early")))
        late = asyncio.ensure_future(database.write(slow))
    await asyncio.to_thread(entered.wait, 10)
    assert not early.done()
    leave.set()
    await early
    assert seen(database.path) == ["early"]
    assert await late == []


@pytest.mark.parametrize("error", [ValueError("no"), StopIteration(), Unforeseen(), asyncio.CancelledError()])
async def test_a_failed_call_fails_no_other_of_its_group(database: SqliteDatabase, error: BaseException) -> None:
    """Calls in one commit fail alone, with any exception."""
    async with writer_busy(database):
        works = [put("a"), put_and_raise("b", error), put("c")]
        group = [asyncio.ensure_future(database.write(work)) for work in works]
    await asyncio.wait(group, timeout=10)
    assert [task.done() for task in group] == [True] * 3
    assert (group[0].result(), group[2].result()) == ("a", "c")
    failure = None if group[1].cancelled() else group[1].exception()
    assert group[1].cancelled() or isinstance(failure, type(error) | RuntimeError)
    assert seen(database.path) == ["a", "c"]


async def test_a_stop_iteration_reaches_its_caller_as_a_runtime_error(database: SqliteDatabase) -> None:
    """A future can't hold a StopIteration, so its caller would wait forever."""
    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(database.write(put_and_raise("a", StopIteration())), 10)
    assert seen(database.path) == []


def putting(*names: str) -> Callable[[Transaction], int]:
    """Return a transaction function that writes these keys in one statement."""
    rows = ", ".join(f"(:name{number}, 'x')" for number in range(len(names)))
    params = {f"name{number}": name for number, name in enumerate(names)}
    return lambda tx: tx.execute(f"INSERT INTO key_value (key, value) VALUES {rows}", params)


FATES = ("fine", "raises", "clashes", "a statement", "a statement that clashes half-way")


@given(st.lists(st.sampled_from(FATES), min_size=1, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
async def test_of_any_group_exactly_the_works_that_succeeded_are_kept(
    database: SqliteDatabase, fates: list[str]
) -> None:
    run = f"{next(_numbers):06}"
    before = set(seen(database.path))
    await database.write(put(run))
    works: list[Callable[[Transaction], object]] = []
    for place, fate in enumerate(fates):
        name = f"{run}-{place:02}"
        makers = {
            "fine": put(name),
            "raises": put_and_raise(name, ValueError(name)),
            "clashes": put(run),
            "a statement": putting(name),
            "a statement that clashes half-way": putting(f"{name}-half", run),
        }
        works.append(makers[fate])
    async with writer_busy(database):
        group = [asyncio.ensure_future(database.write(work)) for work in works]
    answers = await asyncio.gather(*group, return_exceptions=True)
    kept = [name for name in seen(database.path) if name not in before and name != run]
    good = ("fine", "a statement")
    assert kept == [f"{run}-{place:02}" for place, fate in enumerate(fates) if fate in good]
    assert [isinstance(answer, BaseException) for answer in answers] == [fate not in good for fate in fates]
    assert [answer for answer in answers if isinstance(answer, int)] == [1] * fates.count("a statement")


async def test_no_savepoint_outlives_its_work(database: SqliteDatabase) -> None:
    """Nested savepoints would each keep the pages they changed.

    This holds whether the work succeeds or fails.
    """

    async def together() -> None:
        async with writer_busy(database):
            works = [put("a"), put_and_raise("b", ValueError("no")), putting("c"), put("d")]
            group = [asyncio.ensure_future(database.write(work)) for work in works]
        await asyncio.gather(*group, return_exceptions=True)

    open_ones: list[str] = []
    deepest = 0
    for statement in await statements(database, together):
        word, name = statement.split()[0], statement.split()[-1]
        if word == "SAVEPOINT":
            open_ones.append(name)
            deepest = max(deepest, len(open_ones))
        elif word == "RELEASE":
            del open_ones[len(open_ones) - 1 - open_ones[::-1].index(name) :]
        elif word == "COMMIT":
            assert open_ones == []
    assert deepest == 1


async def test_of_many_callers_a_hundred_continue_in_a_step_of_the_event_loop(database: SqliteDatabase) -> None:
    """A burst of commands does not keep the loop from all else."""
    loop = asyncio.get_running_loop()
    continued = [0]
    waiting = 250

    def begin_step() -> None:
        continued.append(0)
        if waiting:
            loop.call_soon(begin_step)

    async def caller(number: int) -> None:
        nonlocal waiting
        await database.write(put(f"{number:03}"))
        continued[-1] += 1
        waiting -= 1

    async with writer_busy(database):
        callers = [asyncio.ensure_future(caller(number)) for number in range(waiting)]
    begin_step()
    await asyncio.gather(*callers)
    assert (sum(continued), max(continued)) == (250, 100)


async def test_many_callers_at_once_are_all_kept_in_order(database: SqliteDatabase) -> None:
    """There are more calls than fit into one commit."""
    names = [f"{number:04}" for number in range(1200)]
    assert await asyncio.gather(*(database.write(put(name)) for name in names)) == names
    assert seen(database.path) == names


async def test_a_cancelled_caller_leaves_nothing_half_open(database: SqliteDatabase) -> None:
    """Its transaction is committed, and later callers are served."""
    async with writer_busy(database):
        gone = asyncio.ensure_future(database.write(put("gone")))
        failing = asyncio.ensure_future(database.write(put_and_raise("failing", ValueError())))
        stays = asyncio.ensure_future(database.write(put("stays")))
        await asyncio.sleep(0)
        gone.cancel()
        failing.cancel()
    assert await stays == "stays"
    assert gone.cancelled()
    assert failing.cancelled()
    await database.write(put("later"))
    assert seen(database.path) == ["gone", "later", "stays"]


@pytest.mark.parametrize("way", [SqliteDatabase.read, SqliteDatabase.read_long])
async def test_a_read_sees_one_moment(database: SqliteDatabase, way: Callable[..., Awaitable[object]]) -> None:
    """A report's sums must agree with its rows."""
    entered, leave = threading.Event(), threading.Event()

    def look(tx: Transaction) -> list[int]:
        first = len(tx.fetch_all("SELECT key FROM key_value"))
        entered.set()
        assert leave.wait(10)
        return [first, len(tx.fetch_all("SELECT key FROM key_value"))]

    reading = asyncio.ensure_future(way(database, look))
    await asyncio.to_thread(entered.wait, 10)
    await database.write(put("meanwhile"))
    leave.set()
    assert await reading == [0, 0]
    assert await database.read(lambda tx: len(tx.fetch_all("SELECT key FROM key_value"))) == 1


@pytest.mark.parametrize("way", [SqliteDatabase.read, SqliteDatabase.read_long])
async def test_a_reader_cannot_write(database: SqliteDatabase, way: Callable[..., asyncio.Future[object]]) -> None:
    """Reads still work after the rejected write."""
    with pytest.raises(StorageError, match="readonly"):
        await way(database, put("a"))
    assert await way(database, lambda tx: tx.fetch_one("SELECT COUNT(*) FROM key_value")[0]) == 0


@pytest.mark.parametrize("way", [SqliteDatabase.read, SqliteDatabase.read_long])
async def test_an_error_of_a_read_comes_back_as_it_is(
    database: SqliteDatabase, way: Callable[..., asyncio.Future[object]]
) -> None:
    """An error that a report raises is not turned into a StorageError."""

    def look(_: Transaction) -> None:
        raise LookupError("no such month")

    with pytest.raises(LookupError, match="no such month"):
        await way(database, look)
    assert await way(database, lambda _: "still here") == "still here"


async def test_a_long_study_holds_up_neither_reads_nor_writes(database: SqliteDatabase) -> None:
    """A long read has its own connection and thread."""
    entered, leave = threading.Event(), threading.Event()

    def look(_: Transaction) -> str:
        entered.set()
        assert leave.wait(10)
        return "studied"

    studying = asyncio.ensure_future(database.read_long(look))
    await asyncio.to_thread(entered.wait, 10)
    await database.write(put("a"))
    assert await database.read(lambda tx: len(tx.fetch_all("SELECT key FROM key_value"))) == 1
    leave.set()
    assert await studying == "studied"


async def test_two_databases_on_one_file_take_turns(path: Path) -> None:
    """The bot and the command line each have their own event loop."""

    def count_up(tx: Transaction) -> None:
        tx.execute(
            "INSERT INTO key_value (key, value) VALUES ('count', '1')"
            " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )

    async def write(turns: int) -> None:
        database = await SqliteDatabase.open(path)
        for _ in range(turns):
            await asyncio.gather(*(database.write(count_up) for _ in range(5)))
        await database.close()

    await asyncio.gather(write(20), asyncio.to_thread(lambda: asyncio.run(write(20))))
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT value FROM key_value").fetchall() == [("200",)]


async def test_a_savepoint_undoes_its_own_block_and_no_more(database: SqliteDatabase) -> None:
    """This holds for a rollback, an exception and a nested savepoint."""

    def work(tx: Transaction) -> None:
        put("before")(tx)
        with tx.savepoint():
            put("outer")(tx)
            with tx.savepoint() as inner:
                put("inner")(tx)
                inner.rollback()
                put("again")(tx)
        with contextlib.suppress(LookupError), tx.savepoint():
            put("failed")(tx)
            raise LookupError
        put("after")(tx)

    await database.write(work)
    assert seen(database.path) == ["after", "again", "before", "outer"]


async def test_a_savepoints_undo_goes_to_no_file(database: SqliteDatabase) -> None:
    """Each savepoint would otherwise write pages to a temporary file."""
    assert await database.write(lambda tx: tx.fetch_all("PRAGMA temp_store")[0][0]) == 2


async def test_commits_survive_a_power_cut_by_default(database: SqliteDatabase) -> None:
    """The defaults are WAL, synchronous=FULL and foreign keys."""
    pragmas = ("journal_mode", "synchronous", "foreign_keys")
    found = await database.write(lambda tx: [tx.fetch_all(f"PRAGMA {pragma}")[0][0] for pragma in pragmas])
    assert found == ["wal", 2, 1]
