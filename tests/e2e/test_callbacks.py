"""A callback makes a job due or brings an unknown job's request id, and is never trusted itself."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import lifecycle
from bot.composition import open_app, this_process
from bot.domain.callback_token import CALLBACK_PATH, generate_token
from bot.domain.process import Role
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEvent, AuditReason
from bot.services.movie_api import record_callback
from data import job_actions, renders
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.bot_harness import RENDER_SECONDS
from tests.helpers.callback_client import CallbackClient, open_callback_client
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import addresses
from tests.helpers.settings import make_settings

PUBLIC = "https://bot.example.org"
SLOWLY = {"poll_fastest_seconds": 3000, "poll_slowest_seconds": 3600}
"""Polling so slow that only a callback can have made a job due."""


async def ordered(bot: AdminHarness, **options: object) -> tuple[str, str]:
    await bot.movie(**options)
    await bot.run_until_idle()
    body: Any = [each.body for each in bot.upstream.requests if each.method == "POST"][-1]
    place, _, token = str(body["webhookUrl"]).rpartition("/")
    assert place == f"{PUBLIC}/callbacks"
    return token, list(bot.upstream.movies)[-1]


async def lost(bot: AdminHarness) -> tuple[str, str]:
    bot.upstream.inject("cut-after", times=1)
    found = await ordered(bot)
    assert bot.job()["state"] == "unknown"
    return found


def state(bot: AdminHarness) -> dict[str, list[dict[str, Any]]]:
    tables = ("jobs", "ledger_entries", "balances", "outbox", "audit_log")
    found = {table: ledger_checks.query(bot.path, f"SELECT * FROM {table} ORDER BY 1") for table in tables}
    return {**found, "jobs": [{**job, "called_back_at": None} for job in found["jobs"]]}


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[AdminHarness]:
    """A bot with a staff channel that the API can call back, and that hardly polls."""
    async with open_admin_harness(tmp_path, public_url=PUBLIC, port=0, **SLOWLY) as opened:
        await opened.set_staff_channel(opened.lines)
        yield opened


@pytest.fixture
async def client(bot: AdminHarness) -> AsyncGenerator[CallbackClient]:
    async with open_callback_client(
        functools.partial(record_callback, bot.app.database),
        known=functools.partial(bot.app.database.read, job_actions.known_tokens),
    ) as opened:
        yield opened


async def test_only_the_roles_that_take_callbacks_have_an_endpoint_for_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    answers: dict[Role, int] = {}
    async with open_app(make_settings(tmp_path, port=0, host="127.0.0.1")) as app, aiohttp.ClientSession() as session:
        for role in Role:
            async with lifecycle._http_port(replace(app, process=this_process(role))):
                port = caplog.records[-1].__dict__["port"]
                url = f"http://127.0.0.1:{port}{CALLBACK_PATH}{generate_token().value}"
                async with session.post(url) as answer:
                    answers[role] = answer.status
    taken = {role for role, status in answers.items() if status == HTTPStatus.ACCEPTED}
    assert (taken, {*answers.values()}) == ({Role.ALL, Role.WEB}, {HTTPStatus.ACCEPTED, HTTPStatus.NOT_FOUND})


async def test_the_token_of_each_order_is_in_no_file(bot: AdminHarness) -> None:
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


async def test_a_callback_is_not_believed(bot: AdminHarness, client: CallbackClient) -> None:
    token, request_id = await ordered(bot)
    for sent_id, status in ((request_id, "COMPLETED"), (request_id, "FAILED"), ("somebody-elses", "COMPLETED")):
        body = {"request_id": sent_id, "status": status, "result": {"url": "https://evil.example/x.mp4"}}
        await client.told(token, body)
        await bot.run_until_idle()
    job = bot.job()
    assert (job["state"], job["movie_url"], job["samsar_request_id"]) == ("rendering", None, request_id)
    assert bot.member() == BudgetTotals(used=0, held=job["price_credits"])


async def test_an_unknown_job_is_found_by_its_callback(bot: AdminHarness, client: CallbackClient) -> None:
    token, request_id = await lost(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await client.told(token, {"request_id": request_id, "status": "COMPLETED"})
    assert bot.job()["state"] == "unknown"
    await bot.restart()
    await bot.run_until_idle()
    job = bot.job()
    assert (job["state"], job["samsar_request_id"]) == ("completed", request_id)
    assert bot.member() == BudgetTotals(used=job["price_credits"], held=0)
    assert sum(any(f"/movies/{request_id}.mp4" in url for url in addresses(each)) for each in bot.messages()) == 1
    assert bot.ordered() == 1


async def test_a_wrong_token_changes_nothing(bot: AdminHarness, client: CallbackClient) -> None:
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


async def test_a_callback_after_the_operators_decision_is_logged(
    bot: AdminHarness, client: CallbackClient, caplog: pytest.LogCaptureFixture
) -> None:
    secret, request_id = await lost(bot)
    job_id = bot.job()["id"]
    by = AuditContext(SYSTEM_ACTOR_ID, bot.guild.id, reason_code=AuditReason.ENDED_AS_FAILED)
    change = AuditEvent(by, AuditAction.JOB_RESOLVED, bot.alice.id, None, job_id=job_id)
    assert await bot.app.database.write(renders.resolve_failed, job_id, change, upstream_charged=False)
    await client.told(secret, {"request_id": request_id})
    await bot.run_until_idle()
    [record] = [each for each in caplog.records if each.message == "callback_after_end"]
    assert (record.levelname, record.__dict__["job_id"]) == ("WARNING", job_id)
    assert bot.job()["state"] == "failed"
