"""A member's movies as a list, and one of them by itself: what became of it, what it cost, where it can be watched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import discord

from bot.domain.breaker import Outage
from bot.domain.catalogue import Catalogue
from bot.domain.estimates import Estimate
from bot.domain.job import Job, JobState
from bot.domain.movie_list import Cursor, MovieFilter, MovieItem, MovieQuery, Page, PageDirection
from bot.ui import job_buttons, job_messages, links
from bot.ui.components import Button, Link, Option, Select, build_view
from bot.ui.escaping import escape, escape_line, safe_url, truncate
from bot.ui.formatting import (
    BRAND,
    format_credits,
    format_duration,
    format_rough_duration,
    format_timestamp,
    mention,
    progress_bar,
)

PAGE_SIZE: Final = 5
"""Movies on one page."""

PAGE_ACTION: Final = "movies"
FILTER: Final = "movies-filter"
OPEN: Final = "movies-detail"

_LISTED_LINK: Final = 350
"""Characters of a link that five movies have room for in Discord's 4,096; a longer one is shown by itself."""

FILTER_LABELS: Final = {
    MovieFilter.ALL: "all",
    MovieFilter.RUNNING: "running",
    MovieFilter.COMPLETED: "done",
    MovieFilter.UNSUCCESSFUL: "not made",
}

_EXPLAINED: Final = {
    MovieFilter.ALL: "Every movie, the newest first",
    MovieFilter.RUNNING: "Waiting, in the making, or being checked",
    MovieFilter.COMPLETED: "Ready to watch",
    MovieFilter.UNSUCCESSFUL: "Failed or cancelled; the credits were given back",
}

_YOURS: Final = {
    MovieFilter.ALL: "Your movies",
    MovieFilter.RUNNING: "Your movies that are running",
    MovieFilter.COMPLETED: "Your movies that are done",
    MovieFilter.UNSUCCESSFUL: "Your movies that were not made",
}

_THEIRS: Final = {
    MovieFilter.ALL: "Movies of {name} in this server",
    MovieFilter.RUNNING: "Movies of {name} in this server that are running",
    MovieFilter.COMPLETED: "Movies of {name} in this server that are done",
    MovieFilter.UNSUCCESSFUL: "Movies of {name} in this server that were not made",
}

_NONE_OF_YOURS: Final = {
    MovieFilter.ALL: "None yet: type /movie, and the first one will stand here.",
    MovieFilter.RUNNING: "None of your movies is running now.",
    MovieFilter.COMPLETED: "None of your movies is done yet.",
    MovieFilter.UNSUCCESSFUL: "None of your movies has failed or been cancelled.",
}

_NONE_OF_THEIRS: Final = {
    MovieFilter.ALL: "{name} has asked for no movie in this server yet.",
    MovieFilter.RUNNING: "No movie of {name} is running in this server now.",
    MovieFilter.COMPLETED: "No movie of {name} is done in this server yet.",
    MovieFilter.UNSUCCESSFUL: "No movie of {name} has failed or been cancelled in this server.",
}

_STATES: Final = {
    JobState.QUEUED: "⏳ in the queue",
    JobState.SUBMITTING: "⏳ in the queue",
    JobState.RENDERING: "🎬 in the making",
    JobState.COMPLETED: "✅ made",
    JobState.FAILED: "↩️ not made, given back",
    JobState.CANCELLED: "↩️ cancelled, given back",
    JobState.UNKNOWN: "🔎 being checked",
}

_KEPT: Final = "📬 made, but it could not be posted: open it below"

_TITLES: Final = {
    JobState.QUEUED: "⏳ In the queue",
    JobState.SUBMITTING: "⏳ In the queue",
    JobState.RENDERING: "🎬 In the making",
    JobState.COMPLETED: "✅ Made",
    JobState.FAILED: "↩️ Not made",
    JobState.CANCELLED: "↩️ Cancelled",
    JobState.UNKNOWN: "🔎 Being checked",
}

_RECEIPTS: Final = {
    JobState.QUEUED: "**{credits}** held until it is done.",
    JobState.SUBMITTING: "**{credits}** held until it is done.",
    JobState.RENDERING: "**{credits}** held until it is done.",
    JobState.UNKNOWN: "**{credits}** held until it is clear what became of it.",
    JobState.COMPLETED: "**{credits}** spent.",
    JobState.FAILED: "**{credits}** held, and all given back. It cost nothing.",
    JobState.CANCELLED: "**{credits}** held, and all given back. It cost nothing.",
}

_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class MovieDetail:
    """A movie that is shown by itself, out of a list whose page began with the job `back`.

    `mine`: the reader asked for it. `here`: it was asked for in this server; `server` is the other one's name, '' where
    Discord has not sent it yet, None where the bot is no longer in it. `doubtful`: its link may have expired, and no
    fresh one could be had.
    """

    item: MovieItem
    listing: MovieQuery
    list_anchor: str
    outlook: Estimate
    mine: bool
    here: bool
    server: str | None = None
    link_may_be_expired: bool = False


def movie_list_embed(
    page: Page, listing: MovieQuery, guild_id: int, *, mine: bool, catalogue: Catalogue, outage: Outage | None = None
) -> discord.Embed:
    """A page of a list, as it is read in this server: two lines for each movie, and why those in the queue wait."""
    jobs = [item.job for item in page.items]
    title = _YOURS[listing.filter] if mine else _THEIRS[listing.filter].format(name=_name(jobs))
    none = _NONE_OF_YOURS[listing.filter] if mine else _NONE_OF_THEIRS[listing.filter]
    several = len({job.request.video_model for job in jobs}) > 1
    lines = [
        _listed(number, item, guild_id, _model(item.job, catalogue) if several else None)
        for number, item in enumerate(page.items, 1)
    ]
    if outage is not None and any(job.state is JobState.QUEUED for job in jobs):
        lines.append(f"\n{job_messages.outage_words(outage)} Movies in the queue start as soon as it takes them.")
    text = "\n".join(lines) or none.format(name=mention(listing.member_id))
    embed = discord.Embed(title=title, description=text, colour=BRAND)
    if lines:
        embed.set_footer(text="The newest come first. Open one below to see all about it.")
    return embed


def movie_list_view(page: Page, listing: MovieQuery) -> discord.ui.View | None:
    """Filter, open, and turn the page; none for one who has no movies at all."""
    if not page.items and listing.filter is MovieFilter.ALL:
        return None
    options = tuple(Option(FILTER_LABELS[which].capitalize(), which.value, _EXPLAINED[which]) for which in MovieFilter)
    items: list[Button | Select] = [
        Select("Show all, or some of them", (FILTER, listing.member_id), options, listing.filter.value)
    ]
    if page.items:
        first, last = page.items[0].job.id, page.items[-1].job.id
        items.append(Select("Open one…", (OPEN, *_list(listing), first), tuple(map(_option, range(1, 26), page.items))))
        if page.has_newer or page.has_older:
            newer, older = Cursor(PageDirection.NEWER, first), Cursor(PageDirection.OLDER, last)
            items.append(Button("Newer", _turn(listing, newer), enabled=page.has_newer))
            items.append(Button("Older", _turn(listing, older), enabled=page.has_older))
    return build_view(*items)


def detail_content(opened: MovieDetail) -> str | None:
    """What stands above a finished movie: its link is the last line, so that Discord plays it, if it fits there."""
    return _placed(opened).content or None


def opened_file(opened: MovieDetail) -> str | None:
    """The link of a finished movie where it is too long for the message; None where it is in it."""
    return _placed(opened).file


def _placed(opened: MovieDetail) -> links.Placed:
    """A finished movie's link beside what is said of it; no content for one that is not finished."""
    job = opened.item.job
    description = f">>> {escape(job.request.prompt)}"
    if job.state is not JobState.COMPLETED:
        return links.Placed("", description)
    if opened.item.undelivered and opened.mine:
        said = "It could not be posted when it was done; here it is."
    else:
        said = "Here is your movie." if opened.mine else "Here is the movie."
    if opened.link_may_be_expired:
        said += " I could not get a fresh link just now, so this one may have expired: try again in a few minutes."
    return links.place(job.movie_url, said, description, private=True)


def detail_embed(opened: MovieDetail, catalogue: Catalogue) -> discord.Embed:
    """All about one movie: the whole prompt, how far it is or why it was not made, receipt and dates."""
    job = opened.item.job
    _, colour, now = job_messages.job_summary(job, opened.outlook)
    embed = discord.Embed(title=_TITLES[job.state], description=_placed(opened).description, colour=colour)
    embed.add_field(name="Movie", value=job_messages.request_summary(job.request, catalogue))
    embed.add_field(name="Receipt", value=_RECEIPTS[job.state].format(credits=format_credits(job.price)))
    if not opened.mine:
        embed.add_field(name="Asked for by", value=_name([job]))
    embed.add_field(name="Asked for in", value=_place(opened))
    if job.state in (JobState.FAILED, JobState.CANCELLED):
        embed.add_field(name="Why it was not made", value=now, inline=False)
    elif job.state is not JobState.COMPLETED:
        embed.add_field(name=job_messages.STATUS_FIELD, value=now, inline=False)
    embed.add_field(name="When", value="\n".join(_dates(job)), inline=False)
    embed.set_footer(text=f"Movie {job.id}")
    return embed


def detail_view(opened: MovieDetail) -> discord.ui.View:
    """What its member may do with it (for anyone else, only where it can be watched), and the way back."""
    job, where = opened.item.job, _list(opened.listing)
    buttons: list[Button | Link] = list(_own(job)) if opened.mine else _links(job)
    if job.state in MovieFilter.RUNNING.states:
        buttons.append(Button("Look again", (OPEN, *where, opened.list_anchor, job.id)))
    return build_view(
        *buttons, Button("Back to the list", _turn(opened.listing, Cursor(PageDirection.CURRENT, opened.list_anchor)))
    )


def not_authorized() -> str:
    """Someone else's movies were asked for."""
    return "Only they themselves, and those who may manage the server, can see someone's movies."


def not_found() -> str:
    """A movie was asked for that is not in this list."""
    return "This movie is not in this list. Type /movies to see what is."


def _own(job: Job) -> Sequence[Button | Link]:
    match job.state:
        case JobState.QUEUED:
            return (job_buttons.cancel(job), job_buttons.toggle_target(job))
        case JobState.SUBMITTING | JobState.RENDERING | JobState.UNKNOWN:
            return (job_buttons.toggle_target(job),)
        case JobState.COMPLETED:
            return job_buttons.finished_buttons(job)
        case JobState.FAILED | JobState.CANCELLED:
            return (job_buttons.retry(job),)


def _links(job: Job) -> list[Button | Link]:
    if job.state is not JobState.COMPLETED:
        return []
    return [link for link in (job_buttons.open_movie(job), job_buttons.open_studio(job)) if link is not None]


def _list(listing: MovieQuery) -> tuple[int, str]:
    """A list in a custom_id. Of which servers it is follows from who presses, and where."""
    return listing.member_id, listing.filter.value


def _turn(listing: MovieQuery, turn: Cursor) -> tuple[str | int, ...]:
    return (PAGE_ACTION, *_list(listing), turn.toward.value, turn.job_id)


def _listed(number: int, item: MovieItem, guild_id: int, model: str | None) -> str:
    """One movie in two lines. The model is named where it tells the movies apart."""
    job = item.job
    parts = [
        _state(item),
        format_timestamp(job.created_at),
        format_duration(job.request.duration_seconds),
        model,
        format_credits(job.price),
        None if job.guild_id == guild_id else "in another server",
        _watch(job),
    ]
    return f"**{number}.** {escape_line(job.request.prompt, 120)}\n{' · '.join(filter(None, parts))}"


def _state(item: MovieItem) -> str:
    if item.undelivered:
        return _KEPT
    progress = item.job.progress
    if item.job.state is JobState.RENDERING and progress.total:
        return f"{_STATES[JobState.RENDERING]} {progress_bar(progress.done, progress.total)}"
    return _STATES[item.job.state]


def _watch(job: Job) -> str | None:
    url = safe_url(job.movie_url or "") if job.state is JobState.COMPLETED else None
    return f"[watch it](<{url}>)" if url and len(url) <= _LISTED_LINK else None


def _option(number: int, item: MovieItem) -> Option:
    job = item.job
    about = f"{_STATES[job.state]} · {format_duration(job.request.duration_seconds)} · {format_credits(job.price)}"
    return Option(f"{number}. {truncate(job.request.prompt, 90)}", job.id, about)


def _model(job: Job, catalogue: Catalogue) -> str:
    model = catalogue.video_model(job.request.video_model)
    return escape_line(model.label if model else job.request.video_model, 40)


def _name(jobs: Sequence[Job]) -> str:
    """A member's name as it was at the newest of their movies: clients don't resolve every mention."""
    names = filter(None, (escape_line(job.member_name, 60) for job in jobs))
    return next(names, "this member")


def _place(opened: MovieDetail) -> str:
    if opened.here:
        return f"<#{opened.item.job.channel_id}>"
    if opened.server is None:
        return "A server that I am no longer in."
    return escape_line(opened.server, 100) or "Another server."


def _dates(job: Job) -> list[str]:
    """When it was asked for, started and ended, each reader's own time; and how long it took."""
    lines = [f"Asked for on {format_timestamp(job.created_at, 'f')}, {format_timestamp(job.created_at)}."]
    if job.submitted_at is not None:
        lines.append(f"Started on {format_timestamp(job.submitted_at, 'f')}.")
    if job.finished_at is None:
        return lines
    ended = "Done" if job.state is JobState.COMPLETED else "Ended"
    lines.append(f"{ended} on {format_timestamp(job.finished_at, 'f')}.")
    if job.state is JobState.COMPLETED and job.submitted_at is not None:
        seconds = max(1, (job.finished_at - job.submitted_at) // 1000)
        took = format_duration(seconds) if seconds < _HOUR else format_rough_duration(seconds)
        lines.append(f"It took {took} to make.")
    return lines
