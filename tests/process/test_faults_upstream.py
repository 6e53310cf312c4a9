"""Faults between the bot and the movie API.

The tests check what members and operators see, and where the credits are.

The real app over its real file, and the fake API over real HTTP. Time is turned by hand, but for the client's
timeouts, which are cut short where a fault ends with one. A movie costs 200 credits.
"""

import logging
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason
from bot.samsar.profile import ApiVersion
from bot.sandbox.answers_2026 import Answer
from bot.sandbox.faults import fail_render
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import notification_text
from tests.process.crash.failpoints import OLDER_OR_SLOW
from tests.process.upstream_faults import (
    BACK,
    FOR_GOOD,
    NOT_REACHED,
    NOWHERE,
    ON_CREATE,
    ON_STATUS,
    USED,
    WRONG_PATH,
    FaultCase,
    on_both,
    patience,
    seen,
    sentence,
)


@pytest.fixture
def version() -> ApiVersion:
    """The API's version, for tests that name none."""
    return ApiVersion.MARCH_2025


@pytest.fixture
async def bot(tmp_path: Path, version: ApiVersion, request: pytest.FixtureRequest) -> AsyncIterator[BotHarness]:
    """The whole bot, with an API that works."""
    given = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    options = patience(given.get("fault", given.get("way")))
    async with open_bot_harness(tmp_path, client_options=options, version=version) as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_such_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one name be unknown, without a DNS request."""
    resolve = aiohttp.TCPConnector._resolve_host

    async def resolved(self: aiohttp.TCPConnector, host: str, *args: Any, **kwargs: Any) -> Any:
        if host == NOWHERE:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return await resolve(self, host, *args, **kwargs)

    monkeypatch.setattr(aiohttp.TCPConnector, "_resolve_host", resolved)


@contextmanager
def _deaf_port() -> Iterator[int]:
    """Yield a port with a full queue, which accepts no connection."""
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
    """Return the API's address, or one with this fault."""
    good, path = bot.upstream.base_url, bot.upstream.contract.base_path
    match way:
        case "refused":
            with socket.socket() as bound:
                bound.bind(("127.0.0.1", 0))  # and never listens
                yield f"http://127.0.0.1:{bound.getsockname()[1]}{path}"
        case "dns":
            yield f"http://{NOWHERE}{path}"
        case "tls":
            yield good.replace("http://", "https://")
        case _:
            with _deaf_port() as port:
                yield f"http://127.0.0.1:{port}{path}"


async def happens(bot: BotHarness, fault: FaultCase, route: str, stack: ExitStack) -> Callable[[], Any]:
    """Inject the fault into a route, and return what ends it."""
    if fault.what not in NOT_REACHED:
        playing = bot.upstream.inject(fault.what, route=route)

        async def over() -> None:
            playing.stop()

        return over
    await bot.restart(samsar_base_url=stack.enter_context(_address(bot, str(fault.what))))

    async def mended() -> None:
        await bot.restart(samsar_base_url=bot.upstream.base_url)

    return mended


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
    """Return the names of the operator's log events."""
    caplog.set_level(logging.INFO)
    return lambda: [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]


@pytest.mark.parametrize(("version", "fault"), on_both((*ON_CREATE, WRONG_PATH)))
async def test_an_order_that_goes_wrong(bot: BotHarness, fault: FaultCase, events: Callable[[], list[str]]) -> None:
    """The order is requeued, released or becomes unknown.

    It is sent again only if certainly nothing was made: it was never sent, or the key was refused.
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


@pytest.mark.parametrize(("version", "fault"), on_both(ON_STATUS))
async def test_a_status_poll_that_goes_wrong(
    bot: BotHarness, fault: FaultCase, events: Callable[[], list[str]]
) -> None:
    """A failed poll decides nothing.

    The movie is still polled, its credits are held, and it is delivered.
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
    """A definite response ends the job.

    The member has the credits back, the plan has spent them.
    """
    await bot.movie(duration=20)
    await bot.run_until_idle()
    await happens(bot, fault, "status", ExitStack())
    for _ in range(25):
        await bot.run_until_idle(1200)
    check(bot, fault, events())
    assert bot.ordered() == 1


@pytest.mark.parametrize("version", [ApiVersion.AUTUMN_2026])
@pytest.mark.parametrize(
    "message",
    [
        Answer.CREDITS_RAN_OUT.text(label="AI video generation"),
        Answer.KEY_LIMIT_REACHED.text(limit=1000, used=980, requested=40),
    ],
)
async def test_credits_that_run_out_on_the_way_are_the_operators_problem(
    bot: BotHarness, message: str, events: Callable[[], list[str]]
) -> None:
    """The member has the credits back, the failure does not count, and the queue waits."""
    await bot.restart(max_failed_credits_per_member=1)
    bot.upstream.inject(fail_render("ai_video_generation", message))
    await bot.movie(duration=20)
    await bot.run_until_idle()
    await bot.run_until_idle(200)
    assert (bot.job()["state"], bot.member()) == ("failed", BACK)
    assert sentence(EndReason.CREDITS_RAN_OUT) in seen(bot)
    assert message not in seen(bot)
    assert {"job_failed", "credits_ran_out", "breaker_opened"} <= set(events())
    assert "member_stopped" not in events()
    bot.upstream.clear_faults()
    await bot.movie(duration=20)
    await bot.run_until_idle()
    assert bot.ordered() == 1
    await bot.finish()
    assert (bot.ordered(), bot.member()) == (2, USED)


@pytest.mark.parametrize("version", OLDER_OR_SLOW)
@pytest.mark.parametrize("way", NOT_REACHED)
async def test_an_api_that_is_away_for_hours(bot: BotHarness, way: str, events: Callable[[], list[str]]) -> None:
    """The credits are released after an hour, and nothing was sent."""
    fault = FaultCase(way, "failed", sentence(EndReason.UNREACHABLE), "breaker_opened", BACK)
    with ExitStack() as stack:
        await happens(bot, fault, "create", stack)
        await bot.movie(duration=20)
        for _ in range(8):
            await bot.run_until_idle(600)
        await bot.run_until_idle(15)  # the recovery after a probe: jobs are never ended before the API was asked again
    assert (bot.job()["state"], bot.member(), bot.plan()) == ("failed", BACK, BACK)
    assert fault.words in seen(bot)
    assert (events().count("breaker_opened"), events().count("waiting_jobs_ended")) == (1, 1)
    assert bot.ordered() == 0
