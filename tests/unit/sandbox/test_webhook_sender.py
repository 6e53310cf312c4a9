"""The page's section "Webhook Usage": the fake API makes one attempt, at the movie's end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.faults import fail_render
from tests.unit.sandbox.conftest import ApiClient, Clock


@dataclass
class Hook:
    url: str = ""
    told: list[Any] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    rang: asyncio.Event = field(default_factory=asyncio.Event)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()

    async def receive(request: web.Request) -> web.Response:
        hook.told.append(await request.json())
        hook.rang.set()
        return web.Response(status=hook.status, headers=hook.headers)

    application = web.Application()
    application.router.add_post("/hook", receive)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_a_webhook_is_told_once_when_a_movie_ends(client: ApiClient, clock: Clock, hook: Hook) -> None:
    request_id = await client.order(webhook=hook.url)
    await client.fake_samsar.send_callbacks()
    assert hook.told == []
    clock.seconds += 20
    await client.fake_samsar.send_callbacks()
    await client.fake_samsar.send_callbacks()
    url = f"{client.fake_samsar.origin}/movies/{request_id}.mp4"
    assert hook.told == [
        {"request_id": request_id, "status": "COMPLETED", "result": {"status": "COMPLETED", "url": url}}
    ]
    assert [(made.request_id, made.url, made.answered) for made in client.fake_samsar.callbacks] == [
        (request_id, hook.url, 200)
    ]
    client.fake_samsar.inject(fail_render(message="no"))
    request_id = await client.order(webhook=hook.url)
    clock.seconds += 20
    await client.fake_samsar.send_callbacks()
    assert hook.told[1:] == [
        {"request_id": request_id, "status": "FAILED", "result": {"status": "FAILED", "message": "no"}}
    ]


async def test_a_webhook_is_tried_only_once(client: ApiClient, clock: Clock, hook: Hook) -> None:
    for status in (500, 302):
        hook.status, hook.headers = status, {"Location": hook.url}
        await client.order(webhook=hook.url)
        clock.seconds += 20
        for _ in range(2):
            await client.fake_samsar.send_callbacks()
    assert len(hook.told) == 2
    assert [made.answered for made in client.fake_samsar.callbacks] == [500, 302]


async def test_a_webhook_never_leaves_the_machine(client: ApiClient, clock: Clock) -> None:
    elsewhere = ["https://example.com/hook", "http://192.0.2.1/hook", "ftp://127.0.0.1/hook", "http://[", "hook"]
    urls = [*elsewhere, "http://127.0.0.1:1/x"]
    for url in urls:
        await client.order(webhook=url)
    clock.seconds += 20
    await client.fake_samsar.send_callbacks()
    assert [(made.url, made.answered) for made in client.fake_samsar.callbacks] == [(url, None) for url in urls]
