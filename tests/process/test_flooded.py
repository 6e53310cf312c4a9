"""A flooded process with 128 descriptors still makes movies."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest

from tests.helpers.fake_discord.interactions import written
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import MOVIE, matinee, port_of

DESCRIPTORS = 128
CALLERS = 300
"""More than twice the connections that the process could hold."""

BETWEEN = 0.2
"""Seconds between a caller's connections."""

SPARE = 16
"""Free descriptors at the height of a flood."""

WITHIN = 40.0
"""Seconds for each step. The flood, the fakes and the process share the machine's processors."""

SETTINGS = {"PORT": "0", "HOST": "127.0.0.1", "LOOPBACK_DESCRIPTORS": str(DESCRIPTORS), "ATTACH_MOVIES": "off"}
HALF = b"POST /callbacks/x HTTP/1.1\r\nHost: x\r\nContent-Le"
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
BODY = b"POST /callbacks/" + b"x" * 43 + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n{"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and looks into another process")


def open_descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


async def hold(port: int, said: bytes) -> None:
    """Hold a connection open, and soon replace it when the server closes it."""
    while True:
        await asyncio.sleep(BETWEEN)  # else the flood would take what the process needs of this machine
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(said)
                while await reader.read(4096):
                    pass
            finally:
                writer.close()


async def knock(port: int) -> None:
    while True:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.transport.abort()


FLOODS: dict[str, Callable[[int], Coroutine[None, None, None]]] = {
    "half-open": lambda port: hold(port, HALF),
    "answered": lambda port: hold(port, WHOLE),
    "slow bodies": lambda port: hold(port, BODY),
    "flooding": knock,
}
SAMPLE = {"half-open", "slow bodies"}


@contextlib.asynccontextmanager
async def flooded(port: int, flood: Callable[[int], Coroutine[None, None, None]]) -> AsyncIterator[None]:
    callers = [asyncio.create_task(flood(port)) for _ in range(CALLERS)]
    try:
        yield
    finally:
        for caller in callers:
            caller.cancel()
        await asyncio.gather(*callers, return_exceptions=True)


async def refused_by(port: int) -> float:
    async with aiohttp.ClientSession() as session:
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
                    assert answer.status == HTTPStatus.OK
                    lines = (await answer.text()).splitlines()
                    name = 'matinee_http_connections_refused_total{limit="total"} '
                    return next((float(line.removeprefix(name)) for line in lines if line.startswith(name)), 0.0)


@pytest.mark.parametrize(
    "flood",
    [pytest.param(each, id=name, marks=() if name in SAMPLE else pytest.mark.slow) for name, each in FLOODS.items()],
)
async def test_a_flooded_process_takes_an_order_and_delivers_the_movie(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, flood: Callable[[int], Coroutine[None, None, None]]
) -> None:
    async with matinee(discord, api, tmp_path, **SETTINGS) as bot:
        port = await port_of(bot)
        await discord.ready()
        async with flooded(port, flood):
            if flood is not knock:
                await bot.wait_for_line("http_connections_refused")
            for number in (1, 2, 3):
                await discord.slash(discord.user_id, "movie", MOVIE, timeout=WITHIN)
                await api.ordered(number, timeout=WITHIN)
                api.finish(f"movie-{number}")
                url = api.movie_url(f"movie-{number}")
                await discord.wait_for_message(lambda m, url=url: url in written(m), timeout=WITHIN)
            assert open_descriptors(bot.pid) < DESCRIPTORS - SPARE
        if flood is not knock:
            assert await refused_by(port) > 0
        await bot.stop()
    assert not [line for line in bot.stderr if "Too many open files" in line]
