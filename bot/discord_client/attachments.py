"""The finished movie itself, fetched so that it can be uploaded with its message: links expire, attachments stay."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Final

import structlog

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import Job
from bot.downloads.downloader import DownloadError, MovieDownloader

_log = structlog.stdlib.get_logger(__name__)

DEFAULT_UPLOAD_LIMIT: Final = 10 * 2**20
"""Bytes that every server takes."""

_PATIENCE_SECONDS: Final = 60.0
"""How long a member may wait for the link because the film is being fetched, the wait for a turn included."""

_MESSAGE_ROOM: Final = 64 * 1024
"""Bytes that the rest of a message may need beside its file."""


class Attachments:
    """Decides whether a movie is attached, and fetches it.

    `largest(guild_id)` says what a server takes, in bytes; 0 attaches nothing.
    """

    def __init__(self, fetcher: MovieDownloader, max_bytes: Callable[[int], int]) -> None:
        self._fetcher = fetcher
        self._largest = max_bytes

    @contextlib.asynccontextmanager
    async def open_for(self, delivery: Delivery, job: Job) -> AsyncGenerator[Path | None]:
        """The movie of a finished job as a file, for the time of the block; None where the link must do."""
        largest = self._largest(job.guild_id) - _MESSAGE_ROOM
        again = delivery.attempts > 1  # Discord is not well: the link must do, for the film has been fetched twice
        if again or delivery.type is not NotificationType.COMPLETED or job.movie_url is None or largest <= 0:
            yield None
            return
        async with contextlib.AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    path: Path | None = await stack.enter_async_context(self._fetcher.download(job.movie_url, largest))
            except (DownloadError, TimeoutError) as exc:
                reason = str(exc) or type(exc).__name__
                _log.warning("attachment_skipped", job_id=job.id, error=reason)
                path = None
            yield path
