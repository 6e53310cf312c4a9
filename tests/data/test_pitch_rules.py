"""The server's approval, setup and prompt filter when a pitch is funded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.approval import ApprovalScope
from bot.domain.credits import BudgetScope, Month, Shortfall
from bot.domain.job import JobState
from bot.domain.language import Language
from bot.domain.pitch import (
    MAX_OPEN_PITCHES,
    RETRY_MS,
    Ended,
    Funded,
    MakerRights,
    Pitch,
    Pitched,
    PitchEndReason,
    PitchRefusal,
    PitchSort,
    Pledged,
    PledgeOutcome,
    PledgeState,
    Refused,
    Waiting,
    WaitReason,
)
from bot.domain.quota import AuditContext, Block, LimitScope
from bot.domain.request import Draft
from bot.domain.risk import COOL_DOWN_MS, MAX_CANCELLATIONS, Refusal, RefusalReason, RiskLimits
from bot.domain.server_setup import AccessRefusal, AgeRule
from data import approvals, blocks, limits, pitch_ends, pitch_messages, pitch_notices, pitches, pledging
from data.database import Transaction
from data.server_policies import set_blocked, set_paused
from tests.helpers.approving import CATALOGUE, DANA, set_up, with_channel
from tests.helpers.member_data import erase
from tests.helpers.pitching import FILTERS, Pitching, pressing
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, LIMITS, NOW, StoreHarness

PARENT = 77
TRUSTED = 7


async def test_a_pitch_is_found_as_it_was_made(pitching: Pitching) -> None:
    spoken: dict[str, Any] = {"member_language": Language.FRENCH, "server_language": Language.JAPANESE}
    place: dict[str, Any] = {"parent_channel_id": PARENT, "age_restricted": True}
    pitch = await pitching.made(300, **spoken, **place)
    assert await pitching.found(pitch) == pitch


async def test_a_funded_movie_waits_for_staff_and_declining_it_returns_the_pledges(
    store: StoreHarness, pitching: Pitching
) -> None:
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE)
    pitch = await pitching.made(300)
    job = (await pitching.funded(pitch, (BOB, 100), (CAROL, 200))).job
    assert job.state is JobState.AWAITING_APPROVAL
    [told] = await pitching.database.read(pitch_notices.due, NOW, 10, ())
    assert [notice.awaits_approval for notice in told] == [True, True]
    declined = await pitching.database.write(
        approvals.decline, job.id, by=AuditContext(DANA, GUILD, "no", interaction_id=5), now=NOW
    )
    assert declined is not None
    assert await pitching.books() == {}
    assert (await pitching.pledge(pitch, BOB)).state is PledgeState.RETURNED


async def test_a_funded_movie_waits_where_an_order_of_its_maker_would_now(
    store: StoreHarness, pitching: Pitching
) -> None:
    """What its maker was when they pitched it doesn't count, nor who presses."""
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
        funded = await pitching.chip_in(pitch, presser, None, **press)
        assert isinstance(funded, Funded), who
        assert (funded.job.state, funded.job.member_name) == (state, f"member {ALICE}"), who


async def test_a_retry_does_not_know_what_its_maker_is_now(store: StoreHarness, pitching: Pitching) -> None:
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE)
    pitch = await pitching.made(300, manages_server=True)
    pitching.limits = replace(LIMITS, plan=0)
    waiting = await pitching.chip_in(pitch, ALICE, None, manages_server=True)
    assert isinstance(waiting, Waiting)
    pitching.limits = LIMITS
    funded = await pitching.run_due(pitch)
    assert isinstance(funded, Funded)
    assert funded.job.state is JobState.AWAITING_APPROVAL


@pytest.mark.parametrize(("withdraws", "erased"), [(False, True), (True, False)])
async def test_who_takes_pledges_back_again_and_again_has_to_wait(
    pitching: Pitching, *, withdraws: bool, erased: bool
) -> None:
    """As who cancels movies: each time leaves entries in the ledger, also after an erasure."""
    pitching.limits = replace(LIMITS, risk=RiskLimits(50, 50, 9000, 600))
    for _ in range(MAX_CANCELLATIONS):
        pitch = await pitching.made(300, BOB if withdraws else ALICE)
        await pitching.pledged(pitch, BOB, 1)
        if withdraws:
            await pitching.database.write(pitch_ends.withdraw, pitch.id, GUILD, BOB, pitching.now)
        else:
            await pitching.take_back(pitch, BOB)
    if erased:
        assert await erase(pitching.database, BOB)
    pitch = await pitching.made(300, CAROL)
    cooling = Refusal(RefusalReason.COOLING_DOWN, until=NOW + COOL_DOWN_MS)
    assert await pitching.chip_in(pitch, BOB, 1) == cooling
    pitching.now = NOW + COOL_DOWN_MS
    assert isinstance(await pitching.chip_in(pitch, BOB, 1), Pledged)
    await pitching.books()


async def test_a_pledge_that_comes_back_by_itself_is_no_cancellation(pitching: Pitching) -> None:
    pitching.limits = replace(LIMITS, risk=RiskLimits(50, 50, 9000, 600))
    for _ in range(MAX_CANCELLATIONS):
        pitch = await pitching.made(300)
        await pitching.pledged(pitch, BOB, 1)
        await pitching.database.write(pitch_ends.withdraw, pitch.id, GUILD, ALICE, pitching.now)
    assert isinstance(await pitching.chip_in(await pitching.made(300), BOB, 1), Pledged)


async def test_a_funded_movie_is_in_the_language_that_its_server_has_by_then(
    store: StoreHarness, pitching: Pitching
) -> None:
    spoken: dict[str, Any] = {"member_language": Language.FRENCH, "server_language": Language.JAPANESE}
    pitch, other = [await pitching.made(300, **spoken) for _ in range(2)]
    job = (await pitching.funded(other, (BOB, 300))).job
    assert (job.member_language, job.server_language) == (Language.FRENCH, Language.JAPANESE)
    await set_up(store, language=Language.GERMAN)
    assert (await pitching.funded(pitch, (CAROL, 300))).job.server_language is Language.GERMAN
    assert (await pitching.made(300, **spoken)).server_language is Language.GERMAN


async def test_a_retry_orders_nothing_where_the_server_allows_no_movies_any_more(
    store: StoreHarness, pitching: Pitching
) -> None:
    """The pitch waits until its channel, or a thread's parent, is allowed."""
    pitch, thread = await pitching.made(300), await pitching.made(300, parent_channel_id=PARENT)
    pitching.limits = replace(LIMITS, plan=0)
    for each in (pitch, thread):
        assert isinstance(await pitching.chip_in(each, BOB, None), Waiting)
    pitching.limits = LIMITS
    for channels, age in (((PARENT,), None), ((), AgeRule.RESTRICTED)):
        await set_up(store, channels=channels, age=age)
        waits = await pitching.run_due(pitch)
        assert isinstance(waits, Waiting)
        assert waits.pitch.waits_for is WaitReason.MEMBER
    await set_up(store, channels=(PARENT,), age=None)
    assert isinstance(await pitching.run_due(thread), Funded)
    await set_up(store, channels=())
    assert isinstance(await pitching.run_due(pitch), Funded)


async def test_a_press_in_a_channel_that_became_restricted_by_age_lets_its_pitch_be_funded(
    store: StoreHarness, pitching: Pitching
) -> None:
    pitch = await pitching.made(300)
    await set_up(store, age=AgeRule.RESTRICTED)
    assert isinstance(await pitching.chip_in(pitch, BOB, None), AccessRefusal)
    assert isinstance(await pitching.chip_in(pitch, BOB, None, age_restricted=True), Funded)


async def test_a_press_obeys_the_setup_with_its_roles_and_the_parent_of_its_thread(
    store: StoreHarness, pitching: Pitching
) -> None:
    pitch = await pitching.made(1000, parent_channel_id=PARENT)
    by = AuditContext(DANA, GUILD)
    await pitching.database.write(limits.set_limit, LimitScope.ROLE, TRUSTED, 700, by=by, now=NOW)
    await set_up(store, channels=(PARENT,), roles=(TRUSTED,))
    there: dict[str, Any] = {"role_ids": (TRUSTED,), "parent_channel_id": PARENT}
    for missing in there:
        context = {name: value for name, value in there.items() if name != missing}
        assert isinstance(await pitching.chip_in(pitch, BOB, 10, **context), AccessRefusal)
    assert isinstance(await pitching.chip_in(pitch, BOB, 701, **there), Shortfall)
    assert isinstance(await pitching.chip_in(pitch, BOB, 700, **there), Pledged)


async def test_a_payer_whose_block_has_ended_pays(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    await pitching.database.write(blocks.block, BOB, 1, by=AuditContext(DANA, GUILD), now=NOW)
    pitching.now += 3_600_000
    assert isinstance(await pitching.chip_in(pitch, CAROL, None), Funded)


async def test_a_member_has_so_many_open_pitches_in_each_server(pitching: Pitching) -> None:
    first, *_ = [await pitching.made(100) for _ in range(MAX_OPEN_PITCHES)]
    draft, write = Draft("a fox", 10, "LUMA", "FLUX1.1PRO"), pitching.database.write
    rest = (draft, CATALOGUE, LIMITS, NOW)
    assert await write(pledging.pitch, FILTERS, pressing(ALICE), *rest) == Refused(PitchRefusal.TOO_MANY)
    elsewhere = replace(pressing(ALICE, guild=GUILD + 1), member_name="al\u202eice")
    pitched = await write(pledging.pitch, FILTERS, elsewhere, *rest)
    assert isinstance(pitched, Pitched)
    assert pitched.pitch.member_name == "alice"
    await write(pitch_ends.withdraw, first.id, GUILD, ALICE, NOW)
    assert isinstance(await write(pledging.pitch, FILTERS, pressing(ALICE), *rest), Pitched)


async def test_a_servers_open_pitches_are_listed_in_the_order_that_is_asked_for(pitching: Pitching) -> None:
    """By what they miss, by votes, or by age."""
    liked, cheap, dear = await pitching.made(500), await pitching.made(300), await pitching.made(400)
    over, _ = await pitching.made(100, CAROL), await pitching.made(100, guild=GUILD + 1)
    await pitching.pledged(dear, CAROL, 250)
    await pitching.database.write(pledging.vote, liked.id, GUILD, CAROL, NOW)
    await pitching.database.write(pitch_ends.withdraw, over.id, GUILD, CAROL, NOW)
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


async def test_a_press_that_is_refused_tells_of_the_restriction_too(store: StoreHarness, pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 200)
    pitching.limits = replace(LIMITS, plan=0)
    assert isinstance(await pitching.chip_in(pitch, CAROL, None), Waiting)
    pitching.limits = LIMITS
    await set_up(store, age=AgeRule.RESTRICTED)
    assert isinstance(await pitching.run_due(pitch), Waiting)
    assert isinstance(await pitching.chip_in(pitch, CAROL, 10, age_restricted=True), Refused)
    assert isinstance(await pitching.run_due(pitch), Funded)


async def test_a_prompt_that_breaks_a_newer_rule_ends_the_pitch_when_it_would_be_funded(
    store: StoreHarness, pitching: Pitching
) -> None:
    gone, pitch = await pitching.made(300), await pitching.made(300)
    await set_up(store, video_models=("GONE",))
    ended = await pitching.chip_in(gone, CAROL, None)
    assert isinstance(ended, Ended), ended
    assert (ended.pitch.end_reason, ended.returned) == (PitchEndReason.NOT_OFFERED, 300)
    await set_up(store, video_models=())
    await pitching.pledged(pitch, BOB, 100)
    await set_up(store, filter_rules=("fox",))
    ended = await pitching.chip_in(pitch, CAROL, None)
    assert isinstance(ended, Ended)
    assert (ended.pitch.end_reason, ended.returned) == (PitchEndReason.PROMPT_REFUSED, 300)
    assert await pitching.books() == {}


async def test_a_price_that_no_month_can_pay_is_not_pitched(pitching: Pitching) -> None:
    """Without a bound of the operator's, the managers' is too low."""
    draft = Draft("a fox", 30, "LUMA", "FLUX1.1PRO")
    for bounds, scope in (
        ({"plan": 299}, BudgetScope.PLAN),
        ({"server": 299}, BudgetScope.SERVER),
        ({"risk": RiskLimits(9, 9, queued_credits=299, failed_credits=9)}, BudgetScope.QUEUED),
        ({}, BudgetScope.SERVER),
    ):
        if not bounds:
            by = AuditContext(DANA, GUILD)
            await pitching.database.write(limits.set_limit, LimitScope.SERVER, 0, 299, by=by, now=NOW)
        low = replace(LIMITS, **bounds)
        refused = await pitching.database.write(pledging.pitch, FILTERS, pressing(ALICE), draft, CATALOGUE, low, NOW)
        assert isinstance(refused, Shortfall)
        assert (refused.scope, refused.required, refused.available) == (scope, 300, 299)


@pytest.mark.parametrize(
    ("stop", "go"),
    [
        (lambda tx: set_paused(tx, NOW, paused=True), lambda tx: set_paused(tx, NOW, paused=False)),
        (lambda tx: set_blocked(tx, GUILD, NOW, blocked=True), lambda tx: set_blocked(tx, GUILD, NOW, blocked=False)),
    ],
)
async def test_a_complete_pitch_waits_while_the_operator_takes_no_orders(
    pitching: Pitching, stop: Callable[[Transaction], object], go: Callable[[Transaction], object]
) -> None:
    pitch, other = await pitching.made(300), await pitching.made(300)
    pitching.limits = replace(LIMITS, plan=0)
    assert isinstance(await pitching.chip_in(pitch, BOB, None), Waiting)
    pitching.limits = LIMITS
    await pitching.database.write(stop)
    waits = await pitching.run_due(pitch)
    assert isinstance(waits, Waiting)
    assert waits.pitch.waits_for is WaitReason.PAUSED
    assert isinstance(await pitching.chip_in(other, CAROL, None), Refusal)
    await pitching.database.write(go)
    assert isinstance(await pitching.run_due(pitch), Funded)


async def test_the_rest_is_no_more_than_the_button_said_and_than_is_missing(pitching: Pitching) -> None:
    pitch = await pitching.made(300)

    async def chip_in_rest(limit: int) -> PledgeOutcome | None:
        press = (FILTERS, pressing(BOB), pitch.id, None, CATALOGUE, LIMITS, NOW)
        return await pitching.database.write(pledging.chip_in, *press, limit=limit)

    some = await chip_in_rest(200)
    assert isinstance(some, Pledged)
    assert (some.added, some.pitch.missing) == (200, 100)
    funded = await chip_in_rest(200)
    assert isinstance(funded, Funded)
    assert funded.added == 100


async def test_a_pitch_that_still_waits_is_tried_again_later(pitching: Pitching) -> None:
    """Its message is not updated each time."""
    pitch = await pitching.made(300)
    pitching.limits = replace(LIMITS, plan=0)
    assert isinstance(await pitching.chip_in(pitch, BOB, None), Waiting)
    await pitching.database.write(pitch_messages.record, pitch.id, 77, NOW)
    await pitching.database.write(pitch_messages.mark_shown, await pitching.found(pitch))
    for _ in range(2):
        assert await pitching.database.read(pitches.due, pitching.now, 9) == []
        pitching.now += RETRY_MS
        assert await pitching.database.read(pitches.due, pitching.now, 9) == [pitch.id]
        assert isinstance(await pitching.run_due(pitch), Waiting)
        assert await pitching.database.read(pitch_messages.due, pitching.now, 9, ()) == []


async def test_a_press_after_the_end_finds_the_pitch_closed(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    due = [await pitching.database.read(pitches.due, at, 9) for at in (pitch.ends_at - 1, pitch.ends_at)]
    assert due == [[], [pitch.id]]
    pitching.now = pitch.ends_at
    for refused in (await pitching.chip_in(pitch, CAROL, None), await pitching.take_back(pitch, BOB)):
        assert isinstance(refused, Refused)
        assert refused.reason is PitchRefusal.CLOSED
    assert pitching.notices() == [(BOB, "returned", 100, "lapsed")]
    assert await pitching.books() == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda tx, pitch, now: pitch_ends.withdraw(tx, pitch.id, GUILD, ALICE, now),
        lambda tx, pitch, now: pitch_ends.remove(tx, pitch.id, by=AuditContext(DANA, GUILD), now=now),
        lambda tx, pitch, now: pitch_ends.end_of_server(tx, [pitch.id], now),
        lambda tx, pitch, now: pitch_ends.drop_member(tx, pitch.id, ALICE, now),
        lambda tx, pitch, now: pledging.take_back(tx, pressing(CAROL), pitch.id, None, now),
    ],
)
async def test_last_months_allowances_lapse_before_anything_else(
    pitching: Pitching, change: Callable[[Transaction, Pitch, int], object]
) -> None:
    pitching.now = Month.containing(NOW).ends_at - 1
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    pitching.now += 1
    await pitching.database.write(change, pitch, pitching.now)
    assert pitching.notices() == [(BOB, "lapsed", 100, None)]
    assert await pitching.books() == {}


async def test_bonus_credits_of_last_month_pay_in_the_month_of_the_movie(pitching: Pitching) -> None:
    by = AuditContext(DANA, GUILD)
    await pitching.database.write(limits.set_limit, LimitScope.MEMBER, BOB, 0, by=by, now=NOW)
    await pitching.grant(BOB, 100)
    pitching.now = Month.containing(NOW).ends_at - 1
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    pitching.now += 1
    await pitching.funded(pitch, (CAROL, 200))
    assert "lapsed" not in {kind for _, kind, _, _ in pitching.notices()}
    books = await pitching.books()
    assert {key[3]: total.held for key, total in books.items() if key[0] == "plan"} == {"2026-12": 300}


async def test_a_press_in_another_server_finds_no_pitch(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 100)
    there = pressing(BOB, guild=GUILD + 1)
    write = pitching.database.write
    for refused in (
        await pitching.chip_in(pitch, BOB, 10, guild=GUILD + 1),
        await write(pledging.take_back, there, pitch.id, None, NOW),
        await write(pledging.vote, pitch.id, GUILD + 1, BOB, NOW),
        await write(pitch_ends.withdraw, pitch.id, GUILD + 1, ALICE, NOW),
    ):
        assert refused == Refused(PitchRefusal.UNKNOWN)
    found = await pitching.found(pitch)
    assert (found.state.is_open, found.pledged, found.votes) == (True, 100, 0)


@pytest.mark.parametrize("erased", [False, True])
async def test_a_vote_is_of_a_member_who_may_order_and_for_an_open_pitch(pitching: Pitching, *, erased: bool) -> None:
    """A block holds after an erasure, too."""
    pitch = await pitching.made(300)
    write = pitching.database.write
    voted = [await write(pledging.vote, pitch.id, GUILD, CAROL, NOW) for _ in range(2)]
    assert (getattr(voted[0], "votes", None), getattr(voted[1], "reason", None)) == (1, PitchRefusal.ALREADY)
    await write(blocks.block, BOB, None, by=AuditContext(DANA, GUILD), now=NOW)
    if erased:
        assert await erase(pitching.database, BOB)
    assert isinstance(await write(pledging.vote, pitch.id, GUILD, BOB, NOW), Block)
    await write(pitch_ends.withdraw, pitch.id, GUILD, ALICE, NOW)
    closed = await write(pledging.vote, pitch.id, GUILD, ALICE, NOW)
    assert isinstance(closed, Refused)
    assert closed.reason is PitchRefusal.CLOSED
    assert (await pitching.found(pitch)).votes == 1
