"""Members' actions on a job: cancel, follow, set the delivery target, claim.

Each statement checks itself who may do it.
"""

from __future__ import annotations

from typing import Final

from bot.domain.delivery import NotificationType
from bot.domain.followers import MAX_FOLLOWERS
from bot.domain.job import EndReason, Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditAction, AuditContext
from bot.domain.refusal import Refused
from data import audit_log, follower_notices, jobs, messages, orders, preferences
from data.audit_log import AuditEvent
from data.database import Transaction

_CANCELLABLE: Final = (JobState.QUEUED, JobState.AWAITING_APPROVAL)

_QUEUED = (
    f"FROM jobs WHERE guild_id = :guild_id AND member_id = :member_id AND {jobs.OPEN}"
    f" AND state IN {jobs.sql_list(_CANCELLABLE)}"
)


def cancel(tx: Transaction, job_id: str, member_id: int) -> Job | None:
    """Cancel a member's job that waits, and release its hold.

    None: it is not theirs, or neither queued nor waiting for approval.
    """
    own = tx.fetch_one(
        "SELECT 1 FROM jobs WHERE id = :id AND member_id = :member_id", {"id": job_id, "member_id": member_id}
    )
    if own is None or not orders.cancel(
        tx, job_id, EndReason.CANCELLED_BY_MEMBER, only_from=_CANCELLABLE, notify=False
    ):
        return None
    return jobs.get(tx, job_id)


def count_queued(tx: Transaction, guild_id: int, member_id: int) -> int:
    """Count a member's jobs in a server that wait, also for staff."""
    row = tx.fetch_one(f"SELECT COUNT(*) AS n {_QUEUED}", {"guild_id": guild_id, "member_id": member_id})
    assert row is not None
    return row["n"]


def cancel_queued(tx: Transaction, member_id: int, *, by: AuditContext) -> list[Job]:
    """Cancel a member's waiting jobs in a server, for its staff.

    Those that wait for approval are among them. Their holds are released, and the sum is in the audit log.

    Raises:
        DuplicateInteraction: The interaction has cancelled them already.
    """
    account = {"guild_id": by.guild_id, "member_id": member_id}
    # all are locked before any of their balances: the order of locks
    rows = tx.fetch_all(f"SELECT id {_QUEUED} ORDER BY id{tx.for_update}", account)
    audit_log.require_new(tx, by)  # only now: another process may run the same interaction, and held the locks
    reason = EndReason.CANCELLED_BY_STAFF
    cancelled = [
        jobs.get(tx, row["id"])
        for row in rows
        if orders.cancel(tx, row["id"], reason, only_from=_CANCELLABLE, notify=False)
    ]
    if cancelled:
        refunded = sum(job.price for job in cancelled)
        audit_log.record(tx, AuditEvent(by, AuditAction.CANCEL_QUEUED, member_id, refunded))
    return cancelled


def request_cancel(tx: Transaction, job_id: str, member_id: int) -> Job | None:
    """Record that a member wants their rendering job cancelled.

    Its poll is due at once. The worker cancels it at the API, and a status poll tells how it ended. None: it is not
    theirs, does not render, its cancellation was requested before, or members pay for it together: it would spend their
    credits on nothing.
    """
    row = tx.fetch_one(
        "UPDATE jobs SET cancel_requested_at = :now, next_run_at = :now WHERE id = :id AND member_id = :member_id"
        f" AND state = 'rendering' AND pitch_id IS NULL AND cancel_requested_at IS NULL RETURNING {jobs.COLUMNS}",
        {"id": job_id, "member_id": member_id, "now": tx.now},
    )
    if row is None:
        return None
    tx.wake("status_polls")
    tx.log("cancel_requested", job_id=job_id)
    return jobs.from_row(row)


def follow(tx: Transaction, job_id: str, member_id: int) -> Refused | None:
    """Mention a member when a job is completed. Idempotent.

    A second follow changes nothing: Discord may deliver one click to two processes, and the second must not undo the
    first.
    """
    preferences.lock(tx, member_id)  # their data may be erased at the same time
    # locked: two members who follow at once must not both be the last one
    tx.fetch_one(f"SELECT 1 FROM jobs WHERE id = :id{tx.for_update}", {"id": job_id})
    added = tx.execute(
        "INSERT INTO followers (job_id, member_id) SELECT id, :member_id FROM jobs"
        f" WHERE id = :job_id AND delivery_target = 'channel' AND {jobs.OPEN}"
        " AND (SELECT COUNT(*) FROM followers WHERE job_id = :job_id) < :limit"
        " ON CONFLICT (job_id, member_id) DO NOTHING",
        {"job_id": job_id, "member_id": member_id, "limit": MAX_FOLLOWERS},
    )
    return None if added else _why_not_added(tx, job_id, member_id)


def unfollow(tx: Transaction, job_id: str, member_id: int) -> None:
    """Stop mentioning a member when a job is completed, and telling them of it. Idempotent."""
    tx.execute(
        "DELETE FROM followers WHERE job_id = :job_id AND member_id = :member_id",
        {"job_id": job_id, "member_id": member_id},
    )
    messages.withdraw_of_member(tx, job_id, member_id)


def set_delivery_target(tx: Transaction, job_id: str, member_id: int, target: DeliveryTarget) -> Job | None:
    """Set where a member's open job is delivered.

    None: it is not theirs, has ended, or is posted for everyone who pays for it.
    """
    row = tx.fetch_one(
        f"UPDATE jobs SET delivery_target = :target WHERE id = :id AND member_id = :member_id AND {jobs.OPEN}"
        f" AND pitch_id IS NULL RETURNING {jobs.COLUMNS}",
        {"id": job_id, "member_id": member_id, "target": target.value},
    )
    return jobs.from_row(row) if row else None


def mark_claimed(tx: Transaction, job_id: str, member_id: int) -> None:
    """Mark an undeliverable movie as delivered, because its member has the link."""
    tx.execute(
        "UPDATE outbox SET status = 'sent', sent_at = :now WHERE job_id = :job_id AND type = :type"
        " AND status IN ('suppressed', 'undeliverable')"
        " AND EXISTS (SELECT 1 FROM jobs WHERE id = :job_id AND member_id = :member_id)",
        {"job_id": job_id, "member_id": member_id, "type": NotificationType.COMPLETED.value, "now": tx.now},
    )


def _why_not_added(tx: Transaction, job_id: str, member_id: int) -> Refused | None:
    row = tx.fetch_one(f"SELECT delivery_target FROM jobs WHERE id = :id AND {jobs.OPEN}", {"id": job_id})
    if row is None:
        return Refused("buttons-follow-ended")
    if member_id in follower_notices.followers(tx, job_id):
        return None
    private = row["delivery_target"] == DeliveryTarget.DIRECT_MESSAGE
    return Refused("buttons-follow-private" if private else "buttons-follow-full")
