"""The PostgreSQL driver: transactions, retries, lost connections, types and errors."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.domain.credits import Limits
from bot.domain.order import OrderPlaced
from bot.errors import ConstraintViolation, StorageError
from data import key_value, postgresql
from data.database import Transaction
from data.postgresql import PostgresDatabase, connect
from data.postgresql_exclusive import excluding_bots
from data.postgresql_transaction import PostgresTransaction, lock_statement
from tests.helpers.ledger_checks import query
from tests.helpers.postgres_server import another_user
from tests.helpers.reserving import create_job
from tests.helpers.store_harness import a_job
from tests.helpers.transactions import put, seen

END_CONNECTION = "SELECT pg_terminate_backend(pg_backend_pid())"


ENGINES = ("postgresql",)


async def test_no_connection_waits_forever(database: PostgresDatabase, postgresql_url: str) -> None:
    """Lock waits end, and so do transactions of a lost machine. The file at the other end of a move may take longer."""

    def bounds(tx: Transaction) -> tuple[object, ...]:
        names = ("lock_timeout", "idle_in_transaction_session_timeout")
        return tuple(row[0] for name in names if (row := tx.fetch_one(f"SHOW {name}")) is not None)

    assert await database.write(bounds) == ("5s", "30s")
    assert await database.read_long(bounds) == ("5s", "30s")
    with excluding_bots(postgresql_url) as connection:
        row = connection.execute("SHOW idle_in_transaction_session_timeout").fetchone()
    assert row is not None
    assert row[0] == "0"


async def test_a_lock_that_fails_in_a_savepoint_undoes_everything(
    database: PostgresDatabase, postgresql_url: str
) -> None:
    """The failed lock's savepoint was never made, so it can't be undone.

    Savepoints are sent with the next statement. The outer one must not be undone in its place.
    """

    def lock(tx: Transaction) -> None:
        with tx.savepoint():
            tx.lock("taken")
            put("inner")(tx)

    def run(tx: Transaction) -> None:
        tx.execute("SET LOCAL lock_timeout = '10ms'")
        put("first")(tx)
        with tx.savepoint():
            put("outer")(tx)
            with pytest.raises(psycopg.errors.LockNotAvailable):
                lock(tx)
            with contextlib.suppress(psycopg.Error):
                put("last")(tx)

    with closing(psycopg.connect(postgresql_url)) as other:
        other.execute(lock_statement("taken"))
        with pytest.raises(StorageError, match="for an unknown reason"):
            await database.write(run)
    assert seen(database.url) == []


async def test_a_function_that_sends_nothing_returns(database: PostgresDatabase) -> None:
    def run(tx: Transaction) -> str:
        tx.lock("a")
        with tx.savepoint():
            return "done"

    assert await database.write(run) == "done"


async def test_an_order_takes_eleven_messages(postgresql_url: str, tmp_path: Path) -> None:
    """Between machines, each message takes longer than a short statement."""
    with closing(connect(postgresql_url)) as connection, (tmp_path / "trace").open("w") as trace:
        connection.prepare_threshold = None  # to prepare a statement is a message, too, but only once
        for number in (1, 2):  # a member's second order of the month
            connection.pgconn.trace(trace.fileno())
            transaction = PostgresTransaction(connection, b"BEGIN")
            placed = create_job(transaction, a_job(number), (), Limits(member=600, plan=5000))
            transaction.commit()
            connection.pgconn.untrace()
            assert isinstance(placed, OrderPlaced)
            if number == 1:
                trace.truncate(0)
    messages = re.findall(r"\tF\t\d+\t(?:Query|Sync)", (tmp_path / "trace").read_text())
    assert len(messages) == 11


async def test_an_error_that_a_function_hides_is_not_committed(database: PostgresDatabase) -> None:
    """PostgreSQL answers such a COMMIT with a rollback and no error."""

    def run(tx: Transaction) -> None:
        put("a")(tx)
        with pytest.raises(psycopg.IntegrityError):
            put("a")(tx)

    with pytest.raises(StorageError, match="for an unknown reason"):
        await database.write(run)
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
    """Where it is lost again, or in a long read, that is an error."""
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


async def test_all_connections_lost_while_idle_are_replaced(database: PostgresDatabase) -> None:
    query(
        database.url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = 'matinee'",
    )
    assert await asyncio.gather(*(database.write(put(str(number))) for number in range(8)))
    assert len(seen(database.url)) == 8


async def test_a_commit_without_an_answer_is_unknown(database: PostgresDatabase) -> None:
    """It is not run again: its changes may be kept."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(
            "CREATE OR REPLACE FUNCTION end_connection() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN PERFORM ({END_CONNECTION}); RETURN NULL; END $$"
        )
        connection.execute(
            "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON key_value DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION end_connection()"
        )
    runs: list[str] = []
    try:
        with pytest.raises(StorageError, match="is unknown"):
            await database.write(lambda tx: runs.append(put("a")(tx)))
    finally:
        with psycopg.connect(database.url, autocommit=True) as connection:
            connection.execute("DROP FUNCTION end_connection CASCADE")
    assert runs == ["a"]


async def test_a_read_that_is_cut_off_at_its_end_has_no_unknown_outcome(database: PostgresDatabase) -> None:
    def run(tx: Transaction) -> None:
        row = tx.fetch_one("SELECT pg_backend_pid() AS pid")
        assert row is not None
        query(database.url, "SELECT pg_terminate_backend(?, 5000)", row["pid"])

    with pytest.raises(StorageError, match="terminating connection"):
        await database.read(run)


async def test_a_text_with_a_nul_is_refused(database: PostgresDatabase) -> None:
    with pytest.raises(ConstraintViolation, match="NUL"):
        await database.write(key_value.set_value, "a", "b\0c")
    assert seen(database.url) == []


async def test_a_database_opens_with_all_its_connections_or_is_refused(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = await PostgresDatabase.open(postgresql_url, connections=3)
    try:
        [row] = query(
            postgresql_url,
            "SELECT count(*) AS n FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'matinee'",
        )
        assert row["n"] == 3
    finally:
        await opened.close()
    monkeypatch.setattr(postgresql, "_CONNECT_SECONDS", 1)
    with (
        another_user(postgresql_url, "matinee_narrow", connection_limit=2) as narrow,
        pytest.raises(StorageError, match="fewer than 3 connections"),
    ):
        await PostgresDatabase.open(narrow, connections=3)
