"""Connections to a PostgreSQL server: their URLs and keepalives, and what a check finds out about the server."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import closing
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from bot.cli.ledger import now_ms
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from bot.errors import StorageError
from data.postgresql import PostgresDatabase, connect, conninfo, is_exposed, place_of
from data.postgresql_check import examine, reject_pooler
from data.postgresql_session import PostgresSession
from tests.helpers import postgres_server
from tests.helpers.ledger_checks import execute
from tests.helpers.ports import free_port
from tests.helpers.postgres_server import another_user
from tests.helpers.store_harness import HOUR

# ── URLs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    with pytest.raises(StorageError, match="Can't use the database: connection"):
        await PostgresDatabase.open("postgresql://matinee:secret@127.0.0.1:1/none")
    with pytest.raises(StorageError, match="Can't use the database: connection"):
        await PostgresSession("postgresql://matinee@127.0.0.1:1/none", print).__aenter__()
    with pytest.raises(StorageError, match="DATABASE_URL is not a valid URL") as caught:
        connect("postgresql://matinee:hunter2%-and@127.0.0.1:1/none")
    assert caught.value.__suppress_context__, "no password is shown"


def test_a_connection_that_is_cut_at_its_start_is_one_clear_error(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is closed, and a command shows no traceback."""
    opened: list[Any] = []

    def cut(connection: Any, *_: object) -> None:
        opened.append(connection)
        raise psycopg.OperationalError("cut")

    monkeypatch.setattr(psycopg.Connection, "execute", cut)
    with pytest.raises(StorageError, match="Can't use the database: cut"):
        connect(postgresql_url)
    assert [connection.closed for connection in opened] == [True]


def test_a_place_is_named_without_user_and_password() -> None:
    assert place_of("postgresql://matinee:hunter2@db.test:6543/movies") == "movies on db.test, port 6543"
    assert place_of("postgresql:///movies") == "movies on this machine, port 5432"


def test_a_connection_to_another_machine_is_exposed_unless_it_verifies_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Host and SSL mode can come from libpq's environment."""
    expected = {
        "postgresql://matinee@db.test/movies": True,
        "postgresql://matinee@db.test/movies?sslmode=require": True,
        "postgresql://matinee@db.test/movies?sslmode=verify-full": False,
        "postgresql://matinee@[2001:db8::1]/movies": True,
        "postgresql://matinee@localhost/movies?hostaddr=203.0.113.5": True,
        "postgresql://matinee@localhost,db.test/movies": True,
        "postgresql://matinee@localhost/movies": False,
        "postgresql://matinee@127.8.8.8:6543/movies": False,
        "postgresql://matinee@[::1]/movies": False,
        "postgresql://matinee@/movies?host=/run/postgresql": False,
        "postgresql:///movies": False,
    }
    assert {url: is_exposed(url) for url in expected} == expected
    monkeypatch.setenv("PGHOST", "db.test")
    assert is_exposed("postgresql:///movies")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert not is_exposed("postgresql:///movies")


# ── a lost machine is noticed within a minute; none can be cut off here, so settings are compared ────────────────────

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
    database = await PostgresDatabase.open(tcp_url)
    try:
        for way in (database.read, database.write):
            shown = [await way(lambda tx, name=name: tx.fetch_one(f"SHOW {name}")) for name in EXPECTED]
            assert [row[0] for row in shown if row is not None] == [*EXPECTED.values()]
    finally:
        await database.close()


def test_a_client_asks_for_keepalives_and_a_timeout_of_its_own() -> None:
    """Keepalives are sent on idle connections only, so a timeout covers statements."""
    options = conninfo_to_dict(conninfo("postgresql://matinee@db.test/matinee"))
    expected = {"keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}
    assert options.items() >= {"keepalives": "1", "tcp_user_timeout": "30000", **expected}.items()


# ── the check ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_server_is_described_by_version_latency_and_clock(postgresql_url: str) -> None:
    report = examine(postgresql_url, now_ms)
    assert int(report.version.split(".")[0]) >= 13
    assert report.latency_ms > 0
    assert abs(report.clock_difference_ms) <= MAX_CLOCK_DIFFERENCE_MS
    for ahead, by in ((HOUR, r"\+3600\.\d"), (-HOUR, r"-(3600\.\d|3599\.9)")):
        with pytest.raises(StorageError, match=rf"differs from the database server's by {by} s"):
            examine(postgresql_url, lambda ahead=ahead: now_ms() + ahead)


def test_missing_privileges_and_a_missing_schema_are_named(postgresql_url: str) -> None:
    on_jobs = ", .*".join(f"{each} on jobs" for each in ("DELETE", "INSERT", "SELECT", "UPDATE"))
    with another_user(postgresql_url, "matinee_stranger") as stranger:
        with pytest.raises(StorageError, match=rf"lacks CREATE on the schema public, .*{on_jobs}.*\. Grant it"):
            examine(stranger, now_ms)
        execute(postgresql_url, "ALTER ROLE matinee_stranger SET search_path = nowhere")
        with pytest.raises(StorageError, match=r"has no schema .* Set the user's search_path\."):
            examine(stranger, now_ms)


def test_two_connections_of_one_server_process_are_a_poolers(postgresql_url: str) -> None:
    with closing(connect(postgresql_url)) as connection, closing(connect(postgresql_url)) as other:
        reject_pooler(connection, other)
        with pytest.raises(StorageError, match="pooler in transaction mode"):
            reject_pooler(connection, connection)
