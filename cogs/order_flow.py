"""From what a member asks for to the card in the channel: the same way from the command, a button and a form.

    ask ──► placed: the credits are held ──► the card is shown ──► queued
     │ │                                 └─► Discord does not take it ──► the credits come back
     │ └──► offered: a private card with the price ──► make (once) │ change │ drop
     └────► refused, with what would fit as a button

What is asked for, with what is remembered of the member, is decided in the very transaction that holds the credits.

What is private is answered in place of the private card that it came from, so that no old button stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

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
from bot.domain.order import ConfirmationRequired, Decide, InvalidDraft, Order, OrderContext, OrderPlaced, OrderRejected
from bot.domain.preferences import Preferences, apply_preferences
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
from data.protocols import PreferenceKeeper

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What it takes to order: `outlook` says what a new job may expect; `confirm_above` is in credits."""

    intake: OrderService
    catalogue: Catalogue
    preferences: PreferenceKeeper
    outlook: Callable[[OrderPlaced], Estimate]
    confirm_above: int


class OrderFlow:
    """Takes orders, however they come."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._intake = desk.intake
        self._catalogue = desk.catalogue
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
        """Order what was asked for, or show its price first: above the limit, or where `show_price` says so.

        `fill_in` takes what the member did not say from what is remembered of them. `instead` answers in place of the
        private message whose button or form it came from. `changed` is the offer that this takes the place of: there
        comes one movie of both.
        """

        def settle(remembered: Preferences) -> ValidatedRequest | InvalidDraft:
            filled = apply_preferences(draft, remembered, self._catalogue) if use_preferences else draft
            checked = validate(filled, self._catalogue)
            return checked if isinstance(checked, ValidatedRequest) else InvalidDraft(filled, checked)

        def decide(remembered: Preferences) -> ValidatedRequest | ConfirmationRequired | InvalidDraft:
            settled = settle(remembered)
            if isinstance(settled, ValidatedRequest) and (show_price or settled.price > self._desk.confirm_above):
                return ConfirmationRequired(settled)
            return settled

        if await self._may_post(interaction, settle, edit=edit):
            await self._place(interaction, decide, changed, edit=edit, changed=changed is not None)

    async def show_problems(self, interaction: Interaction, unsound: InvalidDraft, *, edit: bool = False) -> None:
        """Say everything that is wrong, with a button that opens the form with what was typed."""
        mended = validate(_valid_part(unsound), self._catalogue)
        view = None
        if isinstance(mended, ValidatedRequest) and interaction.guild_id is not None:
            view = quotes.edit_view(await self._intake.save_quote(_order(interaction, mended)))
        await respond_ephemeral(interaction, errors.validation_embed(unsound.problems), view, edit=edit)

    async def open_modal(self, interaction: Interaction, draft: Draft, *, title: str, cut: bool = False) -> None:
        """Open the form, filled in with a draft and with what is remembered of the member."""
        filled = await self._filled(interaction, draft)
        await interaction.response.send_modal(modals.movie_modal(title, ("order",), filled, self._catalogue, cut=cut))

    async def _filled(self, interaction: Interaction, draft: Draft) -> Draft:
        return apply_preferences(draft, await self._remembered(interaction), self._catalogue)

    async def _remembered(self, interaction: Interaction) -> Preferences:
        return await self._desk.preferences.get(interaction.user.id)

    # ── presses and forms ────────────────────────────────────────────────────────────────────────────────────────

    async def _accept(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        offer = await self._intake.get_quote(id_argument(arguments), interaction.user.id)
        stale = await self._intake.why_stale(id_argument(arguments), interaction.user.id)
        if _repeated(interaction, stale):
            return
        if offer is None or stale is not None:
            await respond_ephemeral(
                interaction,
                quotes.unavailable_embed(stale or QuoteUnavailable(QuoteUnavailableReason.EXPIRED)),
                edit=True,
            )
            return
        draft = to_draft(offer.request)
        checked = validate(draft, self._catalogue)
        if not isinstance(checked, ValidatedRequest) or checked.price != offer.price:
            # a model was taken off the catalogue meanwhile, or its price has changed
            await self.submit(interaction, draft, show_price=True, edit=True)
        elif await self._may_post(interaction, lambda _: checked, edit=True):
            await self._place(interaction, lambda _: checked, offer, edit=True)

    async def _change(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the form; that of an old or a cancelled card, too, for what was typed is worth keeping."""
        offer = await self._intake.get_quote(id_argument(arguments), interaction.user.id)
        stale = await self._intake.why_stale(id_argument(arguments), interaction.user.id)
        if offer is None or (stale is not None and stale.reason is QuoteUnavailableReason.ACCEPTED):
            await respond_ephemeral(
                interaction,
                quotes.unavailable_embed(stale or QuoteUnavailable(QuoteUnavailableReason.EXPIRED)),
                edit=True,
            )
            return
        form = modals.movie_modal(modals.CHANGE_TITLE, ("order", offer.id), to_draft(offer.request), self._catalogue)
        await interaction.response.send_modal(form)

    async def _cancel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        if await self._intake.cancel_quote(id_argument(arguments), interaction.user.id):
            await respond_ephemeral(interaction, quotes.cancelled_embed(), edit=True)
        else:
            await self._stale(interaction, id_argument(arguments))

    async def _on_modal(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """A form came back: a new one, or (with an offer's id) one that changes an offer, which can be made no more.

        It may be too old by now, or cancelled: what was typed is worth keeping. It makes one movie all the same.
        """
        instead = bool(arguments)
        changed = None
        if instead:
            changed = await self._intake.get_quote(id_argument(arguments), interaction.user.id)
            stale = await self._intake.why_stale(id_argument(arguments), interaction.user.id)
            if _repeated(interaction, stale):
                return
            if changed is None or (stale is not None and stale.reason is QuoteUnavailableReason.ACCEPTED):
                await respond_ephemeral(
                    interaction,
                    quotes.unavailable_embed(stale or QuoteUnavailable(QuoteUnavailableReason.EXPIRED)),
                    edit=True,
                )
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
            bounds = (str(MIN_DURATION_SECONDS), str(MAX_DURATION_SECONDS))
            odd = Problem(ProblemCode.SECONDS_OUT_OF_RANGE, seconds, bounds)
            checked = validate(draft, self._catalogue)
            problems = () if isinstance(checked, ValidatedRequest) else checked
            await self.show_problems(interaction, InvalidDraft(draft, sort_problems((odd, *problems))), edit=instead)
            return
        await self.submit(interaction, draft, edit=instead, changed=changed)

    # ── the steps ────────────────────────────────────────────────────────────────────────────────────────────────

    async def _may_post(
        self, interaction: Interaction, settle: Callable[[Preferences], ValidatedRequest | InvalidDraft], *, edit: bool
    ) -> bool:
        """Whether the bot may post the card and the movie in this channel; where not, the member was told why not.

        What they asked for, as it settles, is kept for them all the same.
        """
        if interaction.guild_id is None:
            await send_ephemeral(interaction, errors.only_in_servers())
            return False
        missing = missing_permissions(interaction)
        if missing:
            settled = settle(await self._remembered(interaction))
            if isinstance(settled, InvalidDraft):
                await self.show_problems(interaction, settled, edit=edit)
                return False
            kept = quotes.edit_view(await self._intake.save_quote(_order(interaction, settled)))
            await send_ephemeral(interaction, errors.missing_permissions(missing), kept)
        return not missing

    async def _place(
        self,
        interaction: Interaction,
        decide: Decide,
        offer: Quote | None = None,
        *,
        edit: bool,
        changed: bool = False,
    ) -> None:
        origin = _origin(interaction)
        placed = await self._intake.place(origin, decide, None if offer is None else offer.id, changed=changed)
        match placed:
            case OrderPlaced(job):
                shown = await self._show(interaction, placed, edit=edit)
                if edit and not shown:  # a private card that may say "ordered" says that it was not, and asks again
                    open_still = await self._still_offered(Order(origin, job.request, job.price), offer)
                    await replace_ephemeral(interaction, quotes.not_accepted_embed(), quotes.quote_view(open_still))
            case OrderRejected(job, why):
                await self._not_placed(interaction, Order(origin, job.request, job.price), why, edit=edit)
            case ConfirmationRequired(checked):
                if offer is not None:
                    await self._intake.cancel_quote(offer.id, offer.member_id)
                await self._offer(interaction, _order(interaction, checked), edit=edit)
            case InvalidDraft():
                await self.show_problems(interaction, placed, edit=edit)
            case None:
                pass

    async def _offer(self, interaction: Interaction, order: Order, *, edit: bool) -> None:
        offered = await self._intake.create_quote(order)
        if isinstance(offered, QuotePreview):
            view = quotes.quote_view(offered.offer)
            await respond_ephemeral(interaction, quotes.quote_embed(offered, self._catalogue), view, edit=edit)
        else:
            await self._not_placed(interaction, order, offered, edit=edit)

    async def _still_offered(self, order: Order, offer: Quote | None) -> Quote:
        """The offer that stands for an order that was given back: its own, or a new one where it was changed."""
        if offer is not None and offer.request == order.request:
            return offer
        if offer is not None:
            await self._intake.cancel_quote(offer.id, offer.member_id)
        return await self._intake.save_quote(order)

    async def _not_placed(
        self, interaction: Interaction, order: Order, why: Shortfall | Block | QuoteUnavailable, *, edit: bool
    ) -> None:
        match why:
            case Block():
                await respond_ephemeral(interaction, errors.blocked_embed(why), edit=edit)
            case QuoteUnavailable():
                await respond_ephemeral(interaction, quotes.unavailable_embed(why), edit=edit)
            case Shortfall():
                model = self._catalogue.video_model(order.request.video_model)
                assert model is not None  # the request was checked a moment ago
                smaller = await self._largest_affordable(order, why, model.credits_per_second)
                if smaller is None:
                    view = quotes.edit_view(await self._intake.save_quote(order))
                else:
                    view = quotes.smaller_quote_view(smaller.offer)
                await respond_ephemeral(interaction, errors.insufficient_credits_embed(why, model), view, edit=edit)

    async def _largest_affordable(
        self, order: Order, shortfall: Shortfall, credits_per_second: int
    ) -> QuotePreview | None:
        """The longest movie that would fit, as an offer."""
        fits = shortfall.affordable_seconds(credits_per_second)
        if not MIN_DURATION_SECONDS <= fits < order.request.duration_seconds:
            return None
        request = replace(order.request, duration_seconds=fits)
        offered = await self._intake.create_quote(Order(order.origin, request, fits * credits_per_second))
        return offered if isinstance(offered, QuotePreview) else None

    async def _stale(self, interaction: Interaction, offer_id: str) -> None:
        """Say why an offer can't be closed any more."""
        stale = await self._intake.why_stale(offer_id, interaction.user.id)
        await respond_ephemeral(
            interaction, quotes.unavailable_embed(stale or QuoteUnavailable(QuoteUnavailableReason.EXPIRED)), edit=True
        )

    async def _show(self, interaction: Interaction, placed: OrderPlaced, *, edit: bool) -> bool:
        """Show the card; only an accepted answer queues the job, and any other gives the credits back.

        False: a private card may say "ordered" all the same. Where another process has answered, its answer stands.
        """
        job = placed.job
        card = job_messages.job_embed(job, self._catalogue, self._desk.outlook(placed))
        view = job_messages.job_view(job)
        try:
            if edit:
                card_id = await respond_with_followup(interaction, quotes.accepted_embed(), card, view)
            else:
                card_id = await respond(interaction, card, view)
        except AnsweredElsewhere:
            await self._intake.void(job, notify=False)
            return True
        except (DeliveryRejected, DeliveryUnconfirmed) as exc:
            await self._intake.void(job, notify=isinstance(exc, DeliveryUnconfirmed))
            _log.warning("response_unconfirmed", job_id=job.id, error_type=type(exc).__name__, error=str(exc))
            return False
        if card_id is None:  # accepted, but which message is the card was not said
            await self._intake.void(job, notify=False)
        elif await self._intake.enqueue(job, card_id):
            return True
        return await self._not_confirmed(interaction, job, card_id if edit else None)

    async def _not_confirmed(self, interaction: Interaction, job: Job, followup_id: int | None) -> bool:
        """Say that a movie will not be made although its card is shown, and let the card say so, too.

        `followup_id` is the card's where it is not the first answer. True: it is in the queue after all.
        """
        try:
            job = await self._intake.current(job)
        except StorageError:  # the sweep withdraws it, and finds its card
            _log.warning("job_not_read", job_id=job.id)
        if job.acknowledged_at is not None:  # a commit that seemed to fail
            return True
        if job.state is JobState.CANCELLED:
            await correct_card(
                interaction, followup_id, job_messages.job_embed(job, self._catalogue), job_messages.job_view(job)
            )
            await send_ephemeral(interaction, errors.order_voided())
        else:
            await send_ephemeral(interaction, errors.not_queued())
        return False


def _repeated(interaction: Interaction, stale: QuoteUnavailable | None) -> bool:
    """Whether an offer was taken by this very interaction, in another process, which answers it."""
    if stale is None or stale.job is None or stale.job.interaction_id != interaction.id:
        return False
    _log.warning("interaction_duplicate", interaction_id=interaction.id)
    return True


def _origin(interaction: Interaction) -> OrderContext:
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
    return Order(_origin(interaction), checked.request, checked.price)


def _valid_part(unsound: InvalidDraft) -> Draft:
    """The draft without what is wrong in it: its defaults take that place."""
    draft = unsound.draft
    wrong = {problem.code for problem in unsound.problems}
    models = {ProblemCode.VIDEO_MODEL_UNKNOWN, ProblemCode.VIDEO_MODEL_ASPECT}
    shapes = {ProblemCode.ASPECT_UNKNOWN, ProblemCode.ASPECT_WITHOUT_MODEL}
    return Draft(
        draft.prompt,
        None if ProblemCode.SECONDS_OUT_OF_RANGE in wrong else draft.duration_seconds,
        None if wrong & models else draft.video_model,
        None if ProblemCode.IMAGE_MODEL_UNKNOWN in wrong else draft.image_model,
        None if wrong & shapes else draft.aspect_ratio,
    )
