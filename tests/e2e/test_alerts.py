"""Faults in the bot make the alert rules fire, read by promtool from the bot's own page."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot import maintenance, monitoring
from bot.samsar.profile import ApiVersion
from bot.sandbox.faults_2026 import charge
from tests.helpers.bot_harness import MESSAGES, open_bot_harness
from tests.helpers.prometheus import firing_with

ALERTS = {
    "AuditMismatch",
    "BackupTooOld",
    "BalanceNearlySpent",
    "PlanNearlySpent",
    "PriceDrift",
    "UndeliveredTooLong",
    "UnknownMovies",
}


async def test_what_goes_wrong_is_what_fires(tmp_path: Path) -> None:
    """BackupTooOld fires from the start, because the harness makes no backup."""
    settings = {"port": 0, "plan_monthly_credits": 500, "backup_every_hours": 1}
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026, **settings) as bot:

        async def firing() -> set[str]:
            return await firing_with((await monitoring.metrics_page(bot.app))[0].decode(), tmp_path)

        await maintenance.reconcile_ledger(bot.app)
        await bot.app.balance.refresh()
        assert await firing() == {"BackupTooOld"}

        bot.upstream.inject(charge(4.0), times=1)
        bot.env.inject_error("POST", MESSAGES, status=503, times=None)
        await bot.movie(duration=10)
        await bot.finish()
        bot.upstream.inject("cut-after", times=1)
        await bot.movie(duration=10)
        await bot.run_until_idle()
        await bot.run_until_idle(1800)
        bot.upstream.balance = 10
        await bot.app.balance.refresh()
        with closing(sqlite3.connect(bot.path)) as connection, connection:
            connection.execute("UPDATE balances SET used = used + 7 WHERE scope = 'member'")
        await maintenance.reconcile_ledger(bot.app)
        assert await firing() == ALERTS
        with closing(sqlite3.connect(bot.path)) as connection, connection:  # the harness audits, too
            connection.execute("UPDATE balances SET used = used - 7 WHERE scope = 'member'")
