"""A poll loop works concurrently, and survives every error. Its clock is the system's."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from bot.core.clock import SystemClock
from bot.core.errors import StorageError
from bot.worker.poll_loop import PollLoop
from bot.worker.recovery import Watchdog
from tests.helpers.clock import ManualClock
from tests.helpers.fakes import Held, nothing


class Work:
    """Due work in memory: a name is due from its time on, and is gone once it is done."""

    def __init__(self, clock: ManualClock, concurrency: int = 2, gather_ms: int = 0) -> None:
        self.clock = clock
        self.due: dict[str, int] = {}
        self.done: list[str] = []
        self.started: list[str] = []
        self.errors: list[Exception] = []
        self.breaking: dict[str, list[Exception]] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.changed = asyncio.Condition()
        self.released: list[str] = []
        self.release_error: Exception | None = None
        self.while_fetching: Callable[[], Awaitable[object]] = nothing
        self.while_asking: Callable[[], Awaitable[object]] = nothing
        self.retry_in_ms: dict[str, int] = {}
        self.watchdog = Watchdog(lambda: clock.now() / 1000)
        self.poll_loop: PollLoop[str] = PollLoop(
            "test",
            self,
            clock=clock,
            concurrency=concurrency,
            gather_ms=gather_ms,
            release=self.release,
            expected_seconds=60,
            watchdog=self.watchdog,
        )

    async def fetch(self, limit: int, exclude: Sequence[str]) -> Sequence[str]:
        if self.errors:
            raise self.errors.pop(0)
        now = self.clock.now()
        found = [name for name, moment in self.due.items() if moment <= now and name not in exclude]
        await self.while_fetching()
        return found[:limit]

    async def next_due_at(self, now: int) -> int | None:
        found = min((moment for moment in self.due.values() if moment > now), default=None)
        await self.while_asking()
        return found

    def key(self, name: str) -> str:
        return name

    async def process(self, name: str) -> None:
        self.started.append(name)
        await self._tell()
        if name in self.gates:
            await self.gates[name].wait()
        if self.breaking.get(name):
            raise self.breaking[name].pop(0)
        del self.due[name]
        if name in self.retry_in_ms:
            self.due[name] = self.clock.now() + self.retry_in_ms.pop(name)
        self.done.append(name)
        await self._tell()

    async def release(self, names: Sequence[str]) -> None:
        self.released += names
        if self.release_error:
            raise self.release_error

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    async def until(self, *, started: int = 0, done: int = 0) -> None:
        async with self.changed:
            await self.changed.wait_for(lambda: len(self.started) >= started and len(self.done) >= done)


@asynccontextmanager
async def running(work: Work) -> AsyncGenerator[asyncio.Task[None]]:
    task = asyncio.create_task(work.poll_loop.run())
    try:
        yield task
    finally:
        work.poll_loop.stop()
        await task


async def test_no_more_than_its_width_is_under_way() -> None:
    work = Work(ManualClock())
    work.due = dict.fromkeys("abc", 0)
    work.gates = {"a": asyncio.Event(), "b": asyncio.Event()}
    async with running(work):
        await work.until(started=2)
        assert work.started == ["a", "b"]
        work.gates["a"].set()
        await work.until(done=2)
        assert work.done == ["a", "c"]
        work.gates["b"].set()
        await work.until(done=3)


@pytest.mark.parametrize("busy_since", ["before", "just now"])
@pytest.mark.parametrize("due_again_ms", [0, 5_000])
async def test_work_that_ends_while_its_loop_queries_is_done_again_when_due(due_again_ms: int, busy_since: str) -> None:
    """Neither query can see it: the first leaves out work in progress, the second ran before its end."""
    clock = ManualClock()
    work = Work(clock, gather_ms=250)
    work.due = {"a": 0}
    work.retry_in_ms = {"a": due_again_ms}
    work.gates = {"a": asyncio.Event()}
    asking = Held()
    async with running(work):
        if busy_since == "before":
            await work.until(started=1)
            await clock.asleep(1)
            await clock.advance(0.25)
        work.while_asking = asking
        await asking.reached.wait()
        [task] = [task for task in asyncio.all_tasks() if task.get_name() == "test-a"]
        work.gates["a"].set()
        await asyncio.wait([task])
        asking.opened.set()
        for _ in range(3):
            await clock.asleep(1)
            await clock.advance(max(0.25, due_again_ms / 2000))
        await asyncio.wait_for(work.until(done=2), 60)


async def test_an_error_of_one_piece_never_stops_the_others() -> None:
    clock = ManualClock()
    work = Work(clock)
    work.due = {"broken": 0, "sound": 0}
    work.breaking = {"broken": [ZeroDivisionError("a bug")]}
    async with running(work):
        await work.until(done=1)
        assert work.done == ["sound"]
        await clock.asleep(1)
        await clock.advance(29.9)
        await clock.asleep(1)
        assert work.started.count("broken") == 1
        await clock.advance(0.2)
        await work.until(done=2)


async def test_a_database_that_fails_makes_the_poll_loop_rest_and_not_die() -> None:
    clock = ManualClock()
    work = Work(clock)
    work.due = {"a": 0}
    work.errors = [StorageError("locked"), StorageError("locked")]
    async with running(work):
        for _ in range(2):
            await clock.asleep(1)
            assert work.started == []
            await clock.advance(30)
        await work.until(done=1)


async def test_a_poll_loop_does_not_sleep_for_as_long_as_the_clock_is_set_back_meanwhile() -> None:
    clock = ManualClock()
    work = Work(clock, gather_ms=250)

    async def an_hour_back() -> None:
        clock.set_back(3600)
        work.due = {"a": 0}
        work.while_asking = nothing

    work.while_asking = an_hour_back
    async with running(work):
        await clock.asleep(1)
        await clock.advance(30)
        await asyncio.wait_for(work.until(done=1), 60)


@pytest.mark.parametrize("by", ["a signal", "the regular look", "its time"])
async def test_work_is_found_by_a_signal_at_its_time_or_every_15_seconds(by: str) -> None:
    clock = ManualClock()
    work = Work(clock)
    work.due = {"a": clock.now() + 5000} if by == "its time" else {}
    async with running(work):
        await clock.asleep(1)
        if by == "its time":
            await clock.advance(5)
        else:
            work.due = {"a": 0}
        if by == "a signal":
            work.poll_loop.wake_up.set()
        elif by == "the regular look":
            await clock.advance(15)
        await asyncio.wait_for(work.until(done=1), 60)


async def test_a_stopped_poll_loop_finishes_what_is_under_way_and_takes_nothing_new() -> None:
    work = Work(ManualClock(), concurrency=1)
    work.due = {"begun": 0, "waiting": 0}
    work.gates = {"begun": asyncio.Event()}
    async with running(work) as task:
        await work.until(started=1)
        work.poll_loop.stop()
        assert not task.done()
        work.gates["begun"].set()
        await task
    assert work.done == ["begun"]


async def test_abandoned_work_stays_where_it_lies() -> None:
    work = Work(ManualClock())
    work.due = {"a": 0}
    work.gates = {"a": asyncio.Event()}
    async with running(work):
        await work.until(started=1)
        work.poll_loop.stop()
        await work.poll_loop.cancel()
    assert work.done == []
    assert "a" in work.due
    assert work.released == [], "it was begun: only itself can know how far it came"


@pytest.mark.parametrize("error", [None, StorageError("locked")])
async def test_abandoning_work_that_has_not_taken_its_first_step_ends_too(error: Exception | None) -> None:
    work = Work(ManualClock())
    work.due = {"a": 0}
    work.release_error = error
    one_pass = asyncio.create_task(work.poll_loop.run_once())
    ended: list[asyncio.Task[None]] = []

    async def cancel() -> None:  # its step comes before the work's
        ended.append(asyncio.create_task(work.poll_loop.cancel()))

    work.while_fetching = cancel
    await asyncio.wait_for(one_pass, 60)
    await asyncio.wait_for(ended[0], 60)
    assert (work.started, work.done, work.released) == ([], [], ["a"])


async def test_a_poll_loop_that_was_cancelled_while_it_queried_starts_nothing() -> None:
    work = Work(ManualClock())
    work.due = {"a": 0}

    async def cancelled() -> None:
        work.poll_loop.stop()
        await asyncio.wait([asyncio.create_task(work.poll_loop.cancel())])

    work.while_fetching = cancelled
    await asyncio.wait_for(work.poll_loop.run(), 60)
    assert (work.started, work.released) == ([], ["a"])


async def test_a_poll_loop_whose_database_never_answers_is_stuck() -> None:
    work, fetching = Work(ManualClock()), Held()
    work.while_fetching = fetching
    async with running(work):
        await fetching.reached.wait()
        await work.clock.advance(299)
        assert work.watchdog.stuck() == ()
        await work.clock.advance(1)
        assert [(each.work, each.key) for each in work.watchdog.stuck()] == [("test", "fetch")]
        fetching.opened.set()


def test_it_tells_utc_in_milliseconds() -> None:
    before = time.time() * 1000
    now = SystemClock().now()
    assert before - 1 <= now <= time.time() * 1000 + 1


async def test_a_moment_that_has_passed_is_not_waited_for_and_an_event_ends_the_wait_before_it() -> None:
    clock, event = SystemClock(), asyncio.Event()
    await asyncio.wait_for(clock.wait(event, clock.now() - 3_600_000), 5)
    for until in (clock.now() + 3_600_000, None):
        event.clear()
        waiting = asyncio.create_task(clock.wait(event, until))
        event.set()
        await asyncio.wait_for(waiting, 5)
