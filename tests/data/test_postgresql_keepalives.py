"""Settings that let server and client detect a lost machine.

They do so within a minute. A machine can't be cut off here, so the tests compare settings.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import closing

import pytest
from psycopg.conninfo import conninfo_to_dict

from data.postgresql import PostgresDatabase, connect, conninfo
from data.postgresql_session import PostgresSession
from tests.helpers import postgres_server
from tests.helpers.ports import free_port

SECONDS = {"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3"}
EXPECTED = SECONDS | ({"tcp_user_timeout": "30000"} if sys.platform == "linux" else {})
"""Other systems have no limit for data that is not acknowledged."""

SETTINGS = "SELECT current_setting(name) FROM unnest(%s::text[]) AS name"


@pytest.fixture(scope="module")
def tcp_url() -> Generator[str]:
    """A server's URL over TCP: a Unix socket has no keepalives."""
    port = free_port()
    options = {**postgres_server.SERVER_OPTIONS, "listen_addresses": "127.0.0.1", "port": str(port)}
    try:
        with postgres_server.running_server(options):
            yield f"postgresql://matinee@127.0.0.1:{port}/postgres"
    except postgres_server.NoServer as exc:
        pytest.skip(str(exc))


def test_a_connection_has_the_servers_keepalives_set(tcp_url: str) -> None:
    """Without them, a lost machine's transaction locks rows for two hours."""
    with closing(connect(tcp_url)) as connection:
        rows = connection.execute(SETTINGS, ([*EXPECTED],)).fetchall()
    assert [row[0] for row in rows] == [*EXPECTED.values()]


async def test_a_session_has_the_servers_keepalives_set(tcp_url: str) -> None:
    """Without them, a lost machine counts as the leader for two hours."""
    async with PostgresSession(tcp_url, print) as session:
        rows = await (await session._connection.execute(SETTINGS, ([*EXPECTED],))).fetchall()
    assert [row[0] for row in rows] == [*EXPECTED.values()]


async def test_the_pools_connections_have_the_servers_keepalives_set(tcp_url: str) -> None:
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
