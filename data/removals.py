"""Removes finished movies: their links, and the messages about them.

The record stays. Members delete their own movies, and server managers those of their server.
"""

from __future__ import annotations

from bot.domain.job import Job, RemovedBy
from bot.domain.quota import AuditAction, AuditContext
from data import audit_log, jobs, message_deletions
from data.audit_log import AuditEvent
from data.database import Transaction

_REMOVE = (
    "UPDATE jobs SET removed_at = :now, movie_url = NULL,"
    f" removed_by = CASE WHEN member_id = :actor_id THEN '{RemovedBy.MEMBER}' ELSE '{RemovedBy.MANAGER}' END"
    f" WHERE id = :id AND state = 'completed' AND removed_at IS NULL RETURNING {jobs.COLUMNS}"
)


def remove(tx: Transaction, job_id: str, by: AuditContext, now: int) -> Job | None:
    """Remove a finished movie, and queue the deletion of its messages.

    A message that is on its way is deleted when it is recorded, see `outbox.mark_sent`. Someone else's movie gets an
    entry in the audit log. None: it is not finished, or was removed before.
    """
    row = tx.fetch_one(_REMOVE, {"id": job_id, "actor_id": by.actor_id, "now": now})
    if row is None:
        return None
    job = jobs.from_row(row)
    message_deletions.delete_all(tx, job, now)
    if job.removed_by is not RemovedBy.MEMBER:
        audit_log.record(tx, AuditEvent(by, AuditAction.MOVIE_REMOVED, job.member_id, None, now, job_id=job.id))
    return job
