"""The fake API keeps the API page of 2 March 2025, also of webhooks, and a fault applies as often as told."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import av
import pytest
from aiohttp import web

from bot.core.errors import StartupError
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import Route
from bot.sandbox.faults import fail_render, no_response, render
from tests.unit.sandbox.conftest import INPUT, KEY, ApiClient, Clock

# GET /status --------------------------------------------------------------------------------------------------------


async def test_a_movies_fate_is_decided_when_it_is_ordered_also_by_its_prompt(client: ApiClient, clock: Clock) -> None:
    client.fake_samsar.inject(render(100), times=1)
    slow = await client.order()
    client.fake_samsar.clear_faults()
    client.fake_samsar.fail_renders(lambda prompt: "clockwork" in prompt)
    bad, good = await client.order(prompt="A clockwork owl"), await client.order()
    clock.seconds += 99
    assert [(await client.status(each)).body["status"] for each in (slow, bad, good)] == [
        *("PENDING", "FAILED", "COMPLETED")
    ]
    clock.seconds += 1
    assert (await client.status(slow)).body["status"] == "COMPLETED"


# Films --------------------------------------------------------------------------------------------------------------


async def test_the_url_is_a_real_film(session: aiohttp.ClientSession, clock: Clock) -> None:
    async with FakeSamsar(FakeSamsarConfig(api_key=KEY), now=clock.now) as fake_samsar:
        client = ApiClient(fake_samsar, session, clock)
        request_id = await client.order(video_model="VEOI2V", aspect_ratio="9:16", duration=1)
        clock.seconds += 20
        url = (await client.status(request_id)).body["result"]["url"]
        whole, part = await asyncio.gather(client.ask("GET", url, key=None), _part(session, url))
        assert (whole.status, whole.headers["Content-Type"]) == (200, "video/mp4")
        assert whole.headers["Accept-Ranges"] == "bytes"
        assert part == (206, whole.body[10:20])
        with av.open(io.BytesIO(whole.body)) as container:
            assert (container.streams.video[0].width, container.streams.video[0].height) == (270, 480)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.ask("GET", url, key=None)


async def _part(session: aiohttp.ClientSession, url: str) -> tuple[int, bytes]:
    async with session.get(url, headers={"Range": "bytes=10-19"}) as response:
        return response.status, await response.read()


# The record, and the server itself ----------------------------------------------------------------------------------


async def test_a_port_that_is_taken_is_said_in_one_line(fake_samsar: FakeSamsar) -> None:
    port = int(fake_samsar.origin.rpartition(":")[2])
    second = FakeSamsar(FakeSamsarConfig(port=port))
    with pytest.raises(StartupError, match=f"Can't listen on port {port} "):
        await second.start()
    await second.stop()
    await second.stop()


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


async def test_a_fault_applies_as_often_as_told_or_until_it_is_stopped(client: ApiClient) -> None:
    active = client.fake_samsar.inject("503", times=2)
    assert [(await client.create()).status for _ in range(4)] == [503, 503, 200, 200]
    assert (active.hits, active.left) == (2, 0)
    active = client.fake_samsar.inject("502")
    assert [(await client.create()).status for _ in range(3)] == [502, 502, 502]
    active.stop()
    assert (await client.create()).status == 200
    client.fake_samsar.inject("502")
    client.fake_samsar.clear_faults()
    assert (await client.create()).status == 200


async def test_a_fault_applies_on_its_route_to_the_movies_it_names(client: ApiClient) -> None:
    client.fake_samsar.inject("500", when="owl")
    client.fake_samsar.inject("503", route=Route.STATUS, when=lambda prompt: prompt == INPUT["prompt"])
    assert (await client.create(prompt="An owl")).status == 500
    assert (await client.create(prompt=None)).status == 400
    assert (await client.status(await client.order())).status == 503
    assert (await client.status("nobody")).status == 404
    with pytest.raises(ValueError, match="'no-url' does not happen on create"):
        client.fake_samsar.inject("no-url", route=Route.CREATE)


async def test_no_response_ends_only_when_the_fake_api_stops(session: aiohttp.ClientSession, clock: Clock) -> None:
    for after in (False, True):
        async with FakeSamsar(FakeSamsarConfig(api_key=KEY), now=clock.now, sleep=clock.sleep) as fake_samsar:
            playing = fake_samsar.inject(no_response(after=after))
            hanging = asyncio.create_task(ApiClient(fake_samsar, session, clock).create())
            while (playing.hits, len(fake_samsar.movies)) != (1, int(after)):  # noqa: ASYNC110 (a loop of the fake has no event)
                await asyncio.sleep(0)
            assert not hanging.done()
        with pytest.raises(aiohttp.ClientConnectionError):
            await hanging
