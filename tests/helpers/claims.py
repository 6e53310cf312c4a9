"""Requeues jobs as the process that claimed them last does."""

from __future__ import annotations

from bot.domain.breaker import Outage
from bot.domain.jobs import Job
from data import submissions
from data.database import Transaction
from tests.helpers.at_time import at_time


def requeue(tx: Transaction, job_id: str, now: int, attempts: int, outage: Outage | None = None) -> Job | None:
    """Requeue a job by its last claim; None: its state forbids it."""
    token_hash = tx.fetch_value("SELECT callback_token_hash FROM jobs WHERE id = :id", {"id": job_id}) or ""
    return at_time(now, submissions.requeue)(tx, job_id, token_hash, attempts, outage)
