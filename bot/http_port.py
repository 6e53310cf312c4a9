"""The HTTP port of an open bot: callbacks, /healthz, /readyz and /metrics."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncGenerator
from functools import partial

import structlog

from bot.app import App
from bot.composition import describe_stuck
from bot.core.errors import StorageError
from bot.core.program import PROGRAM
from bot.core.threads import run_in_daemon_thread
from bot.domain.process import Role, format_ids
from bot.services.movie_api import record_callback
from bot.settings import Settings
from bot.web import server
from bot.web.listener import ConnectionLimits, descriptor_limit
from bot.web.server import ServerConfig
from data import job_actions, leases
from data.storage import backups

_log = structlog.stdlib.get_logger(__name__)

DATABASE_TIMEOUT_SECONDS = 8.0
"""For the database's answer to monitoring; longer than its wait for another process's lock."""


@contextlib.asynccontextmanager
async def serve(app: App, port: int) -> AsyncGenerator[None]:
    """Serve on HOST and PORT."""
    settings, metrics = app.settings, app.metrics
    assert metrics is not None, "there is a port"
    limits = ConnectionLimits.for_descriptors(descriptor_limit())
    opened = server.serve(
        server_config(settings, port, limits),
        find_tokens=lambda hashes: app.database.read(job_actions.known_tokens, hashes),
        handle_callback=partial(record_callback, app.database) if app.process.role.takes_callbacks else None,
        not_ready=lambda: readiness_problems(app),
        metrics=lambda: metrics_page(app),
        refused=lambda refusal: metrics.refused_connections.labels(refusal.value).inc(),
        warnings=lambda: warnings(app),
    )
    async with opened as listened:
        _log.info("http_listening", host=settings.host, port=listened, max_connections=limits.total)
        yield


def server_config(settings: Settings, port: int, limits: ConnectionLimits) -> ServerConfig:
    """Return what the settings say of the HTTP server.

    `port` is PORT, where it is set.
    """
    return ServerConfig(settings.host, port, settings.metrics_public, settings.trusted_proxies, limits)


@contextlib.asynccontextmanager
async def _answering_in_time() -> AsyncGenerator[None]:
    """Fail where the database doesn't answer.

    Raises:
        StorageError: It doesn't, or it fails.
    """
    try:
        async with asyncio.timeout(DATABASE_TIMEOUT_SECONDS):
            yield
    except TimeoutError:
        raise StorageError("the database doesn't answer") from None


async def readiness_problems(app: App) -> tuple[str, ...]:
    """Return why the bot is not ready.

    Stuck work, the database, or the gateway.
    """
    missing = [describe_stuck(each) for each in app.worker.watchdog.stuck()]
    try:
        async with _answering_in_time():
            # a new time each time: SQLite does not write an unchanged row to disk
            await app.database.write(leases.record_heartbeat, app.process)
    except StorageError as exc:
        missing.append(str(exc))
    role = app.process.role
    if role.answers_members and (unready := app.client.unready_shards()):
        is_cut_off = len(unready) >= len(app.client.own_shards)
        missing.append(
            "the gateway isn't connected" if is_cut_off else f"shards that aren't connected: {format_ids(unready)}"
        )
    elif role is Role.WORKER and not app.client.http_ready.is_set():
        missing.append("the bot isn't logged in to Discord")
    return tuple(missing)


async def warnings(app: App) -> tuple[str, ...]:
    """Return what is wrong but stops no work here.

    A database that can't be read is a readiness problem.
    """
    try:
        async with _answering_in_time():
            missing = app.balance.missing(await app.database.read(job_actions.waiting_credits))
            unknown = await app.database.read(job_actions.unknown_jobs)
    except StorageError:
        return ()
    told: list[str] = []
    if missing:
        told.append(f"the balance at the API is {missing:,} credits short of what the queued movies cost")
    if unknown.count:
        told.append(
            f"unknown jobs: {unknown.count:,}, the oldest for {unknown.oldest_seconds / 86_400:.1f} days. See"
            f" `{PROGRAM} jobs list --state unknown`"
        )
    return tuple(told)


async def metrics_page(app: App) -> tuple[bytes, str]:
    """Return the metrics page and its content type.

    Without new database stats where the database can't be read.
    """
    assert app.metrics is not None, "there is a port"
    try:
        async with _answering_in_time():
            stats = await app.database.read(job_actions.stats)
            leads = app.process.role.works and await app.instance_lock.is_leader()
    except StorageError as exc:
        _log.warning("stats_unavailable", error=str(exc))
        stats, leads = None, False
    client = app.client
    gateway = app.process.role.answers_members
    latencies = dict(client.latencies) if gateway else {}
    app.metrics.show_process(
        leads=leads,
        shards={shard: latencies.get(shard, math.nan) for shard in client.own_shards} if gateway else {},
        ready=[shard.id for shard in client.ready_shards],
        shard_count=(client.shard_count or 0) if gateway else 0,
        backup_every_hours=app.settings.backup_every_hours,
        backup_age_seconds=await _backup_age(app) if leads else None,
    )
    return app.metrics.render(stats, app.balance)


async def _backup_age(app: App) -> float | None:
    """Return the age of the newest backup.

    Infinite where one is due and there is none, None where none is expected.
    """
    now, folder = app.clock.now(), app.settings.backup_dir
    try:
        newest = await run_in_daemon_thread(lambda: backups.newest_backup_at(folder, now))
    except OSError:  # the folder can't be read: then no backup can be found, either
        newest = None
    if newest is not None:
        return max(0, now - newest) / 1000
    return math.inf if app.settings.backup_every_hours else None
