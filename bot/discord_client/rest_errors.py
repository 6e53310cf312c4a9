"""Discord's errors: whether a message is retried, or sent elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import aiohttp
import discord

from bot.core.errors import ARCHIVED_THREAD, UNKNOWN_CHANNEL, DeliveryDeferred, DeliveryRejected

T = TypeVar("T")

NO_HISTORY: Final = 160002  # a reply needs the permission to read messages
NO_PERMISSION: Final = 50013  # to post here, or only to attach files

PERMANENT_CODES: Final = frozenset(
    {
        UNKNOWN_CHANNEL,
        10004,  # unknown server
        10007,  # unknown member
        10013,  # unknown user
        40058,  # a forum, where only posts can be written
        40067,  # a forum whose posts need a tag
        50001,  # missing access
        50007,  # cannot send messages to this user
        50008,  # no text channel
        50009,  # the channel's verification level is too high
        NO_PERMISSION,
        50024,  # not in this kind of channel
        50033,  # invalid recipient
        ARCHIVED_THREAD,
        50278,  # no server in common with this user
        160005,  # the thread is locked
        200000,  # blocked by AutoMod
        240000,  # blocked by a link filter
    }
)
"""Codes after which a route is not retried. Source: Discord's list of JSON error codes."""

_TOO_LARGE: Final = 40005  # the file; the link alone may fit
_TOO_LARGE_STATUS: Final = 413
MALFORMED: Final = 50035  # a part of the message is invalid, such as a button's URL

_FINAL_CODES: Final = PERMANENT_CODES | {_TOO_LARGE, MALFORMED}
"""Codes after which the same message is not sent again. All others, even unknown ones, are retried."""

_DELETED_ALREADY: Final = 10008  # of a nonce: its message was accepted earlier and then deleted

_CONTENT_CODES: Final = frozenset({200000, 240000, MALFORMED})
"""Codes that are about what a message says, not about its channel."""

_TOO_MANY_EDITS: Final = 30046  # of messages that are older than an hour
_EDIT_PAUSE_SECONDS: Final = 600

NETWORK_ERRORS = (aiohttp.ClientError, OSError, TimeoutError)


async def map_errors(request: Callable[[], Awaitable[T]]) -> T | None:
    """Make a request, and map Discord's errors to DeliveryError.

    Returns None where the message that it is about is deleted.
    """
    try:
        return await request()
    except discord.HTTPException as exc:
        if exc.code == _DELETED_ALREADY:
            return None
        if exc.code in _FINAL_CODES or exc.status == _TOO_LARGE_STATUS:
            is_closed = exc.code not in _CONTENT_CODES
            raise DeliveryRejected(exc.text or str(exc.status), code=exc.code, is_closed=is_closed) from exc
        raise DeliveryDeferred(
            exc.text or str(exc.status),
            code=exc.code,
            retry_after=_EDIT_PAUSE_SECONDS if exc.code == _TOO_MANY_EDITS else None,
            definitely_failed=exc.status < 500,  # noqa: PLR2004 (below 500, Discord rejected the request)
        ) from exc
    except discord.RateLimited as exc:
        raise DeliveryDeferred("rate limited", retry_after=exc.retry_after) from exc
    except NETWORK_ERRORS as exc:
        raise DeliveryDeferred(str(exc) or type(exc).__name__) from exc
