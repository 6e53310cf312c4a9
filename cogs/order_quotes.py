"""Shows the outcome of an order that made no job.

That is a quote, a rejection, or the draft's problems.
"""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import replace_ephemeral, respond_ephemeral, send_ephemeral
from bot.domain.catalogue import Catalogue, VideoModel
from bot.domain.credit_request import AskOption
from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.order import InvalidDraft, Order, Rejection
from bot.domain.prompt_refusal import PromptRefusal, PromptRefused
from bot.domain.quota import Block
from bot.domain.quote import Quote, QuotePreview, QuoteUnavailable, QuoteUnavailableReason
from bot.domain.request import Draft, ProblemCode, ValidatedRequest, validate
from bot.domain.risk import Refusal
from bot.locales.texts import Texts
from bot.services.credit_requests import CreditRequestService
from bot.services.orders import OrderService
from bot.services.server_setup import ServerSetupService
from bot.ui import credit_requests, errors, quotes, refusals
from bot.ui.components import Button
from cogs.checks import Interaction
from cogs.order_context import make_order
from cogs.refusals import refused_embed


class OrderQuotes:
    """Saves quotes and shows them, each in an ephemeral message.

    The message replaces the one that shows the quote `replaces`, and so does its quote.
    """

    def __init__(
        self,
        orders: OrderService,
        setups: ServerSetupService,
        catalogue: Catalogue,
        requests: CreditRequestService,
    ) -> None:
        self._orders = orders
        self._setups = setups
        self._catalogue = catalogue
        self._requests = requests

    async def show_quote(
        self,
        interaction: Interaction,
        order: Order,
        default_model: VideoModel | None,
        replaces: Quote | None = None,
    ) -> None:
        """Show the price with its buttons, or why the order doesn't fit.

        `default_model` costs less than the remembered one that the order uses.
        """
        preview = await self._orders.create_quote(order, replaces)
        if isinstance(preview, QuotePreview):
            texts = private_texts(interaction)
            view = quotes.quote_view(texts, preview.quote, self._catalogue)
            embed = quotes.quote_embed(texts, preview, self._catalogue, default_model)
            await respond_ephemeral(interaction, embed, view, edit=replaces is not None)
        else:
            await self.show_rejected(interaction, order, preview, replaces)

    async def show_problems(
        self, interaction: Interaction, invalid: InvalidDraft, replaces: Quote | None = None
    ) -> None:
        """Show every problem, with a button that opens the modal again.

        The modal then contains what was entered.
        """
        texts = private_texts(interaction)
        valid = validate(_valid_part(invalid), await self._setups.catalogue(interaction.guild_id or 0))
        view = None
        if isinstance(valid, ValidatedRequest) and interaction.guild_id is not None:
            wording = None if replaces is None else replaces.wording_of(valid.request.prompt)
            quote = await self._orders.save_quote(make_order(interaction, valid, wording), replaces)
            if not isinstance(quote, Quote):
                await self.show_refused_prompt(interaction, quote, valid.request.prompt, replaces)
                return
            view = quotes.edit_view(texts, quote)
        embed = errors.validation_embed(texts, invalid.problems)
        await respond_ephemeral(interaction, embed, view, edit=replaces is not None)

    async def show_missing_permissions(
        self, interaction: Interaction, checked: ValidatedRequest, missing: tuple[str, ...], replaces: Quote | None
    ) -> None:
        """Show the bot's missing permissions, and an order that can be edited.

        A quote that is accepted as it is stays open. Any other order is saved in place of what it `replaces`.
        """
        quote = replaces
        if quote is None or quote.request != checked.request:
            wording = None if replaces is None else replaces.wording_of(checked.request.prompt)
            saved = await self._orders.save_quote(make_order(interaction, checked, wording), replaces)
            if not isinstance(saved, Quote):
                await self.show_refused_prompt(interaction, saved, checked.request.prompt, replaces)
                return
            quote = saved
        view = quotes.edit_view(private_texts(interaction), quote)
        await send_ephemeral(interaction, errors.missing_permissions(private_texts(interaction), missing), view)

    async def editable(self, interaction: Interaction, quote_id: str) -> Quote | None:
        """Return a member's quote that has no job, also an old one.

        Otherwise show why it can't be changed.
        """
        found = await self._orders.get_quote(quote_id, interaction.user.id)
        if isinstance(found, Quote):
            return found
        if found.quote is not None and found.reason is not QuoteUnavailableReason.ACCEPTED:
            return found.quote
        await self.show_unavailable(interaction, found)
        return None

    async def show_unavailable(self, interaction: Interaction, found: QuoteUnavailable) -> None:
        """Show why a quote can't be accepted or changed."""
        await respond_ephemeral(interaction, quotes.unavailable_embed(private_texts(interaction), found), edit=True)

    async def ask_again(self, interaction: Interaction, quote: Quote) -> None:
        """Replace the "ordered" message by the quote of a voided job."""
        texts = private_texts(interaction)
        view = quotes.quote_view(texts, quote, self._catalogue)
        await replace_ephemeral(interaction, quotes.not_accepted_embed(texts), view)

    async def show_rejected(
        self,
        interaction: Interaction,
        order: Order,
        reason: Rejection | PromptRefused,
        replaces: Quote | None = None,
    ) -> None:
        """Show why nothing was ordered."""
        texts, edit = private_texts(interaction), replaces is not None
        match reason:
            case Block():
                await respond_ephemeral(interaction, refusals.blocked_embed(texts, reason), edit=edit)
            case QuoteUnavailable():
                await respond_ephemeral(interaction, quotes.unavailable_embed(texts, reason), edit=edit)
            case PromptRefused():
                await self.show_refused_prompt(interaction, reason, order.request.prompt, replaces)
            case Refusal():
                view = await self._edit_view(texts, order, replaces)
                await respond_ephemeral(interaction, refusals.refusal_embed(texts, reason), view, edit=edit)
            case Shortfall():
                await self._show_shortfall(interaction, order, reason, replaces)

    async def _show_shortfall(
        self, interaction: Interaction, order: Order, shortfall: Shortfall, replaces: Quote | None
    ) -> None:
        """Show what is left, and what it pays for.

        Buttons offer the longest movie that fits, and to ask for more where only the member's own credits are short.
        """
        texts = private_texts(interaction)
        model = self._catalogue.video_model(order.request.video_model)
        assert model is not None  # the request is valid
        embed = refusals.insufficient_credits_embed(texts, shortfall, model, self._catalogue.limits)
        offered = await self._setups.catalogue(order.origin.guild_id)
        fitting = offered.video_models_for(order.request.aspect_ratio)
        refusals.add_affordable_models(texts, embed, shortfall, fitting, self._catalogue.limits)
        option = AskOption.NO_HELP
        if shortfall.scope is BudgetScope.MEMBER:
            option = await self._requests.ask_option(order.origin.guild_id, order.price)
        credit_requests.add_hint(texts, embed, option)
        ask = credit_requests.ask_buttons(texts, option, order.price)
        smaller = await self._largest_affordable(order, shortfall, model.credits_per_second, replaces)
        if smaller is None:
            view = await self._edit_view(texts, order, replaces, *ask)
        else:
            view = quotes.smaller_quote_view(texts, smaller.quote, *ask)
            quotes.warn_of_failures(texts, embed, smaller)
        await respond_ephemeral(interaction, embed, view, edit=replaces is not None)

    async def show_refused_prompt(
        self, interaction: Interaction, refused: PromptRefusal, prompt: str, replaces: Quote | None = None
    ) -> None:
        """Show why a prompt is not taken, and the prompt.

        A quote from before the rule can be edited.
        """
        texts = private_texts(interaction)
        match refused:
            case Block() | Refusal():
                embed = refused_embed(interaction, refused)
            case PromptRefused():
                embed = refusals.prompt_embed(texts, refused, prompt)
        view = None if replaces is None else quotes.edit_view(texts, replaces)
        await respond_ephemeral(interaction, embed, view, edit=replaces is not None)

    async def _edit_view(
        self, texts: Texts, order: Order, replaces: Quote | None, *others: Button
    ) -> discord.ui.View | None:
        """Save an order as a quote, and build its edit button.

        None where a rule was added meanwhile that its prompt breaks.
        """
        saved = await self._orders.save_quote(order, replaces)
        return quotes.edit_view(texts, saved, *others) if isinstance(saved, Quote) else None

    async def _largest_affordable(
        self, order: Order, shortfall: Shortfall, credits_per_second: int, replaces: Quote | None
    ) -> QuotePreview | None:
        """Save a quote of the longest movie that fits, if any.

        None also where the plan is the limit, because the length would reveal the operator's remaining credits.
        """
        if shortfall.scope is BudgetScope.PLAN:
            return None
        seconds = self._catalogue.limits.longest_within(shortfall.affordable_seconds(credits_per_second))
        if not 0 < seconds < order.request.duration_seconds:
            return None
        request = replace(order.request, duration_seconds=seconds)
        smaller = replace(order, request=request, price=seconds * credits_per_second)
        preview = await self._orders.create_quote(smaller, replaces)
        return preview if isinstance(preview, QuotePreview) else None


def _valid_part(invalid: InvalidDraft) -> Draft:
    """Return the draft with defaults in place of its invalid values."""
    draft = invalid.draft
    wrong = {problem.code for problem in invalid.problems}
    models = {ProblemCode.VIDEO_MODEL_UNKNOWN, ProblemCode.VIDEO_MODEL_ASPECT}
    shapes = {ProblemCode.ASPECT_UNKNOWN, ProblemCode.ASPECT_WITHOUT_MODEL}
    languages = {ProblemCode.LANGUAGE_UNKNOWN, ProblemCode.LANGUAGE_AMBIGUOUS}
    return Draft(
        draft.prompt,
        None if ProblemCode.SECONDS_OUT_OF_RANGE in wrong else draft.duration_seconds,
        None if wrong & models else draft.video_model,
        None if ProblemCode.IMAGE_MODEL_UNKNOWN in wrong else draft.image_model,
        None if wrong & shapes else draft.aspect_ratio,
        None if wrong & languages else draft.language,
        None if ProblemCode.SUBTITLES_UNKNOWN in wrong else draft.subtitles,
        None if ProblemCode.TONE_UNKNOWN in wrong else draft.tone,
        draft.continues,
    )
