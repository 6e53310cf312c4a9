"""Reads HTTP bodies up to a limit: their senders are not trusted."""

from __future__ import annotations

from typing import Final

import aiohttp

_CHUNK_BYTES: Final = 64 * 1024


async def read_limited(content: aiohttp.StreamReader, body: bytearray, max_bytes: int) -> bool:
    """Append a stream to `body` and return whether all of it fits.

    Reading stops beyond the limit, at most one chunk later. `body` keeps what was read before an exception.
    """
    async for chunk in content.iter_chunked(_CHUNK_BYTES):
        body += chunk
        if len(body) > max_bytes:
            return False
    return True
