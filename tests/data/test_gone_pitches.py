"""Pitches whose message or channel was deleted."""

from __future__ import annotations

import pytest

from bot.domain.pitch import Ended, PitchEndReason, PitchState
from data import pitch_ends, pitch_messages, pitch_notices, pitches
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import ALICE, BOB, CAROL, CHANNEL, GUILD, NOW

MESSAGE = 88


@pytest.mark.parametrize("looked_for", [MESSAGE, None])
async def test_a_pitch_that_is_gone_is_refunded_and_its_maker_and_payers_are_told_by_dm(
    pitching: Pitching, looked_for: int | None
) -> None:
    """None: its channel is gone."""
    pitch = await pitching.made(300)
    await pitching.database.write(pitch_messages.record, pitch.id, MESSAGE, NOW)
    await pitching.pledged(pitch, BOB, 100)
    await pitching.pledged(pitch, CAROL, 50)
    ended = await pitching.database.write(pitch_ends.end_gone, pitch.id, looked_for, NOW)
    assert isinstance(ended, Ended)
    assert (ended.pitch.state, ended.returned) == (PitchState.REMOVED, 150)
    assert await pitching.books() == {}
    gone = PitchEndReason.MESSAGE_GONE
    returned = {ALICE: 0, BOB: 100, CAROL: 50}
    assert pitching.notices() == [(member, "returned", each, gone) for member, each in returned.items()]
    due = await pitching.database.read(pitch_notices.due, NOW, 10, ())
    assert [(len(each), each[0].is_direct) for each in due] == [(1, True)], "each is told alone"
    assert await pitching.database.write(pitch_ends.end_gone, pitch.id, looked_for, NOW) is None


async def test_another_message_that_is_gone_ends_no_pitch(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    end, write = pitch_ends.end_gone, pitching.database.write
    assert await write(end, pitch.id, MESSAGE, NOW) is None
    assert not await pitching.database.read(pitch_messages.due_checks, NOW + 10 * pitch_messages.CHECK_MS, 10, ())
    await write(pitch_messages.record, pitch.id, MESSAGE, NOW)
    assert await write(end, pitch.id, MESSAGE + 1, NOW) is None
    await pitching.funded(pitch, (BOB, 300))
    assert await write(end, pitch.id, MESSAGE, NOW) is None


async def test_a_deleted_channel_has_the_pitches_of_its_threads(pitching: Pitching) -> None:
    here = await pitching.made(300)
    thread = await pitching.made(300, parent_channel_id=CHANNEL + 1)
    assert await pitching.database.read(pitches.open_in, GUILD, CHANNEL + 1) == [thread.id]
    assert await pitching.database.read(pitches.open_in, GUILD, CHANNEL) == [here.id, thread.id]
    assert not await pitching.database.read(pitches.open_in, GUILD + 1, CHANNEL)
