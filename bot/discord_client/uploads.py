"""Reads files that members attach."""

from __future__ import annotations

import aiohttp
import discord
import structlog

from bot.core.errors import one_line

_log = structlog.stdlib.get_logger(__name__)


async def read_upload(attachment: discord.Attachment) -> bytes | None:
    """Return a file's content.

    None where Discord does not hand it over, which is logged.
    """
    try:
        return await attachment.read()
    except (discord.HTTPException, aiohttp.ClientError, OSError) as exc:
        _log.warning("upload_not_read", error=one_line(exc))
        return None
