"""Posts finished movies in a server's gallery: a text channel, or a forum with a post for each movie."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from typing import TypeAlias

import discord
import structlog

from bot.core.errors import UNKNOWN_CHANNEL, DeliveryRejected, GalleryRejected
from bot.discord_client.channel_viewers import fetch_readers
from bot.discord_client.rest_errors import map_errors
from bot.discord_client.sent_messages import Messenger
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.message import Delivery
from bot.domain.server_setup import AgeRule
from bot.ui.components import Message

_log = structlog.stdlib.get_logger(__name__)

_Channel: TypeAlias = discord.abc.GuildChannel | discord.abc.PrivateChannel | discord.Thread
_Gallery: TypeAlias = discord.ForumChannel | discord.TextChannel


@contextlib.contextmanager
def gallery_rejections() -> Generator[None]:
    """Raise GalleryRejected where Discord rejects something in a gallery: other routes may take it."""
    try:
        yield
    except GalleryRejected:
        raise
    except DeliveryRejected as exc:
        raise GalleryRejected(str(exc), code=exc.code, is_closed=exc.is_closed) from exc


class Gallery(Messenger):
    """Sends, finds and deletes messages of galleries."""

    async def send(self, gallery_id: int, delivery: Delivery, variants: Sequence[Message]) -> PostedMessage:
        """Post a movie, unless an earlier attempt did.

        Raises:
            GalleryRejected: Discord does not take it there, or not all who may view it may see the movie.
            DeliveryDeferred: a transient failure; retry later.
        """
        with gallery_rejections():
            channel = await self.channel(gallery_id, delivery.job.guild_id)
            await self._require_viewers(channel, delivery)
            return await self._send_once(channel, delivery, variants, Venue.GALLERY)

    async def _require_viewers(self, gallery: _Gallery, delivery: Delivery) -> None:
        """Raise GalleryRejected where people may view a gallery who must not see the movie."""
        job = delivery.job
        if delivery.age is AgeRule.RESTRICTED and not gallery.is_nsfw():
            raise GalleryRejected("not age-restricted", is_unrestricted=True)
        if gallery.id == job.channel_id:
            return
        readers = await fetch_readers(self._client, job.guild_id, {gallery.id, job.channel_id})
        if not readers.may_be_shown(job.channel_id, gallery.id):
            raise GalleryRejected("more people may view the gallery than the channel", is_closed=False)

    async def is_age_restricted(self, channel_id: int) -> bool:
        """Return Discord's flag of a channel, or of a thread's parent.

        Raises as `send` does.
        """
        channel = await self._fetch(channel_id)
        if isinstance(channel, discord.Thread):
            channel = await self._fetch(channel.parent_id)
        return isinstance(channel, discord.abc.GuildChannel) and bool(getattr(channel, "nsfw", False))

    async def find(self, gallery_id: int, delivery: Delivery) -> PostedMessage | None:
        """Find a movie that an earlier attempt posted. Raises as `send` does."""
        channel = await self.channel(gallery_id, delivery.job.guild_id)
        return await self._find_sent(channel, delivery, Venue.GALLERY)

    async def delete_post(self, message: PostedMessage, title: str) -> None:
        """Delete a post with its thread, whose title has the prompt.

        Without the permission for that, Discord lets the bot rename its own thread, unless it is locked:
        https://discord.com/developers/docs/topics/threads#editing-deleting-threads. So it gets another `title`, and
        only its message is deleted. Raises as `send` does, also where the prompt stays.
        """
        http = self._client.http
        try:
            await map_errors(lambda: http.delete_channel(message.channel_id))
        except DeliveryRejected as exc:
            if exc.code == UNKNOWN_CHANNEL:
                return
            _log.warning("post_not_deleted", thread_id=message.channel_id, code=exc.code)
        else:
            return
        not_renamed: DeliveryRejected | None = None
        try:
            await map_errors(lambda: http.edit_channel(message.channel_id, name=title, archived=False))
        except DeliveryRejected as exc:
            not_renamed = exc
        await map_errors(self._posted(message).delete)
        if not_renamed is not None:
            raise not_renamed

    async def channel(self, gallery_id: int, guild_id: int) -> _Gallery:
        """Return a server's gallery as Discord has it now.

        Raises as `send` does.
        """
        channel = await self._fetch(gallery_id)
        if isinstance(channel, discord.ForumChannel | discord.TextChannel) and channel.guild.id == guild_id:
            return channel
        raise GalleryRejected("no gallery", code=UNKNOWN_CHANNEL)

    async def _fetch(self, channel_id: int) -> _Channel | None:
        """Ask Discord: a worker has no cache, which may be outdated, too."""
        return await map_errors(lambda: self._client.fetch_channel(channel_id))
