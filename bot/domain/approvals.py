"""Approval: which orders wait for a server's staff, and for how long.

The rule is applied when a movie is ordered. What is changed in /setup afterwards, or a role that its member loses,
decides about later orders only.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

APPROVAL_TTL_MS: Final = 48 * 3_600_000
"""How long an order waits for staff."""


class ApprovalScope(StrEnum):
    """Whose orders wait for staff."""

    UNTRUSTED = "untrusted"
    """Those of members without a trusted role."""

    EVERYONE = "everyone"
    """Those of all members, but for who may manage the server."""

    STORYBOARDS = "storyboards"
    """The same, once their storyboards are drawn: staff see the stills before their member does."""


class ApprovalFallback(StrEnum):
    """What happens while the staff channel can't be posted to."""

    START = "start"
    """Orders start without approval, and the log says so."""
