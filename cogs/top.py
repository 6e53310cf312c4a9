"""/top: a month's best movies, makers and patrons of the server."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import respond_ephemeral
from bot.domain.credits import Month
from bot.domain.delivery import Venue
from bot.domain.movie_list import MovieItem
from bot.domain.refusal import Refused
from bot.services.rankings import RankingService
from bot.ui import rankings
from bot.ui.command_descriptions import localized
from cogs.checks import Interaction, may_see, may_view
from cogs.quota_checks import parse_month
from cogs.refusing import refuse
from data.database import Database
from data.rankings import SHOWN


class TopCog(commands.Cog):
    """Shows the ranking, privately."""

    def __init__(self, database: Database, rankings: RankingService) -> None:
        self._database = database
        self._rankings = rankings

    @app_commands.command(name="top", description=localized("commands-top"))
    @app_commands.describe(month=localized("commands-top-month"))
    @app_commands.guild_only()
    async def top(self, interaction: Interaction, month: str | None = None) -> None:
        """Show the best of a month."""
        texts = private_texts(interaction)
        parsed = Month.containing(self._database.clock.now()) if month is None else parse_month(month)
        if parsed is None:
            await refuse(interaction, Refused("quota-bad-month", {"given": str(month)}))
            return
        ranking = await self._rankings.ranking(interaction.guild_id or 0, parsed)
        visible = ranking.visible(lambda item: _may_see(interaction, item), SHOWN)
        await respond_ephemeral(interaction, rankings.ranking_embed(texts, visible))


def _may_see(interaction: Interaction, item: MovieItem) -> bool:
    """Return whether the member may see a movie, and view its message.

    A server's managers chose who reads its gallery; older posts of a forum are archived.
    """
    job, message = item.job, item.message
    is_own = job.member_id == interaction.user.id
    if not may_see(interaction, job.guild_id, job.channel_id, is_own=is_own):
        return False
    return is_own or message is None or message.venue is Venue.FORUM or may_view(interaction, message.channel_id)
