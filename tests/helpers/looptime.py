"""Moves the event loop's own clock, so that timeouts expire at once."""

from __future__ import annotations

import asyncio


class LoopTime:
    """Moves the running loop's clock. Create it inside that loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._offset = 0.0
        real = self._loop.time
        self._loop.time = lambda: real() + self._offset

    def advance(self, seconds: float) -> None:
        """Move the clock forward. Every timeout that ends by then expires in the loop's next iteration."""
        self._offset += seconds
        self._loop.call_soon(lambda: None)
