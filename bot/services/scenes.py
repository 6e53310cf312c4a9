"""What it costs to make scenes of a finished movie anew: free quotes of the API."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, TypeVar

import structlog

from bot.core.errors import InvalidRequest, SamsarError
from bot.domain.jobs import Job
from bot.domain.refusal import Refused
from bot.domain.upstream import Scene
from bot.services.movie_api import ANSWER_SECONDS, MovieApi
from bot.services.request_limits import LimitFactory

T = TypeVar("T")

_log = structlog.stdlib.get_logger(__name__)

_PER_MINUTE: Final = 10
"""Looks and quotes of one member: each asks the API."""

_OF_ONE_SCENE: Final = re.compile(r"Layer index (\d+) (?:cannot be rerolled|is missing an image prompt)")
"""What the API says of a scene that it can't make anew. Source: VideoSessionRerollAPI.js of the vendor's code."""


class SceneQuotes:
    """Asks the API for a movie's scenes, and what they cost."""

    def __init__(self, api: MovieApi, limits: LimitFactory) -> None:
        self._api = api
        self._limit = limits.limit("scenes", _PER_MINUTE, _PER_MINUTE, "scenes-too-fast")

    async def look(self, member_id: int, job: Job) -> tuple[Scene, ...] | Refused:
        """Return a movie's scenes with what each costs, or why nothing of it can be made anew now."""
        found = await self._asked(member_id, job, self._look)
        if isinstance(found, Refused) or any(each.price is not None for each in found):
            return found
        return Refused("scenes-none")

    async def price(self, member_id: int, job: Job, scenes: Sequence[int]) -> int | Refused:
        """Return what these scenes cost together, or why they can't be made anew now."""

        async def ask(request_id: str) -> int:
            return (await self._api.quote_scenes(request_id, scenes)).total

        return await self._asked(member_id, job, ask)

    async def _asked(self, member_id: int, job: Job, ask: Callable[[str], Awaitable[T]]) -> T | Refused:
        if (refused := await self._limit.try_acquire(member_id)) is not None:
            return refused
        if job.request_id is None:
            return Refused("copies-source-gone")
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await ask(job.request_id)
        except InvalidRequest as exc:
            _log.info("scenes_refused", job_id=job.id, error=exc.message)
            return Refused("scenes-not-now")
        except (SamsarError, TimeoutError) as exc:
            _log.warning("scenes_not_quoted", job_id=job.id, error_type=type(exc).__name__)
            return Refused("scenes-no-answer")

    async def _look(self, request_id: str) -> tuple[Scene, ...]:
        stills = await self._api.get_stills(request_id)
        prices = await self._prices(request_id, [still.scene for still in stills])
        return tuple(Scene(still, prices.get(still.scene)) for still in stills)

    async def _prices(self, request_id: str, scenes: list[int]) -> Mapping[int, int]:
        """Ask for the prices of all scenes but those that the API refuses one by one.

        Raises:
            InvalidRequest: it is not one of the scenes that it refuses.
        """
        while scenes:
            try:
                return (await self._api.quote_scenes(request_id, scenes)).prices
            except InvalidRequest as exc:
                refused = _OF_ONE_SCENE.search(exc.message)
                if refused is None or int(refused[1]) not in scenes:
                    raise
                scenes = [scene for scene in scenes if scene != int(refused[1])]
        return {}
