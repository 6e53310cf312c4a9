"""Short labels of a job's state, for lists, receipts and titles."""

from __future__ import annotations

from typing import Final

from bot.domain.job import JobState
from bot.locales.texts import Texts, message_id

_NAMES: Final = {
    JobState.RESERVED: "waiting",
    JobState.AWAITING_APPROVAL: "awaiting",
    JobState.QUEUED: "waiting",
    JobState.SUBMITTING: "waiting",
    JobState.RENDERING: "being-made",
    JobState.COMPLETED: "ready",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "cancelled",
    JobState.UNKNOWN: "unknown",
}


def state_label(texts: Texts, state: JobState, spent: int = 0) -> str:
    """Say how far a movie is, for lists and receipts.

    `spent` are the credits that it cost.
    """
    if state is JobState.CANCELLED and spent:
        return texts("states-cancelled-in-part", spent=spent)
    return texts(message_id("states", _NAMES[state]))


def state_title(texts: Texts, state: JobState) -> str:
    """Say how far a movie is, as a title."""
    return texts(message_id("states", _NAMES[state], "title"))
