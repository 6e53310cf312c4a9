"""Rows of the jobs table, to and from `Job`, and a request's columns, which quotes and pitches have, too.

A transition is one conditional UPDATE. Its source states come from the table in bot/domain/jobs.py. If no row changes,
another process has changed the job's state.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from bot.domain.catalogue import AspectRatio, Extras, Music, SpokenLanguage, Tone, Voice
from bot.domain.credits import DAY_MS
from bot.domain.delivery import PostedMessage
from bot.domain.durations import MAX_QUEUE_POSITION
from bot.domain.jobs import (
    OPEN_STATES,
    WAITING_STATES,
    WAITING_STEPS,
    Approval,
    EndReason,
    Job,
    JobState,
    Progress,
    RemovedBy,
    Step,
    states_leading_to,
)
from bot.domain.operations import Operation
from bot.domain.preferences import DeliveryTarget
from bot.domain.request import MovieRequest
from bot.domain.text import language_of
from data import pictures
from data.database import Params, Row, Topic, Transaction

_FIELDS: Final = {
    **{column: column for column in (
        "id", "interaction_id", "guild_id", "channel_id", "member_id", "member_name", "state", "created_at",
        "acknowledged_at", "card_message_id", "submitted_at", "finished_at", "next_run_at", "submit_attempts",
        "not_found_count", "movie_url", "end_reason", "upstream_message", "unverified_request_id", "role_ids",
        "delivery_target", "called_back_at", "last_pending_at", "took_ms", "member_language", "server_language",
        "cancel_requested_at", "removed_at", "removed_by", "approval", "decided_by", "decline_reason", "pitch_id",
        "traceparent", "step", "review", "decide_by", "stop_reason", "stop_credits", "settle_by",
    )},
    "price_credits": "price",
    "samsar_request_id": "request_id",
    "charged_credits": "charged",
}  # fmt: skip
"""The columns that hold one field of a job each, and their fields."""


def _ids(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


_READ: Final[Mapping[str, Callable[[Any], object]]] = {
    "state": JobState,
    "end_reason": EndReason,
    "role_ids": _ids,
    "delivery_target": DeliveryTarget,
    "member_language": language_of,
    "server_language": language_of,
    "removed_by": RemovedBy,
    "approval": Approval,
    "step": Step,
    "review": Approval,
    "stop_reason": EndReason,
}
"""How the values of fields are read that the database has in another form, where they are not NULL."""

REQUEST_COLUMNS: Final = (
    "prompt", "duration_seconds", "video_model", "image_model", "aspect_ratio",
    "spoken_language", "subtitles", "tone", "continues_id", "remixed_id", "operation", "source_ids", "scenes",
    "music", "voice",
)  # fmt: skip
"""What `request_from_row` reads."""

_OTHER_COLUMNS: Final = ("completed_stages", "total_stages", "current_stage", "staff_channel_id", "staff_message_id")

COLUMNS: Final = ", ".join(f"jobs.{column}" for column in (*_FIELDS, *REQUEST_COLUMNS, *_OTHER_COLUMNS))
"""The first columns of each statement whose rows `from_row` reads."""


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

STALLED_MS: Final = DAY_MS
"""A job that renders for longer than a day is still polled, but no longer counts as one of the concurrent jobs."""

RUNNING: Final = (
    "state IN ('submitting', 'rendering') AND (submitted_at IS NULL OR submitted_at > :fresh)"
    f" AND (step IS NULL OR step NOT IN {sql_list(WAITING_STEPS)})"
)
"""The condition of jobs at the API that are not stalled, and wait for nobody."""

OWN_AHEAD: Final = f"""
SELECT COUNT(*) FROM jobs WHERE member_id = :member_id AND {OPEN} AND (state = 'queued' AND id < :id OR {RUNNING})
"""
"""Counts a member's other movies that render, or come before this one."""


def insert(tx: Transaction, job: Job) -> bool:
    """Insert a job. Returns False if its interaction has one already."""
    values = {
        "id": job.id,
        "interaction_id": job.interaction_id,
        "guild_id": job.guild_id,
        "channel_id": job.channel_id,
        "member_id": job.member_id,
        "member_name": job.member_name,
        "price_credits": job.price,
        "state": job.state,
        "created_at": job.created_at,
        "role_ids": " ".join(map(str, job.role_ids)),
        "delivery_target": job.delivery_target,
        "member_language": job.member_language,
        "server_language": job.server_language,
        "traceparent": job.traceparent,
        "approval": job.approval,
        "pitch_id": job.pitch_id,
        "step": Step.DRAWING if job.has_steps else None,
        "review": job.review,
        **to_columns(job.request),
    }
    return tx.insert("jobs", values, ignore="interaction_id") == 1


def find(tx: Transaction, job_id: str, *, lock: bool = False) -> Job | None:
    """Return a job, or None; `lock` it until the transaction ends."""
    sql = f"SELECT {COLUMNS} FROM jobs WHERE id = :id{tx.for_update if lock else ''}"
    return tx.fetch_as(from_row, sql, {"id": job_id})


def get(tx: Transaction, job_id: str, *, lock: bool = False) -> Job:
    """Return a job that must exist; `lock` it until the transaction ends.

    Raises:
        LookupError: it does not.
    """
    job = find(tx, job_id, lock=lock)
    if job is None:
        raise LookupError(f"there is no job {job_id}")
    return job


def usable(tx: Transaction, job_ids: Sequence[str]) -> list[Job]:
    """Return those of these movies that something can be made from: finished, not removed, and known to the API."""
    if not job_ids:
        return []
    found = "id IN (:ids) AND state = 'completed' AND removed_at IS NULL AND samsar_request_id IS NOT NULL"
    return tx.fetch_all_as(from_row, f"SELECT {COLUMNS} FROM jobs WHERE {found}", {"ids": job_ids})


def lock(tx: Transaction, job_id: str) -> Job:
    """Return a job that must exist, locked until the transaction ends.

    Raises:
        LookupError: It does not exist.
    """
    return get(tx, job_id, lock=True)


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
    job = tx.fetch_as(from_row, sql, {**changes, "only_claim": only_claim, "to": to, "id": job_id})
    if job is not None:
        tx.wake(*_WAKES.get(to, ()))
        if job.request.operation is Operation.PICTURES and to not in (*WAITING_STATES, JobState.SUBMITTING):
            pictures.forget(tx, "jobs WHERE id = :id", {"id": job_id})
    return job


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
    sql = f"UPDATE jobs SET {assignments} WHERE id = :id AND state = :state RETURNING {COLUMNS}"
    return tx.fetch_as(from_row, sql, {**changes, "id": job_id, "state": state})


def set_movie_url(tx: Transaction, job: Job, url: str) -> Job | None:
    """Set the link of a completed job that was read before.

    None where its link was deleted since, and its request id with it, or the movie removed.
    """
    return tx.fetch_as(
        from_row,
        "UPDATE jobs SET movie_url = :url WHERE id = :id AND state = 'completed' AND samsar_request_id = :request_id"
        f" AND removed_at IS NULL RETURNING {COLUMNS}",
        {"id": job.id, "url": url, "request_id": job.request_id},
    )


def set_unknown_card(tx: Transaction, job: Job, card_message_id: int) -> Job:
    """Record the card of a job whose card was not known."""
    sql = f"UPDATE jobs SET card_message_id = :card WHERE id = :id AND card_message_id IS NULL RETURNING {COLUMNS}"
    return tx.fetch_as(from_row, sql, {"id": job.id, "card": card_message_id}) or job


def has_request_id(tx: Transaction, request_id: str) -> bool:
    """Return whether a job has this request id of the API."""
    sql = "SELECT 1 FROM jobs WHERE samsar_request_id = :request_id"
    return tx.fetch_one(sql, {"request_id": request_id}) is not None


def queue_head(tx: Transaction, limit: int) -> list[Job]:
    """Return the first jobs of the queue, in its order."""
    sql = f"SELECT {COLUMNS} FROM jobs WHERE state = 'queued' ORDER BY id LIMIT :limit"
    return tx.fetch_all_as(from_row, sql, {"limit": limit})


def from_row(row: Row) -> Job:
    """Read a row that begins with COLUMNS.

    It reads by position, because by name takes twice as long.
    """
    values: dict[str, Any] = dict(zip(_FIELDS.values(), row, strict=False))
    for field, read in _READ.items():
        values[field] = None if values[field] is None else read(values[field])
    request = row[len(_FIELDS) : len(_FIELDS) + len(REQUEST_COLUMNS)]
    done, total, stage, *staff_message = row[len(_FIELDS) + len(REQUEST_COLUMNS) :][: len(_OTHER_COLUMNS)]
    values["decline_reason"] = values["decline_reason"] or ""
    return Job(
        **values,
        request=_request(*request),
        progress=Progress(done, total, stage),
        staff_message=PostedMessage(*staff_message) if all(staff_message) else None,
    )


def to_columns(request: MovieRequest) -> dict[str, str | int | None]:
    """Return the values of the columns."""
    extras = request.extras
    return {
        "prompt": request.prompt,
        "duration_seconds": request.duration_seconds,
        "video_model": request.video_model,
        "image_model": request.image_model,
        "aspect_ratio": request.aspect_ratio,
        "spoken_language": extras.language,
        "subtitles": None if extras.subtitles is None else int(extras.subtitles),
        "tone": extras.tone,
        "continues_id": request.continues,
        "remixed_id": request.remixes,
        "operation": request.operation,
        "source_ids": " ".join(request.sources) or None,
        "scenes": " ".join(map(str, request.scenes)) or None,
        "music": extras.music,
        "voice": extras.voice,
    }


def request_from_row(row: Row) -> MovieRequest:
    """Read a row that has `REQUEST_COLUMNS`."""
    return _request(*(row[column] for column in REQUEST_COLUMNS))


def _request(
    prompt: str,
    duration_seconds: int,
    video_model: str,
    image_model: str,
    aspect_ratio: str,
    spoken_language: str | None,
    subtitles: int | None,
    tone: str | None,
    continues_id: str | None,
    remixed_id: str | None,
    operation: str,
    source_ids: str | None,
    scenes: str | None,
    music: str | None,
    voice: str | None,
) -> MovieRequest:
    extras = Extras(
        None if spoken_language is None else SpokenLanguage(spoken_language),
        None if subtitles is None else bool(subtitles),
        None if tone is None else Tone(tone),
        None if music is None else Music(music),
        None if voice is None else Voice(voice),
    )
    return MovieRequest(
        prompt,
        duration_seconds,
        video_model,
        image_model,
        AspectRatio(aspect_ratio),
        extras,
        continues_id,
        remixed_id,
        Operation(operation),
        tuple((source_ids or "").split()),
        _ids(scenes or ""),
    )


def is_before(column: str, by: str = "0") -> str:
    """Return the condition of a row whose `column` is before `:before`, `by` so many milliseconds.

    Or as long after now: the clock was set back since. Every row, where `:before` is NULL. `params` has the values.
    """
    return f"(CAST(:before AS BIGINT) IS NULL OR {column} < :before - {by} OR {column} > :ahead + {by})"


def params(before: int | None, now: int) -> dict[str, int | str | None]:
    """Return the parameters of `is_before`; UTC epoch milliseconds.

    None: all rows, because no other process runs.
    """
    return {"before": before, "ahead": None if before is None else 2 * now - before}
