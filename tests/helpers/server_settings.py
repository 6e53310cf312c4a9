"""Changes a server's settings, as /setup does."""

from __future__ import annotations

from bot.domain.quota import AuditContext
from bot.domain.server_setup import SETTINGS
from bot.domain.setting_kinds import SettingValue
from data import server_setup, setup_changes
from data.database import Database
from data.setup_changes import SetupOutcome
from tests.helpers.at_time import at_time


async def change_setup(database: Database, by: AuditContext, now: int, **values: SettingValue) -> SetupOutcome:
    changes = {SETTINGS[name]: value for name, value in values.items()}
    before = await database.read(server_setup.get, by.guild_id)
    return await database.write(at_time(now, setup_changes.change), changes, before.fingerprint(changes), by=by)
