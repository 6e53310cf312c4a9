"""Gifts that members give each other, as tests switch them on."""

from __future__ import annotations

from bot.domain.quota import AuditContext
from data.database import Database
from tests.helpers.server_settings import change_setup


async def allow_gifts(database: Database, guild_id: int, credits: int | None, now: int) -> None:
    changed = await change_setup(database, AuditContext(9, guild_id), now, gift_credits=credits)
    assert changed.changed
