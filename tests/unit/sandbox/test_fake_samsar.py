"""The fake API keeps the API page of 2 March 2025, also of webhooks."""

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

from bot.errors import StartupError
from bot.sandbox.contract_2025 import IMAGE_MODELS, STAGES, VIDEO_MODELS
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.faults import fail_render, render, respond
from tests.unit.sandbox.conftest import INPUT, KEY, ApiClient, Clock


async def _credits(client: ApiClient, key: str | None = f"Bearer {KEY}") -> Any:
    return await client.ask("GET", f"{client.fake_samsar.origin}/v1/credits", key=key)


async def test_a_missing_or_empty_key_is_400_and_a_wrong_one_401(client: ApiClient) -> None:
    missing = [None, "", "Bearer", "Bearer ", KEY, f"Basic {KEY}"]
    wrong = ["Bearer wrong", f"Bearer {KEY}x", "Bearer ключ"]
    for key in (*missing, *wrong):
        for answer in (await client.create(key=key), await client.status("x", key=key), await _credits(client, key)):
            assert answer.status == (400 if key in missing else 401), key
            assert ("key is missing" if key in missing else "API key is invalid.") in answer.body["message"]
    assert not client.fake_samsar.movies
    assert not any(request.authorization_ok for request in client.fake_samsar.requests)


# POST /create_movie -------------------------------------------------------------------------------------------------


async def test_an_order_is_answered_with_200_and_a_request_id(client: ApiClient) -> None:
    first, second = await client.create(), await client.create()
    assert (first.status, list(first.body)) == (200, ["request_id"])
    assert first.body["request_id"] != second.body["request_id"]
    assert set(client.fake_samsar.movies) == {first.body["request_id"], second.body["request_id"]}


WRONG: dict[str, list[Any]] = {
    "prompt": [None, "", "  \n", 7, "x" * 501],
    "image_model": [None, "DALLE3", ["IMAGEN3"]],
    "video_model": [None, "SORA", {}],
    "duration": [None, "30", True, 0, -1, 121, 120.5],
    "aspect_ratio": ["4:3", 169, ["16:9"]],
}


async def test_a_field_that_is_absent_or_breaks_its_rule_is_400(client: ApiClient) -> None:
    url = f"{client.fake_samsar.base_url}create_movie"
    for field_name, values in WRONG.items():
        answers = [await client.create(**{field_name: value}) for value in values]
        if field_name != "aspect_ratio":
            body = {"input": {name: value for name, value in INPUT.items() if name != field_name}}
            answers.append(await client.ask("POST", url, json=body))
        for answer in answers:
            assert answer.status == 400, field_name
            assert answer.body["message"].startswith(field_name)
    odd = [b'{"input": {"duration": NaN}}', b'{"input": {"duration": Infinity}}', b'{"input": []}', b"[" * 100_000]
    for body in (b"", b"{", b"[]", b"{}", b"\xff", *odd):
        answer = await client.ask("POST", url, data=body)
        assert (answer.status, list(answer.body)) == (400, ["message"]), body[:20]
    for changes in ({"duration": float("nan")}, {"duration": float("inf")}, {"webhook": 7}):
        assert (await client.create(**changes)).status == 400
    assert (client.fake_samsar.balance, client.fake_samsar.movies) == (5000, {})


async def test_the_limits_themselves_are_allowed_and_what_is_optional_may_be_left_out(client: ApiClient) -> None:
    assert (await client.create(prompt="ä" * 500, duration=120)).status == 200
    assert (await client.create(duration=0.5, webhook="")).status == 200
    body = {"input": {name: value for name, value in INPUT.items() if name != "aspect_ratio"}}
    answer = await client.ask("POST", f"{client.fake_samsar.base_url}create_movie", json=body)
    assert client.fake_samsar.movies[answer.body["request_id"]].order.aspect_ratio == "16:9"


async def test_every_model_of_the_page_makes_its_own_shapes_at_its_price(client: ApiClient) -> None:
    tall = {"LUMA": 400, "KLINGIMGTOVIDPRO": 200, "PIXVERSEI2V": 200, "WAN2.1": 400, "VEOI2V": 200}
    assert (VIDEO_MODELS.keys(), IMAGE_MODELS) == (tall.keys(), ("FLUX1.1PRO", "IMAGEN3"))
    for video_model, status in tall.items():
        before = client.fake_samsar.balance
        for image_model in IMAGE_MODELS:
            assert (await client.create(video_model=video_model, image_model=image_model, duration=1)).status == 200
        cost = 2 * (60 if video_model == "VEOI2V" else 10)
        assert (await _credits(client)).body == {"remainingCredits": before - cost}
        assert (await client.create(video_model=video_model, aspect_ratio="9:16")).status == status


async def test_an_order_beyond_the_balance_is_402(client: ApiClient) -> None:
    client.fake_samsar.balance = 80
    assert (await client.create(duration=9)).status == 402
    assert (await client.create(duration=8)).status == 200
    assert (client.fake_samsar.balance, len(client.fake_samsar.movies)) == (0, 1)


# GET /status --------------------------------------------------------------------------------------------------------


async def test_a_missing_request_id_is_400_and_an_unknown_one_404(client: ApiClient) -> None:
    for query in ("", "?request_id=", "?id=7"):
        answer = await client.ask("GET", f"{client.fake_samsar.base_url}status{query}")
        assert (answer.status, answer.body) == (400, {"message": "request_id query parameter is missing."})
    assert (await client.status("nobody")).status == 404


async def test_a_movie_is_pending_until_it_is_completed_with_its_url(client: ApiClient, clock: Clock) -> None:
    request_id = await client.order()
    seen: list[tuple[str, ...]] = []
    for _ in range(20):
        answer = (await client.status(request_id)).body
        assert (answer["status"], "result" in answer) == ("PENDING", False)
        assert list(answer["details"]) == list(STAGES)
        seen.append(tuple(answer["details"].values()))
        clock.seconds += 0.999
    assert seen[0] == ("PENDING", *["INIT"] * 6)
    assert seen[-1] == (*["COMPLETED"] * 6, "PENDING")
    assert len(set(seen)) == len(STAGES)
    clock.seconds += 0.02
    client.fake_samsar.inject(respond(500, "database is down"), times=1)
    assert (await client.status(request_id)).body == {"message": "database is down"}
    for _ in range(2):
        assert (await client.status(request_id)).body == {
            "status": "COMPLETED",
            "details": dict.fromkeys(STAGES, "COMPLETED"),
            "result": {"status": "COMPLETED", "url": f"{client.fake_samsar.origin}/movies/{request_id}.mp4"},
        }


async def test_a_failed_movie_names_its_stage_and_is_not_refunded(client: ApiClient, clock: Clock) -> None:
    client.fake_samsar.inject(fail_render("music_generation", "no ear for it"), times=1)
    request_id = await client.order()
    clock.seconds += 9.1
    assert (await client.status(request_id)).body["status"] == "PENDING"
    clock.seconds += 0.2
    answer = (await client.status(request_id)).body
    assert (answer["status"], answer["message"], "result" in answer) == ("FAILED", "no ear for it", False)
    assert tuple(answer["details"].values()) == (*["COMPLETED"] * 3, "FAILED", *["INIT"] * 3)
    clock.seconds += 1000
    assert (await client.status(request_id)).body == answer
    assert client.fake_samsar.balance == 5000 - 80


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
