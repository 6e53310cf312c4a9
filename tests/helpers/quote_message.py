"""The private card with a price, as the member who was shown it may press it: now, or from a stale view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from tests.helpers.bot_harness import BotHarness, button, labels, message_text


@dataclass
class QuoteMessage:
    """Alice's private card, and what stood behind its buttons when it was new."""

    bot: BotHarness
    seen: ResponseMessage
    behind: Mapping[str | None, str]

    @property
    def text(self) -> str:
        """All that it says now."""
        return message_text(self.seen)

    @property
    def buttons(self) -> list[str | None]:
        """What can be pressed now."""
        return labels(self.seen)

    async def press(self, label: str = "Make it", who: MemberActor | None = None) -> InteractionResult:
        """Press a button, whether or not it still stands there."""
        return await self.bot.press(who or self.bot.alice, self.seen, self.behind[label])

    async def click(self, label: str = "Make it") -> InteractionResult:
        """Press a button that stands there now."""
        return await self.bot.alice.click(self.seen.message, label=label)

    async def change(self, **values: object) -> InteractionResult:
        """Press Change, and send the form with other values."""
        return await self.bot.alice.submit_modal(await self.click("Change"), values)


async def quoted(bot: BotHarness, **options: object) -> QuoteMessage:
    """The private card with the price, or with what would fit: of 400 credits, unless other options are typed."""
    result = await bot.movie(**{"duration": 40, **options})
    assert result.ephemeral
    assert result.response is not None
    seen = result.response
    return QuoteMessage(bot, seen, {label: button(seen, str(label)) for label in labels(seen)})
