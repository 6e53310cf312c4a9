"""Messages to members about their gifts, retried until Discord accepts them."""

from __future__ import annotations

import pytest

from bot.domain.quota import AuditContext
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.services.gifts import GiftService
from data import grants
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import query
from tests.helpers.worker_harness import ALICE, BOB, CHANNEL, GUILD, WorkerHarness


async def give(harness: WorkerHarness, *, again: bool = False) -> int:
    """Give Bob credits, and return when."""
    now = harness.clock.now()
    if not again:
        await allow_gifts(harness.database, GUILD, 100, now)
    await harness.database.write(grants.grant, ALICE, 50, by=AuditContext(9, GUILD), now=now)
    gifts = GiftService(harness.database, harness.clock, harness.signals)
    assert await gifts.give(AuditContext(ALICE, GUILD), BOB, 50, channel_id=CHANNEL) is None
    return now


def notice(harness: WorkerHarness) -> str:
    """Return the state of the recipient's notification."""
    [row] = query(harness.path, "SELECT notice FROM gifts")
    return str(row["notice"])


async def test_a_discord_that_is_down_is_tried_again_ever_later(harness: WorkerHarness) -> None:
    harness.publisher.answers = [DeliveryDeferred("down", definitely_failed=True)] * 3
    await give(harness)
    await harness.worker.run_until_idle()
    await harness.assert_tried_after((5, 15, 45), lambda: len(harness.publisher.gifts))
    assert notice(harness) == "sent"
    assert await harness.advance_and_run(3600) == 0


async def test_a_message_of_a_minute_ago_is_looked_for_first(harness: WorkerHarness) -> None:
    """Discord may have accepted an attempt before, and forgotten its nonce."""
    harness.publisher.answers = [DeliveryDeferred("lost")] * 5
    given_at = await give(harness)
    await harness.worker.run_until_idle()
    await harness.assert_tried_after((5, 15, 45, 60, 60), lambda: len(harness.publisher.gifts))
    since = [possibly_sent for _, possibly_sent in harness.publisher.gifts]
    assert (since[0], since[-1]) == (None, given_at)


async def test_what_discord_rejects_is_not_tried_again(harness: WorkerHarness) -> None:
    harness.publisher.answers = [DeliveryRejected("closed", code=50007)]
    await give(harness)
    await harness.worker.run_until_idle()
    await harness.advance_and_run(3600)
    assert (len(harness.publisher.gifts), notice(harness)) == (1, "undeliverable")


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (DeliveryRejected("closed", code=50007), ("undeliverable", 0)),
        (DeliveryDeferred("down", definitely_failed=True), ("pending", 1)),
    ],
)
async def test_a_message_that_fails_says_nothing_of_another_gift(
    harness: WorkerHarness, failure: Exception, state: tuple[str, int]
) -> None:
    """The other is sent, and neither's record changes the other's."""
    harness.publisher.answers = [failure]
    for again in (False, True):
        await give(harness, again=again)
    await harness.worker.run_until_idle()
    rows = query(harness.path, "SELECT notice, attempts FROM gifts")
    assert sorted((row["notice"], row["attempts"]) for row in rows) == sorted([state, ("sent", 0)])
