"""The star button: a member has one star for each movie.

A movie is not posted in the gallery where not all who may view that may see it. The gateway's cache, which every
process has that answers members, tells; the worker asks Discord again.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import send_ephemeral, send_text
from bot.domain.refusal import Refused
from bot.ui import refusals
from bot.ui import stars as messages
from cogs.checks import Interaction, may_be_shown
from cogs.component_router import ComponentHandler, id_argument
from cogs.job_access import JobAccess
from data import server_setup, stars
from data.database import Database
from data.stars import Starred


class StarButtons:
    """Handler of *Star*."""

    def __init__(self, database: Database, access: JobAccess) -> None:
        self._database = database
        self._access = access
        self.component_handlers: Mapping[str, ComponentHandler] = {"star": self._star}

    async def _star(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Give a star, or take it back."""
        texts = private_texts(interaction)
        job = await self._access.visible(interaction, id_argument(arguments))
        if job is None:
            return
        if job.guild_id != interaction.guild_id:  # a copied button of one's own movie, elsewhere
            await send_text(interaction, "buttons-unknown-movie")
            return
        gallery = (await self._database.read(server_setup.get, job.guild_id)).gallery
        may_post = gallery is not None and may_be_shown(interaction, job.channel_id, gallery)
        member_id = interaction.user.id
        match await self._database.write(
            stars.toggle, job.id, member_id, interaction_id=interaction.id, may_post=may_post
        ):
            case Refused() as refused:
                text = refusals.refusal_text(texts, refused)
            case Starred(given, count, posted) if given:
                text = messages.given(texts, count, posted=posted)
            case Starred(_, count):
                text = messages.taken_back(texts, count)
        await send_ephemeral(interaction, text)
