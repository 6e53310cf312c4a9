"""Small utilities of the fake Discord: a change signal, and path patterns."""

import asyncio
import re
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

SLOWER = 12
"""How many times slower than usual the machine may be; timeouts are multiplied by it."""


class ChangeSignal:
    """Signals every change in the fake, so that tests needn't poll."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, check: Callable[[], T | None], *, timeout: float, what: str) -> T:
        """`timeout` is how many seconds it takes at most on a machine that is not loaded."""
        seconds = SLOWER * timeout
        try:
            async with asyncio.timeout(seconds):
                while (found := check()) is None:
                    await self._next.wait()
        except TimeoutError:
            if (found := check()) is None:  # a test that had no turn for seconds looks once more
                raise TimeoutError(f"waited {seconds} s for {what}") from None
        return found


def compile_path(pattern: str) -> re.Pattern[str]:
    """Compile a path pattern, in which `*` is any segment, and `**` any rest."""
    parts = {"*": "[^/]+", "**": ".*"}
    return re.compile("".join(parts.get(each) or re.escape(each) for each in re.split(r"(\*+)", pattern)))
