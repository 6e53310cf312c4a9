"""Audit entries are posted in order until accepted or forbidden."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.errors import DeliveryRejected
from bot.domain.approvals import ApprovalFallback, ApprovalScope
from bot.domain.jobs import JobState
from bot.domain.message import MessageKind
from bot.domain.quota import AuditAction, AuditContext, AuditEntry, LimitScope
from bot.domain.server_setup import NOTHING_SET, ServerSetup
from bot.domain.setting_kinds import Setting, SettingValue
from bot.worker.messages import AuditPublisher
from data import audit_log, budgets, job_actions, movie_reports, setup_changes
from tests.helpers import ledger_checks
from tests.helpers.due_work import due_states
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.worker_harness import ALICE, BOB, GUILD, WorkerHarness

STAFF_CHANNEL = 99
OTHER_GUILD = 11


async def noted(harness: WorkerHarness, *credit_limits: int, guilds: tuple[int, ...] = (GUILD,)) -> None:
    for guild in guilds:
        await choose_staff_channel(harness.database, AuditContext(BOB, guild), STAFF_CHANNEL, harness.clock.now())
    await harness.worker.run_until_idle()
    harness.publisher.lines.clear()
    for limit in credit_limits:
        await harness.clock.advance(1)
        for guild in guilds:
            await harness.database.write(
                budgets.set_limit, LimitScope.MEMBER, ALICE, limit, by=AuditContext(BOB, guild)
            )


async def approve_all_or_start(harness: WorkerHarness) -> None:
    await noted(harness)
    changes: dict[Setting, SettingValue] = {
        ServerSetup.approval: ApprovalScope.EVERYONE,
        ServerSetup.approval_fallback: ApprovalFallback.START,
    }
    by, expected = AuditContext(BOB, GUILD), NOTHING_SET.fingerprint(changes)
    await harness.database.write(setup_changes.change, changes, expected, by=by)
    await harness.worker.run_until_idle()


async def test_a_closed_channel_is_not_tried_again_and_one_that_rejects_the_words_is(harness: WorkerHarness) -> None:
    """A link that Discord blocks must not silence the staff channel. Each change stays recorded in the database."""
    await noted(harness, 100, 200)
    harness.publisher.answers = [
        DeliveryRejected("a link", code=240000, is_closed=False),
        DeliveryRejected("gone", code=10003),
    ]
    await harness.worker.run_until_idle()
    await harness.advance_and_run(3600)
    assert [entry.credits for entry, _ in harness.publisher.lines] == [100, 200]
    await noted(harness, 300)
    await harness.worker.run_until_idle()
    assert [entry.credits for entry, _ in harness.publisher.lines] == [300]


async def test_a_server_whose_entry_hangs_delays_no_other_server(harness: WorkerHarness) -> None:
    hanging = asyncio.Event()
    await noted(harness, 100, 200, guilds=(GUILD, OTHER_GUILD))

    async def hang(entry: AuditEntry) -> None:
        if entry.by.guild_id == GUILD:
            await hanging.wait()

    harness.publisher.while_posting = hang
    async with harness.running(), asyncio.timeout(10):
        await harness.publisher.until(lambda: len(harness.publisher.lines) == 3)
        assert [entry.credits for entry, _ in harness.publisher.lines if entry.by.guild_id == OTHER_GUILD] == [100, 200]
        assert [entry.credits for entry, _ in harness.publisher.lines if entry.by.guild_id == GUILD] == [100]
        hanging.set()
        await harness.publisher.until(lambda: len(harness.publisher.lines) == 4)
        assert harness.publisher.lines[-1][0].credits == 200


async def test_a_request_for_approval_has_the_nonce_of_its_entry(harness: WorkerHarness) -> None:
    """A later request for the same movie is another message."""
    await approve_all_or_start(harness)
    job = await harness.queue()
    await harness.worker.run_until_idle()
    [entry] = ledger_checks.query(harness.path, "SELECT id FROM audit_log WHERE action = 'request_approval'")
    assert harness.publisher.approval_requests == [(job.id, STAFF_CHANNEL, entry["id"])]


@pytest.mark.parametrize("is_waiting", [True, False])
async def test_a_request_for_approval_whose_words_discord_rejects_becomes_a_line_while_its_movie_waits(
    harness: WorkerHarness, *, is_waiting: bool
) -> None:
    """A link that Discord blocks must not start orders without approval."""
    await approve_all_or_start(harness)
    harness.publisher.lines.clear()
    job = await harness.queue()
    if not is_waiting:
        assert await harness.database.write(job_actions.cancel, job.id, ALICE)
    harness.publisher.answers = [DeliveryRejected("a link", code=240000, is_closed=False)] if is_waiting else []
    await harness.worker.run_until_idle()
    await harness.advance_and_run(3600)
    lines = [(entry.action, entry.job_id, channel) for entry, channel in harness.publisher.lines]
    assert lines == ([(AuditAction.REQUEST_APPROVAL, job.id, STAFF_CHANNEL)] if is_waiting else [])
    assert [asked for asked, _, _ in harness.publisher.approval_requests] == ([job.id] if is_waiting else [])
    assert (await harness.job(job)).state is (JobState.AWAITING_APPROVAL if is_waiting else JobState.CANCELLED)
    assert await harness.database.read(audit_log.has_open_channel, GUILD)


async def test_orders_that_start_where_staff_can_not_be_asked_are_submitted_at_once(harness: WorkerHarness) -> None:
    """The channel closes after the second order is placed and before it is enqueued."""
    await approve_all_or_start(harness)
    first, second, signalled = await harness.queue(), await harness.place(), list[str]()
    harness.signals.subscribe("submissions", lambda: signalled.append("now"))
    audit = AuditPublisher(harness.database, harness.publisher)
    harness.publisher.answers = [DeliveryRejected("closed", code=50001)]
    [asked] = await harness.database.read(due_states, MessageKind.AUDIT_LOG)
    await audit.show(asked)
    assert (await harness.job(first)).state is JobState.QUEUED
    assert signalled == ["now"]
    assert await harness.orders.enqueue(second, 78)
    assert (await harness.job(second)).state is JobState.QUEUED
    assert signalled == ["now", "now"]


async def test_a_report_whose_words_discord_rejects_is_posted_without_them(harness: WorkerHarness) -> None:
    movie, by = await harness.make(0), AuditContext(BOB, GUILD, interaction_id=1)
    await approve_all_or_start(harness)
    await harness.database.write(movie_reports.report, movie.id, "Bad", by=by)
    harness.publisher.answers = [DeliveryRejected("a link", code=240000, is_closed=False)]
    await harness.worker.run_until_idle()
    await harness.advance_and_run(3600)
    shown = [(each.job.request.prompt, each.reasons, channel) for each, channel in harness.publisher.reports]
    assert shown == [("a red balloon", ("Bad",), STAFF_CHANNEL), ("", (), STAFF_CHANNEL)]
    assert await harness.database.read(audit_log.has_open_channel, GUILD)


async def test_a_report_waits_silently_for_a_staff_channel_and_is_no_failed_attempt(
    harness: WorkerHarness, caplog: pytest.LogCaptureFixture
) -> None:
    movie, by = await harness.make(0), AuditContext(BOB, GUILD, interaction_id=1)
    await harness.database.write(movie_reports.report, movie.id, "Bad", by=by)
    for _ in range(3):
        await harness.advance_and_run(3600)
    [waiting] = ledger_checks.query(harness.path, "SELECT attempts FROM messages WHERE kind = 'report'")
    assert waiting == {"attempts": 0}
    assert "message_retry_scheduled" not in caplog.messages
    await choose_staff_channel(harness.database, by, STAFF_CHANNEL, harness.clock.now())
    await harness.worker.run_until_idle()
    assert [each.job.id for each, _ in harness.publisher.reports] == [movie.id]


async def test_orders_wait_on_where_the_bot_is_not_in_the_server_any_more(harness: WorkerHarness) -> None:
    """The staff can no longer approve them."""
    await approve_all_or_start(harness)
    asked = await harness.queue()
    harness.publisher.answers = [DeliveryRejected("removed", code=50001, is_removed=True)]
    await harness.worker.run_until_idle()
    assert (await harness.job(asked)).state is JobState.AWAITING_APPROVAL
    assert not await harness.database.read(audit_log.has_open_channel, GUILD)
