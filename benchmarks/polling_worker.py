"""The polling simulation compared with the real worker.

The same movies, a real file, a manual clock. A round is one batch of movies, polled until all are found. Each movie has
a model of its own, so that the worker's history of it is exactly what the benchmark adds.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.harness import Row, Size, check, ratios
from benchmarks.polling_schedule import LENGTH, SCHEDULE, Outcome, RenderingMovie, earlier, movies, simulate
from bot.domain.catalogue import AspectRatio, Catalogue, VideoModel
from bot.domain.credits import Limits
from bot.domain.durations import RenderSample, estimate_duration
from bot.domain.jobs import Job, JobState
from bot.domain.orders import OrderPlaced
from bot.domain.request import MovieRequest
from bot.domain.upstream import Created, Status
from bot.worker.submitter import ConcurrencyLimits
from data import jobs, orders, renders
from tests.helpers.clock import ManualClock
from tests.helpers.fakes import COMPLETED, PENDING, FakeMovieApi
from tests.helpers.worker_harness import WORKER_CONFIG, WorkerHarness, open_worker_harness, order

_PLENTY = 10**9


class TimedApi(FakeMovieApi):
    """An API whose movies take given times on the manual clock."""

    def __init__(self, clock: ManualClock, takes: dict[str, float]) -> None:
        super().__init__()
        self._clock = clock
        self._takes = takes
        self.ready: dict[str, int] = {}

    async def create_movie(
        self, request: MovieRequest, webhook_url: str | None = None, sources: Sequence[str] = ()
    ) -> Created:
        """Start a movie whose request id is its model's key."""
        await super().create_movie(request, webhook_url, sources)
        self.ready[request.video_model] = self._clock.now() + round(1000 * self._takes[request.video_model])
        return Created(request.video_model)

    async def get_status(self, request_id: str) -> Status:
        """Return COMPLETED once the movie's time is over."""
        self.polled.append(request_id)
        return COMPLETED if self._clock.now() >= self.ready[request_id] else PENDING


async def measure(size: Size) -> list[Row]:
    """Compare the worker with the simulation, without and with history."""
    return [await _compared(size, "nothing known", known=False), await _compared(size, "usual time known", known=True)]


async def _compared(size: Size, name: str, *, known: bool) -> Row:
    found: list[Outcome] = []
    expected: list[Outcome] = []
    for number in range(min(2, size.rounds)):
        batch = movies(size.of(100, 4), random.Random(50 + number))
        past = {movie: earlier(movie, random.Random(7)) if known else [] for movie in batch}
        found.append(await _worker_outcome(past))
        expected.append(
            simulate(SCHEDULE.next_delay, batch, lambda movie, past=past: estimate_duration(past[movie], LENGTH))
        )
    ratio = ratios([each.product for each in found], [each.product for each in expected])
    return Row(
        f"polling: requests times delay through the worker, {name}",
        "simulated",
        f"{found[0].requests:.2f} at {found[0].delay:.1f} s",
        f"{expected[0].requests:.2f} at {expected[0].delay:.1f} s",
        ratio,
        "0.95x to 1.05x",
        0.95 <= ratio.low <= ratio.high <= 1.05,
    )


async def _worker_outcome(past: dict[RenderingMovie, list[RenderSample]]) -> Outcome:
    """Run these movies through the worker.

    The harness reconciles the ledger at its end.
    """
    config = replace(
        WORKER_CONFIG,
        concurrency_limits=ConcurrencyLimits(len(past), len(past)),
        schedule=SCHEDULE,
    )
    with TemporaryDirectory() as folder:
        async with open_worker_harness(Path(folder), config) as harness:
            takes = {f"MODEL-{number}": movie.took for number, movie in enumerate(past)}
            api = harness.api = TimedApi(harness.clock, takes)
            video_models = tuple(VideoModel(key, key, 1, (AspectRatio.WIDE,)) for key in takes)
            harness.catalogue = Catalogue(video_models, harness.catalogue.image_models)
            harness.worker = harness.new_worker()
            harness.database.policy = replace(harness.database.policy, limits=Limits(_PLENTY, _PLENTY))
            for model, samples in zip(takes, past.values(), strict=True):
                await _order(harness, model, samples)
            await harness.worker.run_until_idle()
            while (at := await harness.database.read(renders.next_poll_at, harness.clock.now())) is not None:
                await harness.advance_and_run((at - harness.clock.now()) / 1000)
            seen = {job.request.video_model: job async for job in _jobs(harness)}
            check("movies that were seen", sum(job.state is JobState.COMPLETED for job in seen.values()), len(past))
            late = [((job.finished_at or 0) - api.ready[model]) / 1000 for model, job in seen.items()]
            return Outcome(len(api.polled) / len(past), sum(late) / len(late))


async def _order(harness: WorkerHarness, model: str, samples: list[RenderSample]) -> None:
    """Order a movie of this model, and add its history."""
    placed = await harness.database.write(orders.place, order(seconds=LENGTH, video_model=model))
    assert isinstance(placed, OrderPlaced)
    job = placed.job
    await harness.orders.enqueue(job, card_message_id=77)
    for sample in samples:
        made = replace(job, took_ms=round(1000 * sample.duration))
        harness.worker.history.add(made)


async def _jobs(harness: WorkerHarness) -> AsyncIterator[Job]:
    for job_id in await harness.database.read(lambda tx: [row["id"] for row in tx.fetch_all("SELECT id FROM jobs")]):
        job = await harness.database.read(jobs.find, job_id)
        assert job is not None
        yield job
