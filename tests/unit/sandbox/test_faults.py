"""Each fault does what its name says.

It makes the movie or not.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import Fault, Route
from bot.sandbox.faults import busy, no_response, oversized, redirect, slow, trickle
from tests.unit.sandbox.conftest import INPUT, KEY, ApiClient, Clock

PROMPT = INPUT["prompt"]
DATE = "Sun, 02 Mar 2025 10:00:00 GMT"


def _made(client: ApiClient) -> int:
    return len(client.fake_samsar.movies)


# Time and the connection --------------------------------------------------------------------------------------------


async def test_slow_waits_and_then_does_as_asked(client: ApiClient, clock: Clock) -> None:
    """The injected sleep is used for the wait."""
    client.fake_samsar.inject(slow(12.5))
    assert (await client.create()).status == 200
    assert clock.slept == [12.5]


@pytest.mark.parametrize("after", [False, True])
async def test_no_response_ends_only_when_the_fake_api_stops(
    session: aiohttp.ClientSession, clock: Clock, *, after: bool
) -> None:
    async with FakeSamsar(FakeSamsarConfig(api_key=KEY), now=clock.now, sleep=clock.sleep) as fake_samsar:
        client = ApiClient(fake_samsar, session, clock)
        playing = fake_samsar.inject(no_response(after=after))
        hanging = asyncio.create_task(client.create())
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(hanging), timeout=0.1)
        assert (playing.hits, _made(client)) == (1, int(after))
    with pytest.raises(aiohttp.ClientConnectionError):
        await hanging


@pytest.mark.parametrize(
    ("name", "made", "error"),
    [
        ("cut", 0, aiohttp.ServerDisconnectedError),
        ("cut-after", 1, aiohttp.ServerDisconnectedError),
        ("reset", 0, aiohttp.ClientOSError),
        ("reset-after", 1, aiohttp.ClientOSError),
        ("cut-body", 1, aiohttp.ClientPayloadError),
    ],
)
async def test_a_connection_can_be_cut(client: ApiClient, name: str, made: int, error: type[Exception]) -> None:
    """The cut comes before or after the creation, or within the body.

    The connection is closed or reset.
    """
    client.fake_samsar.inject(name, times=1)
    with pytest.raises(error):
        await client.create()
    assert (_made(client), len(client.fake_samsar.creates_for(PROMPT))) == (made, 1)
    assert (await client.create()).status == 200


async def test_oversized_sends_as_much_as_it_was_told(client: ApiClient) -> None:
    """It sends one JSON message of that size and makes the movie."""
    client.fake_samsar.inject(oversized(200_000), times=1)
    answer = await client.create()
    assert (len(answer.body["message"]), _made(client)) == (200_000, 1)


@pytest.mark.parametrize("fault", [oversized(), trickle(0)])
async def test_an_endless_body_ends_when_the_caller_leaves(client: ApiClient, fault: Fault) -> None:
    """The fake API continues after the caller's disconnect."""
    client.fake_samsar.inject(fault, times=1)
    async with aiohttp.ClientSession() as impatient:
        headers = {"Authorization": f"Bearer {KEY}"}
        url = f"{client.fake_samsar.base_url}create_movie"
        async with impatient.post(url, headers=headers, json={"input": INPUT}) as response:
            assert await response.content.readany()
            response.close()
    assert (await client.create()).status == 200
    assert _made(client) == 2


async def test_trickle_sends_one_blank_after_another(client: ApiClient, clock: Clock) -> None:
    """The injected sleep is used between two blanks."""
    client.fake_samsar.inject(trickle(3), times=1)
    async with client.session.get(
        f"{client.fake_samsar.base_url}status", headers={"Authorization": f"Bearer {KEY}"}, params={"request_id": "x"}
    ) as response:
        assert await response.content.readexactly(3) == b"   "
        response.close()
    assert set(clock.slept) == {3}


# Whole answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status", "made"),
    [
        ("401", 401, 0),
        ("402", 402, 0),
        ("429", 429, 0),
        ("429-retry-after", 429, 0),
        ("500", 500, 0),
        ("502", 502, 0),
        ("503", 503, 0),
        ("504", 504, 0),
        ("500-after", 500, 1),
        ("redirect", 302, 0),
        ("201", 201, 1),
    ],
)
async def test_a_status_can_be_had(client: ApiClient, name: str, status: int, made: int) -> None:
    """Each status has a JSON message.

    Only 201 and those called `after` make the movie.
    """
    client.fake_samsar.inject(name, times=1)
    answer = await client.create()
    assert (answer.status, _made(client)) == (status, made)
    if name not in {"redirect", "201"}:
        assert answer.body["message"]


async def test_201_leaves_refusals_alone(client: ApiClient) -> None:
    """An invalid order still gets 400."""
    client.fake_samsar.inject("201")
    assert (await client.create(duration=0)).status == 400


@pytest.mark.parametrize(
    ("fault", "header"),
    [(busy(), None), (busy(2.5), "2.5"), (busy(30), "30"), (busy(DATE), DATE)],
)
async def test_429_says_when_to_come_back(client: ApiClient, fault: Fault, header: str | None) -> None:
    """Retry-After is in seconds, a date, or missing."""
    client.fake_samsar.inject(fault)
    assert (await client.create()).headers.get("Retry-After") == header


async def test_a_redirect_that_is_followed_shows(client: ApiClient) -> None:
    """A caller that follows it appears in the record."""
    client.fake_samsar.inject(redirect("/trap", 307))
    answer = await client.create()
    assert (answer.status, answer.headers["Location"]) == (307, "/trap")
    assert [request.path for request in client.fake_samsar.requests] == ["/v1/video/create_movie"]


@pytest.mark.parametrize(
    ("name", "status", "content_type", "start", "made"),
    [
        ("html", 502, "text/html", b"<html>", 0),
        ("html-200", 200, "text/html", b"<html>", 1),
        ("not-json", 200, "text/plain", b"OK, on it!", 1),
        ("empty", 200, "application/json", b"", 1),
    ],
)
async def test_a_body_can_be_no_json(
    client: ApiClient, name: str, status: int, content_type: str, start: bytes, made: int
) -> None:
    """It can be a web page, plain text or empty."""
    client.fake_samsar.inject(name)
    answer = await client.create()
    assert (answer.status, _made(client)) == (status, made)
    assert answer.headers["Content-Type"].startswith(content_type)
    assert answer.body.startswith(start)


# Odd JSON: orders ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("no-id", []),
        ("session-id", ["session_id"]),
        ("session-id-camel", ["sessionID"]),
        ("wrong-types", ["request_id"]),
    ],
)
async def test_an_orders_answer_can_be_odd(client: ApiClient, name: str, keys: list[str]) -> None:
    """The movie is charged, and the id is missing, renamed or invalid."""
    client.fake_samsar.inject(name)
    answer = await client.create()
    assert (answer.status, list(answer.body)) == (200, keys)
    assert all(isinstance(value, list) == (name == "wrong-types") for value in answer.body.values())
    assert _made(client) == 1


async def test_not_an_object_is_a_json_array(client: ApiClient) -> None:
    client.fake_samsar.inject("not-an-object")
    assert (await client.create()).body == [1, 2, 3]


@pytest.mark.parametrize(("name", "seconds"), [("render-slow", 600.0), ("render-never", 1e12)])
async def test_a_render_can_take_longer(client: ApiClient, clock: Clock, name: str, seconds: float) -> None:
    """Past its usual time the movie is still PENDING.

    `render-never` never ends.
    """
    client.fake_samsar.inject(name)
    request_id = await client.order()
    clock.seconds += seconds - 1
    assert (await client.status(request_id)).body["status"] == "PENDING"
    clock.seconds += 1
    last = (await client.status(request_id)).body["status"]
    assert last == ("PENDING" if name == "render-never" else "COMPLETED")


# Odd JSON: status ---------------------------------------------------------------------------------------------------


async def _seen(client: ApiClient, name: str) -> dict[str, Any]:
    """Return a finished movie's status under this fault."""
    client.fake_samsar.inject(name, route=Route.STATUS)
    request_id = await client.order()
    early = await client.status(request_id)
    assert early.status == 200
    assert "url" not in json.dumps(early.body) or name == "failed-with-url"
    client.clock.seconds += 20
    return (await client.status(request_id)).body


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("no-url", "result", {"status": "COMPLETED"}),
        ("failed-with-url", "status", "FAILED"),
        ("backwards", "status", "PENDING"),
        ("unknown-status", "status", "DREAMING"),
        ("details-string", "details", "Painting the sky"),
        ("wrong-types", "status", 7),
        ("wrong-types", "details", 3.5),
        ("wrong-types", "result", ["not", "an", "object"]),
    ],
)
async def test_a_status_can_be_odd(client: ApiClient, name: str, key: str, value: object) -> None:
    assert (await _seen(client, name))[key] == value


async def test_backwards_forgets_all_progress(client: ApiClient) -> None:
    """Its status is that at the time of its order."""
    seen = await _seen(client, "backwards")
    assert set(seen["details"].values()) == {"INIT"}
    assert "result" not in seen


async def test_details_can_have_other_shapes(client: ApiClient) -> None:
    """They are an array, absent, or under the newer servers' name."""
    listed = await _seen(client, "details-array")
    assert listed["details"][0] == {"stage": "prompt_generation", "status": "COMPLETED"}
    client.fake_samsar.clear_faults()
    assert "details" not in await _seen(client, "details-absent")
    client.fake_samsar.clear_faults()
    assert (await _seen(client, "express-status"))["expressGenerationStatus"]["image_generation"] == "COMPLETED"


@pytest.mark.parametrize(
    "place", ["url", "result_url", "result_urls", "remoteURL", "videoLink", "video_link", "video.url"]
)
async def test_the_url_can_be_elsewhere(client: ApiClient, place: str) -> None:
    """Each known place is used, except `result`."""
    seen = await _seen(client, f"url-in-{place}")
    found = seen["video"]["url"] if place == "video.url" else seen[place]
    url = found[0] if place == "result_urls" else found
    assert url.startswith(f"{client.fake_samsar.origin}/movies/")
    assert "result" not in seen


async def test_the_url_can_be_relative(client: ApiClient) -> None:
    """It starts with a slash, and is relative to the API's host."""
    url = (await _seen(client, "relative-url"))["result"]["url"]
    assert url.startswith("/movies/")
    assert (await client.ask("GET", f"{client.fake_samsar.origin}{url}")).status == 200


async def test_a_movie_can_be_unknown_for_a_while(client: ApiClient) -> None:
    """404 once is a temporary fault, and without `times` a permanent one."""
    request_id = await client.finished()
    client.fake_samsar.inject("unknown-request", times=1)
    assert [(await client.status(request_id)).status for _ in range(2)] == [404, 200]
    client.fake_samsar.inject("unknown-request")
    assert {(await client.status(request_id)).status for _ in range(5)} == {404}
