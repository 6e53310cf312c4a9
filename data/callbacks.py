"""What a callback of the API changes.

A callback is a hint: only a status poll tells a job's state.
"""

from __future__ import annotations

import hmac
from typing import Final

from bot.domain.jobs import EndReason, JobState
from data import jobs, renders
from data.database import Transaction

_FAILED_AT_THE_API: Final = f"'{EndReason.UPSTREAM_FAILED}', '{EndReason.CREDITS_RAN_OUT}'"

_RECORD_LATE: Final = f"""
INSERT INTO late_callbacks (job_id, received_at, request_id)
SELECT id, :now, :request_id FROM jobs
WHERE callback_token_hash = :token_hash AND state = '{JobState.FAILED}' AND end_reason NOT IN ({_FAILED_AT_THE_API})
ON CONFLICT (job_id) DO NOTHING RETURNING job_id
"""


def record_callback(tx: Transaction, token_hash: str, request_id: str | None) -> None:
    """Make the job with this callback token due for a status poll.

    A job that is SUBMITTING or UNKNOWN keeps the request id for a status poll to confirm. The time is kept, so that
    polls follow sooner from then on.
    """
    row = tx.fetch_one(
        f"SELECT id, state, callback_token_hash FROM jobs WHERE callback_token_hash = :token_hash{tx.for_update}",
        {"token_hash": token_hash},
    )
    if row is None or not hmac.compare_digest(row["callback_token_hash"], token_hash):
        return
    state = JobState(row["state"])
    if state is JobState.RENDERING:
        jobs.update(tx, row["id"], state, {"called_back_at": tx.now, "next_run_at": tx.now})
        tx.wake("status_polls")
    elif state in (JobState.SUBMITTING, JobState.UNKNOWN):
        jobs.update(tx, row["id"], state, {"called_back_at": tx.now})
        if request_id is not None:
            renders.keep_unverified_id(tx, row["id"], state, request_id)


def record_late_callback(tx: Transaction, token_hash: str, request_id: str | None) -> str | None:
    """Record the first callback for a failed job, and return its id.

    None for any other callback. A job that the API itself reported as failed is left out: its callback adds nothing.
    """
    row = tx.fetch_one(_RECORD_LATE, {"token_hash": token_hash, "request_id": request_id, "now": tx.now})
    return row["job_id"] if row else None
