"""Runs blocking work on a daemon thread.

It does not delay the end of the process.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def run_in_daemon_thread(function: Callable[[], T]) -> T:
    """Run a function on its own daemon thread and return its result.

    Unlike with asyncio.to_thread, the process can end while it runs, so it must tolerate being cut off.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def set_if_pending(setter: Callable[[], None]) -> None:
        if not future.done():
            setter()

    def run() -> None:
        try:
            result = function()
        except BaseException as exc:  # the caller gets it, whatever it is
            error = exc
            _schedule(loop, lambda: set_if_pending(lambda: future.set_exception(error)))
        else:
            _schedule(loop, lambda: set_if_pending(lambda: future.set_result(result)))

    threading.Thread(target=run, name="daemon-work", daemon=True).start()
    return await future


def _schedule(loop: asyncio.AbstractEventLoop, callback: Callable[[], None]) -> None:
    try:
        loop.call_soon_threadsafe(callback)
    except RuntimeError:  # the loop is closed, so nothing awaits the future
        return
