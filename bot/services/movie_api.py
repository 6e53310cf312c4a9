"""The API as services and workers use it, and its callbacks. bot/samsar/client.py implements it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Final, Protocol, TypeVar

import structlog

from bot.core.errors import SamsarError
from bot.domain.jobs import Job, Still
from bot.domain.moderation import Verdict
from bot.domain.request import MovieRequest
from bot.domain.upstream import Created, SceneQuote, Status
from data import callbacks
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

T = TypeVar("T")

ANSWER_SECONDS: Final = 20.0
"""How long the API may take to answer while somebody waits."""


class MovieApi(Protocol):
    """The API. Its methods raise a SamsarError; see bot/core/errors.py."""

    async def create_movie(
        self, request: MovieRequest, webhook_url: str | None = None, sources: Sequence[str] = ()
    ) -> Created:
        """Submit a movie or what else a request makes, without a retry.

        `sources` are the API's ids of the movies that it is made from, or the addresses of its pictures. A cancellation
        whose cause is ConnectFailed means that the request was not sent.
        """
        ...

    async def quote_scenes(self, request_id: str, scenes: Sequence[int]) -> SceneQuote:
        """Return what it costs to make scenes of a finished movie anew. It is free, and may be repeated."""
        ...

    async def upload_picture(self, picture: bytes, media_type: str) -> str:
        """Give the API a picture, and return its address there. It is free, and may be repeated."""
        ...

    async def get_stills(self, request_id: str) -> Sequence[Still]:
        """Return the stills that there are of a movie, in the order of its scenes."""
        ...

    async def get_status(self, request_id: str) -> Status:
        """Return how far a movie is."""
        ...

    async def get_step_status(self, request_id: str) -> Status:
        """Return how far a storyboard is, and whether it waits."""
        ...

    async def process_next(self, request_id: str) -> Status:
        """Let a storyboard that waits go on. It may be repeated."""
        ...

    def pause_status(self, seconds: float) -> None:
        """Request no status for so long: `get_status` raises RateLimited."""
        ...

    async def cancel_movie(self, request_id: str) -> None:
        """Cancel a movie. The API does not look whether it is finished.

        Whatever it answers, the status tells how the movie ended.
        """
        ...

    async def moderate(self, prompt: str, image_urls: Sequence[str] = ()) -> Verdict:
        """Ask whether the API's moderation flags a prompt or pictures, before a movie is ordered. It is free."""
        ...

    async def ping(self) -> None:
        """Return if the API responds and accepts the key. Creates nothing.

        Raises:
            SamsarError: It does not.
        """
        ...


async def in_time(asked: Awaitable[T], failed: str, job: Job) -> T | None:
    """Return what the API answers about a job, None without an answer in time: then `failed` is logged."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await asked
    except (SamsarError, TimeoutError) as exc:
        status = exc.status if isinstance(exc, SamsarError) else None
        _log.warning(failed, job_id=job.id, error_type=type(exc).__name__, status=status)
        return None


async def record_callback(database: Database, token_hash: str, request_id: str | None) -> None:
    """Make the job with this callback token due for a poll. What a callback says is not trusted."""
    await database.write(callbacks.record_callback, token_hash, request_id)
    late = await database.write(callbacks.record_late_callback, token_hash, request_id)
    if late is not None:  # the job failed without the API's report: there may be a movie
        _log.warning("callback_after_end", job_id=late, request_id=request_id)
