"""A callback triggers a status poll, and is never trusted itself.

It makes one job due, or brings an unknown job's request id for confirmation.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncGenerator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import lifecycle
from bot.app import open_app, this_process
from bot.domain.callback_token import CALLBACK_PATH, generate_token
from bot.domain.process import Role
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply, Route
from bot.sandbox.faults import fail_render, send_nothing
from bot.worker.status_poller import NOT_FOUND_THRESHOLD
from data import job_queries
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness, open_bot_harness
from tests.helpers.callback_client import CallbackClient, open_callback_client
from tests.helpers.callback_orders import PUBLIC, SLOWLY, lost, ordered, settled, state, tokens_of
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.settings import make_settings
from tests.helpers.worker_harness import tasks


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot that the API can call back, and that hardly polls."""
    async with open_bot_harness(tmp_path, public_url=PUBLIC, port=0, **SLOWLY) as opened:
        yield opened


@pytest.fixture
async def client(bot: BotHarness) -> AsyncGenerator[CallbackClient]:
    """A client that calls the bot."""
    async with open_callback_client(
        bot.app.callbacks.record, known=functools.partial(bot.app.database.read, job_queries.known_tokens)
    ) as opened:
        yield opened


# ── where it comes to ────────────────────────────────────────────────────────────────────────────────────────────────


async def test_only_the_roles_that_take_callbacks_have_an_endpoint_for_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Other roles answer 404, which shows a wrong route in the proxy."""
    caplog.set_level("INFO")
    answers: dict[Role, int] = {}
    async with open_app(make_settings(tmp_path, port=0, host="127.0.0.1")) as app, aiohttp.ClientSession() as session:
        for role in Role:
            async with lifecycle._http_server(replace(app, process=this_process(role))):
                port = caplog.records[-1].__dict__["port"]
                url = f"http://127.0.0.1:{port}{CALLBACK_PATH}{generate_token().value}"
                async with session.post(url) as answer:
                    answers[role] = answer.status
    taken = {role for role, status in answers.items() if status == HTTPStatus.ACCEPTED}
    assert (taken, {*answers.values()}) == ({Role.ALL, Role.WEB}, {HTTPStatus.ACCEPTED, HTTPStatus.NOT_FOUND})


# ── what a callback does ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_callback_brings_the_movie_at_once(bot: BotHarness, client: CallbackClient) -> None:
    token, request_id = await ordered(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    assert bot.job()["state"] == "rendering"
    await client.told(token, {"request_id": request_id, "status": "COMPLETED"})
    await bot.run_until_idle()
    assert bot.job()["state"] == "completed"
    assert f"/movies/{request_id}.mp4" in bot.messages()[-1].content


async def test_a_callback_wakes_the_status_poller(bot: BotHarness, client: CallbackClient) -> None:
    """Only the callback can wake it: the clock does not move."""
    token, request_id = await ordered(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    posted, http = asyncio.Event(), bot.app.client.http
    request = http.request

    async def noticing(route: Any, **how: Any) -> Any:
        answer = await request(route, **how)
        if route.method == "POST" and f"/channels/{bot.channel.id}/messages" in route.url:
            posted.set()
        return answer

    http.request = noticing
    await bot.app.worker.start()
    try:
        await bot.clock.asleep(tasks(bot.app.worker))
        await client.told(token, {"request_id": request_id, "status": "COMPLETED"})
        async with asyncio.timeout(10):
            await posted.wait()
    finally:
        await bot.app.worker.stop(5)
    assert bot.job()["state"] == "completed"


async def test_a_callback_is_not_believed(bot: BotHarness, client: CallbackClient) -> None:
    """Only what the API says counts."""
    token, request_id = await ordered(bot)
    for status in ("COMPLETED", "FAILED"):
        body = {"request_id": request_id, "status": status, "result": {"url": "https://evil.example/x.mp4"}}
        await client.told(token, body)
        await bot.run_until_idle()
    job = bot.job()
    assert (job["state"], job["movie_url"]) == ("rendering", None)
    assert bot.member() == BudgetTotals(used=0, held=job["price_credits"])


async def test_a_callback_of_a_failure_releases_the_credits(bot: BotHarness, client: CallbackClient) -> None:
    """The status poll that it triggers finds the failure."""
    bot.upstream.inject(fail_render())
    token, request_id = await ordered(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await client.told(token, {"request_id": request_id, "status": "FAILED"})
    await bot.run_until_idle()
    assert bot.job()["state"] == "failed"
    assert bot.member() == BudgetTotals(used=0, held=0)


async def test_another_request_id_does_not_redirect_a_job(bot: BotHarness, client: CallbackClient) -> None:
    """A job that renders keeps its own id, whatever its callback names."""
    token, request_id = await ordered(bot)
    await client.told(token, {"request_id": "somebody-elses"})
    await bot.run_until_idle()
    assert bot.job()["samsar_request_id"] == request_id


# ── a job whose answer was lost ──────────────────────────────────────────────────────────────────────────────────────


async def test_an_unknown_job_is_found_by_its_callback(bot: BotHarness, client: CallbackClient) -> None:
    """The member gets the movie, which is ordered once."""
    token, request_id = await lost(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await client.told(token, {"request_id": request_id, "status": "COMPLETED"})
    assert bot.job()["state"] == "unknown"
    await bot.run_until_idle()
    job = bot.job()
    assert (job["state"], job["samsar_request_id"]) == ("completed", request_id)
    assert bot.member() == BudgetTotals(used=job["price_credits"], held=0)
    assert sum(f"/movies/{request_id}.mp4" in each.content for each in bot.messages()) == 1
    assert bot.ordered() == 1


async def test_an_id_that_the_api_does_not_know_is_dropped(bot: BotHarness, client: CallbackClient) -> None:
    """Repeated answers of "not found" drop it, and a later callback counts."""
    token, request_id = await lost(bot)
    await client.told(token, {"request_id": "made-up"})
    for _ in range(NOT_FOUND_THRESHOLD):
        assert bot.job()["state"] == "unknown"
        await bot.run_until_idle(600)
    job = bot.job()
    assert (job["state"], job["samsar_request_id"], job["unverified_request_id"]) == ("unknown", None, None)
    assert bot.member() == BudgetTotals(used=0, held=job["price_credits"])
    await client.told(token, {"request_id": request_id})
    await bot.run_until_idle()
    assert bot.job()["samsar_request_id"] == request_id


async def test_an_id_is_kept_while_the_api_cannot_be_asked(bot: BotHarness, client: CallbackClient) -> None:
    """There is only one callback, so its id is polled until confirmed."""
    token, request_id = await lost(bot)
    outage = bot.upstream.inject("503")
    await client.told(token, {"request_id": request_id})
    await bot.run_until_idle()
    assert (bot.job()["state"], bot.job()["unverified_request_id"]) == ("unknown", request_id)
    outage.stop()
    await bot.run_until_idle(20)
    assert bot.job()["state"] == "rendering"


async def test_a_movie_of_another_job_is_never_taken(bot: BotHarness, client: CallbackClient) -> None:
    """One movie can't settle two jobs."""
    _, others = await ordered(bot, who=bot.bob)
    bot.upstream.inject("cut-after", times=1)
    token, _ = await ordered(bot)
    before = state(bot)
    await client.told(token, {"request_id": others})
    await bot.run_until_idle()
    assert state(bot) == before
    assert sorted(job["state"] for job in ledger_checks.jobs(bot.path)) == ["rendering", "unknown"]


async def test_two_unknown_jobs_cannot_have_the_same_movie(bot: BotHarness, client: CallbackClient) -> None:
    """The first to be confirmed has it; the other stays UNKNOWN."""
    bot.upstream.inject("cut-after", route=Route.CREATE, times=2)
    first, request_id = await ordered(bot)
    await bot.clock.advance(5)  # the circuit breaker tries the next one
    second, _ = await ordered(bot, who=bot.bob)
    await client.told(first, {"request_id": request_id})
    await client.told(second, {"request_id": request_id})
    await bot.run_until_idle()
    jobs = ledger_checks.jobs(bot.path)
    assert sorted(job["state"] for job in jobs) == ["rendering", "unknown"]
    assert [job["samsar_request_id"] for job in jobs if job["samsar_request_id"]] == [request_id]


@pytest.mark.parametrize("answered", [True, False])
async def test_a_callback_can_be_faster_than_the_answer(
    bot: BotHarness, client: CallbackClient, answered: bool
) -> None:
    """A callback during the submission is kept for a lost answer."""
    taken, release = asyncio.Event(), asyncio.Event()

    async def hold(exchange: Exchange, proceed: Proceed) -> Reply:
        reply = await proceed(exchange)
        taken.set()
        await release.wait()
        return reply if answered else Reply(HTTPStatus.OK, b"", send=send_nothing)

    bot.upstream.inject(Fault("held", "answers when it is let", hold, (Route.CREATE,)), times=1)
    await bot.movie()
    turning = asyncio.create_task(bot.run_until_idle())
    await taken.wait()
    [request_id] = bot.upstream.movies
    await client.told(tokens_of(bot)[0], {"request_id": request_id})
    assert bot.job()["state"] == "submitting"
    release.set()
    await turning
    assert (bot.job()["state"], bot.job()["samsar_request_id"]) == ("rendering", request_id)
    assert bot.ordered() == 1


async def test_a_kept_id_outlives_the_process(bot: BotHarness, client: CallbackClient) -> None:
    """The process ends before it polls, and the next one polls."""
    token, request_id = await lost(bot)
    await client.told(token, {"request_id": request_id})
    await bot.restart()
    await bot.run_until_idle()
    assert (bot.job()["state"], bot.job()["samsar_request_id"]) == ("rendering", request_id)


# ── what a callback never does ───────────────────────────────────────────────────────────────────────────────────────


async def test_replays_change_nothing(bot: BotHarness, client: CallbackClient) -> None:
    """The same callback is repeated while it renders and afterwards."""
    token, request_id = await lost(bot)
    body = {"request_id": request_id, "status": "COMPLETED"}
    for _ in range(5):
        await client.told(token, body)
        await bot.run_until_idle()
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await client.told(token, body)
    await bot.run_until_idle()
    assert bot.job()["state"] == "completed"
    before, messages = state(bot), len(bot.messages())
    for _ in range(2):
        await client.told(token, body)
        await client.told(token, {"request_id": "another"})
        await bot.run_until_idle()
    assert state(bot) == before
    assert len(bot.messages()) == messages


@pytest.mark.parametrize("end", ["completed", "failed"])
async def test_a_job_that_has_ended_stays_as_it_is(bot: BotHarness, client: CallbackClient, end: str) -> None:
    """A callback that says the opposite changes nothing."""
    if end == "failed":
        bot.upstream.inject(fail_render())
    token, request_id = await ordered(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await client.told(token, {"request_id": request_id})
    await bot.run_until_idle()
    assert bot.job()["state"] == end
    before, asked = state(bot), len(bot.upstream.requests)
    await client.told(token, {"request_id": request_id, "status": "FAILED" if end == "completed" else "COMPLETED"})
    await bot.run_until_idle()
    assert state(bot) == before
    assert len(bot.upstream.requests) == asked


async def test_a_wrong_token_changes_nothing(bot: BotHarness, client: CallbackClient) -> None:
    """The token's hash from the database is no token, either."""
    token, request_id = await lost(bot)
    before = state(bot)
    hashed = bot.job()["callback_token_hash"]
    for wrong in (
        generate_token().value,
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.swapcase(),
        hashed[:43],
    ):
        await client.call(wrong, {"request_id": request_id})
    await client.call(hashed, {"request_id": request_id})
    await client.told(token, b"")
    assert len(client.heard) == 1
    await bot.run_until_idle()
    assert state(bot) == before


BODIES = st.one_of(
    st.binary(max_size=300),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
        max_leaves=12,
    ),
    st.fixed_dictionaries(
        {"request_id": st.none() | st.integers() | st.text(max_size=250) | st.lists(st.text(max_size=4))},
        optional={"status": st.text(max_size=12), "result": st.text(max_size=12), "session_id": st.integers()},
    ),
)
"""Bytes and JSON of every shape."""


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(BODIES, min_size=6, max_size=6))
def test_no_body_changes_a_state_or_raises(tmp_path_factory: pytest.TempPathFactory, bodies: list[object]) -> None:
    """The bodies are sent for an unknown job."""

    async def play() -> None:
        folder = tmp_path_factory.mktemp("fuzz")
        async with (
            open_bot_harness(folder, public_url=PUBLIC, port=0, **SLOWLY) as bot,
            open_callback_client(bot.app.callbacks.record) as client,
        ):
            token, _ = await lost(bot)
            before = settled(bot)
            for body in bodies:
                assert (await client.told(token, body)).status == HTTPStatus.ACCEPTED
                await bot.run_until_idle()
                assert settled(bot) == before

    asyncio.run(play())


async def test_a_flood_changes_nothing(bot: BotHarness, client: CallbackClient) -> None:
    """Hundreds of invented tokens are answered without touching a row."""
    token, request_id = await lost(bot)
    before = state(bot)
    answers = await asyncio.gather(
        *(client.call(generate_token().value, {"request_id": request_id}) for _ in range(300))
    )
    await client.told(token, b"")
    assert len(client.heard) == 1
    assert {each.status for each in answers} == {HTTPStatus.ACCEPTED}
    assert state(bot) == before


async def test_a_flood_from_the_same_address_does_not_stop_a_real_callback(
    bot: BotHarness, client: CallbackClient
) -> None:
    """Behind a proxy, all callers have one address."""
    token, request_id = await ordered(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await asyncio.gather(*(client.call(generate_token().value, {"request_id": "x"}) for _ in range(300)))
    await client.told(token, {"request_id": request_id, "status": "COMPLETED"})
    await bot.run_until_idle()
    assert bot.job()["state"] == "completed"
