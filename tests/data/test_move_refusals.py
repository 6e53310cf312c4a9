"""Cases that a move refuses, processes that wait for it, and what a moved database refuses."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from bot.cli.ledger import open_database
from bot.domain.job import JobState
from bot.domain.pitch import RETRY_MS, Waiting
from bot.domain.quota import AuditContext
from bot.errors import DatabaseMoved, StorageError
from data import connect, grants, move_record, postgresql_exclusive, submissions
from data.database import Transaction
from data.database_url import sqlite_path
from data.exclusive import excluding_bots
from data.instance_lock import InstanceLock
from data.migration_files import load_migrations
from data.migrations_runner import migrate
from data.move_record import Departure
from data.postgresql import PostgresDatabase
from data.progress import Step
from data.table_copy import TABLES
from tests.helpers import migrated_file
from tests.helpers.every_table import contents, fill
from tests.helpers.interleaving import side_by_side
from tests.helpers.ledger_checks import execute, query
from tests.helpers.moves import BOTH_WAYS, move, now_ms, place, refused_move
from tests.helpers.pitching import Pitching
from tests.helpers.postgres_server import another_user
from tests.helpers.reserving import create_job, reserve
from tests.helpers.restore_helpers import names
from tests.helpers.settings import make_settings
from tests.helpers.store_harness import ALICE, BOB, GUILD, LIMITS, NOW, StoreHarness, a_job


@BOTH_WAYS
def test_a_target_with_rows_is_refused(source: str, target: str) -> None:
    connect.migrate(target)
    asyncio.run(fill(target))
    before = contents(target)
    assert refused_move(source, target) == (
        f"{connect.place_of(target)} already has rows (in pitches). Use an empty database."
    )
    assert contents(target) == before


async def _registered(url: str, work: Callable[[], str]) -> str:
    async with connect.open_instance_lock(url, lambda _: None) as lock:
        async with lock.register():
            pass
        return await asyncio.to_thread(work)


@BOTH_WAYS
@pytest.mark.parametrize("which", ["source", "target"])
def test_a_running_bot_is_refused(source: str, target: str, which: str) -> None:
    connect.migrate(target)
    url = source if which == "source" else target
    told = asyncio.run(_registered(url, lambda: refused_move(source, target)))
    assert told == f"{connect.place_of(url)} is in use. Stop the bot first."
    move(source, target)


@pytest.mark.parametrize("source", ["sqlite", "postgresql"], indirect=True)
def test_a_command_cannot_write_while_its_database_moves(
    source: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Its changes would stay behind in the old database."""
    is_file = source.startswith("sqlite")
    target = request.getfixturevalue("empty_postgresql_url") if is_file else f"sqlite:///{tmp_path / 'new.db'}"
    tried: list[str] = []

    def meanwhile(step: Step, *_: int) -> None:
        if step is not Step.COPY_ROWS or tried:
            return
        tried.append(source)
        if is_file:
            connecting = closing(sqlite3.connect(sqlite_path(source), timeout=0))
            with connecting as other, pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("DELETE FROM followers")
        url = target if is_file else source
        with pytest.raises(psycopg.errors.LockNotAvailable):
            query(make_conninfo(url, options="-c lock_timeout=1"), "DELETE FROM followers")

    connect.move(source, target, now_ms, progress=meanwhile)
    assert tried == [source]


@BOTH_WAYS
def test_a_command_that_waits_for_a_move_writes_nothing(source: str, target: str, tmp_path: Path) -> None:
    """The command checked for a move before the database was marked."""
    opened = threading.Event()
    refused: list[Exception] = []

    async def grant() -> None:
        async with open_database(make_settings(tmp_path, database_url=source)) as database:
            opened.set()
            with pytest.raises(DatabaseMoved) as told:
                await database.write(grants.grant, ALICE, 5, by=AuditContext(1, GUILD), now=NOW)
            refused.append(told.value)

    command = threading.Thread(target=asyncio.run, args=(grant(),))

    def begin(step: Step, done: int, _total: int) -> None:
        if (step, done) == (Step.COPY_ROWS, 0):
            command.start()
            assert opened.wait(20)

    connect.move(source, target, now_ms, progress=begin)
    command.join()
    assert len(refused) == 1
    assert query(place(source), "SELECT COUNT(*) AS n FROM ledger_entries WHERE extra = 4321") == [{"n": 0}]


@BOTH_WAYS
def test_wrong_sums_are_not_moved(source: str, target: str) -> None:
    execute(place(source), "UPDATE balances SET used = used + 1 WHERE scope = 'plan'")
    told = refused_move(source, target)
    assert told.startswith(f"The balances in {connect.place_of(source)} don't match its ledger: plan budget")


def test_a_file_of_an_older_version_arrives_in_this_version_s_schema(file_url: str, empty_postgresql_url: str) -> None:
    path = sqlite_path(file_url)
    migrate(path, load_migrations()[:3])
    execute(path, "INSERT INTO key_value (key, value) VALUES ('paused_at', '5')")
    move(file_url, empty_postgresql_url)
    assert query(empty_postgresql_url, "SELECT value FROM key_value WHERE key = 'paused_at'") == [{"value": "5"}]
    assert connect.pending_migrations(empty_postgresql_url) == ()
    assert query(path, "SELECT MAX(number) AS number FROM schema_migrations") == [{"number": 3}]


def test_what_is_no_database_of_the_bot_is_refused(file_url: str, empty_postgresql_url: str) -> None:
    path = sqlite_path(file_url)
    with pytest.raises(StorageError, match="No database at"):
        move(file_url, empty_postgresql_url)
    with pytest.raises(StorageError, match="isn't a Matinee database"):
        move(empty_postgresql_url, file_url)
    path.write_bytes(b"sun and sea" * 1000)
    with pytest.raises(StorageError, match="file is not a database"):
        move(file_url, empty_postgresql_url)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("folder", "isn't a file. Give the path of a file."),
        ("foreign", "has tables of another program"),
        ("newer", "has schema 9999 of a newer version"),
    ],
)
@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_a_target_that_is_no_file_of_this_version_is_refused(source: str, tmp_path: Path, kind: str, told: str) -> None:
    path = tmp_path / "target.db"
    if kind == "folder":
        path.mkdir()
    elif kind == "foreign":
        execute(path, "CREATE TABLE theirs (a)")
    else:
        migrated_file.create(path)
        execute(path, "INSERT INTO schema_migrations (number, name) VALUES (9999, 'newer')")
    assert told in refused_move(source, f"sqlite:///{path}")
    assert "target.db" in names(tmp_path)
    assert names(tmp_path, "target.db.*") == []


async def test_a_bot_that_starts_during_a_move_waits_for_its_end(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    url = f"sqlite:///{path}" if engine == "sqlite" else request.getfixturevalue("postgresql_url")
    excluding = excluding_bots(path) if engine == "sqlite" else postgresql_exclusive.excluding_bots(url)
    async with connect.open_instance_lock(url, lambda _: None) as lock:
        with excluding:
            registering = asyncio.create_task(_register(lock))
            done, _ = await asyncio.wait((registering,), timeout=0.1)
            assert not done
        assert await registering is False


async def _register(lock: InstanceLock) -> bool:
    async with lock.register() as is_only_one:
        return is_only_one


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_what_is_moved_already_is_moved_nowhere_else_and_nothing_to_itself(
    source: str, empty_postgresql_url: str, tmp_path: Path
) -> None:
    assert "is the database itself" in refused_move(source, source)
    with another_user(empty_postgresql_url, "matinee_reader") as reader:
        assert "lacks CREATE on the schema public" in refused_move(source, reader)
    move(source, empty_postgresql_url)
    with pytest.raises(StorageError, match="its rows are out of date"):
        move(source, f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert move(source, empty_postgresql_url).rows is None
    assert names(tmp_path, "elsewhere*") == []


DEPARTURE = Departure("1", "elsewhere", NOW, complete=True)
IS_MOVED = "This database was moved to elsewhere"


def move_away(tx: Transaction) -> None:
    """Lock every table and record the departure, as a move does."""
    tx.execute(f"LOCK TABLE {', '.join(TABLES)} IN SHARE MODE")
    move_record.set_departure(tx, DEPARTURE)


@pytest.mark.parametrize(
    ("work", "after"),
    [
        pytest.param(lambda tx: submissions.claim(tx, NOW, 10, 10, 10), "FROM breakers", id="claim"),
        pytest.param(lambda tx: create_job(tx, a_job(2, BOB), (), LIMITS), "FROM erasure_requests", id="order"),
    ],
)
async def test_work_that_a_move_overtakes_is_rejected(
    postgresql_url: str, work: Callable[[Transaction], object], after: str
) -> None:
    database = await PostgresDatabase.open(postgresql_url)
    try:
        store = StoreHarness(database)
        job = await store.queued(a_job(1))
        with pytest.raises(DatabaseMoved, match=IS_MOVED):
            await side_by_side(database, work, move_away, after=after)
        assert await store.state(job) is JobState.QUEUED
        assert (await store.member(BOB)).held == 0
    finally:
        await database.close()


async def test_nothing_is_claimed_ordered_or_paid_in_a_moved_database(store: StoreHarness) -> None:
    job = await store.queued(a_job(1))
    pitching = Pitching(store.database, store.place, replace(LIMITS, plan=300))
    waiting, opened = await pitching.made(300), await pitching.made(300)
    assert isinstance(await pitching.chip_in(waiting, ALICE, None), Waiting)
    await store.database.write(move_record.set_departure, DEPARTURE)
    books = await pitching.books()
    pitching.limits, pitching.now = LIMITS, NOW + RETRY_MS
    for work in (
        lambda: store.claimed(NOW, 10, 10, 10),
        lambda: reserve(store.database, a_job(2, BOB), (), LIMITS),
        lambda: pitching.chip_in(opened, BOB, 10),
        lambda: pitching.run_due(waiting),
    ):
        with pytest.raises(DatabaseMoved, match=IS_MOVED):
            await work()
    assert await store.state(job) is JobState.QUEUED
    assert (await pitching.found(waiting)).state.is_open
    assert await pitching.books() == books
