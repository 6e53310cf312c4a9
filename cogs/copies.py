"""Dubs, subtitles and films: what is made of finished movies, from ⋯ and from /movies.

Whoever may remix a movie may order them, and pays for them. Each choice shows a new price. What the movies are made of
is decided by the transaction that holds the credits, and again when they are sent: a removed movie is the source of
nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.errors import Declined
from bot.discord_client.modals import selected_value, selected_values
from bot.discord_client.responses import member_language
from bot.domain.copies import first_draft
from bot.domain.jobs import Job, JobState
from bot.domain.operations import Operation
from bot.domain.orders import Quote
from bot.domain.request import Draft, to_draft
from bot.ui import copies, quotes
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, InvalidCustomId, id_argument
from cogs.job_access import JobAccess
from cogs.orders import OrderFlow
from data import jobs
from data.database import Database


class CopyComponents:
    """Responds to the buttons that show a price, and to the selects beneath it."""

    def __init__(self, database: Database, flow: OrderFlow, access: JobAccess) -> None:
        self._database = database
        self._flow = flow
        self._access = access
        self.component_handlers: Mapping[str, ComponentHandler] = {
            **{
                each: functools.partial(self._open, operation=each)
                for each in (Operation.DUB, Operation.SUBTITLES, Operation.FILM)
            },
            copies.LANGUAGE: self._set_language,
            copies.SUBTITLES: self._set_subtitles,
            copies.MOVIES: self._set_movies,
        }

    async def _open(self, interaction: Interaction, arguments: tuple[str, ...], *, operation: Operation) -> None:
        """Show the price of what can be made of a movie."""
        limits = self._database.policy.catalogue.limits
        job = await self._access.with_prompt(interaction, id_argument(arguments))
        if operation not in limits.operations or job.state is not JobState.COMPLETED:
            raise InvalidCustomId
        movies = await self._access.film_movies(interaction, job) if operation is Operation.FILM else ()
        sources = movies or (job,)
        await self._show(
            interaction, first_draft(operation, sources, member_language(interaction), limits.extras), sources
        )

    async def _set_language(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote, movies = await self._quote(interaction, arguments)
        draft = replace(to_draft(quote.request), language=selected_value(interaction))
        await self._show(interaction, draft, movies, quote)

    async def _set_subtitles(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote, movies = await self._quote(interaction, arguments)
        chosen = selected_value(interaction)
        language = None if chosen in (copies.OWN, copies.OFF) else chosen
        draft = replace(to_draft(quote.request), language=language, subtitles=chosen != copies.OFF)
        await self._show(interaction, draft, movies, quote)

    async def _set_movies(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        quote, movies = await self._quote(interaction, arguments)
        chosen = selected_values(interaction)
        sources = tuple(each.id for each in movies if each.id in chosen)
        await self._show(interaction, replace(to_draft(quote.request), sources=sources), movies, quote)

    async def _quote(self, interaction: Interaction, arguments: tuple[str, ...]) -> tuple[Quote, Sequence[Job]]:
        """Return a quote of the member's, and the movies that can be chosen for it."""
        if not await self._flow.may_order(interaction):
            raise Declined
        quote = await self._flow.editable(interaction, id_argument(arguments))
        request = quote.request
        if request.operation not in self._database.policy.catalogue.limits.operations or not request.sources:
            raise InvalidCustomId
        source = await self._database.read(jobs.find, request.sources[0])
        if source is None:
            return quote, ()
        if request.operation is Operation.FILM:
            return quote, await self._access.film_movies(interaction, source)
        return quote, (source,)

    async def _show(
        self, interaction: Interaction, draft: Draft, movies: Sequence[Job], quote: Quote | None = None
    ) -> None:
        """Show the price of a draft, or why there is none, with what can be chosen."""
        offered = self._database.policy.catalogue.limits.extras
        choices = functools.partial(copies.choices, movies=movies, offered=offered)
        await self._flow.submit(
            interaction,
            draft,
            show_price=True,
            quote=quote,
            is_new=False,
            page=functools.partial(quotes.quote_message, choices=choices),
            refused=functools.partial(quotes.refused_order, choices=choices),
        )
