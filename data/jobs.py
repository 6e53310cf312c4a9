"""Rows of the jobs table, to and from `Job`.

A transition is one conditional UPDATE. Its source states come from the table in bot/domain/jobs.py. If no row changes,
another process has changed the job's state.

The columns of a movie's request, in jobs, quotes and pitches.

Rows whose process died: those from before a time, in SQL.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from bot.domain.catalogue import NO_EXTRAS, AspectRatio, Extras, SpokenLanguage, Tone
from bot.domain.delivery import PostedMessage
from bot.domain.durations import MAX_QUEUE_POSITION
from bot.domain.jobs import OPEN_STATES, Approval, EndReason, Job, JobState, Progress, RemovedBy, states_leading_to
from bot.domain.preferences import DeliveryTarget
from bot.domain.request import MovieRequest
from bot.domain.text import language_of
from data.database import Params, Row, Topic, Transaction

COLUMNS: Final = (
    "jobs.id, jobs.interaction_id, jobs.guild_id, jobs.channel_id, jobs.member_id, jobs.member_name,"
    " jobs.prompt, jobs.duration_seconds, jobs.video_model, jobs.image_model, jobs.aspect_ratio, jobs.price_credits,"
    " jobs.state, jobs.created_at, jobs.acknowledged_at, jobs.card_message_id, jobs.submitted_at, jobs.finished_at,"
    " jobs.next_run_at, jobs.submit_attempts, jobs.not_found_count, jobs.samsar_request_id,"
    " jobs.completed_stages, jobs.total_stages,"
    " jobs.current_stage, jobs.movie_url, jobs.end_reason, jobs.upstream_message,"
    " jobs.unverified_request_id, jobs.role_ids, jobs.delivery_target,"
    " jobs.called_back_at, jobs.last_pending_at, jobs.took_ms, jobs.charged_credits,"
    " jobs.member_language, jobs.server_language,"
    " jobs.spoken_language, jobs.subtitles, jobs.tone, jobs.cancel_requested_at, jobs.removed_at, jobs.removed_by,"
    " jobs.approval, jobs.decided_by, jobs.decline_reason,"
    " jobs.staff_channel_id, jobs.staff_message_id, jobs.continues_id, jobs.pitch_id, jobs.traceparent"
)
"""The first columns of each statement whose rows `from_row` reads."""

_COLUMN_COUNT: Final = COLUMNS.count(",") + 1


_WAKES: Final[Mapping[JobState, Sequence[Topic]]] = {
    JobState.QUEUED: ("submissions",),
    JobState.RENDERING: ("status_polls",),
    JobState.UNKNOWN: ("status_polls", "submissions"),
    JobState.COMPLETED: ("submissions",),
    JobState.FAILED: ("submissions",),
}
"""What a transition to a state makes due: its own work, or that of the next in the queue."""


def sql_list(values: Iterable[StrEnum]) -> str:
    """Format enum values as a list for `IN`.

    They are trusted, so they need no parameters.
    """
    return "(" + ", ".join(f"'{each.value}'" for each in values) + ")"


OPEN: Final = f"state IN {sql_list(OPEN_STATES)}"
"""The condition of the indexes jobs_open and jobs_open_by_member: SQLite uses a partial index only for a query that
repeats it."""

POLLED: Final = "state IN ('rendering', 'unknown', 'cancelled') AND next_run_at IS NOT NULL"
"""The condition of the index jobs_polled."""

QUEUE_POSITION: Final = f"""
SELECT COUNT(*) FROM (SELECT 1 FROM jobs WHERE state = 'queued' AND id < :id LIMIT {MAX_QUEUE_POSITION + 1}) AS counted
"""
"""Counts the queued jobs before this one, up to one beyond MAX_QUEUE_POSITION."""

STALLED_MS: Final = 24 * 3600 * 1000
"""A job that renders for longer than a day is still polled, but no longer counts as one of the concurrent jobs."""

RUNNING: Final = "state IN ('submitting', 'rendering') AND (submitted_at IS NULL OR submitted_at > :fresh)"
"""The condition of jobs at the API that are not stalled."""

OWN_AHEAD: Final = f"""
SELECT COUNT(*) FROM jobs WHERE member_id = :member_id AND {OPEN} AND (state = 'queued' AND id < :id OR {RUNNING})
"""
"""Counts a member's other movies that render, or come before this one."""


def insert(tx: Transaction, job: Job) -> bool:
    """Insert a job. Returns False if its interaction has one already."""
    changed = tx.execute(
        "INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, duration_seconds,"
        " video_model, image_model, aspect_ratio, price_credits, state, created_at, role_ids, delivery_target,"
        " member_language, server_language, spoken_language, subtitles, tone, approval, continues_id,"
        " pitch_id, traceparent)"
        " VALUES (:id, :interaction_id, :guild_id, :channel_id, :member_id, :member_name, :prompt, :duration_seconds,"
        " :video_model, :image_model, :aspect_ratio, :price_credits, :state, :created_at, :role_ids, :delivery_target,"
        " :member_language, :server_language, :spoken_language, :subtitles, :tone, :approval, :continues_id,"
        " :pitch_id, :traceparent)"
        " ON CONFLICT (interaction_id) DO NOTHING",
        {
            "id": job.id,
            "interaction_id": job.interaction_id,
            "guild_id": job.guild_id,
            "channel_id": job.channel_id,
            "member_id": job.member_id,
            "member_name": job.member_name,
            "price_credits": job.price,
            "state": job.state.value,
            "created_at": job.created_at,
            "role_ids": " ".join(str(role_id) for role_id in job.role_ids),
            "delivery_target": job.delivery_target.value,
            "member_language": job.member_language.value,
            "server_language": job.server_language.value,
            "traceparent": job.traceparent,
            "approval": None if job.approval is None else job.approval.value,
            "pitch_id": job.pitch_id,
            **to_columns(job.request),
        },
    )
    return changed == 1


def find(tx: Transaction, job_id: str) -> Job | None:
    """Return a job, or None."""
    row = tx.fetch_one(f"SELECT {COLUMNS} FROM jobs WHERE id = :id", {"id": job_id})
    return from_row(row) if row else None


def get(tx: Transaction, job_id: str) -> Job:
    """Return a job that must exist.

    Raises:
        LookupError: it does not.
    """
    job = find(tx, job_id)
    if job is None:
        raise LookupError(f"there is no job {job_id}")
    return job


def lock(tx: Transaction, job_id: str) -> Job:
    """Return a job that must exist, locked until the transaction ends.

    Raises:
        LookupError: It does not exist.
    """
    row = tx.fetch_one(f"SELECT {COLUMNS} FROM jobs WHERE id = :id{tx.for_update}", {"id": job_id})
    if row is None:
        raise LookupError(f"there is no job {job_id}")
    return from_row(row)


def transition(
    tx: Transaction,
    job_id: str,
    to: JobState,
    changes: Params,
    *,
    only_from: tuple[JobState, ...] = (),
    only_claim: str | None = None,
) -> Job | None:
    """Change a job's state to `to` and write `changes`.

    None where its state does not allow that. `only_from` narrows the allowed source states. `only_claim` is the hash of
    a claim's callback token: None, too, where another claim was made since.
    """
    condition = "" if only_claim is None else " AND callback_token_hash = :only_claim"
    sql = f"{_transition_sql(to, tuple(changes), only_from)}{condition} RETURNING {COLUMNS}"
    claim = {} if only_claim is None else {"only_claim": only_claim}
    row = tx.fetch_one(sql, {**changes, **claim, "to": to.value, "id": job_id})
    if row is None:
        return None
    tx.wake(*_WAKES.get(to, ()))
    return from_row(row)


def set_state(
    tx: Transaction, job_id: str, to: JobState, changes: Params, *, only_from: tuple[JobState, ...] = ()
) -> bool:
    """Make a transition without reading the job back.

    Reading it would take as long as the change.
    """
    sql = _transition_sql(to, tuple(changes), only_from)
    if not tx.execute(sql, {**changes, "to": to.value, "id": job_id}):
        return False
    tx.wake(*_WAKES.get(to, ()))
    return True


@functools.cache
def _transition_sql(to: JobState, columns: tuple[str, ...], only_from: tuple[JobState, ...]) -> str:
    allowed = [state for state in states_leading_to(to) if not only_from or state in only_from]
    assignments = "".join(f", {column} = :{column}" for column in columns)
    return f"UPDATE jobs SET state = :to{assignments} WHERE id = :id AND state IN {sql_list(allowed)}"


def update(tx: Transaction, job_id: str, state: JobState, changes: Params) -> Job | None:
    """Write `changes` to a job in `state`.

    None where it is not in that state.
    """
    assignments = ", ".join(f"{column} = :{column}" for column in changes)
    row = tx.fetch_one(
        f"UPDATE jobs SET {assignments} WHERE id = :id AND state = :state RETURNING {COLUMNS}",
        {**changes, "id": job_id, "state": state.value},
    )
    return from_row(row) if row else None


def set_movie_url(tx: Transaction, job: Job, url: str) -> Job | None:
    """Set the link of a completed job that was read before.

    None where its link was deleted since, and its request id with it, or the movie removed.
    """
    row = tx.fetch_one(
        "UPDATE jobs SET movie_url = :url WHERE id = :id AND state = 'completed' AND samsar_request_id = :request_id"
        f" AND removed_at IS NULL RETURNING {COLUMNS}",
        {"id": job.id, "url": url, "request_id": job.request_id},
    )
    return from_row(row) if row else None


def set_unknown_card(tx: Transaction, job: Job, card_message_id: int) -> Job:
    """Record the card of a job whose card was not known."""
    sql = f"UPDATE jobs SET card_message_id = :card WHERE id = :id AND card_message_id IS NULL RETURNING {COLUMNS}"
    row = tx.fetch_one(sql, {"id": job.id, "card": card_message_id})
    return from_row(row) if row else job


def has_request_id(tx: Transaction, request_id: str) -> bool:
    """Return whether a job has this request id of the API."""
    sql = "SELECT 1 FROM jobs WHERE samsar_request_id = :request_id"
    return tx.fetch_one(sql, {"request_id": request_id}) is not None


def queue_position(tx: Transaction, job_id: str) -> int:
    """Count the queued jobs before this one, up to one beyond MAX_QUEUE_POSITION."""
    row = tx.fetch_one(QUEUE_POSITION, {"id": job_id})
    assert row is not None
    return row[0]


def own_ahead(tx: Transaction, job: Job) -> int:
    """Count the member's movies that render or come before this one."""
    row = tx.fetch_one(OWN_AHEAD, {"id": job.id, "member_id": job.member_id, "fresh": tx.now - STALLED_MS})
    assert row is not None
    return row[0]


def queue_head(tx: Transaction, limit: int) -> list[Job]:
    """Return the first jobs of the queue, in its order."""
    sql = f"SELECT {COLUMNS} FROM jobs WHERE state = 'queued' ORDER BY id LIMIT :limit"
    return [from_row(row) for row in tx.fetch_all(sql, {"limit": limit})]


def from_row(row: Row) -> Job:
    """Read a row that begins with COLUMNS.

    It reads by position, because by name takes twice as long. Longer than other functions: a line a column.
    """
    (
        job_id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, duration_seconds,
        video_model, image_model, aspect_ratio, price, state, created_at, acknowledged_at, card_message_id,
        submitted_at, finished_at, next_run_at, submit_attempts, not_found_count, request_id,
        completed_stages, total_stages,
        current_stage, movie_url, end_reason, upstream_message, unverified_request_id, role_ids, delivery_target,
        called_back_at, last_pending_at, took_ms, charged,
        member_language, server_language, spoken_language, subtitles, tone, cancel_requested_at,
        removed_at, removed_by, approval, decided_by, decline_reason, staff_channel_id, staff_message_id,
        continues_id, pitch_id, traceparent,
    ) = row[:_COLUMN_COUNT]  # fmt: skip
    return Job(
        id=job_id,
        interaction_id=interaction_id,
        guild_id=guild_id,
        channel_id=channel_id,
        member_id=member_id,
        member_name=member_name,
        request=MovieRequest(
            prompt,
            duration_seconds,
            video_model,
            image_model,
            AspectRatio(aspect_ratio),
            to_extras(spoken_language, subtitles, tone),
            continues_id,
        ),
        price=price,
        state=JobState(state),
        created_at=created_at,
        acknowledged_at=acknowledged_at,
        card_message_id=card_message_id,
        submitted_at=submitted_at,
        finished_at=finished_at,
        next_run_at=next_run_at,
        submit_attempts=submit_attempts,
        not_found_count=not_found_count,
        request_id=request_id,
        progress=Progress(completed_stages, total_stages, current_stage),
        movie_url=movie_url,
        end_reason=EndReason(end_reason) if end_reason else None,
        upstream_message=upstream_message,
        unverified_request_id=unverified_request_id,
        role_ids=tuple(map(int, role_ids.split())),
        delivery_target=DeliveryTarget(delivery_target),
        called_back_at=called_back_at,
        last_pending_at=last_pending_at,
        took_ms=took_ms,
        charged=charged,
        member_language=language_of(member_language),
        server_language=language_of(server_language),
        cancel_requested_at=cancel_requested_at,
        removed_at=removed_at,
        removed_by=RemovedBy(removed_by) if removed_by else None,
        approval=Approval(approval) if approval else None,
        decided_by=decided_by,
        decline_reason=decline_reason or "",
        staff_message=PostedMessage(staff_channel_id, staff_message_id) if staff_message_id else None,
        pitch_id=pitch_id,
        traceparent=traceparent,
    )


def to_columns(request: MovieRequest) -> dict[str, str | int | None]:
    """Return the values of the columns."""
    extras = request.extras
    return {
        "prompt": request.prompt,
        "duration_seconds": request.duration_seconds,
        "video_model": request.video_model,
        "image_model": request.image_model,
        "aspect_ratio": request.aspect_ratio.value,
        "spoken_language": None if extras.language is None else extras.language.value,
        "subtitles": None if extras.subtitles is None else int(extras.subtitles),
        "tone": None if extras.tone is None else extras.tone.value,
        "continues_id": request.continues,
    }


def request_from_row(row: Row) -> MovieRequest:
    """Read a row that has these columns."""
    return MovieRequest(
        row["prompt"],
        row["duration_seconds"],
        row["video_model"],
        row["image_model"],
        AspectRatio(row["aspect_ratio"]),
        to_extras(row["spoken_language"], row["subtitles"], row["tone"]),
        row["continues_id"],
    )


def to_extras(spoken_language: str | None, subtitles: int | None, tone: str | None) -> Extras:
    """Read the columns spoken_language, subtitles and tone."""
    if spoken_language is None and subtitles is None and tone is None:
        return NO_EXTRAS
    return Extras(
        None if spoken_language is None else SpokenLanguage(spoken_language),
        None if subtitles is None else bool(subtitles),
        None if tone is None else Tone(tone),
    )


def is_before(column: str) -> str:
    """Return the condition of a row whose `column` is before `:before`.

    Or as long after now: the clock was set back since. Every row, where `:before` is NULL. `params` has the values.
    """
    return f"(CAST(:before AS BIGINT) IS NULL OR {column} < :before OR {column} > :ahead)"


def params(before: int | None, now: int) -> dict[str, int | str | None]:
    """Return the parameters of `is_before`; UTC epoch milliseconds.

    None: all rows, because no other process runs.
    """
    return {"before": before, "ahead": None if before is None else 2 * now - before}
