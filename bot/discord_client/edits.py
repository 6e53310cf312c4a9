"""Run edits of cards without ever cancelling one.

discord.py sleeps inside a request that meets a global 429, while every other request of the token waits for an event
that this request sets after its sleep (`HTTPClient.request`). A cancellation that lands in the sleep leaves that event
cleared, and nothing is posted any more. So each edit has a task of its own, and only the wait for it has a bound.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

_log = structlog.stdlib.get_logger(__name__)

MOST_UNDER_WAY: Final = 200
"""Edits that may be under way at once. More would only wait for the same Discord."""

Edit = Callable[[], Awaitable[None]]


class CardEdits:
    """Edits under way, at most one for each card.

    `seconds` is how long a caller waits for an edit at most. The edit goes on after that.
    """

    def __init__(self, seconds: float, limit: int = MOST_UNDER_WAY) -> None:
        self._seconds = seconds
        self._most = limit
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._next: dict[int, Edit] = {}

    async def run(self, card_id: int, edit: Edit) -> None:
        """Start an edit and wait for it within the bound; never raises.

        While another edit of the card is under way, the newest one is kept and runs after it.
        """
        if card_id in self._under_way:
            self._next[card_id] = edit
            return
        if len(self._under_way) >= self._most:
            _log.warning("card_update_failed", card=card_id, error="too many edits are under way")
            return
        task = asyncio.create_task(self._run(card_id, edit), name=f"card-{card_id}")
        self._under_way[card_id] = task
        await asyncio.wait((task,), timeout=self._seconds)

    async def _run(self, card_id: int, edit: Edit) -> None:
        """Run an edit, then the newest one that came meanwhile."""
        following: Edit | None = edit
        try:
            while following is not None:
                await self._one(card_id, following)
                following = self._next.pop(card_id, None)
        finally:
            self._next.pop(card_id, None)
            del self._under_way[card_id]

    async def _one(self, card_id: int, edit: Edit) -> None:
        time = asyncio.get_running_loop().time
        started = time()
        try:
            await edit()
        except Exception:  # noqa: BLE001 (nobody waits for a late edit: its error would be lost)
            _log.exception("card_update_failed", card=card_id)
        took = time() - started
        if took > self._seconds:
            _log.warning("card_edit_was_slow", card=card_id, seconds=round(took, 1))
