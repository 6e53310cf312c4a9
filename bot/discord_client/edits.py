"""Runs edits of cards without ever cancelling one.

discord.py sleeps inside a request that hits a global 429, while all its other requests wait for an event that this
request sets after its sleep (`HTTPClient.request`). A cancellation during the sleep leaves the event cleared, and no
message is sent any more. So each edit runs in its own task, and only the wait for it has a timeout.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

_log = structlog.stdlib.get_logger(__name__)

MAX_CONCURRENT: Final = 200
"""Further edits are dropped: they would only wait for the same Discord."""

Edit = Callable[[], Awaitable[None]]


class CardEdits:
    """Runs at most one edit per card at a time.

    `timeout` is how long a caller waits, in seconds. The edit continues after that.
    """

    def __init__(self, timeout: float, limit: int = MAX_CONCURRENT) -> None:
        self._timeout = timeout
        self._limit = limit
        self._running: dict[int, asyncio.Task[None]] = {}
        self._next: dict[int, Edit] = {}

    async def run(self, card_message_id: int, edit: Edit) -> None:
        """Start an edit and wait for it within the timeout; never raises.

        While another edit of the card runs, only the newest is kept, and runs after it.
        """
        if card_message_id in self._running:
            self._next[card_message_id] = edit
            return
        if len(self._running) >= self._limit:
            _log.warning("card_update_failed", card=card_message_id, error="too many edits are under way")
            return
        task = asyncio.create_task(self._run(card_message_id, edit), name=f"card-{card_message_id}")
        self._running[card_message_id] = task
        await asyncio.wait((task,), timeout=self._timeout)

    async def _run(self, card_message_id: int, edit: Edit) -> None:
        following: Edit | None = edit
        try:
            while following is not None:
                await self._execute(card_message_id, following)
                following = self._next.pop(card_message_id, None)
        finally:
            self._next.pop(card_message_id, None)
            del self._running[card_message_id]

    async def _execute(self, card_message_id: int, edit: Edit) -> None:
        time = asyncio.get_running_loop().time
        started = time()
        try:
            await edit()
        except Exception:  # nothing awaits a late edit, so its error would be lost
            _log.exception("card_update_failed", card=card_message_id)
        took = time() - started
        if took > self._timeout:
            _log.warning("card_edit_was_slow", card=card_message_id, seconds=round(took, 1))
