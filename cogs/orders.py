"""The order modals, *Continue*, and the buttons of a quote.

Discord allows a modal five components and no button, and nothing in it reacts before it is submitted. So the price is
changed where it is shown, and what changes the prompt is on its second page: the member reads the new prompt before it
is ordered, and can go back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

import discord

from bot.core.errors import DuplicateInteraction
from bot.discord_client.modals import modal_values, selected_value, uploaded_files
from bot.discord_client.responses import (
    Declined,
    Interaction,
    private_texts,
    respond_ephemeral,
    send_modal,
    unless_refused,
)
from bot.domain.jobs import Job, JobState
from bot.domain.operations import Operation
from bot.domain.orders import ALWAYS_CONFIRM, Order, Quote, QuotePreview
from bot.domain.refusal import Refused
from bot.domain.request import Draft, to_draft, to_new_draft
from bot.domain.text import Wording, has_visible
from bot.locales.texts import Texts
from bot.ui import help as help_messages
from bot.ui import modals, prompts, quotes
from bot.ui.components import Message, plain
from cogs.answering import Answering
from cogs.checks import order_context
from cogs.component_router import IdArgument, InvalidCustomId, component
from cogs.job_access import JobAccess
from cogs.order_flow import of_press
from data import quotes as saved_quotes

OWN, OTHERS = "own", "others"
"""Whose message a modal was opened with."""

_Page: TypeAlias = Callable[[Texts, QuotePreview], Message]
"""Shows a price."""


class OrderComponents(Answering):
    """Handler of the order modals, of *Continue*, and of a quote's buttons.

    What changes a quote makes one that replaces the one whose button or select was used. What it does follows from the
    quote alone, so pressed twice it shows the same.
    """

    async def _quote(self, interaction: Interaction, quote_id: IdArgument) -> Quote:
        return await self._flow.editable(interaction, quote_id)

    async def _more_quote(self, interaction: Interaction, quote_id: IdArgument) -> Quote:
        """Return the quote of the second form, for which the button may be of another version of the API."""
        if Operation.STORYBOARD not in self._catalogue.limits.operations:
            raise InvalidCustomId
        return await self._quote(interaction, quote_id)

    @component("quote-accept")
    async def _accept(self, interaction: Interaction, quote_id: IdArgument) -> None:
        found = await self._database.read(saved_quotes.get, quote_id, interaction.user.id)
        ordered = found.data.get("job") if isinstance(found, Refused) else None
        if ordered is not None and ordered.interaction_id == interaction.id:  # another process responds to it
            raise DuplicateInteraction
        quote = unless_refused(found, edit=True)
        order = of_press(interaction, to_draft(quote.request), quote)
        await self._flow.submit(interaction, replace(order, accepts=True))

    @component("quote-edit", given=_quote)
    async def _edit(self, interaction: Interaction, quote: Quote) -> None:
        """Open the modal with a quote's values.

        Works after the quote expired or was cancelled.
        """
        draft, action = to_draft(quote.request), ("order", quote.id)
        await self._flow.open_modal(interaction, draft, title="forms-edit-modal-title", action=action)

    @component("quote-cancel")
    async def _cancel(self, interaction: Interaction, quote_id: IdArgument) -> None:
        if await self._database.write(saved_quotes.cancel, quote_id, interaction.user.id):
            await respond_ephemeral(interaction, plain(private_texts(interaction)("quotes-cancelled")), edit=True)
            return
        found = await self._database.read(saved_quotes.get, quote_id, interaction.user.id)
        # a quote: its job was voided after the attempt to cancel it
        raise Declined(Refused("quotes-expired") if isinstance(found, Quote) else found, edit=True)

    @component("order-message")
    async def _on_message_modal(self, interaction: Interaction, whose: str = OTHERS) -> None:
        """Show the price of a message's movie, if still allowed."""
        await self._flow.check_menu(interaction, own=whose == OWN)
        await self._read_form(interaction, Draft(""))

    @component(help_messages.MAKE)
    async def _open_new(self, interaction: Interaction, what: str = "") -> None:
        """Open the modal for a new movie, empty or with an idea."""
        if interaction.guild_id is None:
            raise InvalidCustomId
        idea = prompts.new_idea(private_texts(interaction), str(interaction.id))
        draft = Draft(idea if what == help_messages.IDEA else "")
        await self._flow.open_modal(interaction, draft, title="forms-new-modal-title")

    @component("continue", given=JobAccess.with_prompt)
    async def _open_sequel(self, interaction: Interaction, job: Job) -> None:
        """Open the modal for a next scene, with the same models.

        Anyone who may see the movie in its server may use it, and pays for what they order.
        """
        if job.state is not JobState.COMPLETED:
            raise InvalidCustomId
        longest = self._catalogue.limits.max_prompt_length
        prompt = quotes.next_scene(private_texts(interaction), job.request.prompt, longest)
        draft = replace(to_new_draft(job.request, self._catalogue.limits), prompt=prompt)
        action = ("order-sequel", job.id)
        await self._flow.open_modal(interaction, draft, title="series-modal-title", action=action)

    @component("order-sequel", given=JobAccess.visible)
    async def _on_sequel_modal(self, interaction: Interaction, job: Job) -> None:
        """Show the price of a next scene."""
        if job.state is not JobState.COMPLETED:
            raise InvalidCustomId
        await self._read_form(interaction, replace(_without_words(job), continues=job.id))

    @component("order-remix", given=JobAccess.visible)
    async def _on_remix_modal(self, interaction: Interaction, job: Job) -> None:
        """Show the price of a remix."""
        await self._read_form(interaction, replace(_without_words(job), remixes=job.id))

    @component("order")
    async def _on_modal(self, interaction: Interaction, quote_id: IdArgument | None = None) -> None:
        """Show the price of what the modal contains.

        Its quote replaces the one that was edited, which may have expired or been cancelled.
        """
        quote = await self._quote(interaction, quote_id) if quote_id else None
        await self._read_form(interaction, Draft("") if quote is None else to_draft(quote.request), quote)

    async def _read_form(self, interaction: Interaction, before: Draft, quote: Quote | None = None) -> None:
        """Show the price of what the modal makes of a draft. An empty prompt is an idea of the bot's."""
        offered = await self._flow.offered(interaction)
        draft, problems = modals.read_modal(modal_values(interaction), before, offered.limits)
        is_idea, texts = not has_visible(draft.prompt), private_texts(interaction)
        if is_idea:
            of_pictures = draft.operation is Operation.PICTURES
            idea = texts("pictures-prompt") if of_pictures else prompts.new_idea(texts, str(interaction.id))
            draft = replace(draft, prompt=idea)
        order = Order(
            order_context(interaction),
            draft,
            confirm=ALWAYS_CONFIRM,
            quote=quote,
            wording=None if quote is None else quote.wording_of(draft.prompt),
            is_new=not is_idea and (quote is None or draft.prompt != quote.request.prompt),
            problems=problems,
        )
        await self._flow.submit(interaction, order)

    @component("quote-seconds", given=_quote)
    async def _set_seconds(self, interaction: Interaction, quote: Quote) -> None:
        """Show the price of another duration."""
        seconds = modals.parse_seconds(selected_value(interaction))
        if seconds is None:
            raise InvalidCustomId
        await self._reprice(interaction, quote, replace(to_draft(quote.request), seconds=seconds))

    @component("quote-model", given=_quote)
    async def _set_model(self, interaction: Interaction, quote: Quote) -> None:
        """Show the price with another model."""
        draft = replace(to_draft(quote.request), video_model=selected_value(interaction))
        await self._reprice(interaction, quote, draft)

    @component("quote-more", given=_more_quote)
    async def _open_more(self, interaction: Interaction, quote: Quote) -> None:
        """Open the second form."""
        action, draft, limits = ("quote-more-form", quote.id), to_draft(quote.request), self._catalogue.limits
        await send_modal(interaction, modals.more_modal(private_texts(interaction), action, draft, limits))

    @component("quote-more-form", given=_more_quote)
    async def _on_more(self, interaction: Interaction, quote: Quote) -> None:
        """Show the price with what the second form says."""
        draft, files = modals.read_more(modal_values(interaction), to_draft(quote.request)), uploaded_files(interaction)
        if files:  # which decide how long it is
            draft = replace(draft, seconds=None, storyboard=None)
        await self._reprice(interaction, quote, draft, files=files)

    @component("quote-ideas", given=_quote, page=quotes.ideas_message)
    @component("quote-price", given=_quote, page=quotes.quote_message)
    async def _show_page(self, interaction: Interaction, quote: Quote, *, page: _Page) -> None:
        """Show what changes the prompt, or the price with what changes it."""
        await self._reprice(interaction, quote, to_draft(quote.request), page)

    async def _reprice(
        self,
        interaction: Interaction,
        quote: Quote,
        draft: Draft,
        page: _Page = quotes.quote_message,
        files: Sequence[discord.Attachment] = (),
    ) -> None:
        """Show the price of a quote's prompt with other choices."""
        await self._flow.submit(interaction, of_press(interaction, draft, quote), page=page, files=files)

    @component("quote-surprise", given=_quote)
    async def _surprise(self, interaction: Interaction, quote: Quote) -> None:
        """Put an idea in place of the prompt, in the same style."""
        before = quote.full_wording
        idea = prompts.new_idea(private_texts(interaction), quote.id, previous=before.base)
        await self._reword(interaction, quote, replace(before, base=idea, improvement=None))

    @component("quote-improve", given=_quote)
    async def _improve(self, interaction: Interaction, quote: Quote) -> None:
        """Add words about the shot, the light, the camera and the mood."""
        before = quote.full_wording
        await self._reword(interaction, quote, replace(before, improvement=prompts.improvement(before.base)))

    @component("quote-own", given=_quote)
    async def _go_back(self, interaction: Interaction, quote: Quote) -> None:
        """Go back to what the member wrote."""
        own = quote.full_wording.own
        await self._reword(interaction, quote, Wording(own, own))

    @component("quote-style", given=_quote)
    async def _set_style(self, interaction: Interaction, quote: Quote) -> None:
        key = prompts.parse_style(selected_value(interaction))
        if key is not None and self._catalogue.style(key) is None:
            raise Declined("prompts-style-gone")
        await self._reword(interaction, quote, replace(quote.full_wording, style=key))

    async def _reword(self, interaction: Interaction, quote: Quote, wording: Wording) -> None:
        """Show a quote with another prompt, unless that is too long."""
        texts, longest = private_texts(interaction), self._catalogue.limits.max_prompt_length
        prompt = prompts.compose(texts, wording, self._catalogue.style(wording.style), longest)
        if prompt is None:
            raise Declined(plain(texts("prompts-no-room", characters=longest)))
        reworded = replace(quote, wording=None if wording.is_own else wording)
        await self._reprice(
            interaction, reworded, replace(to_draft(quote.request), prompt=prompt), quotes.ideas_message
        )


def _without_words(job: Job) -> Draft:
    """Return the draft of a movie that follows another: with its storyboard, music and voice, which no form has."""
    extras = job.request.extras
    return Draft("", storyboard=job.has_steps or None, music=extras.music, voice=extras.voice)
