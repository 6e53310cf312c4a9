"""Metrics from the database are correct and cheap. Where the database can't be read, the other figures still are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot import http_port, maintenance
from bot.app import App
from bot.composition import this_process
from bot.domain.process import Role, ShardPlan
from bot.domain.prompt_filter import OWN
from bot.samsar.config import ApiVersion
from bot.sandbox.faults import charge
from tests.helpers.admin_harness import open_admin_harness
from tests.helpers.awaiting import configure
from tests.helpers.bot_harness import MESSAGES, RENDER_SECONDS, BotHarness, open_bot_harness
from tests.helpers.ledger_checks import execute
from tests.helpers.prometheus import figures_on, firing_with
from tests.helpers.settings import MODELS_2026
from tests.helpers.steps import rendering

pytestmark = pytest.mark.settings(port=0)


async def page(bot: BotHarness) -> dict[str, float]:
    return await page_of(bot.app)


async def page_of(app: App) -> dict[str, float]:
    return figures_on((await http_port.metrics_page(app))[0])


async def test_the_page_shows_what_the_bot_did_and_this_process(bot: BotHarness) -> None:
    counted = 'matinee_samsar_requests_total{call="status",outcome="ok"}'
    seen = await page(bot)
    names = ("matinee_leader", "matinee_shards", 'matinee_shard_up{shard="0"}', "matinee_outbox_undeliverable")
    assert [seen[name] for name in names] == [1, 1, 1, 0]
    gateway = replace(bot.app, process=this_process(Role.GATEWAY))
    assert (await page_of(gateway))["matinee_leader"] == 0
    worker = replace(bot.app, process=this_process(Role.WORKER, ShardPlan(2, (1,))))
    assert (await page_of(worker))["matinee_shards"] == 0
    assert worker.process.shards == "", "as `processes` lists it"
    with bot.app.worker.watchdog.watch("notifications", "job-1", expected_seconds=1e-9):
        assert (await page(bot))["matinee_stuck_work"] == 1
    await rendering(bot)
    await bot.finish()
    seen = await page(bot)
    assert seen["matinee_stuck_work"] == 0
    assert seen["matinee_movie_delivery_seconds_count"] == 1
    assert RENDER_SECONDS <= seen["matinee_movie_delivery_seconds_sum"] < RENDER_SECONDS + 30
    assert await bot.app.links.refresh(bot.stored_job()) is not None
    assert (await page(bot))[counted] == seen[counted] + 1, "also a fresh link"
    await bot.movie()
    await bot.run_until_idle()
    bot.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=None)
    bot.env.backend.delete_channel(bot.channel.id)
    await bot.finish()
    seen = await page(bot)
    assert (seen["matinee_outbox_pending"], seen["matinee_outbox_undeliverable"]) == (0, 1)
    assert seen["matinee_database_up"] == 1
    await bot.app.database.close()
    seen = await page(bot)
    assert (seen["matinee_database_up"], seen["matinee_leader"]) == (0, 0)
    assert seen['matinee_samsar_requests_total{call="create",outcome="ok"}'] == 2


async def test_a_worker_is_ready_once_it_is_logged_in(bot: BotHarness) -> None:
    """A worker has no gateway connection to wait for."""
    worker = replace(bot.app, process=this_process(Role.WORKER))
    assert await http_port.readiness_problems(worker) == ()
    bot.app.client.http_ready.clear()
    assert await http_port.readiness_problems(worker) == ("the bot isn't logged in to Discord",)


async def test_refused_prompts_are_counted_and_logged_by_the_category_of_their_rule(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with open_admin_harness(tmp_path, port=0) as bot:
        await configure(bot, filter_rules=("balloon*",))
        await bot.movie()
        await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=5)
        assert (await page(bot))[f'matinee_prompts_refused{{category="{OWN}"}}'] == 2
        refused = [each.__dict__ for each in caplog.records if each.message == "prompt_refused"]
        assert [(each["category"], each["hits"], each["guild_id"]) for each in refused] == [
            (OWN, 1, bot.guild.id),
            (OWN, 2, bot.guild.id),
        ]


ALERTS = (
    "AuditMismatch BackupTooOld BalanceNearlySpent CatalogueDiffers PlanNearlySpent PriceDrift UndeliveredTooLong"
    " UnknownMovies"
)


@pytest.mark.full
async def test_what_goes_wrong_is_what_fires(tmp_path: Path) -> None:
    """BackupTooOld fires from the start, because the harness makes no backup."""
    settings = {"port": 0, "plan_monthly_credits": 500, "backup_every_hours": 1}
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026, **settings) as bot:

        async def firing() -> set[str]:
            return await firing_with((await http_port.metrics_page(bot.app))[0].decode(), tmp_path)

        await maintenance.reconcile_ledger(bot.app)
        bot.upstream.account.video_models = MODELS_2026
        await maintenance.follow_price_list(bot.app)
        await bot.app.balance.refresh()
        assert await firing() == {"BackupTooOld"}

        bot.upstream.inject(charge(4.0), times=1)
        bot.env.inject_error("POST", MESSAGES, status=503, times=None)
        await bot.made(duration=10)
        bot.upstream.inject("cut-after", times=1)
        await bot.movie(duration=10)
        await bot.run_until_idle()
        await bot.run_until_idle(1800)
        bot.upstream.account.balance = 10
        await bot.app.balance.refresh()
        execute(bot.place, "UPDATE balances SET used = used + 7 WHERE scope = 'member'")
        await maintenance.reconcile_ledger(bot.app)
        bot.upstream.account.video_models = {"RUNWAYML": MODELS_2026["RUNWAYML"]}
        await maintenance.follow_price_list(bot.app)
        assert await firing() == {*ALERTS.split()}
        execute(bot.place, "UPDATE balances SET used = used - 7 WHERE scope = 'member'")  # the harness audits, too
