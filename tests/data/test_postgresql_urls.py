"""Connections to PostgreSQL outside the pool, and their URLs."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from bot.errors import StorageError
from data.postgresql import PostgresDatabase, connect, is_exposed, place_of


async def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    with pytest.raises(StorageError, match="Can't use the database: connection"):
        await PostgresDatabase.open("postgresql://matinee:secret@127.0.0.1:1/none")


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


def test_a_url_that_is_not_valid_is_an_error_without_its_password() -> None:
    with pytest.raises(StorageError, match="DATABASE_URL is not a valid URL") as caught:
        connect("postgresql://matinee:hunter2%-and@127.0.0.1:1/none")
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql://matinee:hunter2@db.test:6543/movies", "movies on db.test, port 6543"),
        ("postgresql:///movies", "movies on this machine, port 5432"),
    ],
)
def test_a_place_is_named_without_user_and_password(url: str, place: str) -> None:
    assert place_of(url) == place


@pytest.mark.parametrize(
    ("url", "exposed"),
    [
        ("postgresql://matinee@db.test/movies", True),
        ("postgresql://matinee@db.test/movies?sslmode=require", True),
        ("postgresql://matinee@db.test/movies?sslmode=verify-full", False),
        ("postgresql://matinee@[2001:db8::1]/movies", True),
        ("postgresql://matinee@localhost/movies?hostaddr=203.0.113.5", True),
        ("postgresql://matinee@localhost,db.test/movies", True),
        ("postgresql://matinee@localhost/movies", False),
        ("postgresql://matinee@127.8.8.8:6543/movies", False),
        ("postgresql://matinee@[::1]/movies", False),
        ("postgresql://matinee@/movies?host=/run/postgresql", False),
        ("postgresql:///movies", False),
    ],
)
def test_a_connection_to_another_machine_is_exposed_unless_it_verifies_the_server(url: str, exposed: bool) -> None:
    assert is_exposed(url) is exposed


def test_host_and_ssl_mode_can_come_from_libpqs_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.test")
    assert is_exposed("postgresql:///movies")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert not is_exposed("postgresql:///movies")
