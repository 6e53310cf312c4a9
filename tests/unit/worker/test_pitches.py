"""The worker's due work for pitches: funding, ending, showing and withdrawing them, and telling who paid."""

import pytest

from bot.core.errors import DeliveryDeferred, DeliveryError, DeliveryRejected
from bot.domain.delivery import MAX_FOLLOWERS, NONCE_TTL_SECONDS
from bot.domain.pitches import WAITING_NOTICE_MS, Pitch, PitchEndReason, PitchState
from bot.domain.quota import AuditContext
from bot.services.orders import ACK_TIMEOUT_MS
from data import blocks, pitch_ends, pitches, pledging
from tests.helpers.due_work import due_pitches
from tests.helpers.ledger_checks import assert_ledger_consistent, execute
from tests.helpers.worker_harness import ALICE, BOB, WorkerHarness, order

MESSAGE, CAROL = 88, 5


async def made(harness: WorkerHarness) -> Pitch:
    pitch = await unposted(harness)
    assert await harness.database.write(pitches.record, pitch.id, MESSAGE, pitch)
    return pitch


async def unposted(harness: WorkerHarness) -> Pitch:
    pitched = await harness.database.write(pledging.pitch, order(ALICE))
    assert isinstance(pitched, Pitch), pitched
    return pitched


async def is_over(harness: WorkerHarness, pitch: Pitch) -> bool:
    found = await harness.database.read(pitches.get, pitch.id)
    return not found.state.is_open


async def test_a_funded_pitch_becomes_a_card_though_discord_fails_for_a_while(harness: WorkerHarness) -> None:
    pitch = await made(harness)
    await harness.worker.run_until_idle()
    harness.publisher.edits = [*[DeliveryDeferred("down")] * 4, DeliveryRejected("forbidden")]
    await harness.database.write(pledging.chip_in, order(BOB).context, pitch.id, None)
    await harness.worker.run_until_idle()
    assert len(harness.publisher.edits) == 4
    harness.worker = harness.new_worker()
    await harness.assert_tried_after((5, 15, 45, 135), lambda: -len(harness.publisher.edits))
    await harness.advance_and_run(7 * 24 * 3600)
    assert harness.publisher.edits == [], "the fifth attempt was the last one"
    assert not await harness.database.read(due_pitches)


@pytest.mark.parametrize("alone", [False, True])
async def test_a_pitch_that_was_not_posted_is_withdrawn(harness: WorkerHarness, *, alone: bool) -> None:
    await harness.worker.recover()
    posted, dead = await made(harness), await unposted(harness)
    if alone:
        await harness.restart()
    else:
        await harness.advance_and_run(ACK_TIMEOUT_MS / 1000 - 1)
        assert not await is_over(harness, dead)
        await harness.advance_and_run(2)
    found = await harness.database.read(pitches.get, dead.id)
    assert (found.state, found.end_reason) == (PitchState.WITHDRAWN, PitchEndReason.WITHDRAWN)
    await harness.database.write(pitch_ends.withdraw_unposted, posted.id)
    assert not await is_over(harness, posted)


async def test_a_pitch_that_fails_holds_no_other_up(harness: WorkerHarness) -> None:
    first, second = [await made(harness) for _ in range(2)]
    execute(harness.path, f"UPDATE pitches SET end_reason = 'x' WHERE id = '{first.id}'")
    await harness.clock.advance((second.ends_at - harness.clock.now()) / 1000)
    await harness.worker.recover()
    execute(harness.path, "UPDATE pitches SET end_reason = NULL")
    assert [await is_over(harness, each) for each in (first, second)] == [False, True]
    await harness.worker.recover()
    assert await is_over(harness, first)


@pytest.mark.parametrize("finds", ["an edit", "the daily check"])
async def test_a_pitch_whose_message_was_deleted_ends_and_tells_each_by_dm(harness: WorkerHarness, finds: str) -> None:
    pitch, other = [await made(harness) for _ in range(2)]
    await chip_in(harness, pitch, (BOB, 10))
    await harness.worker.run_until_idle()
    harness.publisher.movie_nights.deleted.add(MESSAGE)
    execute(harness.path, f"UPDATE pitches SET message_id = {MESSAGE + 1} WHERE id = '{other.id}'")
    if finds == "an edit":
        await chip_in(harness, pitch, (BOB, 10))
        await harness.advance_and_run(10)
    else:
        await harness.advance_and_run(pitches.CHECK_MS / 1000 - 1)
        assert not await is_over(harness, pitch)
        await harness.advance_and_run(1)
    found = await harness.database.read(pitches.get, pitch.id)
    assert (found.end_reason, found.pledged) == (PitchEndReason.MESSAGE_GONE, 0)
    assert [(told, direct) for told, direct, _ in harness.publisher.notices] == [([ALICE], True), ([BOB], True)]
    assert not await is_over(harness, other)
    harness.publisher.movie_nights.deleted.add(MESSAGE + 1)
    await harness.advance_and_run(pitches.CHECK_MS / 1000)
    assert await is_over(harness, other), "the check is repeated"
    assert_ledger_consistent(harness.path)


async def test_a_pitch_stays_while_discord_can_not_tell_whether_its_message_is_there(harness: WorkerHarness) -> None:
    pitch = await made(harness)
    harness.publisher.movie_nights.looks = [DeliveryDeferred("down")]
    await harness.advance_and_run(pitches.CHECK_MS / 1000)
    assert not await is_over(harness, pitch)
    harness.publisher.movie_nights.deleted.add(MESSAGE)
    await harness.advance_and_run(3599)
    assert not await is_over(harness, pitch)
    await harness.advance_and_run(1)
    assert await is_over(harness, pitch)


@pytest.mark.parametrize(("age", "interval"), [(0, 10), (3500, 10), (3600, 600), (100_000, 600)])
async def test_counts_cost_one_edit_an_interval_over_processes_and_a_new_state_is_shown_at_once(
    harness: WorkerHarness, age: int, interval: int
) -> None:
    pitch = await made(harness)
    await harness.advance_and_run(age)
    assert harness.publisher.pitches == [], "its first message shows it"
    for seconds, edits in ((0, 1), (0, 1), (interval - 1, 1), (1, 2), (interval - 1, 2), (1, 3)):
        await chip_in(harness, pitch, (BOB, 1))
        await harness.database.write(pledging.vote, pitch.id, pitch.guild_id, BOB)
        harness.worker = harness.new_worker()
        await harness.advance_and_run(seconds)
        assert len(harness.publisher.pitches) == edits
    await chip_in(harness, pitch, (BOB, 1))
    await harness.database.write(pitch_ends.withdraw, pitch.id, pitch.guild_id, ALICE)
    await harness.worker.run_until_idle()
    assert [each.state.is_open for each in harness.publisher.pitches] == [True, True, True, False]
    await harness.advance_and_run(interval)
    assert len(harness.publisher.pitches) == 4


@pytest.mark.parametrize("late", [False, True])
async def test_what_changes_during_an_edit_is_shown_later_but_a_new_state_at_once(
    harness: WorkerHarness, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    pitch, show = await made(harness), harness.publisher.show_pitch

    async def show_during_a_press(shown: Pitch) -> bool:
        if shown.state.is_open:
            await chip_in(harness, pitch, (CAROL, 1))
        if late:
            await harness.database.write(pitch_ends.withdraw, pitch.id, pitch.guild_id, ALICE)
        return await show(shown)

    monkeypatch.setattr(harness.publisher, "show_pitch", show_during_a_press)
    await chip_in(harness, pitch, (BOB, 1))
    await harness.worker.run_until_idle()
    assert len(harness.publisher.pitches) == 1 + late
    await harness.advance_and_run(10)
    assert len(harness.publisher.pitches) == 2


@pytest.mark.parametrize(
    "error", [DeliveryRejected("archived", code=50083), DeliveryDeferred("too many edits", code=30046)]
)
async def test_an_edit_in_an_archived_thread_or_beyond_the_limit_is_tried_again(
    harness: WorkerHarness, error: DeliveryError
) -> None:
    pitch = await made(harness)
    harness.publisher.edits = [error]
    await chip_in(harness, pitch, (BOB, 1))
    await harness.worker.run_until_idle()
    await harness.advance_and_run(4)
    assert len(harness.publisher.pitches) == 1
    await harness.advance_and_run(1)
    assert len(harness.publisher.pitches) == 2


async def chip_in(harness: WorkerHarness, pitch: Pitch, *shares: tuple[int, int]) -> None:
    for member, amount in shares:
        await harness.database.write(pledging.chip_in, order(member).context, pitch.id, amount)


async def withdrawn(harness: WorkerHarness, payers: tuple[int, ...] = (BOB, CAROL)) -> None:
    pitch = await made(harness)
    await chip_in(harness, pitch, *((payer, 10) for payer in payers))
    await harness.database.write(pitch_ends.withdraw, pitch.id, pitch.guild_id, ALICE)


@pytest.mark.parametrize("rejected", [False, True])
async def test_who_cant_view_the_channel_is_told_by_dm_only(harness: WorkerHarness, *, rejected: bool) -> None:
    await withdrawn(harness)
    harness.publisher.hidden = frozenset({BOB})
    harness.publisher.answers = [1, *([DeliveryRejected("closed", code=50007)] if rejected else [])]
    await harness.worker.run_until_idle()
    await harness.advance_and_run(3600)
    assert harness.publisher.notices == [([CAROL], False, None), ([BOB], True, None)]


async def test_a_message_that_discord_defers_is_repeated_for_the_same_members(harness: WorkerHarness) -> None:
    """The nonce is made from the members, so they can't change."""
    members = range(10, 10 + MAX_FOLLOWERS + 2)
    pitch = await made(harness)
    await chip_in(harness, pitch, *((member, 1) for member in members))
    harness.publisher.answers = [DeliveryDeferred("503"), DeliveryDeferred("503")]
    await harness.clock.advance((pitch.ends_at - harness.clock.now()) / 1000)
    await harness.worker.run_until_idle()
    await harness.advance_and_run(NONCE_TTL_SECONDS + 1)
    (first, *_), (rest, *_), *retries = harness.publisher.notices
    assert [*first, *rest] == [*members]
    assert [(told, since) for told, _, since in retries] == [(first, pitch.ends_at), (rest, pitch.ends_at)]


async def test_what_discord_rejects_goes_the_other_way_to_each_alone(harness: WorkerHarness) -> None:
    await withdrawn(harness)
    harness.publisher.answers = [DeliveryRejected("closed", code=50001), DeliveryRejected("closed", code=50007)]
    await harness.worker.run_until_idle()
    assert harness.publisher.notices == [([BOB, CAROL], False, None), ([BOB], True, None), ([CAROL], True, None)]
    await harness.advance_and_run(3600)
    assert len(harness.publisher.notices) == 3


async def test_who_pays_for_a_pitch_that_waits_for_long_is_told_once(harness: WorkerHarness) -> None:
    pitch = await made(harness)
    await chip_in(harness, pitch, (BOB, 50))
    await harness.database.write(blocks.block, ALICE, None, by=AuditContext(9, pitch.guild_id))
    await chip_in(harness, pitch, (CAROL, 50))
    await harness.advance_and_run(WAITING_NOTICE_MS / 1000 - 1)
    assert harness.publisher.notices == []
    await harness.advance_and_run(1)
    assert [told for told, _, _ in harness.publisher.notices] == [[BOB, CAROL]]
    await harness.advance_and_run(24 * 3600)
    assert len(harness.publisher.notices) == 1
    found = await harness.database.read(pitches.get, pitch.id)
    assert found.state is PitchState.WAITING_FOR_PLAN
