"""The buttons for a movie, the same in every message.

cogs/job_buttons.py handles them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import discord

from bot.domain.jobs import Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.text import MAX_BUTTON_URL_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.components import MORE, Button, Link
from bot.ui.formatting import safe_url

STUDIO = "https://app.samsar.one/video/{request_id}"
"""Source: the API's page, "post-process your renditions in the Studio"."""

OPEN_ACTIONS: Final = frozenset({"cancel", "follow", "target", "more"})
"""Actions of a card's buttons while its job has not ended."""

_LABELS: Final[Mapping[str, MessageId]] = {
    "cancel": "buttons-cancel-button",
    "cancel-confirm": "buttons-cancel-movie-button",
    "follow": "buttons-follow-button",
    "unfollow": "buttons-unfollow-button",
    "remix": "buttons-remix-button",
    "continue": "series-continue-button",
    "retry": "buttons-retry-button",
    "refresh": "buttons-new-link-button",
    "star": "stars-star-button",
    "receipt": "buttons-receipt-button",
    "delete": "buttons-delete-button",
    "delete-confirm": "buttons-delete-movie-button",
    "report": "reported-report-button",
}
"""The actions of buttons about a movie; a cog's `component_handlers` says what each does."""

_STYLES: Final = {
    "cancel": discord.ButtonStyle.danger,
    "cancel-confirm": discord.ButtonStyle.danger,
    "delete-confirm": discord.ButtonStyle.danger,
    "remix": discord.ButtonStyle.primary,
}


def buttons(texts: Texts, job: Job, *actions: str) -> tuple[Button, ...]:
    """Build the buttons of these actions."""
    labels: Mapping[str, MessageId] = _LABELS
    if job.state is JobState.COMPLETED:
        labels = {**_LABELS, "retry": "buttons-rerun-button"}
    return tuple(
        Button(texts(labels[action]), (action, job.id), _STYLES.get(action, discord.ButtonStyle.secondary))
        for action in actions
    )


def more_button(_texts: Texts, job: Job) -> Button:
    """Build the button that answers privately with what its member may do now."""
    return Button(MORE, ("more", job.id))


def target_buttons(texts: Texts, job: Job) -> tuple[Button, ...]:
    """Build the button that switches between channel and direct message, none where several members pay."""
    if job.is_shared:
        return ()
    if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE:
        label, target = texts("buttons-post-here-button"), DeliveryTarget.CHANNEL
    else:
        label, target = texts("buttons-direct-button"), DeliveryTarget.DIRECT_MESSAGE
    return (Button(label, ("target", job.id, target.value)),)


def _studio_links(texts: Texts, job: Job) -> tuple[Link, ...]:
    """Link to the movie in the Studio, where it has a usable request_id."""
    url = safe_url(STUDIO.format(request_id=job.request_id)) if job.request_id else None
    return (Link(texts("buttons-studio-button"), url),) if url and len(url) <= MAX_BUTTON_URL_LENGTH else ()


def may_cancel(job: Job, *, cancellable: bool) -> bool:
    """Return whether a movie has the button to cancel it.

    `cancellable`: the API can cancel a movie that renders. One that members paid for together is not cancelled then.
    """
    match job.state:
        case JobState.RESERVED | JobState.AWAITING_APPROVAL | JobState.QUEUED:
            return True
        case JobState.RENDERING:
            return cancellable and job.cancel_requested_at is None and not job.is_shared
        case _:
            return False


def finished_buttons(texts: Texts, job: Job, *, direct: bool = False) -> tuple[Button | Link, ...]:
    """Choose the buttons for a finished movie.

    Nothing can be ordered in a direct message, so `direct` leaves those buttons out. The link to the movie is in the
    message, see `formatting.place`.
    """
    actions = ("refresh",) if direct else ("remix", "continue", "retry", "refresh")
    return (*_studio_links(texts, job), *buttons(texts, job, *actions))


def posted_buttons(texts: Texts, job: Job, *, direct: bool = False) -> tuple[Button | Link, ...]:
    """Choose the buttons for the message with a finished movie.

    A direct message says what its member has left, so only one in a channel has the receipt. Only there do others see
    the movie, and can report it.
    """
    actions = ("delete",) if direct else ("star", "receipt", "delete", "report")
    return (*finished_buttons(texts, job, direct=direct), *buttons(texts, job, *actions))


def detail_buttons(texts: Texts, job: Job, *, mine: bool, cancellable: bool = False) -> tuple[Button | Link, ...]:
    """Choose the buttons for a movie's private details.

    Only its requester can change anything. A manager, who may read them, too, can delete the movie.
    """
    found = _own_buttons(texts, job, cancellable=cancellable) if mine else _link_buttons(texts, job)
    if job.state is JobState.COMPLETED and job.removed_at is None:
        return (*found, *buttons(texts, job, "delete"))
    return found


def payer_buttons(texts: Texts, job: Job) -> tuple[Button | Link, ...]:
    """Choose the buttons for someone who paid for a movie with others."""
    remix = ("remix",) if job.state is JobState.COMPLETED and job.request.prompt else ()
    return (*buttons(texts, job, *remix), *_link_buttons(texts, job))


def _own_buttons(texts: Texts, job: Job, *, cancellable: bool) -> tuple[Button | Link, ...]:
    if not job.request.prompt:
        return ()
    if not job.state.is_terminal:
        cancel = ("cancel",) if may_cancel(job, cancellable=cancellable) else ()
        return (*buttons(texts, job, *cancel), *target_buttons(texts, job))
    if job.state is not JobState.COMPLETED:
        return buttons(texts, job, "retry")
    return finished_buttons(texts, job) if job.removed_at is None else buttons(texts, job, "remix", "retry")


def _link_buttons(texts: Texts, job: Job) -> tuple[Button | Link, ...]:
    return _studio_links(texts, job) if job.state is JobState.COMPLETED and job.removed_at is None else ()
