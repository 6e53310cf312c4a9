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


@dataclass(frozen=True, slots=True)
class Delivery:
    """One owed message; `attempts` counts the tries that failed so far."""

    job_id: str
    notice: Notice
    attempts: int

    @property
    def nonce(self) -> str:
        """The same for every try, so that a message sent again after a lost answer is not a second message.

        At most 25 characters (Discord's limit for a nonce with enforce_nonce).
        """
        return f"{self.job_id}-{self.notice}"


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
