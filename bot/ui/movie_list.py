"""The /movies command: a member's movies, and one movie's details."""

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
from bot.ui.discord_limits import MAX_OPTIONS
from bot.ui.escaping import escape, escape_line, escape_name, safe_url, truncate
from bot.ui.formatting import (
    BRAND,
    format_credits,
    format_duration,
    format_rough_duration,
    format_timestamp,
    job_footer,
    mention,
    progress_bar,
)
from bot.ui.job_status import job_summary, outage_text
from bot.ui.state_labels import STATE_LABELS, STATE_TITLES, list_label

PAGE_SIZE: Final = 5
"""Movies a page."""

PAGE_ACTION: Final = "movies"
FILTER: Final = "movies-filter"
OPEN: Final = "movies-detail"

_MAX_LISTED_URL_LENGTH: Final = 350
"""Characters. Five such links fit into one description; a longer one is shown in the details only."""

FILTER_LABELS: Final = {
    MovieFilter.ALL: "all",
    MovieFilter.RUNNING: "running",
    MovieFilter.COMPLETED: "done",
    MovieFilter.UNSUCCESSFUL: "not made",
}

_FILTER_DESCRIPTIONS: Final = {
    MovieFilter.ALL: "Every movie, the newest first",
    MovieFilter.RUNNING: "Waiting, being made, or being checked",
    MovieFilter.COMPLETED: "Ready to watch",
    MovieFilter.UNSUCCESSFUL: "Failed or cancelled; what was not spent was given back",
}

_OWN_TITLES: Final = {
    MovieFilter.ALL: "Your movies",
    MovieFilter.RUNNING: "Your movies that are running",
    MovieFilter.COMPLETED: "Your movies that are done",
    MovieFilter.UNSUCCESSFUL: "Your movies that were not made",
}

_OTHER_TITLES: Final = {
    MovieFilter.ALL: "Movies of {name} in this server",
    MovieFilter.RUNNING: "Movies of {name} in this server that are running",
    MovieFilter.COMPLETED: "Movies of {name} in this server that are done",
    MovieFilter.UNSUCCESSFUL: "Movies of {name} in this server that were not made",
}

_OWN_EMPTY: Final = {
    MovieFilter.ALL: "None yet: type /movie, and the first one will show up here.",
    MovieFilter.RUNNING: "None of your movies is running now.",
    MovieFilter.COMPLETED: "None of your movies is done yet.",
    MovieFilter.UNSUCCESSFUL: "None of your movies has failed or been cancelled.",
}

_OTHER_EMPTY: Final = {
    MovieFilter.ALL: "{name} has asked for no movie in this server yet.",
    MovieFilter.RUNNING: "No movie of {name} is running in this server now.",
    MovieFilter.COMPLETED: "No movie of {name} is done in this server yet.",
    MovieFilter.UNSUCCESSFUL: "No movie of {name} has failed or been cancelled in this server.",
}

_UNDELIVERED: Final = "📬 made, but it could not be posted: open it below"

_RECEIPT_TEXTS: Final = {
    JobState.RESERVED: "**{credits}** held until it is done.",
    JobState.QUEUED: "**{credits}** held until it is done.",
    JobState.SUBMITTING: "**{credits}** held until it is done.",
    JobState.RENDERING: "**{credits}** held until it is done.",
    JobState.UNKNOWN: "**{credits}** held until it is clear what became of it.",
    JobState.COMPLETED: "**{credits}** spent.",
    JobState.FAILED: "**{credits}** held, and all given back. It cost nothing.",
    JobState.CANCELLED: "**{credits}** held, and all given back. It cost nothing.",
}

_HOUR_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class MovieDetail:
    """One movie's details.

    It was opened from a list whose page begins with job `list_anchor`. `mine`: the reader requested it. `here`: it was
    requested in this server; `server` is the other server's name, '' while Discord has not sent it, None where the bot
    is no longer in it. `cancellable`: the API can cancel a movie that renders.
    """

    item: MovieItem
    query: MovieQuery
    list_anchor: str
    estimate: Estimate
    mine: bool
    here: bool
    server: str | None = None
    link_may_be_expired: bool = False
    cancellable: bool = False


def movie_list_embed(
    page: Page, query: MovieQuery, guild_id: int, *, mine: bool, catalogue: Catalogue, outage: Outage | None = None
) -> discord.Embed:
    """Build a page of the list, two lines a movie.

    `guild_id` is the server in which it is read.
    """
    jobs = [item.job for item in page.items]
    title = _OWN_TITLES[query.filter] if mine else _OTHER_TITLES[query.filter].format(name=_member_name(jobs))
    none = _OWN_EMPTY[query.filter] if mine else _OTHER_EMPTY[query.filter]
    several = len({job.request.video_model for job in jobs}) > 1
    lines = [
        _list_entry(number, item, guild_id, _model_label(item.job, catalogue) if several else None)
        for number, item in enumerate(page.items, 1)
    ]
    if outage is not None and any(job.state in (JobState.RESERVED, JobState.QUEUED) for job in jobs):
        lines.append(f"\n{outage_text(outage)} Movies in the queue start as soon as it takes them.")
    text = "\n".join(lines) or none.format(name=mention(query.member_id))
    embed = discord.Embed(title=title, description=text, colour=BRAND)
    if lines:
        embed.set_footer(text="The newest come first. Open one below to see all about it.")
    return embed


def movie_list_view(page: Page, query: MovieQuery) -> discord.ui.View | None:
    """Build the filter, the select of movies and the page buttons.

    None without movies.
    """
    if not page.items and query.filter is MovieFilter.ALL:
        return None
    options = tuple(
        Option(FILTER_LABELS[movie_filter].capitalize(), movie_filter.value, _FILTER_DESCRIPTIONS[movie_filter])
        for movie_filter in MovieFilter
    )
    items: list[Button | Select] = [
        Select("Show all, or some of them", (FILTER, query.member_id), options, query.filter.value)
    ]
    if page.items:
        first, last = page.items[0].job.id, page.items[-1].job.id
        movies = tuple(_option(number, item) for number, item in enumerate(page.items[:MAX_OPTIONS], 1))
        items.append(Select("Open one…", (OPEN, *_query_arguments(query), first), movies))
        if page.has_newer or page.has_older:
            newer, older = Cursor(PageDirection.NEWER, first), Cursor(PageDirection.OLDER, last)
            items.append(Button("Newer", _page_action(query, newer), enabled=page.has_newer))
            items.append(Button("Older", _page_action(query, older), enabled=page.has_older))
    return build_view(*items)


def detail_content(detail: MovieDetail) -> str | None:
    """Build the content above a finished movie's details.

    The link is its last line, so that Discord plays it.
    """
    return _place_link(detail).content or None


def detail_file(detail: MovieDetail) -> str | None:
    """Return a finished movie's link if the message can't hold it."""
    return _place_link(detail).file


def _place_link(detail: MovieDetail) -> links.PlacedLink:
    """Place a finished movie's link.

    Other movies get a description and no content.
    """
    job = detail.item.job
    description = f">>> {escape(job.request.prompt)}"
    if job.state is not JobState.COMPLETED:
        return links.PlacedLink("", description)
    if detail.item.undelivered and detail.mine:
        text = "It could not be posted when it was done; here it is."
    else:
        text = "Here is your movie." if detail.mine else "Here is the movie."
    if detail.link_may_be_expired:
        text += " I could not get a fresh link right now, so this one may have expired: try again in a few minutes."
    return links.place(job.movie_url, text, description, private=True)


def detail_embed(detail: MovieDetail, catalogue: Catalogue) -> discord.Embed:
    """Build one movie's details: prompt, status, receipt and dates."""
    job = detail.item.job
    _, colour, now = job_summary(job, detail.estimate)
    embed = discord.Embed(title=STATE_TITLES[job.state], description=_place_link(detail).description, colour=colour)
    embed.add_field(name="Movie", value=job_messages.request_summary(job.request, catalogue))
    embed.add_field(name="Receipt", value=_receipt(job))
    if not detail.mine:
        embed.add_field(name="Asked for by", value=_member_name([job]))
    embed.add_field(name="Asked for in", value=_place(detail))
    if job.state in (JobState.FAILED, JobState.CANCELLED):
        embed.add_field(name="Why it was not made", value=now, inline=False)
    elif job.state is not JobState.COMPLETED:
        embed.add_field(name=job_messages.STATUS_FIELD, value=now, inline=False)
    embed.add_field(name="When", value="\n".join(_timeline(job)), inline=False)
    embed.set_footer(text=job_footer(job))
    return embed


def _receipt(job: Job) -> str:
    if job.state is JobState.CANCELLED and job.spent:
        return f"**{format_credits(job.spent)}** spent on what was made, **{format_credits(job.refunded)}** refunded."
    return _RECEIPT_TEXTS[job.state].format(credits=format_credits(job.price))


def detail_view(detail: MovieDetail) -> discord.ui.View:
    """Build the buttons of one movie's details.

    Only its requester can change anything.
    """
    job, where = detail.item.job, _query_arguments(detail.query)
    buttons: list[Button | Link] = (
        list(_own_buttons(job, cancellable=detail.cancellable)) if detail.mine else _link_buttons(job)
    )
    if job.state in MovieFilter.RUNNING.states:
        buttons.append(Button("Look again", (OPEN, *where, detail.list_anchor, job.id)))
    back = Cursor(PageDirection.CURRENT, detail.list_anchor)
    return build_view(*buttons, Button("Back to the list", _page_action(detail.query, back)))


def not_authorized() -> str:
    """Refuse to show someone else's movies."""
    return "Only they themselves, and those who may manage the server, can see someone's movies."


def not_found() -> str:
    """Say that the movie is not in this list."""
    return "This movie is not in this list. Type /movies to see what is."


def _own_buttons(job: Job, *, cancellable: bool) -> Sequence[Button | Link]:
    match job.state:
        case JobState.RESERVED | JobState.QUEUED | JobState.RENDERING if job_buttons.may_cancel(
            job, cancellable=cancellable
        ):
            return (job_buttons.cancel(job), job_buttons.toggle_target(job))
        case JobState.RESERVED | JobState.QUEUED | JobState.SUBMITTING | JobState.RENDERING | JobState.UNKNOWN:
            return (job_buttons.toggle_target(job),)
        case JobState.COMPLETED:
            return job_buttons.finished_buttons(job)
        case JobState.FAILED | JobState.CANCELLED:
            return (job_buttons.retry(job),)


def _link_buttons(job: Job) -> list[Button | Link]:
    if job.state is not JobState.COMPLETED:
        return []
    return [link for link in (job_buttons.open_movie(job), job_buttons.open_studio(job)) if link is not None]


def _query_arguments(query: MovieQuery) -> tuple[int, str]:
    """Encode a query for a custom_id.

    Which servers it covers follows from the interaction.
    """
    return query.member_id, query.filter.value


def _page_action(query: MovieQuery, cursor: Cursor) -> tuple[str | int, ...]:
    return (PAGE_ACTION, *_query_arguments(query), cursor.toward.value, cursor.job_id)


def _list_entry(number: int, item: MovieItem, guild_id: int, model: str | None) -> str:
    """Format one movie in two lines.

    `model` is None where all are the same.
    """
    job = item.job
    parts = [
        _state_text(item),
        format_timestamp(job.created_at),
        format_duration(job.request.duration_seconds),
        model,
        format_credits(job.price),
        None if job.guild_id == guild_id else "in another server",
        _watch_link(job),
    ]
    return f"**{number}.** {escape_line(job.request.prompt, 120)}\n{' · '.join(filter(None, parts))}"


def _state_text(item: MovieItem) -> str:
    if item.undelivered:
        return _UNDELIVERED
    progress = item.job.progress
    if item.job.state is JobState.RENDERING and progress.total:
        return f"{STATE_LABELS[JobState.RENDERING]} {progress_bar(progress.done, progress.total)}"
    return list_label(item.job)


def _watch_link(job: Job) -> str | None:
    url = safe_url(job.movie_url or "") if job.state is JobState.COMPLETED else None
    return f"[watch it](<{url}>)" if url and len(url) <= _MAX_LISTED_URL_LENGTH else None


def _option(number: int, item: MovieItem) -> Option:
    job = item.job
    about = f"{list_label(job)} · {format_duration(job.request.duration_seconds)} · {format_credits(job.price)}"
    return Option(f"{number}. {truncate(job.request.prompt, 90)}", job.id, about)


def _model_label(job: Job, catalogue: Catalogue) -> str:
    model = catalogue.video_model(job.request.video_model)
    return escape_line(model.label if model else job.request.video_model, 40)


def _member_name(jobs: Sequence[Job]) -> str:
    """Return the name stored with the newest movie.

    Clients don't resolve every mention.
    """
    names = filter(None, (escape_name(job.member_name, 60) for job in jobs))
    return next(names, "this member")


def _place(detail: MovieDetail) -> str:
    if detail.here:
        return f"<#{detail.item.job.channel_id}>"
    if detail.server is None:
        return "A server that I am no longer in."
    return escape_name(detail.server, 100) or "Another server."


def _timeline(job: Job) -> list[str]:
    lines = [f"Asked for on {format_timestamp(job.created_at, 'f')}, {format_timestamp(job.created_at)}."]
    if job.submitted_at is not None:
        lines.append(f"Started on {format_timestamp(job.submitted_at, 'f')}.")
    if job.finished_at is None:
        return lines
    ended = "Done" if job.state is JobState.COMPLETED else "Ended"
    lines.append(f"{ended} on {format_timestamp(job.finished_at, 'f')}.")
    if job.state is JobState.COMPLETED and job.submitted_at is not None:
        seconds = max(1, (job.finished_at - job.submitted_at) // 1000)
        took = format_duration(seconds) if seconds < _HOUR_SECONDS else format_rough_duration(seconds)
        lines.append(f"It took {took} to make.")
    return lines
