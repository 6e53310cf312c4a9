"""A worker over a real file, with fakes and a manual clock."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.core.errors import StorageError
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits
from bot.domain.jobs import Job, JobState
from bot.domain.orders import Order, OrderContext, OrderPlaced
from bot.domain.polling import PollingSchedule
from bot.domain.request import Draft, ValidatedRequest, validate
from bot.services.movie_links import MovieLinks
from bot.services.orders import DurationHistory, OrderService
from bot.services.request_limits import LimitFactory
from bot.services.signals import ReconnectionListener, Signals
from bot.worker.recovery import Watchdog
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.worker import Worker, WorkerConfig
from data import jobs, orders
from data.engine.instance_lock import FileInstanceLock
from data.engine.sqlite import SqliteDatabase
from data.policy import Policy
from tests.helpers import ledger_checks, migrated_file
from tests.helpers.clock import ManualClock
from tests.helpers.factories import CATALOGUE
from tests.helpers.fakes import COMPLETED, FakeMovieApi, FakePublisher

T = TypeVar("T")

GUILD, CHANNEL, ALICE, BOB = 1, 2, 3, 4

WORKER_CONFIG = WorkerConfig(ConcurrencyLimits(10, 2), PollingSchedule(5, 60), submission_timeout=60)

_numbers = itertools.count(1000)
_process_numbers = itertools.count()


def checked(seconds: int = 10) -> ValidatedRequest:
    found = validate(Draft("a red balloon", seconds), CATALOGUE)
    assert isinstance(found, ValidatedRequest)
    return found


def order(
    member: int = ALICE,
    seconds: int = 10,
    interaction: int | None = None,
    video_model: str = "LUMA",
    channel: int = CHANNEL,
) -> Order:
    number = next(_numbers) if interaction is None else interaction
    return Order(OrderContext(number, GUILD, channel, member), Draft("a red balloon", seconds, video_model))


def tasks(worker: Worker) -> int:
    """They are its poll loops, the recovery, the leases and the queue positions."""
    return len(worker._loops) + 3


def tasks_without_discord(worker: Worker) -> int:
    return len(worker._immediate_loops) + 3


@dataclass
class WorkerHarness:
    path: Path
    database: SqliteDatabase
    config: WorkerConfig = WORKER_CONFIG
    catalogue: Catalogue = CATALOGUE
    clock: ManualClock = field(default_factory=ManualClock)
    api: FakeMovieApi = field(default_factory=FakeMovieApi)
    publisher: FakePublisher = field(default_factory=FakePublisher)
    processes: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.worker = self.new_worker()

    def new_worker(self, *, beside: bool = False) -> Worker:
        """The previous process ends, unless the new one starts `beside` it."""
        if not beside:
            self.processes.close()
        self.instance_lock = self.processes.enter_context(FileInstanceLock(self.path))
        watchdog = Watchdog(lambda: self.clock.now() / 1000)
        self.signals = Signals()
        self.database.clock = self.clock
        self.database.policy = Policy(self.catalogue, Limits(member=600, plan=5000))
        self.orders = OrderService(self.database, self.clock)
        self.links = MovieLinks(self.database, self.api, self.clock, LimitFactory(self.clock))
        self.reconnections = ReconnectionListener(self.database, self.clock)
        return Worker(
            self.database,
            self.api,
            self.publisher,
            self.clock,
            self.config,
            self.links,
            DurationHistory(self.database),
            self.instance_lock,
            self.signals,
            watchdog,
            process_id=f"test-{next(_process_numbers)}",
        )

    async def restart(self) -> None:
        self.worker = self.new_worker()
        await self.worker.recover()

    @asynccontextmanager
    async def running(self, *, with_discord: bool = True, grace: float = 5) -> AsyncGenerator[None]:
        if with_discord:
            self.publisher.is_open.set()
        worker = self.worker
        await worker.start()
        try:
            yield
        finally:
            await worker.stop(grace)

    @contextmanager
    def fail_writes(self, function: Callable[..., object], times: int | None = None) -> Generator[asyncio.Event]:
        """None: all within the block. The event is set each time."""
        failed, write = asyncio.Event(), self.database.write
        left = itertools.count() if times is None else iter(range(times))

        async def fail(called: Callable[..., T], *args: object, **kwargs: object) -> T:
            if called is not function or next(left, None) is None:
                return await write(called, *args, **kwargs)
            failed.set()
            raise StorageError("disk full")

        self.database.write = fail  # as if the disk failed
        try:
            yield failed
        finally:
            self.database.write = write

    async def place(self, member: int = ALICE, seconds: int = 10, channel: int = CHANNEL) -> Job:
        placed = await self.database.write(orders.place, order(member, seconds, channel=channel))
        assert isinstance(placed, OrderPlaced)
        return placed.job

    async def queue(self, member: int = ALICE, seconds: int = 10, channel: int = CHANNEL) -> Job:
        """Return a queued job, a millisecond newer than the one before."""
        job = await self.place(member, seconds, channel)
        assert await self.orders.enqueue(job, card_message_id=77)
        await self.clock.advance(0.001)
        return await self.job(job)

    async def render(self, member: int = ALICE, seconds: int = 10, channel: int = CHANNEL) -> Job:
        job = await self.queue(member, seconds, channel)
        await self.worker.run_until_idle()
        return await self.job(job)

    async def finish(self) -> Job:
        """Return a movie that the API finished, and whose message was tried once."""
        job = await self.render()
        assert job.request_id is not None
        self.api.statuses[job.request_id] = [COMPLETED]
        await self.advance_and_run(5)
        return await self.job(job)

    async def make(self, took: float, seconds: int = 1) -> Job:
        job = await self.render(seconds=seconds)
        while job.state is JobState.RENDERING:
            assert job.request_id is not None
            assert job.submitted_at is not None
            assert job.next_run_at is not None
            if job.next_run_at - job.submitted_at >= 1000 * took:
                self.api.statuses[job.request_id] = [COMPLETED]
            await self.advance_and_run((job.next_run_at - self.clock.now()) / 1000)
            job = await self.job(job)
        return job

    async def job(self, job: Job) -> Job:
        found = await self.database.read(jobs.find, job.id)
        assert found is not None
        return found

    async def all_asleep(self) -> None:
        await self.clock.asleep(tasks(self.worker))

    async def advance_and_run(self, seconds: float) -> int:
        await self.clock.advance(seconds)
        return await self.worker.run_until_idle()

    async def assert_tried_after(self, pauses: Sequence[int], tries: Callable[[], int]) -> None:
        first = tries()
        for number, pause in enumerate(pauses):
            await self.advance_and_run(pause - 1)
            assert tries() == first + number, f"sooner than {pause} s after try {number + 1}"
            await self.advance_and_run(1)
        await self.advance_and_run(3600)
        assert tries() == first + len(pauses)

    def member(self) -> ledger_checks.BudgetTotals:
        return ledger_checks.scope_total(self.path, "member")

    def plan(self) -> ledger_checks.BudgetTotals:
        return ledger_checks.scope_total(self.path, "plan")


@asynccontextmanager
async def open_worker_harness(tmp_path: Path, config: WorkerConfig = WORKER_CONFIG) -> AsyncGenerator[WorkerHarness]:
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    database = await SqliteDatabase.open(path, on_wake=lambda topics: harness.signals.notify(topics))  # noqa: PLW0108
    harness = WorkerHarness(path, database, config)
    try:
        yield harness
    finally:
        harness.processes.close()
        await database.close()
    ledger_checks.assert_ledger_consistent(path)
