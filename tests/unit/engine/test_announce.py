"""Audit lines reach the server's audit channel, in order, until Discord took them or the channel is closed."""

from __future__ import annotations

from bot.domain.credits import Limits
from bot.domain.quota import Decision
from bot.errors import DeliveryDelayed, DeliveryRefused
from data.quota_book import QuotaBook
from tests.support.bench import ALICE, BOB, GUILD, Bench

AUDIT_CHANNEL = 99


async def noted(bench: Bench, *credit_limits: int) -> None:
    """Choose the audit channel, have that line posted, and set Alice's limit a few times."""
    book = QuotaBook(bench.database, Limits(member=600, plan=5000), bench.clock.now)
    by = Decision(BOB, GUILD)
    await book.set_channel(by, AUDIT_CHANNEL)
    await bench.engine.turn()
    bench.screen.lines.clear()
    for limit in credit_limits:
        await bench.clock.advance(1)
        await book.set_member(by, ALICE, limit)


async def test_changes_are_posted_once_and_in_order(bench: Bench) -> None:
    """Each change is one line in the channel that was chosen, with who did it to whom."""
    await noted(bench, 100, 200, 300)
    await bench.engine.turn()
    await bench.turn_after(3600)
    assert [(entry.credits, channel) for entry, channel in bench.screen.lines] == [
        (100, AUDIT_CHANNEL),
        (200, AUDIT_CHANNEL),
        (300, AUDIT_CHANNEL),
    ]
    assert {(entry.actor_id, entry.subject_id) for entry, _ in bench.screen.lines} == {(BOB, ALICE)}


async def test_a_line_that_discord_did_not_take_is_posted_a_minute_later(bench: Bench) -> None:
    """A Discord that is down loses no line."""
    await noted(bench, 100)
    bench.screen.answers = [DeliveryDelayed("down"), DeliveryDelayed("down")]
    await bench.engine.turn()
    assert await bench.turn_after(59) == 0
    await bench.turn_after(1)
    await bench.turn_after(60)
    assert len(bench.screen.lines) == 3
    await bench.turn_after(3600)
    assert len(bench.screen.lines) == 3


async def test_a_closed_channel_is_not_tried_again(bench: Bench) -> None:
    """A line whose channel is gone is dropped; the record of the change stays in the database."""
    await noted(bench, 100)
    bench.screen.answers = [DeliveryRefused("gone", code=10003)]
    await bench.engine.turn()
    await bench.turn_after(3600)
    assert len(bench.screen.lines) == 1
