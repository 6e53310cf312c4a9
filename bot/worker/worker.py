"""The engine: six lanes over one database, and the sweep.

It runs beside the bot, never inside the bot's own tasks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits
from bot.domain.delivery import NotificationType
from bot.domain.job import Job
from bot.domain.polling import PollingSchedule
from bot.errors import StorageError
from bot.services.durations import DurationHistory
from bot.services.movie_links import MovieLinks
from bot.services.orders import ACK_TIMEOUT_MS, OrderService
from bot.worker.audit_publisher import AuditMessage, AuditPublisher
from bot.worker.breaker import BreakerLog, Prober
from bot.worker.interfaces import Clock, InstanceLock, MessagePublisher, MovieApi, Store
from bot.worker.notifier import TEXT_ONLY, WITH_ATTACHMENT, NotificationSender, PendingDelivery
from bot.worker.poll_loop import ERROR_BACKOFF_MS, PollLoop, W, WorkSource
from bot.worker.queue_positions import QueuePositionUpdater
from bot.worker.status_poller import StatusPoller
from bot.worker.submitter import ClaimedJob, ConcurrencyLimits, Submitter
from bot.worker.watchdog import Watchdog
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

STALLED_CHECK_INTERVAL_MS = 15_000
"""How often what other processes left is looked for."""

_RECONNECT_COOLDOWN_MS = 60_000
"""How long after a return of the gateway another one hurries nothing."""

_LONGEST_PAUSE_MS = 3_600_000
"""No pause is longer than this, but for polls where POLL_SLOWEST_SECONDS is: not a delivery's, not what the API asks
for. What is due later than that was written by a clock that has been set back since."""

_SUBMISSION_MARGIN_MS = 15_000
"""How long a submission takes at most beside the request itself: its turn at the API, and the database, twice."""

_BRING_SECONDS = 300.0
"""How long a movie may take: to fetch it is bounded by a minute, and aiohttp bounds its upload by five."""

_TELL_SECONDS = 120.0
"""How long a message without a movie may take. discord.py repeats a request up to five times."""

_REQUESTS_IN_A_LOOK = 3
"""How often the API client asks for a status before it gives up."""

_SWEEP_SECONDS = 60.0
_PLACES_SECONDS = 180.0
"""How long the cards of the queue may take: there are twenty, and each edit is waited for a few seconds."""


@dataclass(frozen=True, slots=True)
class WorkerConfig:
    """What the operator set: limits in credits a month, bounds on jobs, bounds on polling."""

    limits: Limits
    bounds: ConcurrencyLimits
    pace: PollingSchedule
    submission_timeout: float
    """Seconds after which the API client gives a request up, whatever happens to it."""

    callbacks: str | None = None
    """The address that the API calls back at, to which a job's secret is appended; None where it can't."""


class Worker:
    """Moves every job from the queue to the member."""

    def __init__(
        self,
        database: Database,
        store: Store,
        catalogue: Catalogue,
        api: MovieApi,
        screen: MessagePublisher,
        clock: Clock,
        rules: WorkerConfig,
        history: DurationHistory,
        presence: InstanceLock,
        watchdog: Watchdog | None = None,
    ) -> None:
        self.watchdog = watchdog or Watchdog()
        self._store = store
        self._presence = presence
        self._lost_after_ms = int(1000 * rules.submission_timeout) + _SUBMISSION_MARGIN_MS
        self._longest_pause_ms = max(_LONGEST_PAUSE_MS, int(1000 * rules.pace.longest))
        self._swept_at = 0
        self._screen = screen
        self._clock = clock
        self._stopping = asyncio.Event()
        self._hurried_at = -_RECONNECT_COOLDOWN_MS
        self._tasks: list[asyncio.Task[None]] = []
        self._beside: list[asyncio.Task[None]] = []
        self.links = MovieLinks(store, api, clock)
        self._places = QueuePositionUpdater(store, store, screen)
        self.history = history
        look_seconds = _REQUESTS_IN_A_LOOK * rules.submission_timeout + _SUBMISSION_MARGIN_MS / 1000
        self._watching = self._watch_lane(api, rules, look_seconds)
        self._breaker_log = BreakerLog(store, clock)
        prober = Prober(store, api, clock, answered=self.wake)
        self._probing: PollLoop[str] = self._lane("probe", prober, prober.process, width=1, may_take=look_seconds)
        self._submitting = self._submit_lane(api, rules)
        self._bringing = self._delivery_lane("bring", WITH_ATTACHMENT, width=8, may_take=_BRING_SECONDS)
        self._telling = self._delivery_lane("tell", TEXT_ONLY, width=4, may_take=_TELL_SECONDS)
        announcer = AuditPublisher(store, screen, clock)
        # side by side are different servers only: the announcer offers one line of each
        self._announcing: PollLoop[AuditMessage] = self._lane(
            "announce", announcer, announcer.process, width=4, may_take=_TELL_SECONDS
        )
        self.intake = OrderService(
            database, clock, catalogue, rules.limits, queued=self._submitting.notify, owed=self._telling.notify
        )
        self._lanes = (
            self._submitting,
            self._probing,
            self._watching,
            self._bringing,
            self._telling,
            self._announcing,
        )

    def _watch_lane(self, api: MovieApi, rules: WorkerConfig, may_take: float) -> PollLoop[Job]:
        watcher = StatusPoller(
            self._store,
            api,
            self._screen,
            self._clock,
            pace=rules.pace,
            history=self.history,
            wake_others=self.wake,
        )
        return self._lane("watch", watcher, watcher.process, width=64, may_take=may_take, gather_ms=250)

    def _submit_lane(self, api: MovieApi, rules: WorkerConfig) -> PollLoop[ClaimedJob]:
        submitter = Submitter(
            self._store,
            api,
            self._screen,
            self._clock,
            bounds=rules.bounds,
            pace=rules.pace,
            history=self.history,
            breaker_log=self._breaker_log,
            callbacks=rules.callbacks,
            accepted=self._watching.notify,
            ended=self.wake,
            moved=self.watchdog.moved,
        )
        return self._lane(
            "submit",
            submitter,
            submitter.process,
            width=4,
            may_take=self._lost_after_ms / 1000,
            give_back=submitter.release,
        )

    def _delivery_lane(
        self, name: str, notices: Sequence[NotificationType], *, width: int, may_take: float
    ) -> PollLoop[PendingDelivery]:
        deliverer = NotificationSender(
            self._store, self._screen, self._clock, self.links, notices=notices, moved=self.watchdog.moved
        )
        return self._lane(name, deliverer, deliverer.process, width=width, may_take=may_take)

    def _lane(
        self,
        name: str,
        source: WorkSource[W],
        work: Callable[[W], Awaitable[None]],
        *,
        width: int,
        may_take: float,
        gather_ms: int = 0,
        give_back: Callable[[Sequence[W]], Awaitable[None]] | None = None,
    ) -> PollLoop[W]:
        return PollLoop(
            name,
            source,
            work,
            clock=self._clock,
            width=width,
            gather_ms=gather_ms,
            give_back=give_back,
            may_take=may_take,
            watchdog=self.watchdog,
        )

    def wake(self) -> None:
        """Have every lane look for due work now."""
        for lane in self._lanes:
            lane.notify()

    async def on_callback(self, digest: str, request_id: str | None) -> None:
        """A callback came for the job whose secret has this hash: look at it now. It is a hint, never a source."""
        if await self._store.record_callback(digest, request_id, self._clock.now()):
            self._watching.notify()
        late = await self._store.late_callback(digest, request_id, self._clock.now())
        if late is not None:  # whoever ended the job guessed: the API may have made the movie
            _log.warning("callback_after_end", job_id=late, request_id=request_id)

    async def on_gateway_ready(self) -> None:
        """The gateway is back: what Discord did not take before is tried now, whatever pause it was to make.

        At most once in a while, for a gateway that comes and goes is no reason to ask more often. How many messages are
        sent side by side is the lane's to say, as ever.
        """
        now = self._clock.now()
        if 0 <= now - self._hurried_at < _RECONNECT_COOLDOWN_MS:
            return
        self._hurried_at = now
        try:
            hurried = await self._store.hurry(now)
        except StorageError as exc:
            _log.warning("delivery_retry_now_failed", error=str(exc))
            return
        if hurried:
            self.wake()

    async def recover(self) -> None:
        """Take over what earlier processes left: what they were submitting is UNKNOWN now.

        At once where none of them is alive. Where one is, or nobody can tell, what it is submitting is its own for as
        long as a submission can take: it may still learn how that came out, or that it was never sent.
        """
        await self.history.load()
        self._swept_at = await self._store.newest_moment()
        async with self._presence.register() as alone:
            await self._recover_stalled(alone=alone)

    async def _recover_stalled(self, *, alone: bool = False) -> None:
        """See to what nobody does any more: jobs in the hands of a dead process, orders that were never answered."""
        now = self._clock.now()
        await self._follow_clock(now)
        before = None if alone else now - self._lost_after_ms
        lost = await self._store.recover_stalled(now, before=before, exclude=self._submitting.in_progress)
        for job in lost:
            _log.error("job_outcome_unknown", job_id=job.id, error="the process ended while submitting")
        if lost:
            self.wake()
        await self._end_waiting(now)
        await self._breaker_log.report()
        await self.intake.void_unacknowledged(alone=alone)

    async def _follow_clock(self, now: int) -> None:
        """Make due what waits for a moment that a clock which was set back has yet to reach again.

        Where the clock is seen to have gone back, that is all that waits: how long each piece was to wait is not known
        any more, and most of it was short. Else it is what is due later than any pause can be.
        """
        set_back = now < self._swept_at
        after = now if set_back else now + self._longest_pause_ms
        made_due = await self._store.make_due(now, after)
        if set_back or made_due:
            by_ms = self._swept_at - now if set_back else None
            _log.warning("clock_set_back", by_ms=by_ms, made_due=made_due)
            self.wake()
        self._swept_at = now

    async def _end_waiting(self, now: int) -> None:
        """End the jobs that waited too long for the end of an outage; their credits go back."""
        ended = await self._store.end_waiting(now)
        if ended is not None:
            outage, jobs = ended
            _log.error("waiting_jobs_ended", outage=outage, jobs=[job.id for job in jobs])
            self.wake()

    async def start(self) -> None:
        """Recover, then run in tasks of our own until `stop`."""
        await self.recover()
        self._tasks = [
            asyncio.create_task(self._submitting.run(), name="engine-submit"),
            asyncio.create_task(self._probing.run(), name="engine-probe"),
            asyncio.create_task(self._watching.run(), name="engine-watch"),
            asyncio.create_task(self._once_opened(self._bringing), name="engine-bring"),
            asyncio.create_task(self._once_opened(self._telling), name="engine-tell"),
            asyncio.create_task(self._once_opened(self._announcing), name="engine-announce"),
        ]
        self._beside = [
            asyncio.create_task(
                self._repeat(self._recover_stalled, STALLED_CHECK_INTERVAL_MS, "sweep", _SWEEP_SECONDS),
                name="engine-sweep",
            ),
            asyncio.create_task(
                self._repeat(self._places.refresh, ACK_TIMEOUT_MS, "places", _PLACES_SECONDS), name="engine-places"
            ),
        ]

    async def run_until_idle(self) -> int:
        """Do all that is due now, in the caller's own task, until nothing is. Returns how many pieces that were."""
        await self._recover_stalled()
        total = 0
        while done := sum([await lane.run_once() for lane in self._lanes]):
            total += done
        await self._places.refresh()
        return total

    async def wait_failed(self) -> None:
        """Return only when a part of the engine has ended that never should, having logged why."""
        done, _ = await asyncio.wait((*self._tasks, *self._beside), return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            if not task.cancelled() and task.exception() is not None:
                _log.critical("worker_task_exited", task=task.get_name(), exc_info=task.exception())

    async def stop(self, grace: float) -> None:
        """Take nothing new, finish the submissions and deliveries under way within `grace` seconds, leave the rest."""
        self._stopping.set()
        for task in self._beside:
            task.cancel()
        for lane in self._lanes:
            lane.stop()
        await self._watching.cancel()
        await self._probing.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
            # This may cancel requests of discord.py, which it does not survive (see bot/discord_client/edits.py): harmless
            # only because the client is closed next.
            for lane in self._lanes:
                await lane.cancel()
            # Not cancelled: what a lane is just taking from the database is given back before its task ends.
            await asyncio.gather(*self._tasks, *self._beside, return_exceptions=True)

    async def _once_opened(self, lane: PollLoop[PendingDelivery] | PollLoop[AuditMessage]) -> None:
        opened = asyncio.ensure_future(self._screen.wait_ready())
        stopping = asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait((opened, stopping), return_when=asyncio.FIRST_COMPLETED)
        opened.cancel()
        stopping.cancel()
        if not self._stopping.is_set():
            await lane.run()

    async def _repeat(self, what: Callable[[], Awaitable[None]], every_ms: int, name: str, may_take: float) -> None:
        while not self._stopping.is_set():
            pause = every_ms
            try:
                with self.watchdog.under_way(name, "", may_take):
                    await what()
            except Exception:  # noqa: BLE001 (the loop's outer boundary, as in a lane)
                _log.exception("stalled_check_failed")
                pause = ERROR_BACKOFF_MS
            await self._clock.wait(self._stopping, self._clock.now() + pause)
