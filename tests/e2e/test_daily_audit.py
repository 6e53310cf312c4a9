"""The audit of the ledger, at the start and once a day."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import maintenance, monitoring
from bot.app import open_app, this_process
from bot.domain.process import Role
from data.postgresql_session import PostgresSession
from tests.helpers.bot_harness import BotHarness
from tests.helpers.clock import ManualClock
from tests.helpers.settings import make_settings

DAY = 86_400


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


async def test_an_audit_that_fails_is_repeated_within_a_minute(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """The next daily audit would be too late."""
    caplog.set_level("INFO")
    stopping, elsewhere = asyncio.Event(), bot.path.with_name("elsewhere.db")
    bot.path.rename(elsewhere)
    auditing = asyncio.create_task(maintenance.audit_ledger(bot.app, stopping))
    await bot.clock.asleep_within(auditing)
    elsewhere.rename(bot.path)
    await bot.clock.advance(60)
    await bot.clock.asleep_within(auditing)
    told = [each.message for each in caplog.records if each.message.startswith("ledger_")]
    assert told == ["ledger_reconcile_failed", "ledger_reconciled"]
    stopping.set()
    await auditing


async def test_of_several_processes_the_leader_audits(
    tmp_path: Path, postgresql_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Another process takes over within a minute of the leader's end."""
    caplog.set_level("INFO")
    clock, settings = ManualClock(), make_settings(tmp_path, database_url=postgresql_url, port=0)

    def audits() -> int:
        return [each.message for each in caplog.records].count("ledger_reconciled")

    async with open_app(settings, clock, process=this_process(Role.WORKER)) as app:
        app.client.http_ready.set()
        assert app.metrics is not None
        app.metrics.process.show_discrepancies(1)  # from when it led
        stopping = asyncio.Event()
        async with PostgresSession(postgresql_url, lambda _: None) as leader:
            assert await leader.is_leader()
            running = asyncio.create_task(maintenance.audit_ledger(app, stopping))
            await clock.asleep_within(running)
            assert audits() == 0
            page, _ = await monitoring.metrics_page(app)
            assert b"\nmatinee_ledger_discrepancies NaN\n" in page
            assert b"\nmatinee_leader 0.0\n" in page
        async with asyncio.timeout(10):  # the server ends the leader's session in its own time
            while not audits():
                await clock.advance(60)
                await clock.asleep_within(running)
        for expected, seconds in ((1, DAY - 60), (2, 60)):
            await clock.advance(seconds)
            await clock.asleep_within(running)
            assert audits() == expected
        stopping.set()
        await running
