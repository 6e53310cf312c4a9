"""Pitches and their movies in the audit, in reports and in receipts."""

from __future__ import annotations

import pytest

from bot.domain.credits import Month
from bot.domain.job import EndReason
from bot.domain.pitch import Pitch
from bot.domain.quota import AuditContext, LimitScope
from data import limits, pitch_ends, reconciliation, renders, reports
from data.database import Transaction
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, LIMITS, NOW, StoreHarness, a_job

PLEDGE, PITCH = "the pledge of member", "pitch"
"""How a line begins."""

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
    (
        "made",
        (
            "UPDATE pitches SET price_credits = 101, pledged = 101 WHERE id = :id; "
            "UPDATE jobs SET price_credits = 101 WHERE pitch_id = :id"
        ),
        [PITCH],
    ),
    ("made", "UPDATE jobs SET price_credits = 101 WHERE pitch_id = :id", [PITCH]),
    ("over", "UPDATE pitches SET pledged = 1 WHERE id = :id", [PITCH]),
]
"""Which pitch is changed, how, and which lines name it."""


async def pitched(store: StoreHarness) -> dict[str, Pitch]:
    """Make pitches: open, with a movie, with one that waits, and withdrawn."""
    pitching = Pitching(store.database, store.place)
    write = store.database.write
    await pitching.grant(CAROL, 30)
    made = await pitching.made(100)
    job = (await pitching.funded(made, (BOB, 40), (CAROL, 60))).job
    await pitching.rendering(job)
    await pitching.complete(job)
    waits = await pitching.made(100)
    await pitching.funded(waits, (BOB, 40), (CAROL, 60))
    opened, over = await pitching.made(300), await pitching.made(300)
    for each in (opened, over):
        await pitching.pledged(each, BOB, 50)
    await write(pitch_ends.withdraw, over.id, GUILD, ALICE, NOW)
    return {"open": opened, "made": made, "waits": waits, "over": over}


async def test_what_does_not_match_is_named_and_nothing_else(store: StoreHarness) -> None:
    pitches = await pitched(store)
    assert await store.database.read(reconciliation.find_discrepancies) == ()

    def named(tx: Transaction, which: str, change: str) -> tuple[str, ...]:
        with tx.savepoint() as undo:
            for statement in change.split("; "):
                assert tx.execute(statement, {"id": pitches[which].id})
            found = reconciliation.find_discrepancies(tx)
            undo.rollback()
        return found

    for which, change, kinds in CHANGES:
        lines = await store.database.write(named, which, change)
        assert [*map(str.startswith, lines, kinds)] == [True] * len(kinds) == [True] * len(lines), (change, lines)
        assert all(pitches[which].id in line for line in lines), (change, lines)


MONTH = Month.containing(NOW)


@pytest.fixture
async def paid(store: StoreHarness) -> Pitching:
    """Alice's own movie, and two that Bob and Carol paid for.

    Alice pitched both, and one of them failed.
    """
    pitching = Pitching(store.database, store.place)
    await store.rendering(a_job(1, ALICE, cost=100))
    await store.database.write(renders.complete, a_job(1).id, "https://movies.test/1.mp4", NOW)
    for fails in (True, False):
        job = (await pitching.funded(await pitching.made(300), (BOB, 100), (CAROL, 200))).job
        await pitching.rendering(job)
        if fails:
            reason = EndReason.UPSTREAM_FAILED
            await store.database.write(renders.fail, job.id, reason, None, NOW, upstream_charged=True, charged=90)
        else:
            await pitching.complete(job, 310)
    return pitching


@pytest.mark.usefixtures("paid")
async def test_a_movie_of_several_payers_is_one_movie_of_the_report(store: StoreHarness) -> None:
    """Each payer has their share, and a receipt; who pitched it paid their own part, which may be nothing."""
    report = await store.database.read_long(reports.report, GUILD, MONTH, LIMITS)
    assert (report.movies, report.running, report.spent, report.released) == (2, 0, 400, 300)
    assert (report.upstream_charge, report.charge_difference) == (90, 10)
    assert [(share.key, share.movies, share.credits) for share in report.members] == [
        (str(CAROL), 1, 200),
        (str(ALICE), 1, 100),
        (str(BOB), 1, 100),
    ]
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
    await store.database.write(limits.set_limit, LimitScope.MEMBER, ALICE, 30, by=by, now=NOW)
    await pitching.grant(ALICE, 100)
    for fails in (True, False):
        job = (await pitching.funded(await pitching.made(300), (ALICE, 100), (CAROL, 200))).job
        await pitching.rendering(job)
        if fails:
            await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, NOW, None)
        else:
            await pitching.complete(job)
    receipts, _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 10, 0)
    amounts = {each.outcome: (each.credits, each.extra, each.spent, each.refunded) for each in receipts}
    assert amounts == {"failed": (100, 70, 0, 100), "completed": (100, 70, 100, 0)}
