"""Notices of a pitch's outcome, once to each member who chipped in."""

from __future__ import annotations

import pytest

from bot.domain.delivery import NONCE_TTL_SECONDS
from bot.domain.followers import MAX_FOLLOWERS
from bot.domain.pitch import WAITING_NOTICE_MS, Pitch, Pitched, PitchState, Waiting
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext
from bot.errors import DeliveryDeferred, DeliveryRejected
from data import blocks, preferences
from tests.helpers.worker_harness import ALICE, BOB, WorkerHarness, order

CAROL = 5


async def pitched(harness: WorkerHarness) -> Pitch:
    """Make a new pitch of Alice's, for 100 credits."""
    made = await harness.pitches.pitch(*order(ALICE))
    assert isinstance(made, Pitched), made
    assert await harness.pitches.record_message(made.pitch, 88)
    return made.pitch


async def chip_in(harness: WorkerHarness, pitch: Pitch, *shares: tuple[int, int]) -> None:
    for member, amount in shares:
        await harness.pitches.chip_in(order(member)[0], pitch.id, amount)


async def let_by_dm(harness: WorkerHarness, member: int) -> None:
    await harness.database.write(preferences.set_delivery_target, member, DeliveryTarget.DIRECT_MESSAGE)


async def test_one_message_tells_those_in_the_channel_and_a_dm_each_other_one(harness: WorkerHarness) -> None:
    pitch = await pitched(harness)
    await let_by_dm(harness, BOB)
    await chip_in(harness, pitch, (ALICE, 10), (BOB, 50), (CAROL, 40))
    await harness.worker.run_until_idle()
    assert harness.publisher.pitch_notices == [([ALICE, CAROL], False, None), ([BOB], True, None)]
    harness.new_worker()
    await harness.worker.run_until_idle()
    assert len(harness.publisher.pitch_notices) == 2


@pytest.mark.parametrize("rejected", [False, True])
async def test_who_cant_view_the_channel_is_told_by_dm_only(harness: WorkerHarness, *, rejected: bool) -> None:
    """Also where Discord takes no direct message to them."""
    pitch = await pitched(harness)
    harness.publisher.hidden = frozenset({BOB})
    await chip_in(harness, pitch, (BOB, 10), (CAROL, 10))
    await harness.pitches.withdraw(pitch.guild_id, ALICE, pitch.id)
    harness.publisher.answers = [1, *([DeliveryRejected("closed", code=50007)] if rejected else [])]
    await harness.worker.run_until_idle()
    await harness.advance_and_run(3600)
    assert harness.publisher.pitch_notices == [([CAROL], False, None), ([BOB], True, None)]


async def test_a_message_that_discord_defers_is_repeated_for_the_same_members(harness: WorkerHarness) -> None:
    """The nonce is made from the members, so they can't change."""
    members = range(10, 10 + MAX_FOLLOWERS + 2)
    pitch = await pitched(harness)
    await chip_in(harness, pitch, *((member, 1) for member in members))
    harness.publisher.answers = [DeliveryDeferred("503"), DeliveryDeferred("503")]
    await harness.clock.advance((pitch.ends_at - harness.clock.now()) / 1000)
    await harness.worker.run_until_idle()
    await harness.advance_and_run(NONCE_TTL_SECONDS + 1)
    (first, *_), (rest, *_), *retries = harness.publisher.pitch_notices
    assert [*first, *rest] == [*members]
    assert [(told, since) for told, _, since in retries] == [(first, pitch.ends_at), (rest, pitch.ends_at)]


async def test_what_discord_rejects_goes_the_other_way_to_each_alone(harness: WorkerHarness) -> None:
    pitch = await pitched(harness)
    await chip_in(harness, pitch, (BOB, 10), (CAROL, 10))
    await harness.pitches.withdraw(pitch.guild_id, ALICE, pitch.id)
    harness.publisher.answers = [DeliveryRejected("closed", code=50001), DeliveryRejected("closed", code=50007)]
    await harness.worker.run_until_idle()
    assert harness.publisher.pitch_notices == [([BOB, CAROL], False, None), ([BOB], True, None), ([CAROL], True, None)]
    await harness.advance_and_run(3600)
    assert len(harness.publisher.pitch_notices) == 3


async def made_to_wait(harness: WorkerHarness) -> Pitch:
    """Make a fully paid pitch wait, because its author may not order."""
    pitch = await pitched(harness)
    await chip_in(harness, pitch, (BOB, 50))
    await harness.database.write(blocks.block, ALICE, None, by=AuditContext(9, pitch.guild_id), now=harness.clock.now())
    assert isinstance(await harness.pitches.chip_in(order(CAROL)[0], pitch.id, None), Waiting)
    return pitch


async def test_who_pays_for_a_pitch_that_waits_for_long_is_told_once(harness: WorkerHarness) -> None:
    pitch = await made_to_wait(harness)
    await harness.advance_and_run(WAITING_NOTICE_MS / 1000 - 1)
    assert harness.publisher.pitch_notices == []
    await harness.advance_and_run(1)
    assert [told for told, _, _ in harness.publisher.pitch_notices] == [[BOB, CAROL]]
    await harness.advance_and_run(24 * 3600)
    assert len(harness.publisher.pitch_notices) == 1
    found = await harness.pitches.find(pitch.id, pitch.guild_id)
    assert found.state is PitchState.WAITING_FOR_PLAN
