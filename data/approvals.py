"""Decisions about orders that wait for a server's staff, and about storyboards that staff see first.

Each is one transaction that changes a waiting job or nothing: of two decisions, the first counts, and the second finds
what it was. The price is the one that is held. Credits are of the month of the order, as with every job.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.delivery import PostedMessage
from bot.domain.jobs import Decision, EndReason, Job, JobState, Step
from bot.domain.movie_list import NumberedPage
from bot.domain.pitches import PledgeState
from bot.domain.quota import AuditAction, AuditContext
from bot.domain.refusal import Refused
from data import (
    approval_requests,
    audit_log,
    availability,
    jobs,
    message_deletions,
    orders,
    pledges,
    server_setup,
    storyboards,
)
from data.approval_requests import WAITING
from data.database import Transaction
from data.engine.rows import read_page

_MAX_LAPSED: Final = 200
"""Orders that one check ends. The next one ends the others."""


def approve(tx: Transaction, job_id: str, *, by: AuditContext, manages: bool) -> Decision | Refused:
    """Queue an order that waits for approval, or let its member see the storyboard.

    An order whose model or duration is not offered any more is cancelled.
    `manages`: the staff member may manage the server, and so approve what is theirs.

    Raises:
        DuplicateInteraction: The interaction has decided already.
    """
    job = _lock_waiting(tx, job_id, by)
    if not isinstance(job, Job):
        return job
    paying = (PledgeState.FUNDED,)
    own = job.member_id == by.actor_id or pledges.find(tx, job.pitch_id, by.actor_id, paying) is not None
    obstacle = Refused("approvals-own") if own and not manages else approval_requests.obstacle(tx, job)
    if obstacle is not None:
        return obstacle
    # of a prompt that breaks a newer rule, no hit is counted: its member could not know
    if tx.policy.filters.broken_by(server_setup.get(tx, job.guild_id), job.request.prompt) is not None:
        return Refused("approvals-prompt")
    if job.step is not Step.REVIEW and not availability.is_available(tx, by.guild_id, job.request):
        return _end(tx, job, EndReason.NOT_OFFERED)
    approved = approval_requests.start(tx, job, {"decided_by": by.actor_id}, by)
    return Decision(approved, counted=True)


def decline(tx: Transaction, job_id: str, *, by: AuditContext) -> Decision | Refused:
    """Cancel an order that waits for approval, or its storyboard does, and refund it.

    Its member is told, with the reason of `by`.

    Raises:
        DuplicateInteraction: The interaction has decided already.
    """
    job = _lock_waiting(tx, job_id, by)
    if not isinstance(job, Job):
        return job
    tx.execute(
        "UPDATE jobs SET decided_by = :by, decline_reason = :reason WHERE id = :id",
        {"by": by.actor_id, "reason": by.reason, "id": job_id},
    )
    return _end(tx, job, EndReason.DECLINED, by)


def overdue(tx: Transaction) -> Sequence[str]:
    """Return the orders that waited too long, for `lapse`. Storyboards lapse with a status poll.

    It repeats the words of the index jobs_open: without them, SQLite walks over all jobs in the order of their ids.
    """
    due = f"{jobs.OPEN} AND state = '{JobState.AWAITING_APPROVAL}' AND next_run_at <= :now"
    return tx.fetch_column(
        f"SELECT id FROM jobs WHERE {due} ORDER BY id LIMIT :limit", {"now": tx.now, "limit": _MAX_LAPSED}
    )


def lapse(tx: Transaction, job_id: str) -> bool:
    """Cancel an order that waited too long for staff, or its storyboard did, and refund it.

    Return False where it was decided meanwhile.
    """
    job = jobs.lock(tx, job_id)
    if not _is_waiting(job):
        return False
    _end(tx, job, EndReason.APPROVAL_LAPSED)
    return True


def end_of_server(tx: Transaction, guild_id: int) -> None:
    """Cancel and refund what waits in a server that the bot left."""
    for job_id in approval_requests.lock_waiting(tx, guild_id):
        _end(tx, jobs.get(tx, job_id), EndReason.SERVER_LEFT)


def mark_posted(tx: Transaction, job_id: str, message: PostedMessage) -> None:
    """Record the message that asks staff about a job.

    It is deleted where the job's member has erased their data meanwhile. So is the one in
    the staff channel before.
    """
    before = jobs.lock(tx, job_id).staff_message
    if before not in (None, message):
        message_deletions.delete(tx, job_id, before)
    place = {"channel_id": message.channel_id, "message_id": message.message_id, "id": job_id}
    tx.execute("UPDATE jobs SET staff_channel_id = :channel_id, staff_message_id = :message_id WHERE id = :id", place)
    if orders.is_erased(tx, jobs.get(tx, job_id)):
        message_deletions.delete(tx, job_id, message)


def page(tx: Transaction, guild_id: int, number: int, size: int) -> NumberedPage[Job]:
    """Return a page of the orders that wait in a server.

    The oldest come first.
    """
    source = f"jobs WHERE {WAITING} AND guild_id = :guild_id"
    return read_page(tx, jobs.COLUMNS, source, "id", {"guild_id": guild_id}, jobs.from_row, number, size)


def _lock_waiting(tx: Transaction, job_id: str, by: AuditContext) -> Job | Decision | Refused:
    """Lock an order that waits in the server; lapse it if due. Return what it is where it does not wait."""
    job = jobs.find(tx, job_id, lock=True)
    if job is None or job.guild_id != by.guild_id:
        return Refused("approvals-unknown")
    audit_log.require_new(tx, by)
    if not _is_waiting(job):
        return Decision(job, counted=False)
    lapses_at = job.next_run_at if job.step is not Step.REVIEW else job.decide_by
    if lapses_at is not None and lapses_at <= tx.now:
        return _end(tx, job, EndReason.APPROVAL_LAPSED)
    return job


def _is_waiting(job: Job) -> bool:
    return job.state is not JobState.RESERVED and job.awaits_approval


def _end(tx: Transaction, job: Job, reason: EndReason, by: AuditContext | None = None) -> Decision:
    """Cancel and refund a locked job that waits. That counts where it is what a staff member decided."""
    is_lapse = reason in (EndReason.APPROVAL_LAPSED, EndReason.SERVER_LEFT)
    if job.step is Step.REVIEW:
        storyboards.request_stop(tx, job, EndReason.APPROVAL_LAPSED if is_lapse else reason)
    else:
        cancelled = orders.cancel(tx, job.id, reason, only_from=(JobState.AWAITING_APPROVAL,), notify=True)
        assert cancelled, job.id
    action = AuditAction.LAPSE_APPROVAL if is_lapse else AuditAction.DECLINE_MOVIE
    audit_log.record_of_job(tx, action, job, job.price, by)
    return Decision(jobs.get(tx, job.id), counted=by is not None)
