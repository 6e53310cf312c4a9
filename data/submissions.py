"""From the queue to the API: a job is SUBMITTING, committed as such, before its request leaves."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.breaker import PATIENCE_MS, BreakerState, Outage
from bot.domain.callback_token import CallbackToken, generate_token
from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, Job, JobState
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditContext, QuotaAction
from data import breakers, jobs, ledger, outbox, quotas
from data.database import Transaction
from data.quotas import AuditEvent
from data.store_part import StorePart

_STALLED_MS = 24 * 3600 * 1000
"""A job that renders longer than a day stays watched, but no longer takes a place from the ones that wait."""


_ENDED_AT_ONCE = 200
"""Jobs that one transaction ends after a long outage. The next sweep ends the others."""

_DUE = "FROM jobs WHERE state = 'queued' AND next_run_at <= :now"


class QueueStore(StorePart):
    """The queue. Keeps the Protocol `Queue` of bot/worker/interfaces.py."""

    async def claim(
        self, now: int, limit: int, most_rendering: int, most_per_member: int
    ) -> Sequence[tuple[Job, CallbackToken]]:
        """Take up to `most` jobs from the head of the queue for submission, within the operator's two bounds.

        A member who is at the bound is passed over, not in the way. What is returned is SUBMITTING, and committed as
        such. The circuit breaker is asked in the same transaction: open it lets no job through, half-open only one.
        """

        def work(tx: Transaction) -> list[tuple[Job, CallbackToken]]:
            if tx.fetch_one(f"SELECT 1 {_DUE} LIMIT 1", {"now": now}) is None:
                return []
            breaker = breakers.lock(tx)
            allowed = breaker.jobs_allowed(limit)
            if allowed == 0:
                return []
            running = _running(tx, now)
            places = min(allowed, most_rendering - sum(running.values()))
            chosen: list[str] = []
            for row in tx.iterate(f"SELECT id, member_id {_DUE} ORDER BY id", {"now": now}):
                if len(chosen) >= places:
                    break
                if running.get(row["member_id"], 0) < most_per_member:
                    chosen.append(row["id"])
                    running[row["member_id"]] = running.get(row["member_id"], 0) + 1
            if chosen and breaker.state is BreakerState.HALF_OPEN:
                breakers.write(tx, breaker.claimed(chosen[0]))
            return [_claimed(tx, job_id, now) for job_id in chosen]

        return await self._database.write(work)

    async def next_claimable_at(self, now: int) -> int | None:
        """When a queued job that had to wait is due. One that waits for a place only is no reason to wake up."""
        return await self._moment(
            "SELECT MIN(next_run_at) FROM jobs WHERE state = 'queued' AND next_run_at > :now", now
        )

    async def mark_rendering(self, job_id: str, request_id: str, due_at: int, now: int) -> Job | None:
        """The API took the job: watch it (UNKNOWN where the id is another job's). None: it was not ours to move."""

        def work(tx: Transaction) -> Job | None:
            if (
                tx.fetch_one("SELECT 1 FROM jobs WHERE samsar_request_id = :request_id", {"request_id": request_id})
                is not None
            ):
                return _note_outage(tx, _lose(tx, job_id, now), Outage.NO_ANSWER, now)
            breakers.change(tx, lambda breaker: breaker.succeeded(job_id))
            changes = {"samsar_request_id": request_id, "next_run_at": due_at, "submit_attempts": 0}
            if (jobs.get(tx, job_id)).called_back_at is not None:  # a callback overtook the answer: look at once
                changes["next_run_at"] = 0
            outbox.cancel(tx, job_id, NotificationType.UNKNOWN)
            return jobs.transition(tx, job_id, JobState.RENDERING, changes)

        return await self._database.write(work)

    async def requeue(
        self, job_id: str, now: int, attempts: int, outage: Outage | None = None, retry_after_ms: int | None = None
    ) -> Job | None:
        """Put a job of which certainly nothing was made back in its place in the queue.

        The circuit breaker opens with the `outage`, if one is the reason.
        """

        def work(tx: Transaction) -> Job | None:
            changes = {"next_run_at": now, "submit_attempts": attempts, "submitted_at": None}
            job = jobs.transition(tx, job_id, JobState.QUEUED, changes, only_from=(JobState.SUBMITTING,))
            if outage is None:
                breakers.change(tx, lambda breaker: breaker.released(job_id))
                return job
            return _note_outage(tx, job, outage, now, retry_after_ms)

        return await self._database.write(work)

    async def refuse(
        self,
        job_id: str,
        reason: EndReason,
        detail: str | None,
        now: int,
        outage: Outage | None = None,
        retry_after_ms: int | None = None,
    ) -> Job | None:
        """The API refused the job for certain: give the credits back, and owe the member a word.

        The circuit breaker opens with the `outage`. None: the API refused what the job asks, and so it works.
        """

        def work(tx: Transaction) -> Job | None:
            job = _end(tx, job_id, reason, detail, now, JobState.SUBMITTING)
            if outage is None:
                breakers.change(tx, lambda breaker: breaker.succeeded(job_id))
                return job
            return _note_outage(tx, job, outage, now, retry_after_ms)

        return await self._database.write(work)

    async def mark_unknown(self, job_id: str, now: int) -> Job | None:
        """The request left and its fate is not known. The hold stays; the member is told that we are checking.

        The circuit breaker opens in the same transaction.
        """

        def work(tx: Transaction) -> Job | None:
            return _note_outage(tx, _lose(tx, job_id, now), Outage.NO_ANSWER, now)

        return await self._database.write(work)

    async def end_waiting(self, now: int) -> tuple[Outage, Sequence[Job]] | None:
        """End the jobs that waited for PATIENCE_MS while the breaker was open, and give their credits back.

        None: there are none, or it is not open, or the next probe is overdue: after downtime the API may be back.
        The wait counts from the job's confirmation or the outage's beginning, whichever is later.
        """

        def work(tx: Transaction) -> tuple[Outage, Sequence[Job]] | None:
            breaker = breakers.read(tx)
            outage, before = breaker.outage, now - PATIENCE_MS
            if breaker.state is not BreakerState.OPEN or outage is None or breaker.opened_at >= before:
                return None
            if breaker.probe_is_overdue(now):
                return None
            rows = tx.fetch_all(
                "SELECT id FROM jobs WHERE state = 'queued'"
                " AND COALESCE(acknowledged_at, created_at) < :before ORDER BY id LIMIT :most",
                {"before": before, "most": _ENDED_AT_ONCE},
            )
            ended = [_end(tx, row["id"], outage.end_reason, None, now, JobState.QUEUED) for row in rows]
            jobs = [job for job in ended if job is not None]
            return (outage, jobs) if jobs else None

        return await self._database.write(work)

    async def recover_stalled(
        self, now: int, *, before: int | None = None, exclude: Sequence[str] = ()
    ) -> Sequence[Job]:
        """Make UNKNOWN of the jobs that a dead process left SUBMITTING, leaving out the jobs `without`.

        `before`: only of those taken for submission before this moment, or as long after `now`, by a clock that has
        been set back since. None: of all, for no other process is alive.
        """

        def work(tx: Transaction) -> list[Job]:
            rows = tx.fetch_all(
                f"SELECT id FROM jobs WHERE {jobs.OPEN} AND state = 'submitting'"
                " AND (CAST(:before AS BIGINT) IS NULL OR submitted_at < :before OR submitted_at > :ahead)",
                {"before": before, "ahead": None if before is None else 2 * now - before},
            )
            lost = [_lose(tx, row["id"], now) for row in rows if row["id"] not in exclude]
            _end_dead_trial(tx, now)
            return [job for job in lost if job is not None]

        return await self._database.write(work)


def _note_outage(
    tx: Transaction, job: Job | None, outage: Outage, now: int, retry_after_ms: int | None = None
) -> Job | None:
    """Open the circuit breaker for a job whose submission failed. None: another process has settled it already."""
    if job is not None:
        job_id = job.id
        breakers.change(tx, lambda breaker: breaker.failed(job_id, outage, now, retry_after_ms))
    return job


def _end_dead_trial(tx: Transaction, now: int) -> None:
    """Open the circuit breaker where the trial is not in submission any more: its process died.

    Also where an older version, which knows of no breaker, made it UNKNOWN. A dead process's other jobs say nothing.
    """
    trial_id = breakers.read(tx).trial_job_id
    if trial_id is not None and jobs.get(tx, trial_id).state is not JobState.SUBMITTING:
        breakers.change(tx, lambda breaker: breaker.failed(trial_id, Outage.NO_ANSWER, now))


def _end(
    tx: Transaction, job_id: str, reason: EndReason, detail: str | None, now: int, only_from: JobState
) -> Job | None:
    changes = {"end_reason": reason.value, "upstream_message": detail, "finished_at": now, "next_run_at": None}
    job = jobs.transition(tx, job_id, JobState.FAILED, changes, only_from=(only_from,))
    if job is not None:
        ledger.release(tx, job_id, now, upstream_charged=False)
        outbox.enqueue(tx, job_id, NotificationType.FAILED, now)
    return job


def _running(tx: Transaction, now: int) -> dict[int, int]:
    """How many of their jobs each member has at the API, but for those that have stalled there."""
    rows = tx.fetch_all(
        "SELECT member_id, COUNT(*) AS n FROM jobs WHERE state IN ('submitting', 'rendering')"
        " AND (submitted_at IS NULL OR submitted_at > :fresh) GROUP BY member_id",
        {"fresh": now - _STALLED_MS},
    )
    return {row["member_id"]: row["n"] for row in rows}


def _claimed(tx: Transaction, job_id: str, now: int) -> tuple[Job, CallbackToken]:
    secret = generate_token()
    changes = {"submitted_at": now, "next_run_at": None, "callback_token_hash": secret.hash}
    job = jobs.transition(tx, job_id, JobState.SUBMITTING, changes, only_from=(JobState.QUEUED,))
    assert job is not None  # it was queued a moment ago, in this transaction
    return job, secret


def _lose(tx: Transaction, job_id: str, now: int) -> Job | None:
    """SUBMITTING becomes UNKNOWN, and its member is owed a word.

    A candidate that a callback brought is looked at now.
    """
    row = tx.fetch_one("SELECT unverified_request_id FROM jobs WHERE id = :id", {"id": job_id})
    due_at = now if row is not None and row["unverified_request_id"] else None
    job = jobs.transition(tx, job_id, JobState.UNKNOWN, {"next_run_at": due_at})
    if job is not None:
        outbox.enqueue(tx, job_id, NotificationType.UNKNOWN, now)
        by = AuditContext(SYSTEM_ACTOR_ID, job.guild_id, f"movie {job_id}")
        quotas.record(tx, AuditEvent(by, QuotaAction.UNKNOWN, job.member_id, job.price, now))
    return job
