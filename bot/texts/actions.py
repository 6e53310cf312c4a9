"""What can be done with a movie: one button each, the same wherever it stands. cogs/movie_buttons.py answers them."""

from __future__ import annotations

import discord

from bot.domain.job import Job, JobState
from bot.domain.preferences import Tell
from bot.texts import safe
from bot.texts.buttons import Link, Press

STUDIO = "https://app.samsar.one/video/{request_id}"
"""Source: the API's page, "post-process your renditions in the Studio"."""


def cancel(job: Job) -> Press:
    """Take a movie out of the queue."""
    return Press("Cancel", ("cancel", job.id), discord.ButtonStyle.danger)


def follow(job: Job) -> Press:
    """Be mentioned when it is done."""
    return Press("Follow", ("follow", job.id))


def unfollow(job: Job) -> Press:
    """Be mentioned no more: beneath the private answer to Follow."""
    return Press("Don't mention me", ("unfollow", job.id))


def tell(job: Job) -> Press:
    """Where it goes when it is done: the other way than now."""
    if job.tell is Tell.DIRECT:
        return Press("Post it in the channel", ("tell", job.id, Tell.CHANNEL.value))
    return Press("Send it to me directly", ("tell", job.id, Tell.DIRECT.value))


def remix(job: Job) -> Press:
    """Open the form with everything filled in."""
    return Press("Remix", ("remix", job.id), discord.ButtonStyle.primary)


def again(job: Job) -> Press:
    """The same request, as a new movie: "Try again" where the first one never came."""
    label = "Again" if job.state is JobState.COMPLETED else "Try again"
    return Press(label, ("again", job.id))


def refresh(job: Job) -> Press:
    """Ask for a fresh link."""
    return Press("Refresh link", ("link", job.id))


def watch(job: Job) -> Link | None:
    """The movie itself; None where its link is too odd or too long for a button."""
    url = safe.link(job.movie_url or "")
    return Link("Open the movie", url) if url and len(url) <= safe.LONGEST_BUTTON_LINK else None


def studio(job: Job) -> Link | None:
    """Where the movie can be worked on; None where it has no request_id that fits an address."""
    url = safe.link(STUDIO.format(request_id=job.request_id)) if job.request_id else None
    return Link("Open in Studio", url) if url and len(url) <= safe.LONGEST_BUTTON_LINK else None


def of_card(job: Job) -> tuple[Press | Link, ...]:
    """The buttons beneath a movie's card, in the job's state."""
    match job.state:
        case JobState.QUEUED:
            return (cancel(job), *_followed(job), tell(job))
        case JobState.SUBMITTING | JobState.RENDERING | JobState.UNKNOWN:
            return (*_followed(job), tell(job))
        case JobState.COMPLETED:
            return ()
        case JobState.FAILED | JobState.CANCELLED:
            return (again(job),)


def _followed(job: Job) -> tuple[Press, ...]:
    """Nobody can follow a movie that goes to its member directly."""
    return () if job.tell is Tell.DIRECT else (follow(job),)


def of_finished(job: Job, *, direct: bool = False) -> tuple[Press | Link, ...]:
    """The buttons beneath a finished movie. In a direct message (`direct`) nothing can be ordered."""
    links = tuple(link for link in (watch(job), studio(job)) if link is not None)
    if direct:
        return (*links, refresh(job))
    return (remix(job), again(job), refresh(job), *links)
