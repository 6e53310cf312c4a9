"""Copies every table between two open transactions, of either engine.

Not copied are the migrations' record, which each database writes itself; processes with their leases and IDENTIFY
slots, for none is alive at a copy; and rate limits, which last for minutes.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.core.errors import StorageError
from data.database import Row, Transaction
from data.engine.rows import Progress, Step, no_progress

TABLES: Final[Mapping[str, str]] = {
    "pitches": "id",
    "pitch_votes": "pitch_id, member_id",
    "pledges": "pitch_id, member_id",
    "jobs": "id",
    "followers": "job_id, member_id",
    "stars": "job_id, member_id",
    "late_callbacks": "job_id",
    "stills": "job_id, scene",
    "quotes": "id",
    "pictures": "id",
    "picture_parts": "picture_id, number",
    "member_preferences": "member_id",
    "balances": "scope, guild_id, member_id, month",
    "ledger_entries": "id",
    "gifts": "id",
    "past_gifts": "entry_id",
    "outbox": "job_id, type",
    "movie_nights": "id",
    "movie_night_movies": "night_id, place",
    "messages": "subject_id, kind, member_id",
    "quota_limits": "guild_id, scope, subject_id",
    "starter_movies": "guild_id, member_id",
    "member_blocks": "guild_id, member_id",
    "guild_settings": "guild_id",
    "audit_log": "id",
    "breakers": "name",
    "key_value": "key",
    "server_policies": "guild_id",
    "failure_waivers": "guild_id, member_id",
    "refused_models": "kind, model",
    "catalogue_differences": "kind, model",
    "departed_servers": "guild_id",
    "present_servers": "guild_id",
    "credit_requests": "id",
    "reported_movies": "job_id",
    "movie_reports": "job_id, member_id",
    "erasure_requests": "member_id",
    "erasures": "id",
    "erased_accounts": "month, digest, guild_id",
    "erased_decisions": "month, digest, guild_id, kind",
    "erased_events": "month, digest, kind, guild_id, happened_at",
    "erasure_keys": "month",
}
"""The copied tables, each after those that it refers to, with its primary key."""

NOT_COPIED: Final = frozenset({"schema_migrations", "processes", "identify_slots", "rate_limits"})

WITHOUT_ORDERS: Final = frozenset({"breakers", "key_value"})
"""Tables that a migration or a mere start fills."""

_ROWS_A_REPORT: Final = 1000


def copy_tables(source: Transaction, target: Transaction, progress: Progress = no_progress) -> int:
    """Copy all rows, and return how many.

    The target has this version's schema, and rows at most in the tables of WITHOUT_ORDERS, which are replaced.

    Raises:
        StorageError: The target has another number of rows afterwards.
    """
    for table in WITHOUT_ORDERS:
        target.execute(f"DELETE FROM {table}")
    expected = count_rows(source)
    total, numbers = sum(expected.values()), itertools.count()
    for table, key in TABLES.items():
        query = f"SELECT * FROM {table} ORDER BY {key}"
        with contextlib.closing(source.iterate(query)) as rows:
            if (first := next(rows, None)) is not None:
                target.insert_rows(
                    table, first.keys(), _counted(itertools.chain((first,), rows), numbers, total, progress)
                )
    progress(Step.COPY_ROWS, total, total)
    _end_leases(target)
    arrived = count_rows(target)
    for table, rows in expected.items():
        if arrived[table] != rows:
            raise StorageError(f"the copy of {table} has {arrived[table]:,} rows instead of {rows:,}: nothing was kept")
    return total


def forget_processes(tx: Transaction) -> None:
    """Delete what is not copied from a copy that was made page by page."""
    for table in NOT_COPIED - {"schema_migrations"}:
        tx.execute(f"DELETE FROM {table}")
    _end_leases(tx)


def _end_leases(tx: Transaction) -> None:
    for table in ("jobs", "outbox"):
        tx.execute(f"UPDATE {table} SET leased_by = NULL, leased_until = NULL WHERE leased_by IS NOT NULL")


def count_rows(tx: Transaction) -> dict[str, int]:
    """Count the rows that are copied, by table."""
    return {table: tx.fetch_value(f"SELECT COUNT(*) FROM {table}") for table in TABLES}


def filled_table(tx: Transaction) -> str | None:
    """Return a table that has rows, besides those of WITHOUT_ORDERS."""
    tables = (table for table in TABLES if table not in WITHOUT_ORDERS)
    return next((table for table in tables if tx.fetch_one(f"SELECT 1 AS one FROM {table} LIMIT 1")), None)


def _counted(rows: Iterable[Row], numbers: Iterator[int], total: int, progress: Progress) -> Iterator[Row]:
    """Pass rows on, and report from time to time how many of all tables' rows are copied."""
    for row in rows:
        done = next(numbers)
        if done % _ROWS_A_REPORT == 0:
            progress(Step.COPY_ROWS, done, total)
        yield row
