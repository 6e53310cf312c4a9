"""Notices to followers who can't be mentioned where a movie was posted, kept in their rows of the followers table.

Who also paid for the movie gets a notice about the pitch instead, which says their share.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from bot.domain.followers import FollowerNotice
from bot.domain.job import Job
from bot.domain.language import language_of
from bot.domain.pitch import PledgeState
from data import jobs, pitch_notices, pledges
from data.database import Row, Transaction

_DUE: Final = f"""
SELECT {jobs.COLUMNS}, followers.member_id AS told, followers.queued_at, followers.attempts,
    (SELECT member_language FROM jobs AS last WHERE last.member_id = followers.member_id ORDER BY id DESC LIMIT 1)
        AS told_in
FROM followers JOIN jobs ON jobs.id = followers.job_id
WHERE followers.notice = 'pending' AND followers.next_attempt_at <= :now
ORDER BY followers.next_attempt_at, followers.job_id, followers.member_id LIMIT :limit
"""

_ONE: Final = "job_id = :job_id AND member_id = :member_id AND notice = 'pending'"


def enqueue(tx: Transaction, job: Job, member_ids: Collection[int]) -> None:
    """Queue what followers of a finished movie are told by DM, once each."""
    for member_id in sorted(member_ids):
        pledge = None if job.pitch_id is None else pledges.find(tx, job.pitch_id, member_id)
        if pledge is not None and pledge.state is PledgeState.SPENT:
            pitch_notices.enqueue_made(tx, pledge.pitch_id, member_id, pledge.spent)
        else:
            tx.execute(
                "UPDATE followers SET notice = 'pending', queued_at = :now, next_attempt_at = :now"
                " WHERE job_id = :job_id AND member_id = :member_id AND notice = 'none'",
                {"job_id": job.id, "member_id": member_id, "now": tx.now},
            )
            tx.wake("notifications")


def due(tx: Transaction, limit: int, exclude: Sequence[str]) -> list[FollowerNotice]:
    """Return due notices, the longest due first. `exclude` are the keys of those in progress."""
    rows = tx.fetch_all(_DUE, {"now": tx.now, "limit": limit + len(exclude)})
    return [each for each in map(_notice, rows) if each.key not in exclude][:limit]


def next_due_at(tx: Transaction, now: int) -> int | None:
    """Return when the next notice after `now` is due."""
    row = tx.fetch_one(
        "SELECT MIN(next_attempt_at) FROM followers WHERE notice = 'pending' AND next_attempt_at > :now", {"now": now}
    )
    return row[0] if row else None


def reschedule(tx: Transaction, notice: FollowerNotice, due_at: int) -> None:
    """Count a failed attempt, and retry at `due_at`."""
    tx.execute(
        f"UPDATE followers SET next_attempt_at = :due_at, attempts = attempts + 1 WHERE {_ONE}",
        {**_key(notice), "due_at": due_at},
    )


def end(tx: Transaction, notice: FollowerNotice, *, sent: bool) -> None:
    """Record whether a follower was told."""
    tx.execute(
        f"UPDATE followers SET notice = :notice, next_attempt_at = NULL WHERE {_ONE}",
        {**_key(notice), "notice": "sent" if sent else "undeliverable"},
    )


def _notice(row: Row) -> FollowerNotice:
    job = jobs.from_row(row)
    language = job.server_language if row["told_in"] is None else language_of(row["told_in"])
    return FollowerNotice(job, row["told"], language, row["queued_at"], row["attempts"])


def _key(notice: FollowerNotice) -> dict[str, str | int]:
    return {"job_id": notice.job.id, "member_id": notice.member_id}
