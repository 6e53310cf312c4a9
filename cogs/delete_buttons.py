"""The buttons that delete a finished movie.

Its member may where nobody else paid for it, and so may the staff of its server. They read first what is deleted and
who else paid for it, and confirm. In the gallery of movies with many stars, they may also delete only the message
there. A button of an older message may be pressed at any time: what it may do is decided by the database.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.discord_client.interaction_texts import private_texts, server_language
from bot.discord_client.responses import replace_or_send
from bot.domain.delivery import NotificationType
from bot.domain.job import Job, JobState
from bot.domain.quota import AuditContext
from bot.ui import deletions, job_messages
from bot.ui.components import build_view
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, id_argument
from cogs.job_access import JobAccess
from data import removals
from data.database import Database


class DeleteButtons:
    """Responds to *Delete* and to its confirmation."""

    def __init__(self, database: Database, access: JobAccess) -> None:
        self._database = database
        self._access = access
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "delete": self._ask,
            "delete-confirm": self._confirm,
        }

    async def _ask(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        job = await self._access.deletable(interaction, id_argument(arguments))
        if job is None:
            return
        await self._access.record_place(interaction, job)
        if job.state is not JobState.COMPLETED or job.removed_at is not None:
            await self._access.answer(interaction, job, deletions.not_deleted(texts, job))
            return
        mine = job.member_id == interaction.user.id
        message, buttons = interaction.message, [deletions.confirm(texts, job)]
        if message is not None and job_messages.is_notification(job, message, NotificationType.STARRED):
            buttons.append(deletions.leave_gallery(texts, job))
        view = build_view(*buttons)
        others = await self._access.other_payers(job, interaction.user.id)
        await self._access.answer(interaction, job, deletions.question(texts, job, others, mine=mine), view)

    async def _confirm(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        job = await self._access.deletable(interaction, id_argument(arguments))
        if job is None:
            return
        by = _context(interaction, job)
        if deletions.GALLERY in arguments[1:] and job.removed_at is None:
            await self._database.write(removals.leave_gallery, job.id, by)
            await replace_or_send(interaction, texts("buttons-left-gallery"))
            return
        if await self._database.write(removals.remove, job.id, by) is not None:
            await replace_or_send(interaction, texts("buttons-deleted"))
            return
        job = await self._access.deletable(interaction, job.id)
        if job is not None:
            await self._access.replace_answer(interaction, job, deletions.not_deleted(texts, job))


def _context(interaction: Interaction, job: Job) -> AuditContext:
    return AuditContext(
        interaction.user.id, job.guild_id, interaction_id=interaction.id, language=server_language(interaction)
    )
