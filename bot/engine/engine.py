"""The engine: four lanes over one database, and the sweep.

It runs beside the bot, never inside the bot's own tasks.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from bot.domain.credits import Limits
from bot.domain.job import Job
from bot.domain.pace import Pace
from bot.engine.announce import Announcer, Line
from bot.engine.deliver import Deliverer, Owed
from bot.engine.intake import ANSWER_WITHIN_MS, Intake
from bot.engine.lane import REST_MS, Lane
from bot.engine.ports import Clock, MovieApi, Screen, Store
from bot.engine.submit import Bounds, Claimed, Submitter
from bot.engine.watch import Watcher

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator set: limits in credits a month, bounds on jobs, bounds on polling."""

    limits: Limits
    bounds: Bounds
    pace: Pace
    callbacks: str | None = None
    """The address that the API calls back at, to which a job's secret is appended; None where it can't."""


class Engine:
    """Moves every job from the queue to the member."""

    def __init__(self, store: Store, api: MovieApi, screen: Screen, clock: Clock, rules: Rules) -> None:
        self._store = store
        self._screen = screen
        self._clock = clock
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.intake = Intake(store, clock, rules.limits, wake=self.wake)
        submitter = Submitter(
            store,
            api,
            screen,
            clock,
            bounds=rules.bounds,
            pace=rules.pace,
            callbacks=rules.callbacks,
            wake_others=self.wake,
        )
        watcher = Watcher(store, api, screen, clock, pace=rules.pace, wake_others=self.wake)
        deliverer = Deliverer(store, screen, clock)
        self._submitting: Lane[Claimed] = Lane(
            "submit",
            take=submitter.take,
            next_due=submitter.next_due,
            key=lambda claimed: claimed[0].id,
            work=submitter.submit,
            clock=clock,
            width=4,
        )
        self._watching: Lane[Job] = Lane(
            "watch",
            take=watcher.take,
            next_due=watcher.next_due,
            key=lambda job: job.id,
            work=watcher.look,
            clock=clock,
            width=16,
        )
        self._delivering: Lane[Owed] = Lane(
            "deliver",
            take=deliverer.take,
            next_due=deliverer.next_due,
            key=lambda owed: owed[0].nonce,
            work=deliverer.deliver,
            clock=clock,
            width=8,
        )
        announcer = Announcer(store, screen, clock)
        self._announcing: Lane[Line] = Lane(
            "announce",
            take=announcer.take,
            next_due=announcer.next_due,
            key=lambda line: line[0].id,
            work=announcer.post,
            clock=clock,
            width=1,  # one after the other, so that they stand in order
        )
        self._lanes = (self._submitting, self._watching, self._delivering, self._announcing)

    def wake(self) -> None:
        """Have every lane look for due work now."""
        for lane in self._lanes:
            lane.wake()

    async def called_back(self, digest: str, request_id: str | None) -> None:
        """A callback came for the job whose secret has this hash: look at it now. It is a hint, never a source."""
        if await self._store.called_back(digest, request_id, self._clock.now()):
            self._watching.wake()

    async def recover(self) -> None:
        """Take over what an earlier process left: what it was submitting is UNKNOWN now."""
        for job in await self._store.lose_submitting(self._clock.now()):
            _log.error("submission_unknown", extra={"job": job.id, "reason": "the process ended while submitting"})
        await self.intake.sweep()

    async def start(self) -> None:
        """Recover, then run in tasks of our own until `stop`."""
        await self.recover()
        self._tasks = [
            asyncio.create_task(self._submitting.run(), name="engine-submit"),
            asyncio.create_task(self._watching.run(), name="engine-watch"),
            asyncio.create_task(self._once_opened(self._delivering), name="engine-deliver"),
            asyncio.create_task(self._once_opened(self._announcing), name="engine-announce"),
            asyncio.create_task(self._sweep_forever(), name="engine-sweep"),
        ]

    async def turn(self) -> int:
        """Do all that is due now, in the caller's own task, until nothing is. Returns how many pieces that were."""
        await self.intake.sweep()
        total = 0
        while done := sum([await lane.turn() for lane in self._lanes]):
            total += done
        return total

    async def failed(self) -> None:
        """Return only when a part of the engine has ended that never should, having logged why."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            if not task.cancelled() and task.exception() is not None:
                _log.critical("engine_part_ended", extra={"part": task.get_name()}, exc_info=task.exception())

    async def stop(self, grace: float) -> None:
        """Take nothing new, finish the submissions and deliveries under way within `grace` seconds, leave the rest."""
        self._stopping.set()
        for lane in self._lanes:
            lane.stop()
        await self._watching.abandon()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace)
            for lane in self._lanes:
                await lane.abandon()
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _once_opened(self, lane: Lane[Owed] | Lane[Line]) -> None:
        opened = asyncio.ensure_future(self._screen.opened())
        stopping = asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait((opened, stopping), return_when=asyncio.FIRST_COMPLETED)
        opened.cancel()
        stopping.cancel()
        if not self._stopping.is_set():
            await lane.run()

    async def _sweep_forever(self) -> None:
        while not self._stopping.is_set():
            pause = ANSWER_WITHIN_MS
            try:
                await self.intake.sweep()
            except Exception:  # noqa: BLE001 (the loop's outer boundary, as in a lane)
                _log.exception("sweep_resting")
                pause = REST_MS
            await self._clock.wait(self._stopping, self._clock.now() + pause)
