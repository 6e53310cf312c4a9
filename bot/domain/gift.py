"""Gifts: bonus credits that one member gives another in their server.

Only bonus credits can be given, so nobody can pool allowances with other accounts.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.language import Language


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
