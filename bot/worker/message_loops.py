"""The poll loops that send, update and delete messages, besides notifications."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, Protocol, TypeAlias

from bot.clock import Clock
from bot.domain.movie_night import MovieNight
from bot.services.pitches import PitchService
from bot.services.signals import Signals
from bot.worker.interfaces import MessagePublisher
from bot.worker.messages import Messages
from bot.worker.movie_nights import MovieNights
from bot.worker.poll_loop import PollLoop, W, WorkSource
from data.database import Database
from data.engine.instance_lock import InstanceLock
from data.messages import DueMessage

MessageLoop: TypeAlias = PollLoop[DueMessage] | PollLoop[MovieNight]

MESSAGE_SECONDS: Final = 120.0
"""How long a message without a movie may take. discord.py repeats a request up to five times."""

_CONCURRENCY: Final = 24
"""How many messages are sent at once. discord.py waits up to 30 s for a channel's rate limit, which a server with many
audit entries reaches repeatedly."""


class _BuildLoop(Protocol):
    """Builds a poll loop on the worker's clock and watchdog."""

    def __call__(
        self,
        name: str,
        source: WorkSource[W],
        work: Callable[[W], Awaitable[None]],
        /,
        *,
        concurrency: int,
        expected_seconds: float,
    ) -> PollLoop[W]: ...


def build(
    database: Database,
    publisher: MessagePublisher,
    clock: Clock,
    instance_lock: InstanceLock,
    signals: Signals,
    pitch_service: PitchService,
    build_loop: _BuildLoop,
) -> tuple[MessageLoop, ...]:
    """Build the loops, and let signals end their waits.

    Messages in progress are of different kinds or servers: a fetch returns at most one of each.
    """
    seconds = MESSAGE_SECONDS
    shown = Messages(database, publisher, clock, instance_lock, pitch_service)
    messages = build_loop("messages", shown, shown.process, concurrency=_CONCURRENCY, expected_seconds=seconds)
    signals.subscribe("messages", messages.notify)
    movie_nights = MovieNights(database, publisher, clock, instance_lock)
    nights = build_loop("movie_nights", movie_nights, movie_nights.process, concurrency=2, expected_seconds=seconds)
    signals.subscribe("messages", nights.notify)  # a removal signals this: the movie leaves its message
    return (messages, nights)
