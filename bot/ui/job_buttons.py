"""The buttons for a movie, the same in every message.

cogs/job_buttons.py handles them.
"""

from __future__ import annotations

import discord

from bot.domain.job import Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.ui.components import Button, Link
from bot.ui.discord_limits import MAX_BUTTON_URL_LENGTH
from bot.ui.escaping import safe_url

STUDIO = "https://app.samsar.one/video/{request_id}"
"""Source: the API's page, "post-process your renditions in the Studio"."""


def cancel(job: Job) -> Button:
    """Cancel a movie that waits or renders."""
    return Button("Cancel", ("cancel", job.id), discord.ButtonStyle.danger)


def follow(job: Job) -> Button:
    """Get mentioned when the movie is done."""
    return Button("Follow", ("follow", job.id))


def unfollow(job: Job) -> Button:
    """Stop following; shown beneath the ephemeral answer to Follow."""
    return Button("Don't mention me", ("unfollow", job.id))


def toggle_target(job: Job) -> Button:
    """Switch the delivery target between channel and direct message."""
    if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE:
        return Button("Post it in the channel", ("target", job.id, DeliveryTarget.CHANNEL.value))
    return Button("Send it to me directly", ("target", job.id, DeliveryTarget.DIRECT_MESSAGE.value))


def remix(job: Job) -> Button:
    """Open the modal, filled in with this request."""
    return Button("Remix", ("remix", job.id), discord.ButtonStyle.primary)


def retry(job: Job) -> Button:
    """Order the same request again."""
    label = "Again" if job.state is JobState.COMPLETED else "Try again"
    return Button(label, ("retry", job.id))


def refresh_link(job: Job) -> Button:
    """Ask the API for a fresh link."""
    return Button("Refresh link", ("refresh", job.id))


def open_movie(job: Job) -> Link | None:
    """Link to the movie, None where a button can't hold the URL."""
    return _link("Open the movie", job.movie_url)


def open_studio(job: Job) -> Link | None:
    """Link to the movie in the Studio; None without a usable request_id."""
    return _link("Open in Studio", STUDIO.format(request_id=job.request_id) if job.request_id else None)


def _link(label: str, address: str | None) -> Link | None:
    url = safe_url(address or "")
    return Link(label, url) if url and len(url) <= MAX_BUTTON_URL_LENGTH else None


def may_cancel(job: Job, *, cancellable: bool) -> bool:
    """Return whether a movie has the button to cancel it.

    `cancellable`: the API can cancel a movie that renders.
    """
    match job.state:
        case JobState.RESERVED | JobState.QUEUED:
            return True
        case JobState.RENDERING:
            return cancellable and job.cancel_requested_at is None
        case _:
            return False


def card_buttons(job: Job, *, cancellable: bool = False) -> tuple[Button | Link, ...]:
    """Choose the buttons for a movie's card by its state."""
    match job.state:
        case JobState.RESERVED | JobState.QUEUED | JobState.RENDERING if may_cancel(job, cancellable=cancellable):
            return (cancel(job), *_follow_buttons(job), toggle_target(job))
        case JobState.RESERVED | JobState.QUEUED | JobState.SUBMITTING | JobState.RENDERING | JobState.UNKNOWN:
            return (*_follow_buttons(job), toggle_target(job))
        case JobState.COMPLETED:
            return ()
        case JobState.FAILED | JobState.CANCELLED:
            return (retry(job),)


def _follow_buttons(job: Job) -> tuple[Button, ...]:
    """Return the follow button, none for a direct message."""
    return () if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE else (follow(job),)


def finished_buttons(job: Job, *, direct: bool = False) -> tuple[Button | Link, ...]:
    """Choose the buttons for a finished movie.

    Nothing can be ordered in a direct message, so `direct` leaves those buttons out.
    """
    links = tuple(link for link in (open_movie(job), open_studio(job)) if link is not None)
    if direct:
        return (*links, refresh_link(job))
    return (remix(job), retry(job), refresh_link(job), *links)
