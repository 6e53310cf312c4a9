"""Gifts of bonus credits between members."""

from __future__ import annotations

from bot.domain.gift import GiftRefusal, GiftRefused
from bot.domain.quota import AuditContext
from data import gifts
from data.database import Database
from data.ledger import InsufficientGrant


class GiftService:
    """Makes gifts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def give(self, by: AuditContext, recipient_id: int, credits: int, *, channel_id: int) -> GiftRefused | None:
        """Give bonus credits; return why it is refused.

        Raises:
            DuplicateInteraction: The interaction has made its gift already.
        """
        try:
            return await self._database.write(gifts.give, recipient_id, credits, channel_id=channel_id, by=by)
        except InsufficientGrant as exc:
            return GiftRefused(GiftRefusal.TOO_FEW, exc.available)
