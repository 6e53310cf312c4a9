"""Pitches on both engines, with one outcome per credit and one job.

tests/data/test_ledger_stateful.py compares pledges, ends and refusals with a model.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.domain.credits import BudgetScope, Month, Shortfall
from bot.domain.job import EndReason, JobState
from bot.domain.pitch import (
    DAY_MS,
    MAX_DAYS,
    RETRY_MS,
    WAITING_MS,
    Ended,
    Funded,
    NoticeKind,
    Pitch,
    PitchRefusal,
    PitchState,
    Pledged,
    PledgeState,
    Refused,
    Waiting,
    WaitReason,
)
from bot.domain.prompt_refusal import PromptRefused
from bot.domain.quota import AuditContext, LimitScope
from bot.domain.request import Draft
from bot.domain.risk import RiskLimits
from bot.errors import DuplicateInteraction
from data import blocks, connect, limits, pitch_ends, pitches, pledging, renders, submissions
from data.pitch_notices import due as due_notices
from tests.helpers.approving import CATALOGUE, DANA, set_up
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.pitching import FILTERS, Pitching, pressing
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, LIMITS, NOW, StoreHarness, a_job

NOVEMBER = "2026-11"
DECEMBER = NOW + 25 * DAY_MS


def of_member(member: int, month: str = NOVEMBER) -> tuple[str, int, int, str]:
    return ("member", GUILD, member, month)


def bonus(member: int) -> tuple[str, int, int, str]:
    return ("extra", GUILD, member, "")


SHARE = (LimitScope.SERVER, 0, 299)
SERVER, PLAN = ("server", GUILD, 0, NOVEMBER), ("plan", 0, 0, NOVEMBER)


async def start(pitching: Pitching, job_id: str) -> None:
    await pitching.database.write(submissions.claim, pitching.now, 10, 100, 100)
    await pitching.database.write(submissions.mark_rendering, job_id, f"r-{job_id}", pitching.now, pitching.now)


async def test_a_pledge_holds_its_members_own_budgets_only(pitching: Pitching) -> None:
    """The server's and plan's budgets are held when the pitch is funded."""
    await pitching.grant(BOB, 100)
    pitch = await pitching.made(700)
    assert (pitch.price, pitch.missing, pitch.ends_at) == (700, 700, NOW + 7 * DAY_MS)
    pledge = await pitching.pledged(pitch, BOB, 620)
    assert (pledge.allowance, pledge.extra, pledge.month) == (600, 20, NOVEMBER)
    assert await pitching.books() == {
        of_member(BOB): BudgetTotals(held=600),
        bonus(BOB): BudgetTotals(granted=100, held=20),
    }
    found = await pitching.found(pitch)
    assert (found.pledged, found.missing, found.people) == (620, 80, 1)


async def test_the_last_pledge_orders_the_movie_and_completing_it_spends_each_share(pitching: Pitching) -> None:
    await pitching.grant(BOB, 100)
    pitch = await pitching.made(300)
    funded = await pitching.funded(pitch, (ALICE, 10), (BOB, 50), (CAROL, 240))
    job = funded.job
    assert (job.state, job.pitch_id, job.member_id, job.price) == (JobState.QUEUED, pitch.id, ALICE, 300)
    assert (funded.pitch.state, funded.pitch.job_id, funded.added) == (PitchState.FUNDED, job.id, 240)
    assert (await pitching.books())[PLAN] == BudgetTotals(held=300)
    await start(pitching, job.id)
    assert await pitching.database.write(renders.complete, job.id, "https://movies.test/a.mp4", NOW, charged=310)
    totals = await pitching.books()
    assert [totals[of_member(member)].used for member in (ALICE, BOB, CAROL)] == [10, 50, 240]
    assert (totals[SERVER], totals[PLAN]) == (BudgetTotals(used=300), BudgetTotals(used=310))
    assert (await pitching.pledge(pitch, CAROL)).state is PledgeState.SPENT


async def test_a_failed_movie_returns_each_pledge_to_its_own_source(pitching: Pitching) -> None:
    """The plan pays what the API keeps."""
    await pitching.grant(BOB, 100)
    pitch = await pitching.made(1000, BOB)
    job = (await pitching.funded(pitch, (BOB, 650), (CAROL, 350))).job
    await start(pitching, job.id)
    assert await pitching.database.write(
        renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, NOW, upstream_charged=True, charged=301
    )
    assert await pitching.books() == {bonus(BOB): BudgetTotals(granted=100), PLAN: BudgetTotals(used=301)}
    assert (await pitching.pledge(pitch, BOB)).state is PledgeState.RETURNED
    assert (BOB, "returned", 650, "job_ended") in pitching.notices()


async def test_a_cancelled_movie_costs_each_their_share_by_largest_remainder(pitching: Pitching) -> None:
    """Each pays a third; the odd credit falls to the first pledger.

    Members can no longer ask for such a cancellation: an earlier version recorded this one.
    """
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, CAROL, 76)
    pitching.now += 1
    job = (await pitching.funded(pitch, (BOB, 76), (ALICE, 148))).job
    await start(pitching, job.id)
    await pitching.database.write(lambda tx: tx.execute("UPDATE jobs SET cancel_requested_at = 1"))
    assert await pitching.database.write(renders.end_cancelled, job.id, 100, NOW, None)
    totals = await pitching.books()
    assert [totals[of_member(member)].used for member in (CAROL, BOB, ALICE)] == [26, 25, 49]
    assert (BOB, "returned", 51, "job_ended") in pitching.notices()
    notices = [each for told in await pitching.database.read(due_notices, NOW, 10, ()) for each in told]
    returned = {each.member_id: (each.spent, each.credits) for each in notices if each.kind is NoticeKind.RETURNED}
    assert returned == {CAROL: (26, 50), BOB: (25, 51), ALICE: (49, 99)}


async def test_a_member_without_enough_credits_is_told_and_nothing_is_held(pitching: Pitching) -> None:
    await pitching.grant(BOB, 50)
    pitch = await pitching.made(1000)
    short = await pitching.chip_in(pitch, BOB, None)
    assert short == Shortfall(BudgetScope.MEMBER, 1000, 650, Month.containing(NOW).ends_at)
    assert await pitching.books() == {bonus(BOB): BudgetTotals(granted=50)}


async def test_what_is_taken_back_returns_and_a_repeated_press_changes_nothing(pitching: Pitching) -> None:
    await pitching.grant(BOB, 100)
    pitch = await pitching.made(700)
    assert await pitching.chip_in(pitch, BOB, 650, 70) is not None
    assert await pitching.chip_in(pitch, BOB, 650, 70) is None
    some = await pitching.take_back(pitch, BOB, 60, 71)
    assert isinstance(some, Pledged)
    assert (some.added, some.pledge.allowance, some.pledge.extra) == (-60, 590, 0)
    assert await pitching.take_back(pitch, BOB, 60, 71) is None
    assert await pitching.chip_in(pitch, BOB, 10, 70) is None, "an older press that arrives again is no new one"
    assert isinstance(await pitching.chip_in(pitch, BOB, 10, 72), Pledged)
    assert await pitching.chip_in(pitch, BOB, 10, 72) is None
    assert isinstance(await pitching.take_back(pitch, BOB), Pledged)
    assert (await pitching.pledge(pitch, BOB)).state is PledgeState.RETURNED
    assert await pitching.books() == {bonus(BOB): BudgetTotals(granted=100)}
    again = await pitching.take_back(pitch, BOB)
    assert isinstance(again, Refused)
    assert again.reason is PitchRefusal.NO_PLEDGE
    assert (await pitching.pledged(pitch, BOB, 10)).credits == 10


async def test_of_200_members_who_press_the_rest_at_once_exactly_the_price_is_taken(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 250)
    url = pitching.place if isinstance(pitching.place, str) else f"sqlite:///{pitching.place}"
    processes = [Pitching(await connect.open_database(url), pitching.place) for _ in range(2)]
    try:
        outcomes = await asyncio.gather(
            *(processes[number % 2].chip_in(pitch, 1000 + number, None) for number in range(200))
        )
    finally:
        for process in processes:
            await process.database.close()
    counted = Counter(type(outcome).__name__ for outcome in outcomes)
    assert counted == {"Funded": 1, "Refused": 199}
    totals = await pitching.books()
    assert sum(total.held for key, total in totals.items() if key[0] == "member") == 300
    assert totals[PLAN] == BudgetTotals(held=300)


async def test_a_pitch_that_the_plan_refuses_waits_and_is_funded_when_there_is_room(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    pitching.now = pitch.ends_at - 1
    pitching.limits = replace(LIMITS, plan=299)
    waiting = await pitching.chip_in(pitch, BOB, None)
    assert isinstance(waiting, Waiting)
    assert (waiting.pitch.state, waiting.pitch.waits_for) == (PitchState.WAITING_FOR_PLAN, WaitReason.PLAN)
    assert waiting.pitch.ends_at == pitching.now + WAITING_MS
    assert await pitching.books() == {of_member(BOB): BudgetTotals(held=300)}
    complete = await pitching.chip_in(pitch, CAROL, 10)
    assert isinstance(complete, Refused)
    assert complete.reason is PitchRefusal.COMPLETE
    pitching.now += RETRY_MS
    assert isinstance(await pitching.run_due(pitch), Waiting)
    pitching.limits = LIMITS
    assert isinstance(await pitching.run_due(pitch), Funded)
    assert await pitching.run_due(pitch) is None
    assert (await pitching.books())[PLAN] == BudgetTotals(held=300)


async def test_a_pitch_that_waits_from_its_first_day_ends_as_late_as_it_said(pitching: Pitching) -> None:
    """A week for waiting shortens no pitch of two weeks."""
    await set_up(StoreHarness(pitching.database, LIMITS), pitch_days=MAX_DAYS)
    pitch = await pitching.made(300)
    pitching.limits = replace(LIMITS, plan=299)
    waiting = await pitching.chip_in(pitch, BOB, None)
    assert isinstance(waiting, Waiting)
    assert waiting.pitch.ends_at == pitch.ends_at == pitching.now + MAX_DAYS * DAY_MS


ONE_OPEN = RiskLimits(open_jobs_per_member=1, open_jobs_per_server=9, queued_credits=9000, failed_credits=9000)


async def use_up(pitching: Pitching, risk: RiskLimits = ONE_OPEN) -> None:
    """Let Alice or her server have as many movies as allowed."""
    pitching.limits = replace(LIMITS, risk=risk)
    await StoreHarness(pitching.database, pitching.limits).queued(a_job(1, ALICE, cost=10))


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        (use_up, WaitReason.BUSY),
        (lambda each: use_up(each, replace(ONE_OPEN, open_jobs_per_member=9, open_jobs_per_server=1)), WaitReason.BUSY),
        (lambda each: use_up(each, replace(ONE_OPEN, open_jobs_per_member=9, queued_credits=309)), WaitReason.BUSY),
        (
            lambda each: each.database.write(blocks.block, ALICE, 1, by=AuditContext(9, GUILD), now=NOW),
            WaitReason.MEMBER,
        ),
        (
            lambda each: each.database.write(limits.set_limit, *SHARE, by=AuditContext(9, GUILD), now=NOW),
            WaitReason.SERVER,
        ),
    ],
)
async def test_whatever_keeps_a_movie_from_being_ordered_lets_its_pitch_wait(
    pitching: Pitching, why: Callable[[Pitching], Awaitable[object]], reason: WaitReason
) -> None:
    """Only the pledges stay held, not the server's or the plan's budget."""
    pitch = await pitching.made(300)
    await why(pitching)
    before = await pitching.books()
    waiting = await pitching.chip_in(pitch, BOB, None)
    assert isinstance(waiting, Waiting)
    assert waiting.pitch.waits_for is reason
    assert await pitching.books() == before | {of_member(BOB): BudgetTotals(held=300)}


async def test_a_prompt_that_breaks_a_rule_is_no_pitch(store: StoreHarness, pitching: Pitching) -> None:
    await set_up(store, filter_rules=("fox",))
    draft = Draft("a fox", 10, "LUMA", "FLUX1.1PRO")
    refused = await store.database.write(pledging.pitch, FILTERS, pressing(ALICE), draft, CATALOGUE, LIMITS, NOW)
    assert isinstance(refused, PromptRefused)
    assert query(pitching.place, "SELECT 1 FROM pitches") == []


async def test_allowances_lapse_with_their_month_and_bonus_credits_stay(pitching: Pitching) -> None:
    await pitching.grant(BOB, 100)
    pitching.now = DECEMBER - 8 * DAY_MS
    pitch = await pitching.made(800)
    await pitching.pledged(pitch, BOB, 650)
    await pitching.pledged(pitch, CAROL, 100)
    pitching.now = DECEMBER - 4 * DAY_MS
    assert await pitching.database.read(pitches.due, Month.containing(NOW).ends_at, 9) == [pitch.id]
    assert await pitching.run_due(pitch) is None
    found = await pitching.found(pitch)
    assert (found.pledged, found.people) == (50, 1)
    assert pitching.notices() == [(BOB, "lapsed", 600, None), (CAROL, "lapsed", 100, None)]
    assert (await pitching.pledge(pitch, CAROL)).state is PledgeState.LAPSED
    assert await pitching.books() == {bonus(BOB): BudgetTotals(granted=100, held=50)}
    pledge = await pitching.pledged(pitch, BOB, 10)
    assert (pledge.month, pledge.allowance, pledge.extra) == ("2026-12", 10, 50)
    assert pitching.notices()[0] == (BOB, "lapsed", 600, None)
    assert isinstance(await pitching.take_back(pitch, BOB), Pledged)
    assert await pitching.books() == {bonus(BOB): BudgetTotals(granted=100)}


async def test_staff_remove_a_pitch_and_its_member_withdraws_one(pitching: Pitching) -> None:
    first, second = await pitching.made(300), await pitching.made(300)
    await pitching.pledged(first, BOB, 100)
    await pitching.pledged(second, BOB, 100)
    write = pitching.database.write
    closed = PitchRefusal.CLOSED
    for member, reason in ((BOB, PitchRefusal.NOT_OWNER), (ALICE, None), (ALICE, closed), (BOB, closed)):
        outcome = await write(pitch_ends.withdraw, first.id, GUILD, member, NOW)
        assert outcome.reason is reason if isinstance(outcome, Refused) else reason is None
    removed = await write(pitch_ends.remove, second.id, by=AuditContext(DANA, GUILD, interaction_id=5), now=NOW)
    assert isinstance(removed, Ended)
    assert (removed.pitch.state, removed.returned) == (PitchState.REMOVED, 100)
    logged = query(pitching.place, "SELECT action, actor_id, subject_id, amount FROM audit_log")
    assert logged == [{"action": "remove_pitch", "actor_id": DANA, "subject_id": ALICE, "amount": 100}]
    with pytest.raises(DuplicateInteraction):
        await write(pitch_ends.remove, second.id, by=AuditContext(DANA, GUILD, interaction_id=5), now=NOW)
    elsewhere = await write(pitch_ends.remove, second.id, by=AuditContext(DANA, GUILD + 1), now=NOW)
    assert isinstance(elsewhere, Refused)
    assert await pitching.books() == {}


async def test_a_payer_who_was_blocked_since_gets_their_credits_back_instead_of_paying(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    await pitching.database.write(blocks.block, BOB, 1, by=AuditContext(DANA, GUILD), now=NOW)
    opened = await pitching.chip_in(pitch, CAROL, None)
    assert isinstance(opened, Pledged), opened
    assert (opened.pitch.state, opened.pitch.missing, opened.pledge.credits) == (PitchState.OPEN, 100, 200)
    assert (await pitching.pledge(pitch, BOB)).state is PledgeState.RETURNED
    assert await pitching.books() == {of_member(CAROL): BudgetTotals(held=200)}
    pitching.limits = replace(LIMITS, plan=0)
    assert isinstance(await pitching.chip_in(pitch, ALICE, None), Waiting)
    await pitching.database.write(blocks.block, CAROL, None, by=AuditContext(DANA, blocks.EVERYWHERE), now=NOW)
    pitching.limits, pitching.now = LIMITS, NOW + RETRY_MS
    reopened = await pitching.run_due(pitch)
    assert isinstance(reopened, Pitch), reopened
    assert (reopened.state, reopened.missing, reopened.waits_for) == (PitchState.OPEN, 200, None)
    assert await pitching.run_due(pitch) is None
    assert await pitching.books() == {of_member(ALICE): BudgetTotals(held=100)}
    assert pitching.notices() == [(BOB, "returned", 100, None), (CAROL, "returned", 200, None)]
