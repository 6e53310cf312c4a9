"""The time after which no request about a notification is made, because another process may send it.

discord.py waits within a request: for a rate limit, and before it tries again after a 429 or a 5xx. Meanwhile, the
process may be frozen for as long as it likes. So aiohttp asks here before each attempt.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Final

import aiohttp

from bot.core.clock import Clock
from bot.core.errors import DeliveryDeferred
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS

_deadline: Final[ContextVar[int | None]] = ContextVar("request_deadline", default=None)


@contextlib.contextmanager
def request_deadline(leased_until: int | None) -> Generator[None]:
    """Make no request in the block after the end of a lease (UTC epoch milliseconds; None: none).

    It ends earlier by as much as the other process's clock may be ahead.
    """
    token = _deadline.set(None if leased_until is None else leased_until - MAX_CLOCK_DIFFERENCE_MS)
    try:
        yield
    finally:
        _deadline.reset(token)


def refuse_late_requests(trace: aiohttp.TraceConfig, clock: Clock) -> None:
    """Let a session with this trace raise DeliveryDeferred instead of a late request."""

    async def check(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, _params: aiohttp.TraceRequestStartParams
    ) -> None:
        deadline = _deadline.get()
        if deadline is not None and clock.now() >= deadline:
            raise DeliveryDeferred("the lease ended before the request")

    trace.on_request_start.append(check)
