"""Reads files that members attach.

Downloads a finished movie to attach it: links expire, attachments stay.

How large a file a server accepts, read over REST.

The worker has no guild cache.

Finished movies as posts of a forum.

A post is a thread, and its first message has the movie. Discord knows no nonces for posts. So nothing here is sent
twice by itself, and an earlier attempt's post is searched for before the next attempt.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import aiohttp
import discord
import structlog
from discord.http import HTTPClient, Route, handle_message_parameters

from bot.core.clock import Clock
from bot.core.errors import one_line
from bot.discord_client.movie_messages import Parts
from bot.discord_client.sent_messages import CLOCK_TOLERANCE, NO_ACCESS_CODES, to_datetime
from bot.domain.delivery import Delivery, NotificationType
from bot.domain.jobs import Job
from bot.downloads.downloader import DownloadError, MovieDownloader

_log = structlog.stdlib.get_logger(__name__)

DEFAULT_UPLOAD_LIMIT: Final = 10 * 2**20
"""Bytes that Discord accepts in every server."""

_TIMEOUT_SECONDS: Final = 60.0
"""How long the notification may be delayed by the download, including the wait for a slot."""

_WITH_MOVIE: Final = (NotificationType.COMPLETED, NotificationType.STARRED)

_MESSAGE_OVERHEAD: Final = 64 * 1024
"""Bytes for the rest of a message beside its file."""


class Attachments:
    """Decides whether a movie is attached, and downloads it.

    `max_bytes(guild_id)` returns a server's upload limit; 0 attaches nothing.
    """

    def __init__(self, downloader: MovieDownloader, max_bytes: Callable[[int], Awaitable[int]]) -> None:
        self._downloader = downloader
        self._max_bytes = max_bytes

    @contextlib.asynccontextmanager
    async def open_for(self, delivery: Delivery, job: Job) -> AsyncGenerator[Path | None]:
        """Yield a finished movie's file, None where only the link is sent.

        The file is removed at the end of the block.
        """
        retried = delivery.attempts > 1  # the movie was downloaded twice already, so send the link only
        if retried or delivery.type not in _WITH_MOVIE or job.movie_url is None:
            yield None
            return
        max_bytes = await self._max_bytes(job.guild_id) - _MESSAGE_OVERHEAD
        if max_bytes <= 0:
            yield None
            return
        async with contextlib.AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(_TIMEOUT_SECONDS):
                    path: Path | None = await stack.enter_async_context(
                        self._downloader.download(job.movie_url, max_bytes)
                    )
            except (DownloadError, TimeoutError) as exc:
                reason = str(exc) or type(exc).__name__
                _log.warning("attachment_skipped", job_id=job.id, error=reason)
                path = None
            yield path


async def read_upload(attachment: discord.Attachment) -> bytes | None:
    """Return a file's content.

    None where Discord does not hand it over, which is logged.
    """
    try:
        return await attachment.read()
    except (discord.HTTPException, aiohttp.ClientError, OSError) as exc:
        _log.warning("upload_not_read", error=one_line(exc))
        return None


_TTL_MS: Final = 3_600_000
"""Boost levels change rarely, and a file that is too large is sent as a link."""

_MAX_CACHED: Final = 1000


class UploadLimits:
    """The upload limits of servers, in bytes."""

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._cached: dict[int, tuple[int, int]] = {}

    async def get(self, guild_id: int) -> int:
        """Return a server's limit, or the default if Discord gives none."""
        now = self._clock.now()
        fetched_at, limit = self._cached.get(guild_id, (now - _TTL_MS, 0))
        if 0 <= now - fetched_at < _TTL_MS:  # below 0: the clock was set back
            return limit
        try:
            guild = await self._client.fetch_guild(guild_id, with_counts=False)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as exc:
            _log.warning("upload_limit_unavailable", guild_id=guild_id, error=str(exc))
            return DEFAULT_UPLOAD_LIMIT
        if len(self._cached) >= _MAX_CACHED:
            self._cached.clear()
        self._cached[guild_id] = (now, guild.filesize_limit)
        return guild.filesize_limit


_MAX_SEARCHED: Final = 200
"""Posts of the bot that are read, and archived posts that are looked at: an earlier attempt was minutes ago, or hours
after a long failure."""

_PUBLIC_THREAD: Final = 11

_ARCHIVE_MINUTES: Final = 10_080
"""A week, the longest that Discord shows a quiet post in its list."""


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


async def create(http: HTTPClient, forum: discord.ForumChannel, title: str, parts: Parts) -> tuple[int, int]:
    """Create a post; return the ids of its thread and its message.

    Raises:
        TimeoutError: Discord may have accepted it.
        discord.HTTPException, aiohttp.ClientError, OSError: as for every request.
    """
    thread = {
        "name": title,
        "auto_archive_duration": _ARCHIVE_MINUTES,
        "type": _PUBLIC_THREAD,
        "applied_tags": [str(tag.id) for tag in _tags(forum)],
    }
    with handle_message_parameters(**parts, channel_payload=thread) as params:
        # its content type makes a form without files multipart, too: Discord reads payload_json in no other one
        plain = {"name": "payload_json", "value": json.dumps(params.payload), "content_type": "application/json"}
        form = params.multipart or [plain]
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum.id)
        query = {"use_nested_fields": 1}
        created = await http.request(route, files=params.files, form=_Once(list(form)), params=query)
    return int(created["id"]), int(created["message"]["id"])


async def find(
    forum: discord.ForumChannel, is_sought: Callable[[discord.Message], bool], author: discord.abc.Snowflake, since: int
) -> tuple[int, int] | None:
    """Find the author's post whose first message is sought.

    Return the ids of its thread and its message. It is searched since `since`, in UTC epoch milliseconds. Returns None
    also where the forum can't be read. Raises the errors of `create`.
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


def _tags(forum: discord.ForumChannel) -> list[discord.ForumTag]:
    """Return a tag where the forum requires one."""
    return list(itertools.islice(forum.available_tags, 1)) if forum.flags.require_tag else []
