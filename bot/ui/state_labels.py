"""Short labels of a job's state, for lists, receipts and titles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.job import Job, JobState
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts

_LABELS: Final[Mapping[JobState, MessageId]] = {
    JobState.RESERVED: "states-waiting",
    JobState.QUEUED: "states-waiting",
    JobState.SUBMITTING: "states-waiting",
    JobState.RENDERING: "states-in-progress",
    JobState.COMPLETED: "states-ready",
    JobState.FAILED: "states-failed",
    JobState.CANCELLED: "states-cancelled",
    JobState.UNKNOWN: "states-unknown",
}

STATE_LABELS: Final = {
    JobState.RESERVED: "⏳ in the queue",
    JobState.QUEUED: "⏳ in the queue",
    JobState.SUBMITTING: "⏳ in the queue",
    JobState.RENDERING: "🎬 being made",
    JobState.COMPLETED: "✅ made",
    JobState.FAILED: "↩️ not made, given back",
    JobState.CANCELLED: "↩️ cancelled, given back",
    JobState.UNKNOWN: "🔎 being checked",
}

STATE_TITLES: Final = {
    JobState.RESERVED: "⏳ In the queue",
    JobState.QUEUED: "⏳ In the queue",
    JobState.SUBMITTING: "⏳ In the queue",
    JobState.RENDERING: "🎬 Being made",
    JobState.COMPLETED: "✅ Made",
    JobState.FAILED: "↩️ Not made",
    JobState.CANCELLED: "↩️ Cancelled",
    JobState.UNKNOWN: "🔎 Being checked",
}


def state_label(texts: Texts, state: JobState, spent: int = 0) -> str:
    """Say how far a movie is, for lists and receipts.

    `spent` are the credits that it cost.
    """
    if state is JobState.CANCELLED and spent:
        return texts("states-cancelled-in-part", spent=spent)
    return texts(_LABELS[state])


def list_label(job: Job) -> str:
    """Label a job's state for a list."""
    if job.state is JobState.CANCELLED and job.spent:
        return f"↩️ cancelled, {job.spent:,} spent"
    return STATE_LABELS[job.state]
