"""Finds in a channel's history what was posted there and never recorded.

A process that died between Discord's acceptance and our record of it leaves a message that the database does not know.
One that is owed would be posted a second time where Discord may have forgotten its nonce. A card would go on saying
that its movie waits. Both are recognized by their author and by the movie that the footer names.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import discord
import structlog

from bot.domain.job import Job
from bot.ui import job_messages

_log = structlog.stdlib.get_logger(__name__)

_MAX_SCANNED = 1000
"""Messages that are read, the oldest first: an earlier try came soon after the message was owed."""

_MENTION = re.compile(r"<@!?\d+>")

_SLACK = timedelta(minutes=1)
"""How far Discord's clock may be behind ours."""

_UNREADABLE = frozenset({50001, 50013})
"""Missing access, missing permissions. Any other refusal may pass, such as a 403 of a proxy."""

_CARD_WITHIN = timedelta(minutes=2)
"""How long after its order a card can still be posted: an order is confirmed within a minute, or withdrawn."""


async def find_sent_message(
    channel: discord.abc.Messageable, message: job_messages.Message, author: discord.abc.Snowflake, since: int
) -> discord.Message | None:
    """The author's message, if it is in the channel since that moment (UTC epoch milliseconds).

    Where the history can't be read, nobody can know: None. Without READ_MESSAGE_HISTORY, Discord shows an empty one.

    Raises:
        discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError: The history was not shown now.
    """
    looked_at = 0
    try:
        async for posted in _posted(channel, since):
            looked_at += 1
            if posted.author.id == author.id and _is_same_message(posted, message):
                _log.warning("duplicate_message_found", message_id=posted.id)
                return posted
    except discord.Forbidden as exc:
        if exc.code not in _UNREADABLE:
            raise
        _log.warning("channel_history_forbidden", code=exc.code)
    else:
        _log.info("duplicate_message_not_found", scanned=looked_at)
    return None


async def find_card(
    channel: discord.abc.Messageable, job: Job, author: discord.abc.Snowflake
) -> discord.Message | None:
    """Find a job's card; None: there is none, or the history can't be read.

    Raises as `find` does.
    """
    try:
        async for posted in _posted(channel, job.created_at):
            if posted.created_at > _moment(job.created_at) + _CARD_WITHIN:
                break
            if posted.author.id == author.id and job_messages.is_card_of(job, posted):
                return posted
    except discord.Forbidden as exc:
        if exc.code not in _UNREADABLE:
            raise
        _log.warning("channel_history_forbidden", code=exc.code)
    return None


def _posted(channel: discord.abc.Messageable, since: int) -> AsyncIterator[discord.Message]:
    return channel.history(limit=_MAX_SCANNED, after=_moment(since) - _SLACK, oldest_first=True)


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)


def _is_same_message(posted: discord.Message, message: job_messages.Message) -> bool:
    footers = {embed.footer.text for embed in posted.embeds}
    named = message.embed is not None and message.embed.footer.text in footers
    return named and _words(posted.content) == _words(message.content)


def _words(content: str) -> str:
    """A message's first sentence, by which notices differ: mentions and the link may change between two tries."""
    return _MENTION.sub("", content).partition(".")[0].strip()
