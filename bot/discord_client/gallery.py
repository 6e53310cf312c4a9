"""Posts finished movies in a server's gallery: a text channel, or a forum with a post for each movie."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Generator, Iterable, Iterator
from typing import Final, TypeAlias

import discord
import structlog
from discord.http import HTTPClient, Route, handle_message_parameters

from bot.core.errors import UNKNOWN_CHANNEL, DeliveryRejected, GalleryRejected
from bot.discord_client.channel_viewers import fetch_readers
from bot.discord_client.rest_errors import map_errors
from bot.discord_client.sent_messages import Messenger, find_notification, send_once, with_fallbacks
from bot.domain.delivery import Delivery, PostedMessage, Venue
from bot.domain.jobs import Job
from bot.domain.server_setup import AgeRule
from bot.ui import job_messages
from bot.ui.components import Message

_log = structlog.stdlib.get_logger(__name__)

_PUBLIC_THREAD: Final = 11

_ARCHIVE_MINUTES: Final = 10_080
"""A week, the longest that Discord shows a quiet post in its list."""

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

    async def send(self, gallery_id: int, job: Job, delivery: Delivery, attempts: list[Message]) -> PostedMessage:
        """Post a movie, unless an earlier attempt did.

        Raises:
            GalleryRejected: Discord does not take it there, or not all who may view it may see the movie.
            DeliveryDeferred: a transient failure; retry later.
        """
        with gallery_rejections():
            channel = await self.channel(gallery_id, job.guild_id)
            await self._require_viewers(channel, job, delivery)
            if isinstance(channel, discord.ForumChannel):
                return await self._post_in_forum(channel, job, delivery, attempts)
            return await send_once(channel, job, delivery, attempts, self._client.user, Venue.GALLERY)

    async def _require_viewers(self, gallery: _Gallery, job: Job, delivery: Delivery) -> None:
        """Raise GalleryRejected where people may view a gallery who must not see the movie."""
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

    async def find(self, gallery_id: int, job: Job, delivery: Delivery, since: int) -> PostedMessage | None:
        """Find a movie that an earlier attempt posted. Raises as `send` does."""
        channel = await self.channel(gallery_id, job.guild_id)
        return await find_notification(channel, job, delivery, self._client.user, since, Venue.GALLERY)

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

    async def _post_in_forum(
        self, forum: discord.ForumChannel, job: Job, delivery: Delivery, attempts: list[Message]
    ) -> PostedMessage:
        if not delivery.first_attempt:
            found = await find_notification(forum, job, delivery, self._client.user, delivery.queued_at, Venue.FORUM)
            if found is not None:
                return found
        thread_id, message_id = await with_fallbacks(
            lambda variant: create_post(self._client.http, forum, job_messages.post_title(job), variant), attempts
        ) or (forum.id, 0)
        return PostedMessage(thread_id, message_id, Venue.FORUM)


class _Once(Iterable[dict[str, object]]):
    """A form that can be sent once.

    discord.py repeats a request after some errors, although Discord may have accepted it. It reads the form each time.
    """

    def __init__(self, fields: list[dict[str, object]]) -> None:
        self._fields = fields
        self._sent = False

    def __iter__(self) -> Iterator[dict[str, object]]:
        if self._sent:
            raise TimeoutError("Discord did not confirm the post")
        self._sent = True
        return iter(self._fields)


async def create_post(http: HTTPClient, forum: discord.ForumChannel, title: str, message: Message) -> tuple[int, int]:
    """Create a post of a forum; return the ids of its thread and its message.

    A post is a thread, and its first message has the movie. Discord knows no nonces for posts. So it is not sent twice
    by itself, and an earlier attempt's post is searched for before the next attempt.

    Raises:
        TimeoutError: Discord may have accepted it.
        discord.HTTPException, aiohttp.ClientError, OSError: as for every request.
    """
    thread = {
        "name": title,
        "auto_archive_duration": _ARCHIVE_MINUTES,
        "type": _PUBLIC_THREAD,
        "applied_tags": [str(tag.id) for tag in forum.available_tags[:1]] if forum.flags.require_tag else [],
    }
    with handle_message_parameters(**message.sent(), channel_payload=thread) as params:
        # its content type makes a form without files multipart, too: Discord reads payload_json in no other one
        plain = {"name": "payload_json", "value": json.dumps(params.payload), "content_type": "application/json"}
        form = params.multipart or [plain]
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum.id)
        created = await http.request(route, files=params.files, form=_Once(list(form)), params={"use_nested_fields": 1})
    return int(created["id"]), int(created["message"]["id"])
