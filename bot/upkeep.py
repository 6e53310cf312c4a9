"""What the process does for itself beside the bot: the audit, backups, and patience with its own crashes."""

from __future__ import annotations

import asyncio
import logging

from bot.app import App
from bot.domain import crashloop
from bot.errors import StorageError
from data import backups
from data.facts import Facts

_log = logging.getLogger(__name__)

_AFTER_TROUBLE_MS = 600_000


async def audit(app: App) -> None:
    """Recompute every sum once after the start, and log each difference as an error."""
    try:
        differences = await app.accounts.differences()
    except StorageError as exc:
        _log.error("audit_not_done", extra={"reason": str(exc)})
        return
    for difference in differences:
        _log.error("audit_difference", extra={"difference": difference})
    _log.info("audited", extra={"differences": len(differences)})


async def back_up_forever(app: App, stopping: asyncio.Event) -> None:
    """Make a verified backup every BACKUP_EVERY_HOURS, and keep the newest BACKUP_KEEP.

    Does nothing where that is 0.
    """
    hours, folder = app.settings.backup_every_hours, app.settings.backups_folder
    if not hours:
        return
    while not stopping.is_set():
        due_at = await asyncio.to_thread(backups.due, folder, hours, app.clock.now())
        await app.clock.wait(stopping, due_at)
        if stopping.is_set():
            return
        try:
            target = backups.next_name(folder, app.clock.now())
            made = await asyncio.to_thread(backups.back_up, app.settings.database_path, target)
            await asyncio.to_thread(backups.prune, folder, app.settings.backup_keep)
        except StorageError as exc:
            _log.error("backup_failed", extra={"reason": str(exc)})
            await app.clock.wait(stopping, app.clock.now() + _AFTER_TROUBLE_MS)
        else:
            _log.info("backed_up", extra={"file": made.path.name, "jobs": made.jobs})


async def be_patient(app: App, stopping: asyncio.Event) -> None:
    """Wait before connecting where earlier starts crashed, so that a crash loop does not burn the day's IDENTIFYs."""
    facts = Facts(app.database)
    starts = crashloop.read(await facts.get(crashloop.FACT))
    now = app.clock.now()
    pause = crashloop.pause_before_start(starts, now)
    await facts.put(crashloop.FACT, crashloop.write(crashloop.remember(starts, now)))
    if pause:
        _log.warning("waiting_after_crashes", extra={"starts": len(starts), "seconds": pause})
        await app.clock.wait(stopping, now + int(1000 * pause))


async def forget_crashes(app: App) -> None:
    """The process was stopped on purpose: earlier starts don't count any more."""
    try:
        await Facts(app.database).put(crashloop.FACT, "")
    except StorageError as exc:
        _log.warning("start_not_forgotten", extra={"reason": str(exc)})
