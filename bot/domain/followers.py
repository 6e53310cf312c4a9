"""Following a movie: being mentioned when it is done."""

from __future__ import annotations

MAX_FOLLOWERS = 20
"""More mentions would make the message unreadable."""
