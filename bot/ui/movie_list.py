"""The /movies command: a member's movies, and one movie's details."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.breaker import Outage
from bot.domain.catalogue import Catalogue
from bot.domain.delivery import Venue
from bot.domain.durations import Estimate
from bot.domain.jobs import Job, JobState, RemovedBy
from bot.domain.movie_list import MovieFilter, MovieItem, MovieQuery, Page, PageDirection
from bot.domain.operations import Operation
from bot.domain.text import MAX_BUTTON_URL_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui import credits, formatting, job_messages
from bot.ui.command_descriptions import localized
from bot.ui.components import Accent, Button, Link, Message, Option, Part, Row, Section, Select, in_rows
from bot.ui.extras import operation_name
from bot.ui.formatting import (
    escape,
    escape_line,
    escape_name,
    facts,
    format_credits,
    format_duration,
    format_extent,
    format_price,
    format_rough_duration,
    format_timestamp,
    heading,
    join_facts,
    join_lines,
    mention,
    progress_bar,
    quoted_prompt,
    safe_url,
    shown_prompt,
    small,
    truncate,
)
from bot.ui.job_buttons import VERSIONS
from bot.ui.job_status import job_summary, outage_text, state_label, state_title
from bot.ui.movie_actions import Reader, detail_buttons, more_mark
from bot.ui.player import Player, player

PAGE_SIZE: Final = 5
"""Movies a page."""

PAGE_ACTION: Final = "movies"
FILTER: Final = "movies-filter"
OPEN: Final = "movies-detail"

_NAME_LENGTH: Final = 80
"""Characters of a prompt that name a movie."""

_RELATIVES_LENGTH: Final = 2400
"""Characters of all lists of other movies."""

_SHOWN: Final = 5
"""Movies of each of them."""

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


@dataclass(frozen=True, slots=True)
class MovieDetail:
    """One movie's details.

    It was opened from a list whose page begins with job `list_anchor`. `here`: it was requested in this server;
    `server` is the other server's name, '' while Discord has not sent it, None where the bot is no longer in it.
    `remixes` are the one that it was remixed from, and those of the movie, the newest first, of those that the reader
    may see. `versions` are those that it was made from, in their order, then its versions and the films with it, the
    newest first. `query` is None where it was opened from no list, and is in none that the reader may open.
    """

    item: MovieItem
    query: MovieQuery | None
    list_anchor: str
    estimate: Estimate
    reader: Reader
    here: bool
    server: str | None = None
    link_may_be_expired: bool = False
    series: tuple[MovieItem, ...] = ()
    remixes: tuple[MovieItem, ...] = ()
    versions: tuple[MovieItem, ...] = ()

    @property
    def mine(self) -> bool:
        """Whether the reader requested it."""
        return self.reader.member_id == self.item.job.member_id

    @property
    def sources(self) -> Sequence[MovieItem]:
        """What it was made from."""
        return [item for item in self.versions if item.job.id in self.item.job.request.sources]

    def made(self, *, films: bool) -> Sequence[MovieItem]:
        """Return the films with it, or its versions."""
        made = [item for item in self.versions if item.job.id not in self.item.job.request.sources]
        return [item for item in made if (item.job.request.operation is Operation.FILM) is films]


def movie_list_message(
    texts: Texts,
    page: Page,
    query: MovieQuery,
    guild_id: int,
    *,
    catalogue: Catalogue,
    outage: Outage | None = None,
) -> Message:
    """Build a page of the list: a section for each movie, and the menus and buttons.

    `guild_id` is the server in which it is read.
    """
    jobs, mine = [item.job for item in page.items], query.guild_id is None
    several = catalogue if len({job.request.video_model for job in jobs}) > 1 else None
    entries: list[Part] = [
        _list_entry(texts, number, item, guild_id, several) for number, item in enumerate(page.items, 1)
    ]
    if outage is not None and any(job.state in (JobState.RESERVED, JobState.QUEUED) for job in jobs):
        entries.append(texts("movies-outage", outage=outage_text(texts, outage)))
    if not entries:
        none = message_id("movies-none" if mine else "movies-member-none", query.filter)
        entries.append(texts(none, member=mention(query.member_id)))
    title = _list_title(texts, query, jobs, mine=mine)
    return Message(Accent.BRAND, (heading(title), *entries, *_list_rows(texts, page, query)))


def _list_rows(texts: Texts, page: Page, query: MovieQuery) -> tuple[Row, ...]:
    """Build the select of movies, the page buttons and the filter.

    None without movies.
    """
    if not page.items and query.filter is MovieFilter.ALL:
        return ()
    ids = [item.job.id for item in page.items]
    movies = [_option(texts, number, item) for number, item in enumerate(page.items, 1) if not item.is_hidden]
    turns: tuple[Button, ...] = ()
    if page.has_newer or page.has_older:
        newer = _page_action(query, PageDirection.NEWER, ids[0])
        older = _page_action(query, PageDirection.OLDER, ids[-1])
        turns = (
            Button(texts("movies-newer-button"), newer, enabled=page.has_newer),
            Button(texts("movies-older-button"), older, enabled=page.has_older),
        )
    return in_rows(
        Select(texts("movies-open-placeholder"), (OPEN, query.member_id, query.filter, ids[0]), movies)
        if movies
        else None,
        *turns,
        Select(
            texts("movies-filter-placeholder"),
            (FILTER, query.member_id),
            [
                Option(texts(message_id("commands-movies", each)), each, texts(message_id("movies", each, "hint")))
                for each in MovieFilter
            ],
            query.filter,
        ),
    )


def detail_message(texts: Texts, detail: MovieDetail, catalogue: Catalogue) -> Message:
    """Build one movie's details: the movie, its prompt, facts, and its relatives."""
    job = detail.item.job
    _, colour, now = job_summary(texts, job, detail.estimate)
    below = (
        Section(quoted_prompt(texts, job.request.prompt)),
        small(_facts(texts, detail, catalogue)),
        *_relatives(texts, detail),
    )
    said, shown = _said(texts, detail), Player()
    if job.state is JobState.COMPLETED and job.removed_at is None and job.movie_url is not None:
        shown = player(texts, job, Message(colour, (said, *below)).text, private=True)
    title = texts("cards-storyboard-title") if job.awaits_decision else state_title(texts, job.state)
    return Message(
        colour,
        (
            *shown.media,
            "" if shown.media else heading(title),
            said,
            "" if job.state is JobState.COMPLETED else now,
            *below,
            shown.text,
            *shown.file,
            small(texts("movies-id-footer", id=job.id)),
            *_detail_rows(texts, detail, shown.watch),
        ),
        more_mark(job),
    )


def _said(texts: Texts, detail: MovieDetail) -> str:
    """Say what is not usual about a finished movie."""
    job = detail.item.job
    if job.state is not JobState.COMPLETED:
        return ""
    if job.removed_at is not None:
        by_member = job.removed_by is RemovedBy.MEMBER
        removal: MessageId = "movies-deleted-value" if by_member else "movies-deleted-by-manager-value"
        return texts(removal, date=format_timestamp(job.removed_at, "f"))
    if job.movie_url is None:  # deleted with its prompt, unless others paid for it
        return texts("privacy-link-gone")
    return join_lines(
        texts("movies-posted-late") if detail.item.undelivered and detail.mine else "",
        texts("movies-link-may-have-expired") if detail.link_may_be_expired else "",
    )


def _facts(texts: Texts, detail: MovieDetail, catalogue: Catalogue) -> str:
    """Say what the movie is, whose, what it cost, where it was ordered, and when."""
    job = detail.item.job
    name = "" if detail.mine else _member_name([job])
    share = detail.item.share
    return join_lines(
        join_facts(
            job_messages.request_summary(texts, job.request, catalogue),
            texts("movies-by", name=name) if name else None,
        ),
        join_facts(_price(texts, job), texts("movies-share-value", credits=share) if share else None),
        _place(texts, detail),
        _timeline(texts, job),
    )


def _relatives(texts: Texts, detail: MovieDetail) -> Sequence[Part]:
    """List the movies around one: its sources, versions and films, then its origin, series and newest remixes."""
    origins = [item for item in detail.remixes if item.job.id == detail.item.job.request.remixes]
    remixes = [item for item in detail.remixes if item not in origins]
    shown = [
        *_tree(texts, detail),
        *(texts("movies-remixed-from", movie=_relative(texts, item, detail)) for item in origins),
        _series(texts, detail),
        _list(texts("movies-remixes", remixes=len(remixes)), [_relative(texts, each, detail) for each in remixes]),
    ]
    lengths = itertools.accumulate(map(len, shown))
    parts = zip(shown, lengths, strict=True)
    return [Section(each) for each, length in parts if each and length <= _RELATIVES_LENGTH]


def _tree(texts: Texts, detail: MovieDetail) -> Sequence[str]:
    """List what a movie was made from, its versions and the films with it."""
    ids, sources = detail.item.job.request.sources, detail.sources
    versions, films = [detail.made(films=each) for each in (False, True)]
    if len(ids) == 1:
        origin = [texts("versions-made-from", movie=_relative(texts, item, detail)) for item in sources]
    else:
        scenes = [f"{ids.index(item.job.id) + 1}. {_relative(texts, item, detail)}" for item in sources[:_SHOWN]]
        origin = [join_lines(f"**{texts('versions-of-film', movies=len(ids))}**", *scenes)] if scenes else []
    return [
        *origin,
        _list(texts("versions-list", versions=len(versions)), [_version(texts, each) for each in versions]),
        _list(texts("versions-films", films=len(films)), [_version(texts, each) for each in films]),
    ]


def _series(texts: Texts, detail: MovieDetail) -> str:
    """List the movies of the series around one."""
    parts = detail.series
    if not parts:
        return ""
    place = next((number for number, item in enumerate(parts) if item.job.id == detail.item.job.id), 0)
    first = max(0, min(place - _SHOWN // 2, len(parts) - _SHOWN))
    lines = enumerate(parts[first : first + _SHOWN], first + 1)
    return join_lines(
        f"**{texts('series-field', movies=len(parts))}**",
        *(f"{number}. {_relative(texts, item, detail)}" for number, item in lines),
    )


def _list(title: str, entries: Sequence[str]) -> str:
    """Show the first of a list; '' for none."""
    return join_lines(f"**{title}**", *(f"- {entry}" for entry in entries[:_SHOWN])) if entries else ""


def _relative(texts: Texts, item: MovieItem, detail: MovieDetail) -> str:
    """Name a movie that another leads to; that other itself is bold."""
    prompt = escape_line(shown_prompt(texts, item.job.request.prompt), 60)
    if item.job.id == detail.item.job.id:
        return f"**{prompt}**"
    return join_facts(prompt, formatting.jump_to_movie(texts, item.job, item.message, mine=True))


def _version(texts: Texts, item: MovieItem) -> str:
    """Name what was made from a movie, by what is different."""
    return join_facts(
        operation_name(texts, item.job.request),
        format_timestamp(item.job.created_at),
        formatting.jump_to_movie(texts, item.job, item.message, mine=True),
    )


def _price(texts: Texts, job: Job) -> str:
    """Say what a movie cost."""
    if not job.price:
        return format_price(texts, 0)
    if job.is_shared and job.state.is_terminal:
        return credits.ended(texts, job)
    said = _RECEIPTS[job.state]
    if job.state is JobState.CANCELLED and job.spent:
        said = "movies-refunded-in-part-value"
    elif job.state is JobState.COMPLETED and job.refunded:  # the price was the most that it could cost
        said = "deliveries-spent-refunded"
    return texts(
        said,
        credits=job.price,
        cost=format_credits(texts, job.spent),
        refunded=format_credits(texts, job.refunded),
    )


def _detail_rows(texts: Texts, detail: MovieDetail, watch: Sequence[Link]) -> tuple[Row, ...]:
    """Build the buttons of one movie's details: what its reader may do now, and the way back."""
    job, query = detail.item.job, detail.query
    buttons = [*detail_buttons(texts, job, detail.reader)]
    if query is not None and job.state in MovieFilter.RUNNING.states:
        refresh = (OPEN, query.member_id, query.filter, detail.list_anchor, job.id)
        buttons.append(Button(texts("movies-refresh-button"), refresh))
    buttons.sort(key=lambda button: isinstance(button, Link))  # the Studio is pressed least
    if query is not None:
        page = _page_action(query, PageDirection.CURRENT, detail.list_anchor)
        buttons.append(Button(texts("movies-back-button"), page))
    return in_rows(*_version_select(texts, detail), *watch, *buttons)


def _version_select(texts: Texts, detail: MovieDetail) -> Sequence[Select]:
    """Build the select that opens one of the movies in the tree, which may be someone else's."""
    if detail.reader.timed_out:
        return []
    shown = [*detail.sources[:_SHOWN], *detail.made(films=False)[:_SHOWN], *detail.made(films=True)[:_SHOWN]]
    options = [
        Option(operation_name(texts, item.job.request) or _name(texts, item), item.job.id, _about(texts, item.job))
        for item in shown
    ]
    return [Select(texts("versions-open-placeholder"), (VERSIONS,), options)] if options else []


def _list_title(texts: Texts, query: MovieQuery, jobs: Sequence[Job], *, mine: bool) -> str:
    name = _member_name(jobs)
    theirs: MessageId = "movies-member-title" if name else "movies-unnamed-title"
    title = texts("movies-own-title" if mine else theirs, name=name)
    if query.filter is MovieFilter.ALL:
        return title
    return texts("movies-filtered-title", title=title, filter=texts(message_id("commands-movies", query.filter)))


def _page_action(query: MovieQuery, toward: PageDirection, job_id: str) -> tuple[str | int, ...]:
    """Return the action of a page. Which servers it covers follows from the interaction."""
    return (PAGE_ACTION, query.member_id, query.filter, toward, job_id)


def _list_entry(texts: Texts, number: int, item: MovieItem, guild_id: int, catalogue: Catalogue | None) -> Section:
    """Show one movie in two lines, with the button that plays it.

    `catalogue` is None where all movies have the same model, which is not named then.
    """
    job = item.job
    text = join_lines(
        f"**{number}.** {escape(_name(texts, item), 2 * _NAME_LENGTH)}",
        facts(
            _state_text(texts, item),
            operation_name(texts, job.request),
            format_timestamp(job.created_at),
            format_extent(texts, job.request),
            None if catalogue is None else job_messages.model_name(job.request, catalogue, 40),
            format_price(texts, job.cost),
            texts("movies-with-others") if item.job.is_shared else None,
            None if job.guild_id == guild_id else texts("movies-elsewhere"),
        ),
    )
    url = safe_url(job.movie_url or "") if job.state is JobState.COMPLETED else None
    if url is None or len(url) > MAX_BUTTON_URL_LENGTH:
        return Section(text)
    return Section(text, Link(texts("links-watch"), url))


def _name(texts: Texts, item: MovieItem) -> str:
    """Name a movie in the list and in its menu."""
    if item.is_hidden:
        return texts("movies-hidden-prompt")
    return truncate(shown_prompt(texts, item.job.request.prompt), _NAME_LENGTH)


def _state_text(texts: Texts, item: MovieItem) -> str:
    if item.undelivered and item.job.removed_at is None:
        return texts("movies-not-delivered")
    progress, label = item.job.shown_progress, _job_label(texts, item.job)
    if item.job.state is JobState.RENDERING and progress.total:
        return f"{label} {progress_bar(texts, progress.done, progress.total)}"
    return label


def _job_label(texts: Texts, job: Job) -> str:
    """Say how far a movie is."""
    if job.removed_at is not None:
        return texts("movies-deleted")
    return texts("states-storyboard") if job.awaits_decision else state_label(texts, job.state, job.spent)


def _option(texts: Texts, number: int, item: MovieItem) -> Option:
    return Option(
        f"{number}. {_name(texts, item)}",
        item.job.id,
        join_facts(operation_name(texts, item.job.request), _about(texts, item.job)),
    )


def _about(texts: Texts, job: Job) -> str:
    return join_facts(_job_label(texts, job), format_extent(texts, job.request), format_price(texts, job.cost))


def _member_name(jobs: Sequence[Job]) -> str:
    """Return the name stored with the newest movie, '' without one.

    Clients don't resolve every mention.
    """
    return next(filter(None, (escape_name(job.member_name, 60) for job in jobs)), "")


def _place(texts: Texts, detail: MovieDetail) -> str:
    """Name the channel or server, and link to the message about the movie, if the reader can see it."""
    job, message = detail.item.job, detail.item.message
    jump = formatting.jump_to_movie(texts, job, message, mine=detail.mine)
    if detail.here:
        return join_facts(f"<#{job.channel_id}>", jump)
    if detail.server is not None:
        return join_facts(escape_name(detail.server) or texts("movies-other-server-value"), jump)
    is_direct = message is not None and message.venue is Venue.DIRECT
    return join_facts(texts("movies-left-server-value"), jump if is_direct else "")


def _timeline(texts: Texts, job: Job) -> str:
    requested = texts("movies-requested-value", date=format_timestamp(job.created_at, "f"))
    if job.finished_at is None:
        return requested
    finished = format_timestamp(job.finished_at, "f")
    if job.state is not JobState.COMPLETED:
        return join_facts(requested, texts("movies-ended-value", date=finished))
    if job.submitted_at is None:
        return join_facts(requested, texts("movies-finished-value", date=finished))
    seconds = max(1, (job.finished_at - job.submitted_at) // 1000)
    took = format_duration if seconds < 60 * 60 else format_rough_duration
    return join_facts(requested, texts("movies-finished-after-value", date=finished, duration=took(texts, seconds)))
