"""Posts finished movies in a server's gallery: a text channel, or a forum with a post for each movie."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator
from typing import Final, TypeAlias

import discord
import structlog
from discord.http import HTTPClient, Route, handle_message_parameters

from bot.core.errors import DeliveryRejected, GalleryRejected
from bot.discord_client import movie_messages, sent_messages
from bot.discord_client.channel_viewers import fetch_readers
from bot.discord_client.client import Client
from bot.discord_client.movie_messages import Attempt, Parts
from bot.discord_client.rest_errors import map_errors
from bot.discord_client.sent_messages import CLOCK_TOLERANCE, NO_ACCESS_CODES, to_datetime
from bot.domain.delivery import Delivery, PostedMessage, Venue
from bot.domain.jobs import Job
from bot.domain.server_setup import AgeRule
from bot.ui import job_messages

_log = structlog.stdlib.get_logger(__name__)

DELETED_CHANNEL: Final = 10003
"""Discord's code for a channel or a thread that is gone."""

_MAX_SEARCHED: Final = 200
"""Posts of the bot that are read, and archived posts that are looked at: an earlier attempt was minutes ago, or hours
after a long failure."""

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
        with gallery_rejections():
            channel = await self.channel(gallery_id, job.guild_id)
            await self._require_viewers(channel, job, delivery)
            since = delivery.possibly_sent_since
            if isinstance(channel, discord.ForumChannel):
                since = None if delivery.first_attempt else delivery.queued_at
            found = None if since is None else await self._find_in(channel, job, delivery, since)
            return found or await self._post(channel, job, delivery, attempts)

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
        def is_sought(message: discord.Message) -> bool:
            return job_messages.is_notification(job, message, delivery.type)

        return await find_posted(self._client, channel, is_sought, since, Venue.GALLERY)

    async def _post(self, channel: _Gallery, job: Job, delivery: Delivery, attempts: list[Attempt]) -> PostedMessage:
        if isinstance(channel, discord.TextChannel):
            message_id = await movie_messages.send_with_fallbacks(
                lambda variant, path: movie_messages.send(channel, job, variant, delivery.nonce, path), attempts
            )
            return PostedMessage(channel.id, message_id, Venue.GALLERY)
        http, title = self._client.http, job_messages.post_title(job)
        posted = await movie_messages.with_fallbacks(
            lambda variant, path: create_post(http, channel, title, movie_messages.parts(job, variant, path)), attempts
        )
        return PostedMessage(*posted or (channel.id, 0), Venue.FORUM)


async def find_posted(
    client: Client,
    channel: discord.ForumChannel | discord.abc.MessageableChannel | discord.PartialMessageable,
    is_sought: Callable[[discord.Message], bool],
    since: int,
    venue: Venue,
) -> PostedMessage | None:
    """Find the bot's message that is sought, in a channel, which is this venue, or among a forum's posts.

    It is searched since `since`, in UTC epoch milliseconds. Raises as `Gallery.send` does.
    """
    me = client.user
    if me is None:
        return None
    if isinstance(channel, discord.ForumChannel):
        post = await map_errors(lambda: find_post(channel, is_sought, me, since))
        return None if post is None else PostedMessage(*post, Venue.FORUM)
    message = await map_errors(lambda: sent_messages.find(channel, is_sought, me, since))
    return None if message is None else PostedMessage(channel.id, message.id, venue)


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


async def create_post(http: HTTPClient, forum: discord.ForumChannel, title: str, parts: Parts) -> tuple[int, int]:
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
    with handle_message_parameters(**parts, channel_payload=thread) as params:
        # its content type makes a form without files multipart, too: Discord reads payload_json in no other one
        plain = {"name": "payload_json", "value": json.dumps(params.payload), "content_type": "application/json"}
        form = params.multipart or [plain]
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum.id)
        query = {"use_nested_fields": 1}
        created = await http.request(route, files=params.files, form=_Once(list(form)), params=query)
    return int(created["id"]), int(created["message"]["id"])


async def find_post(
    forum: discord.ForumChannel, is_sought: Callable[[discord.Message], bool], author: discord.abc.Snowflake, since: int
) -> tuple[int, int] | None:
    """Find the author's post whose first message is sought.

    Return the ids of its thread and its message. It is searched since `since`, in UTC epoch milliseconds. Returns None
    also where the forum can't be read. Raises the errors of `create_post`.
    """
    earliest = to_datetime(since) - CLOCK_TOLERANCE
    try:
        searched = 0
        async for thread in _threads(forum):
            if thread.owner_id != author.id or discord.utils.snowflake_time(thread.id) < earliest:
                continue
            searched += 1
            async for message in thread.history(limit=1, oldest_first=True):
                if message.author.id == author.id and is_sought(message):
                    _log.warning("duplicate_post_found", thread_id=thread.id)
                    return thread.id, message.id
            if searched == _MAX_SEARCHED:
                break
    except discord.Forbidden as exc:
        if exc.code not in NO_ACCESS_CODES:
            raise
        _log.warning("forum_forbidden", code=exc.code)
    return None


async def _threads(forum: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
    """Yield a forum's threads, those in its list first."""
    active = [thread for thread in await forum.guild.active_threads() if thread.parent_id == forum.id]
    for thread in sorted(active, key=lambda thread: -thread.id):
        yield thread
    async for thread in forum.archived_threads(limit=_MAX_SEARCHED):
        yield thread
