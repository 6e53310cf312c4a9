"""Work on a daemon thread ends as its caller expects."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.threads import run_in_daemon_thread


class Unforeseen(BaseException):
    """What no function should raise."""


class SlowWork:
    def __init__(self, error: Exception | None = None) -> None:
        self.over = threading.Event()
        self.begun = asyncio.Event()
        self.thread: threading.Thread | None = None
        self._error = error
        self._loop = asyncio.get_running_loop()

    def __call__(self) -> None:
        self.thread = threading.current_thread()
        self._loop.call_soon_threadsafe(self.begun.set)
        self.over.wait()
        if self._error is not None:
            raise self._error

    def end(self) -> None:
        self.over.set()
        assert self.thread is not None
        self.thread.join()


async def give_up(work: SlowWork) -> None:
    waiting = asyncio.create_task(run_in_daemon_thread(work))
    await work.begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


def fail() -> None:
    raise Unforeseen


async def test_a_result_and_an_error_reach_the_caller() -> None:
    assert await run_in_daemon_thread(lambda: threading.current_thread().daemon)
    with pytest.raises(Unforeseen):
        await asyncio.wait_for(run_in_daemon_thread(fail), 20)


@pytest.mark.parametrize("error", [None, ValueError("too late")])
async def test_what_comes_after_its_caller_gave_up_is_dropped(error: Exception | None) -> None:
    unhandled = list[object]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unhandled.append(context))
    work = SlowWork(error)
    await give_up(work)
    work.end()
    await asyncio.sleep(0)
    assert unhandled == []


def test_work_that_outlives_its_event_loop_ends_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A collector that is away keeps its thread beyond the end."""
    unhandled = list[object]()
    monkeypatch.setattr(threading, "excepthook", unhandled.append)

    async def start() -> SlowWork:
        work = SlowWork()
        await give_up(work)
        return work

    asyncio.run(start()).end()
    assert unhandled == []
