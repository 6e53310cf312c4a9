"""The job store: every move of a job with the money and the messages that belong to it, one transaction each.

There is no state in which a job moved and its credits did not, or in which it ended and nothing is owed to its member.
It keeps the Protocols of bot/engine/ports.py.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.callback import CallbackSecret, mint
from bot.domain.credits import Limits, Shortfall
from bot.domain.delivery import Delivery, Notice
from bot.domain.job import EndReason, Job, JobState, Progress
from bot.domain.quota import AuditEntry, Block, QuotaAction
from data import deliveries, job_rows, ledger, quotas
from data.database import Database, Tx
from data.quotas import Change

_STALLED_MS = 24 * 3600 * 1000
"""A job that renders longer than a day stays watched, but no longer takes a place from the ones that wait."""

_WATCHED = "state IN ('rendering', 'unknown') AND due_at IS NOT NULL"
"""What the index jobs_watched holds."""


class JobStore:
    """Jobs, their credits and their deliveries in one database. All times are UTC epoch milliseconds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ── from the command to the queue ────────────────────────────────────────────────────────────────────────────

    async def reserve(self, job: Job, role_ids: Sequence[int], defaults: Limits) -> Job | Shortfall | Block | None:
        """Hold the credits and write the job; or say what stood in the way.

        The limits in force are read in the same transaction. None: this interaction has a job already, and nothing was
        held.
        """

        def work(tx: Tx) -> Job | Block | None:
            blocked = quotas.block_of(tx, job.guild_id, job.member_id, job.created_at)
            if blocked is not None:
                return blocked
            with_roles = replace(job, role_ids=_limited(tx, job.guild_id, role_ids))
            if not job_rows.insert(tx, with_roles):
                return None
            limits, _ = quotas.limits(tx, job.guild_id, job.member_id, with_roles.role_ids, defaults)
            account = ledger.Account.at(job.guild_id, job.member_id, job.created_at)
            ledger.hold(tx, job.id, account, job.credits, limits, job.created_at)
            return with_roles

        try:
            return await self._database.run(work)
        except ledger.HoldRefused as refused:
            return refused.shortfall

    async def confirm(self, job_id: str, card_id: int, now: int) -> Job | None:
        """Queue a job: Discord accepted the answer. None: it was withdrawn meanwhile."""
        changes = {"answered_at": now, "due_at": now, "card_id": card_id}
        return await self._database.run(lambda tx: job_rows.update(tx, job_id, JobState.QUEUED, changes))

    async def withdraw(self, job_id: str, now: int, *, tell: bool) -> bool:
        """Cancel a job whose member was never answered, and give the credits back. False: it is in the queue already.

        `tell` owes the member a word about it: for where the answer may have been seen all the same.
        """

        def work(tx: Tx) -> bool:
            row = tx.row("SELECT answered_at FROM jobs WHERE id = :id", {"id": job_id})
            if row is None or row["answered_at"] is not None:
                return False
            return _cancel(tx, job_id, EndReason.UNANSWERED, now, tell=tell)

        return await self._database.run(work)

    async def withdraw_unanswered(self, before: int, now: int) -> Sequence[str]:
        """Cancel every job that was reserved before this moment and never answered: its process died in between."""

        def work(tx: Tx) -> list[str]:
            rows = tx.rows(
                "SELECT id FROM jobs WHERE state = 'queued' AND due_at IS NULL AND answered_at IS NULL"
                " AND created_at < :before",
                {"before": before},
            )
            return [row["id"] for row in rows if _cancel(tx, row["id"], EndReason.UNANSWERED, now, tell=True)]

        return await self._database.run(work)

    # ── submitting ───────────────────────────────────────────────────────────────────────────────────────────────

    async def claim(
        self, now: int, most: int, most_rendering: int, most_per_member: int
    ) -> Sequence[tuple[Job, CallbackSecret]]:
        """Take up to `most` jobs from the head of the queue for submission, within the operator's two bounds.

        A member who is at the bound is passed over, not in the way. What is returned is SUBMITTING, and committed as
        such.
        """

        def work(tx: Tx) -> list[tuple[Job, CallbackSecret]]:
            busy = tx.rows(
                "SELECT member_id, COUNT(*) AS n FROM jobs WHERE state IN ('submitting', 'rendering')"
                " AND (submitted_at IS NULL OR submitted_at > :fresh) GROUP BY member_id",
                {"fresh": now - _STALLED_MS},
            )
            places = most_rendering - sum(row["n"] for row in busy)
            running: dict[int, int] = {row["member_id"]: row["n"] for row in busy}
            claimed: list[tuple[Job, CallbackSecret]] = []
            if places <= 0:
                return claimed
            waiting = tx.rows(
                "SELECT id, member_id FROM jobs WHERE state = 'queued' AND due_at <= :now ORDER BY id", {"now": now}
            )
            for row in waiting:
                if len(claimed) >= min(most, places):
                    break
                member = row["member_id"]
                if running.get(member, 0) >= most_per_member:
                    continue
                secret = mint()
                changes = {"submitted_at": now, "due_at": None, "callback_hash": secret.digest}
                job = job_rows.move(tx, row["id"], JobState.SUBMITTING, changes)
                if job is not None:
                    claimed.append((job, secret))
                    running[member] = running.get(member, 0) + 1
            return claimed

        return await self._database.run(work)

    async def next_submission(self, now: int) -> int | None:
        """When a queued job that had to wait is due. One that waits for a place only is no reason to wake up."""
        return await self._moment("SELECT MIN(due_at) FROM jobs WHERE state = 'queued' AND due_at > :now", now)

    async def accepted(self, job_id: str, request_id: str, due_at: int) -> Job | None:
        """The API took the job: watch it (UNKNOWN where the id is another job's). None: it was not ours to move."""

        def work(tx: Tx) -> Job | None:
            if tx.row("SELECT 1 FROM jobs WHERE request_id = :request_id", {"request_id": request_id}) is not None:
                return _lose(tx, job_id, due_at)
            changes = {"request_id": request_id, "due_at": due_at, "attempts": 0}
            if (job_rows.get(tx, job_id)).candidate_id is not None:  # a callback overtook the answer: look at once
                changes["due_at"] = 0
            deliveries.settle(tx, job_id, Notice.UNKNOWN)
            return job_rows.move(tx, job_id, JobState.RENDERING, changes)

        return await self._database.run(work)

    async def requeue(self, job_id: str, due_at: int, attempts: int) -> Job | None:
        """The request provably never left: back to its place in the queue, not before `due_at`."""
        changes = {"due_at": due_at, "attempts": attempts, "submitted_at": None}
        return await self._database.run(lambda tx: job_rows.move(tx, job_id, JobState.QUEUED, changes))

    async def lose(self, job_id: str, now: int) -> Job | None:
        """The request left and its fate is not known. The hold stays; the member is told that we are checking."""
        return await self._database.run(lambda tx: _lose(tx, job_id, now))

    async def lose_submitting(self, now: int) -> Sequence[Job]:
        """Make UNKNOWN of every job that a dead process left SUBMITTING."""

        def work(tx: Tx) -> list[Job]:
            rows = tx.rows("SELECT id FROM jobs WHERE state = 'submitting'")
            lost = [_lose(tx, row["id"], now) for row in rows]
            return [job for job in lost if job is not None]

        return await self._database.run(work)

    async def find(self, job_id: str, request_id: str, due_at: int, change: Change | None = None) -> Job | None:
        """An UNKNOWN job was found at the API: watch it. None: it is not UNKNOWN, or the id is another's."""

        def work(tx: Tx) -> Job | None:
            taken = tx.row("SELECT id FROM jobs WHERE request_id = :request_id", {"request_id": request_id})
            if taken is not None:
                return None
            changes = {"request_id": request_id, "due_at": due_at, "misses": 0}
            job = job_rows.move(tx, job_id, JobState.RENDERING, changes, only_from=(JobState.UNKNOWN,))
            if job is not None:
                deliveries.settle(tx, job_id, Notice.UNKNOWN)
            if job is not None and change is not None:
                quotas.note(tx, change)
            return job

        return await self._database.run(work)

    async def give_up(self, job_id: str, change: Change, *, lost: bool) -> Job | None:
        """The operator ends a job that is UNKNOWN, or renders without end: the credits go back. None: it is neither.

        `lost`: the API charged for it.
        """

        def work(tx: Tx) -> Job | None:
            changes = {"reason": EndReason.OPERATOR.value, "finished_at": change.at, "due_at": None}
            job = job_rows.move(tx, job_id, JobState.FAILED, changes, only_from=(JobState.UNKNOWN, JobState.RENDERING))
            if job is not None:
                deliveries.settle(tx, job_id, Notice.UNKNOWN)
                ledger.release(tx, job_id, change.at, lost=lost)
                deliveries.owe(tx, job_id, Notice.FAILED, change.at)
                quotas.note(tx, change)
            return job

        return await self._database.run(work)

    async def called_back(self, digest: str, request_id: str | None, now: int) -> bool:
        """A callback came for the job whose secret has this hash: look at the job now. False: there is no such job.

        Its word is not believed. A job that is SUBMITTING or UNKNOWN keeps the request_id as a candidate, for /status
        to confirm; never one that another job has already.
        """

        def work(tx: Tx) -> bool:
            row = tx.row("SELECT id, state, callback_hash FROM jobs WHERE callback_hash = :digest", {"digest": digest})
            if row is None or not hmac.compare_digest(row["callback_hash"], digest):
                return False
            state = JobState(row["state"])
            if state is JobState.RENDERING:
                tx.execute("UPDATE jobs SET due_at = :now WHERE id = :id", {"id": row["id"], "now": now})
            elif state in (JobState.SUBMITTING, JobState.UNKNOWN) and request_id is not None:
                _keep_candidate(tx, row["id"], state, request_id, now)
            return True

        return await self._database.run(work)

    async def drop_candidate(self, job_id: str, candidate_id: str | None) -> None:
        """The API does not know this candidate: the job stays UNKNOWN. A newer candidate stays, too."""

        def work(tx: Tx) -> None:
            job = job_rows.get(tx, job_id)
            if job.candidate_id == candidate_id:
                job_rows.update(tx, job_id, JobState.UNKNOWN, {"candidate_id": None, "due_at": None, "misses": 0})

        await self._database.run(work)

    async def recheck(self, job_id: str, due_at: int, misses: int) -> None:
        """Look at an UNKNOWN job's candidate again later."""
        changes = {"due_at": due_at, "misses": misses}
        await self._database.run(lambda tx: job_rows.update(tx, job_id, JobState.UNKNOWN, changes))

    # ── watching ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def due(self, now: int, most: int, without: Sequence[str]) -> Sequence[Job]:
        """The jobs that are due to be looked at, the longest due first, leaving out those under way.

        They are RENDERING, or UNKNOWN with a candidate to be confirmed.
        """

        def look(tx: Tx) -> list[Job]:
            rows = tx.rows(
                f"SELECT * FROM jobs WHERE {_WATCHED} AND due_at <= :now ORDER BY due_at LIMIT :most",
                {"now": now, "most": most + len(without)},
            )
            busy = set(without)
            return [job_rows.from_row(row) for row in rows if row["id"] not in busy][:most]

        return await self._database.read(look)

    async def next_look(self, now: int) -> int | None:
        """When the next rendering job is due."""
        return await self._moment(f"SELECT MIN(due_at) FROM jobs WHERE {_WATCHED} AND due_at > :now", now)

    async def looked(
        self, job_id: str, due_at: int, misses: int, progress: Progress, seen_due: int | None = None
    ) -> Job | None:
        """Write what a look showed, and when to look again: at once, if a callback came since `seen_due` was read."""
        changes = {
            "misses": misses,
            "stages_done": progress.done,
            "stages_total": progress.total,
            "stage": progress.stage,
        }

        def work(tx: Tx) -> Job | None:
            tx.execute(
                "UPDATE jobs SET due_at = :due_at WHERE id = :id AND state = 'rendering'"
                " AND (:seen_due IS NULL OR due_at = :seen_due)",
                {"id": job_id, "due_at": due_at, "seen_due": seen_due},
            )
            return job_rows.update(tx, job_id, JobState.RENDERING, changes)

        return await self._database.run(work)

    async def complete(self, job_id: str, movie_url: str, now: int) -> Job | None:
        """The movie is made: spend the credits, and owe the member the movie."""

        def work(tx: Tx) -> Job | None:
            changes = {"movie_url": movie_url, "finished_at": now, "due_at": None}
            job = job_rows.move(tx, job_id, JobState.COMPLETED, changes)
            if job is not None:
                ledger.capture(tx, job_id, now)
                deliveries.owe(tx, job_id, Notice.COMPLETED, now)
            return job

        return await self._database.run(work)

    async def fail(self, job_id: str, reason: EndReason, detail: str | None, now: int, *, lost: bool) -> Job | None:
        """No movie will come: give the credits back, and owe the member a word. `lost`: the API keeps its charge."""

        def work(tx: Tx) -> Job | None:
            changes = {"reason": reason.value, "detail": detail, "finished_at": now, "due_at": None}
            job = job_rows.move(tx, job_id, JobState.FAILED, changes)
            if job is not None:
                ledger.release(tx, job_id, now, lost=lost)
                deliveries.owe(tx, job_id, Notice.FAILED, now)
            return job

        return await self._database.run(work)

    # ── delivering ───────────────────────────────────────────────────────────────────────────────────────────────

    async def owed(self, now: int, most: int, without: Sequence[str]) -> Sequence[tuple[Delivery, Job]]:
        """The deliveries that are due, the longest owed first, leaving out those under way (by nonce)."""
        return await self._database.read(lambda tx: deliveries.due(tx, now, most, without))

    async def next_delivery(self, now: int) -> int | None:
        """When the next delivery is due."""
        return await self._moment("SELECT MIN(due_at) FROM deliveries WHERE due_at > :now", now)

    async def delivered(self, delivery: Delivery, message_id: int, now: int) -> None:
        """Discord accepted the message."""
        await self._database.run(lambda tx: deliveries.delivered(tx, delivery, message_id, now))

    async def postpone(self, delivery: Delivery, due_at: int) -> None:
        """Discord did not take the message; try again later."""
        await self._database.run(lambda tx: deliveries.postpone(tx, delivery, due_at))

    async def keep(self, delivery: Delivery) -> None:
        """Every way to the member is closed: nothing more is tried, and the movie stays in the database."""
        await self._database.run(lambda tx: deliveries.keep(tx, delivery))

    # ── audit lines ──────────────────────────────────────────────────────────────────────────────────────────────

    async def owed_lines(self, now: int, most: int, without: Sequence[str]) -> Sequence[tuple[AuditEntry, int]]:
        """The audit lines that are due, with the channel they belong in, the oldest first."""
        return await self._database.read(lambda tx: quotas.owed_lines(tx, now, most, without))

    async def next_line(self, now: int) -> int | None:
        """When the next audit line is due."""
        return await self._moment("SELECT MIN(due_at) FROM audit WHERE due_at > :now", now)

    async def close_channel(self, line_id: str, now: int) -> None:
        """Discord does not let us post in a line's channel."""
        await self._database.run(lambda tx: quotas.close_channel(tx, line_id, now))

    async def reschedule_line(self, line_id: str, due_at: int | None) -> None:
        """Post a line later, or (None) never again."""
        await self._database.run(lambda tx: quotas.reschedule_line(tx, line_id, due_at))

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def job(self, job_id: str) -> Job | None:
        """The job with this id."""
        return await self._database.read(lambda tx: job_rows.find(tx, job_id))

    async def _moment(self, sql: str, now: int) -> int | None:
        def look(tx: Tx) -> int | None:
            row = tx.row(sql, {"now": now})
            return row[0] if row else None

        return await self._database.read(look)


def _limited(tx: Tx, guild_id: int, role_ids: Sequence[int]) -> tuple[int, ...]:
    """Those of a member's roles that have a limit: remembered with the job, for when the member is not at hand."""
    limited = quotas.role_limits(tx, guild_id)
    return tuple(role_id for role_id in role_ids if role_id in limited)


def _lose(tx: Tx, job_id: str, now: int) -> Job | None:
    """SUBMITTING becomes UNKNOWN, and its member is owed a word.

    A candidate that a callback brought is looked at now.
    """
    row = tx.row("SELECT candidate_id FROM jobs WHERE id = :id", {"id": job_id})
    due_at = now if row is not None and row["candidate_id"] else None
    job = job_rows.move(tx, job_id, JobState.UNKNOWN, {"due_at": due_at})
    if job is not None:
        deliveries.owe(tx, job_id, Notice.UNKNOWN, now)
        reason = f"movie {job_id}"
        quotas.note(tx, Change(0, job.guild_id, QuotaAction.UNKNOWN, job.member_id, job.credits, reason, now))
    return job


def _keep_candidate(tx: Tx, job_id: str, state: JobState, request_id: str, now: int) -> None:
    taken = tx.row("SELECT 1 FROM jobs WHERE request_id = :request_id", {"request_id": request_id})
    if taken is None:
        due_at = now if state is JobState.UNKNOWN else None
        job_rows.update(tx, job_id, state, {"candidate_id": request_id, "due_at": due_at, "misses": 0})


def _cancel(tx: Tx, job_id: str, reason: EndReason, now: int, *, tell: bool) -> bool:
    changes = {"reason": reason.value, "finished_at": now, "due_at": None}
    if job_rows.move(tx, job_id, JobState.CANCELLED, changes) is None:
        return False
    ledger.release(tx, job_id, now, lost=False)
    if tell:
        deliveries.owe(tx, job_id, Notice.CANCELLED, now)
    return True
