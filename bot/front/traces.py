"""Looks whether a message was posted already, where Discord may have forgotten its nonce.

A process that died between Discord's acceptance and our record of it, and came back only minutes later, would post the
message a second time. It is recognized by its author, by the movie that its footer names, and by its words.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta

import discord

from bot.texts import cards

_log = logging.getLogger(__name__)

_LOOKED_AT_MOST = 1000
"""Messages that are read, the oldest first: an earlier try came soon after the message was owed."""

_MENTION = re.compile(r"<@!?\d+>")

_SLACK = timedelta(minutes=1)
"""How far Discord's clock may be behind ours."""


async def find(
    channel: discord.abc.Messageable, message: cards.Message, author: discord.abc.Snowflake, since: int
) -> discord.Message | None:
    """The author's message, if it is in the channel since that moment (UTC epoch milliseconds).

    Where the history can't be read, nobody can know: None. Without READ_MESSAGE_HISTORY, Discord shows an empty one.

    Raises:
        discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError: The history was not shown now.
    """
    after = datetime.fromtimestamp(since / 1000, UTC) - _SLACK
    looked_at = 0
    try:
        async for posted in channel.history(limit=_LOOKED_AT_MOST, after=after, oldest_first=True):
            looked_at += 1
            if posted.author.id == author.id and _same(posted, message):
                _log.warning("posted_before", extra={"message_id": posted.id})
                return posted
    except discord.Forbidden as exc:
        _log.warning("history_not_readable", extra={"code": exc.code})
    else:
        _log.info("not_posted_before", extra={"looked_at": looked_at})
    return None


def _same(posted: discord.Message, message: cards.Message) -> bool:
    footers = {embed.footer.text for embed in posted.embeds}
    named = message.embed is not None and message.embed.footer.text in footers
    return named and _words(posted.content) == _words(message.content)


def _words(content: str) -> str:
    """A message's first sentence, by which notices differ: mentions and the link may change between two tries."""
    return _MENTION.sub("", content).partition(".")[0].strip()
