"""The buttons that cancel a movie.

One that waits is cancelled at once. One that renders costs what the movie service has charged, so its member sees that
first, and confirms. A button of an older message may be pressed at any time: what it may do is decided by the database.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.discord_client.interaction_texts import private_texts
from bot.domain.job import Job
from bot.domain.refusal import Refused
from bot.services.cancellations import CancellationService
from bot.ui import button_responses, cancellations, refusals
from bot.ui.components import build_view
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, id_argument
from cogs.job_access import JobAccess
from data import job_actions
from data.database import Database


class CancelButtons:
    """Responds to *Cancel* and to its confirmation.

    `update_messages` edits the job's card, and the message that asks staff about it.
    """

    def __init__(
        self,
        database: Database,
        access: JobAccess,
        service: CancellationService,
        *,
        update_messages: Callable[[Job], Awaitable[None]],
    ) -> None:
        self._database = database
        self._access = access
        self._service = service
        self._update_messages = update_messages
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "cancel": self._cancel,
            "cancel-confirm": self._confirm,
        }

    async def _cancel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        job = await self._access.owned(interaction, id_argument(arguments))
        if job is None:
            return
        cancelled = await self._database.write(job_actions.cancel, job.id, interaction.user.id)
        if cancelled is not None:
            await self._access.answer(interaction, cancelled, button_responses.cancelled(texts, cancelled))
            await self._update_messages(cancelled)
            return
        job = await self._access.reread(job)
        if self._service.can_ask(job):
            await self._ask(interaction, job)
        else:
            await self._access.answer(interaction, job, self._why_not(interaction, job))

    async def _ask(self, interaction: Interaction, job: Job) -> None:
        """Show what a cancellation would cost, if there is time."""
        texts = private_texts(interaction)
        if not interaction.response.is_done():
            await interaction.response.defer()  # the API may take longer than Discord's 3 seconds
        preview = await self._service.preview(job)
        if isinstance(preview, Refused):
            await self._access.answer(interaction, job, refusals.refusal_text(texts, preview))
            return
        question, view = cancellations.question(texts, preview), build_view(cancellations.confirm(texts, preview.job))
        await self._access.answer(interaction, preview.job, question, view)

    async def _confirm(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        job = await self._access.owned(interaction, id_argument(arguments))
        if job is None:
            return
        requested = await self._service.request(job.id, interaction.user.id)
        if requested is None:
            job = await self._access.reread(job)
            await self._access.replace_answer(interaction, job, self._why_not(interaction, job))
            return
        await self._access.replace_answer(interaction, requested, texts("buttons-cancel-requested"))
        await self._update_messages(requested)

    def _why_not(self, interaction: Interaction, job: Job) -> str:
        texts = private_texts(interaction)
        return button_responses.not_cancelled(texts, job, cancellable=self._service.supported)
