"""What /metrics shows of an open bot."""

from __future__ import annotations

import asyncio
import math

import structlog

from bot.app import App
from bot.core.errors import StorageError
from bot.core.threads import run_in_daemon_thread
from data import job_actions
from data.storage import backups

_log = structlog.stdlib.get_logger(__name__)

DATABASE_TIMEOUT_SECONDS = 8.0
"""For the database's answer to monitoring; longer than its wait for another process's lock."""


async def metrics_page(app: App) -> tuple[bytes, str]:
    """Return the metrics page and its content type.

    Without new database stats where the database can't be read.
    """
    assert app.metrics is not None, "there is a port"
    try:
        async with asyncio.timeout(DATABASE_TIMEOUT_SECONDS):
            stats = await app.database.read(job_actions.stats)
            leads = app.process.role.works and await app.instance_lock.is_leader()
    except (StorageError, TimeoutError) as exc:
        _log.warning("stats_unavailable", error=str(exc) or "the database doesn't answer")
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
