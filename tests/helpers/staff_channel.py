"""Choose a server's staff channel, as /setup does."""

from __future__ import annotations

from bot.domain.quota import AuditContext
from data.database import Database
from data.setup_changes import SetupOutcome
from tests.helpers.server_settings import change_setup


async def choose_staff_channel(database: Database, by: AuditContext, channel_id: int | None, now: int) -> SetupOutcome:
    return await change_setup(database, by, now, staff_channel=channel_id)
