"""The operator's balance at the API, beside what waits to be ordered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.core.errors import AuthenticationFailed

REFRESH_MS = 300_000
"""How often the balance is asked for."""


class BalanceWatch:
    """The last known balance at the API.

    `credits` is None while it is unknown.
    """

    def __init__(self, get_credits: Callable[[], Awaitable[int | None]]) -> None:
        self._get_credits = get_credits
        self.credits: int | None = None

    async def refresh(self) -> None:
        """Ask the API for the balance."""
        try:
            self.credits = await self._get_credits()
        except AuthenticationFailed:
            self.credits = None

    def missing(self, waiting: int) -> int:
        """Return how many credits lack to pay for what waits.

        0 where the balance is unknown.
        """
        return 0 if self.credits is None else max(0, waiting - self.credits)
