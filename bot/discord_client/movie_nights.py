"""Posts, updates and deletes the messages of movie nights."""

from __future__ import annotations

import contextlib
from collections.abc import Collection

import discord

from bot.core.errors import UNKNOWN_CHANNEL, DeliveryRejected, GalleryRejected
from bot.discord_client import channel_viewers
from bot.discord_client.client import Client
from bot.discord_client.gallery import Gallery, gallery_rejections
from bot.discord_client.rest_errors import ARCHIVED_THREAD, map_errors
from bot.discord_client.sent_messages import Messenger, nonce_of
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.movie_nights import MovieNight
from bot.domain.server_setup import AgeRule
from bot.domain.visibility import ServerReaders
from bot.locales.texts import texts_in
from bot.ui import movie_nights

_Channel = discord.ForumChannel | discord.TextChannel | discord.PartialMessageable


class MovieNightMessages(Messenger):
    """The worker's `MovieNightPublisher`."""

    def __init__(self, client: Client, gallery: Gallery) -> None:
        super().__init__(client)
        self._gallery = gallery

    async def is_posted(self, message: PostedMessage) -> bool:
        """Return whether a movie's message is still there.

        True also where the bot may not look.

        Raises:
            DeliveryDeferred: A transient failure; retry later.
        """
        try:
            return await map_errors(self._posted(message).fetch) is not None
        except DeliveryRejected as exc:
            return exc.code != UNKNOWN_CHANNEL

    async def readers(self, guild_id: int, channel_ids: Collection[int]) -> ServerReaders:
        """Return who may view some channels of a server.

        Raises:
            DeliveryRejected: The bot is not in the server.
            DeliveryDeferred: A transient failure; retry later.
        """
        return await channel_viewers.fetch_readers(self._client, guild_id, channel_ids)

    async def send(self, night: MovieNight, sent_since: int | None) -> PostedMessage:
        """Post a movie night, unless an earlier attempt has.

        Raises:
            GalleryRejected: The gallery does not take it.
            DeliveryRejected: The channel does not take it.
            DeliveryDeferred: A transient failure; retry with the same nonce.
        """
        with gallery_rejections() if night.venue is Venue.GALLERY else contextlib.nullcontext():
            channel = await self._channel(night)
            if night.age is AgeRule.RESTRICTED:
                await self._require_age_restricted(channel)
            is_post = isinstance(channel, discord.ForumChannel)  # Discord knows no nonces for posts
            found = await self._find(channel, night) if is_post or sent_since is not None else None
            return found or await self._post(channel, night)

    async def update(self, night: MovieNight) -> None:
        """Show the movies that are left, or delete the message without any.

        An earlier attempt may have posted it, and not recorded that. Raises as `send` does.
        """
        posted = night.message or await self._find(await self._channel(night), night)
        if posted is None:
            return
        texts = texts_in(night.language)
        if not night.movies and posted.venue is Venue.FORUM:
            await self._gallery.delete_post(posted, texts("buttons-deleted-post-title"))
        elif not night.movies:
            await map_errors(self._posted(posted).delete)
        else:
            shown = movie_nights.night_message(texts, night)
            try:
                await self._edit(posted, shown)
            except DeliveryRejected as exc:
                if exc.code != ARCHIVED_THREAD:
                    raise
                await map_errors(lambda: self._client.http.edit_channel(posted.channel_id, archived=False))
                await self._edit(posted, shown)

    async def _require_age_restricted(self, channel: _Channel) -> None:
        if not isinstance(channel, discord.PartialMessageable):
            if not channel.is_nsfw():
                raise GalleryRejected("not age-restricted", is_unrestricted=True)
        elif not await self._gallery.is_age_restricted(channel.id):
            raise DeliveryRejected("not age-restricted")

    async def _channel(self, night: MovieNight) -> _Channel:
        assert night.channel_id is not None
        if night.venue is Venue.GALLERY:
            return await self._gallery.channel(night.channel_id, night.guild_id)
        return self._client.get_partial_messageable(night.channel_id, guild_id=night.guild_id)

    async def _find(self, channel: _Channel, night: MovieNight) -> PostedMessage | None:
        return await self._find_message(
            channel, lambda sent: movie_nights.shows(night, sent), night.created_at, night.venue
        )

    async def _post(self, channel: _Channel, night: MovieNight) -> PostedMessage:
        texts, nonce = texts_in(night.language), nonce_of(f"{night.id}-{channel.id}")
        variants, title = (movie_nights.night_message(texts, night),), movie_nights.post_title(texts, night)
        return await self._post_message(channel, variants, night.venue, nonce=nonce, title=title)
