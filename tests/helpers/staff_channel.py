"""Choose a server's staff channel, as /setup does."""

from __future__ import annotations

from bot.domain.quota import AuditContext
from bot.domain.server_setup import Setting
from data import server_setup, setup_changes
from data.database import Database
from data.setup_changes import SetupOutcome


async def choose_staff_channel(database: Database, by: AuditContext, channel_id: int | None, now: int) -> SetupOutcome:
    """Change the staff channel; None removes it."""
    before = await database.read(server_setup.get, by.guild_id)
    expected = before.fingerprint([Setting.STAFF_CHANNEL])
    return await database.write(setup_changes.change, {Setting.STAFF_CHANNEL: channel_id}, expected, by=by, now=now)
