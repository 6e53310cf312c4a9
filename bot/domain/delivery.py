"""What is owed to a member: a message that Discord has not accepted yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NotificationType(StrEnum):
    """What the message says."""

    COMPLETED = "completed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    FOLLOWED = "followed"
    """For those who follow a movie that went to its member directly."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One owed message; `attempts` counts the tries that failed so far, `followers` are to be mentioned beside.

    `posted_since`: an earlier try may have posted it since this moment (UTC epoch milliseconds), and Discord may have
    forgotten its nonce. None: no repeat can make a second message.
    """

    job_id: str
    type: NotificationType
    attempts: int
    followers: tuple[int, ...] = ()
    possibly_sent_since: int | None = None

    @property
    def nonce(self) -> str:
        """The same for every try, so that a message sent again after a lost answer is not a second message.

        At most 25 characters (Discord's limit for a nonce with enforce_nonce).
        """
        return f"{self.job_id}-{self.type}"


def possibly_sent_since(owed_at: int, now: int) -> int | None:
    """Since when an earlier try may have posted a message that its nonce no longer protects; None: it still does.

    Every try comes after the message was owed. So no try need be written down before it is made: for as long as Discord
    remembers nonces, a repeat is harmless; and of a message that is owed for longer, Discord may have taken and
    forgotten a try whose answer was lost.
    """
    return None if 0 <= now - owed_at <= 1000 * NONCE_TTL_SECONDS else owed_at  # below 0: the clock was set back


INITIAL_RETRY_SECONDS = 5
MAX_RETRY_SECONDS = 3600
NONCE_TTL_SECONDS = 60
"""A try that may have succeeded is repeated while Discord still knows its nonce (a few minutes), so that the second one
is no second message."""


def retry_delay(attempts: int, *, definitely_failed: bool = True) -> float:
    """How long to wait after the `attempts`-th failed try: growing threefold, an hour at most.

    `certain` where the try certainly failed; else a minute at most.
    """
    most = MAX_RETRY_SECONDS if definitely_failed else NONCE_TTL_SECONDS
    return float(min(most, INITIAL_RETRY_SECONDS * 3 ** min(attempts, 10)))
