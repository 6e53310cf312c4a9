"""From the queue to the API.

A job is committed as SUBMITTING before its request is sent. A job that the API rejects is refunded. One whose outcome
is unknown keeps its hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.domain.breaker import MAX_OUTAGE_WAIT_MS, Breaker, BreakerState, Outage
from bot.domain.callback_token import CallbackToken, generate_token
from bot.domain.delivery import NotificationType
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.operations import Operation
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditReason
from data import audit_log, availability, breakers, jobs, outbox, pictures, renders
from data.availability import RefusedModel
from data.database import Transaction
from data.engine import move_record


class Claim(NamedTuple):
    """A job that is SUBMITTING, the token of its callback URL, and the API's ids of the movies that it is made from."""

    job: Job
    token: CallbackToken
    sources: tuple[str, ...] = ()

    @property
    def is_sourceless(self) -> bool:
        """Whether one of those is gone, so that the job is QUEUED still, for `end_sourceless`."""
        return self.job.state is JobState.QUEUED


_MAX_ENDED: Final = 200
"""Jobs that one check ends after a long outage. The next check ends the others."""

_PICTURES_MS: Final = 20 * 60_000
"""How much longer pictures take: the bot gives the API up to ten in turn, and then the API fetches them in turn."""

_PATIENCE: Final = f"CASE WHEN operation = 'pictures' THEN {_PICTURES_MS} ELSE 0 END"

_STALLED: Final = f"state = 'submitting' AND {jobs.is_before('submitted_at', _PATIENCE)}"

_DUE: Final = "FROM jobs WHERE state = 'queued' AND next_run_at <= :now"

_FAILED_IN_OUTAGE: Final = f"""
EXISTS (SELECT 1 FROM jobs AS other WHERE other.member_id = jobs.member_id AND {jobs.OPEN} AND other.state = 'unknown')
OR EXISTS (SELECT 1 FROM jobs AS other WHERE other.member_id = jobs.member_id AND state IN ('failed', 'cancelled')
    AND other.state = 'failed' AND other.finished_at >= :opened_at)
"""
"""Whether a job's member had a failure in the outage. The conditions of two indexes are repeated."""


def claim(
    tx: Transaction, limit: int, max_rendering: int, max_per_member: int, exclude: Sequence[str] = ()
) -> list[Claim]:
    """Claim up to `limit` jobs from the head of the queue.

    They are SUBMITTING afterwards, but for what is made of a movie that is gone. Jobs in `exclude` are left out.
    `max_rendering` limits the jobs at the API, `max_per_member` those of one member, who is skipped at the limit. An
    open circuit breaker allows no job, a half-open one allows one, of a member who had no failure in the outage if
    there is one. The breaker's row stays locked until the end: concurrent claims run one after the other, and each
    counts the jobs of those before it.

    Raises:
        DatabaseMoved: The rows are in another database, and so the jobs are claimed there. A process that was cut off
            during the move does not know it yet.
    """
    if tx.fetch_one(f"SELECT 1 {_DUE} LIMIT 1", {"now": tx.now}) is None:
        return []
    if sum(running_by_member(tx).values()) >= max_rendering:
        return []  # before the lock, for which other transactions wait
    breaker = breakers.read(tx, lock=True)
    allowed = breaker.jobs_allowed(limit)
    if allowed == 0:
        return []
    running = running_by_member(tx)
    free = min(allowed, max_rendering - sum(running.values()))
    chosen: list[str] = []
    is_trial = breaker.state is BreakerState.HALF_OPEN
    # others go first: orders that only one member's account or prompt makes fail must not keep back everyone
    order = f"CASE WHEN {_FAILED_IN_OUTAGE} THEN 1 ELSE 0 END, id" if is_trial else "id"
    due = {"now": tx.now, "opened_at": breaker.opened_at}
    for job_id, member_id in tx.iterate(f"SELECT id, member_id {_DUE} ORDER BY {order}", due):
        if len(chosen) >= free:
            break
        if job_id not in exclude and running.get(member_id, 0) < max_per_member:
            chosen.append(job_id)
            running[member_id] = running.get(member_id, 0) + 1
    claimed = [each for job_id in chosen if (each := _claimed(tx, job_id)) is not None]
    submitting = [each.job.id for each in claimed if not each.is_sourceless]
    if submitting:
        move_record.reject_moved(tx)
        if is_trial:
            breakers.write(tx, breaker.claimed(submitting[0]))
    return claimed


def end_sourceless(tx: Transaction, job_id: str) -> Job | None:
    """Fail a queued job that is made of a movie that is gone, and release its hold.

    In a transaction of its own: a claim locks other jobs and the circuit breaker before any balance. None: it has left
    the queue.
    """
    return renders.fail(tx, job_id, EndReason.SOURCE_GONE, None, upstream_charged=False, only_from=(JobState.QUEUED,))


def next_claimable_at(tx: Transaction, now: int) -> int | None:
    """Return when the next queued job becomes due.

    A job that is due and waits only for one of the limits does not count.
    """
    sql = "SELECT MIN(next_run_at) FROM jobs WHERE state = 'queued' AND next_run_at > :now"
    return tx.fetch_value(sql, {"now": now})


def mark_rendering(
    tx: Transaction, job_id: str, request_id: str, due_at: int, charged: int | None = None
) -> Job | None:
    """Record that the API accepted the job, what it `charged` at once, and its first poll.

    None: it is not SUBMITTING any more. The job becomes UNKNOWN if another job has the request id. A callback that
    overtook the response makes it due now.
    """
    if jobs.has_request_id(tx, request_id):
        return mark_unknown(tx, job_id)
    had_callback = jobs.lock(tx, job_id).called_back_at is not None
    changes = {
        "samsar_request_id": request_id,
        "next_run_at": 0 if had_callback else due_at,
        "submit_attempts": 0,
        "charged_credits": charged,
    }
    job = jobs.transition(tx, job_id, JobState.RENDERING, changes)
    outbox.withdraw(tx, job_id, NotificationType.UNKNOWN)
    breakers.change(tx, Breaker.succeeded, job_id)
    return job


def requeue(tx: Transaction, job_id: str, token_hash: str, attempts: int, outage: Outage | None = None) -> Job | None:
    """Return a job that did not reach the API to the queue.

    It must provably not have reached it, and keeps its place. An `outage` opens the circuit breaker. `token_hash` is
    that of the claim's callback token. None: this claim has ended. A write that is repeated because the answer to its
    COMMIT was lost may find the job claimed again, by another process.
    """
    changes = {"next_run_at": tx.now, "submit_attempts": attempts, "submitted_at": None}
    job = jobs.transition(tx, job_id, JobState.QUEUED, changes, only_from=(JobState.SUBMITTING,), only_claim=token_hash)
    if job is not None and outage is None:
        breakers.change(tx, Breaker.released, job_id)
    return job if outage is None else _record_outage(tx, job, outage)


def refuse(
    tx: Transaction,
    job_id: str,
    reason: EndReason,
    detail: str | None,
    outage: Outage | None = None,
    retry_after_ms: int | None = None,
    *,
    refused_model: RefusedModel | None = None,
) -> Job | None:
    """Fail a job that the API rejected.

    Its hold is released and a message about it queued. An `outage` opens the circuit breaker. None: the API rejected
    this job only, so it works. A `refused_model` is not offered any more.
    """
    job = renders.fail(tx, job_id, reason, detail, upstream_charged=False, only_from=(JobState.SUBMITTING,))
    if refused_model is not None:
        availability.record(tx, refused_model)
    if outage is None:
        breakers.change(tx, Breaker.succeeded, job_id)
        return job
    return _record_outage(tx, job, outage, retry_after_ms)


def mark_unknown(tx: Transaction, job_id: str) -> Job | None:
    """Record that the outcome of a submission is unknown.

    The hold stays, and the member is told. The circuit breaker opens.
    """
    return _record_outage(tx, _mark_unknown(tx, job_id), Outage.NO_ANSWER)


def overdue(tx: Transaction) -> Sequence[str]:
    """Return the jobs that waited too long in an outage, for `end_waiting`.

    The limit is MAX_OUTAGE_WAIT_MS with the breaker open, from the job's acknowledgment or the start of the outage,
    whichever is later. There are none while the next probe is overdue: after downtime, the API may work again.
    """
    if _ending_outage(tx) is None:
        return ()
    return tx.fetch_column(
        "SELECT id FROM jobs WHERE state = 'queued'"
        " AND COALESCE(acknowledged_at, created_at) < :before ORDER BY id LIMIT :limit",
        {"before": tx.now - MAX_OUTAGE_WAIT_MS, "limit": _MAX_ENDED},
    )


def end_waiting(tx: Transaction, job_id: str) -> Outage | None:
    """Fail an overdue job because of the outage, and release its hold.

    None: it has left the queue, or the outage has ended.
    """
    outage = _ending_outage(tx)
    if outage is None:
        return None
    job = renders.fail(tx, job_id, outage.end_reason, None, upstream_charged=False, only_from=(JobState.QUEUED,))
    return None if job is None else outage


def stalled(tx: Transaction, *, before: int | None = None, exclude: Sequence[str] = ()) -> Sequence[str]:
    """Return the jobs that a dead process left SUBMITTING, for `recover_stalled`.

    Jobs in `exclude` are left out. `before`: only jobs claimed before this time, or as long after `tx.now`, by a
    clock that was set back since. None: all of them, because no other process runs.
    """
    ids = tx.fetch_column(f"SELECT id FROM jobs WHERE {jobs.OPEN} AND {_STALLED}", jobs.params(before, tx.now))
    return [each for each in ids if each not in exclude]


def recover_stalled(tx: Transaction, job_id: str, *, before: int | None = None) -> Job | None:
    """Make a stalled job UNKNOWN, or queue it again where its pictures were not all given to the API before.

    None: its process has recorded the outcome, or the job was claimed again.
    """
    params = {**jobs.params(before, tx.now), "id": job_id}
    if tx.fetch_one(f"SELECT 1 FROM jobs WHERE id = :id AND {_STALLED}{tx.for_update}", params) is None:
        return None
    job = jobs.get(tx, job_id)
    if job.request.operation is Operation.PICTURES and not pictures.may_be_sent(tx, job):
        return jobs.transition(tx, job_id, JobState.QUEUED, {"next_run_at": tx.now, "submitted_at": None})
    return _mark_unknown(tx, job_id)


def fail_abandoned_trial(tx: Transaction) -> None:
    """Open the circuit breaker if the trial job's process died.

    The trial is then not SUBMITTING any more. The other jobs of a dead process say nothing about the API.
    """
    trial_id = breakers.read(tx).trial_job_id
    if trial_id is not None and jobs.get(tx, trial_id).state is not JobState.SUBMITTING:
        breakers.change(tx, Breaker.failed, trial_id, Outage.NO_ANSWER, tx.now)


def _record_outage(tx: Transaction, job: Job | None, outage: Outage, retry_after_ms: int | None = None) -> Job | None:
    """Open the circuit breaker for a job whose submission failed.

    None if another process has changed the job.
    """
    if job is not None:
        breakers.change(tx, Breaker.failed, job.id, outage, tx.now, retry_after_ms)
    return job


def _ending_outage(tx: Transaction) -> Outage | None:
    """Return the outage if it lasts long enough that waiting jobs end."""
    breaker = breakers.read(tx)
    long = breaker.state is BreakerState.OPEN and breaker.opened_at < tx.now - MAX_OUTAGE_WAIT_MS
    return breaker.outage if long and not breaker.probe_is_overdue(tx.now) else None


def running_by_member(tx: Transaction) -> dict[int, int]:
    """Count each member's jobs at the API, without the stalled ones."""
    sql = f"SELECT member_id, COUNT(*) FROM jobs WHERE {jobs.RUNNING} GROUP BY member_id"
    return tx.fetch_dict(sql, {"fresh": tx.now - jobs.STALLED_MS})


def _claimed(tx: Transaction, job_id: str) -> Claim | None:
    """Claim one job. None: its member has just cancelled it."""
    token = generate_token()
    changes = {"submitted_at": tx.now, "next_run_at": None, "callback_token_hash": token.hash}
    job = jobs.transition(tx, job_id, JobState.SUBMITTING, changes, only_from=(JobState.QUEUED,))
    if job is None:
        return None
    is_copy = job.request.operation.declared.is_copy
    found = {each.id: each.request_id for each in jobs.usable(tx, job.request.sources)} if is_copy else {}
    sources = tuple(request_id for each in job.request.sources if (request_id := found.get(each)))
    are_pictures = job.request.operation is Operation.PICTURES
    usable = pictures.kept(tx, job.member_id, job.request.sources) if are_pictures else sources
    if len(usable) == len(job.request.sources):
        return Claim(job, token, sources)
    changes = {"submitted_at": None, "next_run_at": tx.now, "callback_token_hash": None}
    queued = jobs.transition(tx, job_id, JobState.QUEUED, changes, only_from=(JobState.SUBMITTING,))
    return queued and Claim(queued, token)


def _mark_unknown(tx: Transaction, job_id: str) -> Job | None:
    """Make a SUBMITTING job UNKNOWN and queue the message about it.

    An unverified request id is polled now.
    """
    unverified = f"SELECT unverified_request_id FROM jobs WHERE id = :id{tx.for_update}"
    due_at = tx.now if tx.fetch_value(unverified, {"id": job_id}) else None
    job = jobs.transition(tx, job_id, JobState.UNKNOWN, {"next_run_at": due_at})
    if job is not None:
        outbox.enqueue(tx, job_id, NotificationType.UNKNOWN)
        by = AuditContext(SYSTEM_ACTOR_ID, job.guild_id, reason_code=AuditReason.SUBMISSION_UNCONFIRMED)
        audit_log.record_of_job(tx, AuditAction.JOB_UNKNOWN, job, job.price, by)
    return job
