"""The effects of each documented error of both API versions.

What the member reads, what the operator reads in the log and in the metrics, and where the credits are. The real app
over its real file, and the fake API over real HTTP. A movie costs 200 credits.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.domain.breaker import Outage
from bot.domain.job import EndReason
from bot.errors import (
    AuthenticationFailed,
    InvalidRequest,
    InvalidResponse,
    KeyLimitReached,
    ModelRefused,
    OutcomeUnknown,
    RequestNotFound,
    SamsarError,
    UpstreamCreditsExhausted,
)
from bot.samsar.profile import ApiVersion
from bot.sandbox.fault_injection import Fault
from bot.sandbox.faults import fail_render, respond
from bot.sandbox.faults_2026 import run_out
from bot.ui.escaping import escape_line
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.documented_errors import CREATE_ERRORS, STATUS_ERRORS, DocumentedError, error_id, in_each_version
from tests.helpers.ledger_checks import BudgetTotals
from tests.process.upstream_faults import (
    BACK,
    CHECKING,
    HELD,
    MAKING,
    RETRY_AT_ONCE,
    TOLD,
    USED,
    seen,
    sentence,
)

Event = tuple[str, str | None]
"""A log event of a problem, and its cause."""

_CAUSES = ("reason", "outage", "error_type")


@dataclass(frozen=True)
class Meaning:
    """An error's consequences for the job, member, operator and credits."""

    state: str
    words: str
    events: tuple[Event, ...]
    credits: BudgetTotals


def _rejected(reason: EndReason, *more: Event) -> Meaning:
    return Meaning("failed", sentence(reason), (("job_rejected", reason.value), *more), BACK)


def _opened(outage: Outage) -> Event:
    return ("breaker_opened", outage.value)


def _polled(event: str, cause: str | None) -> Meaning:
    return Meaning("rendering", MAKING, ((event, cause),), HELD)


OF_AN_ORDER: Mapping[type[SamsarError], Meaning] = {
    InvalidRequest: _rejected(EndReason.REQUEST_REJECTED),
    ModelRefused: _rejected(EndReason.MODEL_REFUSED, ("model_refused", None)),
    AuthenticationFailed: Meaning("queued", TOLD, (_opened(Outage.AUTHENTICATION_FAILED),), HELD),
    UpstreamCreditsExhausted: _rejected(EndReason.PLAN_EXHAUSTED, _opened(Outage.PLAN_EXHAUSTED)),
    KeyLimitReached: _rejected(EndReason.KEY_LIMIT_REACHED, _opened(Outage.KEY_LIMIT_REACHED)),
    OutcomeUnknown: Meaning(
        "unknown", CHECKING, (("job_outcome_unknown", "OutcomeUnknown"), _opened(Outage.NO_ANSWER)), HELD
    ),
}

OF_A_STATUS: Mapping[type[SamsarError], Meaning] = {
    InvalidRequest: _polled("status_poll_failed", "InvalidRequest"),
    AuthenticationFailed: _polled("status_poll_failed", "AuthenticationFailed"),
    InvalidResponse: _polled("status_poll_failed", "InvalidResponse"),
    RequestNotFound: _polled("status_not_found", None),
}


@pytest.fixture
async def bot(tmp_path: Path, version: ApiVersion) -> AsyncIterator[BotHarness]:
    """The whole bot, with its metrics."""
    async with open_bot_harness(tmp_path, client_options=RETRY_AT_ONCE, version=version, port=0) as opened:
        yield opened


@pytest.fixture
def records(caplog: pytest.LogCaptureFixture) -> Callable[[], list[dict[str, Any]]]:
    """Return the fields of each log line of a problem."""
    caplog.set_level(logging.INFO)

    def found() -> list[dict[str, Any]]:
        own = [record for record in caplog.records if record.name.startswith("bot.")]
        return [{**vars(record), "event": record.getMessage()} for record in own if record.levelno >= logging.WARNING]

    return found


def events(records: list[dict[str, Any]]) -> list[Event]:
    """Return each event with its cause."""
    causes = ((record["event"], next((record[name] for name in _CAUSES if name in record), None)) for record in records)
    return [(event, None if cause is None else str(cause)) for event, cause in causes]


def counted(bot: BotHarness, call: str, error: type[SamsarError]) -> float:
    """Return how often a call met an error, as /metrics says."""
    assert bot.app.metrics is not None
    labels = {"call": call, "outcome": error.__name__}
    return bot.app.metrics.registry.get_sample_value("matinee_samsar_requests_total", labels) or 0


def answering(documented: DocumentedError) -> Fault:
    """Respond with the error."""
    return respond(documented.status, documented.message)


def check(bot: BotHarness, meaning: Meaning, documented: DocumentedError, records: list[dict[str, Any]]) -> None:
    """Check that the error means what its row says.

    The API's own words reach the member only where they are about the order. They are in no line of the log: they may
    quote the prompt.
    """
    assert bot.job()["state"] == meaning.state
    assert meaning.words in seen(bot)
    assert (bot.member(), bot.plan()) == (meaning.credits, meaning.credits)
    assert sorted(set(events(records)), key=str) == sorted(meaning.events, key=str)
    told = documented.error is InvalidRequest and meaning.state == "failed"
    assert (escape_line(documented.message, 300) in seen(bot)) is told
    assert not [record for record in records if documented.message in str(record)]


@pytest.mark.parametrize(("version", "documented"), in_each_version(CREATE_ERRORS), ids=error_id)
async def test_an_order_meets_an_error(
    bot: BotHarness, documented: DocumentedError, records: Callable[[], list[dict[str, Any]]]
) -> None:
    """An order is repeated only if the API certainly made nothing."""
    bot.upstream.inject(answering(documented), route="create")
    await bot.movie(duration=20)
    await bot.run_until_idle()
    check(bot, OF_AN_ORDER[documented.error], documented, records())
    assert (bot.ordered(), counted(bot, "create", documented.error)) == (1, 1)
    if bot.job()["state"] == "failed":
        assert bot.job()["upstream_message"] == documented.message, "for `jobs show`"
    if documented.error is ModelRefused:
        [refused] = [record for record in records() if record["event"] == "model_refused"]
        kind = "video" if "video" in documented.message.casefold() else "image"
        assert (refused["kind"], refused["model"]) == (kind, bot.job()[f"{kind}_model"])


@pytest.mark.parametrize(("version", "documented"), in_each_version(STATUS_ERRORS), ids=error_id)
async def test_a_status_poll_meets_an_error(
    bot: BotHarness, documented: DocumentedError, records: Callable[[], list[dict[str, Any]]]
) -> None:
    """The movie is posted when the error is over."""
    await bot.movie(duration=20)
    await bot.run_until_idle()
    active = bot.upstream.inject(answering(documented), route="status")
    await bot.run_until_idle(200)
    check(bot, OF_A_STATUS[documented.error], documented, records())
    assert counted(bot, "status", documented.error) == 1
    active.stop()
    await bot.run_until_idle(300)
    assert (bot.ordered(), bot.job()["state"], bot.member()) == (1, "completed", USED)


@pytest.mark.parametrize(
    ("version", "fault", "reason", "lost"),
    [
        pytest.param(ApiVersion.MARCH_2025, fail_render(), EndReason.UPSTREAM_FAILED, 200, id="2025-03-failed"),
        pytest.param(
            ApiVersion.AUTUMN_2026,
            fail_render("ai_video_generation"),
            EndReason.UPSTREAM_FAILED,
            100,
            id="2026-failed",
        ),
        pytest.param(ApiVersion.AUTUMN_2026, run_out(), EndReason.CREDITS_RAN_OUT, 100, id="2026-credits-run-out"),
    ],
)
async def test_a_movie_fails_at_the_api(
    bot: BotHarness,
    fault: Fault,
    reason: EndReason,
    lost: int,
    records: Callable[[], list[dict[str, Any]]],
) -> None:
    """The member is refunded, and the plan pays what the API charged.

    That is the price in March 2025, and the finished stages in 2026.
    """
    bot.upstream.inject(fault)
    await bot.movie(duration=20)
    await bot.finish()
    assert (bot.job()["state"], bot.job()["end_reason"]) == ("failed", reason.value)
    assert sentence(reason) in seen(bot)
    assert (bot.member(), bot.plan()) == (BACK, BudgetTotals(used=lost, held=0))
    outage = Outage.PLAN_EXHAUSTED
    ran_out = [("credits_ran_out", outage), _opened(outage)] if reason is EndReason.CREDITS_RAN_OUT else []
    assert events(records())[:3] == [("job_failed", None), *ran_out]
    message = bot.job()["upstream_message"]
    assert message, "for `jobs show`"
    assert (escape_line(message, 300) in seen(bot)) is (reason is EndReason.UPSTREAM_FAILED)
