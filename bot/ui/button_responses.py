"""Responses to the buttons beneath a movie's messages."""

from __future__ import annotations

from bot.domain.followers import MAX_FOLLOWERS, FollowResult
from bot.domain.job import Job, JobState
from bot.domain.language import Language
from bot.domain.preferences import DeliveryTarget
from bot.locales.texts import texts_in
from bot.ui import links
from bot.ui.escaping import escape_name, safe_url
from bot.ui.formatting import format_credits, format_timestamp


def not_owner(job: Job) -> str:
    """Refuse a button that only the movie's requester may press."""
    name = escape_name(job.member_name, 100)
    whose = f"**{name}** asked for this movie" if name else "Someone else asked for this movie"
    return f"{whose}, so this button is theirs. You can remix a movie once it is done, or make your own with /movie."


def not_found() -> str:
    """Say that the movie does not exist, or belongs to another server."""
    return "I don't know this movie any more. Nothing was spent."


def cancelled(job: Job) -> str:
    """Confirm a cancellation."""
    return f"Cancelled. **{format_credits(job.price)}** came back to you."


def not_cancelled(job: Job, *, cancellable: bool = False) -> str:
    """Explain why a movie can't be cancelled now.

    `cancellable`: the movie service can stop one that it is making.
    """
    if job.state.is_terminal:
        return _ended(job)
    if job.state is JobState.RENDERING and job.cancel_requested_at is not None:
        return "It is being cancelled already. You'll get a message that says what was spent and refunded."
    if job.state is JobState.UNKNOWN:
        return (
            "The movie service may be making it already, so it can't be cancelled until that is clear. "
            "Its credits stay held until then."
        )
    if job.state in (JobState.RESERVED, JobState.QUEUED):
        return "It is only just being put into the queue. Please press again in a moment."
    if cancellable:
        return "It is just being handed to the movie service. Please press again in a moment."
    return (
        "It is being made already. The movie service charges for it from its start and can't stop it, "
        "so it will be finished and posted."
    )


def _ended(job: Job) -> str:
    if job.state is JobState.COMPLETED:
        return "It is made already: see /movies."
    if job.spent:
        spent, refunded = format_credits(job.spent), format_credits(job.refunded)
        return f"It is cancelled already: **{spent}** spent, **{refunded}** refunded."
    return f"It has ended already, and its **{format_credits(job.price)}** came back to you."


def own_movie() -> str:
    """Answer a requester who presses Follow on their own movie."""
    return "It is your own movie: you will be told anyway."


def follow(outcome: FollowResult) -> str:
    """Confirm a click on Follow, or say why it had no effect."""
    match outcome:
        case FollowResult.FOLLOWING:
            return "You will be mentioned when it is done."
        case FollowResult.FULL:
            return f"{MAX_FOLLOWERS} people follow it already, which is the limit. Look here now and then."
        case FollowResult.TOO_LATE:
            return "It has already ended, so there is nothing to wait for."
        case FollowResult.PRIVATE:
            return "It will be sent directly to the person who ordered it, so you can't follow it."


def unfollowed() -> str:
    """Confirm that the member no longer follows the movie."""
    return "You will not be mentioned when it is done."


def target_changed(where: DeliveryTarget) -> str:
    """Confirm where the movie will be sent."""
    if where is DeliveryTarget.DIRECT_MESSAGE:
        return (
            "It will be sent to you directly when it is done (here, if Discord doesn't let me write to you). "
            "/preferences does that for every movie."
        )
    return "It will be posted in the channel when it is done."


def already_finished() -> str:
    """Say that the delivery target can't be changed any more."""
    return "It has ended already: see /movies."


def fresh_link(job: Job) -> links.PlacedLink:
    """Show a refreshed link."""
    return links.place(texts_in(Language.ENGLISH), job.movie_url, "Here is a fresh link:", private=True)


def no_fresh_link(job: Job) -> links.PlacedLink:
    """Show the last known link, because the API returned no fresh one."""
    text = "The movie service gave no fresh link now. Please try again in a few minutes."
    if safe_url(job.movie_url or "") is None:
        return links.PlacedLink(text, posted=False)
    return links.place(texts_in(Language.ENGLISH), job.movie_url, f"{text} The last one was:", private=True)


def too_many_links(retry_at: int) -> str:
    """Ask a member who requests many links to wait.

    `retry_at` is UTC epoch milliseconds.
    """
    return f"That's a lot of links at once! You can get the next one {format_timestamp(retry_at)}."
