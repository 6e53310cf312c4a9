"""The choices of /movie's duration, each with its price.

Only the member who types sees them.
"""

from __future__ import annotations

from collections.abc import Sequence

from discord import app_commands

from bot.discord_client.interaction_texts import private_texts
from bot.domain.request import Draft, suggest_durations
from bot.ui import quotes
from cogs.checks import Interaction, order_context
from data import availability, orders
from data.database import Database

_ANY_PROMPT = "-"
"""The prompt does not change the price, and may not be typed yet."""


class DurationChoices:
    """Suggests durations while a member types one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def suggest(self, interaction: Interaction, typed: str) -> Sequence[app_commands.Choice[int]]:
        """Return the choices for what was typed so far.

        The price is that of the other options and the member's preferences; it is left out where these are invalid.
        """
        if interaction.guild_id is None or interaction.channel_id is None:
            return ()
        named = vars(interaction.namespace)
        draft = Draft(
            _ANY_PROMPT,
            video_model=named.get("video_model"),
            image_model=named.get("image_model"),
            aspect_ratio=named.get("aspect_ratio"),
        )
        priced = await self._database.read(orders.price_per_second, order_context(interaction), draft)
        offered = await self._database.read(availability.of_server, interaction.guild_id)
        texts = private_texts(interaction)
        return [
            app_commands.Choice(name=quotes.duration_choice(texts, seconds, priced), value=seconds)
            for seconds in suggest_durations(str(typed), offered.limits)
        ]
