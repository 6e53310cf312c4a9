"""Responses to the buttons beneath a movie's messages."""

from __future__ import annotations

from bot.domain.jobs import Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import Balance
from bot.locales.texts import Texts
from bot.ui import credits, formatting, job_messages
from bot.ui.formatting import escape_name, format_credits, safe_url


def not_owner(texts: Texts, job: Job) -> str:
    """Refuse a button that only the movie's requester may press."""
    name = escape_name(job.member_name)
    return texts("buttons-not-owner", name=name) if name else texts("buttons-not-owner-unnamed")


def cancelled(texts: Texts, job: Job) -> str:
    """Confirm a cancellation."""
    if credits.is_shared(job):
        return texts("pledges-cancelled")
    return texts("buttons-cancelled", refunded=format_credits(texts, job.refunded))


def not_cancelled(texts: Texts, job: Job, *, cancellable: bool = False) -> str:
    """Explain why a movie can't be cancelled now.

    `cancellable`: the movie service can stop one that it is making.
    """
    if job.state.is_terminal:
        return _ended(texts, job)
    if job.state is JobState.RENDERING and job.cancel_requested_at is not None:
        return texts("buttons-cancelling-already")
    if job.state is JobState.UNKNOWN:
        return texts("buttons-unclear")
    if job.state in (JobState.RESERVED, JobState.QUEUED):
        return texts("buttons-being-queued")
    if credits.is_shared(job):
        return texts("pledges-not-cancellable")
    return texts("buttons-being-sent" if cancellable else "buttons-started")


def _ended(texts: Texts, job: Job) -> str:
    if job.state is JobState.COMPLETED:
        return texts("buttons-finished")
    if credits.is_shared(job):
        return credits.ended(texts, job) if job.spent else texts("pledges-ended")
    refunded = format_credits(texts, job.refunded)
    if job.spent:
        return texts("buttons-ended-in-part", cost=format_credits(texts, job.spent), refunded=refunded)
    return texts("buttons-ended", refunded=refunded)


def target_changed(texts: Texts, where: DeliveryTarget) -> str:
    """Confirm where the movie will be sent."""
    return texts("buttons-to-direct" if where is DeliveryTarget.DIRECT_MESSAGE else "buttons-to-channel")


def target_not_changed(texts: Texts, job: Job) -> str:
    """Explain why it can't be chosen now where the movie is sent."""
    return texts("pledges-to-channel") if credits.is_shared(job) else texts("buttons-finished")


def receipt(texts: Texts, job: Job, balance: Balance) -> str:
    """Say what the requester's movie cost, and what they have left."""
    if not job.state.is_terminal:
        return texts("buttons-receipt-open", held=format_credits(texts, job.price))
    return f"{job_messages.credits_line(texts, job, balance)}\n{texts('buttons-receipts')}"


def fresh_link(texts: Texts, job: Job) -> formatting.PlacedLink:
    """Show a refreshed link."""
    return formatting.place(texts, job.movie_url, texts("buttons-new-link"), private=True)


def no_fresh_link(texts: Texts, job: Job) -> formatting.PlacedLink:
    """Show the last known link, because the API returned no fresh one."""
    if safe_url(job.movie_url or "") is None:
        return formatting.PlacedLink(texts("buttons-no-new-link"), posted=False)
    return formatting.place(texts, job.movie_url, texts("buttons-last-link"), private=True)
