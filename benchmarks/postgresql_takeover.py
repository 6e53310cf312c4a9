"""A killed worker's work on PostgreSQL: when another worker does it, and that each movie is posted once.

Real processes: a gateway, and workers that are killed one after the other. The first is killed while its status polls
have no answer, the second while Discord has accepted its messages and has not answered.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from benchmarks.harness import Row, Size, Spread, check
from benchmarks.postgresql import benchmark_server
from bot.sandbox.fault_injection import Route
from bot.worker.status_poller import LEASE_MS
from tests.helpers.fake_discord.interactions import written
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.postgres_server import create_migrated_database
from tests.process.bot_process import environment

_LEASE = LEASE_MS / 1000
_MARGIN = 15.0
"""Seconds. A worker looks for work that no signal told it about every 15 seconds."""

_MOVIES = 10
_PATIENCE = 60.0

_END_OF_LEASE = 25.0
"""Seconds of a lease that are waited for. What comes before is taken off by hand, and counted."""

_POLLS = "UPDATE jobs SET leased_until = leased_until - %s WHERE leased_until IS NOT NULL"
_ENDED_POLLS = "UPDATE jobs SET leased_until = 1 WHERE leased_until IS NOT NULL"
_ENDED_NOTIFICATIONS = "UPDATE outbox SET leased_until = 1 WHERE leased_until IS NOT NULL"


async def measure(size: Size) -> list[Row]:
    """Kill a worker that polls, then one that posts."""
    movies = size.of(_MOVIES, 2)
    with benchmark_server() as server, TemporaryDirectory(dir=size.folder) as folder:
        url = await asyncio.to_thread(create_migrated_database, server, "takeover")
        async with FakeDiscord() as discord, ManualSamsar() as api, AsyncExitStack() as gateways:
            processes = _Processes(discord, api, Path(folder), url)
            await gateways.enter_async_context(processes.started("gateway"))
            await discord.ready(timeout=_PATIENCE)
            async with processes.started("worker") as first, AsyncExitStack() as workers:
                unanswered = await _order(processes, movies)
                second = await workers.enter_async_context(processes.started("worker"))
                after = await _taken_over(size, processes, first, movies, unanswered)
                posted = await _posted(processes, second, movies)
        _check(url, movies)
    return [
        Row(
            f"a killed worker's {movies} jobs are polled again",
            "its lease",
            f"after {min(after):.0f} to {max(after):.0f} s",
            f"{_LEASE:.0f} s",
            Spread.over([each / _LEASE for each in after]),
            f"≤ the lease and {_MARGIN:.0f} s",
            max(after) <= _LEASE + _MARGIN,
        ),
        Row(
            "messages for each movie, whose worker is killed before Discord's answer (its lease ended by hand)",
            "",
            f"{max(posted.values())} for each of {len(posted)}",
            "",
            None,
            "1, always",
            set(posted.values()) == {1} and len(posted) == movies,
        ),
    ]


class _Processes:
    """Starts the bot's processes on one database, with one Discord and one API."""

    def __init__(self, discord: FakeDiscord, api: ManualSamsar, folder: Path, url: str) -> None:
        self.discord = discord
        self.api = api
        self.url = url
        self._folder = folder

    @asynccontextmanager
    async def started(self, role: str) -> AsyncIterator[BotProcess]:
        """Start a process of this role; it is killed at the end of the block."""
        env = environment(
            self.discord,
            self.api,
            DATABASE_URL=self.url,
            MEMBER_MONTHLY_CREDITS="1000000",
            PLAN_MONTHLY_CREDITS="1000000",
            MAX_RENDERING_JOBS=str(_MOVIES),
            MAX_RENDERING_JOBS_PER_MEMBER=str(_MOVIES),
            POLL_FASTEST_SECONDS="1",
            POLL_SLOWEST_SECONDS="1",
        )
        async with BotProcess(self.discord.url, workdir=self._folder, env=env, args=(role,), anew=True) as process:
            yield process

    def change(self, statement: str, *params: int) -> None:
        """Run a statement on the database."""
        with closing(psycopg.connect(self.url, autocommit=True)) as connection:
            connection.execute(statement.encode(), params)


async def _order(processes: _Processes, movies: int) -> asyncio.Event:
    """Order movies, and wait until the status poll of each has no answer.

    They are answered when the event is set.
    """
    discord, api = processes.discord, processes.api
    for _ in range(movies):
        await discord.slash(discord.user_id, "movie", {"prompt": "a red boat", "duration": 1})
    await api.ordered(movies, timeout=_PATIENCE)
    unanswered = api.hold(Route.STATUS)
    await asyncio.gather(*(api.polled(each, timeout=_PATIENCE) for each in _request_ids(movies)))
    return unanswered


async def _taken_over(
    size: Size, processes: _Processes, worker: BotProcess, movies: int, unanswered: asyncio.Event
) -> list[float]:
    """Kill a worker, and return how many seconds later each job was polled again."""
    worker.kill()
    await worker.wait_exit()
    killed = time.monotonic()
    unanswered.set()
    saved = _LEASE - (_END_OF_LEASE if size.whole else 2)
    await asyncio.to_thread(processes.change, _POLLS, int(1000 * saved))
    return await asyncio.gather(*(_polled_after(processes.api, each, killed, saved) for each in _request_ids(movies)))


async def _polled_after(api: ManualSamsar, request_id: str, killed: float, saved: float) -> float:
    await api.polled(request_id, timeout=_LEASE + _PATIENCE)
    return time.monotonic() - killed + saved


async def _posted(processes: _Processes, worker: BotProcess, movies: int) -> Counter[str]:
    """Kill a worker while it posts, start another, and count each movie's messages."""
    discord, api = processes.discord, processes.api
    urls = {api.movie_url(each) for each in _request_ids(movies)}
    unanswered = asyncio.Event()
    posting = discord.fail("POST", "/channels/*/messages", times=None, at="after", hold=unanswered)
    for each in _request_ids(movies):
        api.finish(each)
    await discord.wait_for_message(lambda message: any(url in written(message) for url in urls), timeout=_PATIENCE)
    worker.kill()
    await worker.wait_exit()
    posting.lift()
    unanswered.set()
    for statement in (_ENDED_POLLS, _ENDED_NOTIFICATIONS):
        await asyncio.to_thread(processes.change, statement)
    async with processes.started("worker"):
        await discord.until(
            lambda: len(_messages(discord, urls)) == movies or None, timeout=_PATIENCE, what=f"{movies} movies"
        )
        await _settled(processes)
    return _messages(discord, urls)


async def _settled(processes: _Processes) -> None:
    """Wait until no notification is pending, so that a second message would have been sent."""
    for _ in range(round(_PATIENCE / 0.1)):
        with closing(psycopg.connect(processes.url)) as connection:
            found = connection.execute("SELECT COUNT(*) FROM outbox WHERE status = 'pending'").fetchone()
        if found == (0,):
            return
        await asyncio.sleep(0.1)
    check("pending notifications", found, (0,))


def _request_ids(movies: int) -> list[str]:
    return [f"movie-{number + 1}" for number in range(movies)]


def _messages(discord: FakeDiscord, urls: set[str]) -> Counter[str]:
    return Counter(url for message in discord.messages() for url in urls if url in written(message))


def _check(url: str, movies: int) -> None:
    with closing(psycopg.connect(url)) as connection:
        found = connection.execute("SELECT state, COUNT(*) FROM jobs GROUP BY state").fetchall()
    check("jobs", found, [("completed", movies)])
