"""*Fix a scene* of a finished movie: its scenes with what each costs, and the price of those that are chosen.

    scene ──► the stills and a select ──► scene-pick ──► the free quote ──► the price ──► quote-accept

Anyone who may remix the movie may, and pays for the new version; the movie itself stays as it is.
"""

from __future__ import annotations

from typing import Final

from bot.discord_client.modals import selected_values
from bot.discord_client.responses import Declined, Interaction, private_texts, respond_ephemeral, unless_refused
from bot.domain.jobs import Job, JobState
from bot.domain.operations import Operation
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from bot.domain.text import whole_number
from bot.ui import scenes as messages
from cogs.answering import Answering
from cogs.component_router import IdArgument, InvalidCustomId, component

_MAX_DIGITS: Final = 4


class SceneButtons(Answering):
    """Responds to *Fix a scene*."""

    async def _source(self, interaction: Interaction, job_id: IdArgument) -> Job:
        job = await self.with_prompt(interaction, job_id)
        offered = await self._flow.offered(interaction)
        if Operation.SCENE not in offered.limits.operations:
            raise Declined(Refused("copies-not-offered"))
        if job.state is not JobState.COMPLETED or job.removed_at is not None or job.guild_id != interaction.guild_id:
            raise Declined(Refused("copies-source-gone"))
        return job

    @component(messages.OPEN, given=_source)
    async def _look(self, interaction: Interaction, job: Job, from_price: str = "") -> None:
        """Show the scenes, in place of the price of some of them if that was pressed."""
        # the API may take over three seconds
        await interaction.response.defer(ephemeral=True, thinking=from_price != messages.AGAIN)
        found = unless_refused(await self._parts.scenes.look(interaction.user.id, job))
        board = await self._parts.publisher.stills(job, [scene.still for scene in messages.pictured(found)])
        await respond_ephemeral(interaction, messages.look_message(private_texts(interaction), job, found, board))

    @component(messages.PICK, given=_source)
    async def _pick(self, interaction: Interaction, job: Job) -> None:
        """Show what the chosen scenes cost."""
        scenes = [whole_number(value, _MAX_DIGITS) for value in selected_values(interaction)]
        chosen = tuple(sorted({scene for scene in scenes if scene}))
        if not chosen or None in scenes:
            raise InvalidCustomId
        await interaction.response.defer()
        quoted = unless_refused(await self._parts.scenes.price(interaction.user.id, job, chosen))
        draft = Draft(job.request.prompt, operation=Operation.SCENE, sources=(job.id,), scenes=chosen)
        await self._flow.submit(interaction, draft, show_price=True, is_new=False, quoted=quoted, edit=True)
