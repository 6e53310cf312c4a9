"""Sends a notification in the first variant that Discord takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, TypeVar

import discord
import structlog

from bot.core.errors import DeliveryRejected
from bot.discord_client.rest_errors import MALFORMED, NO_PERMISSION, PERMANENT_CODES, map_errors
from bot.domain.jobs import Job
from bot.ui import job_messages

_log = structlog.stdlib.get_logger(__name__)

Attempt = tuple[job_messages.Message, Path | None]
"""A variant of a message, and the movie that is attached to it."""

T = TypeVar("T")

Send = Callable[[job_messages.Message, Path | None], Awaitable[T]]


async def send_with_fallbacks(send: Send[discord.Message], attempts: list[Attempt]) -> int:
    """Send as `with_fallbacks` does; return the message's id.

    0: it was deleted since.
    """
    posted = await with_fallbacks(send, attempts)
    return 0 if posted is None else posted.id


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


async def send(
    channel: discord.abc.Messageable, job: Job, message: job_messages.Message, nonce: str, movie: Path | None
) -> discord.Message:
    """Send a message with a nonce."""
    return await channel.send(**parts(job, message, movie), nonce=nonce)
