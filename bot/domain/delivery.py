"""Notifications in the outbox: their types, where they go, and when they are retried."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.core.errors import DeliveryDeferred

INITIAL_RETRY_SECONDS = 5
MAX_RETRY_SECONDS = 3600
NONCE_TTL_SECONDS = 60
"""An uncertain attempt is repeated within this time, because Discord remembers nonces for a few minutes."""

MAX_ATTEMPTS: Final = 50
"""Attempts over about two days. After that, an error that should pass counts as one that does not."""

MAX_FOLLOWERS = 20
"""More mentions would make the message unreadable."""


class NotificationType(StrEnum):
    """What a notification reports."""

    COMPLETED = "completed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    FOLLOWED = "followed"
    """For followers of a movie that was sent as a direct message, once it was."""

    STARRED = "starred"
    """A movie in the gallery, once it has enough stars. It goes nowhere else."""


WITH_MOVIE: Final = (NotificationType.COMPLETED, NotificationType.STARRED)
"""The notifications that have the movie, each in a message of its own."""


class Venue(StrEnum):
    """Where a message of the bot goes, or is."""

    UNDECIDED = "undecided"
    """It was not sent yet, so the server's setup still decides."""

    CHANNEL = "channel"
    """The channel of its order."""

    DIRECT = "direct"
    GALLERY = "gallery"
    """A text channel that the server's managers chose for finished movies."""

    FORUM = "forum"
    """A post of its own, in a forum that they chose."""


@dataclass(frozen=True, slots=True)
class PostedMessage:
    """A message of the bot.

    Its id is 0 where it was deleted before the id was known.
    """

    channel_id: int
    message_id: int
    venue: Venue = Venue.CHANNEL


def possibly_sent_since(queued_at: int, now: int) -> int | None:
    """Return since when an unprotected message may exist, else None.

    Every attempt comes after `queued_at`. While Discord remembers nonces, a repeat is harmless, so attempts need not be
    recorded beforehand. Later, Discord may have accepted an attempt whose response was lost.
    """
    return None if 0 <= now - queued_at <= 1000 * NONCE_TTL_SECONDS else queued_at  # below 0: the clock was set back


def retry_delay(attempts: int, *, definitely_failed: bool = True) -> float:
    """Return the seconds before the next attempt.

    They grow threefold up to an hour, or up to a minute where the last attempt may have succeeded.
    """
    max_delay = MAX_RETRY_SECONDS if definitely_failed else NONCE_TTL_SECONDS
    return float(min(max_delay, INITIAL_RETRY_SECONDS * 3 ** min(attempts, 10)))


def retry_delay_ms(exc: DeliveryDeferred, attempts: int, *, idempotent: bool = False) -> int:
    """Return the milliseconds before the next attempt, at most an hour.

    They are what Discord asks for, or grow with the `attempts`. What may have succeeded is repeated while Discord knows
    its nonce, but for requests that are `idempotent`.
    """
    if exc.retry_after is not None:
        return int(1000 * min(exc.retry_after, MAX_RETRY_SECONDS))
    return int(1000 * retry_delay(attempts, definitely_failed=idempotent or exc.definitely_failed))
