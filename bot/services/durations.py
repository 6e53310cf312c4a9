"""The usual rendering time of each video model, in memory."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from bot.domain.durations import DurationEstimate, RenderSample, estimate_duration
from bot.domain.job import Job
from data import durations
from data.database import Database

MAX_SAMPLES = 300
"""Samples that are kept of each video model: enough of every common length, and recent."""

_STALE_SHARE = 16
"""An estimate is cached until the model has a sixteenth more samples: a single one hardly changes it."""


class _Cached(NamedTuple):
    estimate: DurationEstimate | None
    stale_at: int


class _Model:
    """The samples of one video model, newest first.

    Estimates are cached by movie length.
    """

    def __init__(self) -> None:
        self.samples: deque[RenderSample] = deque(maxlen=MAX_SAMPLES)
        self.seen = 0
        self.cached: dict[int, _Cached] = {}

    def add(self, sample: RenderSample) -> None:
        self.samples.appendleft(sample)
        self.seen += 1

    def estimate(self, length: int) -> DurationEstimate | None:
        cached = self.cached.get(length)
        if cached is None or self.seen >= cached.stale_at:
            stale_at = self.seen + 1 + len(self.samples) // _STALE_SHARE
            cached = self.cached[length] = _Cached(estimate_duration(tuple(self.samples), length), stale_at)
        return cached.estimate


class DurationHistory:
    """Rendering times of movies, by video model."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._models: dict[str, _Model] = {}

    async def load(self) -> None:
        """Read the samples of all processes."""
        loaded = await self._database.read_long(durations.render_samples, MAX_SAMPLES)
        self._models = {}
        for video_model, samples in loaded.items():
            for sample in reversed(samples):
                self._of(video_model).add(sample)

    def add(self, job: Job) -> None:
        """Add a completed movie, if its rendering time is known."""
        if job.took_ms is not None:
            self._of(job.request.video_model).add(RenderSample(job.request.duration_seconds, job.took_ms / 1000))

    def estimate(self, video_model: str, length: int) -> DurationEstimate | None:
        """Estimate the rendering time of a movie of `length` seconds.

        None without enough samples.
        """
        known = self._models.get(video_model)
        return known.estimate(length) if known is not None else None

    def _of(self, video_model: str) -> _Model:
        return self._models.setdefault(video_model, _Model())
