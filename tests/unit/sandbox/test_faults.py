"""Each fault does what its name says, as often as told, and makes the movie or not."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest

from bot.sandbox.contract_2025 import STAGES
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import FaultInjector, Route
from bot.sandbox.fault_table import FAULTS, get_fault
from bot.sandbox.faults import busy, no_response, redirect
from tests.unit.sandbox.conftest import INPUT, KEY, ApiClient, Clock


def test_every_fault_has_a_name_and_says_what_it_does() -> None:
    assert len(FAULTS) > 40
    assert all(name == fault.name and fault.about and fault.routes for name, fault in FAULTS.items())
    with pytest.raises(ValueError, match=r"unknown fault 'flood'\. Choose from slow, no-response"):
        get_fault("flood")


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
        FaultInjector().inject(FAULTS["no-url"], route=Route.CREATE)


DATE = "Sun, 02 Mar 2025 10:00:00 GMT"


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


async def test_a_connection_can_be_cut_or_reset_before_or_after_the_creation_or_in_the_body(client: ApiClient) -> None:
    for name, made, error in (
        ("cut", 0, aiohttp.ServerDisconnectedError),
        ("cut-after", 1, aiohttp.ServerDisconnectedError),
        ("reset", 0, aiohttp.ClientOSError),
        ("reset-after", 1, aiohttp.ClientOSError),
        ("cut-body", 1, aiohttp.ClientPayloadError),
    ):
        client.fake_samsar.inject(name, times=1)
        with pytest.raises(error):
            await client.create(prompt=name)
        assert len(client.fake_samsar.movies_for(name)) == made, name
        assert len(client.fake_samsar.creates_for(name)) == 1


ANSWERS: list[tuple[str, int, object, int]] = [
    *((status, int(status), ["message"], 0) for status in ("401", "402", "429", "500", "502", "503", "504")),
    ("429-retry-after", 429, ["message"], 0),
    ("500-after", 500, ["message"], 1),
    ("redirect", 302, "application/json ", 0),
    ("html", 502, "text/html <html>", 0),
    ("html-200", 200, "text/html <html>", 1),
    ("not-json", 200, "text/plain OK, on", 1),
    ("empty", 200, "application/json ", 1),
    ("not-an-object", 200, [1, 2, 3], 1),
    ("201", 201, ["request_id"], 1),
    ("no-id", 200, [], 1),
    ("session-id", 200, ["session_id"], 1),
    ("session-id-camel", 200, ["sessionID"], 1),
    ("wrong-types", 200, ["request_id"], 1),
]
"""By fault: the status, the keys of the JSON or the beginning of what is none, and how many movies are made."""


async def test_an_order_can_have_any_answer(client: ApiClient) -> None:
    for name, status, body, made in ANSWERS:
        client.fake_samsar.inject(name, times=1)
        answer = await client.create(prompt=name)
        is_json = isinstance(answer.body, dict | list)
        kind = answer.headers["Content-Type"].partition(";")[0]
        seen = [*answer.body] if is_json else f"{kind} {answer.body.decode()[:6]}"
        assert (answer.status, seen, len(client.fake_samsar.movies_for(name))) == (status, body, made), name
        if name == "wrong-types":
            assert isinstance(answer.body["request_id"], list)
    client.fake_samsar.inject("201")
    assert (await client.create(duration=0)).status == 400, "refusals stay"


async def test_429_says_when_to_come_back_and_a_redirect_where_to_go(client: ApiClient) -> None:
    for fault, header in ((busy(), None), (busy(2.5), "2.5"), (busy(30), "30"), (busy(DATE), DATE)):
        client.fake_samsar.inject(fault, times=1)
        assert (await client.create()).headers.get("Retry-After") == header
    client.fake_samsar.inject(redirect("/trap", 307))
    answer = await client.create()
    assert (answer.status, answer.headers["Location"]) == (307, "/trap")
    assert {request.path for request in client.fake_samsar.requests} == {"/v1/video/create_movie"}


async def test_a_status_can_be_odd(client: ApiClient, clock: Clock) -> None:
    odd = await client.order()
    path = f"/movies/{odd}.mp4"
    url = f"{client.fake_samsar.origin}{path}"
    done, places = dict.fromkeys(STAGES, "COMPLETED"), ("url", "result_url", "remoteURL", "videoLink", "video_link")
    seen: dict[str, dict[str, object]] = {
        "no-url": {"result": {"status": "COMPLETED"}},
        "failed-with-url": {"status": "FAILED"},
        "backwards": {"status": "PENDING", "details": dict.fromkeys(STAGES, "INIT"), "result": None},
        "unknown-status": {"status": "DREAMING"},
        "details-string": {"details": "Painting the sky"},
        "details-array": {"details": [{"stage": name, "status": "COMPLETED"} for name in STAGES]},
        "details-absent": {"details": None},
        "express-status": {"expressGenerationStatus": done, "details": None},
        "wrong-types": {"status": 7, "details": 3.5, "result": ["not", "an", "object"]},
        "relative-url": {"result": {"status": "COMPLETED", "url": path}},
        **{f"url-in-{place}": {place: url, "result": None} for place in places},
        "url-in-result_urls": {"result_urls": [url], "result": None},
        "url-in-video.url": {"video": {"url": url}, "result": None},
    }
    for name in seen:
        client.fake_samsar.inject(name, route=Route.STATUS, times=1)
        early = await client.status(odd)
        assert early.status == 200
        assert ("url" in json.dumps(early.body)) == (name == "failed-with-url")
    clock.seconds += 20
    for name, fields in seen.items():
        client.fake_samsar.inject(name, route=Route.STATUS, times=1)
        body = (await client.status(odd)).body
        assert {field: body.get(field) for field in fields} == fields, name
