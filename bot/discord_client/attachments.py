"""Downloads a finished movie to attach it: links expire, attachments stay."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Final

import structlog

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import Job
from bot.downloads.downloader import DownloadError, MovieDownloader

_log = structlog.stdlib.get_logger(__name__)

DEFAULT_UPLOAD_LIMIT: Final = 10 * 2**20
"""Bytes that Discord accepts in every server."""

_TIMEOUT_SECONDS: Final = 60.0
"""How long the notification may be delayed by the download, including the wait for a slot."""

_WITH_MOVIE: Final = (NotificationType.COMPLETED, NotificationType.STARRED)

_MESSAGE_OVERHEAD: Final = 64 * 1024
"""Bytes for the rest of a message beside its file."""


class Attachments:
    """Decides whether a movie is attached, and downloads it.

    `max_bytes(guild_id)` returns a server's upload limit; 0 attaches nothing.
    """

    def __init__(self, downloader: MovieDownloader, max_bytes: Callable[[int], Awaitable[int]]) -> None:
        self._downloader = downloader
        self._max_bytes = max_bytes

    @contextlib.asynccontextmanager
    async def open_for(self, delivery: Delivery, job: Job) -> AsyncGenerator[Path | None]:
        """Yield a finished movie's file, None where only the link is sent.

        The file is removed at the end of the block.
        """
        retried = delivery.attempts > 1  # the movie was downloaded twice already, so send the link only
        if retried or delivery.type not in _WITH_MOVIE or job.movie_url is None:
            yield None
            return
        max_bytes = await self._max_bytes(job.guild_id) - _MESSAGE_OVERHEAD
        if max_bytes <= 0:
            yield None
            return
        async with contextlib.AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(_TIMEOUT_SECONDS):
                    path: Path | None = await stack.enter_async_context(
                        self._downloader.download(job.movie_url, max_bytes)
                    )
            except (DownloadError, TimeoutError) as exc:
                reason = str(exc) or type(exc).__name__
                _log.warning("attachment_skipped", job_id=job.id, error=reason)
                path = None
            yield path
