"""Probes the API during an outage, and logs the breaker's changes.

Submissions open and close it in the transactions that settle their jobs; see data/submissions.py. The rules are in
bot/domain/breaker.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from bot.core.errors import (
    AuthenticationFailed,
    ConnectFailed,
    KeyLimitReached,
    RateLimited,
    SamsarError,
    StorageError,
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.domain.breaker import BreakerState, Outage
from bot.services.movie_api import MovieApi
from data import breakers
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

_PROBE = "probe"

_OUTAGES: tuple[tuple[type[SamsarError], Outage], ...] = (
    (ConnectFailed, Outage.UNREACHABLE),
    (AuthenticationFailed, Outage.AUTHENTICATION_FAILED),
    (KeyLimitReached, Outage.KEY_LIMIT_REACHED),
    (UpstreamCreditsExhausted, Outage.PLAN_EXHAUSTED),
    (WrongApi, Outage.WRONG_API),
    (RateLimited, Outage.RATE_LIMITED),
)


async def log_breaker_change(database: Database, exc: SamsarError | None = None) -> None:
    """Log the breaker's last change, once for all processes. `exc` is the error that caused it."""
    try:
        await database.write(breakers.report, {} if exc is None else log_fields(exc))
    except StorageError as failure:
        _log.warning("breaker_not_reported", error=str(failure))  # the next check does it


class Prober:
    """Checks during an outage whether the API works again."""

    def __init__(self, database: Database, api: MovieApi) -> None:
        self._database = database
        self._api = api

    async def fetch(self, _limit: int, exclude: Sequence[str]) -> Sequence[str]:
        """Return the probe if it is due and not leased."""
        if exclude or not await self._database.read(breakers.probe_is_due):  # a poll takes no lock
            return ()
        return (_PROBE,) if await self._database.write(breakers.lease_probe) else ()

    async def next_due_at(self, _now: int) -> int | None:
        """Return when the next probe is due."""
        breaker = await self._database.read(breakers.read)
        return breaker.retry_at if breaker.state is BreakerState.OPEN else None

    def key(self, probe: str) -> str:
        """Return the constant key."""
        return probe

    async def process(self, _probe: str) -> None:
        """Ping the API and record the result."""
        try:
            await self._api.ping()
        except asyncio.CancelledError:
            await self._database.write(breakers.release_probe)
            raise
        except SamsarError as exc:
            _log.debug("probe_failed", **log_fields(exc))
            await self._database.write(breakers.probe_failed, outage_of(exc), retry_after_ms_of(exc))
        else:
            await self._database.write(breakers.probe_answered)


def outage_of(exc: SamsarError) -> Outage:
    """Return the outage that an error of the API means."""
    return next((outage for error_class, outage in _OUTAGES if isinstance(exc, error_class)), Outage.NO_ANSWER)


def retry_after_ms_of(exc: SamsarError) -> int | None:
    """Return the delay that the API asked for, in milliseconds."""
    return int(1000 * exc.retry_after) if isinstance(exc, RateLimited) and exc.retry_after is not None else None


def log_fields(exc: SamsarError) -> dict[str, object]:
    """Return the log fields of an error.

    The text of a response is left out: it may quote the prompt.
    """
    fields: dict[str, object] = {"error_type": type(exc).__name__, "status": exc.status}
    if isinstance(exc, WrongApi) and exc.advice:
        fields["advice"] = exc.advice
    return fields if exc.status is not None else fields | {"error": str(exc)}
