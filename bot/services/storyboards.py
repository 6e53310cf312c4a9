"""Fresh links to a storyboard's stills.

The API signs them anew with each status, and they end.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from bot.core.errors import SamsarError
from bot.domain.jobs import Job, Still
from bot.services.movie_api import MovieApi
from data import storyboards
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

_STATUS_SECONDS: Final = 20.0
"""How long the API may take: a message waits, and Discord with it."""


class Stills:
    """Requests the stills of storyboards from the API."""

    def __init__(self, database: Database, api: MovieApi) -> None:
        self._database = database
        self._api = api

    async def fresh(self, job: Job) -> tuple[Still, ...]:
        """Return a storyboard's stills with fresh links, and keep these. None where the API does not answer."""
        if job.request_id is None:
            return ()
        try:
            async with asyncio.timeout(_STATUS_SECONDS):
                status = await self._api.get_step_status(job.request_id)
        except (SamsarError, TimeoutError) as exc:
            _log.warning("stills_not_refreshed", job_id=job.id, error_type=type(exc).__name__)
            return ()
        await self._database.write(storyboards.refresh_stills, job.id, status.stills)
        return status.stills
