"""Orders from commands, buttons and modals, up to the job's card.

    submit ──► placed: the credits are held ──► the card is shown ──► queued
     │ │                                    └─► Discord does not accept it ──► the hold is released
     │ └─────► quoted: an ephemeral message with the price ──► accept (once) │ edit │ cancel
     └───────► refused, with buttons for what helps

A submitted modal is always quoted: nothing is held before its member has read the price.

What is ordered is decided in the transaction that holds the credits; see data/orders.py.

A private response replaces the ephemeral message whose button was used, so that no old button stays.

Discord allows a modal five components and no button, and nothing in it reacts before it is submitted. So the price is
changed where it is shown, and what changes the prompt is on its second page: the member reads the new prompt before it
is ordered, and can go back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import discord
import structlog

from bot import tracing
from bot.core.errors import AnsweredElsewhere, Declined, DeliveryRejected, DeliveryUnconfirmed, StorageError
from bot.discord_client.modals import modal_values, selected_value, uploaded_files
from bot.discord_client.responses import (
    correct_card,
    private_texts,
    replace_ephemeral,
    respond,
    respond_ephemeral,
    send_ephemeral,
    send_text,
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
from bot.domain.request import Draft, Problem, ProblemCode, to_draft, to_new_draft
from bot.domain.server_setup import MessageMenu
from bot.domain.text import Wording, has_visible
from bot.locales.texts import Texts, texts_in
from bot.services.moderation import Moderator
from bot.services.orders import OrderService
from bot.services.request_limits import OrderLimit
from bot.ui import formatting, job_messages, modals, prompts, quotes, refusals
from bot.ui import help as help_messages
from bot.ui.components import Message, plain
from cogs.checks import (
    Interaction,
    decline,
    may_post,
    missing_permissions,
    order_context,
    refuse,
    show_refusal,
    without_deleted,
)
from cogs.component_router import ComponentHandler, InvalidCustomId, id_argument
from cogs.job_access import JobAccess
from data import availability, jobs, orders, preferences, server_setup
from data import quotes as saved_quotes
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)


OWN, OTHERS = "own", "others"
"""Whose message a modal was opened with."""


class OrderFlow:
    """Places orders and quotes for the commands, buttons and modals.

    `estimate` says how long a new job may take, and `confirm` which prices are shown before they are held. `limit`
    counts orders.
    """

    def __init__(
        self,
        database: Database,
        orders: OrderService,
        estimate: Callable[[OrderPlaced], Estimate],
        confirm: ConfirmationRule,
        limit: OrderLimit,
        moderator: Moderator,
        uploads: PictureUploads,
    ) -> None:
        self._database = database
        self._catalogue = database.policy.catalogue
        self._orders = orders
        self._moderator = moderator
        self._uploads = uploads
        self._estimate = estimate
        self._confirm = confirm
        self._limit = limit

    async def submit(
        self,
        interaction: Interaction,
        draft: Draft,
        *,
        use_preferences: bool = False,
        show_price: bool = False,
        quote: Quote | None = None,
        accepts: bool = False,
        wording: Wording | None = None,
        is_new: bool = True,
        problems: tuple[Problem, ...] = (),
        quoted: int | None = None,
        page: Callable[[Texts, QuotePreview], Message] = quotes.quote_message,
        refused: Callable[[Texts, OrderRefused], Message] = quotes.refused_order,
        edit: bool = False,
        files: Sequence[discord.Attachment] = (),
    ) -> None:
        """Order a draft, show its price first, or say why not; see `Order`.

        The price is shown where the rule says so, or always with `show_price` and where pictures come in `files`;
        `page` is the message that shows it, and `refused` the one that says why not. `edit`: what is shown replaces the
        message that was pressed, as it does that of a quote.
        """
        with tracing.span("order"):
            if not await self.may_order(interaction) or not await self.within_rate(interaction):
                return
            order = Order(
                order_context(interaction),
                draft,
                use_preferences,
                ALWAYS_CONFIRM if show_price or files else self._confirm,
                quote,
                accepts,
                wording,
                is_new,
                problems,
                missing_permissions(interaction),
                quoted,
            )
            edit = edit or quote is not None
            if files:
                outcome = await self._place_with_pictures(interaction, order, files)
            else:
                outcome = await self._moderator.run(orders.place, order)
            match outcome:
                case OrderPlaced():
                    await self._show_placed(interaction, outcome, quote, edit=edit)
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

    async def _show_placed(
        self, interaction: Interaction, placed: OrderPlaced, quote: Quote | None, *, edit: bool
    ) -> None:
        shown = await self._show_card(interaction, placed, edit=edit)
        if quote is not None and not shown:  # the quote takes the place of "ordered"
            await replace_ephemeral(interaction, quotes.not_accepted_message(private_texts(interaction), quote))

    async def _place_with_pictures(
        self, interaction: Interaction, order: Order, files: Sequence[discord.Attachment]
    ) -> OrderOutcome | None:
        """Fetch pictures, and show the price of their movie. Discord is told to wait: that may take a minute.

        Raises:
            Declined: They can't be used.
        """
        refused = size_problem([file.size for file in files])
        if Operation.PICTURES not in self._catalogue.limits.operations:
            refused = Refused("pictures-not-offered")
        elif order.draft.seconds is not None or order.draft.storyboard:
            refused = Refused("pictures-with-duration")
        if refused is not None:
            await decline(interaction, refused)
        await interaction.response.defer(ephemeral=True, thinking=order.quote is None)
        async with self._uploads.turns:
            found = await self._uploads.fetch(encode_id(interaction.id), files)
            if isinstance(found, Refused):
                await decline(interaction, found)
            prompt = order.draft.prompt
            draft = replace(
                order.draft,
                prompt=prompt if has_visible(prompt) else private_texts(interaction)("pictures-prompt"),
                operation=Operation.PICTURES,
                sources=tuple(picture.id for picture in found),
            )
            return await self._moderator.run(orders.place, replace(order, draft=draft, pictures=found))

    async def editable(self, interaction: Interaction, quote_id: str) -> Quote:
        """Return a member's quote that has no job, also an old one, or show why it can't be changed.

        Raises:
            Declined: It can't.
        """
        match await self._database.read(saved_quotes.get, quote_id, interaction.user.id):
            case Quote() as quote:
                pass
            case Refused(data={"quote": Quote() as quote}):
                pass
            case Refused() as refused:
                await decline(interaction, refused, edit=True)
        return quote

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
        if draft.operation is Operation.PICTURES:  # they are gone
            draft = replace(draft, seconds=None, operation=Operation.MOVIE, sources=())
        chosen = await self._database.read(preferences.get, interaction.user.id)
        filled, _ = apply_preferences(draft, chosen, offered)
        texts = private_texts(interaction)
        modal = modals.movie_modal(texts, purpose, action, filled, offered, cut=cut)
        await interaction.response.send_modal(modal)

    async def check_menu(self, interaction: Interaction, *, own: bool) -> None:
        """Say so where the server's setup lets no such message become a movie; `own`: it is the member's.

        Raises:
            Declined: It does not.
        """
        setup = await self._database.read(server_setup.get, interaction.guild_id or 0)
        if setup.menu is MessageMenu.OFF:
            await decline(interaction, "refusals-menu-off")
        if setup.menu is MessageMenu.OWN and not own:
            await decline(interaction, "refusals-not-own-message")

    async def offered(self, interaction: Interaction) -> Catalogue:
        """Return what the member can order here, or respond why nothing.

        Raises:
            Declined: They can't.
        """
        if not await self.may_order(interaction):
            raise Declined
        offered = await self._database.read(availability.catalogue_for, order_context(interaction))
        if isinstance(offered, Refused):
            await decline(interaction, offered)
        return offered

    async def within_rate(self, interaction: Interaction) -> bool:
        """Return whether the member and the server order slowly enough.

        The order counts even if it is rejected later. Where it is too soon, the member is told so.
        """
        refused = await self._limit.try_acquire(interaction.guild_id or 0, interaction.user.id)
        if refused is None:
            return True
        await refuse(interaction, refused)
        return False

    async def may_order(self, interaction: Interaction) -> bool:
        """Return whether the member may order here, or respond why not."""
        if interaction.guild_id is None:
            await send_text(interaction, "errors-only-in-servers")
        elif not may_post(interaction):
            await send_ephemeral(interaction, refusals.member_may_not_post(private_texts(interaction)))
        else:
            return True
        return False

    async def _show_card(self, interaction: Interaction, placed: OrderPlaced, *, edit: bool) -> bool:
        """Show the card, and queue the job: only an accepted response does.

        The job is voided where Discord does not accept the response. Returns False where the job was voided and this
        interaction's ephemeral message may still say "ordered". Where another process responded, it returns True.
        """
        job, texts = placed.job, texts_in(placed.job.server_language)
        card = job_messages.job_card(texts, job, self._catalogue, self._estimate(placed))
        try:
            answer = plain(private_texts(interaction)("quotes-accepted")) if edit else None
            card_message_id = await respond(interaction, card, private=answer)
        except AnsweredElsewhere:
            await self._orders.void(job, notify=False)
            return True
        except (DeliveryRejected, DeliveryUnconfirmed) as exc:
            await self._orders.void(job, notify=isinstance(exc, DeliveryUnconfirmed))
            _log.warning("response_unconfirmed", job_id=job.id, error_type=type(exc).__name__, error=str(exc))
            return False
        if card_message_id is None:  # accepted, but Discord did not say which message it is
            await self._orders.void(job, notify=False)
        elif await self._orders.enqueue(job, card_message_id):
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
            job = await self._database.read(jobs.find, job.id) or job
        except StorageError:  # `void_unacknowledged` voids it, and its card is found later
            _log.warning("job_not_read", job_id=job.id)
        if job.acknowledged_at is not None:  # the commit only seemed to fail
            return True
        if job.state is JobState.CANCELLED:
            texts = texts_in(job.server_language)
            await correct_card(interaction, followup_id, job_messages.job_card(texts, job, self._catalogue))
            await send_text(interaction, "errors-order-voided")
        else:
            await send_text(interaction, "errors-not-queued")
        return False


class OrderComponents:
    """Handler of the order modals, of *Continue*, and of a quote's buttons.

    What changes a quote makes one that replaces the one whose button or select was used. What it does follows from the
    quote alone, so pressed twice it shows the same.
    """

    def __init__(self, database: Database, flow: OrderFlow, access: JobAccess) -> None:
        self._database = database
        self._catalogue = database.policy.catalogue
        self._flow = flow
        self._access = access
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "continue": self._open_sequel,
            help_messages.MAKE: self._open_new,
            "order": self._on_modal,
            "order-message": self._on_message_modal,
            "order-remix": self._on_remix_modal,
            "order-sequel": self._on_sequel_modal,
            "quote-accept": self._accept,
            "quote-edit": self._edit,
            "quote-cancel": self._cancel,
            "quote-seconds": self._set_seconds,
            "quote-model": self._set_model,
            "quote-more": self._open_more,
            "quote-more-form": self._on_more,
            "quote-ideas": self._open_ideas,
            "quote-price": self._close_ideas,
            "quote-surprise": self._surprise,
            "quote-improve": self._improve,
            "quote-own": self._go_back,
            "quote-style": self._set_style,
        }

    async def _accept(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote = await self._database.read(saved_quotes.get, id_argument(arguments), interaction.user.id)
        if isinstance(quote, Refused):
            ordered = quote.data.get("job")
            if ordered is not None and ordered.interaction_id == interaction.id:  # another process responds to it
                _log.warning("interaction_duplicate", interaction_id=interaction.id)
                return
            await decline(interaction, quote, edit=True)
        await self._flow.submit(
            interaction, to_draft(quote.request), quote=quote, accepts=True, wording=quote.wording, is_new=False
        )

    async def _edit(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the modal with a quote's values.

        Works after the quote expired or was cancelled.
        """
        offered = await self._flow.offered(interaction)
        quote = await self._flow.editable(interaction, id_argument(arguments))
        texts, draft = private_texts(interaction), to_draft(quote.request)
        modal = modals.movie_modal(texts, modals.ModalPurpose.EDIT, ("order", quote.id), draft, offered)
        await interaction.response.send_modal(modal)

    async def _cancel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote_id = id_argument(arguments)
        if await self._database.write(saved_quotes.cancel, quote_id, interaction.user.id):
            await respond_ephemeral(interaction, plain(private_texts(interaction)("quotes-cancelled")), edit=True)
            return
        found = await self._database.read(saved_quotes.get, quote_id, interaction.user.id)
        # a quote: its job was voided after the attempt to cancel it
        refused = Refused("quotes-expired") if isinstance(found, Quote) else found
        await decline(interaction, refused, edit=True)

    async def _on_message_modal(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the price of a message's movie, if still allowed."""
        await self._flow.check_menu(interaction, own=arguments == (OWN,))
        await self._on_modal(interaction, ())

    async def _open_new(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the modal for a new movie, empty or with an idea."""
        if interaction.guild_id is None:
            raise InvalidCustomId
        idea = prompts.new_idea(private_texts(interaction), str(interaction.id))
        draft = Draft(idea if arguments == (help_messages.IDEA,) else "")
        await self._flow.open_modal(interaction, draft, purpose=modals.ModalPurpose.NEW)

    async def _open_sequel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the modal for a next scene, with the same models.

        Anyone who may see the movie in its server may use it, and pays for what they order.
        """
        job = await self._access.with_prompt(interaction, id_argument(arguments))
        if job.state is not JobState.COMPLETED:
            raise InvalidCustomId
        longest = self._catalogue.limits.max_prompt_length
        prompt = quotes.next_scene(private_texts(interaction), job.request.prompt, longest)
        draft = replace(to_new_draft(job.request, self._catalogue.limits), prompt=prompt)
        purpose, action = modals.ModalPurpose.CONTINUE, ("order-sequel", job.id)
        await self._flow.open_modal(interaction, draft, purpose=purpose, action=action)

    async def _on_sequel_modal(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the price of a next scene."""
        job = await self._access.visible(interaction, id_argument(arguments))
        if job.state is not JobState.COMPLETED:
            raise InvalidCustomId
        await self._on_modal(interaction, (), continues=job.id, origin=job)

    async def _on_remix_modal(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the price of a remix."""
        job = await self._access.visible(interaction, id_argument(arguments))
        await self._on_modal(interaction, (), remixes=job.id, origin=job)

    async def _on_modal(
        self,
        interaction: Interaction,
        arguments: tuple[str, ...],
        *,
        continues: str | None = None,
        remixes: str | None = None,
        origin: Job | None = None,
    ) -> None:
        """Show the price of what the modal contains.

        Its quote replaces the one that was edited, which may have expired or been cancelled. An empty prompt is an idea
        of the bot's. `continues` is the movie whose next scene it is, `remixes` the one that it was remixed from: that
        is its `origin`. What began with a storyboard does so again, with the same music and voice, for the form has no
        room for them.
        """
        offered = await self._flow.offered(interaction)
        quote = await self._flow.editable(interaction, id_argument(arguments)) if arguments else None
        draft, problems = modals.read_modal(modal_values(interaction), offered.limits)
        if quote is not None:  # and what its form has no room for
            before = to_draft(quote.request)
            continues, remixes = before.continues, before.remixes
            sound = {"music": before.music, "voice": before.voice}
            draft = replace(draft, storyboard=before.storyboard, **sound)
            draft = replace(draft, operation=before.operation, sources=before.sources)
        elif origin is not None:
            extras = origin.request.extras
            draft = replace(draft, storyboard=origin.has_steps or None, music=extras.music, voice=extras.voice)
        draft = replace(draft, continues=continues, remixes=remixes)
        is_idea, texts = not has_visible(draft.prompt), private_texts(interaction)
        if draft.operation is Operation.PICTURES:
            problems = tuple(each for each in problems if each.code is not ProblemCode.SECONDS_OUT_OF_RANGE)
            draft = replace(draft, prompt=texts("pictures-prompt")) if is_idea else draft
        elif is_idea:
            draft = replace(draft, prompt=prompts.new_idea(texts, str(interaction.id)))
        wording = None if quote is None else quote.wording_of(draft.prompt)
        is_new = not is_idea and (quote is None or draft.prompt != quote.request.prompt)
        await self._flow.submit(
            interaction, draft, show_price=True, quote=quote, wording=wording, is_new=is_new, problems=problems
        )

    async def _set_seconds(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the price of another duration."""
        seconds = modals.parse_seconds(selected_value(interaction))
        if seconds is None:
            raise InvalidCustomId
        quote = await self._quote(interaction, arguments)
        await self._reprice(interaction, quote, replace(to_draft(quote.request), seconds=seconds))

    async def _set_model(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the price with another model."""
        quote = await self._quote(interaction, arguments)
        draft = replace(to_draft(quote.request), video_model=selected_value(interaction))
        await self._reprice(interaction, quote, draft)

    async def _open_more(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the second form."""
        quote = await self._more_quote(interaction, arguments)
        action, draft, limits = ("quote-more-form", quote.id), to_draft(quote.request), self._catalogue.limits
        modal = modals.more_modal(private_texts(interaction), action, draft, limits)
        await interaction.response.send_modal(modal)

    async def _on_more(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the price with what the second form says."""
        quote = await self._more_quote(interaction, arguments)
        draft, files = modals.read_more(modal_values(interaction), to_draft(quote.request)), uploaded_files(interaction)
        if files:  # which decide how long it is
            draft = replace(draft, seconds=None, storyboard=None)
        await self._reprice(interaction, quote, draft, files=files)

    async def _open_ideas(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show what changes the prompt."""
        quote = await self._quote(interaction, arguments)
        await self._reprice(interaction, quote, to_draft(quote.request), quotes.ideas_message)

    async def _close_ideas(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the price, with what changes it."""
        quote = await self._quote(interaction, arguments)
        await self._reprice(interaction, quote, to_draft(quote.request))

    async def _reprice(
        self,
        interaction: Interaction,
        quote: Quote,
        draft: Draft,
        page: Callable[[Texts, QuotePreview], Message] = quotes.quote_message,
        files: Sequence[discord.Attachment] = (),
    ) -> None:
        """Show the price of a quote's prompt with other choices."""
        await self._flow.submit(
            interaction,
            draft,
            show_price=True,
            quote=quote,
            wording=quote.wording,
            is_new=False,
            page=page,
            files=files,
        )

    async def _surprise(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Put an idea in place of the prompt, in the same style."""
        quote = await self._quote(interaction, arguments)
        before = quote.full_wording
        idea = prompts.new_idea(private_texts(interaction), quote.id, previous=before.base)
        await self._reword(interaction, quote, replace(before, base=idea, improvement=None))

    async def _improve(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Add words about the shot, the light, the camera and the mood."""
        quote = await self._quote(interaction, arguments)
        before = quote.full_wording
        await self._reword(interaction, quote, replace(before, improvement=prompts.improvement(before.base)))

    async def _go_back(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Go back to what the member wrote."""
        quote = await self._quote(interaction, arguments)
        own = quote.full_wording.own
        await self._reword(interaction, quote, Wording(own, own))

    async def _set_style(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote = await self._quote(interaction, arguments)
        key = prompts.parse_style(selected_value(interaction))
        if key is not None and self._catalogue.style(key) is None:
            await decline(interaction, "prompts-style-gone")
        await self._reword(interaction, quote, replace(quote.full_wording, style=key))

    async def _quote(self, interaction: Interaction, arguments: tuple[str, ...]) -> Quote:
        if not await self._flow.may_order(interaction):
            raise Declined
        return await self._flow.editable(interaction, id_argument(arguments))

    async def _more_quote(self, interaction: Interaction, arguments: tuple[str, ...]) -> Quote:
        """Return the quote of the second form, for which the button may be of another version of the API."""
        if Operation.STORYBOARD not in self._catalogue.limits.operations:
            raise InvalidCustomId
        return await self._quote(interaction, arguments)

    async def _reword(self, interaction: Interaction, quote: Quote, wording: Wording) -> None:
        """Show a quote with another prompt, unless that is too long."""
        texts, longest = private_texts(interaction), self._catalogue.limits.max_prompt_length
        prompt = prompts.compose(texts, wording, self._catalogue.style(wording.style), longest)
        if prompt is None:
            await send_text(interaction, "prompts-no-room", characters=longest)
            return
        draft = replace(to_draft(quote.request), prompt=prompt)
        kept = None if wording.is_own else wording
        page = quotes.ideas_message
        await self._flow.submit(interaction, draft, show_price=True, quote=quote, wording=kept, is_new=False, page=page)
