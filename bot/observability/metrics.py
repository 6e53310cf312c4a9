"""Prometheus metrics: counters of the program, and gauges from the database."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from functools import partial
from types import MappingProxyType, SimpleNamespace
from typing import Final, cast

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest
from prometheus_client.core import HistogramMetricFamily
from prometheus_client.registry import Collector

from bot.core.errors import SamsarError
from bot.domain.breaker import BreakerState
from bot.domain.catalogue import DifferenceType
from bot.domain.jobs import JobState
from bot.domain.process import ProcessInfo
from bot.domain.reports import Outcome, QueueStats
from bot.services.movie_api import MovieApi
from bot.services.orders import BUCKETS, BalanceWatch, DeliveryTimes
from bot.services.reports import Charge

_BUCKETS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0)

_STATS_GAUGES: Final[Mapping[str, tuple[str, ...]]] = {
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

_GAUGES: Final[Mapping[str, tuple[str, ...]]] = {
    "leader": ("matinee_leader", "1 where this process does what one process does for all"),
    "shards": ("matinee_shards", "Gateway shards of all processes; 0 where that is not known"),
    "shard_up": ("matinee_shard_up", "1 while this process's shard receives events", "shard"),
    "heartbeat": (
        "matinee_shard_heartbeat_seconds",
        "How long Discord took to answer the shard's last heartbeat",
        "shard",
    ),
    "backup_interval": ("matinee_backup_interval_seconds", "How often backups are made; 0: never"),
    "backup_age": ("matinee_backup_age_seconds", "Age of the newest backup; NaN where another process makes it"),
    "discrepancies": (
        "matinee_ledger_discrepancies",
        "What the last audit found wrong; NaN where none has ended, or another process audits",
    ),
    "differences": (
        "matinee_catalogue_differences",
        "Models of which the API's list says something else than the catalogue; NaN where another process compares",
        "difference",
    ),
    "plan": ("matinee_plan_credits_limit", "The operator's monthly plan"),
    "stuck": ("matinee_stuck_work", "Work under way ten times longer than it may take"),
    "database_up": ("matinee_database_up", "Whether the figures below are of now"),
    "jobs": ("matinee_jobs", "Open jobs by state", "state"),
    "breaker": ("matinee_breaker", "1 for the state of the circuit breaker before new movies", "state"),
    "credits_today": (
        "matinee_credits_today",
        "Credits of the movies that ended since midnight UTC, by outcome",
        "outcome",
    ),
    "paid": (
        "matinee_movie_credits_paid",
        "What members paid for the movies that this process completed and of which the API said their charge",
        "model",
    ),
    "charged": ("matinee_movie_credits_charged", "What the API charged for these movies", "model"),
    "prompts": (
        "matinee_prompts_refused",
        "Prompts that broke a rule or that the API's moderation flagged, since this process began",
        "category",
    ),
    "balance": ("matinee_api_credits", "Credits left at the API; NaN while they are unknown"),
    "missing": ("matinee_api_credits_missing", "Credits that lack at the API to pay for what waits"),
}
"""Gauges: names, descriptions, and labels."""

_HOUR_SECONDS: Final = 3600


class DeliveryHistogram(Collector):
    """Shows counted times as they are at each scrape."""

    def __init__(self, times: DeliveryTimes) -> None:
        self._times = times

    def collect(self) -> Iterator[HistogramMetricFamily]:
        """Yield the histogram."""
        bounds = (*(str(bound) for bound in BUCKETS[:-1]), "+Inf")
        yield HistogramMetricFamily(
            "matinee_movie_delivery_seconds",
            "From an order to the message with its movie",
            buckets=list(zip(bounds, itertools.accumulate(self._times.counts), strict=True)),
            sum_value=self._times.seconds,
        )


class Metrics:
    """The metrics, in a registry of their own.

    Several bots can so share a process. What is public is set by those who know it: `charges` by model and
    `refused_prompts` by what they were refused for are read at each scrape.
    """

    def __init__(self, process: ProcessInfo) -> None:
        registry = self.registry = CollectorRegistry()
        Info("matinee_process", "This process", registry=registry).info(
            {"process": process.id, "role": process.role.value, "version": process.version}
        )
        self.charges: Mapping[str, Charge] = {}
        self.refused_prompts: Mapping[str, int] = {}
        counter = partial(Counter, registry=registry)
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
        self._gauges = {
            key: Gauge(name, about, labels, registry=registry)
            for key, (name, about, *labels) in {**_GAUGES, **_STATS_GAUGES}.items()
        }
        self.plan, self.stuck = self._gauges["plan"], self._gauges["stuck"]
        self.show_discrepancies(None)
        self.show_differences(None)

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

    def show_discrepancies(self, found: int | None) -> None:
        """Show what an audit found; None: another process audits."""
        self._gauges["discrepancies"].set(math.nan if found is None else found)

    def show_differences(self, found: Mapping[DifferenceType, int] | None) -> None:
        """Show what a comparison of the catalogue found; None: another process compares."""
        for each in DifferenceType:
            self._gauges["differences"].labels(each.value).set(math.nan if found is None else found.get(each, 0))

    def show_process(
        self,
        *,
        leads: bool = False,
        shards: Mapping[int, float] = MappingProxyType({}),
        ready: Collection[int] = (),
        shard_count: int = 0,
        backup_every_hours: float = 0,
        backup_age_seconds: float | None = None,
    ) -> None:
        """Show what a process knows of itself.

        `shards` are its own with the seconds of their last heartbeat, `ready` those that receive events; `shard_count`
        is the number of all processes together, 0 before Discord gave it. `backup_age_seconds` is infinite before the
        first backup, and None where another process makes them.
        """
        self._gauges["leader"].set(leads)
        self._gauges["shards"].set(shard_count)
        for shard, seconds in shards.items():
            self._gauges["shard_up"].labels(str(shard)).set(shard in ready)
            self._gauges["heartbeat"].labels(str(shard)).set(seconds)
        self._gauges["backup_interval"].set(_HOUR_SECONDS * backup_every_hours)
        self._gauges["backup_age"].set(math.nan if backup_age_seconds is None else backup_age_seconds)

    def render(self, stats: QueueStats | None, balance: BalanceWatch | None = None) -> tuple[bytes, str]:
        """Return all metrics in Prometheus' text format, with its content type.

        Without `stats`, the database's gauges keep their values and matinee_database_up is 0.
        """
        gauges = self._gauges
        gauges["database_up"].set(stats is not None)
        for model, charge in self.charges.items():
            gauges["paid"].labels(model).set(charge.paid)
            gauges["charged"].labels(model).set(charge.charged)
        for category, prompts in self.refused_prompts.items():
            gauges["prompts"].labels(category).set(prompts)
        credits = None if balance is None else balance.credits
        gauges["balance"].set(math.nan if credits is None else credits)
        if stats is not None:
            self._show_stats(stats)
            gauges["missing"].set(0 if balance is None else balance.missing(stats.waiting_credits))
        return generate_latest(self.registry), CONTENT_TYPE_LATEST

    def _show_stats(self, stats: QueueStats) -> None:
        for attribute in _STATS_GAUGES:
            self._gauges[attribute].set(getattr(stats, attribute))
        for state in JobState:
            if not state.is_terminal:
                self._gauges["jobs"].labels(state.value).set(stats.jobs.get(state, 0))
        for state in BreakerState:
            self._gauges["breaker"].labels(state.value).set(state is stats.breaker)
        for outcome in Outcome:
            self._gauges["credits_today"].labels(outcome.value).set(stats.credits_today.get(outcome, 0))


_CALLS: Final[Mapping[str, str]] = {
    "create_movie": "create",
    "quote_scenes": "quote",
    "upload_picture": "upload",
    "get_stills": "stills",
    "get_status": "status",
    "get_step_status": "status",
    "process_next": "process_next",
    "cancel_movie": "cancel",
    "moderate": "moderate",
    "ping": "ping",
}
"""The methods of MovieApi that make a request, and its name in the metrics."""


def instrumented(api: MovieApi, metrics: Metrics) -> MovieApi:
    """Return the API with every request counted."""
    counted = {method: partial(_observe, metrics, call, getattr(api, method)) for method, call in _CALLS.items()}
    return cast("MovieApi", SimpleNamespace(pause_status=api.pause_status, **counted))


async def _observe(
    metrics: Metrics, call: str, request: Callable[..., Awaitable[object]], *args: object, **kwargs: object
) -> object:
    started = time.monotonic()
    outcome = "cancelled"  # also after an unexpected exception, so that only a success counts as ok
    try:
        answer = await request(*args, **kwargs)
        outcome = "ok"
    except SamsarError as exc:
        outcome = type(exc).__name__
        raise
    else:
        return answer
    finally:
        metrics.api_calls.labels(call, outcome).inc()
        metrics.api_seconds.labels(call).observe(time.monotonic() - started)
