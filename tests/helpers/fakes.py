"""Scripted and recording implementations of the worker's Protocols."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.domain.credit_request import CreditRequest
from bot.domain.delivery import Delivery, MoviePlace, PostedMessage, SentMessage
from bot.domain.job import Job
from bot.domain.quota import AuditEntry
from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState, Status

PENDING = Status(MovieState.PENDING)
URL = "https://movies.test/final.mp4"
COMPLETED = Status(MovieState.COMPLETED, url=URL)


async def nothing(*_: object) -> None:
    """Do nothing."""


@dataclass
class FakeMovieApi:
    """Keeps bot.services.movie_api.MovieApi. An answer that is an exception is raised.

    Without one, all goes well.

    `while_creating`, `while_looking` and `while_pinging` are awaited while the request is on its way.
    """

    created: list[MovieRequest] = field(default_factory=list[MovieRequest])
    polled: list[str] = field(default_factory=list[str])
    creations: list[Exception | str] = field(default_factory=list["Exception | str"])
    pings: list[Exception] = field(default_factory=list[Exception])
    pinged: int = 0
    pauses: list[float] = field(default_factory=list[float])
    statuses: dict[str, list[Exception | Status]] = field(default_factory=dict[str, "list[Exception | Status]"])
    cancelled: list[str] = field(default_factory=list[str])
    cancellations: list[Exception] = field(default_factory=list[Exception])
    while_creating: Callable[[MovieRequest], Awaitable[object]] = nothing
    while_polling: Callable[[str], Awaitable[object]] = nothing
    while_pinging: Callable[[], Awaitable[object]] = nothing

    async def create_movie(self, request: MovieRequest, webhook_url: str | None = None) -> str:
        """Take the next scripted answer, or make up an id."""
        del webhook_url
        self.created.append(request)
        request_id = f"request-{len(self.created)}"
        await self.while_creating(request)
        answer = self.creations.pop(0) if self.creations else request_id
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def cancel_movie(self, request_id: str) -> None:
        """Raise the next scripted error; without one, the API takes it."""
        self.cancelled.append(request_id)
        if self.cancellations:
            raise self.cancellations.pop(0)

    async def ping(self) -> None:
        """Raise the next scripted error; without one, the API answers."""
        self.pinged += 1
        await self.while_pinging()
        if self.pings:
            raise self.pings.pop(0)

    def pause_status(self, seconds: float) -> None:
        """Keep the length of the pause."""
        self.pauses.append(seconds)

    async def get_status(self, request_id: str) -> Status:
        """Take the next scripted answer for this request; the last one stays."""
        self.polled.append(request_id)
        await self.while_polling(request_id)
        answers = self.statuses.get(request_id, [PENDING])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class FakePublisher:
    """A MessagePublisher. `answers` are message ids or exceptions.

    Without one, all is accepted, in the channel. `deletions` are the errors of the next deletions.
    """

    shown: list[Job] = field(default_factory=list[Job])
    places: list[MoviePlace] = field(default_factory=list[MoviePlace])
    attempts: list[Delivery] = field(default_factory=list[Delivery])
    links: list[str | None] = field(default_factory=list["str | None"])
    accepted: list[Delivery] = field(default_factory=list[Delivery])
    lines: list[tuple[AuditEntry, int]] = field(default_factory=list[tuple[AuditEntry, int]])
    told: list[CreditRequest] = field(default_factory=list[CreditRequest])
    not_told: list[CreditRequest] = field(default_factory=list[CreditRequest])
    answers: list[Exception | int] = field(default_factory=list["Exception | int"])
    deleted: list[PostedMessage] = field(default_factory=list[PostedMessage])
    deletions: list[Exception] = field(default_factory=list[Exception])
    unrecorded: SentMessage | None = None
    is_open: asyncio.Event = field(default_factory=asyncio.Event)
    something: asyncio.Event = field(default_factory=asyncio.Event)
    while_delivering: Callable[[Delivery], Awaitable[object]] = nothing
    while_posting: Callable[[AuditEntry], Awaitable[object]] = nothing

    async def wait_ready(self) -> None:
        """Return once `is_open` is set."""
        await self.is_open.wait()

    async def update_card(self, job: Job, place: MoviePlace = MoviePlace.PENDING) -> None:
        """Record an update of a card."""
        self.shown.append(job)
        self.places.append(place)
        self.something.set()

    async def send(self, delivery: Delivery, job: Job) -> SentMessage:
        """Record a notification, and answer as the script says."""
        self.attempts.append(delivery)
        self.links.append(job.movie_url)
        await self.while_delivering(delivery)
        answer = self.answers.pop(0) if self.answers else len(self.attempts)
        if isinstance(answer, Exception):
            raise answer
        self.accepted.append(delivery)
        self.something.set()
        return SentMessage(PostedMessage(job.channel_id, answer))

    async def find_sent(self, delivery: Delivery, job: Job) -> SentMessage | None:
        """Return `unrecorded`."""
        del delivery, job
        return self.unrecorded

    async def delete_message(self, message: PostedMessage) -> None:
        """Record a deletion, and fail as the script says."""
        self.something.set()
        if self.deletions:
            raise self.deletions.pop(0)
        self.deleted.append(message)

    async def send_audit_entry(self, entry: AuditEntry, channel_id: int) -> None:
        """Record an audit entry, and answer as the script says."""
        self.lines.append((entry, channel_id))
        self.something.set()
        await self.while_posting(entry)
        answer = self.answers.pop(0) if self.answers else 1
        if isinstance(answer, Exception):
            raise answer

    async def send_answer(self, request: CreditRequest) -> None:
        """Record an answer to a request, and answer as the script says."""
        self.told.append(request)
        answer = self.answers.pop(0) if self.answers else 1
        if isinstance(answer, Exception):
            raise answer

    async def show_undelivered_answer(self, request: CreditRequest) -> None:
        """Record that a member can't be told, and answer as the script says."""
        self.not_told.append(request)
        answer = self.answers.pop(0) if self.answers else 1
        if isinstance(answer, Exception):
            raise answer

    async def until(self, seen: Callable[[], bool]) -> None:
        """Return once `seen` holds, which is checked after each call."""
        while not seen():
            self.something.clear()
            await self.something.wait()
