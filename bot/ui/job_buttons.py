"""The buttons for a movie, the same in every message.

cogs/job_buttons.py handles them.
"""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.discord_limits import MAX_BUTTON_URL_LENGTH
from bot.domain.job import Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.locales.texts import Texts
from bot.ui.components import Button, Link, actions_of
from bot.ui.escaping import safe_url
from bot.ui.shared_credits import is_shared

STUDIO = "https://app.samsar.one/video/{request_id}"
"""Source: the API's page, "post-process your renditions in the Studio"."""

_OPEN_ACTIONS: Final = frozenset({"cancel", "follow", "target"})
"""Actions of a card's buttons while its job has not ended."""


def cancel(texts: Texts, job: Job) -> Button:
    """Cancel a movie that waits or renders."""
    return Button(texts("buttons-cancel-button"), ("cancel", job.id), discord.ButtonStyle.danger)


def follow(texts: Texts, job: Job) -> Button:
    """Get mentioned when the movie is done."""
    return Button(texts("buttons-follow-button"), ("follow", job.id))


def unfollow(texts: Texts, job: Job) -> Button:
    """Stop following; shown beneath the ephemeral answer to *Notify me*."""
    return Button(texts("buttons-unfollow-button"), ("unfollow", job.id))


def toggle_target(texts: Texts, job: Job) -> Button:
    """Switch the delivery target between channel and direct message."""
    if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE:
        return Button(texts("buttons-post-here-button"), ("target", job.id, DeliveryTarget.CHANNEL.value))
    return Button(texts("buttons-direct-button"), ("target", job.id, DeliveryTarget.DIRECT_MESSAGE.value))


def remix(texts: Texts, job: Job) -> Button:
    """Open the modal, filled in with this request."""
    return Button(texts("buttons-remix-button"), ("remix", job.id), discord.ButtonStyle.primary)


def continue_(texts: Texts, job: Job) -> Button:
    """Open the modal, filled in with this movie's next scene."""
    return Button(texts("series-continue-button"), ("continue", job.id))


def star(texts: Texts, job: Job) -> Button:
    """Give a finished movie a star, or take it back."""
    return Button(texts("stars-star-button"), ("star", job.id))


def retry(texts: Texts, job: Job) -> Button:
    """Order the same request again."""
    label = texts("buttons-rerun-button" if job.state is JobState.COMPLETED else "buttons-retry-button")
    return Button(label, ("retry", job.id))


def refresh_link(texts: Texts, job: Job) -> Button:
    """Ask the API for a fresh link."""
    return Button(texts("buttons-new-link-button"), ("refresh", job.id))


def delete(texts: Texts, job: Job) -> Button:
    """Delete a finished movie, after a confirmation."""
    return Button(texts("buttons-delete-button"), ("delete", job.id))


def report(texts: Texts, job: Job) -> Button:
    """Report a finished movie to the server's staff."""
    return Button(texts("reported-report-button"), ("report", job.id))


def receipt(texts: Texts, job: Job) -> Button:
    """Show the requester what the movie cost, and what is left."""
    return Button(texts("buttons-receipt-button"), ("receipt", job.id))


def open_studio(texts: Texts, job: Job) -> Link | None:
    """Link to the movie in the Studio; None without a usable request_id."""
    url = safe_url(STUDIO.format(request_id=job.request_id)) if job.request_id else None
    return Link(texts("buttons-studio-button"), url) if url and len(url) <= MAX_BUTTON_URL_LENGTH else None


def may_cancel(job: Job, *, cancellable: bool) -> bool:
    """Return whether a movie has the button to cancel it.

    `cancellable`: the API can cancel a movie that renders. One that members paid for together is not cancelled then.
    """
    match job.state:
        case JobState.RESERVED | JobState.AWAITING_APPROVAL | JobState.QUEUED:
            return True
        case JobState.RENDERING:
            return cancellable and job.cancel_requested_at is None and not is_shared(job)
        case _:
            return False


def buttons_of_card(texts: Texts, job: Job, *, cancellable: bool = False) -> tuple[Button | Link, ...]:
    """Choose the buttons for a movie's card by its state."""
    match job.state:
        case _ if may_cancel(job, cancellable=cancellable):
            return (cancel(texts, job), *_follow_buttons(texts, job), *_target_buttons(texts, job))
        case (
            JobState.RESERVED
            | JobState.AWAITING_APPROVAL
            | JobState.QUEUED
            | JobState.SUBMITTING
            | JobState.RENDERING
            | JobState.UNKNOWN
        ):
            return (*_follow_buttons(texts, job), *_target_buttons(texts, job))
        case JobState.COMPLETED:
            return ()
        case JobState.FAILED | JobState.CANCELLED:
            return (retry(texts, job),)


def _follow_buttons(texts: Texts, job: Job) -> tuple[Button, ...]:
    """Return the follow button, none for a direct message."""
    return () if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE else (follow(texts, job),)


def _target_buttons(texts: Texts, job: Job) -> tuple[Button, ...]:
    """Return the delivery button, none where several members pay."""
    return () if is_shared(job) else (toggle_target(texts, job),)


def finished_buttons(texts: Texts, job: Job, *, direct: bool = False) -> tuple[Button | Link, ...]:
    """Choose the buttons for a finished movie.

    Nothing can be ordered in a direct message, so `direct` leaves those buttons out. The link to the movie is in the
    message, see links.py.
    """
    studio = open_studio(texts, job)
    links = () if studio is None else (studio,)
    if direct:
        return (*links, refresh_link(texts, job))
    return (*links, remix(texts, job), continue_(texts, job), retry(texts, job), refresh_link(texts, job))


def posted_buttons(texts: Texts, job: Job, *, direct: bool = False) -> tuple[Button | Link, ...]:
    """Choose the buttons for the message with a finished movie.

    A direct message says what its member has left, so only one in a channel has the receipt. Only there do others see
    the movie, and can report it.
    """
    finished = finished_buttons(texts, job, direct=direct)
    if direct:
        return (*finished, delete(texts, job))
    return (*finished, star(texts, job), receipt(texts, job), delete(texts, job), report(texts, job))


def detail_buttons(texts: Texts, job: Job, *, mine: bool, cancellable: bool = False) -> tuple[Button | Link, ...]:
    """Choose the buttons for a movie's private details.

    Only its requester can change anything. A manager, who may read them, too, can delete the movie.
    """
    buttons = _own_buttons(texts, job, cancellable=cancellable) if mine else _link_buttons(texts, job)
    if job.state is JobState.COMPLETED and job.removed_at is None:
        return (*buttons, delete(texts, job))
    return buttons


def payer_buttons(texts: Texts, job: Job) -> tuple[Button | Link, ...]:
    """Choose the buttons for someone who paid for a movie with others."""
    links = _link_buttons(texts, job)
    return (remix(texts, job), *links) if job.state is JobState.COMPLETED and job.request.prompt else links


def _own_buttons(texts: Texts, job: Job, *, cancellable: bool) -> tuple[Button | Link, ...]:
    if not job.request.prompt:
        return ()
    match job.state:
        case _ if may_cancel(job, cancellable=cancellable):
            return (cancel(texts, job), *_target_buttons(texts, job))
        case (
            JobState.RESERVED
            | JobState.AWAITING_APPROVAL
            | JobState.QUEUED
            | JobState.SUBMITTING
            | JobState.RENDERING
            | JobState.UNKNOWN
        ):
            return _target_buttons(texts, job)
        case JobState.COMPLETED if job.removed_at is not None:
            return (remix(texts, job), retry(texts, job))
        case JobState.COMPLETED:
            return finished_buttons(texts, job)
        case JobState.FAILED | JobState.CANCELLED:
            return (retry(texts, job),)


def _link_buttons(texts: Texts, job: Job) -> tuple[Button | Link, ...]:
    if job.state is not JobState.COMPLETED or job.removed_at is not None:
        return ()
    studio = open_studio(texts, job)
    return () if studio is None else (studio,)


def shows_open_job(message: discord.Message) -> bool:
    """Return whether a card has buttons of an open job."""
    return any(action in _OPEN_ACTIONS for action, _ in actions_of(message))
