"""The buttons of a quote, and the modal of a movie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import structlog

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.modals import modal_values
from bot.discord_client.responses import respond_ephemeral
from bot.domain.quote import Quote
from bot.domain.refusal import Refused
from bot.domain.request import to_draft
from bot.domain.text import has_visible
from bot.ui import modals, prompt_ideas, quotes
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, id_argument
from cogs.order_flow import OrderFlow
from cogs.refusing import refuse
from data import quotes as saved_quotes
from data.database import Database

OWN, OTHERS = "own", "others"
"""Whose message a modal was opened with."""

_log = structlog.stdlib.get_logger(__name__)


class OrderComponents:
    """Handler of a quote's buttons and of the order modal."""

    def __init__(self, database: Database, flow: OrderFlow) -> None:
        self._database = database
        self._flow = flow
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "quote-accept": self._accept,
            "quote-edit": self._change,
            "quote-cancel": self._cancel,
            "order": self.on_modal,
            "order-message": self._on_message_modal,
        }

    async def _accept(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote = await self._database.read(saved_quotes.get, id_argument(arguments), interaction.user.id)
        if isinstance(quote, Refused):
            ordered = quote.data.get("job")
            if ordered is not None and ordered.interaction_id == interaction.id:  # another process responds to it
                _log.warning("interaction_duplicate", interaction_id=interaction.id)
                return
            await refuse(interaction, quote, edit=True)
            return
        await self._flow.submit(
            interaction, to_draft(quote.request), quote=quote, accepts=True, wording=quote.wording, is_new=False
        )

    async def _change(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the modal with a quote's values.

        Works after the quote expired or was cancelled.
        """
        offered = await self._flow.offered(interaction)
        if offered is None:
            return
        quote = await self._flow.editable(interaction, id_argument(arguments))
        if quote is None:
            return
        texts, draft = private_texts(interaction), to_draft(quote.request)
        modal = modals.movie_modal(texts, modals.ModalPurpose.EDIT, ("order", quote.id), draft, offered)
        await interaction.response.send_modal(modal)

    async def _cancel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote_id = id_argument(arguments)
        if await self._database.write(saved_quotes.cancel, quote_id, interaction.user.id):
            await respond_ephemeral(interaction, quotes.cancelled_embed(private_texts(interaction)), edit=True)
            return
        found = await self._database.read(saved_quotes.get, quote_id, interaction.user.id)
        if isinstance(found, Quote):  # its job was voided after the attempt to cancel the quote
            found = Refused("quotes-expired")
        await refuse(interaction, found, edit=True)

    async def _on_message_modal(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the price of a message's movie, if still allowed."""
        if await self._flow.may_use_message(interaction, own=arguments == (OWN,)):
            await self.on_modal(interaction, ())

    async def on_modal(
        self, interaction: Interaction, arguments: tuple[str, ...], *, continues: str | None = None
    ) -> None:
        """Show the price of what the modal contains.

        Its quote replaces the one that was edited, which may have expired or been cancelled. An empty prompt is an idea
        of the bot's. `continues` is the movie whose next scene it is.
        """
        offered = await self._flow.offered(interaction)
        if offered is None:
            return
        quote = None
        if arguments:
            quote = await self._flow.editable(interaction, id_argument(arguments))
            if quote is None:
                return
        draft, problems = modals.read_modal(modal_values(interaction), offered.limits)
        draft = replace(draft, continues=continues if quote is None else quote.request.continues)
        is_idea = not has_visible(draft.prompt)
        if is_idea:
            draft = replace(draft, prompt=prompt_ideas.new_idea(private_texts(interaction), str(interaction.id)))
        wording = None if quote is None else quote.wording_of(draft.prompt)
        is_new = not is_idea and (quote is None or draft.prompt != quote.request.prompt)
        await self._flow.submit(
            interaction, draft, show_price=True, quote=quote, wording=wording, is_new=is_new, problems=problems
        )
