"""A cancelled caller learns whether the order may have been sent."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import ConnectFailed
from bot.samsar.client import SamsarClient
from tests.unit.samsar.conftest import REQUEST, ReceivedRequest, endpoints, hangs, serving


async def cancelled(order: asyncio.Task[str]) -> BaseException | None:
    """Cancel the order, and return why it was not sent.

    None: it may have been sent.
    """
    order.cancel()
    with pytest.raises(asyncio.CancelledError) as caught:
        await order
    return caught.value.__cause__


async def test_an_order_that_waits_for_its_turn_never_left() -> None:
    """The rate limit delays it, so its job can be requeued."""
    heard = asyncio.Event()

    async def answer(received: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        heard.set()
        await hangs(received, writer)

    async with (
        serving(answer) as server,
        SamsarClient.open(endpoints(server.base_url, requests_per_second=1)) as client,
    ):
        first = asyncio.create_task(client.create_movie(REQUEST))
        await heard.wait()
        second = asyncio.create_task(client.create_movie(REQUEST))
        await asyncio.sleep(0)
        assert isinstance(await cancelled(second), ConnectFailed)
        assert len(server.requests) == 1
        await cancelled(first)


async def test_an_order_without_a_connection_never_left() -> None:
    knocked = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        knocked.set()
        await reader.read()
        writer.close()
        gone.set()

    gone = asyncio.Event()

    listener = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    async with listener, SamsarClient.open(endpoints(f"https://127.0.0.1:{port}/v1/video/")) as client:
        order = asyncio.create_task(client.create_movie(REQUEST))
        await knocked.wait()
        assert isinstance(await cancelled(order), ConnectFailed)
        await gone.wait()


async def test_an_order_that_had_a_connection_may_have_left() -> None:
    """It may have been sent once a connection was open."""
    heard = asyncio.Event()

    async def answer(received: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        heard.set()
        await hangs(received, writer)

    async with serving(answer) as server, SamsarClient.open(endpoints(server.base_url)) as client:
        order = asyncio.create_task(client.create_movie(REQUEST))
        await heard.wait()
        assert await cancelled(order) is None
