"""Changes the prompt of a quote: an idea, better words, a style.

Discord allows a modal five components and no button, and nothing in it reacts before it is submitted. So these are
under the price, where the member reads the new prompt before it is ordered, and can go back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.modals import selected_value
from bot.discord_client.responses import send_ephemeral, send_text
from bot.domain.catalogue import Catalogue
from bot.domain.quote import Quote
from bot.domain.request import to_draft
from bot.domain.wording import Wording
from bot.ui import prompt_ideas
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, id_argument
from cogs.order_flow import OrderFlow


class QuotePrompts:
    """Handler of the buttons and the select that change a quote's prompt.

    Each makes a quote that replaces the one whose button was used. What a button does follows from the quote alone, so
    pressed twice it shows the same prompt.
    """

    def __init__(self, catalogue: Catalogue, flow: OrderFlow) -> None:
        self._catalogue = catalogue
        self._flow = flow
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "quote-surprise": self._surprise,
            "quote-improve": self._improve,
            "quote-own": self._go_back,
            "quote-style": self._set_style,
        }

    async def _surprise(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Put an idea in place of the prompt, in the same style."""
        quote = await self._quote(interaction, arguments)
        if quote is None:
            return
        before = quote.full_wording
        idea = prompt_ideas.new_idea(private_texts(interaction), quote.id, previous=before.base)
        await self._reword(interaction, quote, replace(before, base=idea, improvement=None))

    async def _improve(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Add words about the shot, the light, the camera and the mood."""
        quote = await self._quote(interaction, arguments)
        if quote is not None:
            before = quote.full_wording
            await self._reword(interaction, quote, replace(before, improvement=prompt_ideas.improvement(before.base)))

    async def _go_back(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Go back to what the member wrote."""
        quote = await self._quote(interaction, arguments)
        if quote is not None:
            own = quote.full_wording.own
            await self._reword(interaction, quote, Wording(own, own))

    async def _set_style(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote = await self._quote(interaction, arguments)
        if quote is None:
            return
        key = prompt_ideas.parse_style(selected_value(interaction))
        if key is not None and self._catalogue.style(key) is None:
            await send_text(interaction, "prompts-style-gone")
            return
        await self._reword(interaction, quote, replace(quote.full_wording, style=key))

    async def _quote(self, interaction: Interaction, arguments: tuple[str, ...]) -> Quote | None:
        if not await self._flow.may_order(interaction):
            return None
        return await self._flow.editable(interaction, id_argument(arguments))

    async def _reword(self, interaction: Interaction, quote: Quote, wording: Wording) -> None:
        """Show a quote with another prompt, unless that is too long."""
        texts, longest = private_texts(interaction), self._catalogue.limits.max_prompt_length
        prompt = prompt_ideas.compose(texts, wording, self._catalogue.style(wording.style), longest)
        if prompt is None:
            await send_ephemeral(interaction, prompt_ideas.no_room(texts, longest))
            return
        draft = replace(to_draft(quote.request), prompt=prompt)
        kept = None if wording.is_own else wording
        await self._flow.submit(interaction, draft, show_price=True, quote=quote, wording=kept, is_new=False)
