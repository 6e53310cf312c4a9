"""Puts open jobs on hold in a database that shows the past, and makes work due that would be due too late.

The database's queued jobs may have been submitted since, and its pending notifications sent. So they wait for the
operator. Rendering jobs are still polled, which is harmless, and their credits move at their end; but the notification
is suppressed beforehand, because it may have been sent since. A member's request to cancel stays: a movie is cancelled
only while the API says that it is not finished, and one that was cancelled since ends as its member asked.

What was decided since the backup outlives a restore. It brings back no removed movie, no dismissed report, no ended
block and no setting that managers have changed since, and posts no movie of a member who does not want that any more.

Due times that lie too late were written before the clock was set back.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from bot.domain.approvals import APPROVAL_TTL_MS
from bot.domain.delivery import NotificationType
from bot.domain.jobs import WAITING_STATES, Job, JobState
from bot.domain.message import Delivery, MessageKind
from bot.domain.movie_nights import WEEK_MS
from bot.domain.pitches import PitchEndReason
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditReason
from data import (
    audit_log,
    blocks,
    breakers,
    erasure,
    jobs,
    messages,
    movie_nights,
    outbox,
    pitch_ends,
    pitches,
    server_policies,
)
from data.database import Transaction, Value
from data.engine import table_copy
from data.engine.table_copy import TABLES
from data.erasure import ErasureRecord
from data.jobs import POLLED
from data.rate_limits import END_TOO_LONG

_ENDS: Final = (
    NotificationType.COMPLETED,
    NotificationType.FAILED,
    NotificationType.CANCELLED,
    NotificationType.FOLLOWED,
    NotificationType.STARRED,
)


_MAKE_DUE = (
    "UPDATE jobs SET next_run_at = :now WHERE state = 'queued' AND next_run_at > :after",
    f"UPDATE jobs SET next_run_at = :now WHERE {POLLED} AND next_run_at > :after",
    "UPDATE outbox SET next_attempt_at = :now WHERE status = 'pending' AND next_attempt_at > :after",
    (
        "UPDATE messages SET due_at = :now WHERE status = 'pending' AND due_at > :after"
        f" AND (kind NOT IN ('pitch_check', 'movie_night_start') OR due_at > :after + {WEEK_MS})"  # planned for later
    ),
    (
        "UPDATE pitches SET next_run_at = :now"
        " WHERE next_run_at IS NOT NULL AND next_run_at > :after AND state = 'waiting_for_plan'"
    ),
    "UPDATE breakers SET retry_at = :now WHERE name = 'submission' AND state = 'open' AND retry_at > :after",
    "UPDATE jobs SET next_run_at = :lapses_at WHERE state = 'awaiting_approval' AND next_run_at > :lapses_after",
    END_TOO_LONG,
)
"""Each repeats the condition of its partial index, otherwise SQLite scans the table."""

_NEWEST = (
    "SELECT created_at FROM ledger_entries ORDER BY id DESC LIMIT 1",
    f"SELECT last_pending_at FROM jobs WHERE {POLLED} ORDER BY next_run_at DESC LIMIT 1",
)
"""Columns that hold the time of their write. Each query uses an index."""

_REPLACED: Final = (
    ("server_policies", "TRUE"),
    ("member_blocks", f"guild_id = {blocks.EVERYWHERE}"),
    ("key_value", f"key = '{server_policies.PAUSED_AT}'"),
    ("erasure_requests", "TRUE"),
    ("erasure_keys", "TRUE"),
    ("erased_accounts", "TRUE"),
    ("erased_decisions", "TRUE"),
    ("erased_events", "TRUE"),
)
"""Tables, with a condition, whose rows outlive a restore and take the place of the backup's: what the operator decided,
and members about their data."""

_ADDED: Final = (
    ("reported_movies", "TRUE"),
    ("movie_reports", "TRUE"),
    (
        "messages",
        (
            f"kind IN ('{MessageKind.REPORT}', '{MessageKind.MOVIE_NIGHT_START}')"
            " OR job_id IN (SELECT id FROM jobs WHERE removed_at IS NOT NULL)"
        ),
    ),
    ("member_blocks", f"guild_id <> {blocks.EVERYWHERE}"),
    ("guild_settings", "TRUE"),
    ("member_preferences", "TRUE"),
)
"""Those whose rows outlive it beside what only the backup has, each table after those that it refers to: the replaced
database may know less, as a new one does."""

Records: TypeAlias = Sequence[dict[str, Value]]
"""Rows by column."""


@dataclass(frozen=True, slots=True)
class Outliving:
    """What outlives a restore: erasures to be repeated, removed movies, members who were unblocked, and other rows.

    Those are by their table and condition.
    """

    erasures: Sequence[ErasureRecord]
    removed: Records = ()
    unblocked: Records = ()
    rows: Mapping[tuple[str, str], Records] = field(default_factory=dict[tuple[str, str], Records])


@dataclass(frozen=True, slots=True)
class HeldForReview:
    """What the operator must review after a restore.

    That is unknown jobs, and notifications that may have been sent. `rendering` counts jobs that are still polled and
    whose end is not announced; `unknown` those already unknown in the backup.
    """

    jobs: tuple[str, ...] = ()
    messages: tuple[tuple[str, NotificationType], ...] = ()
    rendering: int = 0
    unknown: int = 0


def hold_open_work(tx: Transaction) -> HeldForReview:
    """Put all open work on hold."""
    counts = tx.fetch_dict(f"SELECT state, COUNT(*) FROM jobs WHERE {jobs.OPEN} GROUP BY state")
    # such as which commands were synced: outdated now. A pause stays until the operator ends it.
    tx.execute("DELETE FROM key_value WHERE key <> :paused", {"paused": server_policies.PAUSED_AT})
    breakers.reset(tx)
    # entries that may have been posted; they stay in the log
    tx.execute("UPDATE audit_log SET is_pending = 0 WHERE is_pending = 1")
    messages.suppress(tx)  # /credits shows what was granted
    # the movies of open pitches may have been ordered since; members are told
    for pitch_id in tx.fetch_column(f"SELECT id FROM pitches WHERE {pitches.OPEN} ORDER BY id"):
        pitch_ends.end(tx, pitches.get(tx, pitch_id), PitchEndReason.RESTORED)
    movie_nights.hold(tx)
    held = tuple(_hold_messages(tx))
    states = jobs.sql_list((*WAITING_STATES, JobState.SUBMITTING))  # what waited for approval may have been approved
    maybe_submitted = tx.fetch_column(f"SELECT id FROM jobs WHERE {jobs.OPEN} AND state IN {states} ORDER BY id")
    for job_id in maybe_submitted:
        _mark_unknown(tx, jobs.get(tx, job_id))
    # of outcomes that come without the operator; a notification is queued once, so these are never queued again
    polled = f"{jobs.OPEN} AND (state = 'rendering' OR (state = 'unknown' AND unverified_request_id IS NOT NULL))"
    for job_id, type_ in itertools.product(tx.fetch_column(f"SELECT id FROM jobs WHERE {polled}"), _ENDS):
        outbox.suppress(tx, job_id, type_)
    return HeldForReview(
        jobs=tuple(maybe_submitted),
        messages=held,
        rendering=counts.get(JobState.RENDERING, 0),
        unknown=counts.get(JobState.UNKNOWN, 0),
    )


def _mark_unknown(tx: Transaction, job: Job) -> None:
    """Mark a job as unknown that may have been submitted since.

    It keeps its hold. A waiting job goes through the transitions of a submission without an answer.
    """
    if job.state in (JobState.RESERVED, JobState.AWAITING_APPROVAL):
        jobs.transition(tx, job.id, JobState.QUEUED, {})
    if job.state in WAITING_STATES:
        jobs.transition(tx, job.id, JobState.SUBMITTING, {})
    due_at = tx.now if job.unverified_request_id else None
    jobs.transition(tx, job.id, JobState.UNKNOWN, {"next_run_at": due_at}, only_from=(JobState.SUBMITTING,))
    outbox.enqueue(tx, job.id, NotificationType.UNKNOWN)
    _record(tx, job, AuditReason.MAY_BE_SUBMITTED, job.state.value)


def _hold_messages(tx: Transaction) -> Iterator[tuple[str, NotificationType]]:
    """Send no pending notification: members find their movies with /movies."""
    rows = tx.fetch_all("SELECT job_id, type FROM outbox WHERE status = 'pending' ORDER BY next_attempt_at")
    for job_id, kind in sorted((row["job_id"], row["type"]) for row in rows):  # in this order, SQLite would read all
        job, type_ = jobs.get(tx, job_id), NotificationType(kind)
        outbox.end(tx, Delivery(job, type_), "undeliverable")
        _record(tx, job, AuditReason.MAY_BE_SENT, type_.value)
        yield job.id, type_


def _record(tx: Transaction, job: Job, code: AuditReason, detail: str) -> None:
    by = AuditContext(SYSTEM_ACTOR_ID, job.guild_id, detail, reason_code=code)
    audit_log.record_of_job(tx, AuditAction.RESTORE_BACKUP, job, by=by)


def read_outliving(tx: Transaction, listed: Sequence[ErasureRecord]) -> Outliving:
    """Read what outlives a restore. `listed` are the erasures beside the backups.

    Where the bot was only started, nothing was decided: the backup's decisions hold.
    """
    if table_copy.filled_table(tx) is None and server_policies.paused_at(tx) is None:
        return Outliving(listed)
    unblocked = f"action = 'unblock' AND guild_id <> {blocks.EVERYWHERE}"
    return Outliving(
        tuple({record.id: record for record in (*listed, *erasure.records(tx))}.values()),
        tx.fetch_records("SELECT id, removed_at, removed_by FROM jobs WHERE removed_at IS NOT NULL"),
        tx.fetch_records(f"SELECT DISTINCT guild_id, subject_id FROM audit_log WHERE {unblocked}"),
        {
            (table, where): tx.fetch_records(f"SELECT * FROM {table} WHERE {where}")
            for table, where in (*_REPLACED, *_ADDED)
        },
    )


def write_outliving(tx: Transaction, outliving: Outliving) -> None:
    """Write what outlives a restore into a restored database; of its movies only.

    One that it shows at the API is removed, too: `renders.complete` gives it no link.
    """
    for movie in outliving.removed:
        tx.execute(
            "UPDATE jobs SET removed_at = :removed_at, removed_by = :removed_by, movie_url = NULL"
            " WHERE id = :id AND removed_at IS NULL",
            movie,
        )
    for member in outliving.unblocked:  # one who was blocked again has a row
        tx.execute("DELETE FROM member_blocks WHERE guild_id = :guild_id AND member_id = :subject_id", member)
    for (table, where), rows in outliving.rows.items():
        if (table, where) in _REPLACED:
            tx.execute(f"DELETE FROM {table} WHERE {where}")
        for row in _known_columns(tx, table, rows):
            is_report = table == "messages" and row["kind"] == MessageKind.REPORT
            job = {"id": row["subject_id"] if is_report else row.get("job_id")}
            if job["id"] is None or tx.fetch_one("SELECT 1 FROM jobs WHERE id = :id", job):
                tx.insert(table, row, replace=TABLES[table])


def _known_columns(tx: Transaction, table: str, rows: Records) -> Records:
    """Leave out what only the replaced database has a column for, as after an upgrade that is taken back."""
    known = tx.fetch_single(f"SELECT {table}.* FROM (SELECT 1 AS one) AS one LEFT JOIN {table} ON FALSE").keys()
    return [{column: value for column, value in row.items() if column in known} for row in rows]


def last_write_at(tx: Transaction) -> int:
    """Return approximately when the database was last written to.

    0 for an empty database.
    """
    return max(tx.fetch_value(sql) or 0 for sql in _NEWEST)


def make_due(tx: Transaction, after: int) -> int:
    """Make rows due now that are due after `after`.

    Orders that wait for approval wait for as long as any from now on. Return their number.
    """
    params = {
        "now": tx.now,
        "after": after,
        "lapses_at": tx.now + APPROVAL_TTL_MS,
        "lapses_after": after + APPROVAL_TTL_MS,
    }
    return sum(tx.execute(sql, params) for sql in _MAKE_DUE)
