"""A movie that several members pay for, in reports and receipts."""

from __future__ import annotations

import pytest

from bot.domain.credits import Month
from bot.domain.job import EndReason
from bot.domain.quota import AuditContext, LimitScope
from data import limits, renders, reports, submissions
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, LIMITS, NOW, StoreHarness, a_job

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
        await store.database.write(submissions.claim, NOW, 10, 100, 100)
        await store.database.write(submissions.mark_rendering, job.id, f"r-{job.id}", NOW, NOW)
        if fails:
            reason = EndReason.UPSTREAM_FAILED
            await store.database.write(renders.fail, job.id, reason, None, NOW, upstream_charged=True, charged=90)
        else:
            await store.database.write(renders.complete, job.id, "https://movies.test/2.mp4", NOW, charged=310)
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
        await store.database.write(submissions.claim, NOW, 10, 100, 100)
        await store.database.write(submissions.mark_rendering, job.id, f"r-{job.id}", NOW, NOW)
        if fails:
            await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, NOW, None)
        else:
            await store.database.write(renders.complete, job.id, "https://movies.test/1.mp4", NOW)
    receipts, _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 10, 0)
    amounts = {each.outcome: (each.credits, each.extra, each.spent, each.refunded) for each in receipts}
    assert amounts == {"failed": (100, 70, 0, 100), "completed": (100, 70, 100, 0)}
