"""A fresh link to a finished movie: the ones that the API gives expire, and it can be asked for another."""

from __future__ import annotations

import structlog

from bot.domain.job import Job, JobState
from bot.domain.upstream import MovieState
from bot.errors import SamsarError
from bot.worker.interfaces import Clock, Members, MovieApi

_log = structlog.stdlib.get_logger(__name__)

LINK_TTL_MS = 30 * 60 * 1000
"""A link to a movie that was done longer ago may have expired: the API's are signed."""

_RECENT_MS = 30_000
"""A link that was asked for this long ago is fresh."""

_MAX_CACHED = 1000


class MovieLinks:
    """Asks for fresh links."""

    def __init__(self, members: Members, api: MovieApi, clock: Clock) -> None:
        self._members = members
        self._api = api
        self._clock = clock
        self._asked: dict[str, int] = {}

    def is_expired(self, job: Job) -> bool:
        """Whether a finished movie's link may not work any more."""
        done = job.finished_at if job.state is JobState.COMPLETED else None
        return done is not None and not 0 <= self._clock.now() - done < LINK_TTL_MS

    async def ensure_fresh(self, job: Job) -> Job:
        """The job with a link that should work: a fresh one where its own may have expired and the API gives one."""
        return await self.refresh(job) or job if self.is_expired(job) else job

    async def refresh(self, job: Job) -> Job | None:
        """The job with a link that was just asked for. None: the API did not give one now."""
        if job.state is not JobState.COMPLETED or job.request_id is None:
            return None
        now = self._clock.now()
        if 0 <= now - self._asked.get(job.id, -_RECENT_MS) < _RECENT_MS:  # below 0: the clock was set back
            return await self._members.job(job.id)
        try:
            status = await self._api.get_status(job.request_id)
        except SamsarError as exc:
            _log.warning("link_refresh_failed", job_id=job.id, error_type=type(exc).__name__, status=exc.status)
            return None
        if status.state is not MovieState.COMPLETED or not status.url:
            _log.warning("link_refresh_failed", job_id=job.id, error_type=status.state.value)
            return None
        self._note(job.id, now)
        return await self._members.update_movie_url(job.id, status.url)

    def _note(self, job_id: str, now: int) -> None:
        """Remember when a link was asked for; the oldest are forgotten."""
        self._asked.pop(job_id, None)
        self._asked[job_id] = now
        while len(self._asked) > _MAX_CACHED:
            del self._asked[next(iter(self._asked))]
