"""*Continue*: the form of a finished movie's next scene.

Anyone who may see the movie in its server may use it, and pays for what they order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.discord_client.interaction_texts import private_texts
from bot.domain.catalogue import Catalogue
from bot.domain.job import Job, JobState
from bot.domain.request import to_draft
from bot.ui import modals, series
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, InvalidCustomId, id_argument
from cogs.job_access import JobAccess
from cogs.order_components import OrderComponents
from cogs.order_flow import OrderFlow


class SequelButtons:
    """Handler of *Continue*, and of the modal that it opens."""

    def __init__(
        self, access: JobAccess, order_flow: OrderFlow, order_components: OrderComponents, catalogue: Catalogue
    ) -> None:
        self._access = access
        self._order_flow = order_flow
        self._order_components = order_components
        self._catalogue = catalogue
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "continue": self._open,
            "order-sequel": self._on_modal,
        }

    async def _open(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the modal for a next scene, with the same models."""
        job = self._continued(await self._access.with_prompt(interaction, id_argument(arguments)))
        if job is None:
            return
        prompt = series.next_scene(
            private_texts(interaction), job.request.prompt, self._catalogue.limits.max_prompt_length
        )
        await self._order_flow.open_modal(
            interaction,
            replace(to_draft(job.request), prompt=prompt),
            purpose=modals.ModalPurpose.CONTINUE,
            action=("order-sequel", job.id),
        )

    async def _on_modal(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the price of a next scene."""
        job = self._continued(await self._access.visible(interaction, id_argument(arguments)))
        if job is not None:
            await self._order_components.on_modal(interaction, (), continues=job.id)

    @staticmethod
    def _continued(job: Job | None) -> Job | None:
        """Return a movie that may be continued.

        Raises:
            InvalidCustomId: It is not finished, so no message has the button.
        """
        if job is not None and job.state is not JobState.COMPLETED:
            raise InvalidCustomId
        return job
