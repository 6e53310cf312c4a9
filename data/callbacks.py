"""What a callback of the API changes.

A callback is a hint: only a status poll tells a job's state.
"""

from __future__ import annotations

import hmac
from typing import Final

from bot.domain.jobs import EndReason, JobState
from data import jobs
from data.database import Transaction

_RECORD_LATE: Final = f"""
INSERT INTO late_callbacks (job_id, received_at, request_id)
SELECT id, :now, :request_id FROM jobs
WHERE callback_token_hash = :token_hash AND state = '{JobState.FAILED}'
    AND end_reason NOT IN ('{EndReason.UPSTREAM_FAILED}', '{EndReason.CREDITS_RAN_OUT}')
ON CONFLICT (job_id) DO NOTHING RETURNING job_id
"""


def record_callback(tx: Transaction, token_hash: str, request_id: str | None) -> None:
    """Make the job with this callback token due for a status poll.

    A job that is SUBMITTING or UNKNOWN keeps the request id for a status poll to confirm, unless another job has it.
    The time is kept, so that polls follow sooner from then on.
    """
    row = tx.fetch_one(
        f"SELECT id, state, callback_token_hash FROM jobs WHERE callback_token_hash = :token_hash{tx.for_update}",
        {"token_hash": token_hash},
    )
    if row is None or not hmac.compare_digest(row["callback_token_hash"], token_hash):
        return
    state = JobState(row["state"])
    if state not in (JobState.RENDERING, JobState.SUBMITTING, JobState.UNKNOWN):
        return
    changes: dict[str, int | str | None] = {"called_back_at": tx.now}
    due_at = None if state is JobState.SUBMITTING else tx.now
    if state is JobState.RENDERING:
        changes["next_run_at"] = due_at
    elif request_id is not None and not jobs.has_request_id(tx, request_id):
        changes |= {"unverified_request_id": request_id, "next_run_at": due_at, "not_found_count": 0}
    jobs.update(tx, row["id"], state, changes)
    if changes.get("next_run_at"):
        tx.wake("status_polls")


def record_late_callback(tx: Transaction, token_hash: str, request_id: str | None) -> str | None:
    """Record the first callback for a failed job, and return its id.

    None for any other callback. A job that the API itself reported as failed is left out: its callback adds nothing.
    """
    return tx.fetch_value(_RECORD_LATE, {"token_hash": token_hash, "request_id": request_id, "now": tx.now})
