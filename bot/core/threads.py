"""Runs blocking work on a daemon thread.

It does not delay the end of the process.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def run_in_daemon_thread(function: Callable[[], T]) -> T:
    """Run a function on its own daemon thread and return its result.

    Unlike with asyncio.to_thread, the process can end while it runs, so it must tolerate being cut off.
    """
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()  # so that a caller that is cancelled does not cancel it

    def run() -> None:
        try:
            future.set_result(function())
        except BaseException as exc:  # the caller gets it, whatever it is
            future.set_exception(exc)

    threading.Thread(target=run, name="daemon-work", daemon=True).start()
    return await asyncio.wrap_future(future)
