"""The locks of processes on PostgreSQL keep the promises of the file locks."""

from __future__ import annotations

import pytest

from bot.errors import StorageError
from data.postgresql_lock import PostgresInstanceLock
from tests.helpers.ledger_checks import query

END_LOCKS = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


async def is_only_one(lock: PostgresInstanceLock) -> bool:
    """Register, and return whether no other process has."""
    async with lock.register() as only_one:
        return only_one


async def test_the_first_process_is_the_only_one_until_it_ends(postgresql_url: str) -> None:
    with PostgresInstanceLock(postgresql_url) as first:
        assert await is_only_one(first)
        assert not await is_only_one(first), "it has registered already"
        with PostgresInstanceLock(postgresql_url) as second:
            assert not await is_only_one(second)
    with PostgresInstanceLock(postgresql_url) as third:
        assert await is_only_one(third)


async def test_another_process_is_ready_while_it_says_so(postgresql_url: str) -> None:
    with PostgresInstanceLock(postgresql_url) as first, PostgresInstanceLock(postgresql_url) as second:
        await first.show(ready=True)
        assert (first.another_ready(), second.another_ready()) == (False, True)
        await second.show(ready=True)
        await first.show(ready=False)
        assert (first.another_ready(), second.another_ready()) == (True, False)


async def test_a_lost_connection_is_replaced_with_its_locks(postgresql_url: str) -> None:
    with PostgresInstanceLock(postgresql_url) as first, PostgresInstanceLock(postgresql_url) as second:
        assert await is_only_one(first)
        query(postgresql_url, END_LOCKS)
        assert not first.another_ready(), "unknown without a connection"
        await first.show(ready=True)
        assert second.another_ready()
        assert not await is_only_one(second)


async def test_a_server_that_cannot_be_reached_is_an_error() -> None:
    with pytest.raises(StorageError, match="could not be used: connection"):
        PostgresInstanceLock("postgresql://matinee@127.0.0.1:1/none")
