"""Fresh links to finished movies: those of the API are signed and expire."""

from __future__ import annotations

from typing import Final

import structlog

from bot.clock import Clock
from bot.domain.job import Job, JobState
from bot.domain.upstream import MovieState
from bot.errors import SamsarError
from bot.services.movie_api import MovieApi
from data import jobs
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

LINK_TTL_MS: Final = 30 * 60 * 1000
"""How long the link of a finished movie certainly works."""

_REFRESH_INTERVAL_MS: Final = 30_000
"""A link is not requested again sooner than this."""

_MAX_CACHED: Final = 1000


class MovieLinks:
    """Requests fresh links from the API."""

    def __init__(self, database: Database, api: MovieApi, clock: Clock) -> None:
        self._database = database
        self._api = api
        self._clock = clock
        self._refreshed_at: dict[str, int] = {}

    def is_expired(self, job: Job) -> bool:
        """Return whether the link of a finished movie may have expired."""
        done = job.finished_at if job.state is JobState.COMPLETED else None
        return done is not None and not 0 <= self._clock.now() - done < LINK_TTL_MS

    async def ensure_fresh(self, job: Job) -> Job:
        """Return the job with a fresh link if its own may have expired and the API has another."""
        return await self.refresh(job) or job if self.is_expired(job) else job

    async def refresh(self, job: Job) -> Job | None:
        """Return the job with a fresh link; None if the API has none now."""
        if job.state is not JobState.COMPLETED or job.request_id is None:
            return None
        now = self._clock.now()
        since = now - self._refreshed_at.get(job.id, now - _REFRESH_INTERVAL_MS)
        if 0 <= since < _REFRESH_INTERVAL_MS:  # below 0: the clock was set back
            return await self._database.read(jobs.find, job.id)
        try:
            status = await self._api.get_status(job.request_id)
        except SamsarError as exc:
            _log.warning("link_refresh_failed", job_id=job.id, error_type=type(exc).__name__, status=exc.status)
            return None
        if status.state is not MovieState.COMPLETED or not status.url:
            _log.warning("link_refresh_failed", job_id=job.id, error_type=status.state.value)
            return None
        self._cache(job.id, now)
        return await self._database.write(jobs.update, job.id, JobState.COMPLETED, {"movie_url": status.url})

    def _cache(self, job_id: str, now: int) -> None:
        """Keep the time of a refresh, and drop the oldest ones."""
        self._refreshed_at.pop(job_id, None)
        self._refreshed_at[job_id] = now
        while len(self._refreshed_at) > _MAX_CACHED:
            del self._refreshed_at[next(iter(self._refreshed_at))]
