"""The process's own upkeep: crash backoff, backups and leftover files."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path

import pytest

from bot import lifecycle, maintenance
from bot.app import open_app, this_process
from bot.domain import crash_backoff
from bot.domain.process import Role
from bot.domain.shards import ShardPlan
from bot.services.balance import REFRESH_MS
from data import key_value
from data.postgresql_session import PostgresSession
from data.wal import KEPT_BYTES
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.clock import START, ManualClock
from tests.helpers.settings import make_settings

HOUR, DAY = 3600, 86_400
LEFTOVER = f"matinee-{'0a' * 16}.mp4"


async def crashed(bot: BotHarness, times: int) -> None:
    """Record starts, a second apart, of processes that crashed."""
    starts = [START - 1000 * (times - n) for n in range(times)]
    await bot.app.database.write(key_value.set_value, crash_backoff.STARTS_KEY, crash_backoff.serialize(starts))


async def starts(bot: BotHarness) -> tuple[int, ...]:
    """The starts that count as crashes."""
    return crash_backoff.parse(await bot.app.database.read(key_value.get, crash_backoff.STARTS_KEY))


async def begun(bot: BotHarness, doing: Coroutine[None, None, None]) -> asyncio.Task[None]:
    """Start an action, until it waits for the clock or ends."""
    task, asleep = asyncio.create_task(doing), asyncio.create_task(bot.clock.asleep(1))
    await asyncio.wait((task, asleep), return_when=asyncio.FIRST_COMPLETED)
    asleep.cancel()
    return task


# ── what other processes record ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", Role)
async def test_every_process_on_postgresql_reloads_the_usual_durations(
    tmp_path: Path, postgresql_url: str, role: Role
) -> None:
    """Each process reloads them every ten minutes."""
    clock, settings = ManualClock(), make_settings(tmp_path, database_url=postgresql_url)
    async with open_app(settings, clock, process=this_process(role)) as app:
        stop, loads = asyncio.Event(), 0
        load = app.worker.history.load

        async def counted() -> None:
            nonlocal loads
            await load()
            loads += 1

        app.worker.history.load = counted
        upkeep = lifecycle._upkeep(app, stop)
        reloading = asyncio.create_task(upkeep.pop("durations"))
        for each in upkeep.values():
            each.close()
        for expected in range(1, 4):
            await clock.asleep(1)
            assert loads == expected - 1
            await clock.advance(600)
        await clock.asleep(1)
        stop.set()
        await reloading


async def test_upkeep_that_ends_with_an_error_is_logged(
    bot: BotHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without the log line, missing backups would be the operator's first sign."""

    async def end(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(maintenance, "run_scheduled_backups", end)
    tasks = lifecycle._start_upkeep(bot.app, asyncio.Event())
    await asyncio.wait([task for task in tasks if task.get_name() == "backups"])
    await bot.clock.asleep(1)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    [line] = [each for each in caplog.records if each.levelname == "CRITICAL"]
    assert (line.message, line.__dict__["task"]) == ("upkeep_ended", "backups")


# ── after crashes ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("crashes", "seconds"), [(2, 5), (4, 20)])
async def test_a_start_after_crashes_in_a_row_waits(bot: BotHarness, crashes: int, seconds: int) -> None:
    """More crashes make a longer wait, and the start is recorded first."""
    await crashed(bot, crashes)
    waiting = await begun(bot, maintenance.apply_crash_backoff(bot.app, asyncio.Event()))
    assert len(await starts(bot)) == crashes + 1
    await bot.clock.advance(seconds - 0.001)
    await bot.clock.asleep_within(waiting)
    await bot.clock.advance(0.001)
    await waiting


@pytest.mark.parametrize("crashes", [0, 1])
async def test_a_start_after_a_crash_or_none_does_not_wait(bot: BotHarness, crashes: int) -> None:
    """A single crash is no crash loop."""
    await crashed(bot, crashes)
    await maintenance.apply_crash_backoff(bot.app, asyncio.Event())
    assert len(await starts(bot)) == crashes + 1


async def test_a_stop_ends_the_wait(bot: BotHarness) -> None:
    """SIGTERM doesn't wait until the backoff ends."""
    await crashed(bot, 9)
    stopping = asyncio.Event()
    waiting = await begun(bot, maintenance.apply_crash_backoff(bot.app, stopping))
    stopping.set()
    await waiting


async def test_a_stop_on_purpose_clears_the_record(bot: BotHarness) -> None:
    """The process ran for over a minute before the stop."""
    await crashed(bot, 9)
    await bot.clock.advance(61)
    await maintenance.reset_crash_backoff(bot.app, START)
    assert await starts(bot) == ()


async def test_the_starts_of_other_shards_are_no_crash_loop(bot: BotHarness) -> None:
    """Each shard has a record of its own."""
    await crashed(bot, 9)
    gateway = replace(bot.app, process=this_process(Role.GATEWAY, ShardPlan(2, (1,))))
    own = f"{crash_backoff.STARTS_KEY}:1 of 2"
    assert (await begun(bot, maintenance.apply_crash_backoff(gateway, asyncio.Event()))).done()
    assert crash_backoff.parse(await bot.app.database.read(key_value.get, own)) == (START,)
    await bot.clock.advance(61)
    await maintenance.reset_crash_backoff(gateway, START)
    assert await bot.app.database.read(key_value.get, own) == ""
    assert len(await starts(bot)) == 9


@pytest.mark.parametrize(("role", "kept"), [(Role.GATEWAY, 0), (Role.WORKER, 9), (Role.WEB, 9)])
async def test_only_a_gateway_that_stops_clears_the_record(bot: BotHarness, role: Role, kept: int) -> None:
    """The stop of another process says nothing about a gateway's crashes."""
    await crashed(bot, 9)
    await bot.clock.advance(61)
    await lifecycle._shutdown(replace(bot.app, process=this_process(role)), [], START)
    assert len(await starts(bot)) == kept


async def test_a_process_that_is_stopped_at_once_keeps_the_record(bot: BotHarness) -> None:
    """A failing liveness probe is a crash loop, too."""
    await crashed(bot, 9)
    await bot.clock.advance(59)
    await maintenance.reset_crash_backoff(bot.app, START)
    assert len(await starts(bot)) == 9


async def test_a_record_that_cannot_be_cleared_does_not_spoil_the_stop(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """The failure is only logged, and the next start may wait."""
    await bot.clock.advance(61)
    await bot.app.database.close()
    await maintenance.reset_crash_backoff(bot.app, START)
    assert [each.message for each in caplog.records if each.levelname == "WARNING"] == ["crash_backoff_reset_failed"]


# ── backups ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def backups(bot: BotHarness) -> list[str]:
    """The names of the backups, the oldest first."""
    return sorted(path.name for path in bot.app.settings.backup_dir.glob("*.db"))


async def test_backups_are_made_at_their_pace_and_the_newest_are_kept(tmp_path: Path) -> None:
    """The first is made at once, and the newest two are kept."""
    async with open_bot_harness(tmp_path, backup_every_hours=24, backup_keep=2) as bot:
        stopping = asyncio.Event()
        running = await begun(bot, maintenance.run_scheduled_backups(bot.app, stopping))
        assert backups(bot) == ["movies-20261110-120000.db"]
        await bot.clock.advance(DAY - 1)
        await bot.clock.asleep(1)
        assert len(backups(bot)) == 1
        for _ in range(2):
            await bot.clock.advance(DAY)
            await bot.clock.asleep(1)
        kept = ["movies-20261112-115959.db", "movies-20261113-115959.db"]
        assert backups(bot) == kept
        await bot.clock.advance(HOUR)
        stopping.set()
        await running
        assert backups(bot) == kept, "a stop makes none"


async def test_a_backup_that_fails_is_logged_and_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The retry comes ten minutes later."""
    async with open_bot_harness(tmp_path, backup_every_hours=24) as bot:
        folder = bot.app.settings.backup_dir
        folder.write_text("a file where the folder should be", encoding="utf-8")
        stopping = asyncio.Event()
        running = await begun(bot, maintenance.run_scheduled_backups(bot.app, stopping))
        assert [each.message for each in caplog.records if each.levelname == "ERROR"] == ["backup_failed"]
        folder.unlink()
        await bot.clock.advance(600)
        await bot.clock.asleep(1)
        assert len(backups(bot)) == 1
        stopping.set()
        await running


async def test_a_backup_is_kept_beside_one_from_before_the_clock_was_set_back(tmp_path: Path) -> None:
    """The name of the earlier backup has the later date."""
    async with open_bot_harness(tmp_path, backup_every_hours=24, backup_keep=1) as bot:
        folder = bot.app.settings.backup_dir
        folder.mkdir()
        (folder / "movies-20301110-120000.db").touch()
        stopping = asyncio.Event()
        running = await begun(bot, maintenance.run_scheduled_backups(bot.app, stopping))
        await bot.clock.advance(DAY)
        await bot.clock.asleep_within(running)
        assert backups(bot) == ["movies-20261111-120000.db"]
        stopping.set()
        await running


async def test_of_several_processes_the_leader_makes_the_backups(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise each process would back up into a folder of its own.

    Another process leads within a minute of the leader's end.
    """
    monkeypatch.chdir(tmp_path)
    clock, settings = ManualClock(), make_settings(tmp_path, database_url=postgresql_url, backup_every_hours=24)
    async with open_app(settings, clock, process=this_process(Role.WORKER)) as app:
        stopping = asyncio.Event()
        async with PostgresSession(postgresql_url, lambda _: None) as leader:
            assert await leader.is_leader()
            running = asyncio.create_task(maintenance.run_scheduled_backups(app, stopping))
            await clock.asleep_within(running)
            assert not settings.backup_dir.exists()
        async with asyncio.timeout(10):  # the server ends the leader's session in its own time
            while not settings.backup_dir.exists():
                await clock.advance(60)
                await clock.asleep_within(running)
        stopping.set()
        await running
    assert len([*settings.backup_dir.glob("*.db")]) == 1


async def test_without_a_pace_no_backup_is_made(bot: BotHarness) -> None:
    """The setting's value is 0 hours."""
    await maintenance.run_scheduled_backups(bot.app, asyncio.Event())
    assert backups(bot) == []


@pytest.mark.parametrize(("days", "left"), [(30, 1), (0, 2)])
async def test_old_copies_of_a_postgresql_database_are_removed_at_the_start_and_each_day(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch, days: int, left: int
) -> None:
    """Restores leave them in the folder for backups, where everything else stays."""
    monkeypatch.chdir(tmp_path)
    settings = make_settings(tmp_path, database_url=postgresql_url, backup_keep=1, retention_days=days)
    settings.backup_dir.mkdir(parents=True)
    stay = ["movies-20200101-000000.db", "postgresql.before-restore-20261109-000000"]
    for name in (*stay, "postgresql.before-restore-20261108-000000"):
        (settings.backup_dir / name).touch()
    clock, stopping = ManualClock(), asyncio.Event()
    async with open_app(settings, clock, process=this_process(Role.WORKER)) as app:
        app.client.http_ready.set()
        running = asyncio.create_task(maintenance.remove_old_copies(app, stopping))
        await clock.asleep_within(running)
        assert sorted(path.name for path in settings.backup_dir.iterdir()) == stay
        await clock.advance(30 * DAY)
        await clock.asleep_within(running)
        assert sorted(path.name for path in settings.backup_dir.iterdir()) == stay[:left]
        stopping.set()
        await running


# ── the database's log ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_log_that_cannot_be_truncated_is_checked_again(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """A failure is logged each minute, and then retried."""
    folder = bot.tmp_path / "elsewhere"
    folder.mkdir()
    settings = make_settings(folder)
    log = settings.database_path.with_name(f"{settings.database_path.name}-wal")
    log.write_bytes(b"x" * (KEPT_BYTES + 1))  # and no database beside it
    stopping = asyncio.Event()
    running = asyncio.create_task(maintenance.truncate_wal(replace(bot.app, settings=settings), stopping))
    for times in range(3):
        await bot.clock.asleep_within(running)
        assert [each.message for each in caplog.records].count("wal_not_truncated") == times
        await bot.clock.advance(60)
    stopping.set()
    await running


# ── the balance at the API ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_balance_that_does_not_pay_for_what_waits_is_logged_until_it_does(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """Each request for the balance logs what is missing."""
    bot.upstream.balance = 150
    await bot.movie(duration=20)
    stopping = asyncio.Event()
    watching = await begun(bot, maintenance.watch_balance(bot.app, stopping))
    missing: list[list[int]] = []
    for balance in (180, 200, 200):
        found = [each for each in caplog.records if each.message == "balance_too_low"]
        missing.append([each.__dict__["missing"] for each in found])
        bot.upstream.balance = balance
        await bot.clock.advance(REFRESH_MS / 1000)
        await bot.clock.asleep_within(watching)
    assert missing == [[50], [50, 20], [50, 20]]
    stopping.set()
    await watching


# ── files that were left ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_leftovers_of_a_killed_process_are_removed_at_the_start(
    bot: BotHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An old movie in the temporary folder is removed.

    A fresh one, which another process may be sending, stays.
    """
    folder = bot.tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    old, fresh = folder / LEFTOVER, folder / LEFTOVER.replace("0a", "0b")
    for path, age in ((old, 2 * HOUR), (fresh, 0)):
        path.touch()
        os.utime(path, (START / 1000 - age, START / 1000 - age))
    caplog.set_level("INFO")
    await maintenance.remove_stale_downloads(bot.app)
    assert list(folder.iterdir()) == [fresh]
    [line] = [each for each in caplog.records if each.message == "stale_downloads_removed"]
    assert line.__dict__["files"] == 1
