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


def pause_seconds(attempts: int) -> float:
    """How long to wait after the `attempts`-th failed try: growing threefold, an hour at most."""
    return float(min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 3 ** min(attempts, 10)))
