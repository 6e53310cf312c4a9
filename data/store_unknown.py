"""What becomes of an UNKNOWN job: a callback, the operator, or nothing resolves it; never a guess."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, Job, JobState
from data import jobs, ledger, outbox, quotas
from data.database import Transaction
from data.quotas import AuditEvent
from data.store_part import StorePart

_LATE = f"""
INSERT INTO late_callbacks (job_id, received_at, request_id)
SELECT id, :now, :request_id FROM jobs
WHERE callback_token_hash = :digest AND state = '{JobState.FAILED}' AND end_reason <> '{EndReason.UPSTREAM_FAILED}'
ON CONFLICT (job_id) DO NOTHING RETURNING job_id
"""

_RECHECK = """
UPDATE jobs SET next_run_at = :due_at, not_found_count = :misses WHERE id = :id AND state = 'unknown' AND next_run_at = :seen_due
"""


class UnknownStore(StorePart):
    """Jobs whose submission was not confirmed, and the callbacks that may say more."""

    async def attach_request_id(
        self, job_id: str, request_id: str, due_at: int, change: AuditEvent | None = None
    ) -> Job | None:
        """An UNKNOWN job was found at the API: watch it. None: it is not UNKNOWN, or the id is another's."""

        def work(tx: Transaction) -> Job | None:
            taken = tx.fetch_one(
                "SELECT id FROM jobs WHERE samsar_request_id = :request_id", {"request_id": request_id}
            )
            if taken is not None:
                return None
            changes = {"samsar_request_id": request_id, "next_run_at": due_at, "not_found_count": 0}
            job = jobs.transition(tx, job_id, JobState.RENDERING, changes, only_from=(JobState.UNKNOWN,))
            if job is not None:
                outbox.cancel(tx, job_id, NotificationType.UNKNOWN)
            if job is not None and change is not None:
                quotas.record(tx, change)
            return job

        return await self._database.write(work)

    async def unknown_since(self, since: int) -> Sequence[Job]:
        """The jobs that are UNKNOWN and became so at `since` or later, the oldest first."""
        sql = (
            f"SELECT {jobs.COLUMNS} FROM jobs JOIN outbox ON outbox.job_id = jobs.id"
            " AND outbox.type = 'unknown' WHERE jobs.state = 'unknown' AND outbox.created_at >= :since"
            " ORDER BY jobs.id"
        )
        return await self._database.read(lambda tx: [jobs.from_row(row) for row in tx.fetch_all(sql, {"since": since})])

    async def resolve_failed(
        self, job_id: str, change: AuditEvent, *, upstream_charged: bool, unheard: bool = False
    ) -> Job | None:
        """The operator ends a job that is UNKNOWN, or renders without end: the credits go back. None: it is neither.

        `lost`: the API charged for it. `unheard`: only if it is UNKNOWN and no callback came for it.
        """

        def work(tx: Transaction) -> Job | None:
            changes = {
                "end_reason": EndReason.RESOLVED_BY_OPERATOR.value,
                "finished_at": change.at,
                "next_run_at": None,
            }
            states = (JobState.UNKNOWN,) if unheard else (JobState.UNKNOWN, JobState.RENDERING)
            if unheard and jobs.get(tx, job_id).has_callback:
                return None
            job = jobs.transition(tx, job_id, JobState.FAILED, changes, only_from=states)
            if job is not None:
                outbox.cancel(tx, job_id, NotificationType.UNKNOWN)
                ledger.release(tx, job_id, change.at, upstream_charged=upstream_charged)
                outbox.enqueue(tx, job_id, NotificationType.FAILED, change.at)
                quotas.record(tx, change)
            return job

        return await self._database.write(work)

    async def record_callback(self, digest: str, request_id: str | None, now: int) -> bool:
        """A callback came for the job whose secret has this hash: look at the job now. False: there is no such job.

        Its word is not believed. A job that is SUBMITTING or UNKNOWN keeps the request_id as a candidate, for /status
        to confirm; never one that another job has already. When it came is kept, so that polls come soon from then on.
        """

        def work(tx: Transaction) -> bool:
            row = tx.fetch_one(
                "SELECT id, state, callback_token_hash FROM jobs WHERE callback_token_hash = :digest",
                {"digest": digest},
            )
            if row is None or not hmac.compare_digest(row["callback_token_hash"], digest):
                return False
            state = JobState(row["state"])
            if state is JobState.RENDERING:
                jobs.update(tx, row["id"], state, {"called_back_at": now, "next_run_at": now})
            elif state in (JobState.SUBMITTING, JobState.UNKNOWN):
                jobs.update(tx, row["id"], state, {"called_back_at": now})
                if request_id is not None:
                    _keep_candidate(tx, row["id"], state, request_id, now)
            return True

        return await self._database.write(work)

    async def late_callback(self, digest: str, request_id: str | None, now: int) -> str | None:
        """Record a callback for a job that ended as failed, and return its id; None: it did not, or this is a repeat.

        A job that the API itself called failed is left out: its callback says no more than that.
        """

        def work(tx: Transaction) -> str | None:
            row = tx.fetch_one(_LATE, {"digest": digest, "request_id": request_id, "now": now})
            return row["job_id"] if row else None

        return await self._database.write(work)

    async def reject_candidate(self, job_id: str, candidate_id: str | None) -> None:
        """The API does not know this candidate: the job stays UNKNOWN. A newer candidate stays, too."""

        def work(tx: Transaction) -> None:
            job = jobs.get(tx, job_id)
            if job.unverified_request_id == candidate_id:
                jobs.update(
                    tx,
                    job_id,
                    JobState.UNKNOWN,
                    {"unverified_request_id": None, "next_run_at": None, "not_found_count": 0},
                )

        await self._database.write(work)

    async def reschedule_candidate(self, job_id: str, due_at: int, misses: int, seen_due: int | None) -> None:
        """Look at an UNKNOWN job's candidate again later: at once, if a callback came since `seen_due` was read."""
        values = {"id": job_id, "due_at": due_at, "misses": misses, "seen_due": seen_due}
        await self._database.write(lambda tx: tx.execute(_RECHECK, values))


def _keep_candidate(tx: Transaction, job_id: str, state: JobState, request_id: str, now: int) -> None:
    taken = tx.fetch_one("SELECT 1 FROM jobs WHERE samsar_request_id = :request_id", {"request_id": request_id})
    if taken is None:
        due_at = now if state is JobState.UNKNOWN else None
        jobs.update(
            tx, job_id, state, {"unverified_request_id": request_id, "next_run_at": due_at, "not_found_count": 0}
        )
