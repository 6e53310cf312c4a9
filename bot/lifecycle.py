"""The process around the bot: start, signals and shutdown."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import gc
import os
import signal
from collections.abc import AsyncGenerator, Coroutine, Sequence

import aiohttp
import discord
import structlog

from bot import maintenance
from bot.app import App
from bot.composition import describe_stuck, open_app
from bot.core.errors import ConfigurationError, StartupError, TokenRejected, one_line
from bot.core.program import PROGRAM
from bot.domain.process import ProcessInfo, Role
from bot.observability.traces import exported_traces
from bot.settings import Settings
from bot.worker.recovery import Stuck
from data.engine import move_record

_log = structlog.stdlib.get_logger(__name__)

SHUTDOWN_GRACE_SECONDS = 6.0
"""For running submissions and notifications. Hosts kill a process 10 to 30 seconds after SIGTERM."""

_CLOSE_SECONDS = 2.0

_GC_THRESHOLD = 10_000
"""New objects between garbage collections. With Python's 700, collections took a twentieth of the CPU time of
/movie, which creates hardly any cycles."""

_SHUTDOWN_TIMEOUT_SECONDS = 9.0
"""For the whole shutdown, whatever hangs: a locked database, a disk, a thread."""


async def run(settings: Settings, process: ProcessInfo) -> None:
    """Run what the process's role needs until SIGTERM or SIGINT.

    Raises:
        ConfigurationError: the role needs other settings.
        StartupError: the token is rejected, the port is taken, the host wipes its disk, or work is stuck.
        DatabaseMoved: the rows are in another database, now or after the connection to this one was lost.
    """
    check_role(settings, process.role)
    check_persistent_disk(settings)
    async with (
        exported_traces(settings.otel_exporter_otlp_endpoint, process),
        open_app(settings, process=process) as app,
        _http_port(app),
    ):
        gc.freeze()  # modules and classes live as long as the process, so the collector can skip them
        gc.set_threshold(_GC_THRESHOLD)
        gc.enable()
        stop = _install_signal_handlers()
        started_at = app.clock.now()
        if process.role.works:
            await app.worker.start()
        else:
            await app.worker.history.load()
            async with app.instance_lock.register():  # a worker that starts leaves the orders of a living process alone
                await app.database.read(move_record.reject_moved)
        tasks = _start_upkeep(app, stop)
        essential = [asyncio.create_task(each, name=name) for name, each in _essential(app, stop).items()]
        try:
            await _wait_for_end(essential, stop)
        finally:
            if not stop.is_set():
                _end_in_time()
            await _shutdown(app, [*tasks, *essential], started_at)


def _start_upkeep(app: App, stop: asyncio.Event) -> list[asyncio.Task[object]]:
    """Start the upkeep of the role.

    The process goes on without a task that ends with an error: it is logged.
    """
    tasks: list[asyncio.Task[object]] = []
    for name, work in _upkeep(app, stop).items():
        tasks.append(task := asyncio.create_task(work, name=name))
        task.add_done_callback(_log_error)
    return tasks


def _log_error(task: asyncio.Task[object]) -> None:
    if not task.cancelled() and task.exception() is not None:
        _log.critical("upkeep_ended", task=task.get_name(), exc_info=task.exception())


def _upkeep(app: App, stop: asyncio.Event) -> dict[str, Coroutine[None, None, object]]:
    """Return the upkeep of the role by task name."""
    role = app.process.role
    upkeep: dict[str, Coroutine[None, None, object]] = {
        "heartbeats": maintenance.send_heartbeats(app, stop),
        "signals": app.signals.publish_to(app.instance_lock.publish),
    }
    if role.answers_members:
        upkeep["register-commands"] = maintenance.retry_command_sync(app, stop)
    if app.settings.port is not None:  # monitoring shows it
        upkeep["balance"] = maintenance.watch_balance(app, stop)
    if app.settings.database_path is None:  # other processes record durations, too
        upkeep["durations"] = maintenance.reload_durations(app, stop)
    if not role.works:
        return upkeep
    return upkeep | {
        "daily": maintenance.work_daily(app, stop),
        "stale-downloads": maintenance.remove_stale_downloads(app, stop),
        "old-copies": maintenance.remove_old_copies(app, stop),
        "backups": maintenance.run_scheduled_backups(app, stop),
        "wal": maintenance.truncate_wal(app, stop),
        "erasures": maintenance.erase_members(app, stop),
        "retention": maintenance.forget_old_data(app, stop),
    }


def _essential(app: App, stop: asyncio.Event) -> dict[str, Coroutine[None, None, object]]:
    """Return the tasks whose end ends the process, by name."""
    role = app.process.role
    essential: dict[str, Coroutine[None, None, object]] = {
        "watchdog": maintenance.run_watchdog(app, stop),
        "move-check": maintenance.watch_for_move(app, stop),
    }
    if role.answers_members:
        essential["gateway"] = _connect(app, stop)
    elif role.works:
        essential["login"] = _stay_logged_in(app, stop)
    if role.works:
        essential["worker"] = app.worker.wait_for_failure()
    return essential


async def _wait_for_end(essential: Sequence[asyncio.Task[object]], stop: asyncio.Event) -> None:
    """Return at a stop.

    Raises:
        StartupError: an essential task has ended.
        DatabaseMoved: the rows are in another database.
    """
    stopped: asyncio.Task[object] = asyncio.create_task(stop.wait(), name="stop")
    try:
        done, _ = await asyncio.wait((*essential, stopped), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
    if stop.is_set():
        return
    for task in done:
        match task.get_name():
            case "gateway" | "login":
                _raise_startup_error(task)
            case "worker":
                raise StartupError("An internal worker stopped unexpectedly. See the log above.")
            case "move-check":
                task.result()  # it ends with an error only
            case _:
                stuck = task.result()
                assert isinstance(stuck, Stuck), "the watchdog ends with stuck work only"
                raise StartupError(f"Exiting so that the supervisor restarts the bot: {describe_stuck(stuck)}.")


async def _connect(app: App, stop: asyncio.Event) -> None:
    """Log in and stay connected, after a delay if earlier starts crashed."""
    if not await maintenance.log_in(app, stop):
        return
    await maintenance.apply_crash_backoff(app, stop)
    if not stop.is_set():
        await app.client.connect()


async def _stay_logged_in(app: App, stop: asyncio.Event) -> None:
    """Log in over REST, and return at the stop."""
    if await maintenance.log_in(app, stop):
        await stop.wait()


async def _shutdown(app: App, tasks: Sequence[asyncio.Task[object]], started_at: int) -> None:
    """Reject new commands, finish what was sent, and close.

    All other work is in the database.
    """
    _log.info("shutdown_started")
    await app.client.reject_new_interactions()
    if app.process.role.works:
        await app.worker.stop(SHUTDOWN_GRACE_SECONDS)
    with contextlib.suppress(TimeoutError):  # the process ends all the same, and its sessions with it
        async with asyncio.timeout(_CLOSE_SECONDS):
            await app.client.close()
    with contextlib.suppress(TimeoutError):  # the others see that this process is gone by its heartbeat
        async with asyncio.timeout(_CLOSE_SECONDS / 2):
            await maintenance.sign_off(app)
            if app.process.role.answers_members:
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


def check_role(settings: Settings, role: Role) -> None:
    """Reject settings that a role can't run with.

    Raises:
        ConfigurationError: several processes need PostgreSQL, and a web process needs a port.
    """
    problems: list[str] = []
    if role is not Role.ALL and settings.database_path is not None:
        problems.append(
            f"`{PROGRAM} {role}` shares its database with other processes, which only PostgreSQL supports. Set"
            f" DATABASE_URL=postgresql://…, or run `{PROGRAM}`, which does everything in one process."
        )
    if role.answers_members and settings.shards.is_part and settings.database_path is not None:
        problems.append(
            "SHARD_IDS leaves shards to other processes, and only PostgreSQL supports several processes. Set"
            " DATABASE_URL=postgresql://…, or leave SHARD_IDS empty."
        )
    if role is Role.WEB and settings.port is None:
        problems.append(f"`{PROGRAM} web` needs a port for the API's callbacks. Set PORT.")
    if problems:
        raise ConfigurationError(tuple(problems))


def check_persistent_disk(settings: Settings) -> None:
    """Reject hosts that delete their disk at every restart.

    Raises:
        StartupError: this is such a host (Heroku sets DYNO).
    """
    if os.environ.get("DYNO") and settings.database_path is not None:
        raise StartupError(
            "This host has no persistent disk (DYNO is set, as on Heroku), so the database"
            f" {settings.database_path} would be lost at every restart, with all credits and movies in progress."
            " Use a host with a volume, or PostgreSQL (see docs/operators.md)."
        )


def _end_in_time() -> None:
    """Exit with status 1 and a traceback after the shutdown's timeout."""
    faulthandler.dump_traceback_later(_SHUTDOWN_TIMEOUT_SECONDS, exit=True)


@contextlib.asynccontextmanager
async def _http_port(app: App) -> AsyncGenerator[None]:
    """Serve on HOST and PORT, if PORT is set. Only then, the server's modules are needed."""
    if app.settings.port is None:
        yield
        return
    from bot import http_port

    async with http_port.serve(app, app.settings.port):
        yield


def _raise_startup_error(gateway: asyncio.Task[object]) -> None:
    error = None if gateway.cancelled() else gateway.exception()
    match error:
        case None:
            raise StartupError("The connection to Discord ended unexpectedly.")
        case discord.LoginFailure() | discord.ConnectionClosed(code=4004):  # the gateway rejects the token
            raise TokenRejected from error
        case discord.ConnectionClosed(code=4011):  # a shard may serve 2,500 servers
            raise StartupError(
                "Discord requires more shards, because the bot is in too many servers for SHARD_COUNT. Raise it, or"
                " leave SHARD_COUNT and SHARD_IDS empty."
            ) from error
        case aiohttp.ClientError() | OSError():
            raise StartupError(f"Can't reach Discord: {one_line(error)}") from error
        case discord.DiscordException():
            raise StartupError(f"Unexpected answer from Discord: {one_line(error)}") from error
        case _:
            raise error
