"""Faults between the bot and the movie API, with their expected results."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from _pytest.mark import ParameterSet

from bot.domain.breaker import Outage
from bot.domain.job import EndReason, JobState
from bot.samsar.config import ClientOptions
from bot.samsar.profile import ApiVersion
from bot.sandbox.fault_injection import Fault
from bot.sandbox.faults import busy, oversized, respond
from bot.ui.end_reasons import reason_text
from bot.ui.job_status import outage_text
from tests.helpers import factories
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH, card_title
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import message_text

HELD, USED, BACK = BudgetTotals(used=0, held=200), BudgetTotals(used=200, held=0), BudgetTotals(used=0, held=0)
NOWHERE = "matinee.invalid"

NO_ANSWER, TOLD = outage_text(ENGLISH, Outage.NO_ANSWER), outage_text(ENGLISH, Outage.AUTHENTICATION_FAILED)
CHECKING, MAKING = card_title(JobState.UNKNOWN), card_title(JobState.RENDERING)

API_KEY_MISSING = respond(400, "The API_KEY is missing.", name="400-key")


RETRY_AT_ONCE = ClientOptions(retry_pauses=(0.0, 0.0), requests_per_second=1000.0)
"""An immediate retry, and the usual timeouts: on a busy machine, a response can take a second."""

LITTLE_PATIENCE = replace(RETRY_AT_ONCE, connect_seconds=0.4, read_seconds=0.5, total_seconds=1.0, grace_seconds=0.1)
"""For faults that only a timeout ends, because a late response would count as one, too."""

_ENDED_BY_TIMEOUTS = ("no-response", "no-response-after", "trickle", "connect-timeout")


@dataclass(frozen=True)
class FaultCase:
    """A fault, and the job's state, message, log event and credits.

    `plan` is the operator's account, where it differs from the members'. `stops`: it opens the circuit breaker.
    """

    what: Fault | str
    state: str
    words: str
    event: str | None
    credits: BudgetTotals
    plan: BudgetTotals | None = None
    said: str = ""
    stops: bool = False

    @property
    def name(self) -> str:
        """Return the test's name."""
        return self.said or (self.what if isinstance(self.what, str) else self.what.name)


NOT_REACHED = ("refused", "dns", "tls", "connect-timeout")
"""Faults of the connection to the API, which the fake API doesn't have."""

UNCERTAIN: tuple[Fault | str, ...] = (
    *("no-response", "no-response-after", "cut", "cut-after", "reset", "reset-after", "cut-body", "500", "500-after"),
    *(
        "502",
        "503",
        "504",
        "html",
        "html-200",
        "not-json",
        "not-an-object",
        "empty",
        "wrong-types",
        "no-id",
        "trickle",
        "redirect",
    ),
    respond(409, "This was asked for before."),
    oversized(50 * 2**20),
)


def patience(fault: FaultCase | str | None) -> ClientOptions:
    """Return the client's options for a test with this fault."""
    what = fault.what if isinstance(fault, FaultCase) else fault
    return LITTLE_PATIENCE if what in _ENDED_BY_TIMEOUTS else RETRY_AT_ONCE


def seen(bot: BotHarness) -> str:
    """Return all text in the channel."""
    return "\n".join(message_text(message) for message in bot.messages())


def sentence(reason: EndReason) -> str:
    """Return the sentence that the member reads about a reason."""
    return reason_text(ENGLISH, factories.job(JobState.FAILED, end_reason=reason))


_QUEUED = [
    *(FaultCase(way, "queued", NO_ANSWER, None, HELD, stops=True) for way in NOT_REACHED),
    *(FaultCase(what, "queued", TOLD, None, HELD, stops=True) for what in ("401", API_KEY_MISSING)),
]
_UNKNOWN = [FaultCase(what, "unknown", CHECKING, "job_outcome_unknown", HELD, stops=True) for what in UNCERTAIN]
_REFUSED = [
    FaultCase(what, "failed", sentence(reason), "job_rejected", BACK, stops=stops)
    for what, reason, stops in (
        (respond(400, "The prompt is too long."), EndReason.REQUEST_REJECTED, False),
        ("402", EndReason.PLAN_EXHAUSTED, True),
        (respond(404, "Cannot POST /v1/video/create_movie"), EndReason.REQUEST_REJECTED, False),
        (busy(), EndReason.RATE_LIMITED, True),
        (busy(30.0), EndReason.RATE_LIMITED, True),
    )
]
ON_CREATE = (*_QUEUED, *_UNKNOWN, *_REFUSED)

WRONG_PATH = FaultCase("wrong-path", "failed", sentence(EndReason.WRONG_API), "job_rejected", BACK, stops=True)
"""The server speaks another version."""

SAMPLE_2026 = frozenset({"401", "402", "500-after", "cut-after", "no-id", "wrong-types", "no-url", "404-once", "429"})
"""The faults of both versions that every run tries with 2026; the slow tests try all."""


def on_both(cases: Sequence[FaultCase]) -> list[ParameterSet]:
    """Return each case with both versions of the API."""
    older = [pytest.param(ApiVersion.MARCH_2025, case, id=case.name) for case in cases]
    newer = [
        pytest.param(
            ApiVersion.AUTUMN_2026,
            case,
            id=f"2026-{case.name}",
            marks=() if case.name in SAMPLE_2026 else pytest.mark.slow,
        )
        for case in cases
    ]
    return [*older, *newer]


_LOST = BudgetTotals(used=200, held=0)
_TROUBLED = (
    *NOT_REACHED,
    *("no-response", "cut", "reset", "cut-body", "401", "402", "500", "502", "503", "504", "html", "html-200"),
    *("not-json", "not-an-object", "empty", "wrong-types", "trickle", "redirect"),
    respond(400, "request_id query parameter is missing."),
    busy(),
    busy(30.0),
    oversized(50 * 2**20),
)
_PASSING = [FaultCase(what, "rendering", MAKING, "status_poll_failed", HELD) for what in _TROUBLED]
_ODD = [FaultCase(what, "rendering", MAKING, None, HELD) for what in ("no-url", "backwards", "unknown-status")]
ON_STATUS = (
    *_PASSING,
    *_ODD,
    FaultCase("unknown-request", "rendering", MAKING, "status_not_found", HELD, said="404-once"),
)
"""Temporary faults: the movie is delivered when they are over."""

FOR_GOOD = (
    FaultCase(
        "unknown-request",
        "failed",
        sentence(EndReason.UPSTREAM_LOST_JOB),
        "status_not_found",
        BACK,
        _LOST,
        "404-for-good",
    ),
    FaultCase("failed-with-url", "failed", sentence(EndReason.UPSTREAM_FAILED), "job_failed", BACK, _LOST),
)
