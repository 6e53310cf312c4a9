"""The worker: poll loops over one database, and regular recovery.

It recovers jobs of other processes. It runs beside the bot, never inside the bot's own tasks.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import structlog

from bot.core.clock import Clock
from bot.core.errors import StorageError
from bot.domain.delivery import WITH_MOVIE, NotificationType
from bot.domain.jobs import Job
from bot.domain.message import Delivery
from bot.domain.polling import PollingSchedule
from bot.services.movie_api import MovieApi
from bot.services.movie_links import MovieLinks
from bot.services.orders import ACK_TIMEOUT_MS, DeliveryTimes, DurationHistory, OrderService
from bot.services.reports import ChargeTotals
from bot.services.signals import Signals
from bot.worker import notifier, status_poller
from bot.worker.breaker import Prober
from bot.worker.interfaces import MessagePublisher
from bot.worker.messages import Messages
from bot.worker.notifier import TEXT_ONLY, NotificationSender, QueuePositionUpdater
from bot.worker.poll_loop import ERROR_BACKOFF_MS, PollLoop, W, WorkSource
from bot.worker.recovery import Recovery, Watchdog
from bot.worker.status_poller import StatusPoller
from bot.worker.submitter import Claim, ConcurrencyLimits, Submitter
from data import leases
from data.database import Database, Topic
from data.engine import move_record
from data.engine.instance_lock import InstanceLock
from data.messages import DueMessage

_log = structlog.stdlib.get_logger(__name__)

STALLED_CHECK_INTERVAL_MS = 15_000
"""How often to recover the work of dead processes."""

_SUBMISSION_MARGIN_MS: Final = 15_000
"""How long a submission takes at most besides the request: its wait for the rate limit, its grace, and two writes."""

_MOVIE_NOTIFICATION_SECONDS: Final = 300.0
"""How long a notification with a movie may take: the download ends after a minute, aiohttp's upload after five."""

_MESSAGE_SECONDS: Final = 120.0
"""How long a message without a movie may take. discord.py repeats a request up to five times."""

_MESSAGES_AT_ONCE: Final = 24
"""discord.py waits up to 30 s for a channel's rate limit, which a server with many audit entries reaches repeatedly."""

_REQUESTS_PER_POLL: Final = 3
"""How often the API client requests a status before it gives up."""

_RECOVERY_SECONDS: Final = 60.0
_RENEWAL_SECONDS: Final = 30.0
_QUEUE_POSITIONS_SECONDS: Final = 180.0
"""How long updating the cards of the queue may take: up to twenty, and each edit takes up to a few seconds."""


@dataclass(frozen=True, slots=True)
class WorkerConfig:
    """The operator's configuration: concurrency, the polling schedule."""

    concurrency_limits: ConcurrencyLimits
    schedule: PollingSchedule
    submission_timeout: float
    """Seconds after which the API client gives up a request, whatever its outcome."""

    callback_url: str | None = None
    """The URL that a job's token is appended to; None where the API can't reach the bot."""

    has_stills: bool = False
    """Whether the API tells of a movie's stills while it renders."""


class Worker:
    """Runs all poll loops."""

    def __init__(
        self,
        database: Database,
        api: MovieApi,
        publisher: MessagePublisher,
        clock: Clock,
        config: WorkerConfig,
        links: MovieLinks,
        history: DurationHistory,
        instance_lock: InstanceLock,
        signals: Signals,
        watchdog: Watchdog | None = None,
        *,
        process_id: str,
    ) -> None:
        """Build the loops."""
        self.watchdog = watchdog or Watchdog()
        self.history = history
        self.charges = ChargeTotals()
        self.delivery_times = DeliveryTimes()
        self._links = links
        self._database = database
        self._api = api
        self._publisher = publisher
        self._clock = clock
        self._config = config
        self._instance_lock = instance_lock
        self._signals = signals
        self._process_id = process_id
        self._submission_ms = int(1000 * config.submission_timeout) + _SUBMISSION_MARGIN_MS
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._background_tasks: list[asyncio.Task[None]] = []
        self._senders: list[NotificationSender] = []
        self._queue_positions = QueuePositionUpdater(
            database, publisher, instance_lock, per_member=config.concurrency_limits.of_member
        )
        self._submissions = self._submission_loop()
        self._probes = self._probe_loop()
        self._status_polls = self._status_poll_loop()
        movie_notifications = self._notification_loop(
            "movie_notifications", WITH_MOVIE, concurrency=8, expected_seconds=_MOVIE_NOTIFICATION_SECONDS
        )
        notifications = self._notification_loop(
            "notifications", TEXT_ONLY, concurrency=4, expected_seconds=_MESSAGE_SECONDS
        )
        self._recovery = self._build_recovery()
        self._immediate_loops = (self._submissions, self._probes, self._status_polls)
        messages = self._loop(
            "messages",
            Messages(database, publisher, clock, links, instance_lock),
            concurrency=_MESSAGES_AT_ONCE,
            expected_seconds=_MESSAGE_SECONDS,
        )
        self._message_loops = (movie_notifications, notifications, messages)  # they wait for Discord
        self._loops = (*self._immediate_loops, *self._message_loops)

    def _build_recovery(self) -> Recovery:
        return Recovery(
            self._database,
            self._clock,
            self._signals,
            OrderService(self._database, self._clock),
            submission_ms=self._submission_ms,
            longest_poll_delay=self._config.schedule.longest,
            longest_lease_ms=max(status_poller.LEASE_MS, notifier.LEASE_MS),
            submissions_in_progress=lambda: self._submissions.in_progress,
        )

    def _submission_loop(self) -> PollLoop[Claim]:
        submitter = Submitter(
            self._database,
            self._api,
            self._publisher,
            self._clock,
            concurrency_limits=self._config.concurrency_limits,
            schedule=self._config.schedule,
            history=self.history,
            callback_url=self._config.callback_url,
            heartbeat=self.watchdog.heartbeat,
        )
        return self._loop(
            "submissions",
            submitter,
            concurrency=4,
            expected_seconds=self._submission_ms / 1000,
            release=submitter.release,
        )

    def _probe_loop(self) -> PollLoop[str]:
        prober = Prober(self._database, self._api)
        seconds = _REQUESTS_PER_POLL * self._config.submission_timeout + _SUBMISSION_MARGIN_MS / 1000
        return self._loop("probes", prober, concurrency=1, expected_seconds=seconds)

    def _status_poll_loop(self) -> PollLoop[Job]:
        poller = StatusPoller(
            self._database,
            self._api,
            self._publisher,
            self._clock,
            schedule=self._config.schedule,
            history=self.history,
            charges=self.charges,
            has_stills=self._config.has_stills,
            process_id=self._process_id,
        )
        return self._loop(
            "status_polls",
            poller,
            concurrency=64,
            expected_seconds=status_poller.LEASE_MS / 1000,
            gather_ms=250,
        )

    def _notification_loop(
        self, name: str, types: Sequence[NotificationType], *, concurrency: int, expected_seconds: float
    ) -> PollLoop[Delivery]:
        sender = NotificationSender(
            self._database,
            self._publisher,
            self._clock,
            self._links,
            types=types,
            times=self.delivery_times,
            heartbeat=self.watchdog.heartbeat,
            process_id=self._process_id,
        )
        self._senders.append(sender)
        return self._loop(
            "notifications",
            sender,
            concurrency=concurrency,
            expected_seconds=expected_seconds,
            name=name,
        )

    def _loop(
        self,
        topic: Topic,
        source: WorkSource[W],
        *,
        concurrency: int,
        expected_seconds: float,
        name: str | None = None,
        gather_ms: int = 0,
        release: Callable[[Sequence[W]], Awaitable[None]] | None = None,
    ) -> PollLoop[W]:
        """Build a loop whose waits end at the signals of a topic."""
        loop = PollLoop(
            name or topic,
            source,
            clock=self._clock,
            concurrency=concurrency,
            gather_ms=gather_ms,
            release=release,
            expected_seconds=expected_seconds,
            watchdog=self.watchdog,
        )
        self._signals.subscribe(topic, loop.wake_up.set)
        return loop

    async def recover(self) -> None:
        """Recover the work of earlier processes.

        Raises:
            DatabaseMoved: The rows are in another database.
        """
        await self.history.load()
        async with self._instance_lock.register() as only_instance:
            await self._database.read(move_record.reject_moved)  # only now: a move excludes processes that register
            await self._recovery.start(only_instance=only_instance)

    async def start(self) -> None:
        """Recover, then run in tasks until `stop`."""
        await self.recover()
        self._tasks = [
            *(asyncio.create_task(loop.run(), name=f"worker-{loop.name}") for loop in self._immediate_loops),
            *(
                asyncio.create_task(self._run_when_ready(loop), name=f"worker-{loop.name}")
                for loop in self._message_loops
            ),
        ]
        repeated = (
            (self._recovery.run, STALLED_CHECK_INTERVAL_MS, "recovery", _RECOVERY_SECONDS),
            (self._renew_leases, notifier.RENEWAL_INTERVAL_MS, "lease_renewal", _RENEWAL_SECONDS),
            (self._queue_positions.refresh, ACK_TIMEOUT_MS, "queue_positions", _QUEUE_POSITIONS_SECONDS),
        )
        self._background_tasks = [
            asyncio.create_task(self._repeat(*each), name=f"worker-{each[2]}") for each in repeated
        ]

    async def run_until_idle(self) -> int:
        """Process all due work in this task; return its item count."""
        await self._recovery.run()
        total = 0
        while done := sum([await loop.run_once() for loop in self._loops]):
            total += done
        await self._queue_positions.refresh()
        return total

    async def wait_for_failure(self) -> None:
        """Return when a task ended unexpectedly, and log why."""
        done, _ = await asyncio.wait((*self._tasks, *self._background_tasks), return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            if not task.cancelled() and task.exception() is not None:
                _log.critical("worker_task_exited", task=task.get_name(), exc_info=task.exception())

    async def stop(self, grace: float) -> None:
        """Finish submissions and notifications within `grace` seconds, and cancel the rest."""
        self._stopping.set()
        for task in self._background_tasks:
            task.cancel()
        for loop in self._loops:
            loop.stop()
        await self._status_polls.cancel()
        await self._probes.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
            # this may cancel requests of discord.py, which breaks its rate limiting (see bot/discord_client/cards.py);
            # harmless here, because the client is closed next
            for loop in self._loops:
                await loop.cancel()
            # not cancelled: a loop that is just fetching releases what it fetched before its task ends
            await asyncio.gather(*self._tasks, *self._background_tasks, return_exceptions=True)
        with contextlib.suppress(StorageError):  # the leases end by themselves
            await self._database.write(leases.release, self._process_id)

    async def _renew_leases(self) -> None:
        for sender in self._senders:
            await sender.renew_leases()

    async def _run_when_ready(self, loop: PollLoop[Delivery] | PollLoop[DueMessage]) -> None:
        ready = asyncio.ensure_future(self._publisher.wait_ready())
        stopping = asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait((ready, stopping), return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        stopping.cancel()
        if not self._stopping.is_set():
            await loop.run()

    async def _repeat(
        self, function: Callable[[], Awaitable[None]], every_ms: int, name: str, expected_seconds: float
    ) -> None:
        while not self._stopping.is_set():
            delay_ms = every_ms
            try:
                with self.watchdog.watch(name, "", expected_seconds):
                    await function()
            except Exception:  # noqa: BLE001 (the loop's outer boundary)
                _log.exception("background_task_failed", task=name)
                delay_ms = ERROR_BACKOFF_MS
            await self._clock.wait(self._stopping, self._clock.now() + delay_ms)
