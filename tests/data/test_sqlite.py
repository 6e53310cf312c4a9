"""The SQLite driver: works committed together, a full disk, other processes, its closing and its log."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.errors import ConstraintViolation, StorageError
from data.database import Transaction
from data.engine.sqlite import KEPT_BYTES, SqliteDatabase, truncate_log
from tests.helpers.ledger_checks import a_reader
from tests.helpers.restore_helpers import names
from tests.helpers.transactions import Gate, put, put_and_raise, seen, writer_busy

_numbers = itertools.count()

BIG = "x" * 200_000


class Unforeseen(BaseException):
    """An exception that `except Exception` does not catch."""


async def together(database: SqliteDatabase, works: Sequence[Callable[[Transaction], object]]) -> list[object]:
    """Run works in one group, and return each result or error."""
    async with writer_busy(database):
        group = [asyncio.ensure_future(database.write(work)) for work in works]
    return await asyncio.wait_for(asyncio.gather(*group, return_exceptions=True), 30)


async def test_a_caller_is_answered_only_after_the_commit(database: SqliteDatabase) -> None:
    gate = Gate(lambda _: seen(database.path))
    async with writer_busy(database):
        early = asyncio.ensure_future(database.write(put("early")))
        late = asyncio.ensure_future(database.write(gate))
    await gate.reached()
    assert not early.done()
    gate.open()
    await early
    assert seen(database.path) == ["early"]
    assert await late == []


@pytest.mark.parametrize("error", [ValueError("no"), StopIteration(), Unforeseen(), asyncio.CancelledError()])
async def test_a_failed_call_fails_no_other_of_its_group(database: SqliteDatabase, error: BaseException) -> None:
    """A future can't hold a StopIteration, so its caller gets a RuntimeError instead of waiting forever."""
    answers = await together(database, [put("a"), put_and_raise("b", error), put("c")])
    assert (answers[0], answers[2]) == ("a", "c")
    assert isinstance(answers[1], type(error) | RuntimeError)
    assert seen(database.path) == ["a", "c"]


def putting(*names: str) -> Callable[[Transaction], int]:
    rows = ", ".join(f"(:name{number}, 'x')" for number in range(len(names)))
    params = {f"name{number}": name for number, name in enumerate(names)}
    return lambda tx: tx.execute(f"INSERT INTO key_value (key, value) VALUES {rows}", params)


FATES = ("fine", "raises", "clashes", "a statement", "a statement that clashes half-way")


@given(st.lists(st.sampled_from(FATES), min_size=1, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
async def test_of_any_group_exactly_what_succeeded_is_kept(database: SqliteDatabase, fates: list[str]) -> None:
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
    answers = await together(database, works)
    kept = [name for name in seen(database.path) if name not in before and name != run]
    good = ("fine", "a statement")
    assert kept == [f"{run}-{place:02}" for place, fate in enumerate(fates) if fate in good]
    assert [isinstance(answer, BaseException) for answer in answers] == [fate not in good for fate in fates]
    assert [answer for answer in answers if isinstance(answer, int)] == [1] * fates.count("a statement")


async def test_a_caller_that_is_cancelled_before_its_turn_leaves_nothing_half_open(database: SqliteDatabase) -> None:
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


async def test_two_databases_on_one_file_take_turns(path: Path) -> None:
    def count_up(tx: Transaction) -> None:
        tx.execute(
            "INSERT INTO key_value (key, value) VALUES ('count', '1')"
            " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )

    async def write(turns: int) -> None:
        async with await SqliteDatabase.open(path) as database:
            for _ in range(turns):
                await asyncio.gather(*(database.write(count_up) for _ in range(5)))

    await asyncio.gather(write(20), asyncio.to_thread(lambda: asyncio.run(write(20))))
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT value FROM key_value").fetchall() == [("200",)]


async def test_commits_survive_a_power_cut_and_a_savepoints_undo_goes_to_no_file(database: SqliteDatabase) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "temp_store")
    found = await database.write(lambda tx: [tx.fetch_all(f"PRAGMA {pragma}")[0][0] for pragma in pragmas])
    assert found == ["wal", 2, 1, 2]


def put_big(tx: Transaction) -> str:
    return put("big", BIG)(tx)


def put_big_nested(tx: Transaction) -> None:
    with tx.savepoint():
        put_big(tx)


def put_big_and_hide_the_error(tx: Transaction) -> str:
    try:
        put_big(tx)
    except sqlite3.Error:
        return "all is well"
    return "it fitted"


@pytest.mark.parametrize(
    ("big", "told"),
    [(put_big, "disk is full"), (put_big_nested, "disk is full"), (put_big_and_hide_the_error, "rolled back|disk")],
)
async def test_a_full_disk_fails_the_whole_group_and_keeps_nothing_of_it(
    database: SqliteDatabase, big: Callable[[Transaction], object], told: str
) -> None:
    """SQLite rolls back the transaction, so no caller may see success. Work goes on once there is room again."""
    await database.write(put("before"))
    grow_by_a_page = "PRAGMA max_page_count = {}"  # at most: like a full disk
    await database.write(lambda tx: tx.fetch_all(grow_by_a_page.format(tx.fetch_value("PRAGMA page_count") + 1)))
    with pytest.raises(StorageError, match=told) as caught:
        await database.write(big)
    assert not isinstance(caught.value, ConstraintViolation)
    answers = await together(database, [put_and_raise("d", LookupError("no")), put("a"), big, put("c")])
    assert [type(answer) for answer in answers] == [LookupError, StorageError, StorageError, StorageError]
    assert seen(database.path) == ["before"]
    await database.write(put("small"))
    await database.write(lambda tx: tx.fetch_all("PRAGMA max_page_count = 1000000"))
    await database.write(put_big)
    assert seen(database.path) == ["before", "big", "small"]


async def test_a_lock_of_another_process_is_told_and_a_refused_commit_keeps_none(database: SqliteDatabase) -> None:
    await database.write(put("before"))
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked"):
            await database.write(put("a"))
        assert await database.read(lambda tx: len(tx.fetch_all("SELECT key FROM key_value"))) == 1
        other.execute("ROLLBACK")
    await database.write(put("b"))
    assert seen(database.path) == ["b", "before"]

    def follow_nothing(tx: Transaction) -> None:
        tx.fetch_all("PRAGMA defer_foreign_keys = ON")
        tx.execute("INSERT INTO followers (job_id, member_id) VALUES ('nothing', 1)")

    with pytest.raises(StorageError, match="FOREIGN KEY"):
        await database.write(follow_nothing)
    with closing(sqlite3.connect(database.path, timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")


async def test_a_file_that_is_missing_or_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "movies.db"
    with pytest.raises(StorageError, match="Can't open"):
        await SqliteDatabase.open(file)
    assert names(tmp_path) == []
    file.write_text("this is no database, whatever its name says" * 100)
    with pytest.raises(StorageError, match=r"^[^\n]*not a database[^\n]*$"):
        await SqliteDatabase.open(file)


async def test_closing_waits_for_what_was_asked_for_and_answers_the_rest_at_once(path: Path) -> None:
    async with await SqliteDatabase.open(path) as database:
        async with writer_busy(database):
            group = [asyncio.ensure_future(database.write(put(f"{number:04}"))) for number in range(600)]
            await asyncio.sleep(0)
            closing_down = asyncio.ensure_future(database.close())
            await asyncio.sleep(0)
            for late in (database.write(put("a")), database.read(lambda _: None)):
                with pytest.raises(StorageError, match="closed"):
                    await asyncio.wait_for(late, 10)
        await closing_down
        assert all(task.done() for task in group)
        assert len(seen(path)) == 600


MIB = 1024 * 1024


def size(path: Path) -> int:
    return path.with_name(f"{path.name}-wal").stat().st_size


async def write(database: SqliteDatabase, name: str, mebibytes: int) -> None:
    sql = "INSERT INTO key_value (key, value) VALUES (:name, :value)"
    for number in range(mebibytes):
        params = {"name": f"{name}-{number}", "value": "x" * MIB}
        await database.write(lambda tx, params=params: tx.execute(sql, params))


async def grown(database: SqliteDatabase) -> None:
    with a_reader(database.path):
        await write(database, "long", KEPT_BYTES // MIB + 2)
    assert size(database.path) > KEPT_BYTES


async def facts(database: SqliteDatabase) -> int:
    return await database.read(lambda tx: tx.fetch_all("SELECT COUNT(*) AS n FROM key_value")[0]["n"])


async def test_once_a_long_reader_has_gone_the_next_writes_cut_the_log(database: SqliteDatabase) -> None:
    await grown(database)
    for number in range(2):
        await write(database, f"after-{number}", 1)
    assert size(database.path) <= KEPT_BYTES


async def test_a_log_that_has_grown_is_emptied_in_a_quiet_moment(database: SqliteDatabase) -> None:
    await grown(database)
    before = await facts(database)
    link = database.path.with_name("link.db")
    link.symlink_to(database.path)
    assert truncate_log(link)
    assert size(database.path) == 0
    await write(database, "after", 1)
    assert await facts(database) == before + 1
    assert 0 < size(database.path) < KEPT_BYTES
    assert not truncate_log(database.path), "it is short enough: nothing is to be done"


async def test_readers_and_writers_are_left_alone_and_not_waited_for(database: SqliteDatabase) -> None:
    await grown(database)
    with a_reader(database.path):
        await write(database, "meanwhile", 1)
        assert not truncate_log(database.path)
        assert size(database.path) > KEPT_BYTES
        await write(database, "after", 1)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO key_value (key, value) VALUES ('other', 'x')")
        async with asyncio.timeout(3):
            assert not await asyncio.to_thread(truncate_log, database.path)
        other.execute("COMMIT")
    assert truncate_log(database.path)
