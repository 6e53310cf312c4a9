"""The check of a PostgreSQL server, on a real one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing

import pytest

from bot.cli.ledger import now_ms
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from bot.errors import StorageError
from data.postgresql import connect
from data.postgresql_check import examine, reject_pooler
from tests.helpers.ledger_checks import execute
from tests.helpers.postgres_server import another_user
from tests.helpers.store_harness import HOUR


@pytest.fixture
def stranger(postgresql_url: str) -> Generator[str]:
    """The URL of a user without any privilege on the tables."""
    with another_user(postgresql_url, "matinee_stranger") as url:
        yield url


def test_a_server_is_described_by_version_latency_and_clock(postgresql_url: str) -> None:
    report = examine(postgresql_url, now_ms)
    assert int(report.version.split(".")[0]) >= 13
    assert report.latency_ms > 0
    assert abs(report.clock_difference_ms) <= MAX_CLOCK_DIFFERENCE_MS


def test_missing_privileges_are_named(stranger: str) -> None:
    on_jobs = ", .*".join(f"{each} on jobs" for each in ("DELETE", "INSERT", "SELECT", "UPDATE"))
    with pytest.raises(StorageError, match=rf"lacks CREATE on the schema public, .*{on_jobs}.*\. Grant it"):
        examine(stranger, now_ms)


def test_a_user_without_a_schema_is_told(stranger: str, postgresql_url: str) -> None:
    execute(postgresql_url, "ALTER ROLE matinee_stranger SET search_path = nowhere")
    with pytest.raises(StorageError, match=r"has no schema .* Set the user's search_path\."):
        examine(stranger, now_ms)


@pytest.mark.parametrize(("ahead", "by"), [(HOUR, r"\+3600\.\d"), (-HOUR, r"-(3600\.\d|3599\.9)")])
def test_clocks_that_differ_by_an_hour_are_a_problem(postgresql_url: str, ahead: int, by: str) -> None:
    with pytest.raises(StorageError, match=rf"differs from the database server's by {by} s"):
        examine(postgresql_url, lambda: now_ms() + ahead)


def test_two_connections_of_one_server_process_are_a_poolers(postgresql_url: str) -> None:
    with closing(connect(postgresql_url)) as connection, closing(connect(postgresql_url)) as other:
        reject_pooler(connection, other)
        with pytest.raises(StorageError, match="pooler in transaction mode"):
            reject_pooler(connection, connection)
