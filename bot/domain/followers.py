"""Following a movie: being mentioned when it is done."""

from __future__ import annotations

from enum import StrEnum

MAX_FOLLOWERS = 20
"""More mentions would make the message unreadable."""


class FollowResult(StrEnum):
    """The result of pressing Follow."""

    FOLLOWING = "following"
    FULL = "full"
    ENDED = "ended"
    PRIVATE = "private"
    """It is sent as a direct message."""
