"""The process's own upkeep: heartbeats, audits, crash backoff, backups and leftover files."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Coroutine
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot import lifecycle, maintenance, monitoring
from bot.app import open_app, this_process
from bot.domain import crash_backoff
from bot.domain.process import ProcessInfo, Role
from bot.samsar.config import ClientOptions
from bot.services.balance import REFRESH_MS
from bot.services.request_limits import LimitFactory
from data import key_value, processes
from data.database import Transaction
from data.postgresql_session import PostgresSession
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.clock import START, ManualClock
from tests.helpers.ledger_checks import query
from tests.helpers.settings import make_settings
from tests.helpers.steps import rendering

HOUR, DAY = 3600, 86_400
LEFTOVER = f"matinee-{'0a' * 16}.mp4"


async def crashed(bot: BotHarness, times: int) -> None:
    starts = [START - 1000 * (times - n) for n in range(times)]
    await bot.app.database.write(key_value.set_value, crash_backoff.STARTS_KEY, crash_backoff.serialize(starts))


async def starts(bot: BotHarness) -> tuple[int, ...]:
    return crash_backoff.parse(await bot.app.database.read(key_value.get, crash_backoff.STARTS_KEY))


async def begun(bot: BotHarness, doing: Coroutine[None, None, None]) -> asyncio.Task[None]:
    task, asleep = asyncio.create_task(doing), asyncio.create_task(bot.clock.asleep(1))
    await asyncio.wait((task, asleep), return_when=asyncio.FIRST_COMPLETED)
    asleep.cancel()
    return task


# ── what other processes record ──────────────────────────────────────────────────────────────────────────────────────


# ── after crashes ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_start_after_crashes_in_a_row_waits_until_a_stop(bot: BotHarness) -> None:
    for crashes in (0, 1):
        await crashed(bot, crashes)
        await maintenance.apply_crash_backoff(bot.app, asyncio.Event())
        assert len(await starts(bot)) == crashes + 1
    await crashed(bot, 4)
    waiting = await begun(bot, maintenance.apply_crash_backoff(bot.app, asyncio.Event()))
    assert len(await starts(bot)) == 5
    await bot.clock.advance(20 - 0.001)
    await bot.clock.asleep_within(waiting)
    await bot.clock.advance(0.001)
    await waiting
    await crashed(bot, 9)
    stopping = asyncio.Event()
    waiting = await begun(bot, maintenance.apply_crash_backoff(bot.app, stopping))
    stopping.set()
    await waiting


async def test_only_a_gateway_that_is_stopped_after_a_minute_clears_the_record(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """A failing liveness probe is a crash loop, too."""
    await crashed(bot, 9)
    await bot.clock.advance(59)
    await maintenance.reset_crash_backoff(bot.app, START)
    await bot.clock.advance(2)
    kept = {}
    for role in (Role.WORKER, Role.WEB, Role.GATEWAY):
        app = replace(bot.app, process=this_process(role))
        await (
            maintenance.reset_crash_backoff(app, START) if role is Role.GATEWAY else lifecycle._shutdown(app, [], START)
        )
        kept[role] = len(await starts(bot))
    assert kept == {Role.WORKER: 9, Role.WEB: 9, Role.GATEWAY: 0}
    await bot.app.database.close()
    await maintenance.reset_crash_backoff(bot.app, START)
    assert [each.message for each in caplog.records if each.levelname == "WARNING"] == ["crash_backoff_reset_failed"]


# ── backups ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def backups(bot: BotHarness) -> list[str]:
    return sorted(path.name for path in bot.app.settings.backup_dir.glob("*.db"))


async def test_backups_are_made_at_their_pace_and_the_newest_are_kept(tmp_path: Path) -> None:
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
        await bot.restart(backup_every_hours=0)
        await maintenance.run_scheduled_backups(bot.app, asyncio.Event())
        assert backups(bot) == kept, "0 hours are no pace"


async def test_a_backup_that_fails_is_logged_and_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
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


async def test_old_copies_of_a_postgresql_database_are_removed_at_the_start_and_each_day(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = make_settings(tmp_path, database_url=postgresql_url, backup_keep=1, retention_days=30)
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
        assert sorted(path.name for path in settings.backup_dir.iterdir()) == stay[:1]
        stopping.set()
        await running


# ── the database's log ───────────────────────────────────────────────────────────────────────────────────────────────


# ── the balance at the API ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_balance_that_does_not_pay_for_what_waits_is_logged_until_it_does(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
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


# ── heartbeats ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_process_takes_its_share_of_the_apis_rate(tmp_path: Path) -> None:
    async with open_bot_harness(tmp_path, client_options=ClientOptions(requests_per_second=2.0)) as bot:
        for number in range(99):
            other = ProcessInfo(f"worker-{number}", Role.WORKER, "elsewhere", number, "1.2.3", START)
            await bot.app.database.write(processes.record_heartbeat, other, START)
        stopping = asyncio.Event()
        beating = asyncio.create_task(maintenance.send_heartbeats(bot.app, stopping))
        await bot.clock.asleep_within(beating)
        await bot.app.samsar.ping()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(bot.app.samsar.ping(), 0.5)
        stopping.set()
        await beating


async def test_a_gateway_shows_that_it_runs_though_no_worker_does(bot: BotHarness) -> None:
    gateway = replace(bot.app, process=this_process(Role.GATEWAY))
    stopping = asyncio.Event()
    beating = asyncio.create_task(maintenance.send_heartbeats(gateway, stopping))
    await bot.clock.asleep_within(beating)
    assert [each.role for each in await bot.app.database.read(processes.list_all)] == [Role.GATEWAY]
    stopping.set()
    await beating
    await rendering(bot)
    await bot.finish()
    assert query(bot.place, "SELECT leased_by FROM outbox") == [{"leased_by": bot.app.process.id}]


def limited(tx: Transaction) -> list[str]:
    return [row["key"] for row in tx.fetch_all("SELECT key FROM rate_limits")]


# ── the audit of the ledger ──────────────────────────────────────────────────────────────────────────────────────────


async def test_the_audits_at_the_start_and_of_each_day_name_each_difference(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.movie()
    with closing(sqlite3.connect(bot.path)) as connection, connection:
        connection.execute("UPDATE balances SET used = used + 7 WHERE scope IN ('member', 'plan')")
    caplog.set_level("INFO")
    stopping = asyncio.Event()
    auditing = asyncio.create_task(maintenance.audit_ledger(bot.app, stopping))
    await bot.clock.asleep_within(auditing)
    found = [each for each in caplog.records if each.message == "ledger_discrepancy"]
    assert [each.levelname for each in found] == ["ERROR", "ERROR"]
    assert {str(each.__dict__["discrepancy"]).partition(" ")[0] for each in found} == {"member", "plan"}
    with closing(sqlite3.connect(bot.path)) as connection, connection:
        connection.execute("UPDATE balances SET used = used - 7 WHERE scope IN ('member', 'plan')")
    await bot.clock.advance(DAY)
    await bot.clock.asleep_within(auditing)
    done = [each.__dict__["discrepancies"] for each in caplog.records if each.message == "ledger_reconciled"]
    assert done == [2, 0]
    stopping.set()
    await auditing


async def test_of_several_processes_the_leader_audits_and_makes_the_backups(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Otherwise each would back up into a folder of its own. Another takes over within a minute of the leader's end."""
    monkeypatch.chdir(tmp_path)
    caplog.set_level("INFO")
    clock = ManualClock()
    settings = make_settings(tmp_path, database_url=postgresql_url, port=0, backup_every_hours=24)

    def done() -> tuple[int, int]:
        audits = [each.message for each in caplog.records].count("ledger_reconciled")
        return audits, len([*settings.backup_dir.glob("*.db")])

    async with open_app(settings, clock, process=this_process(Role.WORKER)) as app:
        app.client.http_ready.set()
        assert app.metrics is not None
        app.metrics.process.show_discrepancies(1)  # from when it led
        stopping = asyncio.Event()
        async with PostgresSession(postgresql_url, lambda _: None) as leader:
            assert await leader.is_leader()
            upkeep = (maintenance.audit_ledger, maintenance.run_scheduled_backups, maintenance.send_heartbeats)
            running = [asyncio.create_task(each(app, stopping)) for each in upkeep]
            await clock.asleep(3)
            await LimitFactory(clock, app.database).limit("order", 60, 1).try_acquire(1)
            assert len(await app.database.read(limited)) == 1
            assert done() == (0, 0)
            page, _ = await monitoring.metrics_page(app)
            assert b"\nmatinee_ledger_discrepancies NaN\n" in page
            assert b"\nmatinee_leader 0.0\n" in page
        async with asyncio.timeout(10):  # the server ends the leader's session in its own time
            while done() != (1, 1):
                await clock.advance(60)
                await clock.asleep(3)
        assert await app.database.read(limited) == [], "otherwise a row for every member who ordered would stay"
        for expected, seconds in ((1, DAY - 120), (2, 120)):
            await clock.advance(seconds)
            await clock.asleep(3)
            assert done() == (expected, expected)
        stopping.set()
        await asyncio.gather(*running)
