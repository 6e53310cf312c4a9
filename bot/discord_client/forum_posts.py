"""Finished movies as posts of a forum.

A post is a thread, and its first message has the movie. Discord knows no nonces for posts. So nothing here is sent
twice by itself, and an earlier attempt's post is searched for before the next attempt.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Final

import discord
import structlog
from discord.http import HTTPClient, Route, handle_message_parameters

from bot.discord_client.movie_messages import Parts
from bot.discord_client.sent_messages import CLOCK_TOLERANCE, NO_ACCESS_CODES, to_datetime

_log = structlog.stdlib.get_logger(__name__)

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
