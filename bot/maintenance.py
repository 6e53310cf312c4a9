"""Scheduled upkeep: reconciliation, backups, cleanup, command sync and crash backoff."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
from pathlib import Path

import structlog

from bot.app import App
from bot.core.errors import DatabaseMoved, SamsarError, StorageError
from bot.core.program import return_memory
from bot.core.threads import run_in_daemon_thread
from bot.domain import process
from bot.domain.catalogue import compare
from bot.domain.credits import DAY_MS
from bot.domain.process import HEARTBEAT_MS, ProcessInfo
from bot.downloads.downloader import DownloadPolicy, remove_stale
from bot.services import cancellations
from bot.services.orders import REFRESH_MS
from bot.services.privacy import clear_old_data
from bot.worker.recovery import Stuck
from data import availability, job_actions, leases, rate_limits, reconciliation
from data.database import Transaction
from data.engine import move_record, sqlite
from data.storage import backups, engines

_log = structlog.stdlib.get_logger(__name__)

_RETRY_AFTER_ERROR_MS = 600_000
_STABLE_UPTIME_MS = 60_000
_WAL_CHECK_INTERVAL_MS = 60_000
_RETENTION_INTERVAL_MS = 3_600_000
_ERASURE_INTERVAL_MS = 60_000
_LEADER_CHECK_INTERVAL_MS = 60_000
_DURATIONS_RELOAD_MS = 600_000
_COMMAND_SYNC_RETRY_MS = (60_000, 300_000, 1_800_000)
_MOVE_CHECK_RETRY_MS = 1_000
_LOGIN_RETRY_MS = (1_000, 2_000, 5_000, 15_000, 30_000, 60_000)

WATCHDOG_INTERVAL_MS = 5_000
"""How often running work is checked."""


_Work = Callable[[App], Awaitable[int]]
"""Upkeep, which returns the milliseconds until its next run."""

_Loop = Callable[[App, asyncio.Event], Coroutine[None, None, None]]


def _repeated(
    failed: str, retry_ms: int, *, level: int = logging.WARNING, after_ready: bool = False
) -> Callable[[_Work], _Loop]:
    """Decorate upkeep to run until the stop, after a failure again in `retry_ms`.

    `failed` is the log line of a failure. `after_ready`: the first run waits for the first connection. Such work may
    take much memory, which is given back.
    """

    def decorate(work: _Work) -> _Loop:
        @functools.wraps(work)
        async def run(app: App, stopping: asyncio.Event) -> None:
            if after_ready:  # it must not delay the first connection
                await app.client.http_ready.wait()
                if app.process.role.answers_members:
                    await app.client.wait_until_ready()
            while not stopping.is_set():
                try:
                    pause = await work(app)
                except (StorageError, OSError) as exc:
                    _log.log(level, failed, error=str(exc))
                    pause = retry_ms
                if after_ready:
                    return_memory()
                await app.clock.wait(stopping, app.clock.now() + pause)

        return run

    return decorate


@_repeated("daily_work_failed", _LEADER_CHECK_INTERVAL_MS, level=logging.ERROR, after_ready=True)
async def work_daily(app: App) -> int:
    """Audit the ledger, end unknown jobs and compare the catalogue, after the start and once a day.

    Of several processes, the leader does it. Another one that becomes the leader does it within a minute. So does one
    whose database failed.
    """
    if await app.instance_lock.is_leader():
        await reconcile_ledger(app)
        await cancellations.end_unknown_jobs(app.database, app.clock, app.settings.unknown_days)
        await follow_price_list(app)
        return DAY_MS
    if app.metrics is not None:
        app.metrics.show_discrepancies(None)
        app.metrics.show_differences(None)
    return _LEADER_CHECK_INTERVAL_MS


async def reconcile_ledger(app: App) -> None:
    """Compare all totals with the ledger, and log discrepancies.

    Raises:
        StorageError: The database fails.
    """
    discrepancies = await app.database.read_long(reconciliation.find_discrepancies)
    for discrepancy in discrepancies:
        _log.error("ledger_discrepancy", discrepancy=discrepancy)
    _log.info("ledger_reconciled", discrepancies=len(discrepancies))
    if app.metrics is not None:
        app.metrics.show_discrepancies(len(discrepancies))


async def follow_price_list(app: App) -> None:
    """Compare the catalogue with the API's list of models, and log what differs.

    From then on, what is gone isn't offered, and what costs more is sold at that price. Without an answer, what was
    found before still holds.

    Raises:
        StorageError: The database fails.
    """
    if not app.settings.api_profile.has_price_list:
        return
    try:
        listed = await app.samsar.list_models()
    except SamsarError as exc:
        _log.warning("catalogue_not_compared", error=str(exc))
        return
    if listed is None:
        return
    differences = compare(app.database.policy.catalogue, listed)
    await app.database.write(availability.follow, differences)
    for each in differences:
        level = logging.ERROR if each.type.is_wrong else logging.INFO
        about = {"kind": each.kind.value, "model": each.key, "price": each.price, "listed_price": each.listed_price}
        _log.log(level, "catalogue_difference", difference=each.type.value, **about)
    if app.metrics is not None:
        app.metrics.show_differences(Counter(each.type for each in differences))


@_repeated("stale_downloads_cleanup_failed", DAY_MS, after_ready=True)
async def remove_stale_downloads(app: App) -> int:
    """Remove the temporary files of killed processes, after the start and once a day."""
    removed = await run_in_daemon_thread(lambda: remove_stale(DownloadPolicy().folder, app.clock.now() / 1000))
    if removed:
        _log.info("stale_downloads_removed", files=removed)
    return DAY_MS


@_repeated("old_copies_cleanup_failed", DAY_MS, after_ready=True)
async def remove_old_copies(app: App) -> int:
    """Keep the newest BACKUP_KEEP copies beside the database, none for longer than RETENTION_DAYS.

    Upgrades, restores and moves left them. Those of PostgreSQL are in the folder for backups. Each process that works
    removes those of its own machine, after the start and once a day.
    """
    settings, now = app.settings, app.clock.now()
    path = settings.database_path or settings.backup_dir / backups.POSTGRESQL
    before = now - settings.retention_days * DAY_MS if settings.retention_days else 0
    removed = await run_in_daemon_thread(lambda: backups.prune_copies(path, settings.backup_keep, now, before=before))
    if removed:
        _log.info("old_copies_removed", files=len(removed))
    return DAY_MS


@_repeated("heartbeat_failed", HEARTBEAT_MS)
async def send_heartbeats(app: App) -> int:
    """Record from time to time that this process is alive.

    The API's rate is shared by the workers that are alive.
    """
    working = await app.database.write(_send_heartbeat, app.process, limits=app.settings.database_path is None)
    app.samsar.share_rate(max(1, working))
    return HEARTBEAT_MS


def _send_heartbeat(tx: Transaction, own: ProcessInfo, *, limits: bool) -> int:
    """Record a heartbeat, and return how many processes work. `limits`: the rate limits are in the database, too."""
    leases.record_heartbeat(tx, own)
    if limits:
        rate_limits.forget_empty(tx)
    return leases.count_working(tx)


async def watch_for_move(app: App, stopping: asyncio.Event) -> None:
    """Check for a move after each loss of the session.

    A move excludes only processes whose session lives, so there may have been one meanwhile.

    Raises:
        DatabaseMoved: the rows are in another database.
    """
    while not stopping.is_set():
        await app.signals.wait_session_restored()
        await _until_done(lambda: _reject_moved(app), (_MOVE_CHECK_RETRY_MS,), app, stopping)


async def _reject_moved(app: App) -> float | None:
    """Return None where the database is in use, otherwise a delay.

    Raises:
        DatabaseMoved: the rows are in another database.
    """
    try:
        await app.database.read(move_record.reject_moved)
    except DatabaseMoved:
        raise
    except StorageError as exc:
        _log.warning("move_not_checked", error=str(exc))
        return 0
    return None


async def sign_off(app: App) -> None:
    """Remove this process from the list of those that are alive."""
    with _logged("sign_off_failed"):
        await app.database.write(leases.forget, app.process.id)


@contextlib.contextmanager
def _logged(failed: str) -> Generator[None]:
    """Log that the database fails, and go on."""
    try:
        yield
    except StorageError as exc:
        _log.warning(failed, error=str(exc))


@_repeated("durations_not_reloaded", _DURATIONS_RELOAD_MS)
async def reload_durations(app: App) -> int:
    """Reload the usual durations, which other processes record."""
    await app.worker.history.load()
    return _DURATIONS_RELOAD_MS


@_repeated("backup_failed", _RETRY_AFTER_ERROR_MS, level=logging.ERROR)
async def run_scheduled_backups(app: App) -> int:
    """Make a backup every BACKUP_EVERY_HOURS (0: never) and keep the newest BACKUP_KEEP.

    Of several processes, the leader makes them, in its machine's folder.
    """
    hours, folder, now = app.settings.backup_every_hours, app.settings.backup_dir, app.clock.now()
    if not hours:
        return DAY_MS
    due_at = await run_in_daemon_thread(lambda: backups.next_backup_at(folder, hours, now))
    if due_at > now:
        return due_at - now
    if not await app.instance_lock.is_leader():
        return _LEADER_CHECK_INTERVAL_MS
    made = await run_in_daemon_thread(lambda: _back_up(app, folder))
    _log.info("backup_created", file=made.path.name, jobs=made.jobs)
    return 0


def _back_up(app: App, folder: Path) -> backups.Backup:
    made = engines.engine(app.settings.database_url).create_backup(backups.new_backup_path(folder, app.clock.now()))
    backups.prune(folder, app.settings.backup_keep, made.path)
    return made


@_repeated("stats_unavailable", REFRESH_MS)
async def watch_balance(app: App) -> int:
    """Read the balance at the API from time to time.

    Logs an error while it does not pay for the jobs that wait.
    """
    await app.balance.refresh()
    if missing := app.balance.missing(await app.database.read(job_actions.waiting_credits)):
        _log.error("balance_too_low", missing=missing)
    return REFRESH_MS


@_repeated("wal_not_truncated", _WAL_CHECK_INTERVAL_MS)
async def truncate_wal(app: App) -> int:
    """Truncate the write-ahead log of an SQLite database when it has grown."""
    path = app.settings.database_path
    if path is not None and await run_in_daemon_thread(lambda: sqlite.truncate_log(path)):
        _log.info("wal_truncated")
    return _WAL_CHECK_INTERVAL_MS


@_repeated("old_data_not_cleared", _RETENTION_INTERVAL_MS, after_ready=True)
async def forget_old_data(app: App) -> int:
    """Clear what is older than RETENTION_DAYS, ids of interactions after a day, and what orders and servers left.

    Of several processes, the leader does it.
    """
    if await app.instance_lock.is_leader():
        await clear_old_data(app.database, app.clock, app.settings.retention_days)
    return _RETENTION_INTERVAL_MS


@_repeated("erasures_failed", _ERASURE_INTERVAL_MS, after_ready=True)
async def erase_members(app: App) -> int:
    """Go on with the erasures that members requested.

    Each process that may make backups erases those of its own machine.
    """
    await app.privacy.run_once()
    return _ERASURE_INTERVAL_MS


async def run_watchdog(app: App, stopping: asyncio.Event) -> Stuck | None:
    """Check running work for stuck items.

    Return one that only a restart can help, None at shutdown.
    """
    while not stopping.is_set():
        stuck = app.worker.watchdog.check()
        if stuck is not None:
            _log.critical("work_needs_restart", work=stuck.work, item=stuck.key)
            return stuck
        await app.clock.wait(stopping, app.clock.now() + WATCHDOG_INTERVAL_MS)
    return None


async def log_in(app: App, stopping: asyncio.Event) -> bool:
    """Log in to Discord, retrying until it succeeds; False at shutdown.

    Raises:
        discord.LoginFailure: the token is wrong.
    """
    token = app.settings.discord_token.get_secret_value()
    return await _until_done(lambda: app.client.try_login(token), _LOGIN_RETRY_MS, app, stopping)


async def retry_command_sync(app: App, stopping: asyncio.Event) -> None:
    """Sync the commands after the login, retrying until Discord accepts them."""
    await app.client.http_ready.wait()
    await _until_done(app.client.sync_commands, _COMMAND_SYNC_RETRY_MS, app, stopping)


async def _until_done(
    attempt: Callable[[], Awaitable[float | None]], delays: Sequence[int], app: App, stopping: asyncio.Event
) -> bool:
    """Repeat an attempt until it returns None; False at shutdown.

    A returned number is the least delay in seconds.
    """
    for pause in itertools.chain(delays, itertools.repeat(delays[-1])):
        min_delay = await attempt()
        if min_delay is None:
            return True
        await app.clock.wait(stopping, app.clock.now() + max(pause, int(1000 * min_delay)))
        if stopping.is_set():
            break
    return False


async def apply_crash_backoff(app: App, stopping: asyncio.Event) -> None:
    """Delay the connection after crashed starts, to save the daily IDENTIFYs.

    Only the gateway waits; messages are sent over REST meanwhile.
    """
    now = app.clock.now()
    crashed = await app.database.write(leases.record, app.process.shards)
    pause = process.start_delay(crashed, now)
    if pause:
        _log.warning("crash_backoff", starts=len(crashed), seconds=pause)
        await app.clock.wait(stopping, now + int(1000 * pause))


async def reset_crash_backoff(app: App, started_at: int) -> None:
    """Forget earlier starts after a deliberate stop of a stable process.

    A process that is stopped soon after each start counts as a crash loop too, such as one with a failing liveness
    probe.
    """
    if app.clock.now() - started_at < _STABLE_UPTIME_MS:
        return
    with _logged("crash_backoff_reset_failed"):
        await app.database.write(leases.forget_starts, app.process.shards)
