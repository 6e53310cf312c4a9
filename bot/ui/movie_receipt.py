"""What a movie cost, as its details in /movies say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.job import Job, JobState
from bot.domain.movie_list import MovieItem
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import shared_credits
from bot.ui.amounts import format_credits

_RECEIPTS: Final[Mapping[JobState, MessageId]] = {
    JobState.RESERVED: "movies-on-hold-value",
    JobState.AWAITING_APPROVAL: "movies-on-hold-value",
    JobState.QUEUED: "movies-on-hold-value",
    JobState.SUBMITTING: "movies-on-hold-value",
    JobState.RENDERING: "movies-on-hold-value",
    JobState.UNKNOWN: "movies-unknown-value",
    JobState.COMPLETED: "movies-spent-value",
    JobState.FAILED: "movies-refunded-value",
    JobState.CANCELLED: "movies-refunded-value",
}


def receipt(texts: Texts, item: MovieItem) -> str:
    """Say what a movie cost, and the reader's share of it."""
    price = _price(texts, item.job)
    return "\n".join((price, texts("movies-share-value", credits=item.share))) if item.share else price


def _price(texts: Texts, job: Job) -> str:
    if shared_credits.is_shared(job) and job.state.is_terminal:
        return shared_credits.ended(texts, job)
    if job.state is JobState.CANCELLED and job.spent:
        cost, refund = format_credits(texts, job.spent), format_credits(texts, job.refunded)
        return texts("movies-refunded-in-part-value", cost=cost, refund=refund)
    return texts(_RECEIPTS[job.state], credits=job.price)
