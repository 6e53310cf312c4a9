"""Short labels of a job's state, for lists, receipts and titles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.job import JobState
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts

_LABELS: Final[Mapping[JobState, MessageId]] = {
    JobState.RESERVED: "states-waiting",
    JobState.AWAITING_APPROVAL: "states-awaiting",
    JobState.QUEUED: "states-waiting",
    JobState.SUBMITTING: "states-waiting",
    JobState.RENDERING: "states-being-made",
    JobState.COMPLETED: "states-ready",
    JobState.FAILED: "states-failed",
    JobState.CANCELLED: "states-cancelled",
    JobState.UNKNOWN: "states-unknown",
}

_TITLES: Final[Mapping[JobState, MessageId]] = {
    JobState.RESERVED: "states-waiting-title",
    JobState.AWAITING_APPROVAL: "states-awaiting-title",
    JobState.QUEUED: "states-waiting-title",
    JobState.SUBMITTING: "states-waiting-title",
    JobState.RENDERING: "states-being-made-title",
    JobState.COMPLETED: "states-ready-title",
    JobState.FAILED: "states-failed-title",
    JobState.CANCELLED: "states-cancelled-title",
    JobState.UNKNOWN: "states-unknown-title",
}


def state_label(texts: Texts, state: JobState, spent: int = 0) -> str:
    """Say how far a movie is, for lists and receipts.

    `spent` are the credits that it cost.
    """
    if state is JobState.CANCELLED and spent:
        return texts("states-cancelled-in-part", spent=spent)
    return texts(_LABELS[state])


def state_title(texts: Texts, state: JobState) -> str:
    """Say how far a movie is, as a title."""
    return texts(_TITLES[state])
