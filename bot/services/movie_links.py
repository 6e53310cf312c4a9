"""Fresh links to finished movies, and to a storyboard's stills.

The API's links are signed and expire.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Final

import structlog

from bot.core.clock import Clock
from bot.core.errors import SamsarError
from bot.domain.jobs import Job, JobState, Still
from bot.domain.refusal import Refused
from bot.domain.upstream import MovieState
from bot.services.movie_api import MovieApi, in_time
from bot.services.request_limits import LimitFactory
from data import jobs, storyboards
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

LINK_TTL_MS: Final = 30 * 60 * 1000
"""How long the link of a finished movie certainly works."""

_REFRESH_INTERVAL_MS: Final = 30_000
"""A link is not requested again sooner than this, whatever the answer was."""

_MAX_CACHED: Final = 1000

_PER_MINUTE: Final = 10
"""How many links of different movies a member gets in a minute. Opening an old movie in /movies requests one."""

_PER_SERVER: Final = 60
"""How many links of a server's movies are requested in a minute, however many members ask."""


class MovieLinks:
    """Requests fresh links from the API.

    Each job's link is requested once in half a minute, however many ask. Requests at the same time share one.
    """

    def __init__(self, database: Database, api: MovieApi, clock: Clock, limits: LimitFactory) -> None:
        self._database = database
        self._api = api
        self._clock = clock
        self._limit = limits.limit("link", _PER_MINUTE, _PER_MINUTE, "buttons-too-many-links")
        self._server_limit = limits.limit("links-of-server", _PER_SERVER, _PER_SERVER, "buttons-too-many-links")
        self._answers: OrderedDict[str, tuple[int, bool]] = OrderedDict()
        """When the last answer for a job came, and whether it had a link."""

        self._requests: dict[str, asyncio.Task[Job | None]] = {}

    def is_expired(self, job: Job) -> bool:
        """Return whether the link of a finished movie may have expired."""
        done = job.finished_at if job.state is JobState.COMPLETED and job.removed_at is None else None
        return done is not None and not 0 <= self._clock.now() - done < LINK_TTL_MS

    async def ensure_fresh(self, job: Job) -> Job:
        """Return the job with a link that should not have expired.

        Its own link stays where it is young enough or the API has no other.
        """
        return await self.refresh(job) or job if self.is_expired(job) else job

    async def refresh_for(self, member_id: int, job: Job) -> Job | Refused | None:
        """Refresh a job's link within the member's and server's rate limits.

        Returns what `refresh` does. Only what needs a request to the API counts.
        """
        if _has_link(job) and job.id not in self._requests and self._last_answer(job) is None:
            refused = await self._limit.try_acquire(member_id) or await self._server_limit.try_acquire(job.guild_id)
            if refused is not None:
                return refused
        return await self.refresh(job)

    async def refresh(self, job: Job) -> Job | None:
        """Return the job with a fresh link.

        None if the API has none now.

        Raises:
            StorageError: The link could not be saved or read.
        """
        if not _has_link(job):
            return None
        had_link = self._last_answer(job)
        if had_link is not None:
            known = await self._database.read(jobs.find, job.id) if had_link else None
            return known if known is not None and _has_link(known) else None
        request = self._requests.get(job.id)
        if request is None:
            request = self._requests[job.id] = asyncio.create_task(self._request(job), name=f"link-{job.id}")
        return await asyncio.shield(request)  # a caller that is canceled must not end the others' request

    async def _request(self, job: Job) -> Job | None:
        """Request a link from the API, save it, and keep the answer."""
        assert job.request_id is not None
        found = None
        try:
            status = await self._api.get_status(job.request_id)
            if status.state is MovieState.COMPLETED and status.url:
                found = await self._database.write(jobs.set_movie_url, job, status.url)
            else:
                _log.warning("link_refresh_failed", job_id=job.id, error_type=status.state.value)
        except SamsarError as exc:
            _log.warning("link_refresh_failed", job_id=job.id, error_type=type(exc).__name__, status=exc.status)
        finally:
            del self._requests[job.id]
            self._answers[job.id] = self._clock.now(), found is not None
            self._answers.move_to_end(job.id)
            while len(self._answers) > _MAX_CACHED:
                self._answers.popitem(last=False)
        return found

    def _last_answer(self, job: Job) -> bool | None:
        """Return whether the answer of the last half minute had a link, None without one."""
        received_at, had_link = self._answers.get(job.id, (-_REFRESH_INTERVAL_MS, None))
        is_recent = 0 <= self._clock.now() - received_at < _REFRESH_INTERVAL_MS  # the clock may be set back
        return had_link if is_recent else None


async def fresh_stills(database: Database, api: MovieApi, job: Job) -> tuple[Still, ...]:
    """Return a storyboard's stills with fresh links, and keep these. None where the API does not answer."""
    if job.request_id is None:
        return ()
    status = await in_time(api.get_step_status(job.request_id), "stills_not_refreshed", job)
    if status is None:
        return ()
    await database.write(storyboards.refresh_stills, job.id, status.stills)
    return status.stills


def _has_link(job: Job) -> bool:
    """Return whether the API can be asked for a movie's link.

    A removed movie has none.
    """
    return job.state is JobState.COMPLETED and job.request_id is not None and job.removed_at is None
