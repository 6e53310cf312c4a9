"""A fault applies as often as told, where it is told. What each answers is in test_answers.py."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import FaultInjector, Route
from bot.sandbox.faults import FAULTS, no_response
from tests.unit.sandbox.conftest import INPUT, KEY, ApiClient, Clock


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
