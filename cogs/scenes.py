"""*Fix a scene* of a finished movie: its scenes with what each costs, and the price of those that are chosen.

    scene ──► the stills and a select ──► scene-pick ──► the free quote ──► the price ──► quote-accept

Anyone who may remix the movie may, and pays for the new version; the movie itself stays as it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from bot.discord_client.modals import selected_values
from bot.discord_client.responses import private_texts, respond_ephemeral
from bot.domain.jobs import Job, JobState, Still
from bot.domain.operations import Operation
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from bot.domain.text import whole_number
from bot.services.scenes import SceneQuotes
from bot.ui import scenes as messages
from bot.ui.storyboards import Storyboard
from cogs.checks import Interaction, decline
from cogs.component_router import ComponentHandler, InvalidCustomId, id_argument
from cogs.job_access import JobAccess
from cogs.orders import OrderFlow

_MAX_DIGITS: Final = 4


class SceneButtons:
    """Responds to *Fix a scene*. `fetch` downloads stills."""

    def __init__(
        self,
        access: JobAccess,
        flow: OrderFlow,
        quotes: SceneQuotes,
        fetch: Callable[[Job, Sequence[Still]], Awaitable[Storyboard]],
    ) -> None:
        self._access = access
        self._flow = flow
        self._quotes = quotes
        self._fetch = fetch
        self.component_handlers: Mapping[str, ComponentHandler] = {messages.OPEN: self._look, messages.PICK: self._pick}

    async def _look(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the scenes, in place of the price of some of them if that was pressed."""
        job = await self._source(interaction, arguments)
        is_back = messages.AGAIN in arguments[1:]
        await interaction.response.defer(ephemeral=True, thinking=not is_back)  # the API may take over three seconds
        found = await self._quotes.look(interaction.user.id, job)
        if isinstance(found, Refused):
            await decline(interaction, found)
        board = await self._fetch(job, [scene.still for scene in messages.pictured(found)])
        shown = messages.look_message(private_texts(interaction), job, found, board)
        await respond_ephemeral(interaction, shown)

    async def _pick(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show what the chosen scenes cost."""
        job = await self._source(interaction, arguments)
        scenes = [whole_number(value, _MAX_DIGITS) for value in selected_values(interaction)]
        chosen = tuple(sorted({scene for scene in scenes if scene}))
        if not chosen or None in scenes:
            raise InvalidCustomId
        await interaction.response.defer()
        quoted = await self._quotes.price(interaction.user.id, job, chosen)
        if isinstance(quoted, Refused):
            await decline(interaction, quoted)
        draft = Draft(job.request.prompt, operation=Operation.SCENE, sources=(job.id,), scenes=chosen)
        await self._flow.submit(interaction, draft, show_price=True, is_new=False, quoted=quoted, edit=True)

    async def _source(self, interaction: Interaction, arguments: tuple[str, ...]) -> Job:
        job = await self._access.with_prompt(interaction, id_argument(arguments))
        offered = await self._flow.offered(interaction)
        if Operation.SCENE not in offered.limits.operations:
            await decline(interaction, Refused("copies-not-offered"))
        if job.state is not JobState.COMPLETED or job.removed_at is not None or job.guild_id != interaction.guild_id:
            await decline(interaction, Refused("copies-source-gone"))
        return job
