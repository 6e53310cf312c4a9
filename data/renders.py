"""While a movie is rendered, and how it ends: the money and the message move with the job."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, Job, JobState, Progress
from bot.domain.preferences import DeliveryTarget
from data import jobs, ledger, outbox
from data.database import Statement, Transaction
from data.store_part import StorePart

_WATCHED = "state IN ('rendering', 'unknown') AND next_run_at IS NOT NULL"
"""What the index jobs_polled holds."""

_AGAIN = """
UPDATE jobs SET next_run_at = :due_at, last_pending_at = COALESCE(:pending_at, last_pending_at)
WHERE id = :id AND state = 'rendering' AND (:seen_due IS NULL OR next_run_at = :seen_due)
"""


class WatchStore(StorePart):
    """The watched jobs. Keeps the Protocol `WatchList` of bot/worker/interfaces.py, with data/store_unknown.py."""

    async def due_polls(self, now: int, limit: int, exclude: Sequence[str]) -> Sequence[Job]:
        """The jobs that are due to be looked at, the longest due first, leaving out those under way.

        They are RENDERING, or UNKNOWN with a candidate to be confirmed.
        """

        def look(tx: Transaction) -> list[Job]:
            rows = tx.fetch_all(
                f"SELECT {jobs.COLUMNS} FROM jobs WHERE {_WATCHED} AND next_run_at <= :now ORDER BY next_run_at LIMIT :most",
                {"now": now, "most": limit + len(exclude)},
            )
            busy = set(exclude)
            return [jobs.from_row(row) for row in rows if row["id"] not in busy][:limit]

        return await self._database.read(look)

    async def next_poll_at(self, now: int) -> int | None:
        """When the next rendering job is due."""
        return await self._moment(f"SELECT MIN(next_run_at) FROM jobs WHERE {_WATCHED} AND next_run_at > :now", now)

    async def reschedule_poll(self, job_id: str, due_at: int, seen_due: int | None, pending_at: int) -> None:
        """Write that a movie is as far as before, and when to poll again.

        A callback that came since `seen_due` was read stays due. `pending_at` is when the API said so.
        """
        again = {"id": job_id, "due_at": due_at, "seen_due": seen_due, "pending_at": pending_at}
        await self._database.write(Statement(_AGAIN, again))

    async def record_poll(
        self,
        job_id: str,
        due_at: int,
        misses: int,
        progress: Progress,
        seen_due: int | None = None,
        pending_at: int | None = None,
    ) -> Job | None:
        """Write what a poll showed, and when to poll again: at once, if a callback came since `seen_due` was read.

        `pending_at` is when the API said that the movie is not done; None where it said nothing.
        """
        changes = {
            "not_found_count": misses,
            "completed_stages": progress.done,
            "total_stages": progress.total,
            "current_stage": progress.stage,
        }

        def work(tx: Transaction) -> Job | None:
            again = {"id": job_id, "due_at": due_at, "seen_due": seen_due, "pending_at": pending_at}
            tx.execute(_AGAIN, again)
            return jobs.update(tx, job_id, JobState.RENDERING, changes)

        return await self._database.write(work)

    async def complete(self, job_id: str, movie_url: str, now: int, took_ms: int | None = None) -> Job | None:
        """The movie is made: spend the credits, and owe the member the movie.

        `took_ms` is how long rendering took; None where that is not known well enough.
        """

        def work(tx: Transaction) -> Job | None:
            changes = {"movie_url": movie_url, "finished_at": now, "next_run_at": None, "took_ms": took_ms}
            job = jobs.transition(tx, job_id, JobState.COMPLETED, changes)
            if job is not None:
                ledger.capture(tx, job_id, now)
                outbox.enqueue(tx, job_id, NotificationType.COMPLETED, now)
                if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE and outbox.followers(tx, job_id):
                    outbox.enqueue(tx, job_id, NotificationType.FOLLOWED, now)
            return job

        return await self._database.write(work)

    async def fail(
        self, job_id: str, reason: EndReason, detail: str | None, now: int, *, upstream_charged: bool
    ) -> Job | None:
        """No movie will come: give the credits back, and owe the member a word. `lost`: the API keeps its charge."""

        def work(tx: Transaction) -> Job | None:
            changes = {"end_reason": reason.value, "upstream_message": detail, "finished_at": now, "next_run_at": None}
            job = jobs.transition(tx, job_id, JobState.FAILED, changes)
            if job is not None:
                ledger.release(tx, job_id, now, upstream_charged=upstream_charged)
                outbox.enqueue(tx, job_id, NotificationType.FAILED, now)
            return job

        return await self._database.write(work)
