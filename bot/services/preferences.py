"""Members' own choices: their defaults, delivery target and listing."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.domain.preferences import DeliveryTarget, PreferenceField, Preferences, PreferenceUpdate
from data import preferences
from data.database import Database


class PreferenceService:
    """Reads and changes a member's preferences. Changes are idempotent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, member_id: int) -> Preferences:
        """Read a member's preferences."""
        return await self._database.read(preferences.get, member_id)

    async def update(
        self, member_id: int, field: PreferenceField, value: str | None, offered: Catalogue
    ) -> PreferenceUpdate | None:
        """Change a preference and those that conflict with it.

        None where the value is not offered.
        """
        return await self._database.write(preferences.update, member_id, field, value, offered)

    async def set_delivery_target(self, member_id: int, target: DeliveryTarget) -> Preferences:
        """Set the delivery target of a member's next movies."""
        return await self._database.write(preferences.set_delivery_target, member_id, target)

    async def set_unlisted(self, member_id: int, *, unlisted: bool) -> Preferences:
        """Keep a member out of galleries by stars, or don't."""
        return await self._database.write(preferences.set_unlisted, member_id, unlisted=unlisted)

    async def reset(self, member_id: int) -> Preferences:
        """Forget a member's defaults and delivery target."""
        return await self._database.write(preferences.reset, member_id)
