"""What the check of a PostgreSQL server finds, on a real one."""

from __future__ import annotations

import time
from collections.abc import Generator

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from bot.errors import StorageError
from data import postgresql_check
from data.postgresql_check import examine

HOUR_NS = 3600 * 10**9


@pytest.fixture
def stranger(postgresql_url: str) -> Generator[str]:
    """The URL of a user without any privilege on the tables; the user is removed afterwards."""
    name = sql.Identifier("matinee_stranger")
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        try:
            yield make_conninfo(postgresql_url, user="matinee_stranger")
        finally:
            connection.execute(sql.SQL("DROP OWNED BY {}").format(name))
            connection.execute(sql.SQL("DROP ROLE {}").format(name))


def test_a_server_is_described_by_version_latency_and_clock(postgresql_url: str) -> None:
    report = examine(postgresql_url)
    assert int(report.version.split(".")[0]) >= 13
    assert report.latency_ms > 0
    assert abs(report.clock_difference_ms) <= postgresql_check.MAX_CLOCK_DIFFERENCE_MS


def test_missing_privileges_are_named(stranger: str) -> None:
    with pytest.raises(StorageError, match=r"lacks .*CREATE on the schema public.*UPDATE on jobs.*: grant it"):
        examine(stranger)


def test_clocks_that_differ_by_an_hour_are_a_problem(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns
    monkeypatch.setattr(postgresql_check.time, "time_ns", lambda: now() + HOUR_NS)
    with pytest.raises(StorageError, match=r"differs from the database server's by \+3600\.\d s"):
        examine(postgresql_url)


def test_a_pooler_in_transaction_mode_is_a_problem(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """There, two connections that are open at once share a process of the server."""
    with psycopg.connect(postgresql_url) as connection:
        monkeypatch.setattr(postgresql_check, "_backend", lambda _: connection.info.backend_pid)
        with pytest.raises(StorageError, match="pooler in transaction mode"):
            examine(postgresql_url)
