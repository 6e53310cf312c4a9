"""Prometheus metrics: counters of the program, and gauges from the database."""

from __future__ import annotations

import math
import time
from collections.abc import Awaitable, Mapping
from functools import partial
from typing import Final, TypeVar

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest

from bot.domain.breaker import BreakerState
from bot.domain.job import JobState
from bot.domain.process import ProcessInfo
from bot.domain.request import MovieRequest
from bot.domain.stats import Outcome, QueueStats
from bot.domain.upstream import Status
from bot.errors import SamsarError
from bot.observability.delivery_histogram import DeliveryHistogram
from bot.observability.process_gauges import ProcessGauges
from bot.services.balance import BalanceWatch
from bot.services.charges import Charge
from bot.services.delivery_times import DeliveryTimes
from bot.services.movie_api import MovieApi

T = TypeVar("T")

_BUCKETS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0)

_STATS_GAUGES: Final = {
    "oldest_job_age_seconds": ("matinee_oldest_open_job_age_seconds", "Age of the oldest open job"),
    "oldest_unknown_seconds": (
        "matinee_oldest_unknown_job_age_seconds",
        "How long the oldest unknown job has been unknown",
    ),
    "held_credits": ("matinee_credits_held", "Credits held by open jobs"),
    "pending_deliveries": ("matinee_outbox_pending", "Messages that Discord has not accepted yet"),
    "oldest_delivery_seconds": ("matinee_outbox_oldest_age_seconds", "Age of the oldest of these"),
    "undeliverable": ("matinee_outbox_undeliverable", "Movies for which no way led to their member"),
    "stopped_members": ("matinee_members_stopped", "Members who order no more this month: their movies failed"),
    "paused": ("matinee_orders_paused", "1 while the operator takes no new orders"),
    "plan_used": ("matinee_plan_credits_used", "What this month's movies cost the plan"),
    "plan_held": ("matinee_plan_credits_held", "What open jobs hold of it"),
}
"""The gauges of the attributes of QueueStats: names and descriptions."""


class Metrics:
    """The metrics, in a registry of their own.

    Several bots can so share a process. What is public is set by those who know it: `charges` by model and
    `refused_prompts` by their rules' category are read at each scrape.
    """

    def __init__(self, process: ProcessInfo) -> None:
        registry = self.registry = CollectorRegistry()
        Info("matinee_process", "This process", registry=registry).info(
            {"process": process.id, "role": process.role.value, "version": process.version}
        )
        self.process = ProcessGauges(registry)
        self.charges: Mapping[str, Charge] = {}
        self.refused_prompts: Mapping[str, int] = {}
        counter, gauge = partial(Counter, registry=registry), partial(Gauge, registry=registry)
        histogram = partial(Histogram, registry=registry, buckets=_BUCKETS)
        self.api_calls = counter("matinee_samsar_requests", "Calls of the movie API", ["call", "outcome"])
        self.api_seconds = histogram("matinee_samsar_request_duration_seconds", "How long a call took", ["call"])
        self._discord_errors = counter("matinee_discord_errors", "Errors from Discord by its code", ["code"])
        self._ack_seconds = histogram(
            "matinee_interaction_ack_duration_seconds",
            "From a command's, button's or form's arrival to its first answer",
            ["command"],
        )
        self.refused_connections = counter(
            "matinee_http_connections_refused",
            "Connections to the port that were closed at once, by the limit that was reached",
            ["limit"],
        )
        self.plan = gauge("matinee_plan_credits_limit", "The operator's monthly plan")
        self.stuck = gauge("matinee_stuck_work", "Work under way ten times longer than it may take")
        self._database_up = gauge("matinee_database_up", "Whether the figures below are of now")
        self._stats = {attribute: gauge(*described) for attribute, described in _STATS_GAUGES.items()}
        self._jobs = gauge("matinee_jobs", "Open jobs by state", ["state"])
        self._breaker = gauge("matinee_breaker", "1 for the state of the circuit breaker before new movies", ["state"])
        self._today = gauge(
            "matinee_credits_today", "Credits of the movies that ended since midnight UTC, by outcome", ["outcome"]
        )
        self._paid = gauge(
            "matinee_movie_credits_paid",
            "What members paid for the movies that this process completed and of which the API said their charge",
            ["model"],
        )
        self._charged = gauge("matinee_movie_credits_charged", "What the API charged for these movies", ["model"])
        self._prompts = gauge(
            "matinee_prompts_refused", "Prompts that broke a rule, since this process began", ["category"]
        )
        self._balance = gauge("matinee_api_credits", "Credits left at the API; NaN while they are unknown")
        self._missing = gauge("matinee_api_credits_missing", "Credits that lack at the API to pay for what waits")

    def count_discord_error(self, code: int) -> None:
        """Count an error by Discord's code, else the HTTP status.

        0 is a cut connection.
        """
        self._discord_errors.labels(str(code)).inc()

    def observe_ack(self, command: str, seconds: float) -> None:
        """Observe the time to the first response, by command, button or modal."""
        self._ack_seconds.labels(command).observe(seconds)

    def show_delivery_times(self, times: DeliveryTimes) -> None:
        """Show these times at each scrape."""
        self.registry.register(DeliveryHistogram(times))

    def render(self, stats: QueueStats | None, balance: BalanceWatch | None = None) -> tuple[bytes, str]:
        """Return all metrics in Prometheus' text format, with its content type.

        Without `stats`, the database's gauges keep their values and matinee_database_up is 0.
        """
        self._database_up.set(stats is not None)
        for model, charge in self.charges.items():
            self._paid.labels(model).set(charge.paid)
            self._charged.labels(model).set(charge.charged)
        for category, prompts in self.refused_prompts.items():
            self._prompts.labels(category).set(prompts)
        credits = None if balance is None else balance.credits
        self._balance.set(math.nan if credits is None else credits)
        if stats is not None:
            self._update(stats)
            self._missing.set(0 if balance is None else balance.missing(stats.waiting_credits))
        return generate_latest(self.registry), CONTENT_TYPE_LATEST

    def _update(self, stats: QueueStats) -> None:
        for attribute, each in self._stats.items():
            each.set(getattr(stats, attribute))
        for state in JobState:
            if not state.is_terminal:
                self._jobs.labels(state.value).set(stats.jobs.get(state, 0))
        for state in BreakerState:
            self._breaker.labels(state.value).set(state is stats.breaker)
        for outcome in Outcome:
            self._today.labels(outcome.value).set(stats.credits_today.get(outcome, 0))


class InstrumentedApi:
    """The movie API with every request counted."""

    def __init__(self, api: MovieApi, metrics: Metrics) -> None:
        self._api = api
        self._metrics = metrics

    async def create_movie(self, request: MovieRequest, webhook_url: str | None = None) -> str:
        """See MovieApi."""
        return await self._observe("create", self._api.create_movie(request, webhook_url))

    async def get_status(self, request_id: str) -> Status:
        """See MovieApi."""
        return await self._observe("status", self._api.get_status(request_id))

    def pause_status(self, seconds: float) -> None:
        """See MovieApi."""
        self._api.pause_status(seconds)

    async def cancel_movie(self, request_id: str) -> None:
        """See MovieApi."""
        await self._observe("cancel", self._api.cancel_movie(request_id))

    async def ping(self) -> None:
        """See MovieApi."""
        await self._observe("ping", self._api.ping())

    async def _observe(self, call: str, request: Awaitable[T]) -> T:
        started = time.monotonic()
        outcome = "cancelled"  # also after an unexpected exception, so that only a success counts as ok
        try:
            response = await request
            outcome = "ok"
        except SamsarError as exc:
            outcome = type(exc).__name__
            raise
        else:
            return response
        finally:
            self._metrics.api_calls.labels(call, outcome).inc()
            self._metrics.api_seconds.labels(call).observe(time.monotonic() - started)
