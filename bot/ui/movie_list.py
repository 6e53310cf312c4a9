"""The /movies command: a member's movies, and one movie's details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.breaker import Outage
from bot.domain.catalogue import Catalogue
from bot.domain.delivery import Venue
from bot.domain.durations import Estimate
from bot.domain.jobs import Job, JobState, RemovedBy
from bot.domain.movie_list import Cursor, MovieFilter, MovieItem, MovieQuery, Page, PageDirection
from bot.domain.text import MAX_OPTIONS
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui import credits, formatting, job_buttons, job_messages, quotes
from bot.ui.command_descriptions import localized
from bot.ui.components import Button, Field, Link, Message, Option, Row, Select, build_card, in_rows
from bot.ui.formatting import (
    BRAND,
    escape,
    escape_line,
    escape_name,
    format_credits,
    format_duration,
    format_rough_duration,
    format_timestamp,
    join_facts,
    join_lines,
    mention,
    progress_bar,
    quoted,
    safe_url,
    shown_prompt,
    truncate,
)
from bot.ui.job_status import job_summary, outage_text, reason_text, state_label, state_title
from bot.ui.player import Player, player

PAGE_SIZE: Final = 5
"""Movies a page."""

PAGE_ACTION: Final = "movies"
FILTER: Final = "movies-filter"
OPEN: Final = "movies-detail"

_MAX_LISTED_URL_LENGTH: Final = 350
"""Characters. Five such links fit into one description; a longer one is shown in the details only."""

FILTER_CHOICES: Final = {each: localized(message_id("commands-movies", each)) for each in MovieFilter}

PENDING: Final = "pending"
"""The choice that shows what waits for the server's staff."""

PENDING_CHOICE: Final = localized("commands-movies-pending")

_RECEIPTS: Final[Mapping[JobState, MessageId]] = {
    JobState.RESERVED: "movies-on-hold-value",
    JobState.AWAITING_APPROVAL: "movies-on-hold-value",
    JobState.QUEUED: "movies-on-hold-value",
    JobState.SUBMITTING: "movies-on-hold-value",
    JobState.RENDERING: "movies-on-hold-value",
    JobState.UNKNOWN: "movies-unknown-value",
    JobState.COMPLETED: "movies-spent-value",
    JobState.FAILED: "movies-refunded-value",
    JobState.CANCELLED: "movies-refunded-value",
}
_BUTTONS_A_ROW: Final = 3
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
    series: tuple[MovieItem, ...] = ()


def movie_list_message(
    texts: Texts,
    page: Page,
    query: MovieQuery,
    guild_id: int,
    *,
    mine: bool,
    catalogue: Catalogue,
    outage: Outage | None = None,
) -> Message:
    """Build a page of the list, two lines a movie.

    `guild_id` is the server in which it is read.
    """
    jobs = [item.job for item in page.items]
    several = len({job.request.video_model for job in jobs}) > 1
    lines = [
        _list_entry(texts, number, item, guild_id, catalogue if several else None)
        for number, item in enumerate(page.items, 1)
    ]
    footer = texts("movies-list-footer") if lines else ""
    if outage is not None and any(job.state in (JobState.RESERVED, JobState.QUEUED) for job in jobs):
        lines.append(f"\n{texts('movies-outage', outage=outage_text(texts, outage))}")
    if not lines:
        none = message_id("movies-none" if mine else "movies-member-none", query.filter)
        lines.append(texts(none, member=mention(query.member_id)))
    return build_card(_list_title(texts, query, jobs, mine=mine), "\n".join(lines), BRAND, footer=footer)


def movie_list_view(texts: Texts, page: Page, query: MovieQuery) -> tuple[Row, ...]:
    """Build the filter, the select of movies and the page buttons.

    None without movies.
    """
    if not page.items and query.filter is MovieFilter.ALL:
        return ()
    options = [
        Option(
            texts(message_id("commands-movies", movie_filter)),
            movie_filter.value,
            texts(message_id("movies", movie_filter, "hint")),
        )
        for movie_filter in MovieFilter
    ]
    items: list[Button | Select] = [
        Select(texts("movies-filter-placeholder"), (FILTER, query.member_id), options, query.filter.value)
    ]
    if page.items:
        first, last = page.items[0].job.id, page.items[-1].job.id
        shown = enumerate(page.items[:MAX_OPTIONS], 1)
        movies = [_option(texts, number, item) for number, item in shown if not item.is_hidden]
        if movies:
            items.append(Select(texts("movies-open-placeholder"), (OPEN, *_query_arguments(query), first), movies))
        if page.has_newer or page.has_older:
            newer, older = Cursor(PageDirection.NEWER, first), Cursor(PageDirection.OLDER, last)
            items.append(Button(texts("movies-newer-button"), _page_action(query, newer), enabled=page.has_newer))
            items.append(Button(texts("movies-older-button"), _page_action(query, older), enabled=page.has_older))
    return in_rows(*items)


def _said(texts: Texts, detail: MovieDetail) -> str:
    """Say something about a finished movie that is shown, '' about others."""
    job = detail.item.job
    if job.state is not JobState.COMPLETED or job.removed_at is not None:
        return ""
    if job.movie_url is None:  # deleted with its prompt, unless others paid for it
        return texts("privacy-link-gone")
    if detail.item.undelivered and detail.mine:
        text = texts("movies-posted-late")
    else:
        text = texts("movies-here-is-yours" if detail.mine else "movies-here-it-is")
    return texts("movies-link-may-have-expired", sentence=text) if detail.link_may_be_expired else text


def detail_message(texts: Texts, detail: MovieDetail, catalogue: Catalogue) -> Message:
    """Build one movie's details: prompt, status, receipt and dates."""
    job = detail.item.job
    _, colour, now = job_summary(texts, job, detail.estimate)
    requester = "" if detail.mine else _member_name([job]) or texts("movies-unnamed-value")
    removal: MessageId = "movies-deleted-by-manager-value"
    if job.removed_by is RemovedBy.MEMBER:
        removal = "movies-deleted-value"
    match job.state:
        case JobState.COMPLETED:
            label, status = "", ""
        case JobState.FAILED:
            label, status = texts("movies-failed-field"), reason_text(texts, job)
        case JobState.CANCELLED:
            label, status = texts("movies-cancelled-field"), reason_text(texts, job)
        case _:
            label, status = texts("movies-status-field"), now
    card = build_card(
        state_title(texts, job.state),
        quoted(escape(shown_prompt(texts, job.request.prompt))),
        colour,
        Field(texts("movies-movie-field"), job_messages.request_summary(texts, job.request, catalogue)),
        Field(texts("movies-receipt-field"), receipt(texts, detail.item)),
        Field(texts("movies-requested-by-field"), requester),
        Field(texts("movies-requested-in-field"), _place(texts, detail)),
        Field(
            texts("movies-deleted-field"),
            "" if job.removed_at is None else texts(removal, date=format_timestamp(job.removed_at, "f")),
            inline=False,
        ),
        Field(label, status, inline=False),
        quotes.series_field(texts, detail.series, job.id),
        Field(texts("movies-dates-field"), _timeline(texts, job), inline=False),
        footer=texts("movies-id-footer", id=job.id),
    )
    said = _said(texts, detail)
    is_shown = said and job.movie_url is not None
    shown = player(texts, job, said + card.text, private=True) if is_shown else Player()
    parts = (said, *shown.media, *card.parts, shown.text, *shown.file, *_detail_rows(texts, detail, shown.watch))
    return replace(card, parts=parts)


def receipt(texts: Texts, item: MovieItem) -> str:
    """Say what a movie cost, and the reader's share of it."""
    share = texts("movies-share-value", credits=item.share) if item.share else ""
    return join_lines(_price(texts, item.job), share)


def _price(texts: Texts, job: Job) -> str:
    if job.is_shared and job.state.is_terminal:
        return credits.ended(texts, job)
    if job.state is JobState.CANCELLED and job.spent:
        cost, refund = format_credits(texts, job.spent), format_credits(texts, job.refunded)
        return texts("movies-refunded-in-part-value", cost=cost, refund=refund)
    return texts(_RECEIPTS[job.state], credits=job.price)


def _detail_rows(texts: Texts, detail: MovieDetail, watch: Sequence[Link]) -> tuple[Row, ...]:
    """Build the buttons of one movie's details.

    Only its requester can change anything; a manager, whose list is of their server, can delete the movie. Who paid for
    it with others can remix it.
    """
    job, where = detail.item.job, _query_arguments(detail.query)
    mine, query = detail.mine, detail.query
    if not mine and query.guild_id is None and detail.item.is_paid_by(query.member_id):
        buttons = [*job_buttons.payer_buttons(texts, job)]
    else:
        buttons = [*job_buttons.detail_buttons(texts, job, mine=mine, cancellable=detail.cancellable)]
    if job.state in MovieFilter.RUNNING.states:
        buttons.append(Button(texts("movies-refresh-button"), (OPEN, *where, detail.list_anchor, job.id)))
    back = Cursor(PageDirection.CURRENT, detail.list_anchor)
    back_button = Button(texts("movies-back-button"), _page_action(detail.query, back))
    return in_rows(*watch, *buttons, back_button, per_row=_BUTTONS_A_ROW)


def _list_title(texts: Texts, query: MovieQuery, jobs: Sequence[Job], *, mine: bool) -> str:
    if mine:
        title = texts("movies-own-title")
    elif name := _member_name(jobs):
        title = texts("movies-member-title", name=name)
    else:
        title = texts("movies-unnamed-title")
    if query.filter is MovieFilter.ALL:
        return title
    return texts("movies-filtered-title", title=title, filter=texts(message_id("commands-movies", query.filter)))


def _query_arguments(query: MovieQuery) -> tuple[int, str]:
    """Encode a query for a custom_id.

    Which servers it covers follows from the interaction.
    """
    return query.member_id, query.filter.value


def _page_action(query: MovieQuery, cursor: Cursor) -> tuple[str | int, ...]:
    return (PAGE_ACTION, *_query_arguments(query), cursor.toward.value, cursor.job_id)


def _list_entry(texts: Texts, number: int, item: MovieItem, guild_id: int, catalogue: Catalogue | None) -> str:
    """Format one movie in two lines.

    `catalogue` is None where all movies have the same model, which is not named then.
    """
    job = item.job
    url = safe_url(job.movie_url or "") if job.state is JobState.COMPLETED else None
    facts = join_facts(
        _state_text(texts, item),
        format_timestamp(job.created_at),
        format_duration(texts, job.request.duration_seconds),
        None if catalogue is None else escape_line(catalogue.label(job.request.video_model), 40),
        format_credits(texts, job.price),
        texts("movies-with-others") if item.job.is_shared else None,
        None if job.guild_id == guild_id else texts("movies-elsewhere"),
        formatting.masked(texts, url) if url and len(url) <= _MAX_LISTED_URL_LENGTH else None,
    )
    prompt = texts("movies-hidden-prompt") if item.is_hidden else shown_prompt(texts, job.request.prompt)
    return f"**{number}.** {escape_line(prompt, 120)}\n{facts}"


def _state_text(texts: Texts, item: MovieItem) -> str:
    if item.undelivered and item.job.removed_at is None:
        return texts("movies-not-delivered")
    progress, label = item.job.progress, _job_label(texts, item.job)
    if item.job.state is JobState.RENDERING and progress.total:
        return f"{label} {progress_bar(texts, progress.done, progress.total)}"
    return label


def _job_label(texts: Texts, job: Job) -> str:
    if job.removed_at is not None:
        return texts("movies-deleted")
    return state_label(texts, job.state, job.spent)


def _option(texts: Texts, number: int, item: MovieItem) -> Option:
    job = item.job
    duration = format_duration(texts, job.request.duration_seconds)
    about = join_facts(_job_label(texts, job), duration, format_credits(texts, job.price))
    return Option(f"{number}. {truncate(shown_prompt(texts, job.request.prompt), 90)}", job.id, about)


def _member_name(jobs: Sequence[Job]) -> str:
    """Return the name stored with the newest movie, '' without one.

    Clients don't resolve every mention.
    """
    names = filter(None, (escape_name(job.member_name, 60) for job in jobs))
    return next(names, "")


def _place(texts: Texts, detail: MovieDetail) -> str:
    """Name the channel or server, and link to the message about the movie, if the reader can see it."""
    job, message = detail.item.job, detail.item.message
    jump = formatting.jump_to_movie(texts, job, message, mine=detail.mine)
    if detail.here:
        return join_lines(f"<#{job.channel_id}>", jump)
    if detail.server is not None:
        return join_lines(escape_name(detail.server) or texts("movies-other-server-value"), jump)
    is_direct = message is not None and message.venue is Venue.DIRECT
    return join_lines(texts("movies-left-server-value"), jump if is_direct else "")


def _timeline(texts: Texts, job: Job) -> str:
    requested = format_timestamp(job.created_at, "f")
    lines = [texts("movies-requested-value", date=requested, ago=format_timestamp(job.created_at))]
    if job.submitted_at is not None:
        lines.append(texts("movies-started-value", date=format_timestamp(job.submitted_at, "f")))
    if job.finished_at is not None:
        finished = format_timestamp(job.finished_at, "f")
        if job.state is not JobState.COMPLETED:
            lines.append(texts("movies-ended-value", date=finished))
        elif job.submitted_at is None:
            lines.append(texts("movies-finished-value", date=finished))
        else:
            seconds = max(1, (job.finished_at - job.submitted_at) // 1000)
            took = format_duration if seconds < _HOUR_SECONDS else format_rough_duration
            lines.append(texts("movies-finished-after-value", date=finished, duration=took(texts, seconds)))
    return "\n".join(lines)
