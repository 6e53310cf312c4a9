"""What the member who made a pitch is in their server now.

Others fund a pitch, and their interactions say nothing of its maker. Roles of the time of the pitch would be up to
three weeks old.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from bot.core.errors import DeliveryError
from bot.discord_client.rest_errors import map_errors
from bot.domain.pitch import UNKNOWN_RIGHTS, MakerRights
from cogs.checks import Interaction, loaded_guild, role_ids

_log = structlog.stdlib.get_logger(__name__)

_TIMEOUT_SECONDS: Final = 1.0
"""Discord waits three seconds for the answer to a press."""


async def fetch_rights(interaction: Interaction, member_id: int) -> MakerRights:
    """Ask Discord for a member's roles and rights.

    Where it gives no answer in time, or the member has left, they have none.
    """
    # not cancelled: see bot/discord_client/edits.py
    request = asyncio.create_task(_fetch(interaction, member_id), name=f"pitch-maker-{member_id}")
    done, _ = await asyncio.wait((request,), timeout=_TIMEOUT_SECONDS)
    return request.result() if done else UNKNOWN_RIGHTS


async def _fetch(interaction: Interaction, member_id: int) -> MakerRights:
    guild = loaded_guild(interaction)
    if guild is None:
        return UNKNOWN_RIGHTS
    try:
        member = await map_errors(lambda: guild.fetch_member(member_id))
    except DeliveryError as exc:
        _log.info("pitch_maker_unknown", guild_id=guild.id, error=str(exc))
        return UNKNOWN_RIGHTS
    if member is None:
        return UNKNOWN_RIGHTS
    return MakerRights(role_ids(member), member.guild_permissions.manage_guild)
