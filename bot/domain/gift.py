"""Gifts: bonus credits that one member gives another in their server.

Only bonus credits can be given, so nobody can pool allowances with other accounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.language import Language


class GiftRefusal(StrEnum):
    """Why a gift is refused."""

    OFF = "off"
    """The server's managers have not switched gifts on."""

    SELF = "self"
    GIVER_BLOCKED = "giver_blocked"
    GIVER_ERASING = "giver_erasing"
    RECIPIENT_BLOCKED = "recipient_blocked"
    """Blocked, or their data is being erased."""

    PAUSED = "paused"
    """The operator takes no orders now, or none from this server."""

    OVER_BOUND = "over_bound"
    """More than the member may still give today."""

    TOO_FEW = "too_few"
    """More than the member's bonus credits that are neither spent nor on hold."""


@dataclass(frozen=True, slots=True)
class GiftRefused:
    """A gift that was not made; `possible` is how much would be."""

    reason: GiftRefusal
    possible: int = 0


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift that was made.

    `created_at` is UTC epoch milliseconds.
    """

    id: str
    guild_id: int
    channel_id: int
    giver_id: int
    recipient_id: int
    credits: int
    created_at: int
    server_language: Language = Language.ENGLISH
