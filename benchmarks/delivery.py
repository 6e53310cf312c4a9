"""From COMPLETED at the API to the movie in the channel: by a callback, and by a poll.

Real processes and HTTP on loopback; links, not attachments. The worker gathers polls for a quarter of a second.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import aiohttp

from benchmarks.bot_processes import DEPLOYED, Running, running
from benchmarks.harness import Row, Size, Spread, check
from tests.helpers.fake_discord.interactions import written
from tests.helpers.ports import free_port

_OPTIONS = {"prompt": "a red balloon over the sea", "duration": 10}
_OFTEN_SECONDS = 0.05
"""Between two polls, where the time after a poll is measured."""

_SUBMITTED_SECONDS = 0.2
"""Until the API's answer to the order is recorded."""

_TIMEOUT = 30.0

_EVERY_30_S = "15.0 s"
"""The mean wait for a poll every 30 seconds, without anything that follows it."""


async def measure(size: Size) -> list[Row]:
    """Measure one movie after the other."""
    port = free_port()
    served = {"PORT": str(port), "PUBLIC_URL": "https://matinee.example", "ATTACH_MOVIES": "off"}
    often = {f"POLL_{which}_SECONDS": str(_OFTEN_SECONDS) for which in ("FASTEST", "SLOWEST")}
    called = await _delivered(size, served, lambda bot, number: _call_back(bot, port, number))
    polled = await _delivered(size, {**often, "ATTACH_MOVIES": "off"}, lambda _, __: asyncio.sleep(0))
    return [
        _row("COMPLETED at the API to the movie in the channel, by a callback", called),
        _row(f"the same by a poll, which comes every {_OFTEN_SECONDS:g} s here (when it comes: see polling)", polled),
    ]


async def _delivered(
    size: Size, env: Mapping[str, str], tell: Callable[[Running, int], Awaitable[object]]
) -> list[float]:
    """Return how long each of some movies took from its end to its message, in seconds."""
    took: list[float] = []
    async with running(DEPLOYED, size.folder, env=env) as bot:
        bot.api.clear_faults()
        for number in range(1, size.of(40, 2) + 1):
            member, channel = next(bot.members)
            await bot.discord.slash(member, "movie", _OPTIONS, channel_id=channel)
            await bot.api.ordered(number)
            name = f"movie-{number}"
            await asyncio.sleep(_SUBMITTED_SECONDS)
            ended = time.perf_counter()
            bot.api.finish(name)
            await tell(bot, number)
            url = bot.api.movie_url(name)
            await bot.discord.wait_for_message(lambda sent, url=url: url in written(sent), timeout=_TIMEOUT)
            took.append(time.perf_counter() - ended)
        check("movies that were ordered", len(bot.api.orders), len(took))
    return took[1:]


async def _call_back(bot: Running, port: int, number: int) -> None:
    secret = bot.api.orders[-1]["webhookUrl"].rpartition("/")[2]
    body = {"request_id": f"movie-{number}", "status": "COMPLETED"}
    url = f"http://127.0.0.1:{port}/callbacks/{secret}"
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        check("the callback's status", response.status, 202)


def _row(figure: str, took: list[float]) -> Row:
    spread = Spread.over(took)
    ours = f"{1000 * spread.median:.0f} ms, at most {1000 * spread.high:.0f} ms"
    return Row(figure, "polling every 30 s", ours, _EVERY_30_S, None, "≤ 1 s", spread.median <= 1)
