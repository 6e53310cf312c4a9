"""The real process's one port, and the log of a run that uses everything."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.fault_injection import Route
from bot.sandbox.faults import respond
from tests.helpers import ledger_checks
from tests.helpers.fake_discord.faults import Phase, Refuse
from tests.helpers.fake_discord.interactions import written
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import MANUAL, ManualSamsar
from tests.helpers.settings import KEY
from tests.process.bot_process import add_unknown_job, ask, logged, matinee, port_of

PROMPT = "a zebra in a yellow submarine"
MOVIE = {"prompt": PROMPT, "duration": 12}
SIGNATURE = "5e1d0c0ffee5e1d0"
SERVED = {"PORT": "0", "HOST": "127.0.0.1", "PUBLIC_URL": "https://bot.example.org"}

SIGNED = replace(MANUAL, movie_url=f"{{origin}}/signed/{{request_id}}.mp4?X-Signature={SIGNATURE}&Expires=1")
"""An API whose links are signed, and have no target."""


@pytest.fixture
async def api() -> AsyncIterator[ManualSamsar]:
    async with ManualSamsar(SIGNED) as samsar:
        yield samsar


async def listening(bot: BotProcess) -> str:
    return f"http://127.0.0.1:{await port_of(bot)}"


async def call_back(url: str, order: Any, request_id: str) -> int:
    secret = order["webhookUrl"].rpartition("/")[2]
    body = {"request_id": request_id, "status": "COMPLETED"}
    async with aiohttp.ClientSession() as session, session.post(f"{url}/callbacks/{secret}", json=body) as response:
        return response.status


@pytest.mark.skipif(sys.platform != "linux", reason="limits another process")
async def test_ready_says_what_is_missing(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    refusal = discord.break_gateway(Phase.CONNECT, Refuse(), times=None)
    async with matinee(discord, api, tmp_path, **SERVED) as bot:
        url = await listening(bot)
        assert await ask(f"{url}/healthz") == (200, "ok\n")
        assert await ask(f"{url}/readyz") == (503, "the gateway isn't connected\n")
        refusal.lift()
        await discord.ready(timeout=20)
        await bot.wait_for_line(r"\bgateway_ready\b")
        assert await ask(f"{url}/readyz") == (200, "ready\n")
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        status, text = await ask(f"{url}/readyz")
        assert (status, "disk" in text) == (503, True)
        assert await ask(f"{url}/healthz") == (200, "ok\n")
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert await ask(f"{url}/readyz") == (200, "ready\n")


async def test_ready_and_the_log_remind_the_operator_of_unknown_jobs(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    await add_unknown_job(tmp_path / "movies.db", days=12)
    async with matinee(discord, api, tmp_path, DATABASE_URL="sqlite:///movies.db", **SERVED) as bot:
        url = await listening(bot)
        await discord.ready()
        await bot.wait_for_line(r'"jobs_unknown", "jobs": 1, "oldest_days": 12\b')
        warning = "unknown jobs: 1, the oldest for 12.0 days. See `python -m bot jobs list --state unknown`"
        assert await ask(f"{url}/readyz") == (200, f"ready\nwarning: {warning}\n")


# ── what is written ──────────────────────────────────────────────────────────────────────────────────────────────────


async def everything(discord: FakeDiscord, api: ManualSamsar, bot: BotProcess) -> list[str]:
    url = await listening(bot)
    await bot.wait_for_line(logged("login_failed"))
    await discord.ready()
    failures: list[dict[str, Any]] = [{"status": 404, "code": 10062}, {"cut": "before"}, {"status": 500}]
    faults = [discord.fail("POST", "/interactions/**", **failure) for failure in failures]
    for _ in faults:
        await discord.send_slash(discord.user_id, "movie", MOVIE)
    await discord.until(lambda: not any(fault.live for fault in faults), what="an answer to each, made to fail")
    await bot.wait_for_line(logged("response_unconfirmed"))
    discord.fail("POST", "/interactions/**", status=429, retry_after=0.01)
    discord.fail("POST", "/channels/**", status=500)  # discord.py tries this one again by itself
    discord.fail("POST", "/channels/**", cut="before")  # and not this one: the delivery is delayed
    discord.fail("POST", "/channels/**", status=403, code=50013)
    url_and_key = f"{api.base_url}status?sig={SIGNATURE} Bearer {KEY}"
    broken = api.inject(respond(HTTPStatus.INTERNAL_SERVER_ERROR, f"no upstream for {url_and_key}"), route=Route.STATUS)
    await discord.slash(discord.user_id, "movie", MOVIE)
    await bot.wait_for_line(logged("job_submitted"))
    n = len(api.orders)
    await call_back(url, api.orders[-1], f"movie-{n}")
    await bot.wait_for_line(logged("status_poll_failed"))
    broken.stop()
    await call_back(url, api.orders[-1], "made-up")
    await call_back(url, {"webhookUrl": "/" + "x" * 43}, "made-up")
    for number in range(1, n + 1):
        api.finish(f"movie-{number}")
        await call_back(url, api.orders[number - 1], f"movie-{number}")
    await discord.wait_for_message(lambda m: SIGNATURE in written(m), timeout=30)
    api.inject(respond(HTTPStatus.BAD_REQUEST, f'The prompt "{PROMPT}" is not allowed.'), route=Route.CREATE)
    await discord.slash(discord.user_id, "movie", MOVIE)
    await bot.wait_for_line(logged("job_rejected"))
    await ask(f"{url}/metrics")
    await garble(url, api.orders[0]["webhookUrl"])
    await bot.wait_for_line(logged("http_request_malformed"))
    await discord.drop(4000)
    await discord.ready()
    return [order["webhookUrl"].rpartition("/")[2] for order in api.orders]


async def garble(url: str, webhook_url: str) -> None:
    """Send invalid callbacks, and invalid HTTP. A valid header name has no space."""
    path = webhook_url.removeprefix(SERVED["PUBLIC_URL"])
    reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
    writer.write(f"POST {path} HTTP/1.1\r\nHost: x\r\nReferer {path}: x\r\n\r\n".encode())
    await reader.readline()
    writer.close()


@pytest.mark.parametrize(("log_format", "trusted"), [("console", True), ("json", False)])
async def test_a_full_run_at_debug_shows_no_secret(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, log_format: str, trusted: bool
) -> None:
    discord.fail("GET", "/users/@me", status=503, message=f"neither {discord.token} nor {KEY}")
    more = {"TRUSTED_MOVIE_ORIGINS": api.origin} if trusted else {}
    settings = {**SERVED, **more, "LOG_LEVEL": "DEBUG", "LOG_FORMAT": log_format}
    async with matinee(discord, api, tmp_path, **settings) as bot:
        callbacks = await everything(discord, api, bot)
        await bot.stop()
    output = "\n".join([*bot.stdout, *bot.stderr])
    tokens = [each.token for each in discord.state.interactions.values()]
    assert len(tokens) >= 5
    assert len(callbacks) >= 2
    assert ("attachment_skipped" if log_format == "json" else "WARNING Attachment skipped") in output
    assert "neither" in output
    for secret in (discord.token, KEY, SIGNATURE, PROMPT, *tokens, *callbacks):
        assert secret not in output
    assert ledger_checks.assert_ledger_consistent(tmp_path / "var" / "movies.db")
    if log_format == "json":
        assert bot.stdout == []
        entries = [json.loads(line) for line in bot.stderr]
        assert all({"event", "level", "logger", "timestamp"} <= set(entry) for entry in entries)
        assert {"job_submitted", "job_completed"} <= {entry["event"] for entry in entries}
