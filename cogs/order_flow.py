"""Orders from the command, a button or a modal, up to the card in the channel.

    submit ──► placed: the credits are held ──► the card is shown ──► queued
     │ │                                    └─► Discord does not accept it ──► the hold is released
     │ └─────► quoted: an ephemeral message with the price ──► accept (once) │ edit │ cancel
     └───────► rejected, with a button for what would fit

What is ordered is decided in the transaction that holds the credits; see data/orders.py.

A private response replaces the ephemeral message whose button was used, so that no old button stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import structlog

from bot.discord_client.modals import modal_values
from bot.discord_client.responses import (
    correct_card,
    replace_ephemeral,
    respond,
    respond_ephemeral,
    respond_with_followup,
    send_ephemeral,
)
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Shortfall
from bot.domain.estimates import Estimate
from bot.domain.job import Job, JobState
from bot.domain.order import (
    ALWAYS_CONFIRM,
    ConfirmationRequired,
    InvalidDraft,
    Order,
    OrderContext,
    OrderPlaced,
    OrderRejected,
    decide,
)
from bot.domain.preferences import apply_preferences
from bot.domain.quota import Block
from bot.domain.quote import Quote, QuotePreview, QuoteUnavailable, QuoteUnavailableReason
from bot.domain.request import (
    MAX_DURATION_SECONDS,
    MIN_DURATION_SECONDS,
    Draft,
    Problem,
    ProblemCode,
    ValidatedRequest,
    sort_problems,
    to_draft,
    validate,
)
from bot.errors import AnsweredElsewhere, DeliveryRejected, DeliveryUnconfirmed, StorageError
from bot.services.orders import OrderService
from bot.ui import errors, job_messages, modals, quotes
from cogs.checks import Interaction, missing_permissions, role_ids
from cogs.component_router import ComponentHandler, id_argument

_log = structlog.stdlib.get_logger(__name__)


class OrderFlow:
    """Places orders and quotes for the commands, buttons and modals.

    `estimate` says what a new job may expect. A price above `confirm_above` credits is shown before it is held.
    """

    def __init__(
        self,
        orders: OrderService,
        catalogue: Catalogue,
        estimate: Callable[[OrderPlaced], Estimate],
        confirm_above: int,
    ) -> None:
        self._orders = orders
        self._catalogue = catalogue
        self._estimate = estimate
        self._confirm_above = confirm_above
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "quote-accept": self._accept,
            "quote-edit": self._change,
            "quote-cancel": self._cancel,
            "order": self._on_modal,
        }

    async def submit(
        self,
        interaction: Interaction,
        draft: Draft,
        *,
        use_preferences: bool = False,
        show_price: bool = False,
        edit: bool = False,
        changed: Quote | None = None,
    ) -> None:
        """Order a draft, or show its price first: above the limit, or always with `show_price`.

        `use_preferences` completes the draft from the member's preferences. `edit` replaces the ephemeral message
        whose button or modal was used. `changed` is the quote that this draft replaces: only one of them is made.
        """
        if await self._may_post(interaction, draft, use_preferences=use_preferences, edit=edit):
            await self._place(
                interaction,
                draft,
                changed,
                use_preferences=use_preferences,
                confirm_above=ALWAYS_CONFIRM if show_price else self._confirm_above,
                edit=edit,
                changed=changed is not None,
            )

    async def show_problems(self, interaction: Interaction, invalid: InvalidDraft, *, edit: bool = False) -> None:
        """Show everything that is wrong, with a button that opens the modal with what was entered."""
        valid = validate(_valid_part(invalid), self._catalogue)
        view = None
        if isinstance(valid, ValidatedRequest) and interaction.guild_id is not None:
            view = quotes.edit_view(await self._orders.save_quote(_order(interaction, valid)))
        await respond_ephemeral(interaction, errors.validation_embed(invalid.problems), view, edit=edit)

    async def open_modal(self, interaction: Interaction, draft: Draft, *, title: str, cut: bool = False) -> None:
        """Open the modal with a draft, completed from the member's preferences."""
        preferences = await self._orders.preferences(interaction.user.id)
        filled = apply_preferences(draft, preferences, self._catalogue)
        await interaction.response.send_modal(modals.movie_modal(title, ("order",), filled, self._catalogue, cut=cut))

    # ── buttons and modals ───────────────────────────────────────────────────────────────────────────────────────

    async def _accept(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote = await self._orders.get_quote(id_argument(arguments), interaction.user.id)
        if isinstance(quote, QuoteUnavailable):
            await self._refuse_quote(interaction, quote)
            return
        draft = to_draft(quote.request)
        checked = validate(draft, self._catalogue)
        if not isinstance(checked, ValidatedRequest) or checked.price != quote.price:
            # the catalogue has changed since the quote: the model is gone, or its price is another
            await self.submit(interaction, draft, show_price=True, edit=True)
        elif await self._may_post(interaction, draft, edit=True):
            await self._place(interaction, draft, quote, edit=True)

    async def _change(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the modal, of an expired or a cancelled quote too: what was entered is worth keeping."""
        found = await self._orders.get_quote(id_argument(arguments), interaction.user.id)
        quote = _editable(found)
        if quote is None:
            await self._show_unavailable(interaction, found)
            return
        modal = modals.movie_modal(modals.CHANGE_TITLE, ("order", quote.id), to_draft(quote.request), self._catalogue)
        await interaction.response.send_modal(modal)

    async def _cancel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote_id = id_argument(arguments)
        if await self._orders.cancel_quote(quote_id, interaction.user.id):
            await respond_ephemeral(interaction, quotes.cancelled_embed(), edit=True)
        else:
            await self._show_unavailable(interaction, await self._orders.get_quote(quote_id, interaction.user.id))

    async def _on_modal(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Order what a modal holds; with a quote's id, in place of that quote, even an expired or cancelled one."""
        quote = None
        if arguments:
            found = await self._orders.get_quote(id_argument(arguments), interaction.user.id)
            quote = _editable(found)
            if quote is None:
                await self._refuse_quote(interaction, found)
                return
        fields = modal_values(interaction)
        seconds = fields.get(modals.SECONDS, "").strip()
        draft = Draft(
            fields.get(modals.PROMPT, ""),
            modals.parse_seconds(seconds),
            fields.get(modals.VIDEO_MODEL),
            fields.get(modals.IMAGE_MODEL),
            fields.get(modals.ASPECT_RATIO),
        )
        if draft.duration_seconds is None:
            invalid = self._not_a_number(draft, seconds)
            await self.show_problems(interaction, invalid, edit=quote is not None)
            return
        await self.submit(interaction, draft, edit=quote is not None, changed=quote)

    def _not_a_number(self, draft: Draft, seconds: str) -> InvalidDraft:
        """A draft whose duration is no number, which `validate` would take for the default."""
        bounds = (str(MIN_DURATION_SECONDS), str(MAX_DURATION_SECONDS))
        problem = Problem(ProblemCode.SECONDS_OUT_OF_RANGE, seconds, bounds)
        checked = validate(draft, self._catalogue)
        others = () if isinstance(checked, ValidatedRequest) else checked
        return InvalidDraft(draft, sort_problems((problem, *others)))

    async def _refuse_quote(self, interaction: Interaction, found: Quote | QuoteUnavailable) -> None:
        """Show why a quote can't be accepted, unless another process answers this very interaction."""
        job = found.job if isinstance(found, QuoteUnavailable) else None
        if job is not None and job.interaction_id == interaction.id:
            _log.warning("interaction_duplicate", interaction_id=interaction.id)
            return
        await self._show_unavailable(interaction, found)

    async def _show_unavailable(self, interaction: Interaction, found: Quote | QuoteUnavailable) -> None:
        if isinstance(found, Quote):  # it could not be cancelled a moment ago, and its job was voided since
            found = QuoteUnavailable(QuoteUnavailableReason.EXPIRED)
        await respond_ephemeral(interaction, quotes.unavailable_embed(found), edit=True)

    # ── the steps ────────────────────────────────────────────────────────────────────────────────────────────────

    async def _may_post(
        self, interaction: Interaction, draft: Draft, *, use_preferences: bool = False, edit: bool
    ) -> bool:
        """Whether the bot may post in this channel; where not, tell the member and save their order as a quote."""
        if interaction.guild_id is None:
            await send_ephemeral(interaction, errors.only_in_servers())
            return False
        missing = missing_permissions(interaction)
        if not missing:
            return True
        preferences = await self._orders.preferences(interaction.user.id)
        decided = decide(draft, preferences, self._catalogue, use_preferences=use_preferences)
        match decided:
            case ValidatedRequest():
                view = quotes.edit_view(await self._orders.save_quote(_order(interaction, decided)))
                await send_ephemeral(interaction, errors.missing_permissions(missing), view)
            case InvalidDraft():
                await self.show_problems(interaction, decided, edit=edit)
            case ConfirmationRequired():  # not without a limit
                raise AssertionError(decided)
        return False

    async def _place(
        self,
        interaction: Interaction,
        draft: Draft,
        quote: Quote | None = None,
        *,
        use_preferences: bool = False,
        confirm_above: int | None = None,
        edit: bool,
        changed: bool = False,
    ) -> None:
        context = _context(interaction)
        placed = await self._orders.place(
            context,
            draft,
            use_preferences=use_preferences,
            confirm_above=confirm_above,
            quote_id=None if quote is None else quote.id,
            changed=changed,
        )
        match placed:
            case OrderPlaced(job):
                shown = await self._show(interaction, placed, edit=edit)
                if edit and not shown:  # an ephemeral message that may say "ordered" asks again instead
                    still_open = await self._reopen_quote(Order(context, job.request, job.price), quote)
                    await replace_ephemeral(interaction, quotes.not_accepted_embed(), quotes.quote_view(still_open))
            case OrderRejected(job, reason):
                await self._show_rejected(interaction, Order(context, job.request, job.price), reason, edit=edit)
            case ConfirmationRequired(checked):
                if quote is not None:
                    await self._orders.cancel_quote(quote.id, quote.member_id)
                await self._show_quote(interaction, _order(interaction, checked), edit=edit)
            case InvalidDraft():
                await self.show_problems(interaction, placed, edit=edit)
            case None:
                pass

    async def _show_quote(self, interaction: Interaction, order: Order, *, edit: bool) -> None:
        preview = await self._orders.create_quote(order)
        if isinstance(preview, QuotePreview):
            view = quotes.quote_view(preview.quote)
            await respond_ephemeral(interaction, quotes.quote_embed(preview, self._catalogue), view, edit=edit)
        else:
            await self._show_rejected(interaction, order, preview, edit=edit)

    async def _reopen_quote(self, order: Order, quote: Quote | None) -> Quote:
        """Return the quote of an order whose job was voided: its own, or a new one where the request changed."""
        if quote is not None and quote.request == order.request:
            return quote
        if quote is not None:
            await self._orders.cancel_quote(quote.id, quote.member_id)
        return await self._orders.save_quote(order)

    async def _show_rejected(
        self, interaction: Interaction, order: Order, reason: Shortfall | Block | QuoteUnavailable, *, edit: bool
    ) -> None:
        match reason:
            case Block():
                await respond_ephemeral(interaction, errors.blocked_embed(reason), edit=edit)
            case QuoteUnavailable():
                await respond_ephemeral(interaction, quotes.unavailable_embed(reason), edit=edit)
            case Shortfall():
                model = self._catalogue.video_model(order.request.video_model)
                assert model is not None  # the request is valid
                smaller = await self._largest_affordable(order, reason, model.credits_per_second)
                if smaller is None:
                    view = quotes.edit_view(await self._orders.save_quote(order))
                else:
                    view = quotes.smaller_quote_view(smaller.quote)
                await respond_ephemeral(interaction, errors.insufficient_credits_embed(reason, model), view, edit=edit)

    async def _largest_affordable(
        self, order: Order, shortfall: Shortfall, credits_per_second: int
    ) -> QuotePreview | None:
        """Save a quote of the longest movie that fits; None where there is none."""
        seconds = shortfall.affordable_seconds(credits_per_second)
        if not MIN_DURATION_SECONDS <= seconds < order.request.duration_seconds:
            return None
        request = replace(order.request, duration_seconds=seconds)
        preview = await self._orders.create_quote(Order(order.origin, request, seconds * credits_per_second))
        return preview if isinstance(preview, QuotePreview) else None

    async def _show(self, interaction: Interaction, placed: OrderPlaced, *, edit: bool) -> bool:
        """Show the card; only an accepted response queues the job, and any other voids it.

        False: the ephemeral message may say "ordered" all the same. Where another process has responded, it is True.
        """
        job = placed.job
        card = job_messages.job_embed(job, self._catalogue, self._estimate(placed))
        view = job_messages.job_view(job)
        try:
            if edit:
                card_id = await respond_with_followup(interaction, quotes.accepted_embed(), card, view)
            else:
                card_id = await respond(interaction, card, view)
        except AnsweredElsewhere:
            await self._orders.void(job, notify=False)
            return True
        except (DeliveryRejected, DeliveryUnconfirmed) as exc:
            await self._orders.void(job, notify=isinstance(exc, DeliveryUnconfirmed))
            _log.warning("response_unconfirmed", job_id=job.id, error_type=type(exc).__name__, error=str(exc))
            return False
        if card_id is None:  # accepted, but Discord did not say which message it is
            await self._orders.void(job, notify=False)
        elif await self._orders.enqueue(job, card_id):
            return True
        return await self._not_confirmed(interaction, job, card_id if edit else None)

    async def _not_confirmed(self, interaction: Interaction, job: Job, followup_id: int | None) -> bool:
        """Tell the member that a movie whose card is shown will not be made, and correct the card.

        `followup_id` is the card's where it is not the first response. True: the job is in the queue after all.
        """
        try:
            job = await self._orders.current(job)
        except StorageError:  # `void_unacknowledged` voids it, and its card is found later
            _log.warning("job_not_read", job_id=job.id)
        if job.acknowledged_at is not None:  # the commit only seemed to fail
            return True
        if job.state is JobState.CANCELLED:
            await correct_card(
                interaction, followup_id, job_messages.job_embed(job, self._catalogue), job_messages.job_view(job)
            )
            await send_ephemeral(interaction, errors.order_voided())
        else:
            await send_ephemeral(interaction, errors.not_queued())
        return False


def _editable(found: Quote | QuoteUnavailable) -> Quote | None:
    """The quote, unless it has a job or is no longer kept."""
    if isinstance(found, Quote):
        return found
    return None if found.reason is QuoteUnavailableReason.ACCEPTED else found.quote


def _context(interaction: Interaction) -> OrderContext:
    assert interaction.guild_id is not None
    assert interaction.channel_id is not None
    return OrderContext(
        interaction.id,
        interaction.guild_id,
        interaction.channel_id,
        interaction.user.id,
        role_ids(interaction.user),
        interaction.user.display_name,
    )


def _order(interaction: Interaction, checked: ValidatedRequest) -> Order:
    return Order(_context(interaction), checked.request, checked.price)


def _valid_part(invalid: InvalidDraft) -> Draft:
    """The draft with defaults in place of what is wrong in it."""
    draft = invalid.draft
    wrong = {problem.code for problem in invalid.problems}
    models = {ProblemCode.VIDEO_MODEL_UNKNOWN, ProblemCode.VIDEO_MODEL_ASPECT}
    shapes = {ProblemCode.ASPECT_UNKNOWN, ProblemCode.ASPECT_WITHOUT_MODEL}
    return Draft(
        draft.prompt,
        None if ProblemCode.SECONDS_OUT_OF_RANGE in wrong else draft.duration_seconds,
        None if wrong & models else draft.video_model,
        None if ProblemCode.IMAGE_MODEL_UNKNOWN in wrong else draft.image_model,
        None if wrong & shapes else draft.aspect_ratio,
    )
