"""Short labels of a job's state, for lists, receipts and titles."""

from __future__ import annotations

from typing import Final

from bot.domain.job import JobState

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

RECEIPT_LABELS: Final = {**STATE_LABELS, JobState.FAILED: "↩️ failed, given back"}

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
