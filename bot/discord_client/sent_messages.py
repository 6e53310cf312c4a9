"""Sends messages once: finds those that were sent but never recorded, and makes nonces, by which Discord drops repeats.

A process that dies after Discord accepted a message and before the database recorded it leaves such a message. Sending
a notification again would duplicate it once Discord has forgotten its nonce, and such a card would never be updated.
Both are recognized by author and mark, never by their words; older ones by footer and color. Only a notice, which has
no mark, is recognized by its text.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

import discord
import structlog

from bot.core.errors import DeliveryRejected
from bot.discord_client.client import Client
from bot.discord_client.rest_errors import MALFORMED, NO_HISTORY, NO_PERMISSION, PERMANENT_CODES, map_errors
from bot.domain.delivery import Delivery, PostedMessage, Venue
from bot.domain.jobs import Job
from bot.ui import job_messages
from bot.ui.components import Message

_log = structlog.stdlib.get_logger(__name__)

_MAX_SCANNED = 1000
"""Messages read, oldest first: an earlier attempt came soon after the notification was queued."""

_MAX_SEARCHED: Final = 200
"""Posts of the bot that are read, and archived posts that are looked at: an earlier attempt was minutes ago, or hours
after a long failure."""

_CLOCK_TOLERANCE = timedelta(minutes=1)
"""How far Discord's clock may be behind."""

_NO_ACCESS_CODES = frozenset({50001, 50013})
"""Missing access, missing permissions. Other errors may pass, such as a proxy's 403."""

_CARD_WINDOW = timedelta(minutes=2)
"""How long after its order a card can appear: an order is confirmed within a minute, or voided."""


T = TypeVar("T")

Channel = discord.PartialMessageable | discord.DMChannel | discord.TextChannel

Send = Callable[[Message], Awaitable[T]]


class Messenger:
    """Makes requests about messages of the bot. They raise the errors of `map_errors`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def _posted(self, message: PostedMessage) -> discord.PartialMessage:
        return self._client.get_partial_messageable(message.channel_id).get_partial_message(message.message_id)

    async def _edit(self, message: PostedMessage, shown: Message) -> discord.Message | None:
        return await map_errors(lambda: self._posted(message).edit(**shown.edited()))


async def find(
    channel: discord.ForumChannel | discord.abc.Messageable,
    is_sought: Callable[[discord.Message], bool],
    author: discord.abc.Snowflake | None,
    since: int,
    venue: Venue,
) -> PostedMessage | None:
    """Find a message of the author in a channel, or the first one of a post in a forum.

    It is searched since `since`, in UTC epoch milliseconds. Returns None also where the channel can't be read. Raises
    the errors of `map_errors`.
    """
    if author is None:
        return None
    in_forum = isinstance(channel, discord.ForumChannel)
    sent = _posts(channel, author, since) if in_forum else _history(channel, since)
    found = await map_errors(lambda: _search(sent, is_sought, author))
    if found is None:
        _log.info("duplicate_message_not_found")
        return None
    _log.warning("duplicate_message_found", message_id=found.id)
    return PostedMessage(found.channel.id, found.id, Venue.FORUM if in_forum else venue)


async def find_card(
    channel: discord.abc.Messageable, job: Job, author: discord.abc.Snowflake
) -> discord.Message | None:
    """Find a job's card. Returns None where there is none or the history can't be read.

    Raises:
        discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError: a transient failure.
    """
    return await _search(_since_order(channel, job), lambda posted: job_messages.is_card_of(job, posted), author)


async def _search(
    sent: AsyncIterator[discord.Message], is_sought: Callable[[discord.Message], bool], author: discord.abc.Snowflake
) -> discord.Message | None:
    """Return the first message that is sought; None also where they can't be read.

    Without READ_MESSAGE_HISTORY, Discord returns no messages.
    """
    try:
        async for message in sent:
            if message.author.id == author.id and is_sought(message):
                return message
    except discord.Forbidden as exc:
        if exc.code not in _NO_ACCESS_CODES:
            raise
        _log.warning("channel_history_forbidden", code=exc.code)
    return None


def _history(channel: discord.abc.Messageable, since: int) -> AsyncIterator[discord.Message]:
    return channel.history(limit=_MAX_SCANNED, after=_earliest(since), oldest_first=True)


async def _since_order(channel: discord.abc.Messageable, job: Job) -> AsyncIterator[discord.Message]:
    """Yield what was sent after the interaction that ordered a job, by Discord's clock, which both ids tell."""
    ordered = discord.Object(job.interaction_id)
    async for message in channel.history(limit=_MAX_SCANNED, after=ordered, oldest_first=True):
        if message.created_at > ordered.created_at + _CARD_WINDOW:
            break
        yield message


async def _posts(
    forum: discord.ForumChannel, author: discord.abc.Snowflake, since: int
) -> AsyncIterator[discord.Message]:
    """Yield the first messages of the author's posts, those in the forum's list first."""
    searched = 0
    async for thread in _threads(forum):
        if thread.owner_id != author.id or discord.utils.snowflake_time(thread.id) < _earliest(since):
            continue
        searched += 1
        async for message in thread.history(limit=1, oldest_first=True):
            yield message
        if searched == _MAX_SEARCHED:
            break


async def _threads(forum: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
    active = [thread for thread in await forum.guild.active_threads() if thread.parent_id == forum.id]
    for thread in sorted(active, key=lambda thread: -thread.id):
        yield thread
    async for thread in forum.archived_threads(limit=_MAX_SEARCHED):
        yield thread


def _earliest(since: int) -> datetime:
    return datetime.fromtimestamp(since / 1000, UTC) - _CLOCK_TOLERANCE


def nonce_of(text: str) -> str:
    """Return the nonce of what a text identifies.

    Discord takes 25 characters.
    """
    return hashlib.sha256(text.encode()).hexdigest()[:24]


async def send_once(
    channel: Channel,
    job: Job,
    delivery: Delivery,
    attempts: list[Message],
    author: discord.abc.Snowflake | None,
    venue: Venue,
    original: discord.MessageReference | None = None,
) -> PostedMessage:
    """Send a notification as `with_fallbacks` does, unless an earlier attempt has. It answers the `original`."""
    since = delivery.possibly_sent_since
    found = None if since is None else await find_notification(channel, job, delivery, author, since, venue)
    if found is not None:
        return found

    async def send(variant: Message) -> discord.Message:
        if original is not None:
            try:
                return await channel.send(
                    **variant.sent(), nonce=delivery.nonce, reference=original, mention_author=False
                )
            except discord.HTTPException as exc:
                if exc.code != NO_HISTORY:
                    raise
        return await channel.send(**variant.sent(), nonce=delivery.nonce)

    posted = await with_fallbacks(send, attempts)
    return PostedMessage(channel.id, 0 if posted is None else posted.id, venue)


async def find_notification(
    channel: discord.ForumChannel | Channel,
    job: Job,
    delivery: Delivery,
    author: discord.abc.Snowflake | None,
    since: int,
    venue: Venue,
) -> PostedMessage | None:
    """Find a notification that an earlier attempt may have sent, as `find` does."""
    return await find(
        channel, lambda sent: job_messages.is_notification(job, sent, delivery.type), author, since, venue
    )


async def with_fallbacks(send: Send[T], attempts: list[Message]) -> T | None:
    """Send with the movie, else with its link, else as texts.

    `attempts` ends with the message without the movie. Returns None where it was deleted since.
    """
    bare = attempts[-1].bare()
    while True:
        variant = attempts.pop(0)
        try:
            return await map_errors(lambda variant=variant: send(variant))
        except DeliveryRejected as exc:
            if exc.code in PERMANENT_CODES - {NO_PERMISSION}:
                raise
            if exc.code == MALFORMED and variant != bare and not attempts:
                attempts.append(bare)
            if not attempts:
                raise
            _log.warning("message_rejected", code=exc.code, error=str(exc))
