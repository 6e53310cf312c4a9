"""Unknown jobs: member and staff are told, and one decision counts."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path

import discord
import pytest

from bot import monitoring
from bot.__main__ import main
from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, JobState
from bot.domain.quota import AuditAction
from bot.ui import audit_entries, job_messages
from bot.ui.end_reasons import reason_text
from tests.e2e.test_callbacks import PUBLIC, SLOWLY, lost
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.callback_client import open_callback_client
from tests.helpers.expected_text import (
    ENGLISH,
    card_title,
    embed_text,
    notification_text,
)
from tests.helpers.factories import CATALOGUE
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import message_text

DAY = 24 * 3600


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[AdminHarness]:
    """A bot with a staff channel and callbacks, which polls rarely."""
    async with open_admin_harness(tmp_path, public_url=PUBLIC, port=0, **SLOWLY) as opened:
        await opened.set_staff_channel(opened.lines)
        yield opened


def with_text(bot: BotHarness, text: str) -> list[discord.Message]:
    """The messages in the channel that say this."""
    return [each for each in bot.messages() if text in message_text(each)]


async def metrics(bot: BotHarness) -> dict[str, float]:
    """What monitoring would see."""
    page, _ = await monitoring.metrics_page(bot.app)
    lines = [line for line in page.decode().splitlines() if not line.startswith("#")]
    return {series: float(value) for series, _, value in (line.rpartition(" ") for line in lines)}


@pytest.fixture
def operator(bot: AdminHarness, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Awaitable[int]]:
    """The operator's command line over the same database."""
    settings = bot.app.settings
    environment = {
        "DISCORD_TOKEN": settings.discord_token.get_secret_value(),
        "SAMSAR_API_KEY": settings.samsar_api_key.get_secret_value(),
        "SAMSAR_BASE_URL": bot.upstream.base_url,
        "DATABASE_URL": settings.database_url,
        "CATALOGUE_PATH": str(settings.catalogue_path),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    async def run(*arguments: str) -> int:
        return await asyncio.to_thread(main, list(arguments))

    return run


async def today(bot: BotHarness) -> None:
    """Set the clock to the machine's own time.

    The operator's command uses that.
    """
    await bot.run_until_idle(max(0.0, time.time() - bot.clock.now() / 1000) + 1)


# ── who is told ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_member_is_told_once(bot: AdminHarness) -> None:
    """The channel gets one message, and the card says so, too."""
    await lost(bot)
    for _ in range(10):
        await bot.run_until_idle(DAY)
    await bot.restart()
    await bot.run_until_idle(DAY)
    [message] = with_text(bot, notification_text(NotificationType.UNKNOWN))
    assert f"<@{bot.alice.id}>" in message.content
    assert embed_text(job_messages.unknown_message(ENGLISH, bot.stored_job()).embed) in message_text(message)
    assert bot.messages()[0].embeds[0].title == card_title(JobState.UNKNOWN)
    assert bot.member() == BudgetTotals(used=0, held=bot.job()["price_credits"])
    assert bot.ordered() == 1


async def test_the_servers_staff_channel_gets_one_line(bot: AdminHarness) -> None:
    """The line has the member and the held credits."""
    await lost(bot)
    for _ in range(3):
        await bot.run_until_idle(DAY)
    [entry] = [each for each in bot.audit_entries() if each.action is AuditAction.JOB_UNKNOWN]
    assert (entry.subject_id, entry.credits) == (bot.alice.id, bot.job()["price_credits"])
    assert bot.posted().count(audit_entries.audit_entry_text(ENGLISH, entry, CATALOGUE)) == 1


async def test_the_operator_is_told(bot: AdminHarness, caplog: pytest.LogCaptureFixture) -> None:
    """An error with the job is logged, and metrics count it."""
    secret, request_id = await lost(bot)
    job = bot.job()
    [record] = [each for each in caplog.records if each.message == "job_outcome_unknown"]
    assert (record.levelname, record.__dict__["job_id"]) == ("ERROR", job["id"])
    shown_now = await metrics(bot)
    assert shown_now['matinee_jobs{state="unknown"}'] == 1
    assert shown_now["matinee_credits_held"] == job["price_credits"]
    async with open_callback_client(bot.app.callbacks.record) as client:
        await client.told(secret, {"request_id": request_id})
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await bot.run_until_idle(3601)
    assert bot.job()["state"] == "completed"
    shown_now = await metrics(bot)
    assert (shown_now['matinee_jobs{state="unknown"}'], shown_now["matinee_credits_held"]) == (0, 0)


# ── how it ends ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_callback_brings_the_movie(bot: AdminHarness) -> None:
    """The movie replaces the message that said the bot is checking."""
    secret, request_id = await lost(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    assert len(with_text(bot, notification_text(NotificationType.UNKNOWN))) == 1
    async with open_callback_client(bot.app.callbacks.record) as client:
        await client.told(secret, {"request_id": request_id})
    await bot.run_until_idle()
    [movie] = bot.messages()
    assert notification_text(NotificationType.COMPLETED) in movie.content
    assert bot.member() == BudgetTotals(used=bot.job()["price_credits"], held=0)
    assert bot.ordered() == 1


@pytest.mark.parametrize("charged", [True, False])
async def test_the_operator_gives_it_up(
    bot: AdminHarness,
    operator: Callable[..., Awaitable[int]],
    charged: bool,
) -> None:
    """`jobs resolve --failed` releases the credits, and the plan pays."""
    await lost(bot)
    job = bot.job()
    assert await operator("jobs", "resolve", job["id"], "--failed", *["--charged"][: int(charged)]) == 0
    await today(bot)
    assert bot.job()["state"] == "failed"
    assert bot.member() == BudgetTotals(used=0, held=0)
    assert bot.plan() == BudgetTotals(used=job["price_credits"] if charged else 0, held=0)
    [message] = with_text(bot, notification_text(NotificationType.FAILED))
    assert reason_text(ENGLISH, bot.stored_job()) in message_text(message)
    assert bot.stored_job().end_reason is EndReason.RESOLVED_BY_OPERATOR
    [entry] = [each for each in bot.audit_entries() if each.action is AuditAction.JOB_RESOLVED]
    assert audit_entries.audit_entry_text(ENGLISH, entry, CATALOGUE) in bot.posted()
    assert (await metrics(bot))['matinee_jobs{state="unknown"}'] == 0


async def test_the_operator_finds_it(bot: AdminHarness, operator: Callable[..., Awaitable[int]]) -> None:
    """`jobs resolve --request-id` continues the polling."""
    _, request_id = await lost(bot)
    job_id = bot.job()["id"]
    assert await operator("jobs", "resolve", job_id, "--request-id", "made-up") == 1
    assert bot.job()["state"] == "unknown"
    assert await operator("jobs", "resolve", job_id, "--request-id", request_id) == 0
    await today(bot)
    assert (bot.job()["state"], bot.job()["samsar_request_id"]) == ("completed", request_id)
    assert len(with_text(bot, notification_text(NotificationType.COMPLETED))) == 1


async def test_what_was_settled_is_settled(
    bot: AdminHarness, operator: Callable[..., Awaitable[int]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a callback nor a second decision changes it."""
    secret, request_id = await lost(bot)
    job_id = bot.job()["id"]
    assert await operator("jobs", "resolve", job_id, "--failed") == 0
    await today(bot)
    before = bot.snapshot()
    async with open_callback_client(bot.app.callbacks.record) as client:
        await client.told(secret, {"request_id": request_id})
    await bot.run_until_idle()
    assert await operator("jobs", "resolve", job_id, "--request-id", request_id) == 1
    assert "Only unknown jobs can be resolved" in capsys.readouterr().err
    assert bot.snapshot() == before


async def test_a_callback_after_the_operators_decision_is_logged_and_shown(
    bot: AdminHarness,
    operator: Callable[..., Awaitable[int]],
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The movie may exist at the API.

    The log has one line, and `jobs show` has the callback's time and request id.
    """
    secret, request_id = await lost(bot)
    job_id = bot.job()["id"]

    async def printed(*options: str) -> str:
        capsys.readouterr()
        assert await operator("jobs", "show", job_id, *options) == 0
        return capsys.readouterr().out

    assert json.loads(await printed("--json"))["late_callback_at"] is None
    assert await operator("jobs", "resolve", job_id, "--failed") == 0
    came_at = bot.clock.now()
    async with open_callback_client(bot.app.callbacks.record) as client:
        for _ in range(2):
            await client.told(secret, {"request_id": request_id})
    [record] = [each for each in caplog.records if each.message == "callback_after_end"]
    assert (record.levelname, record.__dict__["job_id"]) == ("WARNING", job_id)
    as_json = json.loads(await printed("--json"))
    assert (as_json["late_callback_at"], as_json["late_callback_request_id"]) == (came_at, request_id)
    assert re.search(rf"^late_callback_request_id +{request_id}$", await printed(), re.MULTILINE)
    assert re.search(r"^late_callback_at +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$", await printed(), re.MULTILINE)


async def test_nothing_settles_it_by_itself(bot: AdminHarness) -> None:
    """The job is still UNKNOWN after a month and restarts."""
    await lost(bot)
    held = bot.job()["price_credits"]
    for _ in range(3):
        await bot.restart()
        await bot.run_until_idle(10 * DAY)
    assert bot.job()["state"] == "unknown"
    assert bot.member() == BudgetTotals(used=0, held=held)
    assert bot.ordered() == 1
