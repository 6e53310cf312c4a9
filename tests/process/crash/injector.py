"""The bot with failpoints at which it kills itself.

It runs as LOOPBACK_MODULE. Nothing of the product knows of it: the connections of SQLite or psycopg, aiohttp's requests
and a few functions are wrapped from outside. Each moment that is passed is logged on stdout, as `@ NAME NUMBER`.

KILL_AT        NAME:NUMBER, the moment at which to die, such as `commit-before claim:2`
KILL_AFTER     how many moments of any name to live through
STOP_AT        NAME:NUMBER, the moment at which it gets a SIGTERM
ACK_TIMEOUT_MS, STALLED_CHECK_MS   shorten the minute after which an order without an accepted response is voided
WAL_CHECK_MS   shortens the minute after which the write-ahead log is checked again
LEASE_MS       shortens the leases of polls and notifications, and the time between IDENTIFYs
SUBMISSION_SECONDS   shortens how long a submission may take

The delays after a crash, a failed status poll, a rejected delivery and a lost gateway are shortened, too (see
`shorten_delays`).

The names: `start`, `opened` (the database is open, the worker not started), `recovered`, `ready`; on the way out
`leaving`, `stopping` (the worker), `closing` (the client), `database-closing`; `migrate-before` and `-after` (a
migration's commit); `commit-before WORK` and `commit-after WORK` for each transaction that changes something, by the
function that runs in it; and for each request WHAT-before, WHAT-sent (the bytes have left, the answer is not read),
WHAT-answered (it is read, and nothing was done with it), WHAT being one of _REQUESTS.
"""

import asyncio
import dataclasses
import functools
import os
import re
import runpy
import signal
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import aiohttp
import discord
import discord.backoff

import bot.composition
import bot.discord_client.client
import bot.discord_client.responses
import bot.domain.breaker
import bot.domain.delivery
import bot.domain.polling
import bot.domain.process
import bot.lifecycle
import bot.maintenance
import bot.samsar.client
import bot.samsar.config
import bot.services.orders
import bot.worker.notifier
import bot.worker.status_poller
import bot.worker.worker
import data.engine.sqlite
import data.leases
import data.renders
import data.storage.sqlite_migrations
from bot.domain.durations import DurationEstimate

CHARGING_PATHS = frozenset(f"/v1/video/{name}" for name in ("reroll-layers", "translate_video", "join_videos"))
COPY_PATHS = CHARGING_PATHS | {"/v1/video/add_subtitles", "/v1/video/remove_subtitles"}
"""Calls that make something of finished movies; the first ones are charged before they are answered."""

_REQUESTS = (
    ("POST", r".*/(create_movie|text_to_video|image_list_to_video)", "create"),
    ("POST", r".*/v1/video/upload_image_data", "upload"),
    ("POST", "|".join(COPY_PATHS), "copy"),
    ("GET", r".*/(v1/(video/)?|v2/video/step/)status", "status"),
    ("POST", r".*/v2/video/step/process_next", "resume"),
    ("POST", r".*/v1/video/cancel_render", "cancel"),
    ("GET", r"/movies/.*", "fetch"),
    ("POST", r".*/interactions/.*/callback", "answer"),
    ("POST", r".*/channels/\d+/messages", "message"),
    ("POST", r".*/channels/\d+/threads", "post"),
    ("PATCH", r".*/channels/\d+/messages/\d+", "card"),
    ("DELETE", r".*/channels/\d+/messages/\d+", "deletion"),
    ("PUT", r".*/commands", "register"),
    ("GET", r".*/users/@me", "login"),
)


class CrashInjector:
    """Counts failpoints, reports each, and kills the process at the chosen one."""

    def __init__(self, at: str, after: str, stop_at: str) -> None:
        self._at, self._stop_at = _moment(at), _moment(stop_at)
        self._after = int(after) if after else None
        self._passed: Counter[str] = Counter()
        self._lock = threading.Lock()

    def awaits(self, name: str) -> bool:
        """Return whether the process dies at the next moment of this name."""
        last = self._after is not None and self._passed.total() >= self._after
        return last or self._at == (name, self._passed[name] + 1)

    def __call__(self, name: str) -> None:
        """Pass a moment, or die."""
        with self._lock:
            die = self.awaits(name)
            self._passed[name] += 1
            os.write(1, f"@ {name} {self._passed[name]}\n".encode())
            if self._stop_at == (name, self._passed[name]):
                os.kill(os.getpid(), signal.SIGTERM)
            if die:
                os.kill(os.getpid(), signal.SIGKILL)
                threading.Event().wait()


def _moment(text: str) -> tuple[str, int] | None:
    name, _, number = text.rpartition(":")
    return (name, int(number)) if text else None


class Connection(sqlite3.Connection):
    """A connection whose commits are moments.

    `works` are what the commit at hand is for.
    """

    works: tuple[str, ...] = ()
    moment: CrashInjector

    def execute(self, sql: str, *params: Any) -> sqlite3.Cursor:
        """Run a statement, and pass the moments around a COMMIT."""
        if sql != "COMMIT":
            return super().execute(sql, *params)
        for work in self.works:
            self.moment(work.format("before"))
        cursor = super().execute(sql, *params)
        for work in self.works:
            self.moment(work.format("after"))
        return cursor


def _called(function: Any) -> str:
    """Name the function that a write runs.

    For a closure, it is the function that contains it.
    """
    if isinstance(function, functools.partial):
        return function.args[0].__name__
    return function.__qualname__.split(".<locals>")[0].rpartition(".")[2]


def watch_commits(moment: CrashInjector) -> None:
    """Make a moment of each commit to SQLite that changes something."""
    Connection.moment = moment
    sqlite3.connect = functools.partial(sqlite3.connect, factory=Connection)
    run_one, apply_next = data.engine.sqlite._run_one, data.storage.sqlite_migrations._apply_next

    def run(connection: Connection, waiting: Any, *, alone: bool) -> None:
        before = connection.total_changes
        run_one(connection, waiting, alone=alone)
        if connection.total_changes != before:
            connection.works = (*connection.works, f"commit-{{}} {_called(waiting.function)}")

    commit = data.engine.sqlite._commit

    def commit_and_forget(connection: Connection, group: Any) -> None:
        connection.works = ()
        commit(connection, group)

    def migrate_one(connection: Connection, *args: Any) -> Any:
        connection.works = ("migrate-{}",)
        return apply_next(connection, *args)

    data.engine.sqlite._run_one = run
    data.engine.sqlite._commit = commit_and_forget
    data.storage.sqlite_migrations._apply_next = migrate_one


def watch_requests(moment: CrashInjector) -> None:
    """Make three moments of each request."""
    request, start = aiohttp.ClientSession._request, aiohttp.ClientResponse.start

    async def requested(self: aiohttp.ClientSession, method: str, url: Any, **kwargs: Any) -> Any:
        name = _name_of(method, str(url))
        if name is not None:
            moment(f"{name}-before")
        response = await request(self, method, url, **kwargs)
        if name is not None:
            moment(f"{name}-answered")
        return response

    async def started(self: aiohttp.ClientResponse, connection: Any) -> Any:
        name = _name_of(self.method, str(self.url))
        if name is not None:
            if moment.awaits(f"{name}-sent"):
                await _bytes_gone(self)
            moment(f"{name}-sent")
        return await start(self, connection)

    aiohttp.ClientSession._request = requested
    aiohttp.ClientResponse.start = started


async def _bytes_gone(response: aiohttp.ClientResponse) -> None:
    """Let the event loop write the rest of a request."""
    for _ in range(10_000):
        if response._writer is None:
            break
        await asyncio.sleep(0)
    for _ in range(5):
        await asyncio.sleep(0)


def _name_of(method: str, url: str) -> str | None:
    path = re.sub(r"^\w+://[^/]+|\?.*", "", url)
    return next((name for verb, pattern, name in _REQUESTS if verb == method and re.fullmatch(pattern, path)), None)


def _before(holder: Any, name: str, moment: Callable[[], None]) -> None:
    function = getattr(holder, name)

    async def wrapped(*args: Any, **kwargs: Any) -> Any:
        moment()
        return await function(*args, **kwargs)

    setattr(holder, name, functools.wraps(function)(wrapped))


def watch_life(moment: CrashInjector) -> None:
    """Make moments of the start and the end."""
    recover = bot.worker.worker.Worker.recover

    async def recovered(self: Any) -> None:
        moment("opened")
        await recover(self)
        moment("recovered")

    bot.worker.worker.Worker.recover = recovered
    _before(bot.discord_client.client.Client, "on_shard_ready", functools.partial(moment, "ready"))
    _before(bot.lifecycle, "_shutdown", functools.partial(moment, "leaving"))
    _before(bot.worker.worker.Worker, "stop", functools.partial(moment, "stopping"))
    _before(bot.discord_client.client.Client, "close", functools.partial(moment, "closing"))
    _before(data.engine.sqlite.SqliteDatabase, "close", functools.partial(moment, "database-closing"))


_SHORT_DURATION = DurationEstimate(median=4.0, low=2.0, high=8.0, count=0)
"""How long a movie takes at first: with callbacks, the first poll comes after a quarter of it."""


def shorten_delays() -> None:
    """Shorten delays, and lift the API's rate limit."""
    _replace(bot.domain.process, _MIN_DELAY_SECONDS=0)
    _replace(bot.domain.delivery, INITIAL_RETRY_SECONDS=0.1)
    _replace(bot.domain.delivery, retry_delay=functools.partial(_soon, bot.domain.delivery.retry_delay))
    _replace(
        bot.domain.breaker,
        INITIAL_PAUSE_MS=100,
        INITIAL_TRIAL_PAUSE_MS=100,
        MAX_PAUSE_MS=200,
        MAX_TRIAL_PAUSE_MS=200,
        PROBE_LEASE_MS=2_000,  # a process that dies in a probe keeps the others waiting for it
    )
    _replace(bot.worker.status_poller, _ERROR_RETRY_SECONDS=0.1)
    _replace(data.renders, SETTLE_POLL_MS=100)
    _replace(discord.backoff.ExponentialBackoff, delay=lambda _: 0.1)
    _replace(discord.Client, before_identify_hook=_at_once)
    _replace(bot.services.orders, ACK_TIMEOUT_MS=int(os.environ.pop("ACK_TIMEOUT_MS", "60000")))
    _replace(bot.worker.worker, STALLED_CHECK_INTERVAL_MS=int(os.environ.pop("STALLED_CHECK_MS", "60000")))
    _replace(bot.maintenance, _WAL_CHECK_INTERVAL_MS=int(os.environ.pop("WAL_CHECK_MS", "60000")))
    if lease_ms := int(os.environ.pop("LEASE_MS", "0")):
        for part in (bot.worker.status_poller, bot.worker.notifier):
            _replace(part, LEASE_MS=lease_ms)
        # the processes of a test have one clock
        _replace(bot.discord_client.responses, MAX_CLOCK_DIFFERENCE_MS=0)
        _replace(data.leases, INTERVAL_MS=100)
        _replace(bot.domain.polling, DEFAULT_DURATION=_SHORT_DURATION)
    client_options = bot.samsar.config.ClientOptions(retry_pauses=(0.01, 0.02), requests_per_second=10_000.0)
    if seconds := float(os.environ.pop("SUBMISSION_SECONDS", "0")):
        client_options = dataclasses.replace(client_options, total_seconds=seconds)
        _replace(bot.worker.worker, _SUBMISSION_MARGIN_MS=0)
    _replace(bot.lifecycle, open_app=functools.partial(bot.composition.open_app, client_options=client_options))


def _replace(holder: Any, **values: Any) -> None:
    """Replace attributes, each of which must exist.

    A renamed delay would otherwise keep its length unnoticed.
    """
    for name, value in values.items():
        getattr(holder, name)
        setattr(holder, name, value)


def _soon(usual: Callable[..., float], attempts: int, *, definitely_failed: bool = True) -> float:
    """Return at most a second, for several failures in a row."""
    return min(1.0, usual(attempts, definitely_failed=definitely_failed))


async def _at_once(_client: discord.Client, _shard_id: int | None, *, initial: bool = False) -> None:
    """Identify again without the five seconds that Discord asks for."""


def main() -> None:
    """Run the bot that kills itself."""
    moment = CrashInjector(
        os.environ.pop("KILL_AT", ""), os.environ.pop("KILL_AFTER", ""), os.environ.pop("STOP_AT", "")
    )
    watch_commits(moment)
    if os.environ["DATABASE_URL"].startswith("postgresql:"):
        from tests.process.crash import postgresql_moments  # noqa: PLC0415 - psycopg takes long to import

        postgresql_moments.watch(moment, _called)
    watch_requests(moment)
    watch_life(moment)
    shorten_delays()
    moment("start")
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
