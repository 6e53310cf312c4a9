"""Faults of the movie API: what members and operators read, and where the credits are.

tests/unit/samsar tells which answer is which error. Here is what each error does to a movie of 200 credits.
"""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import lifecycle
from bot.domain.breaker import Outage
from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, JobState
from bot.samsar.profile import ApiVersion
from bot.sandbox.answers_2026 import Answer
from bot.sandbox.contract import ModelSpec
from bot.sandbox.fault_injection import Fault, Route
from bot.sandbox.faults import busy, fail_render, respond
from bot.sandbox.faults_2026 import run_out
from bot.ui.end_reasons import reason_text
from bot.ui.escaping import escape_line
from bot.ui.job_status import outage_text
from tests.helpers import factories
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH, card_title, notification_text
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import message_text
from tests.helpers.settings import MODELS_2026

OLD, NEW = ApiVersion.MARCH_2025, ApiVersion.AUTUMN_2026
HELD, USED, BACK = BudgetTotals(used=0, held=200), BudgetTotals(used=200, held=0), BudgetTotals(used=0, held=0)
CHECKING, MAKING = card_title(JobState.UNKNOWN), card_title(JobState.RENDERING)
NO_ANSWER, TOLD = outage_text(ENGLISH, Outage.NO_ANSWER), outage_text(ENGLISH, Outage.AUTHENTICATION_FAILED)
CLOSED = "a closed port"

TROUBLES = {
    "job_outcome_unknown",
    "job_rejected",
    "model_refused",
    "status_poll_failed",
    "status_not_found",
    "job_failed",
}


@dataclass(frozen=True)
class Case:
    """A fault, and the job's state, message, log events and members' credits.

    `counted` is how /metrics counts the call, `opens` the outage of the circuit breaker, `plan` the plan's credits
    where they differ from the members'.
    """

    version: ApiVersion
    what: Fault | str
    state: str
    words: str
    events: tuple[str, ...]
    credits: BudgetTotals
    counted: str
    opens: Outage | None = None


def sentence(reason: EndReason) -> str:
    """Return the sentence that the member reads about a reason."""
    return reason_text(ENGLISH, factories.job(JobState.FAILED, end_reason=reason))


def _refused(
    version: ApiVersion, what: Fault | str, reason: EndReason, counted: str, opens: Outage | None = None
) -> Case:
    events = ("job_rejected", *(["model_refused"] if reason is EndReason.MODEL_REFUSED else []))
    return Case(version, what, "failed", sentence(reason), events, BACK, counted, opens)


def _unknown(version: ApiVersion, what: str, counted: str) -> Case:
    return Case(version, what, "unknown", CHECKING, ("job_outcome_unknown",), HELD, counted, Outage.NO_ANSWER)


def _queued(version: ApiVersion, what: str, words: str, counted: str, opens: Outage) -> Case:
    return Case(version, what, "queued", words, (), HELD, counted, opens)


NO_MODEL_2025 = respond(400, "image_model must be one of FLUX1.1PRO, IMAGEN3.", name="no-model")
NO_MODEL_2026 = respond(400, "Invalid video model", name="no-model")
TOO_LONG = respond(400, "The prompt is too long.", name="400")

ON_CREATE = (
    _queued(OLD, CLOSED, NO_ANSWER, "ConnectFailed", Outage.UNREACHABLE),
    _queued(OLD, "401", TOLD, "AuthenticationFailed", Outage.AUTHENTICATION_FAILED),
    _queued(NEW, "401", TOLD, "AuthenticationFailed", Outage.AUTHENTICATION_FAILED),
    _unknown(OLD, "cut-after", "OutcomeUnknown"),
    _unknown(NEW, "cut-after", "OutcomeUnknown"),
    _unknown(OLD, "500", "OutcomeUnknown"),
    _unknown(OLD, "no-id", "OutcomeUnknown"),
    _refused(OLD, TOO_LONG, EndReason.REQUEST_REJECTED, "InvalidRequest"),
    _refused(NEW, TOO_LONG, EndReason.REQUEST_REJECTED, "InvalidRequest"),
    _refused(OLD, NO_MODEL_2025, EndReason.MODEL_REFUSED, "ModelRefused"),
    _refused(NEW, NO_MODEL_2026, EndReason.MODEL_REFUSED, "ModelRefused"),
    _refused(OLD, "402", EndReason.PLAN_EXHAUSTED, "UpstreamCreditsExhausted", Outage.PLAN_EXHAUSTED),
    _refused(NEW, "key-limit", EndReason.KEY_LIMIT_REACHED, "KeyLimitReached", Outage.KEY_LIMIT_REACHED),
    _refused(OLD, busy(30.0), EndReason.RATE_LIMITED, "RateLimited", Outage.RATE_LIMITED),
    _refused(NEW, "wrong-path", EndReason.WRONG_API, "WrongApi", Outage.WRONG_API),
)

ON_STATUS = (
    *(
        Case(version, what, "rendering", MAKING, ("status_poll_failed",), HELD, counted)
        for version, what, counted in (
            (OLD, CLOSED, "ConnectFailed"),
            (OLD, "cut", "InvalidResponse"),
            (OLD, "401", "AuthenticationFailed"),
            (OLD, "500", "InvalidResponse"),
            (OLD, "html-200", "InvalidResponse"),
            (OLD, busy(30.0), "RateLimited"),
            (NEW, respond(400, "request_id query parameter is missing.", name="400"), "InvalidRequest"),
        )
    ),
    Case(OLD, "no-url", "rendering", MAKING, (), HELD, "ok"),
    Case(NEW, "unknown-request", "rendering", MAKING, ("status_not_found",), HELD, "RequestNotFound"),
)
"""Temporary faults: the movie is delivered when they are over."""


def named(case: object) -> str | None:
    """Name a case in a test's id."""
    what = getattr(case, "what", None)
    return f"{case.version}-{getattr(what, 'name', what)}" if isinstance(case, Case) else None


def seen(bot: BotHarness) -> str:
    """Return all text in the channel."""
    return "\n".join(message_text(message) for message in bot.messages())


@pytest.fixture
def version(request: pytest.FixtureRequest) -> ApiVersion:
    """The API's version, for tests that name none."""
    case = request.node.callspec.params.get("case") if hasattr(request.node, "callspec") else None
    return case.version if isinstance(case, Case) else OLD


@pytest.fixture
async def bot(tmp_path: Path, version: ApiVersion) -> AsyncIterator[BotHarness]:
    """The whole bot, with its metrics."""
    async with open_bot_harness(tmp_path, version=version, port=0) as opened:
        yield opened


@pytest.fixture
def records(caplog: pytest.LogCaptureFixture) -> Callable[[], list[dict[str, Any]]]:
    """Return the fields of each of the bot's log lines."""
    caplog.set_level(logging.INFO)
    return lambda: [
        {**vars(each), "event": each.getMessage()} for each in caplog.records if each.name.startswith("bot.")
    ]


async def begin(bot: BotHarness, what: Fault | str, route: Route) -> Callable[[], Any]:
    """Let the fault happen to a route, and return what ends it."""
    good = bot.upstream.base_url
    if what != CLOSED:
        playing = bot.upstream.inject(what, route=route)

        async def over() -> None:
            playing.stop()

        return over
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{bound.getsockname()[1]}{bot.upstream.contract.base_path}"
    await bot.restart(samsar_base_url=closed)

    async def mended() -> None:
        await bot.restart(samsar_base_url=good)

    return mended


def check(bot: BotHarness, case: Case, call: str, records: list[dict[str, Any]]) -> None:
    """Check that the bot does what the fault's row says.

    The API's own words reach the member only where they are about the order. They are in no line of the log: they may
    quote the prompt.
    """
    assert (bot.job()["state"], case.words in seen(bot)) == (case.state, True)
    assert (bot.member(), bot.plan()) == (case.credits, case.credits)
    assert {record["event"] for record in records} & TROUBLES == {*case.events}
    assert [record["outage"] for record in records if record["event"] == "breaker_opened"] == [case.opens] * bool(
        case.opens
    )
    assert bot.app.metrics is not None
    labels = {"call": call, "outcome": case.counted}
    assert bot.app.metrics.registry.get_sample_value("matinee_samsar_requests_total", labels)
    if isinstance(case.what, Fault) and case.what.name in {"400", "no-model"}:
        message = "The prompt is too long." if case.what is TOO_LONG else "request_id query"
        assert (escape_line(message, 300) in seen(bot)) is (case.what is TOO_LONG)
        assert not [record for record in records if message in str(record)]


@pytest.mark.parametrize("case", ON_CREATE, ids=named)
async def test_an_order_that_goes_wrong(
    bot: BotHarness, case: Case, records: Callable[[], list[dict[str, Any]]]
) -> None:
    """The order is requeued, released or becomes unknown.

    It is sent again only if certainly nothing was made: it was never sent, or the key was refused.
    """
    over = await begin(bot, case.what, Route.CREATE)
    await bot.movie(duration=20)
    await bot.run_until_idle()
    check(bot, case, "create", records())
    if case.counted == "ModelRefused":
        [refused] = [record for record in records() if record["event"] == "model_refused"]
        kind = "image" if case.version is OLD else "video"
        assert (refused["kind"], refused["model"]) == (kind, bot.job()[f"{kind}_model"])
    if case.opens is Outage.WRONG_API:
        told = [record["advice"] for record in records() if record["event"] in {"job_rejected", "breaker_opened"}]
        assert ["SAMSAR_API=2025-03" in each for each in told] == [True, True]
    posted = bot.ordered()
    await over()
    for _ in range(3):
        await bot.run_until_idle(200)
    if case.state == "queued":
        assert (bot.ordered(), bot.job()["state"], bot.member()) == (posted + 1, "completed", USED)
        assert len(bot.upstream.movies) == 1
    else:
        assert (bot.ordered(), bot.job()["state"], bot.member()) == (posted, case.state, case.credits)


@pytest.mark.parametrize("case", ON_STATUS, ids=named)
async def test_a_status_poll_that_goes_wrong(
    bot: BotHarness, case: Case, records: Callable[[], list[dict[str, Any]]]
) -> None:
    """A failed poll decides nothing. The movie is still polled, its credits are held, and it is delivered."""
    await bot.movie(duration=20)
    await bot.run_until_idle()
    over = await begin(bot, case.what, Route.STATUS)
    await bot.run_until_idle(200)
    check(bot, case, "status", records())
    await over()
    await bot.run_until_idle(300)
    assert (bot.ordered(), bot.job()["state"], bot.member()) == (1, "completed", USED)
    assert seen(bot).count(notification_text(NotificationType.COMPLETED)) == 1


async def test_a_429_for_one_movie_pauses_the_polls_of_all(
    bot: BotHarness, records: Callable[[], list[dict[str, Any]]]
) -> None:
    for who in (bot.alice, bot.bob):
        await bot.movie(who, duration=20)
    await bot.run_until_idle()
    limited = bot.upstream.inject(busy(30.0), route=Route.STATUS, times=1)
    await bot.run_until_idle(10)
    polls = [len(bot.upstream.requests)]
    for seconds in (18, 14):
        await bot.run_until_idle(seconds)
        polls.append(len(bot.upstream.requests))
    assert limited.hits == 1
    assert polls[0] == polls[1] < polls[2]
    assert [record["event"] for record in records()].count("status_polls_paused") == 1


@pytest.mark.parametrize(
    ("version", "fault", "reason", "lost"),
    [
        (OLD, "unknown-request", EndReason.UPSTREAM_LOST_JOB, 200),
        (OLD, "failed-with-url", EndReason.UPSTREAM_FAILED, 200),
        (OLD, fail_render(), EndReason.UPSTREAM_FAILED, 200),
        (NEW, fail_render("ai_video_generation"), EndReason.UPSTREAM_FAILED, 100),
        (NEW, run_out(), EndReason.CREDITS_RAN_OUT, 100),
    ],
    ids=lambda value: getattr(value, "name", None),
)
async def test_an_answer_that_ends_a_movie(bot: BotHarness, fault: Fault | str, reason: EndReason, lost: int) -> None:
    """The member has the credits back. The plan pays what the API charged.

    That is the price in March 2025, and the finished stages in 2026.
    """
    bot.upstream.inject(fault, route=Route.STATUS if isinstance(fault, str) else None)
    await bot.movie(duration=20)
    await bot.run_until_idle()
    for _ in range(25):
        await bot.run_until_idle(1200)
    assert (bot.ordered(), bot.job()["state"], bot.job()["end_reason"]) == (1, "failed", reason.value)
    assert sentence(reason) in seen(bot)
    assert (bot.member(), bot.plan()) == (BACK, BudgetTotals(used=lost, held=0))


@pytest.mark.parametrize("version", [NEW])
@pytest.mark.parametrize(
    "message",
    [
        Answer.CREDITS_RAN_OUT.text(label="AI video generation"),
        Answer.KEY_LIMIT_REACHED.text(limit=1000, used=980, requested=40),
    ],
)
async def test_credits_that_run_out_on_the_way_are_the_operators_problem(
    bot: BotHarness, message: str, records: Callable[[], list[dict[str, Any]]]
) -> None:
    """The member has the credits back, the failure does not count, and the queue waits."""
    await bot.restart(max_failed_credits_per_member=1)
    bot.upstream.inject(fail_render("ai_video_generation", message))
    await bot.movie(duration=20)
    await bot.run_until_idle()
    await bot.run_until_idle(200)
    assert (bot.job()["state"], bot.member()) == ("failed", BACK)
    assert bot.job()["upstream_message"], "for `jobs show`"
    assert sentence(EndReason.CREDITS_RAN_OUT) in seen(bot)
    assert message not in seen(bot)
    events = {record["event"] for record in records()}
    assert {"job_failed", "credits_ran_out", "breaker_opened"} <= events
    assert "member_stopped" not in events
    bot.upstream.clear_faults()
    await bot.movie(duration=20)
    await bot.run_until_idle()
    assert bot.ordered() == 1
    await bot.finish()
    assert (bot.ordered(), bot.member()) == (2, USED)


@pytest.mark.parametrize("version", [NEW])
async def test_a_model_that_costs_more_than_its_price_is_logged_once_a_day(
    bot: BotHarness, records: Callable[[], list[dict[str, Any]]]
) -> None:
    """Members pay what they were quoted, and the plan pays the rest."""
    bot.upstream.video_models = {**MODELS_2026, "COSMOS3SUPERI2V": ModelSpec(15, ("16:9", "9:16"))}
    for _ in range(2):
        await bot.movie(duration=20)
        await bot.finish()
    assert (bot.member().used, bot.plan().used) == (400, 600)
    assert not re.findall(r"\b300\b", seen(bot)), "members see no other price than their quotes"
    await bot.run_until_idle(24 * 3600)
    await bot.movie(duration=20)
    await bot.finish()
    dearer = [record for record in records() if record["event"] == "model_dearer"]
    assert {(each["levelname"], each["model"]) for each in dearer} == {("WARNING", "COSMOS3SUPERI2V")}
    assert [(each["price"], each["charged"]) for each in dearer] == [(200, 300)] * 2


async def test_an_api_that_is_away_for_hours(bot: BotHarness, records: Callable[[], list[dict[str, Any]]]) -> None:
    """The credits are released after an hour, and nothing was sent."""
    await begin(bot, CLOSED, Route.CREATE)
    await bot.movie(duration=20)
    for _ in range(8):
        await bot.run_until_idle(600)
    await bot.run_until_idle(15)  # the recovery after a probe: jobs are never ended before the API was asked again
    assert (bot.job()["state"], bot.member(), bot.plan()) == ("failed", BACK, BACK)
    assert sentence(EndReason.UNREACHABLE) in seen(bot)
    events = [record["event"] for record in records()]
    assert (events.count("breaker_opened"), events.count("waiting_jobs_ended")) == (1, 1)
    assert bot.ordered() == 0


async def test_readyz_warns_when_the_balance_does_not_pay_for_what_waits(bot: BotHarness) -> None:
    await bot.restart(max_rendering_jobs=1)
    for _ in range(2):
        await bot.movie(duration=20)
    await bot.run_until_idle()
    for balance, told in (
        (200, ()),
        (150, ("the balance at the API is 50 credits short of what the queued movies cost",)),
    ):
        bot.upstream.balance = balance
        await bot.app.balance.refresh()
        assert await lifecycle._warnings(bot.app) == told
