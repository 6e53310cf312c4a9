"""Finds messages in a channel that were sent but never recorded.

A process that dies after Discord accepted a message and before the database recorded it leaves such a message. Sending
a notification again would duplicate it once Discord has forgotten its nonce, and such a card would never be updated.
Both are recognized by author, footer and color, never by their words. Only an answer by direct message, which has no
footer, is recognized by its text.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import discord
import structlog

from bot.domain.delivery import NotificationType
from bot.domain.job import Job
from bot.ui import job_messages

_log = structlog.stdlib.get_logger(__name__)

_MAX_SCANNED = 1000
"""Messages read, oldest first: an earlier attempt came soon after the notification was queued."""

CLOCK_TOLERANCE = timedelta(minutes=1)
"""How far Discord's clock may be behind."""

NO_ACCESS_CODES = frozenset({50001, 50013})
"""Missing access, missing permissions. Other errors may pass, such as a proxy's 403."""

_CARD_WINDOW = timedelta(minutes=2)
"""How long after its order a card can appear: an order is confirmed within a minute, or voided."""


async def find_sent_message(
    channel: discord.abc.Messageable, job: Job, type_: NotificationType, author: discord.abc.Snowflake, since: int
) -> discord.Message | None:
    """Find the author's notification in the channel, as `find` does."""
    return await find(channel, lambda posted: job_messages.is_notification(job, posted, type_), author, since)


async def find(
    channel: discord.abc.Messageable,
    is_sought: Callable[[discord.Message], bool],
    author: discord.abc.Snowflake,
    since: int,
) -> discord.Message | None:
    """Find a message of the author in the channel.

    It is searched since `since`, in UTC epoch milliseconds. Returns None also where the history can't be read; without
    READ_MESSAGE_HISTORY, Discord returns an empty one.

    Raises:
        discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError: a transient failure.
    """
    scanned = 0
    try:
        async for posted in _history(channel, since):
            scanned += 1
            if posted.author.id == author.id and is_sought(posted):
                _log.warning("duplicate_message_found", message_id=posted.id)
                return posted
    except discord.Forbidden as exc:
        if exc.code not in NO_ACCESS_CODES:
            raise
        _log.warning("channel_history_forbidden", code=exc.code)
    else:
        _log.info("duplicate_message_not_found", scanned=scanned)
    return None


async def has_text(channel: discord.abc.Messageable, text: str, author: discord.abc.Snowflake, since: int) -> bool:
    """Return whether the author has sent this very text to a channel.

    For direct messages, which have no footer. Raises the errors of `find`.
    """
    async for posted in _history(channel, since):
        if posted.author.id == author.id and posted.content == text:
            _log.warning("duplicate_message_found", message_id=posted.id)
            return True
    return False


async def find_card(
    channel: discord.abc.Messageable, job: Job, author: discord.abc.Snowflake
) -> discord.Message | None:
    """Find a job's card.

    It comes after the interaction that ordered it, by Discord's clock, which both ids tell. Returns None where there is
    none or the history can't be read. Raises the errors of `find`.
    """
    try:
        ordered = discord.Object(job.interaction_id)
        async for posted in channel.history(limit=_MAX_SCANNED, after=ordered, oldest_first=True):
            if posted.created_at > ordered.created_at + _CARD_WINDOW:
                break
            if posted.author.id == author.id and job_messages.is_card_of(job, posted):
                return posted
    except discord.Forbidden as exc:
        if exc.code not in NO_ACCESS_CODES:
            raise
        _log.warning("channel_history_forbidden", code=exc.code)
    return None


def _history(channel: discord.abc.Messageable, since: int) -> AsyncIterator[discord.Message]:
    return channel.history(limit=_MAX_SCANNED, after=to_datetime(since) - CLOCK_TOLERANCE, oldest_first=True)


def to_datetime(at: int) -> datetime:
    """Convert UTC epoch milliseconds."""
    return datetime.fromtimestamp(at / 1000, UTC)
