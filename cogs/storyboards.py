"""The buttons of a storyboard that waits: *Render*, *Stop*, and a private look at it.

Who ordered it decides, also where others pay for it. What was decided first counts (data/storyboards.py), and the
worker carries it out.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Mapping

from bot.discord_client.responses import private_texts, replace_or_send, respond_ephemeral
from bot.domain.jobs import Job
from bot.domain.refusal import Refused
from bot.ui import storyboards as messages
from bot.ui.storyboards import LOOK, RENDER, STOP, Storyboard
from cogs.checks import Interaction, decline
from cogs.component_router import ComponentHandler, id_argument
from cogs.job_access import JobAccess
from data import storyboards
from data.database import Database


class StoryboardButtons:
    """Responds to the buttons of a storyboard. `fetch` gets its stills, whose links end."""

    def __init__(self, database: Database, access: JobAccess, fetch: Callable[[Job], Awaitable[Storyboard]]) -> None:
        self._database = database
        self._access = access
        self._fetch = fetch
        self.component_handlers: Mapping[str, ComponentHandler] = {
            LOOK: self._look,
            RENDER: functools.partial(self._decide, decision=storyboards.render),
            STOP: functools.partial(self._decide, decision=storyboards.stop),
        }

    async def _look(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show it to its member alone."""
        job = await self._access.owned(interaction, id_argument(arguments))
        if not job.awaits_decision:
            await decline(interaction, "storyboards-not-waiting")
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=True, thinking=True)  # the stills may take longer than 3 seconds
        board = await self._fetch(job)
        await respond_ephemeral(interaction, messages.private_message(private_texts(interaction), job, board))

    async def _decide(
        self, interaction: Interaction, arguments: tuple[str, ...], *, decision: storyboards.Decision
    ) -> None:
        job = await self._access.owned(interaction, id_argument(arguments))
        decided = await self._database.write(decision, job.id, interaction.user.id)
        if isinstance(decided, Refused):
            await decline(interaction, decided)
        await replace_or_send(interaction, messages.chosen(private_texts(interaction), decided))
