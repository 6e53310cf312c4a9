"""A member's own movies: what became of each, and where it can be watched."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.job import Job, JobState
from bot.texts import safe, words
from bot.texts.buttons import Press, row
from bot.texts.cards import reason_words, studio_link
from bot.texts.stages import stage_words

PAGE = 3
"""Movies on one page: with their links, what fits Discord's 4,096 characters."""

_LONGEST_LINK = 1000


def movies(jobs: Sequence[Job], page: int, total: int) -> discord.Embed:
    """A page of movies, the newest first."""
    pages = max(1, -(-total // PAGE))
    title = f"Your movies, page {page + 1} of {pages}" if pages > 1 else "Your movies"
    text = "\n\n".join(_movie(job) for job in jobs) or "None yet: type /movie, and the first one will stand here."
    return discord.Embed(title=title, description=text, colour=words.BRAND)


def movies_buttons(page: int, total: int) -> discord.ui.View | None:
    """Newer and older; none where everything fits one page."""
    last = max(0, -(-total // PAGE) - 1)
    if not last:
        return None
    return row(
        Press("Newer", ("movies", max(0, page - 1)), enabled=page > 0),
        Press("Older", ("movies", page + 1), enabled=page < last),
    )


def _movie(job: Job) -> str:
    head = f"{words.moment(job.created_at, 'd')} **{safe.one_line(job.request.prompt, 120)}**"
    shape = f"{words.length(job.request.seconds)} · {job.request.aspect_ratio} · {words.credit_count(job.credits)}"
    return f"{head}\n{shape} · {_state(job)}"


def _state(job: Job) -> str:
    match job.state:
        case JobState.COMPLETED:
            url = safe.link(job.movie_url or "")
            links = [url if url and len(url) <= _LONGEST_LINK else "", studio_link(job) or ""]
            return "\n".join(["✅ made", *filter(None, links)])
        case JobState.RENDERING:
            progress = job.progress
            bar = f" {words.bar(progress.done, progress.total)}" if progress.total else ""
            return f"🎬 {stage_words(progress.stage)}{bar}"
        case JobState.QUEUED | JobState.SUBMITTING:
            return "⏳ in the queue"
        case JobState.UNKNOWN:
            return "🔎 being checked; its credits stay held until it is clear"
        case JobState.FAILED | JobState.CANCELLED:
            return f"↩️ given back. {reason_words(job)}"
