"""Reads of jobs: lists, the queue, and what monitoring shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.callback_token import LateCallback
from bot.domain.credits import Month
from bot.domain.days import day_starts_at
from bot.domain.job import WAITING_STATES, Job, JobState
from bot.domain.movie_list import Cursor, MovieFilter, MovieItem, MovieQuery, Page, PageDirection
from bot.domain.stats import Outcome, QueueStats, UnknownStats
from data import breakers, failures, jobs, ledger, outbox, server_policies
from data.database import Row, Transaction
from data.engine.rows import first_of

# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_UNDELIVERABLE: Final = "outbox.status IN ('suppressed', 'undeliverable') AND outbox.type = 'completed'"
"""The condition of the index outbox_undeliverable: SQLite uses a partial index only for a query that repeats it."""

_PAYING: Final = "pledges.member_id = :member_id AND pledges.state IN ('funded', 'spent')"

_PRIVATE: Final = """
(jobs.state = 'completed' AND NOT EXISTS (SELECT 1 FROM outbox AS shown WHERE shown.job_id = jobs.id AND (
    shown.type = 'completed' AND shown.status = 'pending' AND jobs.delivery_target = 'channel'
    OR shown.type = 'completed' AND shown.status = 'sent' AND shown.venue <> 'direct' AND shown.message_id IS NOT NULL
    OR shown.type = 'starred' AND shown.status = 'sent')))
"""
"""Whether a movie is shown in no channel: it went by DM, or waits in /movies."""

ITEM: Final = (
    f"{jobs.COLUMNS}, {_PRIVATE} AS is_private, jobs.state = 'completed' AND jobs.removed_at IS NULL AND EXISTS"
    f" (SELECT 1 FROM outbox WHERE outbox.job_id = jobs.id AND {_UNDELIVERABLE}) AS undelivered,"
    " (SELECT CASE pledges.state WHEN 'spent' THEN pledges.spent ELSE pledges.allowance + pledges.extra END"
    f" FROM pledges WHERE pledges.pitch_id = jobs.pitch_id AND {_PAYING}) AS share"
)
"""What `to_item` reads of a job, for a member."""

_OWN: Final = f"SELECT {ITEM} FROM jobs WHERE jobs.member_id = :member_id"
_WITH_OTHERS: Final = (
    f"SELECT {ITEM} FROM pledges JOIN jobs ON jobs.pitch_id = pledges.pitch_id"
    f" WHERE {_PAYING} AND jobs.member_id <> :member_id"
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

    Also of those that they pay for with others. None: the newest page. It is the newest page, too, where the one at the
    cursor is gone or would not be full at the top. Its cost grows with what they pay for with others, but not with the
    list.
    """
    rows = _page_rows(tx, query, cursor, limit + 1)  # one more says whether there is a page beyond
    if cursor is not None and (not rows or (cursor.toward is PageDirection.NEWER and len(rows) < limit)):
        cursor, rows = None, _page_rows(tx, query, None, limit + 1)
    if not rows:
        return Page(())
    if cursor is not None and cursor.toward is PageDirection.NEWER:
        shown, has_newer = rows[-limit:], len(rows) > limit
        has_older = _has_rows(tx, query, PageDirection.OLDER, shown[-1])
    else:
        shown, has_older = rows[:limit], len(rows) > limit
        has_newer = cursor is not None and _has_rows(tx, query, PageDirection.NEWER, shown[0])
    return Page(tuple(to_item(row, query.member_id) for row in shown), has_newer=has_newer, has_older=has_older)


def item(tx: Transaction, job_id: str, member_id: int = 0) -> MovieItem | None:
    """Return one job as a member's list shows it."""
    row = tx.fetch_one(f"SELECT {ITEM} FROM jobs WHERE jobs.id = :id", {"id": job_id, "member_id": member_id})
    if row is None:
        return None
    found = to_item(row, member_id)
    return replace(found, message=outbox.message_about(tx, found.job))


def last_role_ids(tx: Transaction, guild_id: int, member_id: int) -> tuple[int, ...]:
    """Return the limited roles that a member had at their last order.

    The command line has no other source for a member's roles.
    """
    rows = _rows(tx, _OWN, MovieQuery(member_id, guild_id), None, 1)
    return jobs.from_row(rows[0]).role_ids if rows else ()


def _has_rows(tx: Transaction, query: MovieQuery, toward: PageDirection, row: Row) -> bool:
    return bool(_page_rows(tx, query, Cursor(toward, row["id"]), 1))


def _page_rows(tx: Transaction, query: MovieQuery, cursor: Cursor | None, limit: int) -> list[Row]:
    """Select a page by key, newest first."""
    found = [row for source in (_OWN, _WITH_OTHERS) for row in _rows(tx, source, query, cursor, limit)]
    ascending = cursor is not None and cursor.toward is PageDirection.NEWER
    nearest = sorted(found, key=lambda row: row["id"], reverse=not ascending)[:limit]
    return nearest[::-1] if ascending else nearest


def _rows(tx: Transaction, source: str, query: MovieQuery, cursor: Cursor | None, limit: int) -> list[Row]:
    """Select the rows nearest to the cursor.

    OFFSET would read every row before the page. The key follows an index in the order of ids.
    """
    conditions: list[str] = []
    if query.guild_id is not None:
        conditions.append("jobs.guild_id = :guild_id")
    if query.filter is not MovieFilter.ALL:
        conditions.append(f"jobs.state IN {jobs.sql_list(query.filter.states)}")
    if cursor is not None:
        conditions.append(f"jobs.id {_COMPARISONS[cursor.toward]} :id")
    ascending = cursor is not None and cursor.toward is PageDirection.NEWER
    narrowed = " AND ".join((source, *conditions))
    return tx.fetch_all(
        f"{narrowed} ORDER BY jobs.id {'ASC' if ascending else 'DESC'} LIMIT :limit",
        {
            "member_id": query.member_id,
            "guild_id": query.guild_id,
            "id": cursor.job_id if cursor else None,
            "limit": limit,
        },
    )


def to_item(row: Row, member_id: int) -> MovieItem:
    """Read a row of ITEM."""
    return MovieItem(
        jobs.from_row(row),
        undelivered=bool(row["undelivered"]),
        payer_id=member_id,
        share=row["share"] or 0,
        is_private=bool(row["is_private"]),
    )


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


_NOT_ORDERED: Final = (*WAITING_STATES, JobState.SUBMITTING)


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


def unknown_jobs(tx: Transaction) -> UnknownStats:
    """Count the unknown jobs, and tell how long the oldest has been so."""
    row = tx.fetch_one(
        f"SELECT COUNT(*) AS n, MIN(outbox.created_at) AS oldest FROM jobs {outbox.SINCE_UNKNOWN}"
        f" WHERE {jobs.OPEN} AND jobs.state = 'unknown'"
    )
    assert row is not None
    return UnknownStats(row["n"], 0 if row["oldest"] is None else max(0, tx.now - row["oldest"]) / 1000)


def stats(tx: Transaction) -> QueueStats:
    """Count open jobs, pending messages, credits and stopped members."""
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
    plan = ledger.plan_budget(tx, Month.containing(tx.now), 0)
    # one that waits for approval may do so for two days
    oldest = min((row["oldest"] for row in rows if row["state"] != JobState.AWAITING_APPROVAL), default=tx.now)
    return QueueStats(
        jobs={JobState(row["state"]): row["n"] for row in rows},
        oldest_job_age_seconds=(tx.now - oldest) / 1000,
        held_credits=sum(row["held"] for row in rows),
        waiting_credits=sum(row["held"] for row in rows if row["state"] in _NOT_ORDERED),
        pending_deliveries=pending["n"],
        oldest_delivery_seconds=(tx.now - (pending["oldest"] or tx.now)) / 1000,
        undeliverable=undeliverable[0],
        breaker=breakers.read(tx).state,
        stopped_members=failures.stopped_members(tx),
        paused=server_policies.paused_at(tx) is not None,
        plan_used=plan.used,
        plan_held=plan.held,
        credits_today=_credits_since(tx, day_starts_at(tx.now)),
        oldest_unknown_seconds=unknown_jobs(tx).oldest_seconds,
    )


def _credits_since(tx: Transaction, start: int) -> dict[Outcome, int]:
    """Sum what became of credits since a time.

    The ids of ledger entries begin with their time, so only those entries are read.
    """
    row = tx.fetch_one(
        "SELECT SUM(CASE entry_type WHEN 'capture' THEN allowance + extra END),"
        " SUM(CASE entry_type WHEN 'release' THEN allowance + extra ELSE released_allowance + released_extra END),"
        " SUM(upstream_charge)"
        " FROM ledger_entries WHERE id >= :first AND entry_type IN ('capture', 'release')",
        {"first": first_of(start)},
    )
    assert row is not None
    return {outcome: int(row[place]) for place, outcome in enumerate(Outcome) if row[place]}
