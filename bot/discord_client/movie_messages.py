"""Sends a notification in the first variant that Discord takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import discord
import structlog

from bot.core.errors import DeliveryRejected
from bot.discord_client import sent_messages
from bot.discord_client.rest_errors import MALFORMED, NO_HISTORY, NO_PERMISSION, PERMANENT_CODES, map_errors
from bot.domain.delivery import Delivery, PostedMessage, Venue
from bot.domain.jobs import Job
from bot.ui import job_messages
from bot.ui.components import Message

_log = structlog.stdlib.get_logger(__name__)

T = TypeVar("T")

Channel = discord.PartialMessageable | discord.DMChannel | discord.TextChannel

Send = Callable[[Message], Awaitable[T]]


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
    found = None if since is None else await find(channel, job, delivery, author, since, venue)
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


async def find(
    channel: discord.ForumChannel | Channel,
    job: Job,
    delivery: Delivery,
    author: discord.abc.Snowflake | None,
    since: int,
    venue: Venue,
) -> PostedMessage | None:
    """Find a notification that an earlier attempt may have sent, as `sent_messages.find` does."""
    return await sent_messages.find(
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
