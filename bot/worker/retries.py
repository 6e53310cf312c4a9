"""When an attempt that Discord deferred is repeated."""

from __future__ import annotations

from typing import Final

from bot.core.errors import DeliveryDeferred
from bot.domain.delivery import MAX_RETRY_SECONDS, retry_delay

MAX_ATTEMPTS: Final = 50
"""Attempts over about two days. After that, an error that should pass counts as one that does not."""


def retry_delay_ms(exc: DeliveryDeferred, attempts: int, *, idempotent: bool = False) -> int:
    """Return the milliseconds before the next attempt, at most an hour.

    They are what Discord asks for, or grow with the `attempts`. What may have succeeded is repeated while Discord knows
    its nonce, but for requests that are `idempotent`.
    """
    if exc.retry_after is not None:
        return int(1000 * min(exc.retry_after, MAX_RETRY_SECONDS))
    return int(1000 * retry_delay(attempts, definitely_failed=idempotent or exc.definitely_failed))
