"""The metrics for monitoring: each changes with its event."""

import asyncio
import math
from contextlib import nullcontext
from dataclasses import replace
from typing import cast

import pytest

from bot.core.errors import OutcomeUnknown, RateLimited
from bot.domain.breaker import BreakerState
from bot.domain.catalogue import AspectRatio, DifferenceType
from bot.domain.jobs import Approval, JobState
from bot.domain.process import ProcessInfo, Role
from bot.domain.reports import Outcome, QueueStats
from bot.domain.request import MovieRequest
from bot.observability.metrics import Metrics, instrumented
from bot.services.movie_api import MovieApi
from bot.services.orders import DeliveryTimes
from bot.services.reports import Charge
from tests.helpers.fakes import FakeMovieApi
from tests.helpers.prometheus import figures_on
from tests.helpers.store_harness import NOW, a_job

PROCESS = ProcessInfo("0a1b2c3d", Role.WORKER, "host", 1, "1.2.3", 0)
EMPTY = QueueStats(
    jobs={}, oldest_job_age_seconds=0, held_credits=0, pending_deliveries=0, oldest_delivery_seconds=0, undeliverable=0
)


def read(metrics: Metrics, figures: QueueStats | None = EMPTY) -> dict[str, float]:
    page, content_type = metrics.render(figures)
    assert content_type.startswith("text/plain; version=")
    return figures_on(page)


def failing(error: BaseException | None) -> FakeMovieApi:
    async def fail(*_: object) -> None:
        if error is not None:
            raise error

    answers = [cast("Exception", error)] if error else []
    return FakeMovieApi(
        while_creating=fail, while_polling=fail, while_pinging=fail, cancellations=[*answers], verdicts=[*answers]
    )


def test_the_figures_are_those_of_the_database() -> None:
    metrics = Metrics(PROCESS)
    jobs = {JobState.RESERVED: 1, JobState.QUEUED: 2, JobState.RENDERING: 3, JobState.UNKNOWN: 1}
    stats = replace(QueueStats(jobs, 77.5, 640, 4, 12.5, 3, oldest_unknown_seconds=60), plan_used=900, plan_held=120)
    figures = {f'matinee_jobs{{state="{state}"}}': count for state, count in jobs.items()} | {
        'matinee_jobs{state="submitting"}': 0,
        "matinee_oldest_open_job_age_seconds": 77.5,
        "matinee_oldest_unknown_job_age_seconds": 60,
        "matinee_credits_held": 640,
        "matinee_outbox_pending": 4,
        "matinee_outbox_oldest_age_seconds": 12.5,
        "matinee_outbox_undeliverable": 3,
        "matinee_plan_credits_limit": 5000,
        "matinee_plan_credits_used": 900,
        "matinee_plan_credits_held": 120,
        'matinee_credits_today{outcome="captured"}': 80,
        'matinee_process_info{process="0a1b2c3d",role="worker",version="1.2.3"}': 1,
        'matinee_discord_errors_total{code="50013"}': 2,
        'matinee_discord_errors_total{code="0"}': 1,
        'matinee_http_connections_refused_total{limit="total"}': 2,
        'matinee_http_connections_refused_total{limit="address"}': 1,
    }
    metrics.plan.set(5000)
    for code in (50013, 50013, 0):
        metrics.count_discord_error(code)
    for limit in ("total", "total", "address"):
        metrics.refused_connections.labels(limit).inc()
    shown = read(metrics, replace(stats, credits_today={Outcome.CAPTURED: 80}))
    assert {name: shown[name] for name in figures} == figures
    assert [shown[f'matinee_credits_today{{outcome="{each}"}}'] for each in Outcome] == [80, 0, 0]
    assert shown["matinee_database_up"] == 1
    kept = read(metrics, None)
    assert kept["matinee_database_up"] == 0
    assert {name: kept[name] for name in figures} == figures
    assert all(value == 0 for series, value in read(metrics).items() if series.startswith("matinee_jobs"))
    assert 'matinee_discord_errors_total{code="50013"}' not in read(Metrics(PROCESS)), "two bots share no figures"


async def test_calls_are_counted_by_outcome_and_timed() -> None:
    movie = MovieRequest("a red boat", 10, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
    outcomes: dict[BaseException | None, str] = {
        None: "ok",
        RateLimited("later", status=429): "RateLimited",
        OutcomeUnknown("cut"): "OutcomeUnknown",
        asyncio.CancelledError(): "cancelled",
        RuntimeError("nobody foresaw this"): "cancelled",
    }
    for error, outcome in outcomes.items():
        metrics = Metrics(PROCESS)
        api = instrumented(failing(error), metrics)
        asked = (api.get_status("movie-1"), api.get_status("movie-1"), api.cancel_movie("movie-1"), api.moderate("a"))
        for call in (api.create_movie(movie), *asked, api.ping()):
            with pytest.raises(type(error)) if error else nullcontext():
                await call
        shown = read(metrics)
        counted = {series: value for series, value in shown.items() if "samsar_requests_total" in series}
        assert counted == {
            f'matinee_samsar_requests_total{{call="{call}",outcome="{outcome}"}}': count
            for call, count in (("create", 1), ("status", 2), ("cancel", 1), ("moderate", 1), ("ping", 1))
        }
        assert shown['matinee_samsar_request_duration_seconds_count{call="status"}'] == 2
        assert shown['matinee_samsar_request_duration_seconds_sum{call="status"}'] > 0
    fake, metrics = FakeMovieApi(), Metrics(PROCESS)
    api = instrumented(fake, metrics)
    await asyncio.gather(api.quote_scenes("movie-1", (1,)), api.upload_picture(b"", "image/png"), api.get_stills("a"))
    counted = [series for series in read(metrics) if "samsar_requests_total" in series]
    assert len(counted) == 3, "the free calls are counted, too"
    assert all(hasattr(api, name) for name in vars(MovieApi) if not name.startswith("_"))
    api.pause_status(30.0)
    assert fake.pauses == [30.0], "a pause of the status polls reaches the API"


def test_the_breakers_state_is_the_one_that_is_1_and_a_pause_of_all_orders_is_shown() -> None:
    for state in BreakerState:
        shown = read(Metrics(PROCESS), replace(EMPTY, breaker=state, paused=state is BreakerState.OPEN))
        states = {each: shown[f'matinee_breaker{{state="{each}"}}'] for each in BreakerState}
        assert states == {each: float(each is state) for each in BreakerState}
        assert shown["matinee_orders_paused"] == float(state is BreakerState.OPEN)


def test_answers_are_timed_around_discords_three_seconds() -> None:
    metrics = Metrics(PROCESS)
    for seconds in (0.02, 2.9, 3.1):
        metrics.observe_ack("movie", seconds)
    metrics.observe_ack("credits", 0.1)
    shown = read(metrics)
    assert shown['matinee_interaction_ack_duration_seconds_bucket{command="movie",le="3.0"}'] == 2
    assert shown['matinee_interaction_ack_duration_seconds_count{command="movie"}'] == 3
    assert shown['matinee_interaction_ack_duration_seconds_count{command="credits"}'] == 1


def test_what_members_paid_and_the_api_charged_is_shown_by_model() -> None:
    metrics, charges = Metrics(PROCESS), {"LUMA": Charge(100, 130)}
    metrics.charges = charges
    read(metrics)
    charges |= {"LUMA": Charge(200, 260), "KLING": Charge(70, 60)}
    shown = read(metrics)
    for model, charge in charges.items():
        assert shown[f'matinee_movie_credits_paid{{model="{model}"}}'] == charge.paid
        assert shown[f'matinee_movie_credits_charged{{model="{model}"}}'] == charge.charged


def test_a_process_shows_its_shards_its_leadership_its_backups_and_its_audit() -> None:
    metrics = Metrics(PROCESS)
    assert math.isnan(read(metrics)["matinee_ledger_discrepancies"]), "no audit has ended"
    metrics.show_discrepancies(3)
    shards = {"shards": {2: 0.1, 3: math.inf}, "ready": (2,), "shard_count": 4}
    metrics.show_process(leads=True, **shards, backup_every_hours=6, backup_age_seconds=90.0)
    shown = read(metrics)
    assert (shown["matinee_leader"], shown["matinee_shards"], shown["matinee_ledger_discrepancies"]) == (1, 4, 3)
    assert [shown[f'matinee_shard_up{{shard="{shard}"}}'] for shard in (2, 3)] == [1, 0]
    assert [shown[f'matinee_shard_heartbeat_seconds{{shard="{shard}"}}'] for shard in (2, 3)] == [0.1, math.inf]
    assert (shown["matinee_backup_interval_seconds"], shown["matinee_backup_age_seconds"]) == (21_600, 90)
    metrics.show_process(backup_age_seconds=0.0)
    metrics.show_discrepancies(0)
    shown = read(metrics)
    assert (shown["matinee_backup_age_seconds"], shown["matinee_ledger_discrepancies"]) == (0, 0)
    metrics.show_discrepancies(None)
    assert math.isnan(read(metrics)["matinee_ledger_discrepancies"]), "another process audits"
    metrics.show_process()
    assert math.isnan(read(metrics)["matinee_backup_age_seconds"]), "another process makes them"


def test_a_comparison_of_the_catalogue_shows_how_many_models_differ_in_which_way() -> None:
    metrics, name = Metrics(PROCESS), 'matinee_catalogue_differences{{difference="{}"}}'
    for found, shown in (
        (None, dict.fromkeys(DifferenceType, math.nan)),
        ({DifferenceType.DEARER: 2, DifferenceType.NOT_IN_CATALOGUE: 1}, {"dearer": 2, "not_in_catalogue": 1}),
        ({}, {}),
    ):
        metrics.show_differences(found)
        figures = [read(metrics)[name.format(each)] for each in DifferenceType]
        assert figures == pytest.approx([shown.get(each, 0) for each in DifferenceType], nan_ok=True)


def test_the_time_from_an_order_to_its_movie_is_counted_in_buckets() -> None:
    metrics, times = Metrics(PROCESS), DeliveryTimes()
    metrics.show_delivery_times(times)
    waited = [(30, None), (31, Approval.WAIVED), (150, None), (9000, None), (-5, None), (5, Approval.REQUIRED)]
    for seconds, approval in waited:
        job = replace(a_job(1), approval=approval, submitted_at=NOW + 20_000)
        times.add(job, NOW + 1000 * seconds)
    shown = read(metrics)
    name = "matinee_movie_delivery_seconds_bucket"
    buckets = [(float(key.split('"')[1]), count) for key, count in shown.items() if key.startswith(name)]
    assert buckets[:4] == [(30, 2), (60, 3), (120, 3), (180, 4)]
    assert (buckets[-2], buckets[-1], buckets) == ((7200, 4), (math.inf, 5), sorted(buckets))
    assert shown["matinee_movie_delivery_seconds_sum"] == 9211
