"""Notices of pledgers, and whose names a movie has."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.delivery import NotificationType
from bot.domain.followers import MAX_FOLLOWERS
from bot.domain.language import Language
from bot.domain.pitch import RETRY_MS, Funded, NoticeKind, Pitch, PitchEndReason, PitchNotice, Waiting
from bot.domain.preferences import DeliveryTarget
from data import job_actions, outbox, pitch_ends, pitch_notices, pledging, preferences, renders, submissions
from tests.helpers.approving import DANA
from tests.helpers.due_work import due_notifications
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import ALICE, BOB, CAROL, DAY, GUILD, LIMITS, NOW


async def due(pitching: Pitching, now: int = NOW) -> list[tuple[PitchNotice, ...]]:
    return await pitching.database.read(pitch_notices.due, now, 10, ())


async def test_a_newer_notice_of_a_kind_is_sent_in_place_of_the_older(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    write, key = pitching.database.write, (pitch.id, BOB, NoticeKind.RETURNED)
    await write(pitch_notices.enqueue, *key, 100, NOW)
    [older] = await due(pitching)
    await write(pitch_notices.reschedule, older, NOW + 1)
    [[again]] = await due(pitching, NOW + 1)
    assert again.attempts == 1
    await write(pitch_notices.enqueue, *key, 30, NOW + 2, PitchEndReason.LAPSED)
    await write(pitch_notices.end, older, sent=True)
    [[newer]] = await due(pitching, NOW + 2)
    assert (newer.credits, newer.reason, newer.attempts) == (30, PitchEndReason.LAPSED, 0)
    await write(pitch_notices.end, (newer,), sent=True)
    assert pitching.notices() == []
    await write(pitch_notices.enqueue, *key, 5, NOW + 3)
    assert pitching.notices() == [(BOB, "returned", 5, None)]


async def test_each_pledger_is_told_in_their_language_of_their_last_press(pitching: Pitching) -> None:
    pitch = await pitching.made(300, member_language=Language.GERMAN)
    await pitching.chip_in(pitch, BOB, 100)
    await pitching.chip_in(pitch, BOB, 100, member_language=Language.FRENCH)
    await pitching.chip_in(pitch, CAROL, 100)
    [told] = await due(pitching)
    assert {each.member_id: each.member_language for each in told} == {
        BOB: Language.FRENCH,
        CAROL: Language.ENGLISH,
    }


async def test_who_wants_direct_messages_has_one_of_their_own(pitching: Pitching) -> None:
    """The others share one in the channel, which comes first."""
    pitch, write = await pitching.made(300), pitching.database.write
    for member in (ALICE, BOB, CAROL, DANA):
        await pitching.pledged(pitch, member, 10)
    for member in (ALICE, CAROL):
        await write(preferences.set_delivery_target, member, DeliveryTarget.DIRECT_MESSAGE)
    await write(pitch_ends.withdraw, pitch.id, GUILD, ALICE, NOW)
    told: list[tuple[bool, list[int]]] = []
    while messages := await due(pitching):
        [notices] = messages
        told.append((notices[0].is_direct, [each.member_id for each in notices]))
        await write(pitch_notices.end, notices, sent=True)
    assert told == [(False, [BOB, DANA]), (True, [ALICE]), (True, [CAROL])]


async def test_who_was_told_that_a_pitch_waits_is_not_told_again(pitching: Pitching) -> None:
    """Who was not told yet is told when it waits again."""
    pitch = await made_to_wait(pitching)
    for told in (False, True):
        assert pitching.notices() == [(BOB, "waiting", 300, None)]
        if told:
            [notice] = await due(pitching, pitching.now + DAY)
            await pitching.database.write(pitch_notices.end, notice, sent=True)
        await pitching.take_back(pitch, BOB, 10)
        assert pitching.notices() == []
        assert isinstance(await pitching.chip_in(pitch, BOB, None), Waiting)
    assert pitching.notices() == []


async def made_to_wait(pitching: Pitching) -> Pitch:
    """Let a pitch that Bob pays for wait for the plan."""
    pitch = await pitching.made(300)
    pitching.limits, pitching.now = replace(LIMITS, plan=299), pitch.ends_at - 1
    assert isinstance(await pitching.chip_in(pitch, BOB, None), Waiting)
    return pitch


async def test_a_pitch_waits_no_longer_than_from_when_it_was_complete_first(pitching: Pitching) -> None:
    """Also where it waits for something else, or was open in between; in the end its payer is told once."""
    pitch = await made_to_wait(pitching)
    ends_at = (await pitching.found(pitch)).ends_at
    pitching.limits, pitching.now = replace(LIMITS, server=299), pitching.now + RETRY_MS
    assert isinstance(await pitching.run_due(pitch), Waiting)
    await pitching.take_back(pitch, BOB, 10)
    assert isinstance(await pitching.chip_in(pitch, BOB, None), Waiting)
    assert (await pitching.found(pitch)).ends_at == ends_at
    pitching.limits, pitching.now = LIMITS, pitching.now + RETRY_MS
    assert isinstance(await pitching.run_due(pitch), Funded)
    assert pitching.notices() == [(BOB, "funded", 300, None)]


async def test_a_movie_names_who_paid_in_the_order_of_their_pledges(pitching: Pitching) -> None:
    """Its maker doesn't follow it, because its message mentions them anyway."""
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 10)
    await pitching.take_back(pitch, BOB)
    await pitching.pledged(pitch, CAROL, 100)
    pitching.now += 1
    await pitching.pledged(pitch, BOB, 100)
    pitching.now += 1
    await pitching.pledged(pitch, CAROL, 10)
    job = (await pitching.funded(pitch, (ALICE, 90))).job
    assert await pitching.database.read(outbox.followers, job.id) == (BOB, CAROL)
    await pitching.database.write(submissions.claim, pitching.now, 10, 100, 100)
    await pitching.database.write(submissions.mark_rendering, job.id, "r", NOW, NOW)
    await pitching.database.write(renders.complete, job.id, "https://movies.test/a.mp4", NOW)
    [(delivery, _)] = await due_notifications(pitching.database, pitching.now)
    assert (delivery.type, delivery.payers) == (NotificationType.COMPLETED, (CAROL, BOB, ALICE))


async def test_who_paid_and_is_not_mentioned_with_the_movie_is_told_of_it(pitching: Pitching) -> None:
    """Who follows it no longer, or wants direct messages: they don't follow what they pay for."""
    pitch, write = await pitching.made(300), pitching.database.write
    await write(preferences.set_delivery_target, CAROL, DeliveryTarget.DIRECT_MESSAGE)
    job = (await pitching.funded(pitch, (ALICE, 20), (BOB, 40), (CAROL, 80), (DANA, 160))).job
    assert await pitching.database.read(outbox.followers, job.id) == (BOB, DANA)
    await write(job_actions.unfollow, job.id, BOB)
    await write(submissions.claim, NOW, 10, 100, 100)
    await write(submissions.mark_rendering, job.id, "r", NOW, NOW)
    await write(renders.complete, job.id, "https://movies.test/a.mp4", NOW)
    made = [notice for notice in pitching.notices() if notice[1] == "made"]
    assert made == [(BOB, "made", 40, None), (CAROL, "made", 80, None)]


async def test_a_member_holds_nothing_in_a_pitch_once_they_took_it_back(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    pledge = await pitching.pledged(pitch, BOB, 100)
    assert await pitching.database.read(pledging.own_pledge, pitch.id, BOB) == pledge
    await pitching.take_back(pitch, BOB)
    assert await pitching.database.read(pledging.own_pledge, pitch.id, BOB) is None


async def test_no_more_payers_follow_a_movie_than_its_message_can_mention(pitching: Pitching) -> None:
    pitch = await pitching.made(10 * (MAX_FOLLOWERS + 2))
    payers = range(100, 100 + MAX_FOLLOWERS + 2)
    job = (await pitching.funded(pitch, *((member, 10) for member in payers))).job
    assert await pitching.database.read(outbox.followers, job.id) == tuple(payers)[:MAX_FOLLOWERS]
