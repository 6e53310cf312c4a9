"""Probe an API that failed, and log when the circuit breaker opens and closes.

What opens and closes it is written with the jobs' own outcomes, in data/submissions.py. The rules are in
bot/domain/breaker.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import structlog

from bot.domain.breaker import BreakerState, Outage
from bot.errors import (
    AuthenticationFailed,
    ConnectFailed,
    RateLimited,
    SamsarError,
    StorageError,
    UpstreamCreditsExhausted,
)
from bot.worker.interfaces import BreakerStore, Clock, MovieApi

_log = structlog.stdlib.get_logger(__name__)

_PROBE = "probe"

_OUTAGES: tuple[tuple[type[SamsarError], Outage], ...] = (
    (ConnectFailed, Outage.UNREACHABLE),
    (AuthenticationFailed, Outage.KEY_REJECTED),
    (UpstreamCreditsExhausted, Outage.PLAN_EMPTY),
    (RateLimited, Outage.BUSY),
)


class BreakerLog:
    """Logs one line when the circuit breaker opens and one when it closes, however many processes there are."""

    def __init__(self, store: BreakerStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def report(self, exc: SamsarError | None = None) -> None:
        """Log what the log does not say yet. `exc` is what just happened."""
        try:
            breaker = await self._store.take_report()
        except StorageError as failure:
            _log.warning("breaker_not_reported", error=str(failure))  # the next sweep does it
            return
        if breaker is None:
            return
        if breaker.state is BreakerState.CLOSED:
            _log.warning("breaker_closed", down_seconds=(self._clock.now() - breaker.opened_at) / 1000)
        else:
            _log.error("breaker_opened", outage=breaker.outage, **({} if exc is None else told(exc)))


class Prober:
    """Asks an API that failed whether it works again."""

    def __init__(self, store: BreakerStore, api: MovieApi, clock: Clock, *, answered: Callable[[], None]) -> None:
        self._store = store
        self._api = api
        self._clock = clock
        self._answered = answered

    async def fetch(self, now: int, _most: int, exclude: Sequence[str]) -> Sequence[str]:
        """The probe, if it is due and no other process makes it."""
        return (_PROBE,) if not exclude and await self._store.take_probe(now) else ()

    async def next_due_at(self, _now: int) -> int | None:
        """When the next probe is due."""
        breaker = await self._store.breaker()
        return breaker.retry_at if breaker.state is BreakerState.OPEN else None

    def key(self, probe: str) -> str:
        """There is one probe."""
        return probe

    async def process(self, _probe: str) -> None:
        """Ask the API, and write down whether it answered."""
        try:
            await self._api.ping()
        except asyncio.CancelledError:
            await self._store.release_probe(self._clock.now())
            raise
        except SamsarError as exc:
            _log.debug("probe_failed", **told(exc))
            await self._store.probe_failed(outage_of(exc), self._clock.now(), retry_after_ms_of(exc))
        else:
            await self._store.probe_answered()
            self._answered()


def outage_of(exc: SamsarError) -> Outage:
    """Return what an error of the API says about it."""
    return next((outage for kind, outage in _OUTAGES if isinstance(exc, kind)), Outage.NO_ANSWER)


def retry_after_ms_of(exc: SamsarError) -> int | None:
    """Return how long the API asked us to wait, in milliseconds."""
    return int(1000 * exc.retry_after) if isinstance(exc, RateLimited) and exc.retry_after is not None else None


def told(exc: SamsarError) -> dict[str, object]:
    """Return what the log says of an error. Never an answer's own words, which may quote the prompt."""
    fields: dict[str, object] = {"error_type": type(exc).__name__, "status": exc.status}
    return fields if exc.status is not None else fields | {"error": str(exc)}
