"""Scripted and recording implementations of the worker's Protocols."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.domain.delivery import PostedMessage, Venue
from bot.domain.jobs import Job, Still
from bot.domain.message import Delivery, Notice, SentMessage
from bot.domain.moderation import MAY_BE_ORDERED, Verdict
from bot.domain.movie_nights import MovieNight
from bot.domain.movie_reports import ReportedMovie
from bot.domain.pitches import Pitch
from bot.domain.quota import AuditEntry
from bot.domain.request import MovieRequest
from bot.domain.text import Language
from bot.domain.upstream import Created, MovieState, SceneQuote, Status
from bot.domain.visibility import ChannelReaders, ServerReaders, ServerRoles

T = TypeVar("T")

PENDING = Status(MovieState.PENDING)
URL = "https://movies.test/final.mp4"
COMPLETED = Status(MovieState.COMPLETED, url=URL)


async def nothing(*_: object) -> None:
    """Do nothing."""


def scripted(answers: list[Exception | T] | list[Exception], otherwise: T) -> T:
    answer = answers.pop(0) if answers else otherwise
    if isinstance(answer, BaseException):
        raise answer
    return answer


class Held:
    """A request that is held until it is opened, if ever."""

    def __init__(self) -> None:
        self.reached, self.opened = asyncio.Event(), asyncio.Event()

    async def __call__(self, *_: object) -> None:
        self.reached.set()
        await self.opened.wait()


@dataclass
class FakeMovieApi:
    """`while_creating` and the like are awaited during the request. Unscripted calls succeed."""

    created: list[MovieRequest] = field(default_factory=list[MovieRequest])
    polled: list[str] = field(default_factory=list[str])
    creations: list[Exception | str] = field(default_factory=list["Exception | str"])
    pings: list[Exception] = field(default_factory=list[Exception])
    pinged: int = 0
    pauses: list[float] = field(default_factory=list[float])
    statuses: dict[str, list[Exception | Status]] = field(default_factory=dict[str, "list[Exception | Status]"])
    cancelled: list[str] = field(default_factory=list[str])
    cancellations: list[Exception] = field(default_factory=list[Exception])
    detailed: list[str] = field(default_factory=list[str])
    stills: list[Exception | Sequence[Still]] = field(default_factory=list["Exception | Sequence[Still]"])
    processed: list[str] = field(default_factory=list[str])
    advances: list[Exception] = field(default_factory=list[Exception])
    moderated: list[str] = field(default_factory=list[str])
    shown: list[str] = field(default_factory=list[str])
    verdicts: list[Exception | Verdict] = field(default_factory=list["Exception | Verdict"])
    uploads: list[Exception] = field(default_factory=list[Exception])
    while_uploading: Callable[[bytes], Awaitable[object]] = nothing
    while_creating: Callable[[MovieRequest], Awaitable[object]] = nothing
    while_polling: Callable[[str], Awaitable[object]] = nothing
    while_pinging: Callable[[], Awaitable[object]] = nothing

    async def create_movie(
        self, request: MovieRequest, webhook_url: str | None = None, sources: Sequence[str] = ()
    ) -> Created:
        del webhook_url, sources
        self.created.append(request)
        request_id = f"request-{len(self.created)}"
        await self.while_creating(request)
        return Created(scripted(self.creations, request_id))

    async def quote_scenes(self, request_id: str, scenes: Sequence[int]) -> SceneQuote:
        del request_id
        return SceneQuote(76 * len(scenes), dict.fromkeys(scenes, 76))

    async def upload_picture(self, picture: bytes, media_type: str) -> str:
        await self.while_uploading(picture)
        scripted(self.uploads, None)
        return f"https://pictures.example/{len(picture)}.{media_type.rpartition('/')[2]}"

    async def get_stills(self, request_id: str) -> Sequence[Still]:
        self.detailed.append(request_id)
        return scripted(self.stills, ())

    async def cancel_movie(self, request_id: str) -> None:
        self.cancelled.append(request_id)
        scripted(self.cancellations, None)

    async def get_step_status(self, request_id: str) -> Status:
        return await self.get_status(request_id)

    async def process_next(self, request_id: str) -> Status:
        self.processed.append(request_id)
        scripted(self.advances, None)
        return PENDING

    async def moderate(self, prompt: str, image_urls: Sequence[str] = ()) -> Verdict:
        self.moderated.append(prompt)
        self.shown.extend(image_urls)
        return scripted(self.verdicts, MAY_BE_ORDERED)

    async def ping(self) -> None:
        self.pinged += 1
        await self.while_pinging()
        scripted(self.pings, None)

    def pause_status(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def get_status(self, request_id: str) -> Status:
        """Return the next scripted response for this request; the last one repeats."""
        self.polled.append(request_id)
        await self.while_polling(request_id)
        answers = self.statuses.get(request_id, [PENDING])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class FakeMovieNights:
    """Everyone may view each channel, unless `roles` has it: for these roles, or unknown (None)."""

    sent: list[tuple[MovieNight, int | None]] = field(default_factory=list["tuple[MovieNight, int | None]"])
    updated: list[MovieNight] = field(default_factory=list[MovieNight])
    deleted: set[int] = field(default_factory=set[int])
    answers: list[Exception | None] = field(default_factory=list["Exception | None"])
    roles: dict[int, frozenset[int] | None] = field(default_factory=dict[int, "frozenset[int] | None"])
    age_restricted: set[int] = field(default_factory=set[int])
    refusals: list[Exception] = field(default_factory=list[Exception])
    looks: list[Exception] = field(default_factory=list[Exception])
    while_sending: Callable[[MovieNight], Awaitable[object]] = nothing

    async def is_posted(self, message: PostedMessage) -> bool:
        scripted(self.looks, None)
        return message.message_id not in self.deleted

    async def readers(self, guild_id: int, channel_ids: Collection[int]) -> ServerReaders:
        scripted(self.refusals, None)
        named = {role for roles in self.roles.values() for role in roles or ()}
        server = ServerRoles(guild_id, None, frozenset({guild_id, *named}), frozenset({guild_id}))
        found: dict[int, ChannelReaders] = {}
        for each in channel_ids:
            roles = self.roles.get(each, frozenset({guild_id}))
            if roles is not None:
                hidden = {} if guild_id in roles else {guild_id: False, **dict.fromkeys(roles, True)}
                found[each] = ChannelReaders(server, hidden, each in self.age_restricted)
        return ServerReaders(found)

    async def send(self, night: MovieNight, sent_since: int | None) -> PostedMessage:
        assert night.channel_id is not None
        self.sent.append((night, sent_since))
        await self.while_sending(night)
        scripted(self.answers, None)
        return PostedMessage(night.channel_id, 4000 + len(self.sent), night.venue)

    async def update(self, night: MovieNight) -> None:
        self.updated.append(night)
        scripted(self.answers, None)


@dataclass
class FakePublisher:
    """`answers` are message ids or exceptions; without one, all is accepted, in the channel."""

    shown: list[Job] = field(default_factory=list[Job])
    venues: list[Venue | None] = field(default_factory=list["Venue | None"])
    attempts: list[Delivery] = field(default_factory=list[Delivery])
    accepted: list[Delivery] = field(default_factory=list[Delivery])
    lines: list[tuple[AuditEntry, int]] = field(default_factory=list[tuple[AuditEntry, int]])
    notices: list[tuple[list[int], bool, int | None]] = field(
        default_factory=list["tuple[list[int], bool, int | None]"]
    )
    hidden: frozenset[int] = frozenset()
    pitches: list[Pitch] = field(default_factory=list[Pitch])
    movies: list[Delivery] = field(default_factory=list[Delivery])
    edits: list[Exception] = field(default_factory=list[Exception])
    reports: list[tuple[ReportedMovie, int]] = field(default_factory=list[tuple[ReportedMovie, int]])
    approval_requests: list[tuple[str, int, str]] = field(default_factory=list[tuple[str, int, str]])
    answers: list[Exception | int] = field(default_factory=list["Exception | int"])
    deleted: list[PostedMessage] = field(default_factory=list[PostedMessage])
    deletion_languages: list[Language] = field(default_factory=list[Language])
    deletions: list[Exception] = field(default_factory=list[Exception])
    unrecorded: SentMessage | None = None
    movie_nights: FakeMovieNights = field(default_factory=FakeMovieNights)
    is_open: asyncio.Event = field(default_factory=asyncio.Event)
    something: asyncio.Event = field(default_factory=asyncio.Event)
    while_delivering: Callable[[Delivery], Awaitable[object]] = nothing
    while_posting: Callable[[AuditEntry], Awaitable[object]] = nothing

    async def wait_ready(self) -> None:
        await self.is_open.wait()

    async def update_card(self, job: Job, venue: Venue | None = Venue.UNDECIDED) -> None:
        self.shown.append(job)
        self.venues.append(venue)
        self.something.set()

    async def show_card(self, job: Job, venue: Venue | None) -> None:
        await self.update_card(job, venue)
        scripted(self.edits, None)

    async def send(self, delivery: Delivery) -> SentMessage:
        self.attempts.append(delivery)
        await self.while_delivering(delivery)
        answer = scripted(self.answers, len(self.attempts))
        self.accepted.append(delivery)
        self.something.set()
        return SentMessage(PostedMessage(delivery.job.channel_id, answer))

    async def find_sent(self, delivery: Delivery) -> SentMessage | None:
        del delivery
        return self.unrecorded

    async def delete_message(self, message: PostedMessage, language: Language) -> None:
        self.deletion_languages.append(language)
        self.something.set()
        scripted(self.deletions, None)
        self.deleted.append(message)

    async def send_audit_entry(self, entry: AuditEntry, channel_id: int) -> None:
        self.lines.append((entry, channel_id))
        self.something.set()
        await self.while_posting(entry)
        scripted(self.answers, 1)

    async def send_approval_request(self, job: Job, channel_id: int, *, nonce: str) -> PostedMessage:
        self.approval_requests.append((job.id, channel_id, nonce))
        return PostedMessage(channel_id, scripted(self.answers, 1))

    async def tell(self, notices: Sequence[Notice], sent_since: int | None, *, direct: bool) -> frozenset[int]:
        members = [each.member_id for each in notices]
        hidden = frozenset[int]() if direct else self.hidden.intersection(members)
        if told := [each for each in members if each not in hidden]:
            self.notices.append((told, direct, sent_since))
            self.something.set()
            scripted(self.answers, 1)
        return hidden

    async def show_untold(self, notice: Notice) -> None:
        del notice
        scripted(self.answers, 1)

    async def show_pitch(self, pitch: Pitch) -> bool:
        self.pitches.append(pitch)
        scripted(self.edits, None)
        return pitch.message_id not in self.movie_nights.deleted

    async def show_movie(self, movie: Delivery, posted: PostedMessage) -> None:
        del posted
        self.movies.append(movie)
        scripted(self.edits, None)

    async def show_report(self, movie: ReportedMovie, channel_id: int) -> PostedMessage | None:
        """An answer of 0 means that the message was deleted."""
        self.reports.append((movie, channel_id))
        answer = scripted(self.answers, len(self.reports))
        if answer == 0:
            return None
        known = None if movie.moves_to(channel_id) else movie.message
        return known or PostedMessage(channel_id, answer)

    async def until(self, seen: Callable[[], bool]) -> None:
        """The minute is far beyond what a busy machine needs."""
        async with asyncio.timeout(60):
            while not seen():
                self.something.clear()
                await self.something.wait()
