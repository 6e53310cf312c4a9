"""The process around the bot: start, signals and shutdown."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import gc
import os
import signal
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import aiohttp
import discord
import structlog

from bot import maintenance
from bot.app import App, open_app
from bot.errors import StartupError, StorageError
from bot.settings import Settings
from bot.web.connection_limits import ConnectionLimits, descriptor_limit
from bot.web.server import ServerConfig, ServerHandlers, serve
from bot.worker.watchdog import Stuck
from data import job_queries, key_value

_log = structlog.stdlib.get_logger(__name__)

SHUTDOWN_GRACE_SECONDS = 6.0
"""For running submissions and notifications. Hosts kill a process 10 to 30 seconds after SIGTERM."""

_CLOSE_SECONDS = 2.0

_GC_THRESHOLD = 10_000
"""New objects between garbage collections. With Python's 700, collections took a twentieth of the CPU time of
/movie, which creates hardly any cycles."""

_SHUTDOWN_TIMEOUT_SECONDS = 9.0
"""For the whole shutdown, whatever hangs: a locked database, a disk, a thread."""

_DATABASE_TIMEOUT_SECONDS = 8.0
"""For the database's answer to monitoring; longer than its wait for another process's lock."""


async def run(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT.

    Raises:
        StartupError: the token is rejected, the port is taken, the host wipes its disk, or work is stuck.
    """
    check_persistent_disk(settings)
    async with open_app(settings) as app, _http_server(app):
        gc.freeze()  # modules and classes live as long as the process, so the collector can skip them
        gc.set_threshold(_GC_THRESHOLD)
        gc.enable()
        stop = _install_signal_handlers()
        started_at = app.clock.now()
        await app.worker.start()
        tasks = [
            asyncio.create_task(maintenance.reconcile_ledger(app), name="audit"),
            asyncio.create_task(maintenance.remove_stale_downloads(app), name="tidy"),
            asyncio.create_task(maintenance.remove_old_copies(app), name="old-copies"),
            asyncio.create_task(maintenance.retry_command_sync(app, stop), name="register-commands"),
            asyncio.create_task(maintenance.run_scheduled_backups(app, stop), name="backups"),
            asyncio.create_task(maintenance.keep_log_short(app, stop), name="log"),
            stopped := asyncio.create_task(stop.wait(), name="stop"),
            gateway := asyncio.create_task(_connect(app, stop), name="gateway"),
            worker := asyncio.create_task(app.worker.wait_for_failure(), name="worker"),
            watchdog := asyncio.create_task(maintenance.run_watchdog(app, stop), name="watchdog"),
        ]
        try:
            await asyncio.wait((gateway, worker, watchdog, stopped), return_when=asyncio.FIRST_COMPLETED)
            if gateway.done() and not stop.is_set():
                _raise_startup_error(gateway)
            if worker.done() and not stop.is_set():
                raise StartupError("a part of the worker has ended; see the log above")
            if watchdog.done() and (stuck := watchdog.result()) is not None:
                raise StartupError(f"{_describe_stuck(stuck)}: ending, so that the supervisor restarts the bot")
        finally:
            if not stop.is_set():
                _end_in_time()
            await _shutdown(app, tasks, started_at)


async def _connect(app: App, stop: asyncio.Event) -> None:
    """Log in and stay connected, after a delay if earlier starts crashed."""
    if not await maintenance.log_in(app, stop):
        return
    await maintenance.apply_crash_backoff(app, stop)
    if not stop.is_set():
        await app.client.connect()


async def _shutdown(app: App, tasks: Sequence[asyncio.Task[Any]], started_at: int) -> None:
    """Reject new commands, finish what was sent, and close.

    All other work is in the database.
    """
    _log.info("shutdown_started")
    await app.client.reject_new_interactions()
    await app.worker.stop(SHUTDOWN_GRACE_SECONDS)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_CLOSE_SECONDS):
            await app.client.close()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_CLOSE_SECONDS / 2):
            await maintenance.reset_crash_backoff(app, started_at)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _install_signal_handlers() -> asyncio.Event:
    """Return an event set by SIGTERM or SIGINT.

    A second signal exits at once. A shutdown that exceeds its timeout ends the process with status 1 and a traceback.
    """
    stop = asyncio.Event()

    def on_signal(number: int) -> None:
        if stop.is_set():
            os._exit(128 + number)
        stop.set()
        _end_in_time()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # not supported on Windows, where Ctrl-C ends the process
            loop.add_signal_handler(number, on_signal, number)
    return stop


def check_persistent_disk(settings: Settings) -> None:
    """Reject hosts that delete their disk at every restart.

    Raises:
        StartupError: this is such a host (Heroku sets DYNO).
    """
    if os.environ.get("DYNO"):
        raise StartupError(
            f"this host wipes its disk at every restart, and the database {settings.database_path} with it: "
            "credits and running movies would be lost. Use a host with a volume that stays (see README, Running it)"
        )


def _end_in_time() -> None:
    """Exit with status 1 and a traceback after the shutdown's timeout."""
    faulthandler.dump_traceback_later(_SHUTDOWN_TIMEOUT_SECONDS, exit=True)


@contextlib.asynccontextmanager
async def _http_server(app: App) -> AsyncGenerator[None]:
    """Serve on HOST and PORT, if PORT is set."""
    settings, metrics = app.settings, app.metrics
    if settings.port is None or metrics is None:
        yield
        return
    handlers = ServerHandlers(
        find_tokens=lambda hashes: app.database.read(job_queries.known_tokens, hashes),
        handle_callback=app.callbacks.record,
        not_ready=lambda: _readiness_problems(app),
        metrics=lambda: _metrics(app),
        refused=lambda refusal: metrics.count_refused_connection(refusal.value),
    )
    limits = ConnectionLimits.for_descriptors(descriptor_limit())
    config = ServerConfig(settings.host, settings.port, settings.metrics_public, settings.trusted_proxies, limits)
    async with serve(config, handlers) as port:
        _log.info("http_listening", host=settings.host, port=port, max_connections=limits.total)
        yield


async def _readiness_problems(app: App) -> tuple[str, ...]:
    """Return why the bot is not ready.

    Stuck work, the database, or the gateway.
    """
    missing = [_describe_stuck(each) for each in app.worker.watchdog.stuck()]
    try:
        async with asyncio.timeout(_DATABASE_TIMEOUT_SECONDS):
            # a new value each time: SQLite does not write an unchanged row to disk
            await app.database.write(key_value.set_value, "ready", str(app.clock.now()))
    except StorageError as exc:
        missing.append(str(exc))
    except TimeoutError:
        missing.append("the database does not answer")
    if not app.client.is_ready():
        missing.append("the gateway is not connected")
    return tuple(missing)


def _describe_stuck(stuck: Stuck) -> str:
    return f"work is stuck: {stuck.work} {stuck.key}, for {stuck.seconds:.0f} s".replace(" ,", ",")


async def _metrics(app: App) -> tuple[bytes, str]:
    """Return the metrics page.

    Without new database stats where the database can't be read.
    """
    try:
        async with asyncio.timeout(_DATABASE_TIMEOUT_SECONDS):
            stats = await app.database.read(
                job_queries.stats, app.clock.now(), app.settings.max_failed_credits_per_member
            )
    except (StorageError, TimeoutError) as exc:
        _log.warning("stats_unavailable", error=str(exc) or "the database does not answer")
        stats = None
    assert app.metrics is not None, "there is a port"
    return app.metrics.render(stats)


def _raise_startup_error(gateway: asyncio.Task[None]) -> None:
    error = None if gateway.cancelled() else gateway.exception()
    match error:
        case None:
            raise StartupError("the connection to Discord has ended")
        case discord.LoginFailure() | discord.ConnectionClosed(code=4004):  # the gateway rejects the token
            raise StartupError(
                "Discord does not accept DISCORD_TOKEN: copy the bot's token from the developer portal"
            ) from error
        case aiohttp.ClientError() | OSError():
            raise StartupError(f"Discord cannot be reached: {_one_line(error)}") from error
        case discord.DiscordException():
            raise StartupError(f"Discord does not answer as it should: {_one_line(error)}") from error
        case _:
            raise error


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
