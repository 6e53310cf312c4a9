"""The offer to cancel what a blocked member has queued."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import replace_or_send, send_ephemeral
from bot.domain.job import Job
from bot.ui import quota_admin
from bot.ui.components import build_view
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, InvalidCustomId, int_argument
from cogs.quota_changes import audit_context
from cogs.staff import require_staff
from data import job_actions
from data.database import Database


class QueuedMovies:
    """Offers to cancel a blocked member's queued movies, and does so.

    Movies in progress finish. `update_messages` edits a job's card, and the message that asks staff about it.
    """

    def __init__(
        self,
        database: Database,
        *,
        update_messages: Callable[[Job], Awaitable[None]],
    ) -> None:
        self._database = database
        self._update_messages = update_messages
        self.component_handlers: Mapping[str, ComponentHandler] = {quota_admin.CANCEL_QUEUED: self._cancel}

    async def ask(self, interaction: Interaction, member_id: int) -> None:
        """Ask privately whether to cancel what a member has queued, if anything."""
        if interaction.guild_id is None:
            return
        queued = await self._database.read(job_actions.count_queued, interaction.guild_id, member_id)
        if queued:
            texts = private_texts(interaction)
            view = build_view(quota_admin.cancel_queued(texts, member_id))
            await send_ephemeral(interaction, quota_admin.queued_movies(texts, queued), view)

    async def _cancel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        member_id, texts = int_argument(arguments, 0), private_texts(interaction)
        if not await require_staff(interaction, self._database):
            return
        if interaction.guild_id is None:
            raise InvalidCustomId
        cancelled = await self._database.write(
            job_actions.cancel_queued, member_id, by=audit_context(interaction, None)
        )
        await replace_or_send(interaction, quota_admin.queued_cancelled(texts, len(cancelled)))
        for job in cancelled:
            await self._update_messages(job)
