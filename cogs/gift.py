"""/gift: give bonus credits to another member."""

from __future__ import annotations

from typing import Final

from discord import app_commands
from discord.ext import commands

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import send_ephemeral
from bot.domain.quota import MAX_CREDITS
from bot.domain.refusal import Refused
from bot.services.request_limits import RequestLimit
from bot.ui import gifts as messages
from bot.ui.command_descriptions import localized
from cogs import quota_checks
from cogs.checks import Interaction, MemberOrUser
from cogs.quota_changes import audit_context
from cogs.refusing import refuse
from data import gifts
from data.database import Database

GIFT_BURST: Final = 5
"""How many gifts a member makes at once. After that, one a minute."""

TRIES: Final = 10
"""How many gifts a member tries to make in a minute. Those that are refused count, too."""


class GiftCog(commands.Cog):
    """Gives bonus credits. The answer is private; the bot tells the recipient.

    `limit` counts each member's gifts, because each one mentions its recipient, and `tries` also those that are
    refused, because each one asks the database.
    """

    def __init__(self, database: Database, limit: RequestLimit, tries: RequestLimit) -> None:
        self._database = database
        self._limit = limit
        self._tries = tries

    @app_commands.command(name="gift", description=localized("commands-gift"))
    @app_commands.describe(member=localized("commands-gift-member"), credits=localized("commands-gift-credits"))
    @app_commands.guild_only()
    async def gift(
        self, interaction: Interaction, member: MemberOrUser, credits: app_commands.Range[int, 1, MAX_CREDITS]
    ) -> None:
        """Give bonus credits to a member of this server."""
        texts = private_texts(interaction)
        problem = quota_checks.member(member) or quota_checks.amount(credits, 1)
        if problem is not None:
            await refuse(interaction, problem)
            return
        giver_id = interaction.user.id
        too_soon = await self._tries.try_acquire(giver_id) or await self._limit.try_acquire(giver_id)
        if too_soon is not None:
            await refuse(interaction, Refused("gifts-too-fast", {"time": too_soon.retry_at}))
            return
        by, channel_id = audit_context(interaction, None), interaction.channel_id or 0
        made = False
        try:
            refused = await self._database.write(gifts.give, member.id, credits, channel_id=channel_id, by=by)
            made = refused is None
        finally:
            if not made:
                await self._limit.release(giver_id)
        if refused is None:
            await send_ephemeral(interaction, messages.given(texts, member.id, credits))
        else:
            await refuse(interaction, refused)
