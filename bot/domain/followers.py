"""Following a movie: anyone may be mentioned when it is done, for free, up to a limit."""

from __future__ import annotations

from enum import StrEnum

MAX_FOLLOWERS = 20
"""How many may follow one movie: a message that mentions more reads like a roll-call."""


class FollowResult(StrEnum):
    """What came of a press on Follow."""

    FOLLOWING = "following"
    FULL = "full"
    TOO_LATE = "too_late"
    PRIVATE = "private"
    """It goes to its member directly."""
