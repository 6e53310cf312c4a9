"""Jobs at the API: status polls, and what a render's end settles.

A completed render captures the credits, and a failed one refunds them. The job, its credits and its message change
together. A storyboard waits at the API until someone has decided about it (data/storyboards.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from bot.domain.breaker import Breaker, Outage
from bot.domain.delivery import NotificationType
from bot.domain.jobs import (
    DECISION_TTL_MS,
    LATE_CHARGE_MS,
    REMINDER_MS,
    Approval,
    EndReason,
    Job,
    JobState,
    Progress,
    Step,
    Still,
)
from bot.domain.message import MessageKind
from bot.domain.quota import AuditAction, AuditEvent
from data import (
    approval_requests,
    approvals,
    audit_log,
    breakers,
    failures,
    jobs,
    ledger,
    messages,
    outbox,
    rate_limits,
    storyboards,
)
from data.database import Transaction
from data.leases import Lease, is_free

SETTLE_POLL_MS: Final = 60_000
"""How far apart two polls are that must agree on what a stopped storyboard cost."""

MAX_SETTLE_MS: Final = 10 * 60_000
"""How long that may change. What is charged later is the operator's."""

_RESCHEDULE: Final = """
UPDATE jobs SET next_run_at = :due_at, last_pending_at = COALESCE(:pending_at, last_pending_at),
    not_found_count = COALESCE(:not_found_count, not_found_count), leased_by = NULL, leased_until = NULL
WHERE id = :id AND state = :state AND next_run_at = :expected_due_at
"""


def take_due_polls(tx: Transaction, limit: int, exclude: Sequence[str], lease: Lease) -> list[Job]:
    """Lease the jobs whose status poll is due, the longest due first.

    They are RENDERING, UNKNOWN with an unverified request id from a callback, or CANCELLED and may have been charged
    for since. None while the API asks to wait.
    """
    due = tx.fetch_all_as(
        jobs.from_row,
        f"SELECT {jobs.COLUMNS} FROM jobs WHERE {jobs.POLLED} AND next_run_at <= :now AND {is_free('jobs')}"
        f" AND NOT {rate_limits.IS_PAUSED} ORDER BY next_run_at LIMIT :limit{tx.skip_locked}",
        {"now": tx.now, "holder": lease.holder, "limit": limit + len(exclude)},
    )
    taken = [job for job in due if job.id not in exclude][:limit]
    if taken:
        sql = "UPDATE jobs SET leased_by = :holder, leased_until = :until WHERE id IN (:ids)"
        tx.execute(sql, {"ids": [job.id for job in taken], **asdict(lease)})
    return taken


def next_poll_at(tx: Transaction, now: int) -> int | None:
    """Return when the next status poll is due."""
    return tx.fetch_value(f"SELECT MIN(next_run_at) FROM jobs WHERE {jobs.POLLED} AND next_run_at > :now", {"now": now})


def reschedule_poll(
    tx: Transaction, job: Job, due_at: int, *, pending_at: int | None = None, not_found_count: int | None = None
) -> None:
    """Record that a movie has not advanced since its job was read, and when to poll again.

    A callback since then keeps the poll due. `pending_at` is when the API said that the movie is not done; None if it
    did not say so. None as the `not_found_count`: it stays.
    """
    tx.execute(
        _RESCHEDULE,
        {
            "id": job.id,
            "state": job.state,
            "due_at": due_at,
            "expected_due_at": job.next_run_at,
            "pending_at": pending_at,
            "not_found_count": not_found_count,
        },
    )


def poll_now(tx: Transaction, job_id: str) -> None:
    """Make a rendering job due for a status poll."""
    if jobs.update(tx, job_id, JobState.RENDERING, {"next_run_at": tx.now}) is not None:
        tx.wake("status_polls")


def record_poll(
    tx: Transaction,
    job: Job,
    due_at: int,
    progress: Progress,
    *,
    pending_at: int | None = None,
    still: Still | None = None,
) -> Job | None:
    """Record how far a movie is, and when to poll again, as `reschedule_poll` does. A `still` is the newest one."""
    reschedule_poll(tx, job, due_at, pending_at=pending_at)
    changes = {
        "not_found_count": 0,
        "completed_stages": progress.done,
        "total_stages": progress.total,
        "current_stage": progress.stage,
    }
    updated = jobs.update(tx, job.id, JobState.RENDERING, changes)
    if still is not None and updated is not None and updated.shows_still:
        storyboards.save_stills(tx, job.id, (still,))
    return updated


def record_drawn(tx: Transaction, job_id: str, stills: Sequence[Still]) -> Job | None:
    """Record that the API has drawn a storyboard, and waits. Staff see it first, where the order needs that.

    None: the job is not being drawn any more, or is to be cancelled.
    """
    job = jobs.lock(tx, job_id)
    if job.state is not JobState.RENDERING or job.step is not Step.DRAWING or job.cancel_requested_at is not None:
        return None
    if job.member_id > 0:  # else their data is erased
        storyboards.save_stills(tx, job_id, stills)
    if job.review is Approval.WAIVED:
        approval_requests.record_waived(tx, job)
    if job.review is not Approval.REQUIRED:
        return storyboards.show_to_member(tx, job)
    approval_requests.ask(tx, storyboards.show_to_staff(tx, job))
    return jobs.get(tx, job_id)


def keep_waiting(tx: Transaction, job_id: str, stills: Sequence[Still]) -> EndReason | None:
    """Do what is due for a storyboard that waits: remind its member, or stop it. Return why it is stopped now.

    The API has just said that it waits. `stills` have fresh links.
    """
    job = jobs.lock(tx, job_id)
    if not job.is_waiting or job.decide_by is None:
        return None
    if tx.now >= job.decide_by or job.member_id < 0:  # erased, in a restored database: nobody can decide
        if approvals.lapse(tx, job_id):
            return EndReason.APPROVAL_LAPSED
        storyboards.request_stop(tx, job, EndReason.UNDECIDED)
        return EndReason.UNDECIDED
    storyboards.save_stills(tx, job_id, stills)
    remind_at = job.decide_by - DECISION_TTL_MS + REMINDER_MS
    if job.awaits_decision and tx.now >= remind_at and job.member_id > 0:
        messages.announce(tx, MessageKind.REMINDER, job_id, job.member_id, job.guild_id, once=True)
    due_at = min(each for each in (remind_at, job.decide_by, tx.now + storyboards.LOOK_MS) if each > tx.now)
    reschedule_poll(tx, job, due_at, pending_at=tx.now, not_found_count=0)
    return None


def await_charge(tx: Transaction, job_id: str, charged: int | None) -> bool:
    """Wait for what the API charges for a storyboard that it has cancelled; return False once that counts.

    The narrative may be charged afterwards. It counts when two polls agree, or MAX_SETTLE_MS after the first.
    """
    job = jobs.lock(tx, job_id)
    if job.state is not JobState.RENDERING or job.stop_credits is None:
        return False
    if job.settle_by is not None and (job.charged == charged or tx.now >= job.settle_by):
        return False
    settle_by = tx.now + MAX_SETTLE_MS if job.settle_by is None else job.settle_by
    jobs.update(tx, job_id, JobState.RENDERING, {"charged_credits": charged, "settle_by": settle_by})
    reschedule_poll(tx, job, tx.now + SETTLE_POLL_MS)
    return True


def complete(
    tx: Transaction, job_id: str, movie_url: str, took_ms: int | None = None, charged: int | None = None
) -> Job | None:
    """Complete a job: capture its hold and queue its movie's message.

    `took_ms` is the rendering time; None where it is not known well enough. `charged` is what the API charged, if it
    said so. Return None where the job is not at the API.
    """
    changes = {
        "movie_url": movie_url,
        "finished_at": tx.now,
        "next_run_at": None,
        "took_ms": took_ms,
        "charged_credits": charged,
        "step": None,
    }
    job = jobs.transition(tx, job_id, JobState.COMPLETED, changes)
    if job is None:
        return None
    storyboards.forget_stills(tx, job_id)
    ledger.capture(tx, job_id, charged=charged, at_most=job.spent)
    if job.removed_at is not None:  # before a restore, whose backup shows it at the API
        return jobs.update(tx, job_id, JobState.COMPLETED, {"movie_url": None})
    outbox.enqueue(tx, job_id, NotificationType.COMPLETED)
    return job


def fail(
    tx: Transaction,
    job_id: str,
    reason: EndReason,
    detail: str | None,
    *,
    upstream_charged: bool,
    charged: int | None = None,
    only_from: tuple[JobState, ...] = (),
    late: bool = False,
) -> Job | None:
    """Fail a job: release its hold and queue the message about it.

    `upstream_charged`: the API keeps what it `charged` (None: it says nothing else than it did before, if anything).
    `late`: as in `ledger.release`. None: the job has ended, or is not in a state of `only_from`.
    """
    changes = {
        "end_reason": reason,
        "upstream_message": detail,
        "finished_at": tx.now,
        "next_run_at": None,
        "step": None,
        **({} if charged is None else {"charged_credits": charged}),
    }
    job = jobs.transition(tx, job_id, JobState.FAILED, changes, only_from=only_from)
    if job is not None:
        storyboards.forget_stills(tx, job_id)
        ledger.release(tx, job_id, upstream_charged=upstream_charged, charged=job.charged, late=late)
        outbox.enqueue(tx, job_id, NotificationType.FAILED)
    return job


def fail_charged(
    tx: Transaction,
    job_id: str,
    reason: EndReason,
    detail: str | None,
    charged: int | None = None,
    shortage: Outage | None = None,
) -> Job | None:
    """Fail a job that the API charged for; None where it has ended.

    It charged what it said, or the price. A `shortage` of the operator's credits opens the circuit breaker: the next
    job would fail, too. Its member may be stopped now, see bot/domain/risk.py.
    """
    job = fail(tx, job_id, reason, detail, upstream_charged=True, charged=charged)
    if job is not None:
        failures.record_stop(tx, job)
        if shortage is not None:
            breakers.change(tx, Breaker.failed, job_id, shortage, tx.now)
    return job


def end_cancelled(tx: Transaction, job_id: str, charged: int | None) -> Job | None:
    """End a rendering job that was cancelled as its member asked, or a storyboard that was stopped.

    What the API charged is captured, up to `stop_credits` of a storyboard, and the rest of the hold released. Where it
    did not say, the member pays nothing, because the right amount is unknown. The operator's plan then counts the
    price, and so does the member's bound of failed credits, so that this is no way to spend the plan. Else the API is
    asked again what it charged, see `record_late_charge`. None where it is not RENDERING, or nobody asked for it.
    """
    before = jobs.lock(tx, job_id)
    if before.cancel_requested_at is None:
        return None
    changes = {
        "end_reason": before.stop_reason or EndReason.CANCELLED_BY_MEMBER,
        "finished_at": tx.now,
        "next_run_at": None if charged is None else tx.now + LATE_CHARGE_MS,
        "charged_credits": charged,
        "step": None,
    }
    job = jobs.transition(tx, job_id, JobState.CANCELLED, changes, only_from=(JobState.RENDERING,))
    if job is None:
        return None
    storyboards.forget_stills(tx, job_id)
    if charged is None or job.stop_credits == 0:
        ledger.release(tx, job_id, upstream_charged=True, charged=charged)
    else:
        ledger.capture_part(tx, job_id, charged, at_most=job.stop_credits)
    outbox.enqueue(tx, job_id, NotificationType.CANCELLED)
    tx.wake("submissions")  # unlike other cancelled jobs, it was at the API, where there is a place for the next one
    if charged is None:
        failures.record_stop(tx, job)
    return job


def record_late_charge(tx: Transaction, job_id: str, charged: int | None) -> int:
    """Record what the API `charged` for a cancelled job in all, once.

    What was added since its end is the operator's: its member was told what it costs. Return that. None, or less than
    before, adds nothing.
    """
    job = jobs.lock(tx, job_id)
    if job.state is not JobState.CANCELLED or job.next_run_at is None:
        return 0
    jobs.update(tx, job_id, JobState.CANCELLED, {"next_run_at": None})
    late = max(0, (charged or 0) - (job.charged or 0))
    if late:
        ledger.charge_late(tx, job_id, late)
    return late


def attach_request_id(
    tx: Transaction, job_id: str, request_id: str, due_at: int, change: AuditEvent | None = None
) -> Job | None:
    """Set an UNKNOWN job's request id at the API, and poll it.

    None: the job is not UNKNOWN, or another job has the id. `change` is the operator's audit entry.
    """
    if jobs.has_request_id(tx, request_id):
        return None
    changes = {"samsar_request_id": request_id, "next_run_at": due_at, "not_found_count": 0}
    job = jobs.transition(tx, job_id, JobState.RENDERING, changes, only_from=(JobState.UNKNOWN,))
    if job is not None:
        outbox.withdraw(tx, job_id, NotificationType.UNKNOWN)
        if change is not None:
            audit_log.record(tx, change)
    return job


def reject_unverified_id(tx: Transaction, job_id: str, request_id: str) -> None:
    """Drop an unverified request id that the API does not know.

    The job stays UNKNOWN. A newer one is kept.
    """
    if jobs.lock(tx, job_id).unverified_request_id == request_id:
        changes = {"unverified_request_id": None, "next_run_at": None, "not_found_count": 0}
        jobs.update(tx, job_id, JobState.UNKNOWN, changes)


def unknown_since(tx: Transaction, since: int) -> list[Job]:
    """Return the jobs that became UNKNOWN since a time, oldest first.

    The time itself is included.
    """
    return tx.fetch_all_as(
        jobs.from_row,
        f"SELECT {jobs.COLUMNS} FROM jobs {outbox.SINCE_UNKNOWN}"
        " WHERE jobs.state = 'unknown' AND outbox.created_at >= :since ORDER BY jobs.id",
        {"since": since},
    )


def unknown_before(tx: Transaction, before: int) -> Sequence[str]:
    """Return the jobs that have been UNKNOWN since before a time, for `give_up`."""
    return tx.fetch_column(
        f"SELECT jobs.id FROM jobs {outbox.SINCE_UNKNOWN} WHERE {jobs.OPEN} AND jobs.state = 'unknown'"
        " AND outbox.created_at < :before ORDER BY jobs.id",
        {"before": before},
    )


def give_up(tx: Transaction, job_id: str) -> Job | None:
    """Fail a job that stayed UNKNOWN, and release its hold.

    The API may have charged for it, so the operator's plan counts the price. Return None where it is not UNKNOWN any
    more, or a callback's request id is being polled.
    """
    if jobs.lock(tx, job_id).next_run_at is not None:
        return None
    reason = EndReason.STAYED_UNKNOWN
    job = fail(tx, job_id, reason, None, upstream_charged=True, only_from=(JobState.UNKNOWN,), late=True)
    if job is not None:
        outbox.withdraw(tx, job_id, NotificationType.UNKNOWN)
        audit_log.record_of_job(tx, AuditAction.JOB_GIVEN_UP, job, job.price)
    return job


def resolve_failed(
    tx: Transaction,
    job_id: str,
    change: AuditEvent,
    *,
    upstream_charged: bool,
    without_callback: bool = False,
) -> Job | None:
    """Fail a job by the operator's decision, and release its hold.

    Return None where it is neither UNKNOWN nor RENDERING. `upstream_charged`: the API keeps what it charged.
    `without_callback`: only an UNKNOWN job without a callback.
    """
    if without_callback and jobs.lock(tx, job_id).called_back_at is not None:
        return None
    states = (JobState.UNKNOWN,) if without_callback else (JobState.UNKNOWN, JobState.RENDERING)
    reason = EndReason.RESOLVED_BY_OPERATOR
    job = fail(tx, job_id, reason, None, upstream_charged=upstream_charged, only_from=states, late=True)
    if job is not None:
        outbox.withdraw(tx, job_id, NotificationType.UNKNOWN)
        audit_log.record(tx, change)
        if upstream_charged:
            failures.record_stop(tx, job)
    return job
