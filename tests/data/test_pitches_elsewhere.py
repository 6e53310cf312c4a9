"""Pitches at erasures, departures, restores and the end of retention."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import JobState
from bot.domain.pitch import DAY_MS, Ended, Pitch, PitchEndReason, PitchState, Waiting, WaitReason
from bot.domain.quota import AuditContext
from bot.services.retention import RetentionService
from data import (
    departed_servers,
    erasure,
    holding,
    message_deletions,
    outbox,
    personal_data,
    pitch_ends,
    pitch_funding,
    pitch_messages,
    pitches,
    pseudonyms,
    renders,
    submissions,
)
from data.database import Transaction
from data.member_digest import ErasureRecord
from tests.helpers.approving import CATALOGUE, DANA
from tests.helpers.clock import ManualClock
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.member_data import erase
from tests.helpers.pitching import FILTERS, Pitching
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job, a_message

VOTER = 9
"""A member who has no account in the server, and no pitch."""


@pytest.mark.parametrize(
    "showing", [pitch_messages.mark_shown, lambda tx, pitch: pitch_messages.stop_updating(tx, pitch.id)]
)
async def test_an_erased_member_takes_their_open_pledges_and_pitches_back(
    pitching: Pitching, showing: Callable[[Transaction, Pitch], None]
) -> None:
    own, other = await pitching.made(300, ALICE), await pitching.made(300, BOB)
    await pitching.pledged(own, BOB, 50)
    await pitching.pledged(other, ALICE, 100)
    for number, pitch in enumerate((own, other), 77):
        await pitching.database.write(pitch_messages.record, pitch.id, number, NOW)
    assert (await pitching.database.read_long(personal_data.read, ALICE))["pledges"] != []
    assert await erase(pitching.database, ALICE)
    assert await pitching.books() == {}
    assert (await pitching.found(own)).end_reason is PitchEndReason.WITHDRAWN
    found = await pitching.found(other)
    assert (found.state, found.missing) == (PitchState.OPEN, 300)
    assert [notice[0] for notice in pitching.notices()] == [BOB]
    for shown, _, _ in await pitching.database.read(pitch_messages.due, NOW, 10, ()):
        await pitching.database.write(showing, shown)
    assert [(await pitching.found(each)).message_id for each in (own, other)] == [None, 78], "it shows no name now"


@pytest.mark.parametrize(("asked", "deleted"), [(False, set[int]()), (True, {101, 102, 104})])
async def test_messages_of_movies_that_an_erased_member_alone_paid_for_are_deleted_where_asked(
    pitching: Pitching, store: StoreHarness, *, asked: bool, deleted: set[int]
) -> None:
    """Movies that others paid for, too, stay with them. The deletions are kept until they are done."""
    own, failed, others = a_job(1, ALICE), a_job(2, ALICE), a_job(3, BOB)
    for job, state in ((own, JobState.COMPLETED), (failed, JobState.FAILED), (others, JobState.COMPLETED)):
        await store.in_state(job, state)
    ids = [own.id, failed.id, others.id]
    for shares in (((ALICE, 30),), ((ALICE, 10), (BOB, 20)), ((BOB, 30),)):
        job = (await pitching.funded(await pitching.made(30, ALICE), *shares)).job
        await store.database.write(submissions.claim, NOW, 10, 100, 100)
        await store.database.write(submissions.mark_rendering, job.id, f"r-{job.id}", NOW, NOW)
        await store.database.write(renders.complete, job.id, "https://movies.test/2.mp4", NOW)
        ids.append(job.id)
    kinds = (NotificationType.COMPLETED, NotificationType.FAILED, *[NotificationType.COMPLETED] * 4)
    for number, (job_id, kind) in enumerate(zip(ids, kinds, strict=True), 101):
        await store.database.write(outbox.mark_sent, Delivery(job_id, kind, 0), a_message(number), NOW)
    for deletion in await store.database.read(message_deletions.due, NOW, 10, ()):  # of cards, which are replaced
        await store.database.write(message_deletions.finish, deletion.message.message_id)
    assert await erase(store.database, ALICE, deletes_messages=asked)
    due = await store.database.read(message_deletions.due, NOW + HOUR, 10, ())
    assert {each.message.message_id for each in due} - {77} == deleted, "77 is each card"
    removed = query(store.place, "SELECT id FROM jobs WHERE removed_by = 'member' ORDER BY id")
    assert [row["id"] for row in removed] == ([own.id, ids[3]] if asked else [])


async def test_a_movie_whose_other_payers_are_erased_is_its_makers_alone(pitching: Pitching) -> None:
    """Nobody else is left for whom its messages would stay."""
    job = (await pitching.funded(await pitching.made(30, ALICE), (ALICE, 10), (BOB, 20))).job
    await pitching.database.write(submissions.claim, NOW, 10, 100, 100)
    await pitching.database.write(submissions.mark_rendering, job.id, "r", NOW, NOW)
    await pitching.database.write(renders.complete, job.id, "https://movies.test/2.mp4", NOW)
    await pitching.database.write(outbox.mark_sent, Delivery(job.id, NotificationType.COMPLETED, 0), a_message(9), NOW)
    assert await erase(pitching.database, BOB)
    assert await erase(pitching.database, ALICE, deletes_messages=True)
    due = await pitching.database.read(message_deletions.due, NOW + HOUR, 10, ())
    assert [each.message.message_id for each in due] == [9]


async def test_an_erasure_waits_for_a_pitch_that_is_open(pitching: Pitching) -> None:
    """The process may die before the pitch is withdrawn."""
    pitch = await pitching.made(300, ALICE)
    requested = await pitching.database.write(erasure.request, ALICE, NOW)
    erased = (erasure.erase, ErasureRecord.of(requested.id, ALICE, NOW), ALICE, NOW)
    assert not await pitching.database.write(*erased)
    assert (await pitching.database.read(erasure.open_work, ALICE)) == erasure.OpenWork(pitches=1)
    await pitching.database.write(erasure.drop_pitch, pitch.id, ALICE, NOW)
    assert await pitching.database.write(*erased)


async def test_an_erasure_in_a_copy_returns_what_was_pledged(pitching: Pitching) -> None:
    own, other = await pitching.made(300, ALICE), await pitching.made(300, BOB)
    await pitching.pledged(own, BOB, 50)
    await pitching.pledged(other, ALICE, 100)
    await pitching.database.write(erasure.erase_in_copy, "an erasure", [ALICE], NOW)
    assert await pitching.books() == {}
    assert ((await pitching.found(own)).state, (await pitching.found(other)).missing) == (PitchState.WITHDRAWN, 300)
    assert [notice[0] for notice in pitching.notices()] == [BOB]


async def test_the_message_of_a_pitch_that_is_over_loses_its_erased_makers_name(pitching: Pitching) -> None:
    pitch, write = await pitching.made(300), pitching.database.write
    await write(pitch_messages.record, pitch.id, 77, NOW)
    await write(pitch_ends.withdraw, pitch.id, GUILD, ALICE, NOW)
    await write(pitch_messages.mark_shown, await pitching.found(pitch))
    assert await pitching.database.read(pitch_messages.due, NOW, 10, ()) == []
    assert await erase(pitching.database, ALICE)
    [(shown, _, _)] = await pitching.database.read(pitch_messages.due, NOW, 10, ())
    assert (shown.id, shown.member_name) == (pitch.id, "")


async def test_an_erasure_waits_for_a_movie_that_its_member_pays_for(pitching: Pitching) -> None:
    pitch = await pitching.made(300, BOB)
    job = (await pitching.funded(pitch, (ALICE, 100), (BOB, 200))).job
    assert not await erase(pitching.database, ALICE)
    assert (await pitching.database.read(erasure.open_work, ALICE)).in_progress == 1
    assert await pitching.database.read(erasure.open_work, BOB) == erasure.OpenWork(waiting=1), "it counts once"
    await pitching.pledged(await pitching.made(300, BOB), CAROL, 10)
    for member in (ALICE, CAROL):
        assert await pitching.database.read(pseudonyms.has_open_work, GUILD, member)
    await pitching.database.write(submissions.claim, NOW, 10, 100, 100)
    await pitching.database.write(submissions.mark_rendering, job.id, "r", NOW, NOW)
    await pitching.database.write(renders.complete, job.id, "https://movies.test/a.mp4", NOW)
    assert not await pitching.database.read(pseudonyms.has_open_work, GUILD, ALICE)
    assert await erase(pitching.database, ALICE)
    rows = query(pitching.place, "SELECT member_id, spent FROM pledges WHERE spent > 0 ORDER BY spent")
    assert [(row["member_id"] > 0, row["spent"]) for row in rows] == [(False, 100), (True, 200)]
    await pitching.books()


async def test_a_member_whose_erasure_waits_is_told_of_none_of_its_steps(pitching: Pitching) -> None:
    own = await pitching.made(300, ALICE)
    for member in (ALICE, BOB):
        await pitching.pledged(own, member, 50)
    await pitching.funded(await pitching.made(300, CAROL), (ALICE, 100), (CAROL, 200))
    assert not await erase(pitching.database, ALICE)
    assert (await pitching.found(own)).end_reason is PitchEndReason.WITHDRAWN
    assert [notice[0] for notice in pitching.notices() if notice[1] == "returned"] == [BOB]


async def test_a_restored_database_returns_what_was_pledged(pitching: Pitching) -> None:
    """The pitch may have been funded since the backup, so it ends."""
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 50)
    funded = await pitching.funded(await pitching.made(300), (BOB, 100), (CAROL, 200))
    await pitching.database.write(holding.hold_open_work, NOW)
    found = await pitching.found(pitch)
    assert (found.state, found.end_reason) == (PitchState.REMOVED, PitchEndReason.RESTORED)
    assert pitching.notices() == [(BOB, "returned", 50, "restored")]
    rows = query(pitching.place, "SELECT state FROM jobs")
    assert rows == [{"state": JobState.UNKNOWN}], funded
    assert (await pitching.books())["plan", 0, 0, "2026-11"] == BudgetTotals(held=300)


async def test_a_server_that_the_bot_left_is_forgotten_with_its_pitches(
    store: StoreHarness, pitching: Pitching
) -> None:
    pitch, waiting = await pitching.made(300), await pitching.made(300)
    await pitching.pledged(pitch, BOB, 50)
    for voter in (BOB, VOTER):
        assert await store.database.write(pitches.vote, pitch.id, voter, NOW)
    await store.database.write(pitch_messages.record, pitch.id, 77, NOW)
    pitching.limits = replace(LIMITS, plan=0)
    assert isinstance(await pitching.chip_in(waiting, CAROL, None), Waiting)
    await store.database.write(departed_servers.record_left, GUILD, NOW)
    for ended in (await pitching.found(pitch), await pitching.found(waiting)):
        assert (ended.state, ended.end_reason) == (PitchState.REMOVED, PitchEndReason.SERVER_LEFT)
    assert pitching.notices() == [(BOB, "returned", 50, "server_left"), (CAROL, "returned", 300, "server_left")]
    assert await pitching.books() == {}
    await RetentionService(store.database, ManualClock(NOW + 31 * DAY_MS), 0).run_once()
    for table in ("pitches", "pledges"):
        assert all(row["member_id"] < 0 for row in query(pitching.place, f"SELECT member_id FROM {table}"))
    left = query(pitching.place, "SELECT prompt, message_id, message_due_at FROM pitches")
    assert left == [{"prompt": "", "message_id": None, "message_due_at": None}] * 2
    for table in ("pitch_notices", "pitch_votes"):
        assert query(pitching.place, f"SELECT * FROM {table}") == []
    assert await pitching.books() == {}


async def test_only_a_pitch_without_a_message_is_withdrawn_as_unposted(pitching: Pitching) -> None:
    """Another process may have recorded it meanwhile."""
    pitch, posted = await pitching.made(300), await pitching.made(300)
    await pitching.database.write(pitch_messages.record, posted.id, 77, NOW)
    for pitch_id in (posted.id, "nothing"):
        assert await pitching.database.write(pitch_ends.withdraw_unposted, pitch_id, NOW) is None
    assert (await pitching.found(posted)).state is PitchState.OPEN
    assert isinstance(await pitching.database.write(pitch_ends.withdraw_unposted, pitch.id, NOW), Ended)
    assert await pitching.database.write(pitch_ends.withdraw_unposted, pitch.id, NOW) is None


async def test_who_pays_for_a_movie_that_renders_is_not_forgotten_with_the_server(pitching: Pitching) -> None:
    job = (await pitching.funded(await pitching.made(300, BOB), (ALICE, 100), (BOB, 200))).job
    await pitching.database.write(submissions.claim, NOW, 10, 100, 100)
    await pitching.database.write(submissions.mark_rendering, job.id, "r", NOW, NOW)
    await pitching.database.write(departed_servers.record_left, GUILD, NOW)
    forget = (departed_servers.forget_member, GUILD, ALICE, NOW + 31 * DAY_MS)
    assert not await pitching.database.write(*forget)
    await pitching.database.write(renders.complete, job.id, "https://movies.test/a.mp4", NOW)
    assert await pitching.database.write(*forget)


@pytest.mark.parametrize(
    "end",
    [
        lambda tx, pitch: pitch_ends.withdraw(tx, pitch.id, GUILD, ALICE, pitch.ends_at),
        lambda tx, pitch: pitch_ends.remove(tx, pitch.id, by=AuditContext(DANA, GUILD), now=pitch.ends_at),
        lambda tx, pitch: departed_servers.record_left(tx, GUILD, pitch.ends_at),
    ],
)
async def test_a_pitch_whose_time_is_up_has_lapsed_before_it_is_ended(
    pitching: Pitching, end: Callable[[Transaction, Pitch], object]
) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    assert not isinstance(await pitching.database.write(end, pitch), Ended)
    found = await pitching.found(pitch)
    assert (found.state, found.end_reason) == (PitchState.LAPSED, PitchEndReason.LAPSED)
    assert pitching.notices() == [(BOB, "returned", 100, "lapsed")]


@pytest.mark.parametrize(
    ("allowed", "reason"), [((), None), ((GUILD,), None), ((GUILD + 1,), PitchEndReason.SERVER_LEFT)]
)
async def test_a_pitch_of_a_server_that_the_operator_no_longer_names_ends_as_if_the_bot_left(
    pitching: Pitching, allowed: tuple[int, ...], reason: PitchEndReason | None
) -> None:
    """Where the operator names none, all servers are allowed."""
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    due = (FILTERS, pitch.id, CATALOGUE, LIMITS, NOW, frozenset(allowed))
    await pitching.database.write(pitch_funding.run_due, *due)
    assert (await pitching.found(pitch)).end_reason is reason
    assert pitching.notices() == ([] if reason is None else [(BOB, "returned", 100, "server_left")])


async def test_the_words_of_an_old_pitch_go(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 50)
    await pitching.database.write(pitches.vote, pitch.id, VOTER, NOW)
    await pitching.database.write(pitch_messages.record, pitch.id, 77, NOW)
    pitching.now = pitch.ends_at
    await pitching.run_due(pitch)
    for after, words in ((0, (pitch.request.prompt, f"member {ALICE}")), (1, ("", ""))):
        clock = ManualClock(pitch.ends_at + 30 * DAY_MS + after)
        await RetentionService(pitching.database, clock, 30).run_once()
        found = await pitching.found(pitch)
        assert (found.request.prompt, found.member_name) == words
        assert found.message_id == (None if after else 77)
        for table in ("pitch_votes", "pitch_notices"):
            assert len(query(pitching.place, f"SELECT 1 FROM {table}")) == 1 - after


async def test_a_server_sets_how_long_its_pitches_last(pitching: Pitching) -> None:
    for days, expected in ((3, 3), (99, 14)):
        await pitching.database.write(
            lambda tx, days=days: tx.execute(
                "INSERT INTO guild_settings (guild_id, pitch_days) VALUES (:guild_id, :days)"
                " ON CONFLICT (guild_id) DO UPDATE SET pitch_days = :days",
                {"guild_id": GUILD, "days": days},
            )
        )
        assert (await pitching.made(300)).ends_at == NOW + expected * DAY_MS


async def test_a_message_stays_due_where_its_pitch_waits_for_something_else_by_now(pitching: Pitching) -> None:
    """The pitch changed while the message was being edited."""
    pitch = await pitching.made(300)
    await pitching.database.write(pitch_messages.record, pitch.id, 77, NOW)
    pitching.limits = replace(LIMITS, plan=0)
    await pitching.chip_in(pitch, BOB, None)
    await pitching.database.write(pitches.vote, pitch.id, VOTER, NOW)
    [(shown, _, _)] = await pitching.database.read(pitch_messages.due, NOW, 10, ())
    assert shown.waits_for is WaitReason.PLAN
    await pitching.database.write(pitch_messages.reschedule, pitch.id, NOW)  # an edit that failed
    for outdated in (
        replace(shown, waits_for=WaitReason.BUSY),
        replace(shown, state=PitchState.OPEN),
        replace(shown, pledged=shown.pledged - 1),
        replace(shown, votes=shown.votes - 1),
    ):
        await pitching.database.write(pitch_messages.mark_shown, outdated)
        assert len(await pitching.database.read(pitch_messages.due, NOW, 10, ())) == 1
    await pitching.database.write(pitch_messages.mark_shown, shown)
    assert await pitching.database.read(pitch_messages.due, NOW, 10, ()) == []
    await pitching.database.write(pitches.vote, pitch.id, CAROL, NOW)
    [(_, _, attempts)] = await pitching.database.read(pitch_messages.due, NOW, 10, ())
    assert attempts == 0
