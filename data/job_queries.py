"""Reads of jobs: lists, the queue, and what monitoring shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.callback_token import LateCallback
from bot.domain.credits import Month
from bot.domain.job import Job, JobState
from bot.domain.movie_list import Cursor, MovieFilter, MovieItem, MovieQuery, Page, PageDirection
from bot.domain.stats import QueueStats
from data import breakers, failures, jobs, outbox, server_policies
from data.database import Row, Transaction

# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_UNDELIVERABLE: Final = "outbox.status IN ('suppressed', 'undeliverable') AND outbox.type = 'completed'"
"""The condition of the index outbox_undeliverable: SQLite uses a partial index only for a query that repeats it."""

_ITEM: Final = (
    f"SELECT {jobs.COLUMNS}, jobs.state = 'completed' AND jobs.removed_at IS NULL AND EXISTS"
    f" (SELECT 1 FROM outbox WHERE outbox.job_id = jobs.id AND {_UNDELIVERABLE}) AS undelivered FROM jobs"
)

_COMPARISONS = {PageDirection.OLDER: "<", PageDirection.NEWER: ">", PageDirection.CURRENT: "<="}


def newest(tx: Transaction, states: Sequence[JobState], limit: int) -> list[Job]:
    """Return the newest jobs in these states.

    An empty list means every state.
    """
    rows = tx.fetch_all(
        f"SELECT {jobs.COLUMNS} FROM jobs WHERE state IN {jobs.sql_list(states or tuple(JobState))}"
        " ORDER BY id DESC LIMIT :limit",
        {"limit": limit},
    )
    return [jobs.from_row(row) for row in rows]


def member_page(tx: Transaction, query: MovieQuery, cursor: Cursor | None, limit: int) -> Page:
    """Return the page of a member's jobs at `cursor`.

    None: the newest page. It is the newest page, too, where the one at the cursor is gone or would not be full at the
    top. Its cost does not grow with the list.
    """
    rows = _page_rows(tx, query, cursor, limit)
    if cursor is not None and (not rows or (cursor.toward is PageDirection.NEWER and len(rows) < limit)):
        rows = _page_rows(tx, query, None, limit)
    if not rows:
        return Page(())
    return Page(
        tuple(map(_item, rows)),
        has_newer=bool(_page_rows(tx, query, Cursor(PageDirection.NEWER, rows[0]["id"]), 1)),
        has_older=bool(_page_rows(tx, query, Cursor(PageDirection.OLDER, rows[-1]["id"]), 1)),
    )


def item(tx: Transaction, job_id: str) -> MovieItem | None:
    """Return one job as a list shows it."""
    row = tx.fetch_one(f"{_ITEM} WHERE jobs.id = :id", {"id": job_id})
    if row is None:
        return None
    found = _item(row)
    return replace(found, message=outbox.message_about(tx, found.job))


def last_role_ids(tx: Transaction, guild_id: int, member_id: int) -> tuple[int, ...]:
    """Return the limited roles that a member had at their last order.

    The command line has no other source for a member's roles.
    """
    page = member_page(tx, MovieQuery(member_id, guild_id), None, 1)
    return page.items[0].job.role_ids if page.items else ()


def _page_rows(tx: Transaction, query: MovieQuery, cursor: Cursor | None, limit: int) -> list[Row]:
    """Select a page by key, newest first.

    OFFSET would read every row before the page. The key follows an index in the order of ids.
    """
    conditions = ["jobs.member_id = :member_id"]
    if query.guild_id is not None:
        conditions.append("jobs.guild_id = :guild_id")
    if query.filter is not MovieFilter.ALL:
        conditions.append(f"jobs.state IN {jobs.sql_list(query.filter.states)}")
    if cursor is not None:
        conditions.append(f"jobs.id {_COMPARISONS[cursor.toward]} :id")
    ascending = cursor is not None and cursor.toward is PageDirection.NEWER
    rows = tx.fetch_all(
        f"{_ITEM} WHERE {' AND '.join(conditions)} ORDER BY jobs.id {'ASC' if ascending else 'DESC'} LIMIT :limit",
        {
            "member_id": query.member_id,
            "guild_id": query.guild_id,
            "id": cursor.job_id if cursor else None,
            "limit": limit,
        },
    )
    return rows[::-1] if ascending else rows


def _item(row: Row) -> MovieItem:
    return MovieItem(jobs.from_row(row), undelivered=bool(row["undelivered"]))


# ── callbacks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def known_tokens(tx: Transaction, hashes: Collection[str]) -> frozenset[str]:
    """Return those hashes of callback tokens that belong to a job."""
    params = {f"hash{number}": each for number, each in enumerate(hashes)}
    placeholders = ", ".join(f":{name}" for name in params)
    rows = tx.fetch_all(f"SELECT callback_token_hash FROM jobs WHERE callback_token_hash IN ({placeholders})", params)
    return frozenset(row[0] for row in rows)


def late_callback(tx: Transaction, job_id: str) -> LateCallback | None:
    """Return the callback that came after a job had failed."""
    row = tx.fetch_one("SELECT received_at, request_id FROM late_callbacks WHERE job_id = :id", {"id": job_id})
    return LateCallback(row["received_at"], row["request_id"]) if row else None


# ── monitoring ────────────────────────────────────────────────────────────────────────────────────────────────────────


_NOT_ORDERED: Final = (JobState.RESERVED, JobState.QUEUED, JobState.SUBMITTING)


def waiting_credits(tx: Transaction) -> int:
    """Return what the jobs hold that the API has not taken yet.

    A movie in progress is left out. The API charges for it while it is made, or before.
    """
    states = ", ".join(f"'{state}'" for state in _NOT_ORDERED)
    row = tx.fetch_one(
        f"SELECT CAST(COALESCE(SUM(price_credits), 0) AS BIGINT) FROM jobs WHERE {jobs.OPEN} AND state IN ({states})"
    )
    assert row is not None
    return row[0]


def stats(tx: Transaction, now: int, max_failed_credits: int | None = None) -> QueueStats:
    """Count open jobs, pending messages, held credits and stopped members.

    `now` is UTC epoch milliseconds.
    """
    rows = tx.fetch_all(
        "SELECT state, COUNT(*) AS n, MIN(created_at) AS oldest, SUM(price_credits) AS held FROM jobs"
        f" WHERE {jobs.OPEN} GROUP BY state"
    )
    pending = tx.fetch_one("SELECT COUNT(*) AS n, MIN(created_at) AS oldest FROM outbox WHERE status = 'pending'")
    undeliverable = tx.fetch_one(
        f"SELECT COUNT(*) FROM outbox WHERE {_UNDELIVERABLE}"
        " AND EXISTS (SELECT 1 FROM jobs WHERE jobs.id = outbox.job_id AND jobs.state = 'completed' AND"
        " jobs.removed_at IS NULL)"
    )
    assert pending is not None
    assert undeliverable is not None
    oldest = min((row["oldest"] for row in rows), default=now)
    return QueueStats(
        jobs={JobState(row["state"]): row["n"] for row in rows},
        oldest_job_age_seconds=(now - oldest) / 1000,
        held_credits=sum(row["held"] for row in rows),
        waiting_credits=sum(row["held"] for row in rows if row["state"] in _NOT_ORDERED),
        pending_deliveries=pending["n"],
        oldest_delivery_seconds=(now - (pending["oldest"] or now)) / 1000,
        undeliverable=undeliverable[0],
        breaker=breakers.read(tx).state,
        stopped_members=0
        if max_failed_credits is None
        else failures.stopped_members(tx, Month.containing(now), max_failed_credits),
        paused=server_policies.paused_at(tx) is not None,
    )
