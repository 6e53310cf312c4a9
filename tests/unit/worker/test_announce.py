"""Audit lines reach the server's audit channel, in order, until Discord took them or the channel is closed."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.credits import Limits
from bot.domain.quota import AuditContext, AuditEntry, LimitScope
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.services.quotas import QuotaService
from bot.services.signals import Signals
from tests.helpers.engine_harness import ALICE, BOB, GUILD, EngineHarness

AUDIT_CHANNEL = 99
OTHER_GUILD = 11


async def noted(bench: EngineHarness, *credit_limits: int, guilds: tuple[int, ...] = (GUILD,)) -> None:
    """Choose the audit channels, have those lines posted, and set Alice's limit a few times in each server."""
    book = QuotaService(bench.database, Limits(member=600, plan=5000), bench.clock.now, Signals())
    for guild in guilds:
        await book.set_audit_channel(AuditContext(BOB, guild), AUDIT_CHANNEL)
    await bench.engine.run_until_idle()
    bench.screen.lines.clear()
    for limit in credit_limits:
        await bench.clock.advance(1)
        for guild in guilds:
            await book.set_limit(AuditContext(BOB, guild), LimitScope.MEMBER, ALICE, limit)


async def test_changes_are_posted_once_and_in_order(bench: EngineHarness) -> None:
    """Each change is one line in the channel that was chosen, with who did it to whom."""
    await noted(bench, 100, 200, 300)
    await bench.engine.run_until_idle()
    await bench.advance_and_run(3600)
    assert [(entry.credits, channel) for entry, channel in bench.screen.lines] == [
        (100, AUDIT_CHANNEL),
        (200, AUDIT_CHANNEL),
        (300, AUDIT_CHANNEL),
    ]
    assert {(entry.actor_id, entry.subject_id) for entry, _ in bench.screen.lines} == {(BOB, ALICE)}


async def test_a_line_that_discord_did_not_take_is_posted_a_minute_later(bench: EngineHarness) -> None:
    """A Discord that is down loses no line."""
    await noted(bench, 100)
    bench.screen.answers = [DeliveryDeferred("down"), DeliveryDeferred("down")]
    await bench.engine.run_until_idle()
    assert await bench.advance_and_run(59) == 0
    await bench.advance_and_run(1)
    await bench.advance_and_run(60)
    assert len(bench.screen.lines) == 3
    await bench.advance_and_run(3600)
    assert len(bench.screen.lines) == 3


async def test_pauses_grow_where_discord_refuses_a_line_again_and_again(bench: EngineHarness) -> None:
    """A refusal that never passes is not asked for every minute, for ever; a line that is taken ends the growth."""
    await noted(bench, 100)
    odd = DeliveryDeferred("odd", code=99999, definitely_failed=True)
    bench.screen.answers = [odd, odd, odd, odd, odd]
    await bench.engine.run_until_idle()
    for pause in (60, 60, 135, 405):
        tried = len(bench.screen.lines)
        await bench.advance_and_run(pause - 1)
        assert len(bench.screen.lines) == tried
        await bench.advance_and_run(1)
        assert len(bench.screen.lines) == tried + 1
    await bench.advance_and_run(1215)
    await noted(bench, 200)
    bench.screen.answers = [odd]
    await bench.engine.run_until_idle()
    await bench.advance_and_run(60)
    assert [entry.credits for entry, _ in bench.screen.lines] == [200, 200]


async def test_line_waits_as_long_as_discord_asks_for(bench: EngineHarness) -> None:
    """A rate limit of five minutes is not met again after one."""
    await noted(bench, 100)
    bench.screen.answers = [DeliveryDeferred("rate limited", retry_after=300)]
    await bench.engine.run_until_idle()
    assert await bench.advance_and_run(299) == 0
    assert await bench.advance_and_run(1) == 1


async def test_line_waits_no_longer_than_the_longest_pause(
    bench: EngineHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """What is due later than that would pass for written by a clock that was set back, and be tried at every sweep."""
    await noted(bench, 100)
    bench.screen.answers = [DeliveryDeferred("rate limited", retry_after=7200)]
    await bench.engine.run_until_idle()
    assert await bench.advance_and_run(15) == 0
    assert "clock_set_back" not in caplog.messages
    assert await bench.advance_and_run(3585) == 1


async def test_a_closed_channel_is_not_tried_again(bench: EngineHarness) -> None:
    """A line whose channel is gone is dropped; the record of the change stays in the database."""
    await noted(bench, 100)
    bench.screen.answers = [DeliveryRejected("gone", code=10003)]
    await bench.engine.run_until_idle()
    await bench.advance_and_run(3600)
    assert len(bench.screen.lines) == 1


async def test_a_later_line_waits_for_one_that_discord_did_not_take(bench: EngineHarness) -> None:
    """Also in a process that starts meanwhile: the lines of a server stand in order."""
    await noted(bench, 100, 200)
    bench.screen.answers = [DeliveryDeferred("down")]
    await bench.engine.run_until_idle()
    bench.engine = bench.new_engine()
    await bench.advance_and_run(59)
    assert [entry.credits for entry, _ in bench.screen.lines] == [100]
    await bench.advance_and_run(1)
    assert [entry.credits for entry, _ in bench.screen.lines] == [100, 100, 200]


async def test_a_server_whose_line_hangs_holds_no_other_server_up(bench: EngineHarness) -> None:
    """Its own later lines wait; those of another server are posted, one after the other."""
    hanging = asyncio.Event()
    await noted(bench, 100, 200, guilds=(GUILD, OTHER_GUILD))

    async def hang(entry: AuditEntry) -> None:
        if entry.guild_id == GUILD:
            await hanging.wait()

    bench.screen.while_posting = hang
    bench.screen.is_open.set()
    await bench.engine.start()
    try:
        async with asyncio.timeout(5):
            await bench.screen.until(lambda: len(bench.screen.lines) == 3)
        assert [entry.credits for entry, _ in bench.screen.lines if entry.guild_id == OTHER_GUILD] == [100, 200]
        assert [entry.credits for entry, _ in bench.screen.lines if entry.guild_id == GUILD] == [100]
        hanging.set()
        async with asyncio.timeout(5):
            await bench.screen.until(lambda: len(bench.screen.lines) == 4)
        assert bench.screen.lines[-1][0].credits == 200
    finally:
        hanging.set()
        await bench.engine.stop(5)
