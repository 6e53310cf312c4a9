"""Members' requests for more credits, and the managers' answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.clock import Clock
from bot.domain.credit_request import Answer, AskOption, AskRefusal, CreditRequest
from bot.domain.credits import Limits
from bot.domain.days import next_day_at
from bot.domain.delivery import PostedMessage
from bot.domain.language import Language
from bot.domain.quota import AuditContext, Block
from bot.domain.risk import Refusal
from data import credit_requests
from data.database import Database


class CreditRequestService:
    """Makes and answers requests.

    Each request or answer and its audit entry are one transaction. A change raises DuplicateInteraction where its
    interaction has made it already.
    """

    def __init__(self, database: Database, defaults: Limits, clock: Clock) -> None:
        self._database = database
        self._defaults = defaults
        self._clock = clock

    def next_day_at(self) -> int:
        """Return when a member who asked today may ask again.

        In UTC epoch milliseconds.
        """
        return next_day_at(self._clock.now())

    async def ask_option(self, guild_id: int, price: int) -> AskOption:
        """Return how a member gets more credits for a price."""
        return await self._database.read(credit_requests.ask_option, guild_id, price, self._defaults)

    async def ask(
        self,
        by: AuditContext,
        price: int,
        *,
        channel_id: int,
        role_ids: Sequence[int],
        language: Language,
        parent_channel_id: int | None = None,
        age_restricted: bool = False,
    ) -> CreditRequest | AskRefusal | Refusal | Block:
        """Request what a member lacks for a price."""
        return await self._database.write(
            credit_requests.ask,
            price,
            by=by,
            channel_id=channel_id,
            role_ids=role_ids,
            language=language,
            defaults=self._defaults,
            parent_channel_id=parent_channel_id,
            age_restricted=age_restricted,
        )

    async def answer(self, by: AuditContext, request_id: str, message: PostedMessage, *, grant: bool) -> Answer | None:
        """Grant or decline a request.

        Return None where the server has no such request.
        """
        return await self._database.write(
            credit_requests.answer, request_id, grant=grant, message=message, by=by, defaults=self._defaults
        )
