"""Rows of the jobs table, to and from `Job`. Plain functions over an open transaction.

A move is one conditional UPDATE: the states it may start from come from the table in bot/domain/job.py, and no row
changed means that someone else has moved the job already.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.catalogue import AspectRatio
from bot.domain.job import EndReason, Job, JobState, Progress, sources_of
from bot.domain.outlook import AHEAD_COUNTED
from bot.domain.preferences import Tell
from bot.domain.request import MovieRequest
from data.database import Params, Row, Tx


def insert(tx: Tx, job: Job) -> bool:
    """Write a new job; False where its interaction has one already."""
    request = job.request
    changed = tx.execute(
        "INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, seconds,"
        " video_model, image_model, aspect_ratio, credits, state, created_at, role_ids, tell)"
        " VALUES (:id, :interaction_id, :guild_id, :channel_id, :member_id, :member_name, :prompt, :seconds,"
        " :video_model, :image_model, :aspect_ratio, :credits, :state, :created_at, :role_ids, :tell)"
        " ON CONFLICT (interaction_id) DO NOTHING",
        {
            "id": job.id,
            "interaction_id": job.interaction_id,
            "guild_id": job.guild_id,
            "channel_id": job.channel_id,
            "member_id": job.member_id,
            "member_name": job.member_name,
            "prompt": request.prompt,
            "seconds": request.seconds,
            "video_model": request.video_model,
            "image_model": request.image_model,
            "aspect_ratio": request.aspect_ratio.value,
            "credits": job.credits,
            "state": job.state.value,
            "created_at": job.created_at,
            "role_ids": " ".join(str(role_id) for role_id in job.role_ids),
            "tell": job.tell.value,
        },
    )
    return changed == 1


def find(tx: Tx, job_id: str) -> Job | None:
    """The job with this id."""
    row = tx.row("SELECT * FROM jobs WHERE id = :id", {"id": job_id})
    return from_row(row) if row else None


def get(tx: Tx, job_id: str) -> Job:
    """The job with this id, which must exist.

    Raises:
        LookupError: It doesn't.
    """
    job = find(tx, job_id)
    if job is None:
        raise LookupError(f"there is no job {job_id}")
    return job


def move(tx: Tx, job_id: str, to: JobState, changes: Params, *, only_from: Sequence[JobState] = ()) -> Job | None:
    """Move a job to the state `to` and write `changes` with it; None where it was not in a state that allows it.

    `only_from` narrows the states of the table; it can't widen them.
    """
    allowed = [state for state in sources_of(to) if not only_from or state in only_from]
    states = ", ".join(f"'{state.value}'" for state in allowed)
    assignments = "".join(f", {column} = :{column}" for column in changes)
    row = tx.row(
        f"UPDATE jobs SET state = :to{assignments} WHERE id = :id AND state IN ({states}) RETURNING *",
        {**changes, "to": to.value, "id": job_id},
    )
    return from_row(row) if row else None


def update(tx: Tx, job_id: str, state: JobState, changes: Params) -> Job | None:
    """Write `changes` to a job that stays in `state`; None where it is no longer in it."""
    assignments = ", ".join(f"{column} = :{column}" for column in changes)
    row = tx.row(
        f"UPDATE jobs SET {assignments} WHERE id = :id AND state = :state RETURNING *",
        {**changes, "id": job_id, "state": state.value},
    )
    return from_row(row) if row else None


def ahead_of(tx: Tx, job_id: str) -> int:
    """How many jobs wait in the queue in front of this one, counted to one beyond AHEAD_COUNTED."""
    row = tx.row(
        "SELECT COUNT(*) FROM (SELECT 1 FROM jobs WHERE state = 'queued' AND due_at IS NOT NULL AND id < :id"
        " LIMIT :most) AS counted",
        {"id": job_id, "most": AHEAD_COUNTED + 1},
    )
    assert row is not None
    return row[0]


def from_row(row: Row) -> Job:
    """Read a row."""
    request = MovieRequest(
        row["prompt"], row["seconds"], row["video_model"], row["image_model"], AspectRatio(row["aspect_ratio"])
    )
    return Job(
        id=row["id"],
        interaction_id=row["interaction_id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        member_id=row["member_id"],
        member_name=row["member_name"],
        request=request,
        credits=row["credits"],
        state=JobState(row["state"]),
        created_at=row["created_at"],
        answered_at=row["answered_at"],
        card_id=row["card_id"],
        submitted_at=row["submitted_at"],
        finished_at=row["finished_at"],
        due_at=row["due_at"],
        attempts=row["attempts"],
        misses=row["misses"],
        request_id=row["request_id"],
        progress=Progress(row["stages_done"], row["stages_total"], row["stage"]),
        movie_url=row["movie_url"],
        reason=EndReason(row["reason"]) if row["reason"] else None,
        detail=row["detail"],
        candidate_id=row["candidate_id"],
        role_ids=tuple(int(role_id) for role_id in row["role_ids"].split()),
        tell=Tell(row["tell"]),
    )
