"""Faults of the movie API: what members and operators read, and where the credits are."""

from __future__ import annotations

import logging
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import http_port
from bot.domain.breaker import Outage
from bot.domain.delivery import NotificationType
from bot.domain.jobs import EndReason, JobState
from bot.samsar.config import ApiVersion
from bot.sandbox.contract_2026 import KEY_LIMIT_REACHED
from bot.sandbox.fault_injection import Fault, Route
from bot.sandbox.faults import busy, fail_render, get_fault, respond
from bot.ui.formatting import escape_line
from bot.ui.job_status import outage_text, reason_text
from tests.helpers import factories, ledger_checks
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH, card_title, notification_text, queue_position_text
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import answered, ephemeral_text, message_text, response_text

OLD, NEW = ApiVersion.MARCH_2025, ApiVersion.AUTUMN_2026
HELD, USED, BACK = BudgetTotals(used=0, held=200), BudgetTotals(used=200, held=0), BudgetTotals(used=0, held=0)
CHECKING, MAKING = card_title(JobState.UNKNOWN), card_title(JobState.RENDERING)
NO_ANSWER, TOLD = outage_text(ENGLISH, Outage.NO_ANSWER), outage_text(ENGLISH, Outage.AUTHENTICATION_FAILED)
CLOSED = "a closed port"


@dataclass(frozen=True)
class Case:
    """`counted` is how /metrics counts the call, `opens` the outage of the circuit breaker."""

    version: ApiVersion
    what: Fault | str
    state: str
    words: str
    credits: BudgetTotals
    counted: str
    opens: Outage | None = None


def sentence(reason: EndReason) -> str:
    return reason_text(ENGLISH, factories.job(JobState.FAILED, end_reason=reason))


def _refused(
    version: ApiVersion, what: Fault | str, reason: EndReason, counted: str, opens: Outage | None = None
) -> Case:
    return Case(version, what, "failed", sentence(reason), BACK, counted, opens)


def _unknown(version: ApiVersion, what: str, counted: str) -> Case:
    return Case(version, what, "unknown", CHECKING, HELD, counted, Outage.NO_ANSWER)


def _queued(version: ApiVersion, what: str, words: str, counted: str, opens: Outage) -> Case:
    return Case(version, what, "queued", words, HELD, counted, opens)


NO_MODEL = respond(400, "image_model must be one of FLUX1.1PRO, IMAGEN3.", name="no-model")
TOO_LONG = respond(400, "The prompt is too long.", name="400")

ON_CREATE = (
    _queued(OLD, CLOSED, NO_ANSWER, "ConnectFailed", Outage.UNREACHABLE),
    _queued(OLD, "401", TOLD, "AuthenticationFailed", Outage.AUTHENTICATION_FAILED),
    _unknown(OLD, "cut-after", "OutcomeUnknown"),
    _refused(OLD, TOO_LONG, EndReason.REQUEST_REJECTED, "InvalidRequest"),
    _refused(OLD, NO_MODEL, EndReason.MODEL_REFUSED, "ModelRefused"),
    _refused(OLD, "402", EndReason.PLAN_EXHAUSTED, "UpstreamCreditsExhausted", Outage.PLAN_EXHAUSTED),
    _refused(NEW, "key-limit", EndReason.KEY_LIMIT_REACHED, "KeyLimitReached", Outage.KEY_LIMIT_REACHED),
    _refused(OLD, busy(30.0), EndReason.RATE_LIMITED, "RateLimited", Outage.RATE_LIMITED),
    _refused(NEW, "wrong-path", EndReason.WRONG_API, "WrongApi", Outage.WRONG_API),
)

ON_STATUS = (
    *(
        Case(version, what, "rendering", MAKING, HELD, counted)
        for version, what, counted in (
            (OLD, "401", "AuthenticationFailed"),
            (OLD, busy(30.0), "RateLimited"),
            (NEW, respond(400, "request_id query parameter is missing.", name="400"), "InvalidRequest"),
        )
    ),
    Case(OLD, "no-url", "rendering", MAKING, HELD, "ok"),
    Case(NEW, "unknown-request", "rendering", MAKING, HELD, "RequestNotFound"),
)
"""Temporary faults: the movie is delivered when they are over."""


def named(case: object) -> str | None:
    what = getattr(case, "what", None)
    return f"{case.version}-{getattr(what, 'name', what)}" if isinstance(case, Case) else None


def seen(bot: BotHarness) -> str:
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
        {**vars(each), "event": each.getMessage()} for each in caplog.records if each.name.startswith(("bot.", "data."))
    ]


async def begin(bot: BotHarness, what: Fault | str, route: Route) -> Callable[[], Any]:
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
    """Check that the bot does what the fault's row says."""
    assert (bot.job()["state"], case.words in seen(bot)) == (case.state, True)
    assert (bot.member(), bot.plan()) == (case.credits, case.credits)
    assert [record["outage"] for record in records if record["event"] == "breaker_opened"] == [case.opens] * bool(
        case.opens
    )
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
    """It is sent again only if certainly nothing was made: it was never sent, or the key was refused."""
    over = await begin(bot, case.what, Route.CREATE)
    await bot.movie(duration=20)
    await bot.run_until_idle()
    check(bot, case, "create", records())
    if case.counted == "ModelRefused":
        [refused] = [record for record in records() if record["event"] == "model_refused"]
        assert (refused["kind"], refused["model"]) == ("image", bot.job()["image_model"])
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
    await bot.movie(duration=20)
    await bot.run_until_idle()
    over = await begin(bot, case.what, Route.STATUS)
    await bot.run_until_idle(200)
    check(bot, case, "status", records())
    await over()
    await bot.run_until_idle(300)
    assert (bot.ordered(), bot.job()["state"], bot.member()) == (1, "completed", USED)
    assert seen(bot).count(notification_text(NotificationType.COMPLETED)) == 1


@pytest.mark.parametrize(
    ("version", "fault", "reason", "lost"),
    [
        (OLD, "unknown-request", EndReason.UPSTREAM_LOST_JOB, 200),
        (OLD, fail_render(), EndReason.UPSTREAM_FAILED, 200),
        (NEW, fail_render("ai_video_generation"), EndReason.UPSTREAM_FAILED, 100),
        (NEW, get_fault("credits-run-out"), EndReason.CREDITS_RAN_OUT, 100),
    ],
    ids=lambda value: getattr(value, "name", None),
)
async def test_an_answer_that_ends_a_movie(bot: BotHarness, fault: Fault | str, reason: EndReason, lost: int) -> None:
    """The plan pays what the API charged: the price in March 2025, the finished stages in 2026."""
    bot.upstream.inject(fault, route=Route.STATUS if isinstance(fault, str) else None)
    await bot.movie(duration=20)
    await bot.run_until_idle()
    for _ in range(25):
        await bot.run_until_idle(1200)
    assert (bot.ordered(), bot.job()["state"], bot.job()["end_reason"]) == (1, "failed", reason.value)
    assert sentence(reason) in seen(bot)
    assert (bot.member(), bot.plan()) == (BACK, BudgetTotals(used=lost, held=0))


@pytest.mark.parametrize("version", [NEW])
async def test_credits_that_run_out_on_the_way_are_the_operators_problem(
    bot: BotHarness, records: Callable[[], list[dict[str, Any]]]
) -> None:
    message = KEY_LIMIT_REACHED.text(limit=1000, used=980, requested=40)
    await bot.restart(max_failed_credits_per_member=1)
    bot.upstream.inject(fail_render("ai_video_generation", message))
    await bot.movie(duration=20)
    await bot.run_until_idle()
    await bot.run_until_idle(200)
    assert (bot.job()["state"], bot.member()) == ("failed", BACK)
    assert bot.job()["upstream_message"], "for `jobs show`"
    assert sentence(EndReason.CREDITS_RAN_OUT) in seen(bot)
    assert message not in seen(bot)
    assert "member_stopped" not in {record["event"] for record in records()}
    bot.upstream.clear_faults()
    await bot.movie(duration=20)
    await bot.run_until_idle()
    assert bot.ordered() == 1
    for _ in range(12):
        await bot.run_until_idle(10)
    assert (bot.ordered(), bot.member()) == (2, USED)


REFUSED = reason_text(ENGLISH, factories.job(end_reason=EndReason.MODEL_REFUSED))


def offered(bot: BotHarness) -> list[str]:
    [command] = [each for each in bot.app.client.tree.get_commands() if each.name == "movie"]
    [option] = [each for each in command.to_dict(bot.app.client.tree)["options"] if each["name"] == "video_model"]
    return [choice["value"] for choice in option["choices"]]


@pytest.mark.parametrize("version", [NEW])
async def test_a_refused_model_costs_nothing_and_is_not_offered_again(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bot.upstream.inject("invalid-video-model", times=1)
    await bot.movie(duration=10, video_model="RUNWAYML")
    await bot.run_until_idle()
    assert bot.member() == BudgetTotals(used=0, held=0)
    assert REFUSED in "\n".join(message_text(message) for message in bot.messages())
    [line] = [record for record in caplog.records if record.getMessage() == "model_refused"]
    assert line.levelname == "ERROR"
    assert (line.__dict__["kind"], line.__dict__["model"]) == ("video", "RUNWAYML")
    assert str(line.__dict__["advice"]).endswith("catalogue allow RUNWAYML")
    assert "RUNWAYML" in offered(bot)
    text = ephemeral_text(await bot.movie(duration=10, video_model="RUNWAYML"))
    assert "Runway" in text
    assert "Cosmos 3 Super" in text, "what would do"
    assert bot.ordered() == 1
    await bot.made(duration=10)
    assert bot.stored_jobs()[-1].request.video_model == "COSMOS3SUPERI2V"
    await bot.restart()
    assert offered(bot) == ["COSMOS3SUPERI2V"]


@pytest.mark.parametrize("version", [NEW])
async def test_the_member_pays_the_quote_and_the_plan_the_charge(bot: BotHarness) -> None:
    for number, (fault, charged) in enumerate((("charged-more", 300), ("charged-less", 400)), 1):
        bot.upstream.inject(fault)
        await bot.made(duration=20)
        bot.upstream.clear_faults()
        assert (bot.member(), bot.plan()) == (BudgetTotals(used=200 * number), BudgetTotals(used=charged))


def states(bot: BotHarness) -> list[str]:
    return [job["state"] for job in ledger_checks.jobs(bot.path)]


async def test_members_read_it_and_after_an_hour_the_credits_come_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_bot_harness(tmp_path, port=0) as bot:
        bot.upstream.inject("503")
        await bot.movie(prompt="a lost balloon", duration=10)
        await bot.run_until_idle()
        await bot.movie(bot.bob, prompt="a waiting balloon", duration=10)
        text = message_text(bot.messages()[2])
        assert text.splitlines()[1:3] == [ENGLISH("cards-outage-promise", outage=NO_ANSWER), queue_position_text(0)]
        assert (states(bot), bot.member()) == (["unknown", "queued"], BudgetTotals(used=0, held=200))
        listed = await bot.bob.slash(bot.channel, "movies")
        assert NO_ANSWER in response_text(listed)
        waiting = ledger_checks.jobs(bot.path)[1]["id"]
        opened = await bot.press(bot.bob, answered(listed), f"m:movies-detail:{bot.bob.id}:all:{waiting}:{waiting}")
        assert NO_ANSWER in response_text(opened)
        assert NO_ANSWER not in response_text(await bot.alice.slash(bot.channel, "movies"))
        await bot.run_until_idle(3)
        page = (await http_port.metrics_page(bot.app))[0].decode()
        assert 'matinee_breaker{state="open"} 1.0' in page
        assert 'matinee_breaker{state="closed"} 0.0' in page
        assert 'matinee_samsar_requests_total{call="ping",outcome="InvalidResponse"} 1.0' in page
        for _ in range(40):
            await bot.run_until_idle(120)
        assert (states(bot), bot.member()) == (["unknown", "failed"], BudgetTotals(used=0, held=100))
        given_up = bot.stored_jobs()[1]
        assert given_up.end_reason is EndReason.UNREACHABLE
        [line] = [each.__dict__ for each in caplog.records if each.message == "waiting_jobs_ended"]
        assert (line["outage"], line["jobs"]) == (Outage.NO_ANSWER, [waiting])
        assert any(reason_text(ENGLISH, given_up) in message_text(message) for message in bot.messages())


async def test_a_prompt_that_the_api_repeats_is_no_outage(bot: BotHarness) -> None:
    """A 400 about keys may repeat a prompt that speaks of them."""
    for prompt in ("a missing API key", 'a b" api_key required "c d', "no Bearer"):
        bot.upstream.inject(respond(400, f"Not allowed: {prompt}"), times=1)
        await bot.movie(prompt=prompt, duration=1)
        await bot.run_until_idle()
    await bot.movie(bot.bob, prompt="a ship", duration=10)
    await bot.run_until_idle()
    *failed, last = bot.stored_jobs()
    assert {each.end_reason for each in failed} == {EndReason.REQUEST_REJECTED}
    assert (len(failed), last.state) == (3, JobState.RENDERING)
    bot.upstream.inject(respond(401, "Invalid API key"), times=1)
    await bot.movie(bot.bob, prompt="a golden key", duration=10)
    await bot.run_until_idle()
    assert states(bot)[-1] == "queued"
