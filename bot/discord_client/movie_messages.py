"""Sends a notification in the first variant that Discord takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, TypeVar

import discord
import structlog

from bot.core.errors import DeliveryRejected
from bot.discord_client import sent_messages
from bot.discord_client.rest_errors import MALFORMED, NO_PERMISSION, PERMANENT_CODES, map_errors
from bot.domain.delivery import Delivery, PostedMessage, Venue
from bot.domain.jobs import Job
from bot.ui import job_messages

_log = structlog.stdlib.get_logger(__name__)

Attempt = tuple[job_messages.Message, Path | None]
"""A variant of a message, and the movie that is attached to it."""

T = TypeVar("T")

Channel = discord.PartialMessageable | discord.DMChannel | discord.TextChannel

Send = Callable[[job_messages.Message, Path | None], Awaitable[T]]


async def send_once(
    channel: Channel,
    job: Job,
    delivery: Delivery,
    attempts: list[Attempt],
    author: discord.abc.Snowflake | None,
    venue: Venue,
) -> PostedMessage:
    """Send a notification as `with_fallbacks` does, unless an earlier attempt has."""
    since = delivery.possibly_sent_since
    found = None if since is None else await find(channel, job, delivery, author, since, venue)
    if found is not None:
        return found
    posted = await with_fallbacks(
        lambda variant, path: channel.send(**parts(job, variant, path), nonce=delivery.nonce), attempts
    )
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


async def with_fallbacks(send: Send[T], attempts: list[Attempt]) -> T | None:
    """Send with the movie, else its link, else as plain text.

    `attempts` ends with the message without the movie. One whose link is only in its embed is first retried without its
    buttons. Returns None where it was deleted since.
    """
    message, _ = attempts[-1]
    while True:
        variant, path = attempts.pop(0)
        try:
            return await map_errors(lambda variant=variant, path=path: send(variant, path))
        except DeliveryRejected as exc:
            if exc.code in PERMANENT_CODES - {NO_PERMISSION}:
                raise
            if exc.code == MALFORMED and variant.link_in_embed and variant.view is not None:
                attempts.append((replace(message, view=None), None))
            elif exc.code == MALFORMED and variant.embed is not None:
                attempts.append((job_messages.Message(message.content, None, None, message.mentions), None))
            if not attempts:
                raise
            _log.warning("message_rejected", code=exc.code, error=str(exc))


class Parts(TypedDict):
    """A message's parts as discord.py takes them."""

    content: str
    embed: discord.Embed
    view: discord.ui.View
    files: list[discord.File]
    allowed_mentions: discord.AllowedMentions


def parts(job: Job, message: job_messages.Message, movie: Path | None) -> Parts:
    """Return a message's parts as discord.py takes them.

    It mentions only its `mentions`, whatever its text contains.
    """
    name = f"movie-{job.id}.mp4"
    mentioned = [discord.Object(member_id) for member_id in message.mentions]
    return {
        "content": message.content,
        "embed": discord.utils.MISSING if message.embed is None else message.embed,
        "view": discord.utils.MISSING if message.view is None else message.view,
        "files": []
        if movie is None
        else [discord.File(movie, name, spoiler=message.spoiler, description=message.alt_text)],
        "allowed_mentions": discord.AllowedMentions(everyone=False, roles=False, users=mentioned),
    }
