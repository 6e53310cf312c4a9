"""How pitches end, what their members are told, and what erasures, departures and restores leave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.credits import DAY_MS, Month
from bot.domain.delivery import MAX_FOLLOWERS, NotificationType
from bot.domain.erasure import OpenWork
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.message import Delivery, MessageKind, Notice
from bot.domain.pitches import RETRY_MS, Pitch, PitchEndReason, PitchState
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext, LimitScope
from bot.domain.text import Language
from bot.services.privacy import clear_old_data
from data import (
    budgets,
    departed_servers,
    erasure,
    messages,
    notices,
    outbox,
    pitch_ends,
    pitches,
    preferences,
    renders,
    reports,
)
from data.database import Transaction
from data.erasure import ErasureRecord
from data.job_actions import unfollow
from data.personal import export
from data.pledging import run_due, vote
from data.reconciliation import find_discrepancies
from data.restore_review import hold_open_work
from tests.helpers import due_work
from tests.helpers.approving import DANA
from tests.helpers.at_time import at_time
from tests.helpers.due_work import due_notices, due_pitches, due_states, end_deletions, end_notices, to_delete
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.member_data import erase
from tests.helpers.pitching import Pitching, state_after
from tests.helpers.store_harness import ALICE, BOB, CAROL, CHANNEL, GUILD, LIMITS, NOW, StoreHarness, a_job, a_message

VOTER = 9
"""A member who has no account in the server, and no pitch."""


async def finished(pitching: Pitching, *shares: tuple[int, int], fails: bool = False, **charged: int) -> Job:
    """Make a movie that Alice pitched, and let it end."""
    job = await pitching.funded(await pitching.made(sum(credits for _, credits in shares)), *shares)
    await pitching.rendering(job)
    if fails:
        failed = (renders.fail, job.id, EndReason.UPSTREAM_FAILED, None)
        await pitching.database.write(*failed, upstream_charged=True, **charged)
    else:
        await pitching.complete(job, **charged)
    return job


@pytest.mark.parametrize("is_shown", [True, False])
async def test_an_erased_member_takes_open_pledges_and_pitches_back(pitching: Pitching, *, is_shown: bool) -> None:
    own, other = await pitching.made(300, ALICE), await pitching.made(300, BOB)
    await pitching.pledged(own, BOB, 50)
    await pitching.pledged(other, ALICE, 100)
    for number, pitch in enumerate((own, other), 77):
        await pitching.database.write(pitches.record, pitch.id, number)
    assert (await pitching.database.read_long(export, ALICE))["pledges"] != []
    assert await erase(pitching.database, ALICE)
    assert await pitching.books() == {}
    assert (await pitching.found(own)).end_reason is PitchEndReason.WITHDRAWN
    found = await pitching.found(other)
    assert (found.state, found.missing) == (PitchState.OPEN, 300)
    assert [notice[0] for notice in pitching.notices()] == [BOB]
    while due := await pitching.database.read(due_pitches):
        found = await pitching.database.read(pitches.get, due[0].subject_id)
        await pitching.database.write(pitches.end_update, due[0], found if is_shown else None)
    assert [(await pitching.found(each)).message_id for each in (own, other)] == [None, 78], "it shows no name now"


@pytest.mark.parametrize("asked", [False, True])
async def test_messages_of_own_movies_go_if_asked(pitching: Pitching, store: StoreHarness, asked: bool) -> None:
    own, failed, others = a_job(1, ALICE), a_job(2, ALICE), a_job(3, BOB)
    for job, state in ((own, JobState.COMPLETED), (failed, JobState.FAILED), (others, JobState.COMPLETED)):
        await store.in_state(job, state)
    jobs = [own, failed, others]
    shared = (((ALICE, 30),), ((ALICE, 10), (BOB, 20)), ((BOB, 30),))
    jobs += [await finished(pitching, *shares) for shares in shared]
    kinds = (NotificationType.COMPLETED, NotificationType.FAILED, *[NotificationType.COMPLETED] * 4)
    for number, (job, kind) in enumerate(zip(jobs, kinds, strict=True), 101):
        await store.database.write(outbox.mark_sent, Delivery(job, kind), a_message(number))
    await store.database.write(end_deletions)  # of cards, which are replaced
    assert await erase(store.database, ALICE, deletes_messages=asked)
    due = await store.database.read(at_time(NOW + DAY_MS, to_delete))
    assert {each.message_id for each in due} - {77} == ({101, 102, 104} if asked else set()), "77 is each card"
    removed = query(store.place, "SELECT id FROM jobs WHERE removed_by = 'member' ORDER BY id")
    assert [row["id"] for row in removed] == ([own.id, jobs[3].id] if asked else [])


async def test_a_movie_whose_other_payers_are_erased_is_its_makers_alone(pitching: Pitching) -> None:
    job = await finished(pitching, (ALICE, 10), (BOB, 20))
    await pitching.database.write(outbox.mark_sent, Delivery(job, NotificationType.COMPLETED, 0), a_message(9))
    assert await erase(pitching.database, BOB)
    assert await erase(pitching.database, ALICE, deletes_messages=True)
    assert [each.message_id for each in await pitching.database.read(at_time(NOW + DAY_MS, to_delete))] == [9]


async def test_an_erasure_waits_for_a_pitch_that_is_open(pitching: Pitching) -> None:
    await pitching.made(300, ALICE)
    requested = await pitching.database.write(erasure.request, ALICE)
    erased = (erasure.erase, ErasureRecord.of(requested.id, ALICE, NOW), ALICE)
    assert await pitching.database.write(*erased) == OpenWork(pitches=1)
    await pitching.database.write(pitch_ends.drop_member, ALICE)
    assert await pitching.database.write(*erased) == OpenWork()


async def test_an_erasure_in_a_copy_returns_what_was_pledged(pitching: Pitching) -> None:
    own, other = await pitching.made(300, ALICE), await pitching.made(300, BOB)
    await pitching.pledged(own, BOB, 50)
    await pitching.pledged(other, ALICE, 100)
    await pitching.database.write(erasure.erase_in_copy, "an erasure", [ALICE])
    assert await pitching.books() == {}
    assert ((await pitching.found(own)).state, (await pitching.found(other)).missing) == (PitchState.WITHDRAWN, 300)
    assert [notice[0] for notice in pitching.notices()] == [BOB]


async def test_the_message_of_a_pitch_that_is_over_loses_its_erased_makers_name(pitching: Pitching) -> None:
    pitch, write = await pitching.made(300), pitching.database.write
    await write(pitches.record, pitch.id, 77)
    await write(pitch_ends.withdraw, pitch.id, GUILD, ALICE)
    [shown] = await pitching.database.read(due_pitches)
    await write(pitches.end_update, shown, await pitching.found(pitch))
    assert await pitching.database.read(due_pitches) == []
    assert await erase(pitching.database, ALICE)
    assert [each.subject_id for each in await pitching.database.read(due_pitches)] == [pitch.id]
    assert (await pitching.found(pitch)).member_name == ""


async def test_an_erasure_waits_for_a_movie_that_its_member_pays_for(pitching: Pitching) -> None:
    own, pitch = await pitching.made(300, ALICE), await pitching.made(300, BOB)
    for member in (ALICE, BOB):
        await pitching.pledged(own, member, 50)
    job = await pitching.funded(pitch, (ALICE, 100), (BOB, 200))
    assert not await erase(pitching.database, ALICE)
    assert (await pitching.found(own)).end_reason is PitchEndReason.WITHDRAWN
    assert [notice[0] for notice in pitching.notices() if notice[1] == "returned"] == [BOB], "alice is told nothing"
    assert (await pitching.database.read(erasure.open_work, ALICE)).in_progress == 1
    assert await pitching.database.read(erasure.open_work, BOB) == OpenWork(waiting=1), "it counts once"
    await pitching.pledged(await pitching.made(300, BOB), CAROL, 10)
    for member in (ALICE, CAROL):
        assert await pitching.database.read(departed_servers.has_open_work, GUILD, member)
    await pitching.rendering(job)
    await pitching.complete(job)
    assert not await pitching.database.read(departed_servers.has_open_work, GUILD, ALICE)
    assert await erase(pitching.database, ALICE)
    rows = query(pitching.place, "SELECT member_id, spent FROM pledges WHERE spent > 0 ORDER BY spent")
    assert [(row["member_id"] > 0, row["spent"]) for row in rows] == [(False, 100), (True, 200)]
    await pitching.books()


async def test_a_restored_database_returns_what_was_pledged(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 50)
    funded = await pitching.funded(await pitching.made(300), (BOB, 100), (CAROL, 200))
    await pitching.database.write(hold_open_work)
    found = await pitching.found(pitch)
    assert (found.state, found.end_reason) == (PitchState.REMOVED, PitchEndReason.RESTORED)
    assert pitching.notices() == [(BOB, "returned", 50, "restored")]
    assert query(pitching.place, "SELECT state FROM jobs") == [{"state": JobState.UNKNOWN}], funded
    assert (await pitching.books())["plan", 0, 0, "2026-11"] == BudgetTotals(held=300)


async def test_a_server_the_bot_left_is_forgotten_with_its_pitches(store: StoreHarness, pitching: Pitching) -> None:
    pitch, waiting = await pitching.made(300), await pitching.made(300)
    await pitching.pledged(pitch, BOB, 50)
    for voter in (BOB, VOTER):
        assert isinstance(await store.database.write(vote, pitch.id, GUILD, voter), Pitch)
    await store.database.write(pitches.record, pitch.id, 77)
    await pitching.waiting(waiting, CAROL)
    await store.database.write(departed_servers.record_left, GUILD)
    for ended in (await pitching.found(pitch), await pitching.found(waiting)):
        assert (ended.state, ended.end_reason) == (PitchState.REMOVED, PitchEndReason.SERVER_LEFT)
    assert pitching.notices() == [(BOB, "returned", 50, "server_left"), (CAROL, "returned", 300, "server_left")]
    assert await pitching.books() == {}
    store.now = NOW + 31 * DAY_MS
    await clear_old_data(store.database, store.clock, 0)
    for table in ("pitches", "pledges"):
        assert all(row["member_id"] < 0 for row in query(pitching.place, f"SELECT member_id FROM {table}"))
    assert query(pitching.place, "SELECT prompt, message_id FROM pitches") == [{"prompt": "", "message_id": None}] * 2
    for table in ("messages", "pitch_votes"):
        assert query(pitching.place, f"SELECT * FROM {table}") == []
    assert await pitching.books() == {}


@pytest.mark.parametrize("allowed", [(), (GUILD,), (GUILD + 1,)])
async def test_a_pitch_of_a_server_that_is_not_allowed_now_ends(pitching: Pitching, allowed: tuple[int, ...]) -> None:
    """Where the operator names none, all servers are allowed."""
    reason = PitchEndReason.SERVER_LEFT if allowed == (GUILD + 1,) else None
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    pitching.database.policy = replace(pitching.database.policy, allowed_servers=frozenset(allowed))
    await pitching.database.write(run_due, pitch.id)
    assert (await pitching.found(pitch)).end_reason is reason
    assert pitching.notices() == ([] if reason is None else [(BOB, "returned", 100, "server_left")])


async def test_the_words_of_an_old_pitch_go(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 50)
    await pitching.database.write(vote, pitch.id, GUILD, VOTER)
    await pitching.database.write(pitches.record, pitch.id, 77)
    pitching.now = pitch.ends_at
    await pitching.run_due(pitch)
    for after, words in ((0, (pitch.request.prompt, f"member {ALICE}")), (1, ("", ""))):
        pitching.now = pitch.ends_at + 30 * DAY_MS + after
        await clear_old_data(pitching.database, pitching.clock, 30)
        found = await pitching.found(pitch)
        assert (found.request.prompt, found.member_name) == words
        assert found.message_id == (None if after else 77)
        for table in ("pitch_votes", "messages"):
            assert bool(query(pitching.place, f"SELECT 1 FROM {table}")) is (after == 0)


MESSAGE = 88


async def test_a_deleted_channel_has_the_pitches_of_its_threads_and_another_message_none(pitching: Pitching) -> None:
    here = await pitching.made(300)
    thread = await pitching.made(300, parent_channel_id=CHANNEL + 1)
    assert await pitching.database.read(pitches.open_in, GUILD, CHANNEL + 1) == [thread.id]
    assert await pitching.database.read(pitches.open_in, GUILD, CHANNEL) == [here.id, thread.id]
    assert not await pitching.database.read(pitches.open_in, GUILD + 1, CHANNEL)
    pitch = await pitching.made(300)
    end, write = pitch_ends.end_gone, pitching.database.write
    await write(end, pitch.id, MESSAGE)
    assert not await pitching.database.read(at_time(NOW + 10 * DAY_MS, due_states), MessageKind.PITCH_CHECK)
    await write(pitches.record, pitch.id, MESSAGE)
    await write(end, pitch.id, MESSAGE + 1)
    await pitching.funded(pitch, (BOB, 300))
    await write(end, pitch.id, MESSAGE)
    assert (await pitching.found(pitch)).state is PitchState.FUNDED


async def due(pitching: Pitching, now: int = NOW) -> list[tuple[Notice, ...]]:
    return await pitching.database.read(at_time(now, due_notices))


async def test_a_newer_notice_of_a_kind_is_sent_in_place_of_the_older(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    write, key = pitching.database.write, (MessageKind.RETURNED, pitch.id, BOB, GUILD)
    await write(messages.announce, *key, credits=100)
    [older] = await due(pitching)
    await write(messages.reschedule, [each.nonce for each in older], NOW + 1)
    [[again]] = await due(pitching, NOW + 1)
    assert again.attempts == 1
    await write(at_time(NOW + 2, messages.announce), *key, credits=30, reason=PitchEndReason.LAPSED)
    await write(end_notices, older)
    [[newer]] = await due(pitching, NOW + 2)
    assert (newer.credits, newer.reason, newer.attempts) == (30, PitchEndReason.LAPSED, 0)
    await write(end_notices, (newer,))
    assert pitching.notices() == []
    await write(at_time(NOW + 3, messages.announce), *key, credits=5)
    assert pitching.notices() == [(BOB, "returned", 5, None)]


async def test_each_pledger_is_told_in_their_language_of_their_last_press(pitching: Pitching) -> None:
    pitch = await pitching.made(300, member_language=Language.GERMAN)
    await pitching.chip_in(pitch, BOB, 100)
    await pitching.chip_in(pitch, BOB, 100, member_language=Language.FRENCH)
    await pitching.chip_in(pitch, CAROL, 100)
    [told] = await due(pitching)
    assert {each.member_id: each.language for each in told} == {BOB: Language.FRENCH, CAROL: Language.ENGLISH}


async def test_who_wants_direct_messages_has_one_of_their_own(pitching: Pitching) -> None:
    pitch, write = await pitching.made(300), pitching.database.write
    for member in (ALICE, BOB, CAROL, DANA):
        await pitching.pledged(pitch, member, 10)
    for member in (ALICE, CAROL):
        await write(preferences.change, member, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    await write(pitch_ends.withdraw, pitch.id, GUILD, ALICE)
    told: list[tuple[bool, list[int]]] = []
    while found := await due(pitching):
        [message] = found
        told.append((message[0].routes[0], [each.member_id for each in message]))
        await write(end_notices, message)
    assert told == [(False, [BOB, DANA]), (True, [ALICE]), (True, [CAROL])]


async def test_who_was_told_that_a_pitch_waits_is_not_told_again(pitching: Pitching) -> None:
    pitch = await made_to_wait(pitching)
    for told in (False, True):
        assert pitching.notices() == [(BOB, "waiting", 300, None)]
        if told:
            [notice] = await due(pitching, pitching.now + DAY_MS)
            await pitching.database.write(end_notices, notice)
        await pitching.take_back(pitch, BOB)
        assert pitching.notices() == []
        assert state_after(await pitching.chip_in(pitch, BOB, None)) is PitchState.WAITING_FOR_PLAN
    assert pitching.notices() == []


async def made_to_wait(pitching: Pitching) -> Pitch:
    pitch = await pitching.made(300)
    pitching.limits, pitching.now = replace(LIMITS, plan=299), pitch.ends_at - 1
    assert state_after(await pitching.chip_in(pitch, BOB, None)) is PitchState.WAITING_FOR_PLAN
    return pitch


async def test_a_pitch_waits_no_longer_than_from_when_it_was_complete_first(pitching: Pitching) -> None:
    """Also where it waits for something else, or was open in between; in the end its payer is told once."""
    pitch = await made_to_wait(pitching)
    ends_at = (await pitching.found(pitch)).ends_at
    pitching.limits, pitching.now = replace(LIMITS, server=299), pitching.now + RETRY_MS
    assert (await pitching.run_due(pitch)).state is PitchState.WAITING_FOR_PLAN
    await pitching.take_back(pitch, BOB)
    assert state_after(await pitching.chip_in(pitch, BOB, None)) is PitchState.WAITING_FOR_PLAN
    assert (await pitching.found(pitch)).ends_at == ends_at
    pitching.limits, pitching.now = LIMITS, pitching.now + RETRY_MS
    assert (await pitching.run_due(pitch)).state is PitchState.FUNDED
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
    job = await pitching.funded(pitch, (ALICE, 90))
    assert await pitching.database.read(notices.followers, job.id) == (BOB, CAROL)
    await pitching.rendering(job)
    await pitching.complete(job)
    [delivery] = await due_work.due_notifications(pitching.database, pitching.now)
    assert (delivery.type, delivery.payers) == (NotificationType.COMPLETED, (CAROL, BOB, ALICE))


async def test_who_paid_and_is_not_mentioned_with_the_movie_is_told_of_it(pitching: Pitching) -> None:
    pitch, write = await pitching.made(300), pitching.database.write
    await write(preferences.change, CAROL, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    job = await pitching.funded(pitch, (ALICE, 20), (BOB, 40), (CAROL, 80), (DANA, 160))
    assert await pitching.database.read(notices.followers, job.id) == (BOB, DANA)
    await write(unfollow, job.id, BOB)
    await pitching.rendering(job)
    await pitching.complete(job)
    made = [notice for notice in pitching.notices() if notice[1] == "made"]
    assert made == [(BOB, "made", 40, None), (CAROL, "made", 80, None)]


async def test_no_more_payers_follow_a_movie_than_its_message_can_mention(pitching: Pitching) -> None:
    pitch = await pitching.made(10 * (MAX_FOLLOWERS + 2))
    payers = range(100, 100 + MAX_FOLLOWERS + 2)
    job = await pitching.funded(pitch, *((member, 10) for member in payers))
    assert await pitching.database.read(notices.followers, job.id) == tuple(payers)[:MAX_FOLLOWERS]


PLEDGE, PITCH = "the pledge of member", "pitch"
"""How a line begins."""

DEARER = "UPDATE jobs SET price_credits = 101 WHERE pitch_id = :id"
CHANGES = [
    ("open", "DELETE FROM pledges WHERE pitch_id = :id", [PLEDGE, PITCH]),
    ("over", "DELETE FROM pledges WHERE pitch_id = :id", [PLEDGE]),
    ("open", "UPDATE pledges SET allowance = allowance + 1 WHERE pitch_id = :id", [PLEDGE, PITCH]),
    ("open", "UPDATE pledges SET extra = extra + 1 WHERE pitch_id = :id", [PLEDGE, PITCH]),
    ("open", "UPDATE pledges SET allowance = allowance - 1, extra = extra + 1 WHERE pitch_id = :id", [PLEDGE]),
    ("waits", "UPDATE pledges SET allowance = allowance + 1 WHERE pitch_id = :id AND member_id = 2", [PLEDGE]),
    ("made", "UPDATE pledges SET spent = spent - 1 WHERE pitch_id = :id AND member_id = 2", [PLEDGE]),
    ("over", "UPDATE pledges SET state = 'spent', spent = 0 WHERE pitch_id = :id", [PLEDGE]),
    (
        "open",
        (
            "INSERT INTO pledges (pitch_id, member_id, guild_id, month, allowance, extra, state, created_at, ended_at,"
            " member_language, interaction_id) VALUES (:id, 3, 10, '2026-11', 5, 0, 'returned', 1, 1, 'fr', 1)"
        ),
        [PLEDGE],
    ),
    (
        "open",
        "UPDATE pitches SET state = 'withdrawn', pledged = 0, next_run_at = NULL, ended_at = 1 WHERE id = :id",
        [PLEDGE, PITCH],
    ),
    ("waits", "UPDATE pitches SET state = 'removed', pledged = 0 WHERE id = :id", [PLEDGE, PLEDGE, PITCH]),
    ("open", "UPDATE pitches SET pledged = pledged + 1 WHERE id = :id", [PITCH]),
    ("open", "UPDATE pitches SET state = 'waiting_for_plan', waits_for = 'plan' WHERE id = :id", [PITCH]),
    ("made", f"UPDATE pitches SET price_credits = 101, pledged = 101 WHERE id = :id; {DEARER}", [PITCH]),
    ("made", DEARER, [PITCH]),
    ("over", "UPDATE pitches SET pledged = 1 WHERE id = :id", [PITCH]),
]
"""Which pitch is changed, how, and which lines name it."""


async def pitched(store: StoreHarness) -> dict[str, Pitch]:
    """Make pitches: open, with a movie, with one that waits, and withdrawn."""
    pitching = Pitching(store.database, store.place)
    await pitching.grant(CAROL, 30)
    made, waits = [await pitching.made(100) for _ in range(2)]
    job = await pitching.funded(made, (BOB, 40), (CAROL, 60))
    await pitching.rendering(job)
    await pitching.complete(job)
    await pitching.funded(waits, (BOB, 40), (CAROL, 60))
    opened, over = await pitching.made(300), await pitching.made(300)
    for each in (opened, over):
        await pitching.pledged(each, BOB, 50)
    await store.database.write(pitch_ends.withdraw, over.id, GUILD, ALICE)
    return {"open": opened, "made": made, "waits": waits, "over": over}


async def test_what_does_not_match_is_named_and_nothing_else(store: StoreHarness) -> None:
    pitches = await pitched(store)
    assert await store.database.read(find_discrepancies) == ()

    def named(tx: Transaction, which: str, change: str) -> tuple[str, ...]:
        with tx.savepoint() as undo:
            for statement in change.split("; "):
                assert tx.execute(statement, {"id": pitches[which].id})
            found = find_discrepancies(tx)
            undo.rollback()
        return found

    for which, change, kinds in CHANGES:
        lines = await store.database.write(named, which, change)
        assert [*map(str.startswith, lines, kinds)] == [True] * len(kinds) == [True] * len(lines), (change, lines)
        assert all(pitches[which].id in line for line in lines), (change, lines)


MONTH = Month.containing(NOW)


@pytest.fixture
async def paid(store: StoreHarness) -> Pitching:
    """Alice's own movie, and two that she pitched and Bob and Carol paid for, of which one failed."""
    pitching = Pitching(store.database, store.place)
    await store.in_state(a_job(1, ALICE, cost=100), JobState.COMPLETED)
    for fails in (True, False):
        await finished(pitching, (BOB, 100), (CAROL, 200), fails=fails, charged=90 if fails else 310)
    return pitching


@pytest.mark.usefixtures("paid")
async def test_a_movie_of_several_payers_is_one_movie_of_the_report(store: StoreHarness) -> None:
    report = await store.database.read_long(reports.report, GUILD, MONTH)
    assert (report.movies, report.running, report.spent, report.released) == (2, 0, 400, 300)
    assert (report.upstream_charge, report.charge_difference) == (90, 10)
    shares = [(int(share.key), share.movies, share.credits) for share in report.members]
    assert shares == [(CAROL, 1, 200), (ALICE, 1, 100), (BOB, 1, 100)]
    assert {share.name for share in report.members} == {""}, "the name in a movie is its maker's"
    [model] = report.models
    assert (model.movies, model.seconds, model.credits, model.charged) == (2, 40, 400, 410)
    [failure] = report.failures
    assert (failure.movies, failure.credits, failure.upstream_charge) == (1, 300, 90)
    assert report.discrepancies == ()
    receipts = await store.database.read_long(lambda tx: [*reports.receipts_of_month(tx, GUILD, MONTH)])
    assert [(each.member_id, each.credits, each.spent, each.refunded) for each in receipts] == [
        (ALICE, 100, 100, 0),
        (BOB, 100, 0, 100),
        (CAROL, 200, 0, 200),
        (BOB, 100, 100, 0),
        (CAROL, 200, 200, 0),
    ]
    receipts, total = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 10, 0)
    assert (total, sorted((each.credits, each.spent) for each in receipts)) == (3, [(0, 0), (0, 0), (100, 100)])


async def test_who_pitched_a_movie_gets_their_own_part_back_when_it_fails(store: StoreHarness) -> None:
    pitching, by = Pitching(store.database, store.place), AuditContext(BOB, GUILD)
    await store.database.write(budgets.set_limit, LimitScope.MEMBER, ALICE, 30, by=by)
    await pitching.grant(ALICE, 100)
    for fails in (True, False):
        await finished(pitching, (ALICE, 100), (CAROL, 200), fails=fails)
    receipts, _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 10, 0)
    amounts = {each.outcome: (each.credits, each.extra, each.spent, each.refunded) for each in receipts}
    assert amounts == {"failed": (100, 70, 0, 100), "completed": (100, 70, 100, 0)}
