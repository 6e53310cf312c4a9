"""Pitches on both engines: who may pitch and pledge, what is held, and when the movie is ordered.

tests/data/test_ledger.py compares pledges, ends and refusals with a model.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import DuplicateInteraction
from bot.domain.approvals import ApprovalScope
from bot.domain.credits import DAY_MS, Month
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.orders import Order
from bot.domain.pitches import (
    MAX_OPEN_PITCHES,
    RETRY_MS,
    WAITING_MS,
    MakerRights,
    Pitch,
    PitchEndReason,
    PitchSort,
    PitchState,
    Pledged,
    PledgeState,
    WaitReason,
)
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext, LimitScope
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from bot.domain.risk import COOL_DOWN_MS, MAX_CANCELLATIONS, MAX_REPEATED_FAILURES, RiskLimits
from bot.domain.server_setup import AgeRule
from bot.domain.text import Language
from data import blocks, budgets, failures, job_actions, jobs, pitch_ends, pitches, pledging, preferences, renders, risk
from data.approvals import decline
from data.database import Transaction
from data.departed_servers import record_left
from data.engine.sqlite import SqliteDatabase
from data.server_policies import set_blocked, set_paused
from data.storage import engines
from tests.helpers.approving import DANA, ERIN, approve, ask_staff, decide, set_up, with_channel
from tests.helpers.at_time import at_time, under
from tests.helpers.clock import ManualClock
from tests.helpers.due_work import due_pitches
from tests.helpers.forked_process import ROOT, fork
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.member_data import erase
from tests.helpers.pitching import Pitching, pressing, state_after
from tests.helpers.refusing import is_refused
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, LIMITS, NOW, StoreHarness, a_job

NOVEMBER = "2026-11"
DECEMBER = NOW + 25 * DAY_MS


def of_member(member: int, month: str = NOVEMBER) -> tuple[str, int, int, str]:
    return ("member", GUILD, member, month)


def bonus(member: int) -> tuple[str, int, int, str]:
    return ("extra", GUILD, member, "")


BY_DANA = AuditContext(DANA, GUILD)
SHARE = (LimitScope.SERVER, 0, 299)
SERVER, PLAN = ("server", GUILD, 0, NOVEMBER), ("plan", 0, 0, NOVEMBER)


async def chip_in(pitching: Pitching, pitch: Pitch, amount: int | None, limit: int | None = None) -> Any:
    return await pitching.database.write(pledging.chip_in, pressing(BOB), pitch.id, amount, limit=limit)


async def test_no_pledge_is_below_a_credit_and_the_rest_no_more_than_the_button_said(pitching: Pitching) -> None:
    pitch = await pitching.made()
    await pitching.pledged(pitch, BOB, 1)
    before = await pitching.books()
    for press in ((0,), (-1,), (None, 0), (None, -1)):
        with pytest.raises(ValueError, match=str(press[-1])):
            await chip_in(pitching, pitch, *press)
    assert await pitching.books() == before
    pitch = await pitching.made(300)
    for added, missing in ((200, 100), (100, 0)):
        press = await chip_in(pitching, pitch, None, limit=200)
        assert (press.added, press.pitch.missing) == (added, missing)
    assert press.pitch.state is PitchState.FUNDED


async def test_what_is_taken_back_returns_and_a_repeated_press_changes_nothing(pitching: Pitching) -> None:
    await pitching.grant(BOB, 100)
    pitch = await pitching.made(700)
    assert await pitching.chip_in(pitch, BOB, 650, 70) is not None
    assert await pitching.chip_in(pitch, BOB, 650, 70) is None
    back = await pitching.take_back(pitch, BOB, 71)
    assert (back.added, back.pitch.missing) == (-650, 700)
    assert await pitching.take_back(pitch, BOB, 71) is None
    assert await pitching.chip_in(pitch, BOB, 10, 70) is None, "an older press that arrives again is no new one"
    assert (await pitching.pledge(pitch, BOB)).state is PledgeState.RETURNED
    assert await pitching.books() == {bonus(BOB): BudgetTotals(granted=100)}
    assert is_refused(await pitching.take_back(pitch, BOB), "pitch-no-pledge")
    assert (await pitching.pledged(pitch, BOB, 10)).credits == 10


async def test_of_200_members_who_press_the_rest_at_once_exactly_the_price_is_taken(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 250)
    url = pitching.place if isinstance(pitching.place, str) else f"sqlite:///{pitching.place}"
    processes = [Pitching(await engines.engine(url).open(), pitching.place) for _ in range(2)]
    try:
        outcomes = await asyncio.gather(
            *(processes[number % 2].chip_in(pitch, 1000 + number, None) for number in range(200))
        )
    finally:
        for process in processes:
            await process.database.close()
    assert Counter(map(state_after, outcomes)) == {PitchState.FUNDED: 1, None: 199}
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 199
    totals = await pitching.books()
    assert sum(total.held for key, total in totals.items() if key[0] == "member") == 300
    assert totals[PLAN] == BudgetTotals(held=300)


async def test_a_pitch_that_the_plan_refuses_waits_and_is_funded_when_there_is_room(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    pitching.now = pitch.ends_at - 1
    pitching.limits = replace(LIMITS, plan=299)
    waiting = await pitching.chip_in(pitch, BOB, None)
    assert (waiting.pitch.state, waiting.pitch.waits_for) == (PitchState.WAITING_FOR_PLAN, WaitReason.PLAN)
    assert waiting.pitch.ends_at == pitching.now + WAITING_MS
    assert await pitching.books() == {of_member(BOB): BudgetTotals(held=300)}
    assert is_refused(await pitching.chip_in(pitch, CAROL, 10), "pitch-complete")
    await pitching.database.write(pitches.record, pitch.id, 77)
    [shown] = await pitching.database.read(due_pitches)
    await pitching.database.write(pitches.end_update, shown, await pitching.found(pitch))
    for _ in range(2):
        assert await pitching.database.read(pitches.due, 9) == []
        pitching.now += RETRY_MS
        assert await pitching.database.read(pitches.due, 9) == [pitch.id]
        assert (await pitching.run_due(pitch)).state is PitchState.WAITING_FOR_PLAN
    assert await pitching.database.read(due_pitches) == [], "it shows that already"
    pitching.limits = LIMITS
    assert (await pitching.run_due(pitch)).state is PitchState.FUNDED
    assert await pitching.run_due(pitch) == await pitching.found(pitch)
    assert (await pitching.books())[PLAN] == BudgetTotals(held=300)


ONE_OPEN = RiskLimits(open_jobs_per_member=1, open_jobs_per_server=9, queued_credits=9000, failed_credits=9000)


def use_up(**bounds: int) -> Callable[[Pitching], Awaitable[object]]:
    limits = replace(LIMITS, risk=replace(ONE_OPEN, **bounds))
    return lambda pitching: StoreHarness(pitching.database, limits).queued(a_job(1, ALICE, cost=10))


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        (use_up(), WaitReason.BUSY),
        (use_up(open_jobs_per_member=9, open_jobs_per_server=1), WaitReason.BUSY),
        (use_up(open_jobs_per_member=9, queued_credits=309), WaitReason.BUSY),
        (lambda each: each.database.write(blocks.block, ALICE, 1, by=BY_DANA), WaitReason.MEMBER),
        (lambda each: each.database.write(budgets.set_limit, *SHARE, by=BY_DANA), WaitReason.SERVER),
    ],
)
async def test_what_keeps_a_movie_from_being_ordered_lets_its_pitch_wait(
    pitching: Pitching, why: Callable[[Pitching], Awaitable[object]], reason: WaitReason
) -> None:
    pitch = await pitching.made(300)
    await why(pitching)
    before = await pitching.books()
    assert (await pitching.chip_in(pitch, BOB, None)).pitch.waits_for is reason
    assert await pitching.books() == before | {of_member(BOB): BudgetTotals(held=300)}


async def test_allowances_lapse_with_their_month_and_bonus_credits_stay(pitching: Pitching) -> None:
    await pitching.grant(BOB, 100)
    pitching.now = DECEMBER - 8 * DAY_MS
    pitch = await pitching.made(800)
    await pitching.pledged(pitch, BOB, 650)
    await pitching.pledged(pitch, CAROL, 100)
    pitching.now = DECEMBER - 4 * DAY_MS
    assert await pitching.database.read(at_time(Month.containing(NOW).ends_at, pitches.due), 9) == [pitch.id]
    found = await pitching.run_due(pitch)
    assert (found.pledged, found.people) == (50, 1)
    assert pitching.notices() == [(BOB, "lapsed", 600, None), (CAROL, "lapsed", 100, None)]
    assert (await pitching.pledge(pitch, CAROL)).state is PledgeState.LAPSED
    assert await pitching.books() == {bonus(BOB): BudgetTotals(granted=100, held=50)}
    pledge = await pitching.pledged(pitch, BOB, 10)
    assert (pledge.month, pledge.allowance, pledge.extra) == ("2026-12", 10, 50)


async def test_a_payer_who_was_blocked_since_gets_their_credits_back_instead_of_paying(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    await pitching.database.write(blocks.block, BOB, 1, by=BY_DANA)
    opened = await pitching.chip_in(pitch, CAROL, None)
    assert (opened.pitch.state, opened.pitch.missing, opened.pledge.credits) == (PitchState.OPEN, 100, 200)
    assert (await pitching.pledge(pitch, BOB)).state is PledgeState.RETURNED
    assert await pitching.books() == {of_member(CAROL): BudgetTotals(held=200)}
    await pitching.waiting(pitch, ALICE)
    await pitching.database.write(blocks.block, CAROL, None, by=AuditContext(DANA, blocks.EVERYWHERE))
    pitching.now = NOW + RETRY_MS
    for _ in range(2):
        reopened = await pitching.run_due(pitch)
        assert (reopened.state, reopened.missing, reopened.waits_for) == (PitchState.OPEN, 200, None)
    assert await pitching.books() == {of_member(ALICE): BudgetTotals(held=100)}
    assert pitching.notices() == [(BOB, "returned", 100, None), (CAROL, "returned", 200, None)]


PARENT = 77
TRUSTED = 7


async def test_a_funded_movie_waits_where_an_order_would_now(store: StoreHarness, pitching: Pitching) -> None:
    """What its maker was when they pitched it doesn't count, nor who presses. A retry knows no roles."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.UNTRUSTED, trusted_roles=(TRUSTED,))
    presses: dict[str, tuple[int, dict[str, Any], JobState]] = {
        "another member": (BOB, {}, JobState.AWAITING_APPROVAL),
        "a manager": (BOB, {"role_ids": (TRUSTED,), "manages_server": True}, JobState.AWAITING_APPROVAL),
        "the maker is trusted": (BOB, {"maker": MakerRights((TRUSTED,))}, JobState.QUEUED),
        "the maker is a manager": (BOB, {"maker": MakerRights(manages_server=True)}, JobState.QUEUED),
        "the maker": (ALICE, {}, JobState.AWAITING_APPROVAL),
        "the trusted maker": (ALICE, {"role_ids": (TRUSTED,)}, JobState.QUEUED),
        "the managing maker": (ALICE, {"manages_server": True}, JobState.QUEUED),
    }
    for who, (presser, press, state) in presses.items():
        pitch = await pitching.made(100, role_ids=(TRUSTED,), manages_server=True)
        assert state_after(await pitching.chip_in(pitch, presser, None, **press)) is PitchState.FUNDED, who
        job = await pitching.job(pitch)
        assert (job.state, job.member_name) == (state, f"member {ALICE}"), who
    pitch = await pitching.made(100, manages_server=True)
    await pitching.waiting(pitch, ALICE, manages_server=True)
    assert (await pitching.run_due(pitch)).awaits_approval
    assert (await pitching.job(pitch)).state is JobState.AWAITING_APPROVAL


@pytest.mark.parametrize("maker", [None, BOB, ALICE])
async def test_who_takes_pledges_back_often_has_to_wait(pitching: Pitching, maker: int | None) -> None:
    """As who cancels movies, or withdraws their own pitches: each time leaves entries in the ledger."""
    pitching.limits = replace(LIMITS, risk=RiskLimits(50, 50, 9000, 600))
    for _ in range(MAX_CANCELLATIONS):
        pitch = await pitching.made(300, maker or ALICE)
        await pitching.pledged(pitch, BOB, 1)
        if maker:
            await pitching.database.write(pitch_ends.withdraw, pitch.id, GUILD, maker)
        else:
            await pitching.take_back(pitch, BOB)
    if maker is None:
        assert await erase(pitching.database, BOB)
    pitch = await pitching.made(300, CAROL)
    if maker != ALICE:
        cooling = Refused("refusals-cooling-down", {"time": NOW + COOL_DOWN_MS})
        assert await pitching.chip_in(pitch, BOB, 1) == cooling
        pitching.now = NOW + COOL_DOWN_MS
    assert isinstance(await pitching.chip_in(pitch, BOB, 1), Pledged)
    await pitching.books()


async def test_a_pitch_keeps_what_it_was_made_with_but_the_language(store: StoreHarness, pitching: Pitching) -> None:
    spoken: dict[str, Any] = {"member_language": Language.FRENCH, "server_language": Language.JAPANESE}
    pitch, other = [await pitching.made(300, parent_channel_id=PARENT, age_restricted=True, **spoken) for _ in range(2)]
    assert await pitching.found(pitch) == pitch
    job = await pitching.funded(other, (BOB, 300))
    assert (job.member_language, job.server_language) == (Language.FRENCH, Language.JAPANESE)
    await set_up(store, language=Language.GERMAN)
    assert (await pitching.funded(pitch, (CAROL, 300))).server_language is Language.GERMAN
    assert (await pitching.made(300, **spoken)).server_language is Language.GERMAN


async def test_a_retry_orders_nothing_where_movies_are_not_allowed_now(store: StoreHarness, pitching: Pitching) -> None:
    pitch, thread = await pitching.made(300), await pitching.made(300, parent_channel_id=PARENT)
    for each in (pitch, thread):
        await pitching.waiting(each, BOB)
    for channels, age in (((PARENT,), None), ((), AgeRule.RESTRICTED)):
        await set_up(store, channels=channels, age=age)
        assert (await pitching.run_due(pitch)).waits_for is WaitReason.MEMBER
    await set_up(store, channels=(PARENT,), age=None)
    assert (await pitching.run_due(thread)).state is PitchState.FUNDED
    await set_up(store, channels=())
    assert (await pitching.run_due(pitch)).state is PitchState.FUNDED


async def test_a_press_obeys_the_setup_by_its_roles_and_threads_parent(store: StoreHarness, pitching: Pitching) -> None:
    pitch = await pitching.made(1000, parent_channel_id=PARENT)
    await pitching.database.write(budgets.set_limit, LimitScope.ROLE, TRUSTED, 700, by=BY_DANA)
    await set_up(store, channels=(PARENT,), roles=(TRUSTED,))
    there: dict[str, Any] = {"role_ids": (TRUSTED,), "parent_channel_id": PARENT}
    for missing, code in (("role_ids", "refusals-role"), ("parent_channel_id", "refusals-channel")):
        context = {name: value for name, value in there.items() if name != missing}
        assert is_refused(await pitching.chip_in(pitch, BOB, 10, **context), code)
    assert is_refused(await pitching.chip_in(pitch, BOB, 701, **there), "pitch-shortfall")
    assert isinstance(await pitching.chip_in(pitch, BOB, 700, **there), Pledged)


async def test_a_servers_open_pitches_are_listed_in_the_order_that_is_asked_for(pitching: Pitching) -> None:
    liked, cheap, dear = await pitching.made(500), await pitching.made(300), await pitching.made(400)
    over, _ = await pitching.made(100, CAROL), await pitching.made(100, guild=GUILD + 1)
    await pitching.pledged(dear, CAROL, 250)
    await pitching.database.write(pledging.vote, liked.id, GUILD, CAROL)
    await pitching.database.write(pitch_ends.withdraw, over.id, GUILD, CAROL)
    for sort, expected in (
        (PitchSort.MISSING, [dear, cheap, liked]),
        (PitchSort.VOTES, [liked, dear, cheap]),
        (PitchSort.AGE, [dear, cheap, liked]),
    ):
        page = await pitching.database.read(pitches.page, GUILD, ALICE, (), sort, 0, 10)
        assert [each.id for each in page.items] == [each.id for each in expected], sort
    for number, shown in ((-1, 0), (9, 2)):  # such as a page that is gone
        page = await pitching.database.read(pitches.page, GUILD, ALICE, (), PitchSort.AGE, number, 1)
        assert (page.number, page.pages, len(page.items)) == (shown, 3, 1)


async def test_a_press_where_age_is_restricted_now_funds_a_pitch(store: StoreHarness, pitching: Pitching) -> None:
    pitch, waiting = await pitching.made(300), await pitching.made(300)
    await pitching.waiting(waiting, CAROL)
    await set_up(store, age=AgeRule.RESTRICTED)
    assert await pitching.chip_in(pitch, BOB, None) == Refused("refusals-age")
    assert state_after(await pitching.chip_in(pitch, BOB, None, age_restricted=True)) is PitchState.FUNDED
    assert (await pitching.run_due(waiting)).state is PitchState.WAITING_FOR_PLAN
    assert is_refused(await pitching.chip_in(waiting, CAROL, 10, age_restricted=True), "pitch-complete")
    assert (await pitching.run_due(waiting)).state is PitchState.FUNDED


async def test_a_prompt_against_a_new_rule_ends_the_pitch_once_funded(store: StoreHarness, pitching: Pitching) -> None:
    gone, pitch = await pitching.made(300), await pitching.made(300)
    await set_up(store, video_models=("GONE",))
    ended = await pitching.chip_in(gone, CAROL, None)
    assert ended.pitch.end_reason is PitchEndReason.NOT_OFFERED
    await set_up(store, video_models=())
    await pitching.pledged(pitch, BOB, 100)
    await set_up(store, filter_rules=("fox",))
    ended = await pitching.chip_in(pitch, CAROL, None)
    assert ended.pitch.end_reason is PitchEndReason.PROMPT_REFUSED
    assert await pitching.books() == {}


async def test_neither_a_price_that_no_month_can_pay_nor_one_too_many_is_pitched(pitching: Pitching) -> None:
    """Without a bound of the operator's, the managers' is too low."""
    draft = Draft("a fox", 30, "LUMA", "FLUX1.1PRO")
    for bounds, code in (
        ({"plan": 299}, "pitch-never-fits-bot"),
        ({"server": 299}, "pitch-never-fits-server"),
        ({"risk": RiskLimits(9, 9, queued_credits=299, failed_credits=9)}, "pitch-never-fits-queue"),
        ({}, "pitch-never-fits-server"),
    ):
        if not bounds:
            await pitching.database.write(budgets.set_limit, LimitScope.SERVER, 0, 299, by=BY_DANA)
        low = replace(LIMITS, **bounds)
        refused = await pitching.database.write(under(pledging.pitch, limits=low), Order(pressing(ALICE), draft))
        assert refused == Refused(code, {"price": 300, "left": 299})
    own = [await pitching.made(100) for _ in range(MAX_OPEN_PITCHES)]
    draft, write = Draft("a fox", 10, "LUMA", "FLUX1.1PRO"), pitching.database.write
    fourth = await write(pledging.pitch, Order(pressing(ALICE), draft))
    assert fourth == Refused("pitch-too-many", {"pitches": MAX_OPEN_PITCHES, "own": own})
    elsewhere = replace(pressing(ALICE, guild=GUILD + 1), member_name="al\u202eice")
    assert (await write(pledging.pitch, Order(elsewhere, draft))).member_name == "alice"


@pytest.mark.parametrize("stop", [(set_paused, (), "paused"), (set_blocked, (GUILD,), "blocked")])
async def test_a_complete_pitch_waits_while_the_operator_takes_no_orders(pitching: Pitching, stop: Any) -> None:
    function, args, flag = stop
    pitch, other = await pitching.made(300), await pitching.made(300)
    await pitching.waiting(pitch, BOB)
    await pitching.database.write(function, *args, **{flag: True})
    assert (await pitching.run_due(pitch)).waits_for is WaitReason.PAUSED
    assert isinstance(await pitching.chip_in(other, CAROL, None), Refused)
    await pitching.database.write(function, *args, **{flag: False})
    assert (await pitching.run_due(pitch)).state is PitchState.FUNDED


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda tx, pitch: pitch_ends.withdraw(tx, pitch.id, GUILD, ALICE), "lapsed"),
        (lambda tx, pitch: pitch_ends.remove(tx, pitch.id, by=BY_DANA), "lapsed"),
        (lambda tx, _: record_left(tx, GUILD), "lapsed"),
        (lambda tx, pitch: pledging.vote(tx, pitch.id, GUILD, CAROL), "lapsed"),
        (lambda tx, pitch: pledging.take_back(tx, pressing(CAROL), pitch.id), "lapsed"),
        (lambda tx, pitch: pledging.chip_in(tx, pressing(CAROL), pitch.id, 301), "lapsed"),
        (lambda tx, _: pitch_ends.drop_member(tx, ALICE), "withdrawn"),
    ],
)
async def test_what_lapses_by_itself_has_lapsed_before_anything_else(
    pitching: Pitching, change: Callable[[Transaction, Pitch], object], reason: str
) -> None:
    """A pitch at its end, unless its member is erased, and an allowance with its month."""
    over = await pitching.made(300)
    await pitching.pledged(over, BOB, 100)
    due = [await pitching.database.read(at_time(at, pitches.due), 9) for at in (over.ends_at - 1, over.ends_at)]
    assert due == [[], [over.id]]
    pitching.now = over.ends_at
    await pitching.database.write(change, over)
    assert (await pitching.found(over)).end_reason == reason
    assert pitching.notices() == [(BOB, "returned", 100, reason)]
    pitching.now = Month.containing(NOW).ends_at - 1
    pitch, elsewhere = await pitching.made(300), await pitching.made(300, CAROL, guild=GUILD + 1)
    await pitching.pledged(pitch, BOB, 100)
    pitching.now += 1
    await pitching.database.write(change, pitch)
    assert (await pitching.found(elsewhere)).state is PitchState.OPEN
    assert pitching.notices() == [(BOB, "lapsed", 100, None), (BOB, "returned", 100, reason)]
    assert await pitching.books() == {}


async def test_a_press_in_another_server_finds_no_pitch_and_staff_remove_one_of_theirs_once(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    there = pressing(BOB, guild=GUILD + 1)
    write = pitching.database.write
    for refused in (
        await pitching.chip_in(pitch, BOB, 10, guild=GUILD + 1),
        await write(pledging.take_back, there, pitch.id),
        await write(pledging.vote, pitch.id, GUILD + 1, BOB),
        await write(pitch_ends.withdraw, pitch.id, GUILD + 1, ALICE),
        await write(pitch_ends.remove, pitch.id, by=AuditContext(DANA, GUILD + 1)),
    ):
        assert refused == Refused("pitch-unknown")
    found = await pitching.found(pitch)
    assert (found.state.is_open, found.pledged, found.votes) == (True, 100, 0)
    by = AuditContext(DANA, GUILD, interaction_id=5)
    removed = await write(pitch_ends.remove, pitch.id, by=by)
    assert (removed.state, removed.pledged) == (PitchState.REMOVED, 0)
    with pytest.raises(DuplicateInteraction):
        await write(pitch_ends.remove, pitch.id, by=by)
    assert await pitching.books() == {}


async def test_a_vote_is_of_a_member_who_may_order_and_for_an_open_pitch(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    write = pitching.database.write
    voted = [await write(pledging.vote, pitch.id, GUILD, CAROL) for _ in range(2)]
    assert (getattr(voted[0], "votes", None), getattr(voted[1], "code", None)) == (1, "pitch-voted-already")
    await write(blocks.block, BOB, None, by=BY_DANA)
    assert is_refused(await write(pledging.vote, pitch.id, GUILD, BOB), "refusals-blocked")
    assert await erase(pitching.database, BOB)
    assert is_refused(await write(pledging.vote, pitch.id, GUILD, BOB), "refusals-blocked")
    await write(pitch_ends.withdraw, pitch.id, GUILD, ALICE)
    assert is_refused(await write(pledging.vote, pitch.id, GUILD, ALICE), "pitch-over")
    assert (await pitching.found(pitch)).votes == 1


async def test_its_member_cancels_it_until_it_is_made_which_is_posted_in_the_channel(pitching: Pitching) -> None:
    target, write = DeliveryTarget.DIRECT_MESSAGE, pitching.database.write
    await write(preferences.change, ALICE, delivery_target=target)
    queued = await pitching.funded(await pitching.made(300), (BOB, 300))
    assert await write(job_actions.cancel, queued.id, ALICE) is not None
    assert await pitching.books() == {}
    job = await pitching.funded(await pitching.made(300), (BOB, 300))
    assert job.delivery_target is DeliveryTarget.CHANNEL
    assert await write(job_actions.set_delivery_target, job.id, ALICE, target) is None
    await pitching.rendering(job)
    assert await write(job_actions.request_cancel, job.id, ALICE) is None
    found = await pitching.database.read(jobs.get, job.id)
    assert (found.cancel_requested_at, found.delivery_target) == (None, DeliveryTarget.CHANNEL)


async def test_failed_movies_count_for_who_pitched_them_and_not_for_who_paid(pitching: Pitching) -> None:
    risk_limits = RiskLimits(50, 50, 9000, failed_credits=300)
    pitching.limits = replace(LIMITS, risk=risk_limits)
    pitch = await pitching.made(300)
    job = await pitching.funded(pitch, (BOB, 100), (CAROL, 200))
    await pitching.rendering(job)
    write, read = pitching.database.write, pitching.database.read
    assert await write(under(renders.fail_charged, failed=300), job.id, EndReason.UPSTREAM_FAILED, None)
    month = Month.containing(NOW)
    assert [await read(failures.failed_credits, member, month) for member in (ALICE, BOB, CAROL)] == [300, 0, 0]
    assert await read(failures.failed_by_server, ALICE, month) == {GUILD: 300}
    assert await read(under(failures.stopped_members, failed=300)) == 1
    assert [each for each in pitching.notices() if each[1] == "returned"] == [
        (BOB, "returned", 100, "job_ended"),
        (CAROL, "returned", 200, "job_ended"),
    ]
    assert await read(risk.refusal, GUILD, BOB, risk_limits) is None
    draft = Draft("a fox", 10, "LUMA", "FLUX1.1PRO")
    assert is_refused(await write(pledging.pitch, Order(pressing(ALICE), draft)), "refusals-failures")
    assert is_refused(await pitching.chip_in(await pitching.made(300, CAROL), ALICE, 10), "refusals-failures")
    assert await write(at_time(NOW - 1, under(blocks.unblock, failed=300)), ALICE, by=BY_DANA)
    assert await read(risk.refusal, GUILD, ALICE, risk_limits) is None
    await pitching.books()


async def test_a_prompt_that_keeps_failing_is_not_pitched_again(pitching: Pitching) -> None:
    write = pitching.database.write
    for _ in range(MAX_REPEATED_FAILURES):
        job = await pitching.funded(await pitching.made(300), (BOB, 300))
        await pitching.rendering(job)
        assert await write(renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, upstream_charged=False)
    fox, owl = Draft("a fox", 10, "LUMA", "FLUX1.1PRO"), Draft("an owl", 10, "LUMA", "FLUX1.1PRO")
    again = await write(pledging.pitch, Order(pressing(ALICE), fox))
    assert again == Refused("pitch-failing", {"failures": MAX_REPEATED_FAILURES})
    assert isinstance(await write(pledging.pitch, Order(pressing(ALICE), owl)), Pitch)
    await pitching.made(member=CAROL)


async def test_staff_who_pay_for_a_movie_approve_it_only_as_managers(store: StoreHarness, pitching: Pitching) -> None:
    await ask_staff(store)
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, ERIN, 10)
    assert isinstance(await pitching.take_back(pitch, ERIN), Pledged)
    job = await pitching.funded(pitch, (BOB, 200), (DANA, 100))
    other = await pitching.funded(await pitching.made(300), (BOB, 200), (DANA, 100))
    assert await decide(store, approve, job, 1, by=DANA) == Refused("approvals-own")
    assert await store.state(job) is JobState.AWAITING_APPROVAL
    presses: tuple[tuple[Job, dict[str, Any]], ...] = ((job, {"by": ERIN}), (other, {"by": DANA, "manages": True}))
    for number, (each, press) in enumerate(presses, 2):
        assert (await decide(store, approve, each, number, **press)).job.state is JobState.QUEUED
    declined = await pitching.funded(await pitching.made(300), (CAROL, 300))
    await pitching.database.write(decline, declined.id, by=BY_DANA)
    assert of_member(CAROL) not in await pitching.books()


async def prepared(path: Path, how: str) -> Pitch:
    database = await SqliteDatabase.open(path)
    pitching = Pitching(database, path)
    await pitching.grant(CAROL, 100)
    pitch = await pitching.made(700)
    await pitching.pledged(pitch, BOB, 60)
    if how == "retry":
        await pitching.waiting(pitch, CAROL)
    await database.close()
    return pitch


async def killed(path: Path, how: str, pitch: Pitch, statement: int) -> int | None:
    """Fund the pitch in a process that dies at a statement; None where it died, else the number of statements."""
    args = (str(path), how, pitch.id, str(statement))
    process = await fork("tests.helpers.dying_pitch", args, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    out, err = await process.communicate()
    assert process.returncode in (0, -9), err
    return int(out.split()[-1]) if process.returncode == 0 else None


async def assert_funded_once_or_not_at_all(path: Path, how: str, pitch: Pitch, *, committed: bool) -> None:
    database = await SqliteDatabase.open(path, ManualClock())
    pitching = Pitching(database, path)
    try:
        totals = await pitching.books()
        assert ((await pitching.found(pitch)).state is PitchState.FUNDED) == committed
        assert totals.get(PLAN) == (BudgetTotals(held=700) if committed else None)
        if not committed:
            await (pitching.run_due(pitch) if how == "retry" else pitching.chip_in(pitch, CAROL, None))
            assert (await pitching.found(pitch)).state is PitchState.FUNDED
        assert await pitching.books() == {
            of_member(BOB): BudgetTotals(held=60),
            of_member(CAROL): BudgetTotals(held=600),
            bonus(CAROL): BudgetTotals(granted=100, held=40),
            SERVER: BudgetTotals(held=700),
            PLAN: BudgetTotals(held=700),
        }
        [job] = query(path, "SELECT state, member_id FROM jobs")
        assert job == {"state": "queued", "member_id": ALICE}
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("how", "every"),
    [("press", 25), *(pytest.param(how, 1, marks=pytest.mark.slow) for how in ("press", "retry"))],
)
@pytest.mark.full
@pytest.mark.timeout(600)
async def test_killed_at_any_statement_a_pitch_is_funded_once_or_not_at_all(path: Path, how: str, every: int) -> None:
    pitch = await prepared(path, how)

    def copy(number: int) -> Path:
        return Path(shutil.copy(path, path.with_name(f"{number}.db")))

    statements = await killed(copy(0), how, pitch, 0)
    assert statements > 20
    for number in sorted({*range(1, statements + 1, every), statements - 1, statements}):
        file = copy(number)
        assert await killed(file, how, pitch, number) is None
        await assert_funded_once_or_not_at_all(file, how, pitch, committed=number == statements)
