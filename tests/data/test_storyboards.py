"""Storyboards on both engines: what waits, who decides, what is told, and what it costs.

tests/unit/worker/test_storyboards.py polls them; tests/process/test_crash_storyboards.py kills that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import RequestLimits
from bot.domain.credits import Month
from bot.domain.durations import Estimate
from bot.domain.jobs import Approval, EndReason, Job, JobState, Progress, Step, Still
from bot.domain.message import MessageKind
from bot.domain.operations import Operation, Price
from bot.domain.orders import Order, OrderContext, OrderPlaced
from bot.domain.pitches import Pitch, PitchEndReason
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext, split
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from bot.samsar.config import AUTUMN_2026, MARCH_2025
from bot.services.orders import DurationHistory, Estimator
from data import erasure, gifts, job_actions, orders, pledging, preferences, reconciliation, renders, storyboards
from data.database import Transaction
from data.departed_servers import record_left
from data.engine.sqlite import SqliteDatabase
from data.failures import failed_credits
from tests.helpers import migrated_file
from tests.helpers.approving import approve, decide, decline, fail_channel, with_channel
from tests.helpers.at_time import at_time, under
from tests.helpers.clock import ManualClock
from tests.helpers.due_work import due_notices, due_pitches, due_polls, due_states
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.member_data import erase
from tests.helpers.pitching import Pitching, pressing
from tests.helpers.refusing import is_refused
from tests.helpers.store_harness import ALICE, BOB, CATALOGUE, CHANNEL, DAY, GUILD, HOUR, NOW, StoreHarness, a_job

MINUTE = 60_000
PRICE, DRAWN = 300, 100
"""Of ten seconds: 10 credits each before the checkpoint, 20 after it."""
STILLS = (Still(1, "a balloon", "https://stills.test/1.png"), Still(2, "a roof", "https://stills.test/2.png"))
WITH_STORYBOARDS = replace(CATALOGUE, limits=replace(CATALOGUE.limits, operations=AUTUMN_2026.limits.operations))


def a_storyboard(number: int = 1, member: int = ALICE, review: Approval | None = None) -> Job:
    job = a_job(number, member, cost=PRICE)
    return replace(job, request=replace(job.request, operation=Operation.STORYBOARD), review=review)


async def drawn(store: StoreHarness, job: Job | None = None) -> Job:
    job = await store.rendering(job or a_storyboard())
    assert await store.database.write(renders.record_drawn, job.id, STILLS) is not None
    return await store.found(job.id)


async def told(store: StoreHarness, now: int = NOW) -> list[tuple[str, list[int]]]:
    found = await store.database.read(at_time(now, due_notices))
    return [(notices[0].kind.value, [each.member_id for each in notices]) for notices in found]


async def settled(store: StoreHarness, job: Job, *charges: tuple[int, int | None]) -> Job:
    """Let polls say what was charged, each some minutes after the decision, until it counts."""
    for minutes, charged in charges:
        at = NOW + minutes * MINUTE
        if not await store.database.write(at_time(at, renders.await_charge), job.id, charged):
            ended = await store.database.write(at_time(at, renders.end_cancelled), job.id, charged)
            assert ended is not None
            return ended
    raise AssertionError("what was charged never counts")


@pytest.mark.parametrize(
    ("limits", "draft", "preferred", "operation"),
    [
        (AUTUMN_2026.limits, True, False, Operation.STORYBOARD),
        (AUTUMN_2026.limits, None, True, Operation.STORYBOARD),
        (AUTUMN_2026.limits, None, False, Operation.MOVIE),
        (AUTUMN_2026.limits, False, True, Operation.MOVIE),
        (MARCH_2025.limits, True, True, Operation.MOVIE),
    ],
)
async def test_an_order_is_a_storyboard_where_its_member_wants_it_and_the_api_has_it(
    store: StoreHarness, limits: RequestLimits, draft: bool | None, preferred: bool, operation: Operation
) -> None:
    await store.database.write(preferences.change, ALICE, storyboard=preferred)
    order = Order(OrderContext(5, GUILD, CHANNEL, ALICE), Draft("a fox", 20, storyboard=draft), use_preferences=True)
    placed = await store.database.write(under(orders.place, catalogue=replace(CATALOGUE, limits=limits)), order)
    assert isinstance(placed, OrderPlaced)
    job = await store.found(placed.job.id)
    assert (job.request.operation, job.price) == (operation, 200)
    assert job.step is (Step.DRAWING if operation is Operation.STORYBOARD else None)
    assert (await store.member()).held == 200, "the API wants all of it to be on the account"
    kept = await store.database.read(preferences.get, ALICE)
    assert kept.storyboard is preferred


async def test_a_pitch_is_a_storyboard_and_its_movie_too(pitching: Pitching) -> None:
    pitching.database.policy = replace(pitching.database.policy, catalogue=WITH_STORYBOARDS)
    order = Order(pressing(ALICE), Draft("a fox", 30, "LUMA", "FLUX1.1PRO", storyboard=True))
    pitch = await pitching.database.write(pledging.pitch, order)
    assert isinstance(pitch, Pitch)
    assert pitch.parts == Price(300, 0)  # this model costs no more than its storyboard
    job = await pitching.funded(pitch, (ALICE, 100), (BOB, 200))
    assert (job.request.operation, job.step) == (Operation.STORYBOARD, Step.DRAWING)


async def test_a_pitch_of_a_storyboard_ends_where_the_api_has_none_any_more(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    await pitching.database.write(lambda tx: tx.execute("UPDATE pitches SET operation = 'storyboard'"))
    await pitching.chip_in(pitch, ALICE, 300)
    assert (await pitching.found(pitch)).end_reason is PitchEndReason.NOT_OFFERED
    await pitching.books()


async def test_what_is_drawn_waits_for_its_member_who_is_told_once(store: StoreHarness) -> None:
    job = await drawn(store)
    assert (job.state, job.step, job.decide_by) == (JobState.RENDERING, Step.STORYBOARD, NOW + 2 * DAY)
    assert job.awaits_decision
    assert not job.awaits_approval
    assert job.parts == Price(DRAWN, PRICE - DRAWN)
    assert await store.database.read(storyboards.stills, job.id) == STILLS
    assert await told(store) == [("storyboard", [ALICE])]
    assert len(await store.database.read(due_states, MessageKind.CARD)) == 1
    assert await store.database.write(renders.record_drawn, job.id, STILLS) is None
    assert await due_polls(store.database, NOW + HOUR - 1) == []
    assert [each.id for each in await due_polls(store.database, NOW + HOUR)] == [job.id]
    assert (await store.member()).held == PRICE


async def test_one_that_waits_takes_no_place_at_the_api_until_it_goes_on(store: StoreHarness) -> None:
    job = await drawn(store)
    await store.queued(replace(a_job(2, cost=100), interaction_id=2))
    assert await store.claimed(NOW, 1, 1, 1) != []
    assert isinstance(await store.database.write(storyboards.render, job.id, ALICE), Job)
    await store.queued(replace(a_job(3, BOB, cost=100), interaction_id=3))
    assert await store.claimed(NOW, 1, 2, 2) == []


async def test_what_waits_for_people_is_no_old_work(store: StoreHarness) -> None:
    job = await drawn(store)

    async def oldest_seconds(now: int) -> float:
        return (await store.database.read(at_time(now, job_actions.stats))).oldest_job_age_seconds

    assert await oldest_seconds(NOW + DAY) == 0
    await store.database.write(storyboards.render, job.id, ALICE)
    await store.database.write(at_time(NOW + DAY, storyboards.resume), job.id, NOW + DAY)
    assert await oldest_seconds(NOW + DAY + MINUTE) == 60


Decide = Callable[..., Job | Refused]


@pytest.mark.parametrize(
    ("before", "member", "render", "stop"),
    [
        ([], ALICE, None, None),
        ([], BOB, "storyboards-not-yours", "storyboards-not-yours"),
        ([storyboards.render], ALICE, "storyboards-rendering", "storyboards-rendering"),
        ([storyboards.stop], ALICE, "storyboards-stopped", "storyboards-stopped"),
    ],
)
async def test_its_member_decides_once(
    store: StoreHarness, before: list[Decide], member: int, render: str | None, stop: str | None
) -> None:
    for number, (decision, refused) in enumerate(((storyboards.render, render), (storyboards.stop, stop)), 1):
        job = await drawn(store, a_storyboard(number))
        for earlier in before:
            assert isinstance(await store.database.write(earlier, job.id, ALICE), Job)
        outcome = await store.database.write(decision, job.id, member)
        assert (outcome.code if isinstance(outcome, Refused) else None) == refused


async def test_one_that_is_drawn_or_made_or_over_awaits_no_decision(store: StoreHarness) -> None:
    made, being_drawn = await store.rendering(a_job(1)), await store.rendering(a_storyboard(2))
    for job in (made, being_drawn):
        for decision in (storyboards.render, storyboards.stop):
            assert is_refused(await store.database.write(decision, job.id, ALICE), "storyboards-not-waiting")
    await store.database.write(renders.complete, being_drawn.id, "https://movies.test/a.mp4")
    assert is_refused(await store.database.write(storyboards.stop, being_drawn.id, ALICE), "storyboards-rendering")


async def test_what_goes_on_is_a_movie_in_the_making(store: StoreHarness) -> None:
    job = await drawn(store)
    assert await store.database.write(storyboards.resume, job.id, NOW) is None, "nobody wants it yet"
    await store.database.write(storyboards.render, job.id, ALICE)
    assert (await store.found(job.id)).next_run_at == NOW
    later = NOW + HOUR
    resumed = await store.database.write(at_time(later, storyboards.resume), job.id, later + 5)
    assert resumed is not None
    assert (resumed.step, resumed.submitted_at, resumed.next_run_at) == (None, later, later + 5)
    assert await store.database.read(storyboards.stills, job.id) == STILLS, "its card shows the last one"
    assert await store.database.write(storyboards.resume, job.id, later) is None
    assert await told(store) == [], "nobody is told of what was decided"


async def ends(store: StoreHarness, job: Job, state: JobState) -> None:
    match state:
        case JobState.COMPLETED:
            await store.database.write(renders.complete, job.id, "https://movies.test/a.mp4")
        case JobState.FAILED:
            await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None)
        case _:
            assert await store.database.write(job_actions.request_cancel, job.id, ALICE) is not None
            await store.database.write(renders.end_cancelled, job.id, 0)


@pytest.mark.parametrize("state", [JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED])
async def test_the_newest_still_of_any_movie_is_kept_until_it_ends(store: StoreHarness, state: JobState) -> None:
    job, progress = await store.rendering(a_job(1)), Progress(2, 5, "speech_generation")
    for still in STILLS:
        await store.database.write(renders.record_poll, job, NOW, progress, still=still)
        assert await store.database.read(storyboards.stills, job.id) == (still,)
    await ends(store, job, state)
    assert (await store.found(job.id)).state is state
    assert await store.database.read(storyboards.stills, job.id) == ()


async def test_a_still_that_its_card_may_no_longer_show_is_not_kept(store: StoreHarness) -> None:
    """Its member chose so while the API was asked about it."""
    job, direct = await store.rendering(a_job(1)), DeliveryTarget.DIRECT_MESSAGE
    assert isinstance(await store.database.write(job_actions.set_delivery_target, job.id, ALICE, direct), Job)
    polled = await store.database.write(renders.record_poll, job, NOW, Progress(2, 5, ""), still=STILLS[0])
    assert polled is not None
    assert await store.database.read(storyboards.stills, job.id) == ()


async def test_its_member_is_reminded_once_and_it_stops_after_two_days(store: StoreHarness) -> None:
    job, fresh = await drawn(store), (replace(STILLS[0], url="https://stills.test/fresh.png"),)
    for hours, next_look, reminders in ((0, 1, 0), (35.5, 36, 0), (36, 37, 1), (47.9, 48, 1)):
        looked = await store.database.write(at_time(NOW + int(hours * HOUR), renders.keep_waiting), job.id, fresh)
        assert looked is None
        assert (await store.found(job.id)).next_run_at == NOW + next_look * HOUR
        assert len(query(store.place, "SELECT * FROM messages WHERE kind = 'reminder'")) == reminders
    await store.database.write(storyboards.save_stills, job.id, ())
    assert await store.database.read(storyboards.stills, job.id) == fresh
    ended = await store.database.write(at_time(NOW + 2 * DAY, renders.keep_waiting), job.id, fresh)
    stopped = await store.found(job.id)
    assert ended is stopped.stop_reason is EndReason.UNDECIDED
    assert (stopped.cancel_requested_at, stopped.stop_credits) == (NOW + 2 * DAY, DRAWN)


SETTLED = [
    ([(0, 100), (1, 100)], 100),
    ([(0, 60), (1, 100), (2, 100)], 100),
    ([(0, 0), (1, 40), (2, 60), (3, 80), (11, 90), (12, 100)], 90),
    ([(0, 130), (1, 130)], 130),
    ([(0, None), (1, None)], None),
    ([(0, None), (1, 100), (2, 100)], 100),
]


@pytest.mark.parametrize(("polls", "charged"), SETTLED)
async def test_what_was_charged_counts_when_two_polls_agree_or_after_ten_minutes(
    store: StoreHarness, polls: list[tuple[int, int | None]], charged: int | None
) -> None:
    job = await drawn(store)
    assert isinstance(await store.database.write(storyboards.stop, job.id, ALICE), Job)
    ended = await settled(store, job, *polls)
    assert (ended.state, ended.end_reason, ended.charged) == (JobState.CANCELLED, EndReason.STOPPED, charged)
    paid = min(charged or 0, DRAWN)
    assert (ended.spent, ended.refunded) == (paid, PRICE - paid)
    assert (await store.member()).used == paid
    assert (await store.plan()).used == (PRICE if charged is None else charged), "the rest is the operator's"
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()
    assert await store.pending_notifications() == [(job.id, "cancelled")]
    assert await store.database.read(storyboards.stills, job.id) == ()


@pytest.mark.parametrize("step", [Step.DRAWING, Step.REVIEW])
async def test_a_cancellation_before_the_decision_costs_no_more_than_the_storyboard(
    store: StoreHarness, step: Step
) -> None:
    job = await store.rendering(a_storyboard(review=Approval.REQUIRED if step is Step.REVIEW else None))
    if step is Step.REVIEW:
        await store.database.write(renders.record_drawn, job.id, STILLS)
    assert await store.database.write(job_actions.request_cancel, job.id, ALICE) is not None
    assert await store.database.write(renders.record_drawn, job.id, STILLS) is None
    ended = await settled(store, job, (0, 40), (1, 110), (2, 110))
    assert (ended.end_reason, ended.spent) == (EndReason.CANCELLED_BY_MEMBER, DRAWN)


async def test_one_that_waits_is_stopped_and_not_cancelled(store: StoreHarness) -> None:
    job = await drawn(store)
    assert await store.database.write(job_actions.request_cancel, job.id, ALICE) is None
    await store.database.write(storyboards.render, job.id, ALICE)
    assert await store.database.write(job_actions.request_cancel, job.id, ALICE) is not None
    assert not await store.database.write(renders.await_charge, job.id, 150), "that is the end of any movie"
    ended = await store.database.write(renders.end_cancelled, job.id, 150)
    assert ended is not None
    assert ended.spent == 150


# ── staff ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def in_review(store: StoreHarness, number: int = 1) -> Job:
    await with_channel(store)
    job = await drawn(store, a_storyboard(number, review=Approval.REQUIRED))
    assert (job.step, job.awaits_approval, job.awaits_decision) == (Step.REVIEW, True, False)
    return job


@pytest.mark.parametrize("closed", [False, True])
async def test_its_card_says_where_staff_do_not_know_about_it(store: StoreHarness, *, closed: bool) -> None:
    job = await in_review(store)
    if closed:
        await store.database.write(fail_channel)
    estimator = Estimator(store.database, DurationHistory(store.database), store.clock, per_member=None)
    assert await estimator.for_job(await store.found(job.id)) == Estimate(staff_informed=not closed)


async def test_staff_see_it_first_and_then_its_member_decides(store: StoreHarness) -> None:
    job = await in_review(store)
    assert await told(store) == []
    assert [entry.job_id for entry, _ in await store.posted_lines(NOW)] == [job.id]
    assert is_refused(await store.database.write(storyboards.render, job.id, ALICE), "storyboards-not-waiting")
    decided = await decide(store, approve, job, now=NOW + HOUR)
    assert decided.counted
    assert (decided.job.step, decided.job.decide_by) == (Step.STORYBOARD, NOW + HOUR + 2 * DAY)
    assert await told(store, NOW + HOUR) == [("storyboard", [ALICE])]
    assert not (await decide(store, decline, job, now=NOW + HOUR)).counted


@pytest.mark.parametrize("ended_by", ["decline", "lapse", "late press", "server left"])
async def test_no_member_pays_where_staff_decline_or_do_not_look(store: StoreHarness, ended_by: str) -> None:
    job = await in_review(store)
    match ended_by:
        case "decline":
            assert (await decide(store, decline, job)).counted
        case "lapse":
            late = await store.database.write(at_time(NOW + 2 * DAY, renders.keep_waiting), job.id, ())
            assert late is EndReason.APPROVAL_LAPSED
        case "late press":
            assert not (await decide(store, approve, job, now=NOW + 2 * DAY)).counted
        case _:
            await store.database.write(record_left, GUILD)
    stopped = await store.found(job.id)
    assert (stopped.awaits_approval, stopped.stop_credits) == (False, 0)
    ended = await settled(store, job, (0, 100), (1, 100))
    expected = EndReason.DECLINED if ended_by == "decline" else EndReason.APPROVAL_LAPSED
    assert (ended.end_reason, ended.spent, ended.refunded) == (expected, 0, PRICE)
    assert ((await store.member()).used, (await store.plan()).used) == (0, 100)
    assert await store.database.read(failed_credits, ALICE, Month.containing(NOW)) == 0, (
        "it is no failure of the member"
    )
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()
    assert_ledger_consistent(store.place)


async def test_an_erasure_stops_what_waits(store: StoreHarness) -> None:
    job = await drawn(store)
    assert not await erase(store.database, ALICE)
    await store.database.write(storyboards.stop_of_member, ALICE)
    assert (await store.found(job.id)).stop_reason is EndReason.STOPPED


async def test_an_erased_members_in_a_restored_database_stops_and_its_words_stay_away(store: StoreHarness) -> None:
    """Nobody can decide about it, and the API tells its scenes' words again."""
    job = await drawn(store)
    await store.database.write(erasure.erase_in_copy, "an erasure", [ALICE])
    await store.database.write(storyboards.refresh_stills, job.id, STILLS)
    ended = await store.database.write(at_time(NOW + HOUR, renders.keep_waiting), job.id, STILLS)
    assert (ended, await store.database.read(storyboards.stills, job.id)) == (EndReason.UNDECIDED, ())
    settled_job = await settled(store, job, (61, 100), (62, 100))
    assert (settled_job.spent, settled_job.refunded) == (DRAWN, PRICE - DRAWN)
    assert_ledger_consistent(store.place)


# ── several who pay ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_who_pays_together_gets_back_their_share_of_what_is_released(pitching: Pitching) -> None:
    pitching.database.policy = replace(pitching.database.policy, catalogue=WITH_STORYBOARDS)
    carol = 5
    pitch = await pitching.made(300)
    job = await pitching.funded(pitch, (ALICE, 70), (BOB, 151), (carol, 79))
    write = pitching.database.write
    await write(lambda tx: tx.execute("UPDATE jobs SET operation = 'storyboard', step = 'drawing'"))
    await write(lambda tx: tx.execute("UPDATE jobs SET duration_seconds = 10"))
    await pitching.rendering(job)
    assert await write(renders.record_drawn, job.id, STILLS) is not None
    kinds = [(member, kind) for member, kind, _, _ in pitching.notices() if kind == "storyboard"]
    assert kinds == [(each, "storyboard") for each in sorted((ALICE, BOB, carol))]
    assert [each.subject_id for each in await pitching.database.read(due_pitches)] in ([], [pitch.id])
    assert isinstance(await write(storyboards.stop, job.id, BOB), Refused)
    assert isinstance(await write(storyboards.stop, job.id, ALICE), Job)
    assert await write(renders.await_charge, job.id, 100)
    ended = await write(at_time(pitching.now + MINUTE, renders.end_cancelled), job.id, 100)
    assert ended is not None
    shares = split(100, [70, 151, 79])
    spent = [(await pitching.pledge(pitch, each)).spent for each in (ALICE, BOB, carol)]
    assert (spent, sum(spent)) == (list(shares), 100)
    back = {member: credits for member, kind, credits, _ in pitching.notices() if kind == "returned"}
    assert back == {ALICE: 70 - spent[0], BOB: 151 - spent[1], carol: 79 - spent[2]}
    await pitching.books()


# ── the money ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.sqlite
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    seconds=st.integers(1, 40),
    rate=st.integers(1, 60),
    extra=st.integers(0, 2400),
    end=st.sampled_from(["stop", "undecided", "declined", "lapsed", "cancelled", "rendered", "failed", "finished"]),
    charges=st.lists(st.none() | st.integers(0, 3000), min_size=1, max_size=4),
)
async def test_nobody_pays_more_than_was_shown_and_all_that_was_held_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, seconds: int, rate: int, extra: int, end: str, charges: list[int | None]
) -> None:
    """What is captured and released is what was held, whatever the API charges and however it ends."""
    path = tmp_path_factory.mktemp("storyboards") / "movies.db"
    migrated_file.create(path)
    database = await SqliteDatabase.open(path, ManualClock())
    try:
        store, price = StoreHarness(database), rate * seconds
        store.limits = replace(store.limits, member=max(0, price - extra), plan=10**6)
        await store.database.write(_grant, extra)
        job = a_storyboard(review=Approval.REQUIRED if end in ("declined", "lapsed") else None)
        job = replace(job, request=replace(job.request, duration_seconds=seconds), price=price)
        job = await drawn(store, job)
        shown = job.parts
        most = await ended(store, job, end, charges)
        over = await store.found(job.id)
        assert over.state.is_terminal
        balance = await store.member()
        paid = query(store.place, "SELECT SUM(used) AS used FROM balances WHERE scope IN ('member', 'extra')")[0][
            "used"
        ]
        assert paid == over.spent <= most(shown)
        assert over.spent + over.refunded == price
        assert balance.held == 0
        assert await store.database.read_long(reconciliation.find_discrepancies) == ()
        assert_ledger_consistent(store.place)
    finally:
        await database.close()


def _grant(tx: Transaction, credits: int) -> None:
    if credits:
        gifts.grant(tx, ALICE, credits, by=AuditContext(9, GUILD))


async def ended(store: StoreHarness, job: Job, end: str, charges: list[int | None]) -> Callable[[Price], int]:
    """End a storyboard; return the most that its member may pay for that, by what they were shown."""
    write, polls = store.database.write, [*enumerate(charges), (11, charges[-1]), (12, charges[-1])]
    match end:
        case "stop":
            await write(storyboards.stop, job.id, ALICE)
        case "undecided":
            await write(at_time(NOW + 2 * DAY, renders.keep_waiting), job.id, ())
            polls = [(2 * 24 * 60 + minutes, charged) for minutes, charged in polls]
        case "declined":
            await decide(store, decline, job)
        case "lapsed":
            await write(at_time(NOW + 2 * DAY, renders.keep_waiting), job.id, ())
        case "failed":
            await write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, charges[0])
            return lambda _: 0
        case "finished":
            await write(storyboards.stop, job.id, ALICE)
            await write(renders.complete, job.id, "https://movies.test/a.mp4", charged=charges[0])
            return lambda shown: shown.total
        case _:
            await write(storyboards.render, job.id, ALICE)
            await write(storyboards.resume, job.id, NOW)
            if end == "cancelled":
                await write(job_actions.request_cancel, job.id, ALICE)
                await write(renders.end_cancelled, job.id, charges[0])
            else:
                await write(renders.complete, job.id, "https://movies.test/a.mp4", charged=charges[0])
            return lambda shown: shown.total
    await settled(store, job, *polls)
    return (lambda shown: shown.now) if end in ("stop", "undecided") else (lambda _: 0)
