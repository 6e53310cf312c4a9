"""The ephemeral message with a price, and its buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.orders import Quote
from bot.ui import quotes
from tests.helpers import factories
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import actions, custom_ids, labels, message_text

ACCEPT, EDIT, CANCEL = "quote-accept", "quote-edit", "quote-cancel"
IDEAS, PRICE = "quote-ideas", "quote-price"
SURPRISE, IMPROVE, GO_BACK = "quote-surprise", "quote-improve", "quote-own"
DURATION, MODEL, STYLE = "quote-seconds", "quote-model", "quote-style"
ACTIONS = [ACCEPT, EDIT, IDEAS, CANCEL]
OF_IDEAS = [ACCEPT, SURPRISE, IMPROVE, PRICE]


@dataclass
class QuoteMessage:
    """Alice's quote, and the custom_ids of its buttons when it was new."""

    bot: BotHarness
    message: ResponseMessage
    custom_ids: Mapping[str, str]

    @property
    def text(self) -> str:
        return message_text(self.message)

    @property
    def actions(self) -> list[str]:
        return actions(self.message)

    @property
    def labels(self) -> list[str | None]:
        return labels(self.message)

    async def press(self, action: str = ACCEPT, who: MemberActor | None = None) -> InteractionResult:
        known = self.custom_ids.get(action) or self.custom_ids[ACCEPT].replace(ACCEPT, action)
        return await self.bot.press(who or self.bot.alice, self.message, known)

    async def click(self, action: str = ACCEPT) -> InteractionResult:
        return await self.bot.alice.click(self.message.message, custom_id=custom_ids(self.message)[action])

    async def choose(self, select: str, value: str, who: MemberActor | None = None) -> InteractionResult:
        """Choose an option of one of the selects that it has, or had."""
        known = {**self.custom_ids, **custom_ids(self.message)}
        action = known[ACCEPT].replace(ACCEPT, select)
        return await self.bot.press(who or self.bot.alice, self.message, action, [value])

    async def change(self, **values: object) -> InteractionResult:
        return await self.bot.alice.submit_modal(await self.click(EDIT), values)


async def quoted(bot: BotHarness, **options: object) -> QuoteMessage:
    """Order over the limit, and return the quote. The order is for 400 credits, unless other options are given."""
    return quote_in(bot, await bot.movie(**{"duration": 40, **options}))


def quote_in(bot: BotHarness, result: InteractionResult) -> QuoteMessage:
    assert result.ephemeral
    assert result.response is not None
    return QuoteMessage(bot, result.response, custom_ids(result.response))


async def make_by_modal(who: MemberActor, form: InteractionResult, values: Mapping[str, object]) -> None:
    result = await who.submit_modal(form, dict(values))
    assert result.ephemeral
    assert result.response is not None
    await who.click(result.response.message, custom_id=custom_ids(result.response)[ACCEPT])


def shorter_label(seconds: int, credits: int) -> str | None:
    quote = Quote("1", 1, 1, 1, factories.request(seconds=seconds), credits, 0)
    return quotes.affordable_button(ENGLISH, quote).label
