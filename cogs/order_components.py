"""The buttons of a quote, and the modal of a movie."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.modals import modal_values
from bot.discord_client.responses import respond_ephemeral
from bot.domain.catalogue import Catalogue
from bot.domain.order import InvalidDraft
from bot.domain.quote import Quote, QuoteUnavailable, QuoteUnavailableReason
from bot.domain.request import Draft, Problem, ValidatedRequest, sort_problems, to_draft, validate
from bot.services.orders import OrderService
from bot.ui import modals, quotes
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, id_argument
from cogs.order_flow import OrderFlow
from cogs.order_quotes import OrderQuotes

_log = structlog.stdlib.get_logger(__name__)


class OrderComponents:
    """Handler of a quote's buttons and of the order modal."""

    def __init__(self, orders: OrderService, catalogue: Catalogue, flow: OrderFlow, responses: OrderQuotes) -> None:
        self._orders = orders
        self._catalogue = catalogue
        self._flow = flow
        self._responses = responses
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "quote-accept": self._accept,
            "quote-edit": self._change,
            "quote-cancel": self._cancel,
            "order": self._on_modal,
        }

    async def _accept(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote = await self._orders.get_quote(id_argument(arguments), interaction.user.id)
        if isinstance(quote, QuoteUnavailable):
            await self._refuse_quote(interaction, quote)
            return
        draft = to_draft(quote.request)
        checked = validate(draft, self._catalogue)
        if isinstance(checked, ValidatedRequest) and checked.price == quote.price:
            await self._flow.accept(interaction, draft, quote)
        else:  # the catalogue has changed since the quote: its model or its price
            await self._flow.submit(interaction, draft, show_price=True, replaces=quote)

    async def _change(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the modal with a quote's values.

        Works after the quote expired or was cancelled.
        """
        offered = await self._flow.offered(interaction)
        if offered is None:
            return
        found = await self._orders.get_quote(id_argument(arguments), interaction.user.id)
        quote = _editable(found)
        if quote is None:
            await self._show_unavailable(interaction, found)
            return
        texts, draft = private_texts(interaction), to_draft(quote.request)
        modal = modals.movie_modal(texts, modals.ModalPurpose.EDIT, ("order", quote.id), draft, offered)
        await interaction.response.send_modal(modal)

    async def _cancel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote_id = id_argument(arguments)
        if await self._orders.cancel_quote(quote_id, interaction.user.id):
            await respond_ephemeral(interaction, quotes.cancelled_embed(private_texts(interaction)), edit=True)
        else:
            await self._show_unavailable(interaction, await self._orders.get_quote(quote_id, interaction.user.id))

    async def _on_modal(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the price of what the modal contains.

        Its quote replaces the one that was edited, which may have expired or been cancelled.
        """
        offered = await self._flow.offered(interaction)
        if offered is None:
            return
        quote = None
        if arguments:
            found = await self._orders.get_quote(id_argument(arguments), interaction.user.id)
            quote = _editable(found)
            if quote is None:
                await self._refuse_quote(interaction, found)
                return
        draft, problems = modals.read_modal(modal_values(interaction), offered.limits)
        if problems:
            if await self._flow.within_rate(interaction):
                invalid = _with_others(draft, problems, offered)
                await self._responses.show_problems(interaction, invalid, quote)
            return
        await self._flow.submit(interaction, draft, show_price=True, replaces=quote)

    async def _refuse_quote(self, interaction: Interaction, found: Quote | QuoteUnavailable) -> None:
        """Show why a quote can't be accepted.

        Shows nothing where another process responds to this interaction.
        """
        job = found.job if isinstance(found, QuoteUnavailable) else None
        if job is not None and job.interaction_id == interaction.id:
            _log.warning("interaction_duplicate", interaction_id=interaction.id)
            return
        await self._show_unavailable(interaction, found)

    async def _show_unavailable(self, interaction: Interaction, found: Quote | QuoteUnavailable) -> None:
        if isinstance(found, Quote):  # its job was voided after the attempt to cancel the quote
            found = QuoteUnavailable(QuoteUnavailableReason.EXPIRED)
        await respond_ephemeral(interaction, quotes.unavailable_embed(private_texts(interaction), found), edit=True)


def _editable(found: Quote | QuoteUnavailable) -> Quote | None:
    """Return the quote, unless it has a job or was deleted."""
    if isinstance(found, Quote):
        return found
    return None if found.reason is QuoteUnavailableReason.ACCEPTED else found.quote


def _with_others(draft: Draft, problems: tuple[Problem, ...], offered: Catalogue) -> InvalidDraft:
    """Return a draft's own problems and those of its form.

    `validate` alone would use the defaults.
    """
    checked = validate(draft, offered)
    others = () if isinstance(checked, ValidatedRequest) else checked
    return InvalidDraft(draft, sort_problems((*problems, *others)))
