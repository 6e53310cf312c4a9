"""The buttons for a movie, the same in every message.

A public message has those that everyone who reads it may press. What only some may do, or few do, is behind ⋯, see
bot/ui/movie_actions.py. cogs/job_buttons.py handles them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import discord

from bot.domain.jobs import Job, JobState
from bot.domain.operations import Operation
from bot.domain.preferences import DeliveryTarget
from bot.domain.text import MAX_BUTTON_URL_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.components import MORE_LABEL, Button, Link
from bot.ui.formatting import format_number, safe_url
from bot.ui.storyboards import LOOK, RENDER, STOP

STUDIO = "https://app.samsar.one/video/{request_id}"
"""Source: the API's page, "post-process your renditions in the Studio"."""

OPEN_ACTIONS: Final = frozenset({"cancel", "follow", "target", "more", RENDER, STOP})
"""Actions of a card's buttons while its job has not ended."""

MORE: Final = "more"
VERSIONS: Final = "versions"

OWN_ACTIONS: Final = frozenset(
    {MORE, "receipt", "unfollow", "cancel", "cancel-confirm", "delete", "delete-confirm", LOOK, STOP}
)
"""What reads or takes back what is one's own, also for a member whom the server's staff timed out."""

_LABELS: Final[Mapping[str, MessageId]] = {
    "cancel": "buttons-cancel-button",
    "cancel-staff": "buttons-cancel-button",
    "cancel-confirm": "buttons-cancel-movie-button",
    "follow": "buttons-follow-button",
    "unfollow": "buttons-unfollow-button",
    "remix": "buttons-remix-button",
    "continue": "series-continue-button",
    "refresh": "buttons-new-link-button",
    "star": "stars-star-button",
    "receipt": "buttons-receipt-button",
    VERSIONS: "versions-open-button",
    Operation.DUB: "copies-dub-button",
    Operation.SUBTITLES: "copies-subtitles-button",
    Operation.FILM: "copies-film-button",
    LOOK: "storyboards-look-button",
    "delete": "buttons-delete-button",
    "delete-confirm": "buttons-delete-movie-button",
    "report": "reported-report-button",
    "scene": "scenes-button",
}
"""The actions of buttons about a movie; a cog's method with `@component` does each."""

_STYLES: Final = {
    "cancel": discord.ButtonStyle.danger,
    "cancel-staff": discord.ButtonStyle.danger,
    "cancel-confirm": discord.ButtonStyle.danger,
    "delete-confirm": discord.ButtonStyle.danger,
    "remix": discord.ButtonStyle.primary,
}


def buttons(texts: Texts, job: Job, *actions: str) -> tuple[Button, ...]:
    """Build the buttons of these actions."""
    again: MessageId = "buttons-rerun-button" if job.state is JobState.COMPLETED else "buttons-retry-button"
    labels: Mapping[str, MessageId] = {**_LABELS, "retry": again}
    return tuple(
        Button(texts(labels[action]), (action, job.id), _STYLES.get(action, discord.ButtonStyle.secondary))
        for action in actions
    )


def target_buttons(texts: Texts, job: Job) -> tuple[Button, ...]:
    """Build the button that switches between channel and direct message, none where several members pay."""
    if job.is_shared:
        return ()
    if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE:
        return (Button(texts("buttons-post-here-button"), ("target", job.id, DeliveryTarget.CHANNEL)),)
    return (Button(texts("buttons-direct-button"), ("target", job.id, DeliveryTarget.DIRECT_MESSAGE)),)


def studio_links(texts: Texts, job: Job) -> tuple[Link, ...]:
    """Link to the movie in the Studio, where it has a usable request_id."""
    url = safe_url(STUDIO.format(request_id=job.request_id)) if job.request_id else None
    return (Link(texts("buttons-studio-button"), url),) if url and len(url) <= MAX_BUTTON_URL_LENGTH else ()


def more_button(job: Job) -> Button:
    """Build the button that shows privately what else someone may do with a movie."""
    return Button(MORE_LABEL, (MORE, job.id))


def star_button(texts: Texts, job: Job, stars: int) -> Button:
    """Build the button that gives a movie a star, with how many it has."""
    return Button(f"⭐ {format_number(texts, stars)}" if stars else texts("stars-star-button"), ("star", job.id))


def posted_buttons(texts: Texts, job: Job, stars: int = 0, *, direct: bool = False) -> tuple[Button, ...]:
    """Choose the buttons for the message with a finished movie, beside the one that opens its link.

    Nothing can be ordered in a direct message, and nobody else sees it.
    """
    if direct:
        return (*buttons(texts, job, "refresh"), more_button(job))
    if not job.request.prompt:
        return (more_button(job),)
    return (*buttons(texts, job, "remix", "continue"), star_button(texts, job, stars), more_button(job))
