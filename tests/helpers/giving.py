"""Gifts that members give each other, as tests switch them on."""

from __future__ import annotations

from bot.domain.quota import AuditContext
from bot.domain.server_setup import Setting
from data import server_setup, setup_changes
from data.database import Database
from data.setup_changes import SetupChanged


async def allow_gifts(database: Database, guild_id: int, credits: int | None, now: int) -> None:
    """Set how much each member may give a day; None: nothing."""
    setup = await database.read(server_setup.get, guild_id)
    seen, by = setup.fingerprint([Setting.GIFT_CREDITS]), AuditContext(9, guild_id)
    changed = await database.write(setup_changes.change, {Setting.GIFT_CREDITS: credits}, seen, by=by, now=now)
    assert isinstance(changed, SetupChanged)
