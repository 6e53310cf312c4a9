"""The PostgreSQL driver: transactions, lost connections, sessions of processes, URLs, the check and the schema."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, closing
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from bot.cli.databases import now_ms
from bot.core.errors import ConstraintViolation, SchemaTooNew, SchemaUnknown, StorageError
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS, Shard
from data.database import Transaction
from data.engine import postgresql, postgresql_connection, rows
from data.engine.migration_files import Migration, load_migrations
from data.engine.postgresql import PostgresDatabase
from data.engine.postgresql_connection import PostgresSession, connect, conninfo, examine, is_exposed, place_of
from data.storage import postgresql_exclusive
from data.storage.postgresql_migrations import migrate, pending_migrations
from tests.helpers import postgres_server
from tests.helpers.clock import clock_of
from tests.helpers.ledger_checks import execute, query
from tests.helpers.ports import free_port
from tests.helpers.postgres_server import another_user
from tests.helpers.store_harness import HOUR, StoreHarness, a_job
from tests.helpers.transactions import put, seen
from tests.helpers.woken import Woken

END_ALL = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
END_CONNECTION = "SELECT pg_terminate_backend(pg_backend_pid())"
pytestmark = pytest.mark.postgresql


async def test_no_connection_waits_forever(database: PostgresDatabase, postgresql_url: str) -> None:

    def bounds(tx: Transaction) -> tuple[object, ...]:
        names = ("lock_timeout", "idle_in_transaction_session_timeout")
        return tuple(row[0] for name in names if (row := tx.fetch_one(f"SHOW {name}")) is not None)

    assert await database.write(bounds) == ("5s", "30s")
    assert await database.read_long(bounds) == ("5s", "30s")
    with postgresql_exclusive.hold(postgresql_url) as held:
        row = held.connection.execute("SHOW idle_in_transaction_session_timeout").fetchone()
    assert row[0] == "0"


async def test_neither_a_hidden_error_nor_a_text_with_a_nul_is_committed(database: PostgresDatabase) -> None:
    """PostgreSQL answers such a COMMIT with a rollback and no error."""

    def run(tx: Transaction) -> None:
        put("a")(tx)
        with pytest.raises(psycopg.IntegrityError):
            put("a")(tx)

    with pytest.raises(StorageError, match="for an unknown reason"):
        await database.write(run)
    assert seen(database.url) == []
    with pytest.raises(ConstraintViolation, match="NUL"):
        await database.write(rows.set_value, "a", "b\0c")
    assert seen(database.url) == []


async def test_a_deadlock_is_retried(database: PostgresDatabase) -> None:
    for key in ("a", "b"):
        await database.write(put(key, ""))
    both = threading.Barrier(2)
    runs: list[str] = []

    def lock(first: str, second: str) -> Callable[[Transaction], None]:
        def run(tx: Transaction) -> None:
            runs.append(first)
            for key in (first, second):
                tx.execute("UPDATE key_value SET value = value || 'x' WHERE key = :key", {"key": key})
                if len(runs) <= 2 and key == first:
                    both.wait(30)

        return run

    await asyncio.gather(database.write(lock("a", "b")), database.write(lock("b", "a")))
    assert len(runs) >= 3  # the one that runs again can be faster than the one that waits
    assert [row["value"] for row in query(database.url, "SELECT value FROM key_value")] == ["xx", "xx"]


async def test_a_connection_lost_before_the_commit_is_replaced_once(database: PostgresDatabase) -> None:
    lost: list[int] = []

    def run(tx: Transaction) -> None:
        put("a")(tx)
        lost.append(1)
        if len(lost) == 1:
            tx.execute(END_CONNECTION)

    await database.write(run)
    assert (len(lost), seen(database.url)) == (2, ["a"])
    with pytest.raises(StorageError, match="Can't use the database"):
        await database.write(lambda tx: tx.execute(END_CONNECTION))
    with pytest.raises(StorageError, match="terminating connection"):
        await database.read_long(lambda tx: tx.execute(END_CONNECTION))
    assert await database.write(put("after")) == "after"


async def test_a_transaction_that_runs_again_has_the_time_of_its_call(database: PostgresDatabase) -> None:
    clock, times = clock_of(database), list[int]()

    def run(tx: Transaction) -> None:
        times.append(tx.now)
        if len(times) == 1:
            clock.turn_to(tx.now + HOUR)
            tx.execute(END_CONNECTION)

    called_at = clock.now()
    await database.write(run)
    assert times == [called_at, called_at]


async def test_all_connections_lost_while_idle_are_replaced(database: PostgresDatabase) -> None:
    query(database.url, f"{END_ALL} AND application_name = 'matinee'")
    assert await asyncio.gather(*(database.write(put(str(number))) for number in range(8)))
    assert len(seen(database.url)) == 8


async def test_a_commit_without_an_answer_is_unknown(database: PostgresDatabase, woken: Woken) -> None:
    """It is not run again: its changes may be kept, so it wakes what they make due."""

    def run(tx: Transaction) -> None:
        tx.wake("messages")
        runs.append(put("a")(tx))

    end = f"BEGIN PERFORM ({END_CONNECTION}); RETURN NULL; END"
    execute(database.url, f"CREATE FUNCTION end_connection() RETURNS trigger LANGUAGE plpgsql AS $$ {end} $$")
    at_commit = "AFTER INSERT ON key_value DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION end_connection()"
    execute(database.url, f"CREATE CONSTRAINT TRIGGER at_commit {at_commit}")
    runs: list[str] = []
    try:
        with pytest.raises(StorageError, match="is unknown"):
            await database.write(run)
    finally:
        execute(database.url, "DROP FUNCTION end_connection CASCADE")
    assert (runs, woken.topics) == (["a"], {"messages"})


async def test_a_database_of_few_connections_is_refused(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "CONNECT_SECONDS", 1)
    with (
        another_user(postgresql_url, "matinee_narrow", connection_limit=2) as narrow,
        pytest.raises(StorageError, match="fewer than 3 connections"),
    ):
        await PostgresDatabase.open(narrow, connections=3)


# ── the session: live processes, the leader and signals ───────────────────────────────────────────────────────────────

SHARD = Shard(0, 1)
READY = frozenset({SHARD})
_BACKEND = "SELECT 1 FROM pg_stat_activity WHERE pid = %s"


class Processes:
    """Opens sessions, each of which acts as one process."""

    def __init__(self, url: str, stack: AsyncExitStack) -> None:
        self.url = url
        self._stack = stack

    async def start(self) -> tuple[PostgresSession, asyncio.Queue[str | None]]:
        signals: asyncio.Queue[str | None] = asyncio.Queue()
        return await self._stack.enter_async_context(PostgresSession(self.url, signals.put_nowait)), signals

    async def end(self, session: PostgresSession) -> None:
        pid = session._connection.info.backend_pid
        await session.__aexit__()
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
            while await (await connection.execute(_BACKEND, (pid,))).fetchone():
                pass

    def cut(self, session: PostgresSession) -> None:
        """End a session's connection at the server, before its process can notice it."""
        pid = session._connection.info.backend_pid
        query(self.url, "SELECT pg_terminate_backend(?, 5000)", pid)


@pytest.fixture
async def processes(postgresql_database: str) -> AsyncGenerator[Processes]:
    execute(postgresql_database, f"{END_ALL} AND pid <> pg_backend_pid()")
    async with AsyncExitStack() as stack:
        yield Processes(postgresql_database, stack)


async def next_signal(signals: asyncio.Queue[str | None]) -> str | None:
    return await asyncio.wait_for(signals.get(), 10)


async def is_alone(session: PostgresSession) -> bool:
    async with session.register() as only_instance:
        return only_instance


async def test_the_first_process_is_alone_and_the_second_is_not(processes: Processes) -> None:
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


async def test_a_process_sees_whom_another_one_answers(processes: Processes, empty_postgresql_url: str) -> None:
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
    await one.publish(["submissions", "messages"])
    assert [await next_signal(at_other), await next_signal(at_other)] == ["submissions", "messages"]
    await other.publish(["probes"])
    assert await next_signal(at_one) == "probes"


async def test_an_idle_session_sleeps_until_the_server_sends_something(
    processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one, _), (other, at_other) = await processes.start(), await processes.start()
    notifies, reads = psycopg.AsyncConnection.notifies, list[object]()

    def count(connection: psycopg.AsyncConnection[Any], **options: Any) -> AsyncGenerator[psycopg.Notify]:
        reads.append(connection)
        return notifies(connection, **options)

    monkeypatch.setattr(psycopg.AsyncConnection, "notifies", count)
    for _ in range(20):
        await one.another_ready(SHARD)
    assert reads.count(other._connection) <= 1, "one at the start"
    await one.publish(["messages"])
    assert await next_signal(at_other) == "messages"


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
    await other.publish(["messages"])
    assert await next_signal(at_one) == "messages"


async def test_readiness_that_could_not_be_published_is_published_by_the_restored_session(processes: Processes) -> None:
    (one, at_one), (other, _) = await processes.start(), await processes.start()
    processes.cut(one)
    await one.publish_ready(READY)
    assert await next_signal(at_one) is None
    async with asyncio.timeout(10):
        while not await other.another_ready(SHARD):
            pass


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


# ── URLs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_server_that_is_not_there_is_one_clear_error_without_user_and_password() -> None:
    with pytest.raises(StorageError, match="Can't use the database: connection"):
        await PostgresDatabase.open("postgresql://matinee:secret@127.0.0.1:1/none")
    with pytest.raises(StorageError, match="Can't use the database: connection"):
        await PostgresSession("postgresql://matinee@127.0.0.1:1/none", print).__aenter__()
    with pytest.raises(StorageError, match="DATABASE_URL is not a valid URL") as caught:
        connect("postgresql://matinee:hunter2%-and@127.0.0.1:1/none")
    assert caught.value.__suppress_context__, "no password is shown"
    assert place_of("postgresql://matinee:hunter2@db.test:6543/movies") == "movies on db.test, port 6543"
    assert place_of("postgresql:///movies") == "movies on this machine, port 5432"


def test_a_connection_elsewhere_is_exposed_unless_it_verifies_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Host and SSL mode can come from libpq's environment."""
    for elsewhere in ("db.test", "[2001:db8::1]", "localhost,db.test"):
        assert is_exposed(f"postgresql://matinee@{elsewhere}/movies")
    assert is_exposed("postgresql://matinee@db.test/movies?sslmode=require")
    assert is_exposed("postgresql://matinee@localhost/movies?hostaddr=203.0.113.5")
    for here in ("localhost", "127.8.8.8:6543", "[::1]", ""):
        assert not is_exposed(f"postgresql://matinee@{here}/movies")
    for safe in ("matinee@db.test/movies?sslmode=verify-full", "matinee@/movies?host=/run/postgresql", "/movies"):
        assert not is_exposed(f"postgresql://{safe}")
    monkeypatch.setenv("PGHOST", "db.test")
    assert is_exposed("postgresql:///movies")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert not is_exposed("postgresql:///movies")


# ── a lost machine is noticed within a minute; none can be cut off here, so settings are compared ───────────────────

SECONDS = {"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3"}
EXPECTED = SECONDS | ({"tcp_user_timeout": "30000"} if sys.platform == "linux" else {})
"""Other systems have no limit for data that is not acknowledged."""

SETTINGS = "SELECT current_setting(name) FROM unnest(%s::text[]) AS name"


@pytest.fixture
def tcp_url() -> Generator[str]:
    """A server's URL over TCP: a Unix socket has no keepalives."""
    port = free_port()
    options = {**postgres_server.SERVER_OPTIONS, "listen_addresses": "127.0.0.1", "port": str(port)}
    try:
        with postgres_server.running_server(options):
            yield f"postgresql://matinee@127.0.0.1:{port}/postgres"
    except postgres_server.NoServer as exc:
        pytest.skip(str(exc))


@pytest.mark.full
async def test_every_connection_has_the_servers_keepalives_set(tcp_url: str) -> None:
    """Without them, a lost machine locks rows, and counts as the leader, for two hours."""
    with closing(connect(tcp_url)) as connection:
        rows = connection.execute(SETTINGS, ([*EXPECTED],)).fetchall()
    assert [row[0] for row in rows] == [*EXPECTED.values()]
    async with PostgresSession(tcp_url, print) as session:
        rows = await (await session._connection.execute(SETTINGS, ([*EXPECTED],))).fetchall()
    assert [row[0] for row in rows] == [*EXPECTED.values()]
    async with await PostgresDatabase.open(tcp_url) as database:
        for way in (database.read, database.write):
            shown = [await way(lambda tx, name=name: tx.fetch_value(f"SHOW {name}")) for name in EXPECTED]
            assert shown == [*EXPECTED.values()]


def test_a_client_asks_for_keepalives_and_a_timeout_of_its_own() -> None:
    """Keepalives are sent on idle connections only, so a timeout covers statements."""
    options = conninfo_to_dict(conninfo("postgresql://matinee@db.test/matinee"))
    expected = {"keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}
    assert options.items() >= {"keepalives": "1", "tcp_user_timeout": "30000", **expected}.items()


# ── the check ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_server_is_described_by_version_latency_and_clock(postgresql_url: str) -> None:
    report = examine(postgresql_url, now_ms)
    assert int(report.version.split(".")[0]) >= 13
    assert report.latency_ms > 0
    assert abs(report.clock_difference_ms) <= MAX_CLOCK_DIFFERENCE_MS
    for ahead, by in ((HOUR, r"\+3600\.\d"), (-HOUR, r"-(3600\.\d|3599\.9)")):
        with pytest.raises(StorageError, match=rf"differs from the database server's by {by} s"):
            examine(postgresql_url, lambda ahead=ahead: now_ms() + ahead)


def test_missing_privileges_a_missing_schema_and_a_pooler_are_named(postgresql_url: str) -> None:
    on_jobs = ", .*".join(f"{each} on jobs" for each in ("DELETE", "INSERT", "SELECT", "UPDATE"))
    with another_user(postgresql_url, "matinee_stranger") as stranger:
        with pytest.raises(StorageError, match=rf"lacks CREATE on the schema public, .*{on_jobs}.*\. Grant it"):
            examine(stranger, now_ms)
        execute(postgresql_url, "ALTER ROLE matinee_stranger SET search_path = nowhere")
        with pytest.raises(StorageError, match=r"has no schema .* Set the user's search_path\."):
            examine(stranger, now_ms)
    with closing(connect(postgresql_url)) as connection, closing(connect(postgresql_url)) as other:
        postgresql_connection.reject_pooler(connection, other)
        with pytest.raises(StorageError, match="pooler in transaction mode"):
            postgresql_connection.reject_pooler(connection, connection)


# ── the schema ────────────────────────────────────────────────────────────────────────────────────────────────────────

ALL = load_migrations("postgresql")
NAMES = tuple(migration.name for migration in ALL)


def test_two_processes_at_once_migrate_once_and_a_failed_migration_leaves_nothing(empty_postgresql_url: str) -> None:
    assert pending_migrations(empty_postgresql_url) == NAMES
    with ThreadPoolExecutor(2) as pool:
        applied = [*pool.map(migrate, [empty_postgresql_url, empty_postgresql_url])]
    assert sorted(name for each in applied for name in each) == sorted(NAMES)
    assert (migrate(empty_postgresql_url), pending_migrations(empty_postgresql_url)) == ((), ())
    broken = Migration(9999, "9999_broken", "CREATE TABLE half (a TEXT); SELECT no_such_function();")
    with pytest.raises(StorageError, match="no_such_function"):
        migrate(empty_postgresql_url, (*ALL, broken))
    assert query(empty_postgresql_url, "SELECT to_regclass('half') AS found") == [{"found": None}]
    assert pending_migrations(empty_postgresql_url) == ()
    with pytest.raises(SchemaTooNew):
        migrate(empty_postgresql_url, (Migration(1, "0001_first", ""),))


def test_another_programs_table_is_rejected_only_where_the_bot_would_make_it(empty_postgresql_url: str) -> None:
    """Extensions put tables of their own into the schema."""
    execute(empty_postgresql_url, "CREATE TABLE spatial_ref_sys (id INTEGER)")
    assert pending_migrations(empty_postgresql_url) == NAMES
    execute(empty_postgresql_url, "CREATE TABLE jobs (id INTEGER)")
    for use in (migrate, pending_migrations):
        with pytest.raises(SchemaUnknown, match="has tables of another program"):
            use(empty_postgresql_url)


def test_ids_sort_by_their_bytes_whatever_the_servers_locale(postgresql_url: str) -> None:
    wrong = query(
        postgresql_url,
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND data_type = 'text' AND (column_name IN ('id', 'hold_id', 'root_id') OR column_name LIKE '%job_id')"
        " AND collation_name IS DISTINCT FROM 'C'",
    )
    assert wrong == []


# ── beside a running process ─────────────────────────────────────────────────────────────────────────────────────────

LATER = Migration(
    9999,
    "9999_later",
    "ALTER TABLE jobs ADD COLUMN later TEXT; ALTER TABLE member_preferences ADD COLUMN later TEXT",
)
_WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND relation = %s::regclass"


def apply_later(url: str) -> asyncio.Future[tuple[str, ...]]:
    return asyncio.get_running_loop().run_in_executor(None, migrate, url, (*ALL, LATER))


def watch_until_it_waits(connection: psycopg.Connection, table: str) -> None:
    while connection.execute(_WAITING, (table,)).fetchone() is None:
        pass


@pytest.fixture
def newer(postgresql_url: str) -> Iterator[psycopg.Connection]:
    """The connection of a newer version, whose columns are dropped afterwards."""
    with closing(psycopg.connect(postgresql_url, autocommit=True)) as connection:
        yield connection
        connection.execute("ALTER TABLE member_preferences DROP COLUMN IF EXISTS later")
        connection.execute("ALTER TABLE jobs DROP COLUMN IF EXISTS later")
        connection.execute("DELETE FROM schema_migrations WHERE number = 9999")


async def test_an_order_succeeds_after_a_column_was_added(newer: psycopg.Connection, store: StoreHarness) -> None:
    """On each connection, PostgreSQL rejects a prepared `SELECT *` whose columns changed."""
    for number in range(1, 41):  # a connection prepares a statement at its sixth use
        await store.reserved(a_job(number, cost=10))
    newer.execute("ALTER TABLE member_preferences ADD COLUMN later TEXT")
    await store.reserved(a_job(41, cost=10))


async def test_a_waiting_migration_stops_no_order(
    newer: psycopg.Connection, store: StoreHarness, postgresql_url: str
) -> None:
    """PostgreSQL queues every other statement behind a waiting ALTER TABLE."""
    with psycopg.connect(postgresql_url) as backup:
        backup.execute("SELECT COUNT(*) FROM jobs")
        migration = apply_later(postgresql_url)
        watch_until_it_waits(newer, "jobs")
        await store.reserved(a_job(1))
        assert not migration.done()
    assert await migration == (LATER.name,)


async def test_a_migration_that_meets_an_order_is_applied(newer: psycopg.Connection, postgresql_url: str) -> None:
    """An order locks preferences first, and the migration locks jobs first."""
    with psycopg.connect(postgresql_url) as order:
        order.execute("SELECT COUNT(*) FROM member_preferences")
        migration = apply_later(postgresql_url)
        watch_until_it_waits(newer, "member_preferences")
        order.execute("SET deadlock_timeout = '30s'")  # so that the order is not the one that gives up
        order.execute("SELECT COUNT(*) FROM jobs")
    assert await migration == (LATER.name,)
