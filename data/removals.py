"""Removes finished movies: their links, and the messages about them. The record stays.

Members delete their own movies that nobody else paid for, and staff those of their server.
"""

from __future__ import annotations

from typing import Final

from bot.domain.delivery import NotificationType, PostedMessage, Venue
from bot.domain.jobs import Job, RemovedBy
from bot.domain.message import MessageKind
from bot.domain.movie_reports import ReportState
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext
from data import audit_log, jobs, message_deletions, messages, movie_nights, movie_reports, outbox
from data.database import Transaction
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
    movie_nights.drop_movie(tx, job_id)
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
        {"id": job_id, "starred": NotificationType.STARRED},
    )
    if row is None:
        return False
    message_deletions.delete(tx, job_id, PostedMessage(row["channel_id"], row["message_id"], Venue(row["venue"])))
    movie_nights.drop_movie(tx, job_id)
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
