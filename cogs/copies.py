"""Dubs, subtitles, films and scenes made anew: what is made of finished movies, from ⋯ and from /movies.

Whoever may remix a movie may order them, and pays for them. Each choice shows a new price. What the movies are made of
is decided by the transaction that holds the credits, and again when they are sent: a removed movie is the source of
nothing. The movie itself stays as it is.

*Fix a scene* shows its scenes with what each costs first:

    scene ──► the stills and a select ──► scene-pick ──► the free quote ──► the price ──► quote-accept
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.discord_client.modals import selected_value, selected_values
from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.responses import (
    Declined,
    Interaction,
    member_language,
    private_texts,
    respond_ephemeral,
    unless_refused,
)
from bot.domain.copies import first_draft
from bot.domain.jobs import Job, JobState
from bot.domain.operations import Operation
from bot.domain.orders import Quote
from bot.domain.refusal import Refused
from bot.domain.request import Draft, to_draft
from bot.domain.text import whole_number
from bot.services.scenes import SceneQuotes
from bot.ui import copies, quotes, scenes
from cogs.answering import Answering
from cogs.component_router import IdArgument, InvalidCustomId, component
from cogs.job_access import JobAccess
from cogs.order_flow import of_press
from data import jobs

_MAX_DIGITS: Final = 4
"""Of a scene's number."""


class CopyComponents(Answering):
    """Responds to the buttons that show a price, and to the selects beneath it."""

    @component(Operation.DUB, given=JobAccess.with_prompt, operation=Operation.DUB)
    @component(Operation.SUBTITLES, given=JobAccess.with_prompt, operation=Operation.SUBTITLES)
    @component(Operation.FILM, given=JobAccess.with_prompt, operation=Operation.FILM)
    async def _open(self, interaction: Interaction, job: Job, *, operation: Operation) -> None:
        """Show the price of what can be made of a movie."""
        limits = self._catalogue.limits
        if operation not in limits.operations or job.state is not JobState.COMPLETED:
            raise InvalidCustomId
        movies = await self.film_movies(interaction, job) if operation is Operation.FILM else ()
        sources = movies or (job,)
        draft = first_draft(operation, sources, member_language(interaction), limits.extras)
        await self._show(interaction, draft, sources)

    @component(copies.LANGUAGE)
    async def _set_language(self, interaction: Interaction, quote_id: IdArgument) -> None:
        quote, movies = await self._quote(interaction, quote_id)
        draft = replace(to_draft(quote.request), language=selected_value(interaction))
        await self._show(interaction, draft, movies, quote)

    @component(copies.SUBTITLES)
    async def _set_subtitles(self, interaction: Interaction, quote_id: IdArgument) -> None:
        quote, movies = await self._quote(interaction, quote_id)
        chosen = selected_value(interaction)
        language = None if chosen in (copies.OWN, copies.OFF) else chosen
        draft = replace(to_draft(quote.request), language=language, subtitles=chosen != copies.OFF)
        await self._show(interaction, draft, movies, quote)

    @component(copies.MOVIES)
    async def _set_movies(self, interaction: Interaction, quote_id: IdArgument) -> None:
        quote, movies = await self._quote(interaction, quote_id)
        chosen = selected_values(interaction)
        sources = tuple(each.id for each in movies if each.id in chosen)
        await self._show(interaction, replace(to_draft(quote.request), sources=sources), movies, quote)

    async def _quote(self, interaction: Interaction, quote_id: str) -> tuple[Quote, Sequence[Job]]:
        """Return a quote of the member's, and the movies that can be chosen for it."""
        quote = await self._flow.editable(interaction, quote_id)
        request = quote.request
        if request.operation not in self._catalogue.limits.operations or not request.sources:
            raise InvalidCustomId
        source = await self._database.read(jobs.find, request.sources[0])
        if source is None:
            return quote, ()
        if request.operation is Operation.FILM:
            return quote, await self.film_movies(interaction, source)
        return quote, (source,)

    async def _show(
        self, interaction: Interaction, draft: Draft, movies: Sequence[Job], quote: Quote | None = None
    ) -> None:
        """Show the price of a draft, or why there is none, with what can be chosen."""
        choices = functools.partial(copies.choices, movies=movies, offered=self._catalogue.limits.extras)
        await self._flow.submit(
            interaction,
            of_press(interaction, draft, quote),
            page=functools.partial(quotes.quote_message, choices=choices),
            refused=functools.partial(quotes.refused_order, choices=choices),
        )


@dataclass(eq=False, kw_only=True)
class SceneButtons(Answering):
    """Responds to *Fix a scene*."""

    quotes: SceneQuotes
    publisher: DiscordPublisher

    async def _source(self, interaction: Interaction, job_id: IdArgument) -> Job:
        job = await self.with_prompt(interaction, job_id)
        offered = await self._flow.offered(interaction)
        if Operation.SCENE not in offered.limits.operations:
            raise Declined(Refused("copies-not-offered"))
        if job.state is not JobState.COMPLETED or job.removed_at is not None or job.guild_id != interaction.guild_id:
            raise Declined(Refused("copies-source-gone"))
        return job

    @component(scenes.OPEN, given=_source)
    async def _look(self, interaction: Interaction, job: Job, from_price: str = "") -> None:
        """Show the scenes, in place of the price of some of them if that was pressed."""
        # the API may take over three seconds
        await interaction.response.defer(ephemeral=True, thinking=from_price != scenes.AGAIN)
        found = unless_refused(await self.quotes.look(interaction.user.id, job))
        pictured = found[: scenes.MOST_PICTURES]
        board = await self.publisher.stills(job, [scene.still for scene in pictured])
        await respond_ephemeral(interaction, scenes.look_message(private_texts(interaction), job, found, board))

    @component(scenes.PICK, given=_source)
    async def _pick(self, interaction: Interaction, job: Job) -> None:
        """Show what the chosen scenes cost."""
        numbers = [whole_number(value, _MAX_DIGITS) for value in selected_values(interaction)]
        chosen = tuple(sorted({number for number in numbers if number}))
        if not chosen or None in numbers:
            raise InvalidCustomId
        await interaction.response.defer()
        quoted = unless_refused(await self.quotes.price(interaction.user.id, job, chosen))
        draft = Draft(job.request.prompt, operation=Operation.SCENE, sources=(job.id,), scenes=chosen)
        await self._flow.submit(interaction, of_press(interaction, draft, quoted=quoted), edit=True)
