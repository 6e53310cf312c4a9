"""What is owed to a member: a message that Discord has not accepted yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Notice(StrEnum):
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
    notice: Notice
    attempts: int
    followers: tuple[int, ...] = ()
    posted_since: int | None = None

    @property
    def nonce(self) -> str:
        """The same for every try, so that a message sent again after a lost answer is not a second message.

        At most 25 characters (Discord's limit for a nonce with enforce_nonce).
        """
        return f"{self.job_id}-{self.notice}"


def maybe_posted_since(owed_at: int, now: int) -> int | None:
    """Since when an earlier try may have posted a message that its nonce no longer protects; None: it still does.

    Every try comes after the message was owed. So no try need be written down before it is made: for as long as Discord
    remembers nonces, a repeat is harmless; and of a message that is owed for longer, Discord may have taken and
    forgotten a try whose answer was lost.
    """
    return None if 0 <= now - owed_at <= 1000 * WITHIN_NONCE_SECONDS else owed_at  # below 0: the clock was set back


FIRST_PAUSE_SECONDS = 5
LONGEST_PAUSE_SECONDS = 3600
WITHIN_NONCE_SECONDS = 60
"""A try that may have succeeded is repeated while Discord still knows its nonce (a few minutes), so that the second one
is no second message."""


def pause_seconds(attempts: int, *, certain: bool = True) -> float:
    """How long to wait after the `attempts`-th failed try: growing threefold, an hour at most.

    `certain` where the try certainly failed; else a minute at most.
    """
    most = LONGEST_PAUSE_SECONDS if certain else WITHIN_NONCE_SECONDS
    return float(min(most, FIRST_PAUSE_SECONDS * 3 ** min(attempts, 10)))
