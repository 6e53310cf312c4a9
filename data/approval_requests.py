"""Asks a server's staff to approve an order.

The request is an entry of the audit log, which the staff channel shows with buttons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain.approvals import APPROVAL_TTL_MS, ApprovalFallback, ApprovalScope
from bot.domain.jobs import Approval, Job, JobState, Step
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditReason
from bot.domain.refusal import Refused
from bot.domain.server_setup import ServerSetup
from data import audit_log, blocks, jobs, server_policies, server_setup, storyboards
from data.database import Params, Transaction
from data.engine.rows import first_of

_INDEXED: Final = f"(state = '{JobState.AWAITING_APPROVAL}' OR step = '{Step.REVIEW}')"
"""The condition of the index jobs_awaiting_approval: SQLite uses a partial index only for a query that repeats it."""

WAITING: Final = f"{_INDEXED} AND cancel_requested_at IS NULL"
"""The condition of what waits for staff: orders, and storyboards that they see first."""

_ENQUEUE: Final = f"""
UPDATE jobs SET acknowledged_at = :now, card_message_id = :card_message_id,
    state = CASE WHEN approval = '{Approval.REQUIRED}' THEN '{JobState.AWAITING_APPROVAL}' ELSE '{JobState.QUEUED}' END,
    next_run_at = CASE WHEN approval = '{Approval.REQUIRED}' THEN :lapses_at ELSE :now END
WHERE id = :id AND state = '{JobState.RESERVED}' RETURNING approval
"""
"""One statement, because it runs for every order."""

_RULES: Final = (
    ServerSetup.filter_presets,
    ServerSetup.filter_rules,
    ServerSetup.video_models,
    ServerSetup.image_models,
    ServerSetup.longest_seconds,
)
"""The settings that an approval asks again."""

_NEW_RULE: Final = f"""
SELECT 1 FROM audit_log WHERE guild_id = :guild_id AND id >= :since
    AND setting IN ({", ".join(f"'{setting}'" for setting in _RULES)}) LIMIT 1
"""


def require(tx: Transaction, setup: ServerSetup, job: Job) -> Job:
    """Let a new job wait for staff: before it starts, or once its storyboard is drawn.

    A staff channel that can't be posted to waives it, where the server wants that. Without any, staff find the order in
    `/movies`: an owner who sets none has not asked for movies to start.
    """
    is_waived = setup.approval_fallback is ApprovalFallback.START and audit_log.has_failed_channel(tx, job.guild_id)
    asked = Approval.WAIVED if is_waived else Approval.REQUIRED
    is_drawn_first = setup.approval is ApprovalScope.STORYBOARDS and job.has_steps
    return replace(job, review=asked) if is_drawn_first else replace(job, approval=asked)


def leave_reserved(tx: Transaction, job_id: str, card_message_id: int | None) -> bool:
    """Queue a reserved job, or let it wait for approval.

    Return False where it is not reserved.
    """
    row = tx.fetch_one(
        _ENQUEUE,
        {"id": job_id, "card_message_id": card_message_id, "now": tx.now, "lapses_at": tx.now + APPROVAL_TTL_MS},
    )
    if row is None:
        return False
    if row["approval"] == Approval.REQUIRED:
        ask(tx, jobs.get(tx, job_id))
        return True
    tx.wake("submissions")
    if row["approval"] == Approval.WAIVED:
        record_waived(tx, jobs.get(tx, job_id))
    return True


def ask(tx: Transaction, job: Job) -> None:
    """Ask staff about an order, or a storyboard."""
    by = AuditContext(job.member_id, job.guild_id)
    audit_log.record_of_job(tx, AuditAction.REQUEST_APPROVAL, job, job.price, by)
    if audit_log.has_failed_channel(tx, job.guild_id):  # since the order: no failure will find this entry
        start_unposted(tx, job.guild_id, (job.id,))


def lock_waiting(tx: Transaction, guild_id: int) -> Sequence[str]:
    """Lock the orders that wait in a server, and return their ids."""
    sql = f"SELECT id FROM jobs WHERE {WAITING} AND guild_id = :guild_id ORDER BY id{tx.for_update}"
    return tx.fetch_column(sql, {"guild_id": guild_id})


def start_unposted(tx: Transaction, guild_id: int, job_ids: Sequence[str]) -> None:
    """Start jobs whose requests can't be posted, where the server wants that; members see their storyboards.

    Otherwise they wait: staff find them in `/movies`, and `approvals.lapse` ends what nobody approves. So do jobs that
    a block or the pause stops, and those from before a change of the server's rules. Where the bot is no longer in the
    server, the movie would not be seen; see departed_servers.py.
    """
    if server_setup.get(tx, guild_id).approval_fallback is not ApprovalFallback.START:
        return
    if tx.fetch_one("SELECT 1 FROM departed_servers WHERE guild_id = :guild_id", {"guild_id": guild_id}):
        return
    for job_id in job_ids:
        job = jobs.get(tx, job_id)
        # rules are not asked themselves: compiling a filter takes too long for a transaction that locks jobs
        new_rule = tx.fetch_one(_NEW_RULE, {"guild_id": guild_id, "since": first_of(job.created_at)})
        if new_rule is None and obstacle(tx, job) is None:
            start(tx, job, {"review" if job.step is Step.REVIEW else "approval": Approval.WAIVED}, _unreachable(job))


def start(tx: Transaction, job: Job, changes: Params, by: AuditContext) -> Job:
    """Queue a locked job that waits for staff, or let its member see its storyboard; record who approves it."""
    if job.step is Step.REVIEW:
        started = storyboards.show_to_member(tx, job, changes)
    else:  # an outage is counted from now on
        begun = {**changes, "acknowledged_at": tx.now, "next_run_at": tx.now}
        started = jobs.transition(tx, job.id, JobState.QUEUED, begun, only_from=(JobState.AWAITING_APPROVAL,))
    assert started is not None, job.id
    audit_log.record_of_job(tx, AuditAction.APPROVE_MOVIE, job, job.price, by)
    return started


def obstacle(tx: Transaction, job: Job) -> Refused | None:
    """Return which block or pause keeps an order from starting."""
    block = blocks.active_block(tx, job.guild_id, job.member_id)
    if block is not None:
        code = "approvals-blocked-everywhere" if block.everywhere else "approvals-blocked"
        return Refused(code, {"member": job.member_id})
    if server_policies.paused_at(tx) is not None or server_policies.get(tx, job.guild_id).blocked:
        return Refused("approvals-paused")
    return None


def ask_again(tx: Transaction, guild_id: int, channel_id: int) -> None:
    """Ask staff in a new channel about the jobs that wait.

    The channel before may be deleted. `approvals.mark_posted` deletes the message there.
    """
    tx.execute(
        "UPDATE audit_log SET is_pending = 1 WHERE guild_id = :guild_id AND action = :action AND job_id IN"
        f" (SELECT id FROM jobs WHERE {WAITING} AND guild_id = :guild_id"
        " AND (staff_message_id IS NULL OR staff_channel_id <> :channel_id))",
        {"guild_id": guild_id, "channel_id": channel_id, "action": AuditAction.REQUEST_APPROVAL},
    )
    audit_log.show(tx, guild_id)


def record_waived(tx: Transaction, job: Job) -> None:
    """Record that a job does not wait for staff, because they can't be asked."""
    audit_log.record_of_job(tx, AuditAction.APPROVE_MOVIE, job, job.price, _unreachable(job))


def _unreachable(job: Job) -> AuditContext:
    return AuditContext(SYSTEM_ACTOR_ID, job.guild_id, reason_code=AuditReason.STAFF_UNREACHABLE)
