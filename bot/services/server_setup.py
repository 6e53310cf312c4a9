"""The setup of servers, and what their members can order."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.order import OrderContext
from bot.domain.quota import AuditContext
from bot.domain.risk import Refusal
from bot.domain.server_setup import ServerSetup
from bot.domain.setting_kinds import Setting, SettingValue
from data import availability, refused_models, server_setup, setup_changes
from data.database import Database
from data.setup_changes import SetupOutcome


class ServerSetupService:
    """Reads and changes the setup of servers.

    `catalogue` is the operator's.
    """

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database = database
        self._catalogue = catalogue

    async def get(self, guild_id: int) -> ServerSetup:
        """Read a server's setup."""
        return await self._database.read(server_setup.get, guild_id)

    async def catalogue(self, guild_id: int) -> Catalogue:
        """Return what a server offers.

        All that the operator offers where the server allows nothing of it.
        """
        return await self._database.read(availability.of_server, self._catalogue, guild_id)

    async def available(self) -> Catalogue:
        """Return what the operator offers to all servers."""
        return await self._database.read(refused_models.available, self._catalogue)

    async def catalogue_for(self, context: OrderContext) -> Catalogue | Refusal:
        """Return what a member can order in a channel, or why nothing."""
        return await self._database.read(availability.catalogue_for, self._catalogue, context)

    async def change(self, by: AuditContext, changes: Mapping[Setting, SettingValue], expected: str) -> SetupOutcome:
        """Change settings that look as `expected`, and record each.

        Raises:
            DuplicateInteraction: The interaction has made its change already.
        """
        return await self._database.write(setup_changes.change, changes, expected, by=by)
