"""The base of what answers commands and presses."""

from __future__ import annotations

from dataclasses import dataclass

from bot.discord_client.responses import Interaction
from bot.domain.catalogue import Catalogue
from cogs.job_access import JobAccess
from cogs.order_flow import OrderFlow
from data import availability


@dataclass(eq=False)
class Answering(JobAccess):
    """Answers commands, and what its methods declare with `component`.

    What one of them needs besides the database and the orders is a field of its own class.
    """

    _flow: OrderFlow

    async def _offered(self, interaction: Interaction) -> Catalogue:
        """Return what this server offers, with its defaults."""
        return await self._database.read(availability.of_server, interaction.guild_id or 0)
