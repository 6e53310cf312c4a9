"""Updates the public messages of pitches."""

from __future__ import annotations

from bot.core.errors import DeliveryRejected
from bot.discord_client.client import Client
from bot.discord_client.gallery import DELETED_CHANNEL
from bot.discord_client.rest_errors import map_errors
from bot.domain.catalogue import Catalogue
from bot.domain.pitches import Pitch
from bot.locales.texts import texts_in
from bot.ui import pitches


async def show(client: Client, pitch: Pitch, catalogue: Catalogue) -> bool:
    """Update a pitch's message. Return False where it, or its channel, is deleted.

    Raises:
        DeliveryRejected: Discord forbids it.
        DeliveryDeferred: It can be retried.
    """
    assert pitch.message_id is not None
    channel = client.get_partial_messageable(pitch.channel_id, guild_id=pitch.guild_id)
    message, texts = channel.get_partial_message(pitch.message_id), texts_in(pitch.server_language)
    embed, view = pitches.pitch_embed(texts, pitch, catalogue), pitches.pitch_view(texts, pitch)
    try:
        return await map_errors(lambda: message.edit(embed=embed, view=view)) is not None
    except DeliveryRejected as exc:
        if exc.code != DELETED_CHANNEL:
            raise
        return False
