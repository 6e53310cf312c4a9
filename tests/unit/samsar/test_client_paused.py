"""A client that pauses its status requests."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import RateLimited
from bot.samsar.client import SamsarClient
from tests.unit.samsar.conftest import CREATED, PENDING, REQUEST, endpoints, says, serving


async def test_no_status_is_requested_during_a_pause() -> None:
    """A shorter pause does not end a longer one, and orders continue."""
    clock = [100.0]
    async with (
        serving(says(CREATED, PENDING)) as server,
        SamsarClient.open(endpoints(server.base_url), now=lambda: clock[0]) as client,
    ):
        client.pause_status(30.0)
        client.pause_status(5.0)
        clock[0] += 29.0
        with pytest.raises(RateLimited) as caught:
            await client.get_status("a")
        assert caught.value.retry_after == 1.0
        await client.create_movie(REQUEST)
        clock[0] += 1.0
        await client.get_status("a")
    assert [sent.method for sent in server.requests] == ["POST", "GET"]


async def test_requests_that_wait_for_the_rate_limit_are_not_sent_after_a_pause_began() -> None:
    async with (
        serving(says(PENDING)) as server,
        SamsarClient.open(endpoints(server.base_url, requests_per_second=2.0)) as client,
    ):
        polls = [asyncio.ensure_future(client.get_status(f"{number}")) for number in range(4)]
        await polls[0]
        client.pause_status(60.0)
        ended = await asyncio.gather(*polls, return_exceptions=True)
    assert [isinstance(each, RateLimited) for each in ended] == [False, False, True, True]
    assert len(server.requests) == 2


async def test_a_clock_that_is_set_back_ends_a_pause() -> None:
    clock = [10_000.0]
    async with (
        serving(says(PENDING)) as server,
        SamsarClient.open(endpoints(server.base_url), now=lambda: clock[0]) as client,
    ):
        client.pause_status(30.0)
        clock[0] -= 3600.0
        await client.get_status("a")
    assert len(server.requests) == 1
