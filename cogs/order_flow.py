"""Orders from commands, buttons and modals, up to the job's card.

    submit ──► placed: the credits are held ──► the card is shown ──► queued
     │ │                                    └─► Discord does not accept it ──► the hold is released
     │ └─────► quoted: an ephemeral message with the price ──► accept (once) │ edit │ cancel
     └───────► refused, with buttons for what helps

A submitted modal is always quoted: nothing is held before its member has read the price.

What is ordered is decided in the transaction that holds the credits; see data/orders.py.

A private response replaces the ephemeral message whose button was used, so that no old button stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import discord
import structlog

from bot import tracing
from bot.core.errors import AnsweredElsewhere, DeliveryRejected, DeliveryUnconfirmed, StorageError
from bot.discord_client.responses import (
    Declined,
    Interaction,
    correct_card,
    private_texts,
    replace_ephemeral,
    respond,
    respond_ephemeral,
    send_modal,
    send_text,
    show_refusal,
    unless_refused,
    without_deleted,
)
from bot.discord_client.uploads import PictureUploads
from bot.domain.catalogue import Catalogue
from bot.domain.delivery import PostedMessage
from bot.domain.durations import Estimate
from bot.domain.jobs import Job, JobState, encode_id
from bot.domain.operations import Operation
from bot.domain.orders import (
    ALWAYS_CONFIRM,
    ConfirmationRule,
    Order,
    OrderOutcome,
    OrderPlaced,
    OrderRefused,
    Quote,
    QuotePreview,
)
from bot.domain.pictures import size_problem
from bot.domain.preferences import apply_preferences
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from bot.domain.server_setup import MessageMenu
from bot.domain.text import has_visible
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, texts_in
from bot.services.moderation import Moderator
from bot.services.orders import OrderService
from bot.services.request_limits import OrderLimit
from bot.ui import formatting, job_messages, modals, quotes, refusals
from bot.ui.components import Message, plain
from cogs.checks import may_post, missing_permissions, order_context
from data import availability, jobs, orders, preferences, server_setup
from data import quotes as saved_quotes
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OrderFlow:
    """Places orders and quotes for the commands, buttons and modals.

    `estimate` says how long a new job may take, and `confirm` which prices are shown before they are held. `limit`
    counts orders.
    """

    database: Database
    orders: OrderService
    estimate: Callable[[OrderPlaced], Estimate]
    confirm: ConfirmationRule
    limit: OrderLimit
    moderator: Moderator
    uploads: PictureUploads

    async def submit(
        self,
        interaction: Interaction,
        order: Order,
        *,
        page: Callable[[Texts, QuotePreview], Message] = quotes.quote_message,
        refused: Callable[[Texts, OrderRefused], Message] = quotes.refused_order,
        edit: bool = False,
        files: Sequence[discord.Attachment] = (),
    ) -> None:
        """Place an order, show its price first, or say why not.

        `files` are its pictures, and their price is always shown first. `page` is the message that shows a price, and
        `refused` the one that says why not. `edit`: what is shown replaces the message that was pressed, as it does
        that of a quote.
        """
        check_may_order(interaction)
        await self.check_rate(interaction)
        confirm = ALWAYS_CONFIRM if files else order.confirm or self.confirm
        with tracing.span("order"):
            missing, traceparent = missing_permissions(interaction), tracing.current()
            order = replace(order, confirm=confirm, missing=missing, traceparent=traceparent)
            edit = edit or order.quote is not None
            if files:
                outcome = await self._place_with_pictures(interaction, order, files)
            else:
                outcome = await self.moderator.run(orders.place, order)
            match outcome:
                case OrderPlaced():
                    shown = await self._show_card(interaction, outcome, edit=edit)
                    if order.quote is not None and not shown:  # the quote takes the place of "ordered"
                        message = quotes.not_accepted_message(private_texts(interaction), order.quote)
                        await replace_ephemeral(interaction, message)
                case QuotePreview():
                    message = page(private_texts(interaction), outcome)
                    await respond_ephemeral(interaction, message, edit=edit)
                case OrderRefused(reason):
                    if isinstance(reason, Refused):
                        outcome = replace(outcome, reason=without_deleted(interaction, reason))
                    message = refused(private_texts(interaction), outcome)
                    await show_refusal(interaction, message, outcome.reason, edit=edit)
                case None:  # another process responds
                    _log.warning("interaction_duplicate", interaction_id=interaction.id)

    async def _place_with_pictures(
        self, interaction: Interaction, order: Order, files: Sequence[discord.Attachment]
    ) -> OrderOutcome | None:
        """Fetch pictures, and show the price of their movie. Discord is told to wait: that may take a minute.

        Raises:
            Declined: They can't be used.
        """
        if Operation.PICTURES not in self.database.policy.catalogue.limits.operations:
            raise Declined(Refused("pictures-not-offered"))
        if order.draft.seconds is not None or order.draft.storyboard:
            raise Declined(Refused("pictures-with-duration"))
        unless_refused(size_problem([file.size for file in files]))
        await interaction.response.defer(ephemeral=True, thinking=order.quote is None)
        async with self.uploads.turns:
            found = unless_refused(await self.uploads.fetch(encode_id(interaction.id), files))
            prompt = order.draft.prompt
            draft = replace(
                order.draft,
                prompt=prompt if has_visible(prompt) else private_texts(interaction)("pictures-prompt"),
                operation=Operation.PICTURES,
                sources=tuple(picture.id for picture in found),
            )
            return await self.moderator.run(orders.place, replace(order, draft=draft, pictures=found))

    async def editable(self, interaction: Interaction, quote_id: str) -> Quote:
        """Return a member's quote that has no job, also an old one.

        Raises:
            Declined: They may not order here, or it can't be changed any more.
        """
        check_may_order(interaction)
        match await self.database.read(saved_quotes.get, quote_id, interaction.user.id):
            case Refused(data={"quote": Quote() as quote}):
                return quote
            case found:
                return unless_refused(found, edit=True)

    async def open_modal(
        self,
        interaction: Interaction,
        draft: Draft,
        *,
        title: MessageId,
        action: tuple[str, ...] = ("order",),
        cut: bool = False,
    ) -> None:
        """Open the modal with a draft, completed from the member's preferences.

        `action` is the handler of what is submitted.
        """
        offered = await self.offered(interaction)
        chosen = await self.database.read(preferences.get, interaction.user.id)
        filled, _ = apply_preferences(draft, chosen, offered)
        modal = modals.movie_modal(private_texts(interaction), title, action, filled, offered, cut=cut)
        await send_modal(interaction, modal)

    async def check_menu(self, interaction: Interaction, *, own: bool) -> None:
        """Check that the server's setup lets such a message become a movie; `own`: it is the member's.

        Raises:
            Declined: It does not.
        """
        setup = await self.database.read(server_setup.get, interaction.guild_id or 0)
        if setup.menu is MessageMenu.OFF:
            raise Declined("refusals-menu-off")
        if setup.menu is MessageMenu.OWN and not own:
            raise Declined("refusals-not-own-message")

    async def offered(self, interaction: Interaction) -> Catalogue:
        """Return what the member can order here.

        Raises:
            Declined: They can't order anything.
        """
        check_may_order(interaction)
        return unless_refused(await self.database.read(availability.catalogue_for, order_context(interaction)))

    async def check_rate(self, interaction: Interaction) -> None:
        """Check that the member and the server order slowly enough.

        The order counts even if it is rejected later.

        Raises:
            Declined: It is too soon.
        """
        unless_refused(await self.limit.try_acquire(interaction.guild_id or 0, interaction.user.id))

    async def _show_card(self, interaction: Interaction, placed: OrderPlaced, *, edit: bool) -> bool:
        """Show the card, and queue the job: only an accepted response does.

        The job is voided where Discord does not accept the response. Returns False where the job was voided and this
        interaction's ephemeral message may still say "ordered". Where another process responded, it returns True.
        """
        job, texts = placed.job, texts_in(placed.job.server_language)
        card = job_messages.job_card(texts, job, self.database.policy.catalogue, self.estimate(placed))
        try:
            answer = plain(private_texts(interaction)("quotes-accepted")) if edit else None
            card_message_id = await respond(interaction, card, private=answer)
        except AnsweredElsewhere:
            await self.orders.void(job, notify=False)
            return True
        except (DeliveryRejected, DeliveryUnconfirmed) as exc:
            await self.orders.void(job, notify=isinstance(exc, DeliveryUnconfirmed))
            _log.warning("response_unconfirmed", job_id=job.id, error_type=type(exc).__name__, error=str(exc))
            return False
        if card_message_id is None:  # accepted, but Discord did not say which message it is
            await self.orders.void(job, notify=False)
        elif await self.orders.enqueue(job, card_message_id):
            if edit:  # the card was sent after the private answer, which gets a link to it
                place, private = PostedMessage(job.channel_id, card_message_id), private_texts(interaction)
                link = formatting.jump_to_movie(private, job, place, mine=True)
                await replace_ephemeral(interaction, plain(private("quotes-accepted"), link))
            return True
        return await self._not_confirmed(interaction, job, card_message_id if edit else None)

    async def _not_confirmed(self, interaction: Interaction, job: Job, followup_id: int | None) -> bool:
        """Tell the member that nothing will be made, and correct the card.

        `followup_id` is the card's id where the card is a followup message. Returns True if the job is queued after
        all.
        """
        try:
            job = await self.database.read(jobs.find, job.id) or job
        except StorageError:  # `void_unacknowledged` voids it, and its card is found later
            _log.warning("job_not_read", job_id=job.id)
        if job.acknowledged_at is not None:  # the commit only seemed to fail
            return True
        if job.state is JobState.CANCELLED:
            card = job_messages.job_card(texts_in(job.server_language), job, self.database.policy.catalogue)
            await correct_card(interaction, followup_id, card)
            await send_text(interaction, "errors-order-voided")
        else:
            await send_text(interaction, "errors-not-queued")
        return False


def of_press(interaction: Interaction, draft: Draft, quote: Quote | None = None, quoted: int | None = None) -> Order:
    """Return an order of which a press shows the price, with the words of its quote: its member wrote nothing now."""
    context, wording = order_context(interaction), None if quote is None else quote.wording
    return Order(context, draft, confirm=ALWAYS_CONFIRM, quote=quote, wording=wording, is_new=False, quoted=quoted)


def check_may_order(interaction: Interaction) -> None:
    """Check that the member may order here.

    Raises:
        Declined: They may not.
    """
    if interaction.guild_id is None:
        raise Declined("errors-only-in-servers")
    if not may_post(interaction):
        raise Declined(plain(refusals.member_may_not_post(private_texts(interaction))))
