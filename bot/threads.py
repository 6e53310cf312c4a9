"""A long look at the disk, on a thread that nobody waits for at the end of the process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def run_in_daemon_thread(function: Callable[[], T]) -> T:
    """Run `function` on a thread of its own and return what it returns.

    Unlike asyncio.to_thread's, the thread does not hold up the end of the process: what it does must bear being cut
    off.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(set_it: Callable[[], None]) -> None:
        if not future.done():
            set_it()

    def run() -> None:
        try:
            result = function()
        except BaseException as exc:  # noqa: BLE001 (handed to whoever waits)
            error = exc
            _tell(loop, lambda: settle(lambda: future.set_exception(error)))
        else:
            _tell(loop, lambda: settle(lambda: future.set_result(result)))

    threading.Thread(target=run, name="aside", daemon=True).start()
    return await future


def _tell(loop: asyncio.AbstractEventLoop, what: Callable[[], None]) -> None:
    try:
        loop.call_soon_threadsafe(what)
    except RuntimeError:  # the loop is closed: nobody waits any more
        return
