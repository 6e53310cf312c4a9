"""What monitoring can see: counters that the rooms feed, and figures read from the database when asked."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.domain.breaker import BreakerState
from bot.domain.job import JobState
from bot.domain.request import MovieRequest
from bot.domain.stats import QueueStats
from bot.domain.upstream import Status
from bot.errors import SamsarError
from bot.worker.interfaces import MovieApi

T = TypeVar("T")

_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0)


class Metrics:
    """One registry of its own, so that several bots in one process don't share figures."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self._api_calls = Counter(
            "matinee_samsar_requests", "Calls of the movie API", ["call", "outcome"], registry=registry
        )
        self._api_seconds = Histogram(
            "matinee_samsar_request_duration_seconds",
            "How long a call took",
            ["call"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._discord_errors = Counter(
            "matinee_discord_errors", "Errors from Discord by its code", ["code"], registry=registry
        )
        self._ack_seconds = Histogram(
            "matinee_interaction_ack_duration_seconds",
            "From a command's, button's or form's arrival to its first answer",
            ["command"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._readable = Gauge("matinee_database_up", "Whether the figures below are of now", registry=registry)
        self._jobs = Gauge("matinee_jobs", "Open jobs by state", ["state"], registry=registry)
        self._oldest = Gauge("matinee_oldest_open_job_age_seconds", "Age of the oldest open job", registry=registry)
        self._held = Gauge("matinee_credits_held", "Credits held by open jobs", registry=registry)
        self._breaker = Gauge(
            "matinee_breaker", "1 for the state of the circuit breaker before new movies", ["state"], registry=registry
        )
        self._unknown = Gauge("matinee_unknown_jobs", "Jobs whose fate is not known", registry=registry)
        self._owed = Gauge("matinee_outbox_pending", "Messages that Discord has not accepted yet", registry=registry)
        self._owed_age = Gauge("matinee_outbox_oldest_age_seconds", "Age of the oldest of these", registry=registry)
        self._kept = Gauge(
            "matinee_outbox_undeliverable", "Movies for which no way led to their member", registry=registry
        )
        self._stuck = Gauge("matinee_stuck_work", "Work under way ten times longer than it may take", registry=registry)

    def observe_api_request(self, call: str, outcome: str, seconds: float) -> None:
        """Count a call of the API: `call` is create, status or ping, `outcome` ok, cancelled or our error's name."""
        self._api_calls.labels(call, outcome).inc()
        self._api_seconds.labels(call).observe(seconds)

    def count_discord_error(self, code: int) -> None:
        """Count an error from Discord: its own code, or the HTTP status, or 0 for a cut connection."""
        self._discord_errors.labels(str(code)).inc()

    def observe_ack(self, command: str, seconds: float) -> None:
        """Count a first answer: to a command by its name, to a button, to a form."""
        self._ack_seconds.labels(command).observe(seconds)

    def count_stuck(self, count: Callable[[], int]) -> None:
        """Ask `count` for the stuck work whenever the page is made."""
        self._stuck.set_function(count)

    def render(self, figures: QueueStats | None) -> tuple[bytes, str]:
        """Everything, in Prometheus' text format, with its content type.

        Without figures, for the database can't be read, those of it stay as they were, and the page says so.
        """
        self._readable.set(figures is not None)
        if figures is not None:
            self._show(figures)
        return generate_latest(self.registry), CONTENT_TYPE_LATEST

    def _show(self, figures: QueueStats) -> None:
        for state in JobState:
            if not state.is_terminal:
                self._jobs.labels(state.value).set(figures.jobs.get(state, 0))
        for state in BreakerState:
            self._breaker.labels(state.value).set(state is figures.breaker)
        self._unknown.set(figures.jobs.get(JobState.UNKNOWN, 0))
        self._oldest.set(figures.oldest_job_age_seconds)
        self._held.set(figures.held_credits)
        self._owed.set(figures.pending_deliveries)
        self._owed_age.set(figures.oldest_delivery_seconds)
        self._kept.set(figures.undeliverable)


class InstrumentedApi:
    """The movie API, with every call counted."""

    def __init__(self, api: MovieApi, metrics: Metrics) -> None:
        self._api = api
        self._metrics = metrics

    async def create_movie(self, request: MovieRequest, webhook_url: str | None = None) -> str:
        """See MovieApi."""
        return await self._counted("create", self._api.create_movie(request, webhook_url))

    async def get_status(self, request_id: str) -> Status:
        """See MovieApi."""
        return await self._counted("status", self._api.get_status(request_id))

    async def ping(self) -> None:
        """See MovieApi."""
        await self._counted("ping", self._api.ping())

    async def _counted(self, call: str, made: Awaitable[T]) -> T:
        started = time.monotonic()
        outcome = "cancelled"  # or anything that nobody foresaw; `ok` must have been earned
        try:
            answer = await made
            outcome = "ok"
        except SamsarError as exc:
            outcome = type(exc).__name__
            raise
        else:
            return answer
        finally:
            self._metrics.observe_api_request(call, outcome, time.monotonic() - started)
