"""What each video model usually takes, kept in memory: read once at the start, then added to by every movie made."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from bot.domain.durations import DurationEstimate, RenderSample, estimate_duration
from bot.domain.job import Job
from bot.worker.interfaces import Past

MAX_SAMPLES = 300
"""Movies that are remembered of each video model: enough of every usual length, and no older than need be."""

_STALE_SHARE = 16
"""An answer is kept until the model's movies have grown by a sixteenth: one more hardly moves it."""


class _Answer(NamedTuple):
    usual: DurationEstimate | None
    stale_at: int


class _Model:
    """The movies of one video model, the newest first, and what was answered from them, by length."""

    def __init__(self) -> None:
        self.samples: deque[RenderSample] = deque(maxlen=MAX_SAMPLES)
        self.seen = 0
        self.answers: dict[int, _Answer] = {}

    def add(self, sample: RenderSample) -> None:
        self.samples.appendleft(sample)
        self.seen += 1

    def usual(self, length: int) -> DurationEstimate | None:
        answer = self.answers.get(length)
        if answer is None or self.seen >= answer.stale_at:
            stale_at = self.seen + 1 + len(self.samples) // _STALE_SHARE
            answer = self.answers[length] = _Answer(estimate_duration(tuple(self.samples), length), stale_at)
        return answer.usual


class DurationHistory:
    """How long movies took, by video model."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._models: dict[str, _Model] = {}

    async def load(self) -> None:
        """Read what was made before this process."""
        self._models.clear()
        for video_model, samples in (await self._past.render_samples(MAX_SAMPLES)).items():
            for sample in reversed(samples):
                self._of(video_model).add(sample)

    def add(self, job: Job) -> None:
        """Take in a movie that was just made, if it is known how long it took."""
        if job.took_ms is not None:
            self._of(job.request.video_model).add(RenderSample(job.request.duration_seconds, job.took_ms / 1000))

    def estimate(self, video_model: str, length: int) -> DurationEstimate | None:
        """What this model usually takes for a movie of `length` seconds; None until enough of them are known."""
        known = self._models.get(video_model)
        return known.usual(length) if known is not None else None

    def _of(self, video_model: str) -> _Model:
        return self._models.setdefault(video_model, _Model())
