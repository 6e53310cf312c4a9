"""Who moderates movies: a server's managers, and members with a staff role."""

from __future__ import annotations

from bot.discord_client.responses import send_text
from cogs.checks import Interaction, can_manage_guild, role_ids, timed_out_until
from data import server_setup
from data.database import Database


async def is_staff(interaction: Interaction, database: Database) -> bool:
    """Return whether the member is of this server's staff, and not timed out."""
    if interaction.guild_id is None or timed_out_until(interaction) is not None:
        return False
    if can_manage_guild(interaction):
        return True
    setup = await database.read(server_setup.get, interaction.guild_id)
    return setup.is_staff(role_ids(interaction.user), manages_server=False)


async def require_staff(interaction: Interaction, database: Database) -> bool:
    """Return whether the member is of the staff, or respond that not."""
    if await is_staff(interaction, database):
        return True
    await send_text(interaction, "refusals-not-staff")
    return False
