"""Posts finished movies in a server's gallery.

That is a text channel or a forum.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import discord
import structlog

from bot.core.errors import DeliveryRejected, GalleryRejected
from bot.discord_client import movie_messages, sent_messages, uploads
from bot.discord_client.channel_viewers import fetch_readers
from bot.discord_client.client import Client
from bot.discord_client.movie_messages import Attempt
from bot.discord_client.rest_errors import map_errors
from bot.domain.delivery import Delivery, PostedMessage, Venue
from bot.domain.jobs import Job
from bot.domain.server_setup import AgeRule
from bot.ui import job_messages

_log = structlog.stdlib.get_logger(__name__)

DELETED_CHANNEL: Final = 10003
"""Discord's code for a channel or a thread that is gone."""

_Channel: TypeAlias = discord.abc.GuildChannel | discord.abc.PrivateChannel | discord.Thread
_Gallery: TypeAlias = discord.ForumChannel | discord.TextChannel


class Gallery:
    """Sends, finds and deletes messages of galleries."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def send(self, gallery_id: int, job: Job, delivery: Delivery, attempts: list[Attempt]) -> PostedMessage:
        """Post a movie, unless an earlier attempt did.

        Raises:
            GalleryRejected: Discord does not take it there, or not all who may view it may see the movie.
            DeliveryDeferred: a transient failure; retry later.
        """
        try:
            channel = await self.channel(gallery_id, job.guild_id)
            _check_age(channel, delivery)
            await self._require_readers(gallery_id, job)
            if isinstance(channel, discord.ForumChannel):
                return await self._post_in_forum(channel, job, delivery, attempts)
            return await self._post(channel, job, delivery, attempts)
        except GalleryRejected:
            raise
        except DeliveryRejected as exc:
            raise GalleryRejected(str(exc), code=exc.code, is_closed=exc.is_closed) from exc

    async def _require_readers(self, gallery_id: int, job: Job) -> None:
        if gallery_id == job.channel_id:
            return
        readers = await fetch_readers(self._client, job.guild_id, {gallery_id, job.channel_id})
        if not readers.may_be_shown(job.channel_id, gallery_id):
            raise GalleryRejected("more people may view the gallery than the channel", is_closed=False)

    async def is_age_restricted(self, channel_id: int) -> bool:
        """Return Discord's flag of a channel, or of a thread's parent.

        Raises as `send` does.
        """
        channel = await self._fetch(channel_id)
        if isinstance(channel, discord.Thread):
            channel = await self._fetch(channel.parent_id)
        return isinstance(channel, discord.abc.GuildChannel) and bool(getattr(channel, "nsfw", False))

    async def find(self, gallery_id: int, job: Job, delivery: Delivery, since: int) -> PostedMessage | None:
        """Find a movie that an earlier attempt posted. Raises as `send` does."""
        return await self._find_in(await self.channel(gallery_id, job.guild_id), job, delivery, since)

    async def delete_post(self, message: PostedMessage, title: str) -> None:
        """Delete a post with its thread, whose title has the prompt.

        Without the permission for that, Discord lets the bot rename its own thread, unless it is locked:
        https://discord.com/developers/docs/topics/threads#editing-deleting-threads. So it gets another `title`, and
        only its message is deleted. Raises as `send` does, also where the prompt stays.
        """
        thread, http = self._client.get_partial_messageable(message.channel_id), self._client.http
        try:
            await map_errors(lambda: http.delete_channel(message.channel_id))
        except DeliveryRejected as exc:
            if exc.code == DELETED_CHANNEL:
                return
            _log.warning("post_not_deleted", thread_id=message.channel_id, code=exc.code)
        else:
            return
        not_renamed: DeliveryRejected | None = None
        try:
            await map_errors(lambda: http.edit_channel(message.channel_id, name=title, archived=False))
        except DeliveryRejected as exc:
            not_renamed = exc
        await map_errors(lambda: thread.get_partial_message(message.message_id).delete())
        if not_renamed is not None:
            raise not_renamed

    async def channel(self, gallery_id: int, guild_id: int) -> _Gallery:
        """Return a server's gallery as Discord has it now.

        Raises as `send` does.
        """
        channel = await self._fetch(gallery_id)
        if isinstance(channel, discord.ForumChannel | discord.TextChannel) and channel.guild.id == guild_id:
            return channel
        raise GalleryRejected("no gallery", code=DELETED_CHANNEL)

    async def _fetch(self, channel_id: int) -> _Channel | None:
        """Ask Discord: a worker has no cache, which may be outdated, too."""
        return await map_errors(lambda: self._client.fetch_channel(channel_id))

    async def _find_in(self, channel: _Gallery, job: Job, delivery: Delivery, since: int) -> PostedMessage | None:
        me = self._client.user
        if me is None:
            return None
        if isinstance(channel, discord.ForumChannel):

            def is_sought(message: discord.Message) -> bool:
                return job_messages.is_notification(job, message, delivery.type)

            found = await map_errors(lambda: uploads.find(channel, is_sought, me, since))
            return None if found is None else PostedMessage(*found, Venue.FORUM)
        message = await map_errors(lambda: sent_messages.find_sent_message(channel, job, delivery.type, me, since))
        return None if message is None else PostedMessage(channel.id, message.id, Venue.GALLERY)

    async def _post(
        self, channel: discord.TextChannel, job: Job, delivery: Delivery, attempts: list[Attempt]
    ) -> PostedMessage:
        since = delivery.possibly_sent_since
        if since is not None:
            found = await self._find_in(channel, job, delivery, since)
            if found is not None:
                return found
        message_id = await movie_messages.send_with_fallbacks(
            lambda variant, path: movie_messages.send(channel, job, variant, delivery.nonce, path), attempts
        )
        return PostedMessage(channel.id, message_id, Venue.GALLERY)

    async def _post_in_forum(
        self, forum: discord.ForumChannel, job: Job, delivery: Delivery, attempts: list[Attempt]
    ) -> PostedMessage:
        if not delivery.first_attempt:
            found = await self._find_in(forum, job, delivery, delivery.queued_at)
            if found is not None:
                return found
        thread_id, message_id = await movie_messages.with_fallbacks(
            lambda variant, path: uploads.create(
                self._client.http, forum, job_messages.post_title(job), movie_messages.parts(job, variant, path)
            ),
            attempts,
        ) or (forum.id, 0)
        return PostedMessage(thread_id, message_id, Venue.FORUM)


def _check_age(channel: _Gallery, delivery: Delivery) -> None:
    if delivery.age is AgeRule.RESTRICTED and not channel.is_nsfw():
        raise GalleryRejected("not age-restricted", is_unrestricted=True)
