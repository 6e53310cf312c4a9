"""Orders from commands, buttons and modals, up to the job's card.

    submit ──► placed: the credits are held ──► the card is shown ──► queued
     │ │                                    └─► Discord does not accept it ──► the hold is released
     │ └─────► quoted: an ephemeral message with the price ──► accept (once) │ edit │ cancel
     └───────► rejected, with a button for what would fit

A submitted modal is always quoted: nothing is held before its member has read the price.

What is ordered is decided in the transaction that holds the credits; see data/orders.py.

A private response replaces the ephemeral message whose button was used, so that no old button stays.
"""

from __future__ import annotations

from bot import tracing
from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import respond_ephemeral, send_ephemeral
from bot.domain.catalogue import Catalogue
from bot.domain.order import (
    ALWAYS_CONFIRM,
    ConfirmationRequired,
    ConfirmationRule,
    InvalidDraft,
    Order,
    OrderPlaced,
    OrderRejected,
    decide,
)
from bot.domain.preferences import apply_preferences
from bot.domain.prompt_refusal import PromptRefused
from bot.domain.quota import Block
from bot.domain.quote import Quote
from bot.domain.request import Draft, ValidatedRequest
from bot.domain.risk import Refusal
from bot.domain.server_setup import AccessRefusal, MessageMenu
from bot.domain.wording import Wording
from bot.services.order_limit import OrderLimit
from bot.services.orders import OrderService
from bot.services.preferences import PreferenceService
from bot.services.server_setup import ServerSetupService
from bot.ui import errors, modals, refusals
from cogs.checks import Interaction, may_post, missing_permissions
from cogs.order_card import OrderCard
from cogs.order_context import make_order, order_context
from cogs.order_quotes import OrderQuotes
from cogs.refusals import refused_embed


class OrderFlow:
    """Places orders and quotes for the commands, buttons and modals.

    `confirm` says which prices are shown before they are held. `limit` counts orders.
    """

    def __init__(
        self,
        orders: OrderService,
        setups: ServerSetupService,
        quotes: OrderQuotes,
        card: OrderCard,
        confirm: ConfirmationRule,
        limit: OrderLimit,
        preferences: PreferenceService,
    ) -> None:
        self._orders = orders
        self._preferences = preferences
        self._setups = setups
        self._quotes = quotes
        self._card = card
        self._confirm = confirm
        self._limit = limit

    async def submit(
        self,
        interaction: Interaction,
        draft: Draft,
        *,
        use_preferences: bool = False,
        show_price: bool = False,
        replaces: Quote | None = None,
        wording: Wording | None = None,
        is_new: bool = True,
    ) -> None:
        """Order a draft, or show its price first.

        The price is shown where the rule says so, or always with `show_price`. `use_preferences` completes the draft
        from the member's preferences. `replaces` is the quote whose button or modal was used: only one of them is made.
        `wording` says how the draft's prompt came about. `is_new` is False where the member wrote nothing now, as with
        a button: a rule of the prompt filter may be newer than the words.
        """
        with tracing.span("order"):
            if await self._may_post(interaction, draft, replaces, use_preferences=use_preferences):
                confirm = ALWAYS_CONFIRM if show_price else self._confirm
                await self._place(
                    interaction,
                    draft,
                    replaces,
                    wording,
                    use_preferences=use_preferences,
                    confirm=confirm,
                    is_new=is_new,
                )

    async def accept(self, interaction: Interaction, draft: Draft, quote: Quote) -> None:
        """Order a quote at its price.

        Replaces the ephemeral message that shows the quote.
        """
        with tracing.span("order"):
            if await self._may_post(interaction, draft, quote):
                await self._place(interaction, draft, quote, quote.wording, accept=True, is_new=False)

    async def open_modal(
        self,
        interaction: Interaction,
        draft: Draft,
        *,
        purpose: modals.ModalPurpose,
        action: tuple[str, ...] = ("order",),
        cut: bool = False,
    ) -> None:
        """Open the modal with a draft, completed from the member's preferences.

        `action` is the handler of what is submitted.
        """
        offered = await self.offered(interaction)
        if offered is None:
            return
        preferences = await self._preferences.get(interaction.user.id)
        filled = apply_preferences(draft, preferences, offered)
        texts = private_texts(interaction)
        modal = modals.movie_modal(texts, purpose, action, filled, offered, cut=cut)
        await interaction.response.send_modal(modal)

    async def may_use_message(self, interaction: Interaction, *, own: bool) -> bool:
        """Return whether the server's setup lets a message become a movie.

        `own`: it is the member's. Otherwise respond why not.
        """
        texts, setup = private_texts(interaction), await self._setups.get(interaction.guild_id or 0)
        if setup.menu is MessageMenu.OFF:
            await send_ephemeral(interaction, refusals.no_message_menu(texts))
        elif setup.menu is MessageMenu.OWN and not own:
            await send_ephemeral(interaction, refusals.not_own_message(texts))
        else:
            return True
        return False

    async def offered(self, interaction: Interaction) -> Catalogue | None:
        """Return what the member can order here, or respond why nothing."""
        if not await self.may_order(interaction):
            return None
        offered = await self._setups.catalogue_for(order_context(interaction))
        if isinstance(offered, AccessRefusal):
            await self._refuse_access(interaction, offered)
            return None
        return offered

    async def within_rate(self, interaction: Interaction) -> bool:
        """Return whether the member and the server order slowly enough.

        The order counts even if it is rejected later. Where it is too soon, the member is told so.
        """
        too_soon = await self._limit.try_acquire(interaction.guild_id or 0, interaction.user.id)
        if too_soon is None:
            return True
        await send_ephemeral(interaction, refusals.too_fast(private_texts(interaction), too_soon.retry_at))
        return False

    async def may_order(self, interaction: Interaction) -> bool:
        """Return whether the member may order here, or respond why not."""
        if interaction.guild_id is None:
            await send_ephemeral(interaction, errors.only_in_servers(private_texts(interaction)))
        elif not may_post(interaction):
            await send_ephemeral(interaction, refusals.member_may_not_post(private_texts(interaction)))
        else:
            return True
        return False

    async def _may_post(
        self, interaction: Interaction, draft: Draft, replaces: Quote | None, *, use_preferences: bool = False
    ) -> bool:
        """Return whether the member and the bot may post here.

        If only the bot may not, the order is kept as a quote.
        """
        if not await self.may_order(interaction) or not await self.within_rate(interaction):
            return False
        missing = missing_permissions(interaction)
        if not missing:
            return True
        offered = await self.offered(interaction)
        if offered is None:
            return False
        preferences = await self._preferences.get(interaction.user.id)
        match decided := decide(draft, preferences, offered, use_preferences=use_preferences):
            case ValidatedRequest():
                await self._quotes.show_missing_permissions(interaction, decided, missing, replaces)
            case InvalidDraft():
                await self._quotes.show_problems(interaction, decided, replaces)
            case ConfirmationRequired():  # not without `confirm`
                raise AssertionError(decided)
        return False

    async def _refuse_access(self, interaction: Interaction, refused: AccessRefusal, *, edit: bool = False) -> None:
        await respond_ephemeral(interaction, refused_embed(interaction, refused), edit=edit)

    async def _place(
        self,
        interaction: Interaction,
        draft: Draft,
        quote: Quote | None,
        wording: Wording | None,
        *,
        use_preferences: bool = False,
        confirm: ConfirmationRule | None = None,
        accept: bool = False,
        is_new: bool = True,
    ) -> None:
        """Place an order, which accepts a quote or replaces it."""
        context = order_context(interaction)
        own_words = "" if not is_new else None if wording is None else wording.member_words
        placed = await self._orders.place(
            context,
            draft,
            use_preferences=use_preferences,
            confirm=confirm,
            quote_id=quote.id if quote is not None and accept else None,
            own_words=own_words,
        )
        match placed:
            case OrderPlaced():
                shown = await self._card.show(interaction, placed, edit=quote is not None)
                if quote is not None and not shown:
                    await self._quotes.ask_again(interaction, quote)
            case OrderRejected(job, reason):
                order = Order(context, job.request, job.price, wording)
                await self._quotes.show_rejected(interaction, order, reason, quote)
            case ConfirmationRequired(checked, default_model):
                order = make_order(interaction, checked, wording)
                await self._quotes.show_quote(interaction, order, default_model, quote)
            case InvalidDraft():
                await self._quotes.show_problems(interaction, placed, quote)
            case AccessRefusal():
                await self._refuse_access(interaction, placed, edit=quote is not None)
            case PromptRefused() | Refusal() | Block():
                await self._quotes.show_refused_prompt(interaction, placed, draft.prompt, quote)
            case None:  # another process responds to this interaction
                pass
