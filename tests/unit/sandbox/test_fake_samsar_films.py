"""The movie files that the fake API makes."""

from __future__ import annotations

import asyncio
import io

import aiohttp
import av
import pytest

from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from tests.unit.sandbox.conftest import KEY, ApiClient, Clock


async def test_the_url_is_a_real_film(session: aiohttp.ClientSession, clock: Clock) -> None:
    """It needs no key, and ranges work."""
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


async def test_without_rendering_every_movie_is_the_same_tiny_film(client: ApiClient) -> None:
    """Load tests need movie files that cost little to make."""
    urls = [(await client.status(await client.finished())).body["result"]["url"] for _ in range(2)]
    first, second = [(await client.ask("GET", url, key=None)).body for url in urls]
    assert first == second
    assert 1000 < len(first) < 50_000


async def test_a_film_that_is_not_finished_cannot_be_had(client: ApiClient) -> None:
    """Unknown ids get a 404, too."""
    request_id = await client.order()
    for name in (request_id, "nobody", "..%2f..%2fetc%2fpasswd"):
        assert (await client.ask("GET", f"{client.fake_samsar.origin}/movies/{name}.mp4")).status == 404
