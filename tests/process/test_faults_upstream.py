"""Whatever goes wrong between the bot and the movie API.

What member and operator see, who has the money.

The real app over its real file, and the fake API over real HTTP. Time is turned by hand, but for the client's
timeouts, which are cut short. A movie costs 200 credits.
"""

import logging
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from _pytest.mark import ParameterSet

from bot.domain.breaker import Outage
from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, JobState
from bot.samsar.config import ClientOptions
from bot.samsar.profile import ApiVersion
from bot.sandbox.fault_injection import Fault
from bot.sandbox.faults import busy, oversized, respond
from bot.ui.end_reasons import reason_text
from bot.ui.job_status import outage_text
from tests.helpers import factories
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import card_title, notification_text
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import message_text

HELD, USED, BACK = BudgetTotals(used=0, held=200), BudgetTotals(used=200, held=0), BudgetTotals(used=0, held=0)
NOWHERE = "matinee.invalid"

NO_ANSWER, TOLD = outage_text(Outage.NO_ANSWER), outage_text(Outage.AUTHENTICATION_FAILED)
CHECKING, MAKING = card_title(JobState.UNKNOWN), card_title(JobState.RENDERING)

API_KEY_MISSING = respond(400, "The API_KEY is missing.", name="400-key")


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
        """What the test is called."""
        return self.said or (self.what if isinstance(self.what, str) else self.what.name)


NOT_REACHED = ("refused", "dns", "tls", "connect-timeout")
"""Faults of the way to the API, which stand in no table of the fake API's."""

UNCERTAIN: tuple[Fault | str, ...] = (
    *("silent", "silent-after", "cut", "cut-after", "reset", "reset-after", "cut-body", "500", "500-after"),
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
        "drip",
        "redirect",
    ),
    respond(409, "This was asked for before."),
    oversized(50 * 2**20),
)


def sentence(reason: EndReason) -> str:
    """Return what the member reads of a reason."""
    return reason_text(factories.job(JobState.FAILED, end_reason=reason))


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

_MODEL, _PATH = sentence(EndReason.MODEL_REFUSED), sentence(EndReason.WRONG_API)
ON_CREATE_2026 = (
    *(
        FaultCase(
            respond(400, message, name=message), "failed", sentence(EndReason.REQUEST_REJECTED), "job_rejected", BACK
        )
        for message in (
            "Prompt is required",
            "Prompt is too long",
            "Duration is invalid",
            "Duration must be at least 10 seconds",
            "Duration is too long",
        )
    ),
    FaultCase("invalid-video-model", "failed", _MODEL, "job_rejected", BACK),
    FaultCase("unsupported-image-model", "failed", _MODEL, "job_rejected", BACK),
    FaultCase(
        respond(400, "API_KEY, auth token, or APP_KEY header is missing or empty.", name="key-missing"),
        "queued",
        TOLD,
        None,
        HELD,
        stops=True,
    ),
    *(
        FaultCase(respond(401, message, name=message), "queued", TOLD, None, HELD, stops=True)
        for message in (
            "Invalid API_KEY. User not found.",
            "Your api key has expired, please generate a new api key.",
        )
    ),
    FaultCase(
        respond(402, "Insufficient credits for text_to_video. Estimated required credits: 200; available credits: 1."),
        "failed",
        sentence(EndReason.PLAN_EXHAUSTED),
        "job_rejected",
        BACK,
        stops=True,
    ),
    FaultCase("key-limit", "failed", sentence(EndReason.KEY_LIMIT_REACHED), "job_rejected", BACK, stops=True),
    FaultCase(
        respond(500, "Internal server error while creating video."),
        "unknown",
        CHECKING,
        "job_outcome_unknown",
        HELD,
        stops=True,
    ),
)
"""Every documented error of the newer version."""

WRONG_PATH = FaultCase("wrong-path", "failed", _PATH, "job_rejected", BACK, stops=True)
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
    *("silent", "cut", "reset", "cut-body", "401", "402", "500", "502", "503", "504", "html", "html-200"),
    *("not-json", "not-an-object", "empty", "wrong-types", "drip", "redirect"),
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
"""Faults that pass: the movie comes when they are over."""

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


LITTLE_PATIENCE = ClientOptions(
    connect_seconds=0.2, read_seconds=0.25, total_seconds=0.6, retry_pauses=(0.0, 0.0), requests_per_second=1000.0
)
"""Tenths of seconds where the client waits for many, and another try at once."""


@pytest.fixture
def version() -> ApiVersion:
    """The API's version, for tests that name none."""
    return ApiVersion.MARCH_2025


@pytest.fixture
async def bot(tmp_path: Path, version: ApiVersion) -> AsyncIterator[BotHarness]:
    """The whole bot, with an API that works."""
    async with open_bot_harness(tmp_path, client_options=LITTLE_PATIENCE, version=version) as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_such_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one name be unknown, without asking anyone on the network."""
    resolve = aiohttp.TCPConnector._resolve_host

    async def resolved(self: aiohttp.TCPConnector, host: str, *args: Any, **kwargs: Any) -> Any:
        if host == NOWHERE:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return await resolve(self, host, *args, **kwargs)

    monkeypatch.setattr(aiohttp.TCPConnector, "_resolve_host", resolved)


@contextmanager
def _deaf_port() -> Iterator[int]:
    """A port with a full queue, which accepts no connection."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            caller = stack.enter_context(socket.socket())
            caller.settimeout(0)
            caller.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


@contextmanager
def _address(bot: BotHarness, way: str) -> Iterator[str]:
    """The API's address, if the way to it has this fault."""
    good = bot.upstream.base_url
    match way:
        case "refused":
            with socket.socket() as bound:
                bound.bind(("127.0.0.1", 0))  # and never listens
                yield f"http://127.0.0.1:{bound.getsockname()[1]}/v1/video/"
        case "dns":
            yield f"http://{NOWHERE}/v1/video/"
        case "tls":
            yield good.replace("http://", "https://")
        case _:
            with _deaf_port() as port:
                yield f"http://127.0.0.1:{port}/v1/video/"


async def happens(bot: BotHarness, fault: FaultCase, route: str, stack: ExitStack) -> Callable[[], Any]:
    """Let the fault happen from now on, on a route.

    What is returned ends it.
    """
    if fault.what not in NOT_REACHED:
        playing = bot.upstream.inject(fault.what, route=route)

        async def over() -> None:
            playing.stop()

        return over
    await bot.restart(samsar_base_url=stack.enter_context(_address(bot, str(fault.what))))

    async def mended() -> None:
        await bot.restart(samsar_base_url=bot.upstream.base_url)

    return mended


def seen(bot: BotHarness) -> str:
    """All that stands in the channel."""
    return "\n".join(message_text(message) for message in bot.messages())


def check(bot: BotHarness, fault: FaultCase, events: list[str]) -> None:
    """Check that the bot does what the fault's row says."""
    assert bot.job()["state"] == fault.state
    assert fault.words in seen(bot)
    assert (bot.member(), bot.plan()) == (fault.credits, fault.plan or fault.credits)
    assert events.count("breaker_opened") == int(fault.stops)
    troubles = {"job_outcome_unknown", "job_rejected", "status_poll_failed", "status_not_found"}
    assert {event for event in events if event in {*troubles, "job_failed"}} == {fault.event} - {None}


@pytest.fixture
def events(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What the operator reads, by the events' names."""
    caplog.set_level(logging.INFO)
    return lambda: [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]


@pytest.mark.parametrize(("version", "fault"), on_both((*ON_CREATE, WRONG_PATH)))
async def test_an_order_that_goes_wrong(bot: BotHarness, fault: FaultCase, events: Callable[[], list[str]]) -> None:
    """The order is requeued, released or becomes unknown.

    It is posted a second time only where nothing was made for certain: never sent, or the key refused.
    """
    with ExitStack() as stack:
        over = await happens(bot, fault, "create", stack)
        await bot.movie(duration=20)
        await bot.run_until_idle()
        check(bot, fault, events())
        posted = bot.ordered()
        await over()
    for _ in range(3):
        await bot.run_until_idle(200)
    if fault.state == "queued":
        assert (bot.ordered(), bot.job()["state"], bot.member()) == (posted + 1, "completed", USED)
        assert len(bot.upstream.movies) == 1
    else:
        assert (bot.ordered(), bot.job()["state"], bot.member()) == (posted, fault.state, fault.credits)


@pytest.mark.parametrize("version", [ApiVersion.AUTUMN_2026])
@pytest.mark.parametrize("fault", ON_CREATE_2026, ids=lambda fault: fault.name)
async def test_a_documented_error_of_2026(bot: BotHarness, fault: FaultCase, events: Callable[[], list[str]]) -> None:
    """What the member reads, what the operator reads, where the credits are."""
    bot.upstream.inject(fault.what, route="create")
    await bot.movie(duration=20)
    await bot.run_until_idle()
    check(bot, fault, events())
    assert bot.ordered() == 1


@pytest.mark.parametrize(("version", "fault"), on_both(ON_STATUS))
async def test_a_status_poll_that_goes_wrong(
    bot: BotHarness, fault: FaultCase, events: Callable[[], list[str]]
) -> None:
    """A look that meets a fault decides nothing.

    The movie stays watched, its credits held, and it comes in the end.
    """
    await bot.movie(duration=20)
    await bot.run_until_idle()
    with ExitStack() as stack:
        await bot.run_until_idle(10)
        over = await happens(bot, fault, "status", stack)
        await bot.run_until_idle(200)
        check(bot, fault, events())
        await over()
    await bot.run_until_idle(300)
    assert (bot.ordered(), bot.job()["state"], bot.member()) == (1, "completed", USED)
    assert seen(bot).count(notification_text(NotificationType.COMPLETED)) == 1


@pytest.mark.parametrize(("version", "fault"), on_both(FOR_GOOD))
async def test_an_answer_that_ends_a_movie(bot: BotHarness, fault: FaultCase, events: Callable[[], list[str]]) -> None:
    """What the API says for certain ends the job.

    The member has the credits back, the plan has lost them.
    """
    await bot.movie(duration=20)
    await bot.run_until_idle()
    await happens(bot, fault, "status", ExitStack())
    for _ in range(25):
        await bot.run_until_idle(1200)
    check(bot, fault, events())
    assert bot.ordered() == 1


@pytest.mark.parametrize("version", [ApiVersion.AUTUMN_2026])
async def test_credits_that_run_out_on_the_way_are_the_operators_problem(
    bot: BotHarness, events: Callable[[], list[str]]
) -> None:
    """The member has the credits back, and no failure counts against them."""
    await bot.restart(max_failed_credits_per_member=1)
    bot.upstream.inject("credits-run-out")
    await bot.movie(duration=20)
    await bot.run_until_idle()
    await bot.run_until_idle(200)
    assert (bot.job()["state"], bot.member()) == ("failed", BACK)
    assert sentence(EndReason.CREDITS_RAN_OUT) in seen(bot)
    assert "Insufficient credits" not in seen(bot)
    assert {"job_failed", "credits_ran_out"} <= set(events())
    assert "member_stopped" not in events()
    bot.upstream.clear_faults()
    assert "Your movie is in the queue" in message_text((await bot.movie(duration=20)).response)


@pytest.mark.parametrize("way", NOT_REACHED)
async def test_an_api_that_is_away_for_hours(bot: BotHarness, way: str, events: Callable[[], list[str]]) -> None:
    """The credits are released after an hour, and nothing was sent."""
    fault = FaultCase(way, "failed", sentence(EndReason.UNREACHABLE), "breaker_opened", BACK)
    with ExitStack() as stack:
        await happens(bot, fault, "create", stack)
        await bot.movie(duration=20)
        for _ in range(8):
            await bot.run_until_idle(600)
        await bot.run_until_idle(15)  # the sweep after a probe: jobs are never ended before the API was asked again
    assert (bot.job()["state"], bot.member(), bot.plan()) == ("failed", BACK, BACK)
    assert fault.words in seen(bot)
    assert (events().count("breaker_opened"), events().count("waiting_jobs_ended")) == (1, 1)
    assert bot.ordered() == 0
