"""Removes finished movies: their links, and the messages about them. The record stays.

Members delete their own movies that nobody else paid for, and staff those of their server.

`read` and `write` carry what moderators and members decided into a database that shows the past. A restore brings back
no removed movie, no dismissed report, no ended block and no setting that managers have changed since, and posts no
movie of a member who does not want that any more. What only the backup has stays: the replaced database may know less,
as a new one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.delivery import NotificationType, PostedMessage, Venue
from bot.domain.jobs import Job, RemovedBy
from bot.domain.message import MessageKind
from bot.domain.movie_reports import ReportState
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext
from data import audit_log, blocks, jobs, message_deletions, messages, movie_nights, movie_reports, outbox
from data.database import Transaction, Value
from data.engine.table_copy import TABLES
from data.messages import DueMessage
from data.personal import PAID_BY_OTHERS

RETRY_MS: Final = 3_600_000
"""How long until Discord is asked again to delete what it did not let the bot delete."""

RETRIED_MS: Final = 30 * 24 * RETRY_MS
"""How long after its removal a movie's message is tried to be deleted: the permission may come back."""

_REMOVE = (
    "UPDATE jobs SET removed_at = :now, movie_url = NULL,"
    f" removed_by = CASE WHEN member_id = :actor_id AND NOT {PAID_BY_OTHERS} THEN '{RemovedBy.MEMBER}'"
    f" ELSE '{RemovedBy.MANAGER}' END"
    f" WHERE id = :id AND state = 'completed' AND removed_at IS NULL RETURNING {jobs.COLUMNS}"
)

_OWN: Final = """
member_id = :member_id AND NOT EXISTS (SELECT 1 FROM pledges WHERE pledges.pitch_id = jobs.pitch_id
    AND pledges.member_id > 0 AND pledges.member_id <> :member_id AND pledges.state IN ('funded', 'spent'))
"""
"""Movies that nobody else paid for who is not erased."""

_REMOVE_OWN: Final = f"""
UPDATE jobs SET removed_at = :now, movie_url = NULL, removed_by = '{RemovedBy.MEMBER}'
WHERE {_OWN} AND state = 'completed' AND removed_at IS NULL
"""


_ROWS: Final = {
    "reported_movies": "TRUE",
    "movie_reports": "TRUE",
    "messages": f"kind IN ('{MessageKind.REPORT}', '{MessageKind.MOVIE_NIGHT_START}')"
    " OR job_id IN (SELECT id FROM jobs WHERE removed_at IS NOT NULL)",
    "member_blocks": f"guild_id <> {blocks.EVERYWHERE}",
    "guild_settings": "TRUE",
    "member_preferences": "TRUE",
}
"""The rows that replace those of the same key after a restore, by table, each after those that it refers to."""


@dataclass(frozen=True, slots=True)
class Moderation:
    """Removed movies, members who were unblocked, and rows by table and column."""

    removed: Sequence[dict[str, Value]] = ()
    unblocked: Sequence[dict[str, Value]] = ()
    rows: Sequence[tuple[str, Sequence[dict[str, Value]]]] = ()


def remove(tx: Transaction, job_id: str, by: AuditContext) -> Job | None:
    """Remove a finished movie, and queue the deletion of its messages.

    This decides its reports, too.
    A message that is on its way is deleted when it is recorded, see `outbox.mark_sent`. A movie that someone else
    ordered or paid for gets an entry in the audit log. None: it is not finished, or was removed before.
    """
    job = tx.fetch_as(jobs.from_row, _REMOVE, {"id": job_id, "actor_id": by.actor_id, "now": tx.now})
    if job is None:
        return None
    movie_reports.decide(tx, job_id, ReportState.REMOVED, by.actor_id)
    messages.withdraw(tx, job_id, MessageKind.FOLLOWED)
    message_deletions.delete_all(tx, job)
    movie_nights.movie_removed(tx, job_id)
    tx.log("movie_removed", job_id=job_id, actor_id=by.actor_id)
    if job.removed_by is not RemovedBy.MEMBER:
        audit_log.record_of_job(tx, AuditAction.MOVIE_REMOVED, job, by=by)
    return job


def remove_own(tx: Transaction, member_id: int) -> None:
    """Remove all movies of a member that nobody else paid for, and queue the deletion of all messages about them.

    Those about movies that failed or were canceled are deleted, too.
    """
    whose = {"member_id": member_id}
    tx.execute(_REMOVE_OWN, {**whose, "now": tx.now})
    own = f"SELECT id FROM jobs WHERE {_OWN}"
    for job_id in tx.fetch_column(f"SELECT job_id FROM reported_movies WHERE job_id IN ({own}) ORDER BY job_id", whose):
        movie_reports.decide(tx, job_id, ReportState.REMOVED, member_id)
    message_deletions.delete_many(tx, own, whose)


def leave_gallery(tx: Transaction, job_id: str, by: AuditContext) -> bool:
    """Queue the deletion of a movie's message in the gallery of stars.

    Its row stays, so that more stars don't post it again. Someone else's movie gets an entry in the audit log. Return
    False where it is not posted there.
    """
    job = jobs.lock(tx, job_id)
    row = tx.fetch_one(
        "UPDATE outbox SET status = 'suppressed', sent_at = NULL WHERE job_id = :id AND type = :starred"
        " AND status = 'sent' AND message_id > 0 AND channel_id IS NOT NULL RETURNING channel_id, message_id, venue",
        {"id": job_id, "starred": NotificationType.STARRED.value},
    )
    if row is None:
        return False
    posted = PostedMessage(row["channel_id"], row["message_id"], Venue(row["venue"]))
    message_deletions.delete(tx, job_id, posted)
    movie_nights.movie_left(tx, job_id)
    tx.log("movie_left_gallery", job_id=job_id, actor_id=by.actor_id)
    if by.actor_id != job.member_id:
        audit_log.record_of_job(tx, AuditAction.GALLERY_REMOVED, job, by=by)
    return True


def found_at(tx: Transaction, job_id: str, type_: NotificationType, message: PostedMessage) -> None:
    """Record where a finished movie's message is.

    It is deleted, too, where the movie was removed before anybody knew of it.
    """
    job = jobs.lock(tx, job_id)
    outbox.set_place(tx, job_id, type_, message)
    if job.removed_at is not None:
        message_deletions.delete(tx, job_id, message)


def retry_refused(tx: Transaction, message: DueMessage, job_id: str, posted: PostedMessage) -> bool:
    """Try again in an hour to delete a removed movie's message.

    Discord does not let the bot delete it now. The server's staff are told the first time, and at the end. Return False
    where it is not tried again: the movie was not removed, or too long ago.
    """
    job = jobs.lock(tx, job_id)
    if job.removed_at is None:
        return False
    is_retried = tx.now - job.removed_at < RETRIED_MS
    if is_retried:
        messages.retry(tx, message, tx.now + RETRY_MS)
    else:
        messages.settle(tx, message)
    is_told = posted.venue is not Venue.DIRECT and job.member_id > 0
    if is_told and (message.attempts == 0 or not is_retried):
        action = AuditAction.DELETION_REFUSED if is_retried else AuditAction.DELETION_GIVEN_UP
        by = AuditContext(SYSTEM_ACTOR_ID, job.guild_id, f"{posted.channel_id}/{posted.message_id}")
        audit_log.record_of_job(tx, action, job, by=by)
    return is_retried


def read(tx: Transaction) -> Moderation:
    """Read the decisions of a database that is replaced."""
    unblocked = f"action = 'unblock' AND guild_id <> {blocks.EVERYWHERE}"
    return Moderation(
        read_rows(tx, "SELECT id, removed_at, removed_by FROM jobs WHERE removed_at IS NOT NULL"),
        read_rows(tx, f"SELECT DISTINCT guild_id, subject_id FROM audit_log WHERE {unblocked}"),
        [(table, read_rows(tx, f"SELECT * FROM {table} WHERE {where}")) for table, where in _ROWS.items()],
    )


def write(tx: Transaction, decided: Moderation) -> None:
    """Write them into a restored database; of its movies only.

    One that it shows at the API is removed, too: `renders.complete` gives it no link.
    """
    for movie in decided.removed:
        tx.execute(
            "UPDATE jobs SET removed_at = :removed_at, removed_by = :removed_by, movie_url = NULL"
            " WHERE id = :id AND removed_at IS NULL",
            movie,
        )
    for member in decided.unblocked:  # one who was blocked again has a row
        tx.execute("DELETE FROM member_blocks WHERE guild_id = :guild_id AND member_id = :subject_id", member)
    for table, rows in decided.rows:
        for row in known_columns(tx, table, rows):
            job = {"id": row["subject_id"] if row.get("kind") == MessageKind.REPORT else row.get("job_id")}
            if job["id"] is None or tx.fetch_one("SELECT 1 FROM jobs WHERE id = :id", job):
                tx.insert(table, row, replace=TABLES[table])


def known_columns(tx: Transaction, table: str, rows: Sequence[dict[str, Value]]) -> list[dict[str, Value]]:
    """Leave out what only the replaced database has a column for, as after an upgrade that is taken back."""
    known = tx.fetch_single(f"SELECT {table}.* FROM (SELECT 1 AS one) AS one LEFT JOIN {table} ON FALSE").keys()
    return [{column: value for column, value in row.items() if column in known} for row in rows]


def read_rows(tx: Transaction, sql: str) -> list[dict[str, Value]]:
    """Read rows, each by column."""
    return [{**row} for row in tx.fetch_all(sql)]
