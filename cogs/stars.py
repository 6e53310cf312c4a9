"""The star button: a member has one star for each movie.

A movie of a channel that not all readers of the gallery may read is not posted there. The gateway's cache, which every
process has that answers members, tells who may read what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import send_ephemeral
from bot.services.signals import Signals
from bot.ui import button_responses
from bot.ui import stars as messages
from cogs.checks import Interaction, readers_may_read
from cogs.component_router import ComponentHandler, id_argument
from cogs.job_access import JobAccess
from data import server_setup, stars
from data.database import Database
from data.stars import Starred, StarRefusal


class StarButtons:
    """Handler of *Star*. `now` returns UTC epoch milliseconds."""

    def __init__(self, database: Database, access: JobAccess, now: Callable[[], int], signals: Signals) -> None:
        self._database = database
        self._access = access
        self._now = now
        self._signals = signals
        self.component_handlers: Mapping[str, ComponentHandler] = {"star": self._star}

    async def _star(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Give a star, or take it back."""
        texts = private_texts(interaction)
        job = await self._access.visible(interaction, id_argument(arguments))
        if job is None:
            return
        if job.guild_id != interaction.guild_id:  # a copied button of one's own movie, elsewhere
            await send_ephemeral(interaction, button_responses.not_found(texts))
            return
        gallery = (await self._database.read(server_setup.get, job.guild_id)).gallery
        may_post = gallery is not None and readers_may_read(interaction, gallery, job.channel_id)
        press = {"interaction_id": interaction.id, "now": self._now()}
        match await self._database.write(stars.toggle, job.id, interaction.user.id, **press, may_post=may_post):
            case StarRefusal.OWN:
                text = messages.own(texts)
            case StarRefusal.GONE:
                text = messages.gone(texts)
            case Starred(given, count, posted) if given:
                text = messages.given(texts, count, posted=posted)
                self._signals.notify("notifications")
            case Starred(_, count):
                text = messages.taken_back(texts, count)
        await send_ephemeral(interaction, text)
