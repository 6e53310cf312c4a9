"""Unknown jobs: member and staff are told, and one decision counts."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import discord
import pytest

from bot import monitoring
from bot.domain.delivery import NotificationType
from bot.domain.job import JobState
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditReason
from bot.ui import audit_entries, job_messages
from bot.ui.end_reasons import reason_text
from data import renders
from data.audit_log import AuditEvent
from tests.e2e.test_callbacks import PUBLIC, SLOWLY, lost
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.callback_client import open_callback_client
from tests.helpers.expected_text import ENGLISH, card_title, embed_text, notification_text
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
    return [each for each in bot.messages() if text in message_text(each)]


async def metrics(bot: BotHarness) -> dict[str, float]:
    """What monitoring would see."""
    page, _ = await monitoring.metrics_page(bot.app)
    lines = [line for line in page.decode().splitlines() if not line.startswith("#")]
    return {series: float(value) for series, _, value in (line.rpartition(" ") for line in lines)}


# ── who is told ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_member_and_the_servers_staff_are_told_once(bot: AdminHarness) -> None:
    await lost(bot)
    for _ in range(3):
        await bot.run_until_idle(10 * DAY)
        await bot.restart()
    await bot.run_until_idle(DAY)
    [message] = with_text(bot, notification_text(NotificationType.UNKNOWN))
    assert f"<@{bot.alice.id}>" in message.content
    assert embed_text(job_messages.unknown_message(ENGLISH, bot.stored_job()).embed) in message_text(message)
    assert bot.messages()[0].embeds[0].title == card_title(JobState.UNKNOWN)
    job = bot.job()
    assert (job["state"], bot.ordered()) == ("unknown", 1)
    assert bot.member() == BudgetTotals(used=0, held=job["price_credits"])
    [entry] = [each for each in bot.audit_entries() if each.action is AuditAction.JOB_UNKNOWN]
    assert (entry.subject_id, entry.credits) == (bot.alice.id, job["price_credits"])
    assert bot.posted().count(audit_entries.audit_entry_text(ENGLISH, entry, CATALOGUE)) == 1


async def test_the_operator_is_told_and_a_callback_brings_the_movie(
    bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    secret, request_id = await lost(bot)
    job = bot.job()
    [record] = [each for each in caplog.records if each.message == "job_outcome_unknown"]
    assert (record.levelname, record.__dict__["job_id"]) == ("ERROR", job["id"])
    shown_now = await metrics(bot)
    assert shown_now['matinee_jobs{state="unknown"}'] == 1
    assert shown_now["matinee_credits_held"] == job["price_credits"]
    await bot.run_until_idle(RENDER_SECONDS + 1)
    assert len(with_text(bot, notification_text(NotificationType.UNKNOWN))) == 1
    async with open_callback_client(bot.app.callbacks.record) as client:
        await client.told(secret, {"request_id": request_id})
    await bot.run_until_idle()
    [movie] = bot.messages()
    assert notification_text(NotificationType.COMPLETED) in movie.content
    assert bot.member() == BudgetTotals(used=job["price_credits"], held=0)
    assert bot.ordered() == 1
    shown_now = await metrics(bot)
    assert (shown_now['matinee_jobs{state="unknown"}'], shown_now["matinee_credits_held"]) == (0, 0)


# ── how it ends ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_callback_after_the_operators_decision_is_logged_once(
    bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """The movie may exist at the API, but that changes nothing of what was settled."""
    secret, request_id = await lost(bot)
    job_id = bot.job()["id"]
    by = AuditContext(SYSTEM_ACTOR_ID, bot.guild.id, reason_code=AuditReason.ENDED_AS_FAILED)
    change = AuditEvent(by, AuditAction.JOB_RESOLVED, bot.alice.id, None, bot.clock.now(), job_id=job_id)
    assert await bot.app.database.write(renders.resolve_failed, job_id, change, upstream_charged=False)
    async with open_callback_client(bot.app.callbacks.record) as client:
        for _ in range(2):
            await client.told(secret, {"request_id": request_id})
    await bot.run_until_idle()
    [record] = [each for each in caplog.records if each.message == "callback_after_end"]
    assert (record.levelname, record.__dict__["job_id"]) == ("WARNING", job_id)
    assert bot.job()["state"] == "failed"
    [message] = with_text(bot, notification_text(NotificationType.FAILED))
    assert reason_text(ENGLISH, bot.stored_job()) in message_text(message)
    [entry] = [each for each in bot.audit_entries() if each.action is AuditAction.JOB_RESOLVED]
    assert audit_entries.audit_entry_text(ENGLISH, entry, CATALOGUE) in bot.posted()
