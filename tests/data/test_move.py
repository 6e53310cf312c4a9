"""A move of all rows, during which at most one database works, and what it and a moved database refuse."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from bot.cli.databases import open_database
from bot.core.errors import DatabaseMoved, StorageError
from bot.domain.credits import Month
from bot.domain.jobs import JobState
from bot.domain.pitches import RETRY_MS, PitchState
from bot.domain.quota import AuditContext
from data import gifts, reconciliation, reports, submissions
from data.database import Transaction, sqlite_path
from data.engine import move_record, rows, sqlite, table_copy
from data.engine.instance_lock import InstanceLock
from data.engine.migration_files import newest_migration
from data.engine.move_record import Departure
from data.engine.postgresql import PostgresDatabase
from data.engine.rows import Step, no_progress
from data.engine.sqlite import SqliteTransaction
from data.engine.table_copy import NOT_COPIED, TABLES
from data.storage import engines, exclusive
from data.storage.move import move as run_move
from data.storage.postgresql_exclusive import ExclusiveServer
from data.storage.sqlite_migrations import migrate
from tests.helpers import later_version, migrated_file
from tests.helpers.every_table import contents, fill, is_usable, settings_of
from tests.helpers.interleaving import side_by_side
from tests.helpers.killed_move import NAMES, UNTIL_MARKED
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query
from tests.helpers.moves import BOTH_WAYS, EITHER_WAY, move, now_ms, place, read, refusal, refused_move
from tests.helpers.pitching import Pitching, state_after
from tests.helpers.postgres_server import another_user
from tests.helpers.reserving import create_job, reserve
from tests.helpers.restore_helpers import names, watch_syncs
from tests.helpers.settings import make_settings
from tests.helpers.store_harness import ALICE, BOB, GUILD, LIMITS, NOW, StoreHarness, a_job

ROOT = Path(__file__).parent.parent.parent


@EITHER_WAY
def test_everything_arrives_and_the_old_database_is_refused(source: str, target: str) -> None:
    before = contents(source)
    engines.engine(target).migrate()
    execute(place(target), "INSERT INTO key_value (key, value) VALUES ('commands', 'digest')")
    assert move(source, target).rows == sum(len(rows) for rows in before.values())
    assert contents(target) == before == contents(source)
    assert read(target, reconciliation.find_discrepancies) == ()
    assert_ledger_consistent(sqlite_path(target) if target.startswith("sqlite") else target)
    assert re.fullmatch(
        rf"This database was moved to {re.escape(engines.engine(target).place)} \(\d{{4}}-\d\d-\d\d \d\d:\d\d UTC\)\."
        r" Set DATABASE_URL to that one\. To come back, move its rows here with `python -m bot move`\.",
        refusal(source),
    )
    read(target, move_record.reject_moved)


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_there_and_back_again_is_the_same(source: str, empty_postgresql_url: str, tmp_path: Path) -> None:
    before = contents(source)
    move(source, empty_postgresql_url)
    back = move(empty_postgresql_url, source)
    assert back.rows == sum(len(rows) for rows in before.values()), "the marks of a move are no rows"
    assert contents(source) == before
    assert read(source, reconciliation.find_discrepancies) == ()
    assert settings_of(sqlite_path(source)) == ("ok", 0)
    assert (sqlite_path(source).stat().st_mode & 0o777) == 0o600
    assert back.kept is not None
    assert {"movies.db", back.kept.name} <= {*names(tmp_path)}
    assert "was moved to" in refusal(empty_postgresql_url)


def test_what_arrives_at_a_new_path_during_a_move_is_not_replaced(tmp_path: Path) -> None:
    path, prepared = tmp_path / "movies.db", tmp_path / "prepared.db"
    with exclusive.hold(path) as new:
        for each in (path, prepared):
            migrate(each)
        execute(path, f"INSERT INTO present_servers (guild_id) VALUES ({GUILD})")
        with pytest.raises(FileExistsError):
            new.replace_by(prepared, NOW, no_progress, lambda: None)
    assert query(path, "SELECT guild_id FROM present_servers") == [{"guild_id": GUILD}]


Mover = Callable[[str, str, str], int]


@pytest.fixture(scope="module")
def mover() -> Iterator[Mover]:
    """A move in a process of its own, killed at a point."""
    command = [sys.executable, "-m", "tests.helpers.killed_move"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def run(source: str, target: str, point: str) -> int:
            stdin.write(json.dumps([source, target, point]) + "\n")
            stdin.flush()
            return int(stdout.readline())

        yield run
        stdin.close()


def wait_until_free(url: str) -> None:
    """Wait until the server has noticed that a process died."""
    if url.startswith("postgresql"):
        query(url, "SELECT pg_advisory_lock(1298232425, 1)")


AFTER_COMMIT = frozenset({"after target replaced", "before source marked 2", "after source marked 2"})
POINTS = [f"{when} {name}" for name in NAMES for when in ("before", "after")]
SAMPLE = {"after insert jobs", "after copy verified", "before source marked 1", "after source marked 1", *AFTER_COMMIT}
"""Points that each leave the two databases in a different state."""


@pytest.mark.parametrize(
    "point", [pytest.param(point, marks=() if point in SAMPLE else pytest.mark.slow) for point in POINTS]
)
@BOTH_WAYS
def test_a_killed_move_is_finished_by_a_second_run(source: str, target: str, point: str, mover: Mover) -> None:
    """Between the two commits, neither database works until the second run."""
    before = contents(source)
    assert mover(source, target, point) == -9
    for each in (source, target):
        wait_until_free(each)
    old_works = is_usable(source)
    assert old_works == (point in UNTIL_MARKED)
    assert is_usable(target) == (point in AFTER_COMMIT)
    if not old_works:
        complete = point == "after source marked 2"
        assert ("was moved to" if complete else "was interrupted at its end") in refusal(source)
    move(source, target)
    assert contents(target) == before
    assert "was moved to" in refusal(source)
    assert is_usable(target)
    for each in (source, target):
        if each.startswith("sqlite"):
            assert names(sqlite_path(each).parent, "*.moving*") == []


TO_SERVER = pytest.mark.parametrize(
    ("source", "target"), [("sqlite", "postgresql"), ("postgresql", "postgresql")], indirect=True
)
AT_COMMIT = "CONSTRAINT TRIGGER meddle AFTER INSERT ON jobs DEFERRABLE INITIALLY DEFERRED"
FILE_TO_SERVER = pytest.mark.parametrize(("source", "target"), [("sqlite", "postgresql")], indirect=True)


def make_trigger(url: str, when: str, body: str) -> None:
    engines.engine(url).migrate()
    execute(url, f"CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {body} END$$")
    execute(url, f"CREATE {when} FOR EACH ROW EXECUTE FUNCTION meddle()")


@TO_SERVER
def test_a_connection_that_is_lost_at_the_last_commit_is_found_out_by_a_second_run(source: str, target: str) -> None:
    before = contents(source)
    steps: list[Step] = []

    def cut_off(step: Step, done: int, total: int) -> None:
        steps.append(step)
        if step is Step.RECONCILE and done == total and Step.COPY_ROWS in steps[steps.index(Step.RECONCILE) :]:
            connections = "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            execute(target, f"SELECT pg_terminate_backend(pid) FROM {connections}")

    with pytest.raises(StorageError, match=r"unclear whether the rows are in "):
        move(source, target, cut_off)
    assert "was interrupted at its end" in refusal(source)
    assert move(source, target).rows is not None
    assert contents(target) == before


@pytest.mark.parametrize("source", ["sqlite", "postgresql"], indirect=True)
def test_a_move_stopped_after_a_file_s_last_commit_does_not_give_the_source_back(source: str, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path / 'target.db'}"
    engines.engine(target).migrate()

    def stop(step: Step, *_: int) -> None:
        if step is Step.REPLACE:
            raise KeyboardInterrupt

    with pytest.raises(StorageError, match=r"unclear whether the rows are in "):
        move(source, target, stop)
    assert "was interrupted at its end" in refusal(source)
    assert move(source, target).rows is None
    assert contents(target) == contents(source)


@TO_SERVER
def test_a_last_commit_that_fails_gives_the_old_database_back(source: str, target: str) -> None:
    make_trigger(target, AT_COMMIT, "RAISE 'the disk is full';")
    assert refused_move(source, target) == "Can't use the database: the disk is full"


@FILE_TO_SERVER
def test_a_move_tells_why_it_failed_also_where_the_old_database_can_t_be_given_back(source: str, target: str) -> None:
    make_trigger(target, AT_COMMIT, "RAISE 'the disk is full';")
    execute(place(source), "CREATE TRIGGER kept BEFORE DELETE ON key_value BEGIN SELECT RAISE(ABORT, 'not now'); END")
    with pytest.raises(StorageError, match=r"a bot refuses to start on .* until .* again\. \(the disk is full .*\)$"):
        move(source, target)
    assert "was interrupted at its end" in refusal(source)


@FILE_TO_SERVER
def test_a_move_whose_last_mark_fails_says_so_and_is_finished_by_a_second_run(source: str, target: str) -> None:
    before, path = contents(source), place(source)
    execute(path, "CREATE TRIGGER kept BEFORE UPDATE ON key_value BEGIN SELECT RAISE(ABORT, 'not now'); END")
    with pytest.raises(StorageError, match=r"unclear whether the rows are in .*not now"):
        move(source, target)
    execute(path, "DROP TRIGGER kept")
    assert move(source, target).rows is None
    assert contents(target) == before


@pytest.mark.parametrize("source", ["sqlite", "postgresql"], indirect=True)
def test_a_held_database_that_can_t_be_frozen_can_be_given_back(source: str) -> None:
    """As where another program waited for its tables, and got them when a move's mark was committed."""
    with engines.engine(source).hold() as database:
        if isinstance(database, ExclusiveServer):
            database.connection.execute("SET lock_timeout = 100")
            with psycopg.connect(source) as other:
                other.execute("LOCK TABLE jobs IN ROW EXCLUSIVE MODE")
                with pytest.raises(psycopg.errors.LockNotAvailable):
                    database.freeze()
        database.write(lambda tx: rows.set_value(tx, "a", "given back"))
    assert query(place(source), "SELECT value FROM key_value WHERE key = 'a'") == [{"value": "given back"}]


@pytest.mark.parametrize("source", ["sqlite", "postgresql"], indirect=True)
def test_what_is_committed_in_a_held_database_has_no_more_to_wait_for(source: str) -> None:
    """Another program may have the tables next, and the change would be told to have failed."""
    with engines.engine(source).hold() as database:
        database.freeze()
        database.write(lambda tx: rows.set_value(tx, "a", "held"))
        free = source if source.startswith("sqlite") else make_conninfo(source, options="-c lock_timeout=100")
        execute(place(free), "UPDATE key_value SET value = 'changed' WHERE key = 'a'")
    assert query(place(source), "SELECT value FROM key_value WHERE key = 'a'") == [{"value": "changed"}]


@TO_SERVER
def test_rows_that_arrive_wrong_are_not_kept(source: str, target: str, tmp_path: Path) -> None:
    make_trigger(target, "TRIGGER meddle BEFORE INSERT ON balances", "NEW.used = NEW.used + 1; RETURN NEW;")
    assert "don't match its ledger: " in refused_move(source, target)
    assert not is_usable(target)
    assert names(tmp_path, "*.moving*") == [], "no copy of the rows is left"


@BOTH_WAYS
def test_a_restored_target_leaves_the_source_refused(source: str, target: str, mover: Mover) -> None:
    """Both databases have the same queue, and would order it twice."""
    assert mover(source, target, "after target replaced") == -9
    wait_until_free(source)
    wait_until_free(target)
    execute(place(target), "DELETE FROM key_value WHERE key = 'moved_from'")
    with pytest.raises(StorageError, match="was interrupted, and there are rows now"):
        move(source, target)
    assert "was interrupted at its end" in refusal(source)


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_a_move_goes_on_to_its_target(source: str, empty_postgresql_url: str, tmp_path: Path, mover: Mover) -> None:
    assert mover(source, empty_postgresql_url, "after source marked 1") == -9
    wait_until_free(empty_postgresql_url)
    with pytest.raises(StorageError, match=r"was interrupted\. Use that database"):
        move(source, f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert move(source, empty_postgresql_url).rows is not None


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_a_new_file_is_not_mixed_with_an_old_log(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite would replay a deleted file's log into it. What a killed move left goes, whatever the file is called."""
    before, path, other = contents(source), tmp_path / "new[1].db", tmp_path / "new1.db.moving"
    path.with_name("new[1].db-wal").write_bytes(b"a log")
    for file in (path.with_name("new[1].db.moving"), other):
        file.touch()
    synced = watch_syncs(monkeypatch)
    move(source, f"sqlite:///{path}")
    assert synced[path.stat().st_ino] == path.read_bytes()
    [kept] = [name for name in names(tmp_path) if name.startswith("new[1].db.before-move-")]
    assert (tmp_path / kept).read_bytes() == b"a log"
    assert contents(f"sqlite:///{path}") == before
    assert names(tmp_path, "*.moving*") == [other.name]


@pytest.mark.parametrize(("source", "target"), [("postgresql", "postgresql")], indirect=True)
def test_moves_between_servers_do_not_share_a_file(source: str, target: str, tmp_path: Path) -> None:
    others, seen = [tmp_path / f"postgresql.moving{end}" for end in ("", "-0123abcd")], set[str]()
    for file in others:
        file.touch()

    def look(*_: object) -> None:
        seen.update(names(tmp_path, "postgresql.*"))

    run_move(engines.engine(source), engines.engine(target), tmp_path, now_ms, look)
    assert names(tmp_path, "postgresql.*") == [file.name for file in others]
    made = seen - {file.name for file in others}
    assert any(re.fullmatch(r"postgresql\.moving\.[0-9a-f]{8}\.part", name) for name in made)


@BOTH_WAYS
def test_a_target_with_rows_is_refused(source: str, target: str) -> None:
    engines.engine(target).migrate()
    asyncio.run(fill(target))
    before = contents(target)
    assert refused_move(source, target) == (
        f"{engines.engine(target).place} already has rows (in pitches). Use an empty database."
    )
    assert contents(target) == before


async def _registered(url: str, work: Callable[[], str]) -> str:
    async with engines.engine(url).open_instance_lock(lambda _: None) as lock:
        async with lock.register():
            pass
        return await asyncio.to_thread(work)


@BOTH_WAYS
@pytest.mark.parametrize("which", ["source", "target"])
def test_a_running_bot_is_refused(source: str, target: str, which: str) -> None:
    engines.engine(target).migrate()
    url = source if which == "source" else target
    told = asyncio.run(_registered(url, lambda: refused_move(source, target)))
    assert told == f"{engines.engine(url).place} is in use. Stop the bot first."
    move(source, target)


@pytest.mark.full
@pytest.mark.parametrize("source", ["sqlite", "postgresql"], indirect=True)
def test_no_command_writes_while_a_database_moves(source: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
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

    move(source, target, meanwhile)
    assert tried == [source]


@BOTH_WAYS
def test_a_command_that_waits_for_a_move_writes_nothing(source: str, target: str, tmp_path: Path) -> None:
    opened = threading.Event()
    refused: list[Exception] = []

    async def grant() -> None:
        async with open_database(make_settings(tmp_path, database_url=source)) as database:
            opened.set()
            with pytest.raises(DatabaseMoved) as told:
                await database.write(gifts.grant, ALICE, 5, by=AuditContext(1, GUILD))
            refused.append(told.value)

    command = threading.Thread(target=asyncio.run, args=(grant(),))

    def begin(step: Step, done: int, _total: int) -> None:
        if (step, done) == (Step.COPY_ROWS, 0):
            command.start()
            assert opened.wait(20)

    move(source, target, begin)
    command.join()
    assert len(refused) == 1
    assert query(place(source), "SELECT COUNT(*) AS n FROM ledger_entries WHERE extra = 4321") == [{"n": 0}]


@BOTH_WAYS
def test_wrong_sums_are_not_moved(source: str, target: str) -> None:
    execute(place(source), "UPDATE balances SET used = used + 1 WHERE scope = 'plan'")
    told = refused_move(source, target)
    assert told.startswith(f"The balances in {engines.engine(source).place} don't match its ledger: plan budget")


def test_a_file_of_an_older_version_arrives_in_this_version_s_schema(
    file_url: str, empty_postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sqlite_path(file_url)
    migrate(path)
    execute(path, "INSERT INTO key_value (key, value) VALUES ('paused_at', '5')")
    version = newest_migration()
    later_version.begin(monkeypatch, tmp_path)
    move(file_url, empty_postgresql_url)
    assert query(empty_postgresql_url, "SELECT value FROM key_value WHERE key = 'paused_at'") == [{"value": "5"}]
    assert engines.engine(empty_postgresql_url).pending_migrations() == ()
    assert query(path, "SELECT MAX(number) AS number FROM schema_migrations") == [{"number": version}]


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


async def test_a_bot_that_starts_waits_for_a_move(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    url = f"sqlite:///{path}" if engine == "sqlite" else request.getfixturevalue("postgresql_url")
    async with engines.engine(url).open_instance_lock(lambda _: None) as lock:
        with engines.engine(url).hold():
            registering = asyncio.create_task(_register(lock))
            done, _ = await asyncio.wait((registering,), timeout=0.1)
            assert not done
        assert await registering is False


async def _register(lock: InstanceLock) -> bool:
    async with lock.register() as is_only_one:
        return is_only_one


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_a_moved_database_moves_nowhere_else(source: str, empty_postgresql_url: str, tmp_path: Path) -> None:
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
        pytest.param(lambda tx: submissions.claim(tx, 10, 10, 10), "FROM breakers", id="claim"),
        pytest.param(lambda tx: create_job(tx, a_job(2, BOB), (), LIMITS), "FROM erasure_requests", id="order"),
    ],
)
async def test_work_that_a_move_overtakes_is_rejected(
    postgresql_url: str, work: Callable[[Transaction], object], after: str
) -> None:
    async with await PostgresDatabase.open(postgresql_url) as database:
        store = StoreHarness(database)
        job = await store.queued(a_job(1))
        with pytest.raises(DatabaseMoved, match=IS_MOVED):
            await side_by_side(database, work, move_away, after=after)
        assert await store.state(job) is JobState.QUEUED
        assert (await store.member(BOB)).held == 0


async def test_nothing_is_claimed_ordered_or_paid_in_a_moved_database(store: StoreHarness) -> None:
    job = await store.queued(a_job(1))
    pitching = Pitching(store.database, store.place, replace(LIMITS, plan=300))
    waiting, opened = await pitching.made(300), await pitching.made(300)
    assert state_after(await pitching.chip_in(waiting, ALICE, None)) is PitchState.WAITING_FOR_PLAN
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


Transactions = tuple[SqliteTransaction, SqliteTransaction]
"""Of a source and its target."""


def test_every_table_is_copied_or_named_after_those_that_it_refers_to_and_by_its_key(path: Path) -> None:
    tables = {row["name"] for row in query(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {*TABLES, *NOT_COPIED}
    for number, table in enumerate(TABLES):
        referred = {row["table"] for row in query(path, f"PRAGMA foreign_key_list({table})")}
        assert referred <= {*[*TABLES][:number], table}, table
        key = sorted((row["pk"], row["name"]) for row in query(path, f"PRAGMA table_info({table})") if row["pk"])
        assert TABLES[table] == ", ".join(name for _, name in key), table


@pytest.fixture
async def original(path: Path) -> Path:
    await fill(f"sqlite:///{path}")
    return path


@pytest.fixture
def transactions(original: Path, tmp_path: Path) -> Iterator[Transactions]:
    migrated_file.create(tmp_path / "other.db")
    with closing(sqlite.open_file(original)) as source, closing(sqlite.open_file(tmp_path / "other.db")) as target:
        yield SqliteTransaction(source), SqliteTransaction(target)


def test_a_copy_has_every_row(transactions: Transactions, original: Path, tmp_path: Path) -> None:
    source, target = transactions
    before = contents(f"sqlite:///{original}")
    assert [table for table, rows in before.items() if not rows] == []
    reported = list[tuple[int, int]]()
    rows = table_copy.copy_tables(source, target, lambda _, done, total: reported.append((done, total)))
    assert rows == sum(len(found) for found in before.values())
    assert reported == [(0, rows), (rows, rows)]
    assert contents(f"sqlite:///{tmp_path / 'other.db'}") == before
    for table in ("jobs", "outbox"):
        leased = f"SELECT * FROM {table} WHERE leased_by IS NOT NULL OR leased_until IS NOT NULL"
        assert query(original, leased) != []
        assert query(tmp_path / "other.db", leased) == []


def test_a_copy_that_lacks_a_row_is_refused(transactions: Transactions) -> None:
    source, target = transactions
    target.execute("CREATE TRIGGER leave_out BEFORE INSERT ON followers BEGIN SELECT RAISE(IGNORE); END")
    with pytest.raises(StorageError, match="the copy of followers has 0 rows instead of 1"):
        table_copy.copy_tables(source, target)


Reported = list[tuple[Step, int, int]]


@pytest.mark.sqlite
async def test_an_audit_and_a_report_count_their_queries(store: StoreHarness) -> None:
    audit: Reported = []
    report: Reported = []
    await store.database.read_long(reconciliation.find_discrepancies, lambda *at: audit.append(at))
    assert audit == [(Step.RECONCILE, done, len(audit) - 1) for done in range(len(audit))] != []
    month = Month.containing(NOW)
    await store.database.read_long(reports.report, None, month, lambda *at: report.append(at))
    assert report == [(Step.ADD_UP, done, 5) for done in range(6)] + audit


@EITHER_WAY
def test_a_backup_a_restore_and_a_move_report_every_step(source: str, target: str, tmp_path: Path) -> None:
    reported: Reported = []

    def steps() -> list[Step]:
        """Return the steps, each of which grew to its total, and forget them."""
        for (step, done, total), (next_step, next_done, next_total) in pairwise(reported):
            assert done <= total
            if step is next_step and next_done:
                assert (next_done >= done, next_total) == (True, total)
        ended = [step for step, done, total in reported if done == total]
        assert [*dict.fromkeys(ended)] == [*dict.fromkeys(step for step, _ in groupby(each[0] for each in reported))]
        reported.clear()
        return ended

    is_file, to_file = source.startswith("sqlite"), target.startswith("sqlite")
    copied = [*([Step.COPY, Step.CHECK_FILE] if is_file else [Step.COPY_ROWS]), Step.RECONCILE]
    backup = engines.engine(source).create_backup(tmp_path / "copy.db", progress=lambda *at: reported.append(at))
    assert steps() == copied
    engines.engine(source).restore(backup.path, tmp_path, NOW, progress=lambda *at: reported.append(at))
    replaced = [Step.KEEP_PREVIOUS, Step.REPLACE] if is_file else [Step.COPY_ROWS, Step.COPY_ROWS, Step.RECONCILE]
    prepared = [Step.COPY, Step.CHECK_FILE, Step.MIGRATE, Step.HOLD_JOBS, Step.RECONCILE]
    assert steps() == [*prepared, *replaced]
    move(source, target, lambda *at: reported.append(at))
    assert steps() == [*copied, *([] if to_file else [Step.COPY_ROWS, Step.RECONCILE])]
