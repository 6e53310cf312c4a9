"""A callback makes a job due or brings an unknown job's request id, and is never trusted itself."""

from __future__ import annotations

import asyncio
import functools
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest

from bot import lifecycle
from bot.app import open_app, this_process
from bot.domain.callback_token import CALLBACK_PATH, generate_token
from bot.domain.process import Role
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply, Route
from bot.sandbox.faults import send_nothing
from data import job_queries
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness, open_bot_harness
from tests.helpers.callback_client import CallbackClient, open_callback_client
from tests.helpers.callback_orders import PUBLIC, SLOWLY, lost, ordered, state, tokens_of
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.settings import make_settings


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot that the API can call back, and that hardly polls."""
    async with open_bot_harness(tmp_path, public_url=PUBLIC, port=0, **SLOWLY) as opened:
        yield opened


@pytest.fixture
async def client(bot: BotHarness) -> AsyncGenerator[CallbackClient]:
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


# ── its token, of which only a hash is kept ───────────────────────────────────────────────────────────────────────────


async def test_the_token_of_each_order_is_in_no_file(bot: BotHarness) -> None:
    """It has 256 bits, and only its hash is kept, so nobody who reads a backup can call back."""
    token, _ = await ordered(bot)
    with closing(sqlite3.connect(bot.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = list(bot.path.parent.rglob("*"))
    assert bot.path in files
    assert bot.job()["callback_token_hash"].encode() in bot.path.read_bytes()
    assert not [file for file in files if file.is_file() and token.encode() in file.read_bytes()]
    other, _ = await ordered(bot, who=bot.bob)
    assert token != other
    assert len(token) == len(other) == 43


async def test_callbacks_need_both_an_address_and_a_port_and_make_polls_rare(tmp_path: Path) -> None:
    """Without one of them no webhookUrl is sent, and the API is polled instead."""
    known: list[dict[str, object]] = [{"public_url": PUBLIC}, {"port": 0}, {}, {"public_url": PUBLIC, "port": 0}]
    for number, values in enumerate(known):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with open_bot_harness(folder, **values) as bot:
            await bot.movie()
            for _ in range(19):
                await bot.run_until_idle(5)
            [order] = [each.body for each in bot.upstream.requests if each.method == "POST"]
            assert isinstance(order, dict)
            polls = sum(each.path.endswith("/status") for each in bot.upstream.requests)
            called = len(values) == 2
            assert ("webhookUrl" in order, polls < 5, polls >= 8) == (called, called, not called), values


# ── what a callback does ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_callback_brings_the_movie_at_once(bot: BotHarness, client: CallbackClient) -> None:
    token, request_id = await ordered(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    assert bot.job()["state"] == "rendering"
    await client.told(token, {"request_id": request_id, "status": "COMPLETED"})
    await bot.run_until_idle()
    assert bot.job()["state"] == "completed"
    assert f"/movies/{request_id}.mp4" in bot.messages()[-1].content


async def test_a_callback_is_not_believed(bot: BotHarness, client: CallbackClient) -> None:
    """Only what the API says counts. A job that renders keeps its own id."""
    token, request_id = await ordered(bot)
    for sent_id, status in ((request_id, "COMPLETED"), (request_id, "FAILED"), ("somebody-elses", "COMPLETED")):
        body = {"request_id": sent_id, "status": status, "result": {"url": "https://evil.example/x.mp4"}}
        await client.told(token, body)
        await bot.run_until_idle()
    job = bot.job()
    assert (job["state"], job["movie_url"], job["samsar_request_id"]) == ("rendering", None, request_id)
    assert bot.member() == BudgetTotals(used=0, held=job["price_credits"])


# ── a job whose answer was lost ──────────────────────────────────────────────────────────────────────────────────────


async def test_an_unknown_job_is_found_by_its_callback(bot: BotHarness, client: CallbackClient) -> None:
    """The member gets the movie, which is ordered once, although the process ends before it polls."""
    token, request_id = await lost(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await client.told(token, {"request_id": request_id, "status": "COMPLETED"})
    assert bot.job()["state"] == "unknown"
    await bot.restart()
    await bot.run_until_idle()
    job = bot.job()
    assert (job["state"], job["samsar_request_id"]) == ("completed", request_id)
    assert bot.member() == BudgetTotals(used=job["price_credits"], held=0)
    assert sum(f"/movies/{request_id}.mp4" in each.content for each in bot.messages()) == 1
    assert bot.ordered() == 1


async def test_a_callback_can_be_faster_than_the_answer(bot: BotHarness, client: CallbackClient) -> None:
    """A callback during the submission is kept, because the answer may be lost."""
    taken, release = asyncio.Event(), asyncio.Event()

    async def hold(exchange: Exchange, proceed: Proceed) -> Reply:
        await proceed(exchange)
        taken.set()
        await release.wait()
        return Reply(HTTPStatus.OK, b"", send=send_nothing)

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


# ── what a callback never does ───────────────────────────────────────────────────────────────────────────────────────


async def test_replays_change_nothing(bot: BotHarness, client: CallbackClient) -> None:
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
        await client.told(token, {"request_id": "another", "status": "FAILED"})
        await bot.run_until_idle()
    assert state(bot) == before
    assert len(bot.messages()) == messages


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
