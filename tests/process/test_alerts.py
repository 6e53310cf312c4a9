"""Alerts that real processes cause, and the dashboard that shows them.

A gateway, a worker and a web process on PostgreSQL, read by a real Prometheus with the rules of deploy/prometheus. The
sample of `make test` is tests/e2e/test_alerts.py.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from bot.samsar.profile import ApiVersion
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import MANUAL, ManualSamsar
from tests.helpers.prometheus import Prometheus, program
from tests.helpers.settings import MODELS_2026, make_settings
from tests.process.bot_process import environment
from tests.process.instrumented_bot import DASHBOARD, InstrumentedBot, targets

MOVIE = {"prompt": "a red boat", "duration": 10}
"""It costs 100 credits."""


@pytest.fixture
async def api() -> AsyncIterator[ManualSamsar]:
    """The API of 2026, which reports charges."""
    config = replace(MANUAL, version=ApiVersion.AUTUMN_2026, video_models=MODELS_2026)
    async with ManualSamsar(config) as samsar:
        yield samsar


def execute(url: str, sql: str) -> None:
    """Change the database without the bot."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        assert connection.execute(sql.encode()).rowcount > 0


@pytest.mark.slow
async def test_each_alert_fires_by_what_it_is_about_and_the_dashboard_shows_it(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    program("prometheus")
    settings = {
        "DATABASE_URL": postgresql_url,
        "CATALOGUE_PATH": str(make_settings(tmp_path, samsar_api=ApiVersion.AUTUMN_2026.value).catalogue_path),
        "PORT": "0",
        "PLAN_MONTHLY_CREDITS": "500",
        "BACKUP_EVERY_HOURS": "1",
    }
    (tmp_path / "prometheus").mkdir()
    async with (
        Prometheus(tmp_path / "prometheus") as prometheus,
        InstrumentedBot(discord, tmp_path, environment(discord, api, **settings), prometheus) as bot,
    ):
        await prometheus.until_firing({"GatewayGone", "NoLeader"})
        worker = await bot.start("worker")
        await worker.wait_for_line("backup_created")
        await worker.wait_for_line("ledger_reconciled")
        await prometheus.until_firing({"GatewayGone"})
        await bot.start("gateway")
        await bot.start("web")
        await discord.ready()
        await prometheus.until_firing(set())

        # a movie costs four times its price, and Discord doesn't take the message with it
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.polled("movie-1")
        discord.fail("POST", "/channels/*/messages", status=503, times=None)
        api.finish("movie-1", charge_factor=4)
        await prometheus.until_firing({"PriceDrift"})
        execute(postgresql_url, "UPDATE outbox SET created_at = created_at - 3600000 WHERE status = 'pending'")
        await prometheus.until_firing({"PriceDrift", "UndeliveredTooLong"})

        # the API cuts the connection of an order, which is the rest of the plan
        api.inject("cut-after", times=1)
        await discord.slash(discord.user_id, "movie", MOVIE)
        seen = {"PriceDrift", "UndeliveredTooLong", "UnknownMovies", "PlanNearlySpent"}
        await prometheus.until_firing(seen)

        shutil.rmtree(tmp_path / "var" / "backups")
        await prometheus.until_firing(seen | {"BackupTooOld"})
        await shows_everything(prometheus)

        # someone writes to the database; the next worker audits it, makes no backup of it, and asks for the balance
        execute(postgresql_url, "UPDATE balances SET used = used + 7 WHERE scope = 'member'")
        api.balance = 10
        await bot.stop("worker")
        await prometheus.until_firing({"NoLeader"} | seen - {"PriceDrift"})
        await bot.start("worker")
        seen = seen - {"PriceDrift"} | {"AuditMismatch", "BackupTooOld", "BalanceNearlySpent"}
        await prometheus.until_firing(seen)

        await bot.stop("gateway")
        await prometheus.until_firing(seen | {"GatewayGone"})


async def shows_everything(prometheus: Prometheus) -> None:
    """Ask each query of the dashboard, and those of its variables.

    A rate needs two readings of what is new.
    """
    for each in targets():
        await prometheus.until_known(each.query, each.step)
    for variable in DASHBOARD["templating"]["list"][1:]:
        metric, label = re.fullmatch(r"label_values\((\w+), (\w+)\)", variable["query"]["query"]).groups()
        assert await prometheus.query(f"count by ({label}) ({metric})")
