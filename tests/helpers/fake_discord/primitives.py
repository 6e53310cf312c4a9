"""Small utilities of the fake Discord: snowflakes, a change signal, and path patterns."""

import asyncio
import itertools
import re
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

DISCORD_EPOCH = 1_420_070_400_000


class Snowflakes:
    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> int:
        now = (time.time_ns() // 1_000_000 - DISCORD_EPOCH) << 22
        self._last = max(now, self._last + 1)
        return self._last


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
    """Compile a path pattern. `{name}` captures a segment, `*` means any segment, `**` any rest."""
    counter = itertools.count()

    def segment(match: re.Match[str]) -> str:
        token = match.group()
        if token == "**":
            return ".*"
        name = token.strip("{}") if token != "*" else f"any{next(counter)}"
        return f"(?P<{name}>[^/]+)"

    pieces = re.split(r"(\*\*|\*|\{\w+\})", pattern)
    return re.compile("".join(re.sub(r".+", segment, p) if i % 2 else re.escape(p) for i, p in enumerate(pieces)))
