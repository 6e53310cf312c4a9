"""The buttons of a storyboard that waits: *Render*, *Stop*, and a private look at it.

Who ordered it decides, also where others pay for it. What was decided first counts (data/storyboards.py), and the
worker carries it out.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.responses import (
    Declined,
    Interaction,
    private_texts,
    replace_or_send,
    respond_ephemeral,
    unless_refused,
)
from bot.domain.jobs import Job
from bot.ui import storyboards as messages
from cogs.answering import Answering
from cogs.component_router import component
from cogs.job_access import JobAccess
from data import storyboards


@dataclass(eq=False, kw_only=True)
class StoryboardButtons(Answering):
    """Responds to the buttons of a storyboard."""

    publisher: DiscordPublisher

    @component(messages.LOOK, given=JobAccess.owned)
    async def _look(self, interaction: Interaction, job: Job) -> None:
        """Show it to its member alone."""
        if not job.awaits_decision:
            raise Declined("storyboards-not-waiting")
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=True, thinking=True)  # the stills may take longer than 3 seconds
        board = await self.publisher.storyboard(job)  # fetched anew: their links end
        await respond_ephemeral(interaction, messages.private_message(private_texts(interaction), job, board))

    @component(messages.RENDER, decision=storyboards.render, given=JobAccess.owned)
    @component(messages.STOP, decision=storyboards.stop, given=JobAccess.owned)
    async def _decide(self, interaction: Interaction, job: Job, *, decision: storyboards.Decision) -> None:
        decided = unless_refused(await self._database.write(decision, job.id, interaction.user.id))
        await replace_or_send(interaction, messages.chosen(private_texts(interaction), decided))
