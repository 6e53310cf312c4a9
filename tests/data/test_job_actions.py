"""Members' movies: what may be done with them depends on owner and state, and their lists are read page by page."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.errors import DuplicateInteraction
from bot.domain.delivery import MAX_FOLLOWERS, NotificationType
from bot.domain.jobs import OPEN_STATES, EndReason, Job, JobState, Progress
from bot.domain.message import Delivery
from bot.domain.movie_list import Cursor, MovieFilter, MovieQuery, Page, PageDirection
from bot.domain.movie_reports import ReportOutcome
from bot.domain.orders import OrderPlaced
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext, LimitScope
from bot.domain.refusal import Refused
from bot.domain.reports import Outcome, QueueStats
from data import budgets, job_actions, jobs, movie_reports, notices, orders, outbox, removals, renders, submissions
from data.notices import followers
from tests.helpers.approving import DANA
from tests.helpers.at_time import at_time, under
from tests.helpers.ledger_checks import execute, query
from tests.helpers.pitching import Pitching
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import ALICE, BOB, CAROL, DAY, GUILD, LIMITS, NOW, StoreHarness, a_job, a_message

URL = "https://movies.test/a.mp4"


async def test_staff_cancel_what_one_member_has_queued_in_their_server(store: StoreHarness) -> None:
    rendering = await store.rendering(a_job(1, cost=10))
    own = [await store.queued(a_job(2, cost=2)), await store.awaiting(a_job(3, cost=3), channel_id=None)]
    others = [await store.queued(a_job(4, BOB, cost=10)), await store.queued(a_job(5, cost=10, guild=11))]
    by = AuditContext(CAROL, GUILD, interaction_id=7)
    assert await store.database.read(job_actions.count_queued, GUILD, ALICE) == 2
    cancelled = await store.database.write(job_actions.cancel_queued, ALICE, by=by)
    assert [job.id for job in cancelled] == [job.id for job in own]
    assert await store.pending_notifications() == []
    assert (await store.member()).held == 10
    assert await store.state(rendering) is JobState.RENDERING
    assert [await store.state(job) for job in others] == [JobState.QUEUED] * 2
    with pytest.raises(DuplicateInteraction):
        await store.database.write(job_actions.cancel_queued, ALICE, by=by)
    again = AuditContext(CAROL, GUILD, interaction_id=8)
    assert await store.database.write(job_actions.cancel_queued, ALICE, by=again) == []
    rows = query(
        store.place, "SELECT action, actor_id, subject_id, amount FROM audit_log WHERE action <> 'request_approval'"
    )
    assert rows == [{"action": "cancel_queued", "actor_id": CAROL, "subject_id": ALICE, "amount": 5}]


@pytest.mark.parametrize("state", JobState)
async def test_what_members_may_do_depends_on_the_movies_state(store: StoreHarness, state: JobState) -> None:
    job, write = await store.in_state(a_job(1), state), store.database.write
    is_open, is_finished = state in OPEN_STATES, state is JobState.COMPLETED
    assert await write(job_actions.follow, job.id, BOB) == (None if is_open else Refused("buttons-follow-ended"))
    target = DeliveryTarget.DIRECT_MESSAGE
    told = [await write(job_actions.set_delivery_target, job.id, member, target) for member in (BOB, ALICE)]
    assert [each is not None for each in told] == [False, is_open]
    before = await store.found(job.id)
    assert before.delivery_target is (target if is_open else DeliveryTarget.CHANNEL)
    fresh = await write(jobs.update, job.id, JobState.COMPLETED, {"movie_url": f"{URL}?2"})
    assert (fresh is not None) == is_finished
    assert await store.found(job.id) == (fresh or before)
    for member, reported in ((ALICE, Refused("reported-own")), (BOB, ReportOutcome.NO_CHANNEL)):
        by = AuditContext(member, GUILD, interaction_id=member)
        found = await write(movie_reports.report, job.id, "bad", by=by)
        assert found == (reported if is_finished else Refused("buttons-deleted-already"))
    assert len(query(store.place, "SELECT 1 FROM reported_movies")) == is_finished
    assert (await write(removals.remove, job.id, AuditContext(ALICE, GUILD)) is not None) is is_finished
    waits = state in {JobState.QUEUED, JobState.AWAITING_APPROVAL}
    assert await write(job_actions.cancel, job.id, BOB) is None
    assert (await write(job_actions.cancel, job.id, ALICE) is not None) is waits
    assert await write(under(renders.end_cancelled, failed=1000), job.id, 10) is None, "only what was asked for ends so"
    assert (await write(job_actions.request_cancel, job.id, ALICE) is not None) == (state is JobState.RENDERING)
    assert await store.state(job) is (JobState.CANCELLED if waits else state)


async def test_a_member_follows_a_movie_once_and_others_stay_who_unfollows_it(store: StoreHarness) -> None:
    first, second = [await store.rendering(a_job(number)) for number in (1, 2)]
    for job in (first, second):
        asked = await asyncio.gather(
            *(store.database.write(job_actions.follow, job.id, fan) for fan in (BOB, BOB, BOB, CAROL))
        )
        assert set(asked) == {None}
    await store.database.write(job_actions.unfollow, first.id, BOB)
    assert [await store.database.read(followers, job.id) for job in (first, second)] == [(CAROL,), (BOB, CAROL)]
    assert await store.database.write(job_actions.follow, "nothing", BOB) == Refused("buttons-follow-ended")
    await store.database.write(renders.complete, second.id, URL)
    assert (await store.pending_notification()).followers == (BOB, CAROL)
    job = await store.rendering(a_job(11))
    for fan in (BOB, CAROL):
        await store.database.write(job_actions.follow, job.id, fan)
    await store.database.write(notices.announce, job, (BOB, CAROL))
    for _ in range(2):
        await store.database.write(job_actions.unfollow, job.id, BOB)
    assert query(store.place, "SELECT member_id, kind FROM messages") == [{"member_id": CAROL, "kind": "followed"}]


async def test_no_more_than_the_limit_follow_and_none_a_movie_that_goes_to_its_member(store: StoreHarness) -> None:
    job, write = await store.rendering(a_job(1)), store.database.write
    fans = range(100, 100 + MAX_FOLLOWERS)
    asked = [await write(job_actions.follow, job.id, fan) for fan in (*fans, BOB, fans[0])]
    assert asked == [*[None] * MAX_FOLLOWERS, Refused("buttons-follow-full"), None]
    await write(job_actions.unfollow, job.id, fans[0])
    assert await write(job_actions.follow, job.id, BOB) is None
    job = await store.rendering(a_job(11))
    await store.database.write(job_actions.follow, job.id, BOB)
    await store.database.write(job_actions.set_delivery_target, job.id, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    assert await store.database.write(job_actions.follow, job.id, CAROL) == Refused("buttons-follow-private")
    assert await store.database.write(job_actions.follow, job.id, BOB) is None
    await store.database.write(renders.complete, job.id, URL)
    movie = await store.pending_notification()
    await store.database.write(outbox.mark_sent, movie, a_message(channel_id=ALICE))
    assert await store.pending_notifications() == [(job.id, "followed")]
    assert (await store.pending_notification()).followers == (BOB,)


async def test_the_queue_is_counted_as_it_is_submitted(store: StoreHarness) -> None:
    queued = [await store.queued(a_job(number)) for number in (1, 2)]
    unconfirmed = await store.reserved(a_job(3, BOB))
    last = await store.queued(a_job(4, CAROL))
    ahead = [await store.database.read(orders.waiting, job) for job in (*queued, unconfirmed, last)]
    assert [(each.queue_position, each.own_ahead) for each in ahead] == [(0, 0), (1, 1), (2, 0), (2, 0)]
    assert [job.id for job in await store.database.read(jobs.queue_head, 2)] == [job.id for job in queued]
    await store.claimed(NOW, 1, 10, 10)
    assert (await store.database.read(orders.waiting, last)).queue_position == 1
    assert (await store.database.read(orders.waiting, queued[1])).own_ahead == 1, "the one at the API"
    assert (await store.found(queued[0].id)).progress == Progress()


ELSEWHERE = GUILD + 1
MINE = MovieQuery(ALICE)


async def jobs_in(store: StoreHarness, states: Sequence[JobState]) -> list[Job]:
    jobs = [a_job(number, cost=1) for number, _ in enumerate(states, 1)]
    pairs = list(zip(jobs, states, strict=True))
    for job, state in sorted(pairs, key=lambda pair: pair[1] is JobState.QUEUED):  # or a later one's claim takes it
        await store.in_state(job, state)
    return jobs


def ids(page: Page) -> list[int]:
    return [int(item.job.id) for item in page.items]


def cursor(toward: PageDirection, number: int) -> Cursor:
    return Cursor(toward, f"{number:013}")


async def read(store: StoreHarness, asked: MovieQuery, at: Cursor | None = None, size: int = 5) -> Page:
    return await store.database.read(job_actions.member_page, asked, at, size)


async def undelivered(store: StoreHarness, job: Job) -> bool:
    return (await store.database.read(job_actions.item, job.id)).undelivered


@pytest.mark.parametrize(
    ("which", "states"),
    [
        (MovieFilter.RUNNING, set(OPEN_STATES)),
        (MovieFilter.COMPLETED, {JobState.COMPLETED}),
        (MovieFilter.UNSUCCESSFUL, {JobState.FAILED, JobState.CANCELLED}),
        (MovieFilter.ALL, set(JobState)),
    ],
)
async def test_a_filter_lists_movies_by_state(store: StoreHarness, which: MovieFilter, states: set[JobState]) -> None:
    await jobs_in(store, tuple(JobState))
    page = await read(store, MovieQuery(ALICE, filter=which), size=10)
    assert {item.job.state for item in page.items} == states
    assert (page.has_newer, page.has_older) == (False, False)


async def test_a_list_holds_its_members_movies_of_all_servers_or_of_one(store: StoreHarness) -> None:
    await store.reserved(a_job(1, cost=1))
    await store.reserved(a_job(2, cost=1, guild=ELSEWHERE))
    await store.reserved(a_job(3, BOB, cost=1))
    assert ids(await read(store, MINE)) == [2, 1]
    assert ids(await read(store, MovieQuery(ALICE, GUILD))) == [1]
    assert ids(await read(store, MovieQuery(ALICE, GUILD, MovieFilter.COMPLETED))) == []


async def test_pages_turn_both_ways_and_one_that_would_not_be_full_is_the_newest(store: StoreHarness) -> None:
    await jobs_in(store, [JobState.QUEUED] * 12)
    first = await read(store, MINE)
    assert (ids(first), first.has_newer, first.has_older) == ([12, 11, 10, 9, 8], False, True)
    second = await read(store, MINE, cursor(PageDirection.OLDER, 8))
    assert (ids(second), second.has_newer, second.has_older) == ([7, 6, 5, 4, 3], True, True)
    third = await read(store, MINE, cursor(PageDirection.OLDER, 3))
    assert (ids(third), third.has_newer, third.has_older) == ([2, 1], True, False)
    for toward, number, page in (
        (PageDirection.NEWER, 2, second),
        (PageDirection.NEWER, 7, first),
        (PageDirection.CURRENT, 7, second),
        (PageDirection.NEWER, 10, first),
        (PageDirection.OLDER, 1, first),
        (PageDirection.CURRENT, 0, first),
    ):
        assert await read(store, MINE, cursor(toward, number)) == page


async def test_a_list_stays_in_place_while_movies_come_and_move_on(store: StoreHarness) -> None:
    await jobs_in(store, [JobState.RESERVED] * 8)
    await store.reserved(a_job(9, cost=1))
    assert ids(await read(store, MINE, cursor(PageDirection.OLDER, 4))) == [3, 2, 1]
    assert await store.database.write(orders.void, f"{4:013}", notify=False)
    for toward in (PageDirection.OLDER, PageDirection.CURRENT):
        assert ids(await read(store, MovieQuery(ALICE, filter=MovieFilter.RUNNING), cursor(toward, 4), 2)) == [3, 2]


async def test_a_movie_that_could_be_posted_nowhere_is_marked_until_its_member_claims_it(store: StoreHarness) -> None:
    [job] = await jobs_in(store, [JobState.COMPLETED])

    async def marked() -> list[bool]:
        page = await read(store, MINE)
        return [await undelivered(store, job), *(item.undelivered for item in page.items)]

    await store.database.write(job_actions.mark_claimed, job.id, ALICE)
    assert await marked() == [False, False]
    await store.database.write(outbox.end, await store.pending_notification(), "undeliverable")
    await store.database.write(outbox.suppress, job.id, NotificationType.STARRED)
    for member, expected in ((BOB, True), (ALICE, False)):
        assert await marked() == [True, True]
        await store.database.write(at_time(NOW + 2, job_actions.mark_claimed), job.id, member)
        assert await marked() == [expected, expected]
    rows = query(store.place, "SELECT type, status, sent_at FROM outbox ORDER BY type")
    assert [[*row.values()] for row in rows] == [["completed", "sent", NOW + 2], ["starred", "suppressed", None]]


async def test_the_newest_jobs_are_of_the_states_that_are_asked_for(store: StoreHarness) -> None:
    newest_first = (await jobs_in(store, tuple(JobState)))[::-1]
    open_jobs = [job for job in newest_first if await store.state(job) in OPEN_STATES]
    for states, limit, expected in (((), 99, newest_first), ((), 2, newest_first[:2]), (OPEN_STATES, 99, open_jobs)):
        found = await store.database.read_long(job_actions.newest, states, limit)
        assert [job.id for job in found] == [job.id for job in expected]


async def test_neither_a_removed_movie_nor_a_failed_job_can_be_claimed(store: StoreHarness) -> None:
    removed, failed = await jobs_in(store, [JobState.COMPLETED, JobState.FAILED])
    for job, sort in ((removed, NotificationType.COMPLETED), (failed, NotificationType.FAILED)):
        await store.database.write(outbox.end, Delivery(job, sort, 0), "undeliverable")
    assert (await store.database.read(job_actions.stats)).undeliverable == 1
    assert await store.database.write(removals.remove, removed.id, AuditContext(ALICE, GUILD)) is not None
    assert (await store.database.read(job_actions.stats)).undeliverable == 0
    assert [await undelivered(store, job) for job in (removed, failed)] == [False, False]
    assert await store.database.read(job_actions.item, "0nosuchmovie0") is None


async def test_a_members_last_roles_are_those_of_their_newest_movie(store: StoreHarness) -> None:
    execute(store.place, f"INSERT INTO quota_limits VALUES ({GUILD}, 'role', 7, 500)")
    for number, roles in ((1, ()), (2, (7,))):
        assert isinstance(await reserve(store.database, a_job(number, cost=1), roles, store.limits), OrderPlaced)
    await store.reserved(a_job(3, cost=1, guild=ELSEWHERE))
    for guild, member, roles in ((GUILD, ALICE, (7,)), (ELSEWHERE, ALICE, ()), (GUILD, BOB, ())):
        assert await store.database.read(job_actions.last_role_ids, guild, member) == roles


async def test_the_figures_count_open_jobs_and_what_they_hold(store: StoreHarness) -> None:
    assert await store.database.read(job_actions.stats) == QueueStats({}, 0, 0, 0, 0, 0)
    await store.in_state(a_job(1, cost=500, at=NOW - 1000), JobState.FAILED)
    await store.rendering(a_job(2, cost=30, at=NOW - 60_000))
    await store.submitting(a_job(6, CAROL, cost=7, at=NOW))
    await store.queued(a_job(3, cost=20, at=NOW - 5000))
    await store.reserved(a_job(4, BOB, cost=10, at=NOW))
    await store.awaiting(a_job(5, CAROL, cost=3, at=NOW - DAY))
    seen = await store.database.read(at_time(NOW + 1000, job_actions.stats))
    rendering, *others = JobState.RENDERING, JobState.SUBMITTING, JobState.QUEUED, JobState.RESERVED
    assert seen.jobs == dict.fromkeys((rendering, *others, JobState.AWAITING_APPROVAL), 1)
    assert (seen.oldest_job_age_seconds, seen.held_credits, seen.waiting_credits) == (61, 70, 40)
    assert await store.database.read(job_actions.waiting_credits) == 40
    assert (seen.plan_used, seen.plan_held) == (500, 70)


async def test_the_figures_say_what_became_of_the_credits_of_a_day(store: StoreHarness) -> None:
    by = AuditContext(BOB, GUILD)
    await store.database.write(budgets.set_limit, LimitScope.MEMBER, ALICE, 60, by=by)
    await Pitching(store.database, store.place).grant(ALICE, 100)
    await store.in_state(a_job(1, cost=70), JobState.COMPLETED)
    for number, charged in ((2, True), (3, False)):
        ended = await store.rendering(a_job(number, cost=10 * number))
        await store.database.write(renders.fail, ended.id, EndReason.UPSTREAM_FAILED, None, upstream_charged=charged)
    part = await store.rendering(a_job(4, cost=10))
    await store.database.write(job_actions.request_cancel, part.id, ALICE)
    await store.database.write(renders.end_cancelled, part.id, 4)
    today = (await store.database.read(job_actions.stats)).credits_today
    assert today == {Outcome.CAPTURED: 74, Outcome.RELEASED: 56, Outcome.LOST: 20}
    assert (await store.database.read(at_time(NOW + DAY, job_actions.stats))).credits_today == {}


async def test_the_age_of_a_message_counts_from_when_it_became_pending(store: StoreHarness) -> None:
    await jobs_in(store, [JobState.COMPLETED])
    delivery = await store.pending_notification()
    await store.database.write(outbox.reschedule, delivery, NOW + 90_000, "tests")
    seen = await store.database.read(at_time(NOW + 60000, job_actions.stats))
    assert (seen.pending_deliveries, seen.oldest_delivery_seconds, seen.undeliverable) == (1, 60, 0)
    await store.database.write(at_time(NOW + 90000, outbox.mark_sent), delivery, a_message(4711))
    seen = await store.database.read(at_time(NOW + 120000, job_actions.stats))
    assert (seen.pending_deliveries, seen.oldest_delivery_seconds, seen.undeliverable) == (0, 0, 0)
    assert (seen.jobs, seen.oldest_job_age_seconds) == ({}, 0)


async def test_everyone_who_pays_for_a_movie_has_it_in_their_list_in_its_place(store: StoreHarness) -> None:
    pitching, by = Pitching(store.database, store.place), AuditContext(BOB, GUILD)
    await store.database.write(budgets.set_limit, LimitScope.MEMBER, CAROL, 250, by=by)
    await pitching.grant(CAROL, 100)
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, DANA, 20)
    await pitching.take_back(pitch, DANA)
    job = await pitching.funded(pitch, (BOB, 100), (CAROL, 200))
    for number, first in ((1, "0"), (2, "z")):
        own = replace(a_job(number, cost=1), member_id=BOB, id=first + a_job(number).id[1:])
        await reserve(store.database, own, (), LIMITS)
    for who, share, listed in ((ALICE, 0, 1), (BOB, 100, 3), (CAROL, 200, 1), (DANA, 0, 0)):
        page = await read(store, MovieQuery(who))
        assert len(page.items) == listed
        assert [each.share for each in page.items if each.job.pitch_id] == [share] * bool(listed)
    [newest] = (await read(store, MovieQuery(BOB), size=1)).items
    second = await read(store, MovieQuery(BOB), Cursor(PageDirection.OLDER, newest.job.id), 1)
    assert [each.job.id for each in second.items] == [job.id]
    assert (second.has_newer, second.has_older) == (True, True)
    one = await store.database.read(job_actions.item, job.id, CAROL)
    assert (one.is_paid_by(CAROL), one.is_paid_by(BOB)) == (True, False)
    for other in (MovieQuery(CAROL, ELSEWHERE), MovieQuery(CAROL, filter=MovieFilter.COMPLETED)):
        assert (await read(store, other)).items == ()
    own = await pitching.funded(await pitching.made(100, CAROL), (CAROL, 100))
    mine = await read(store, MovieQuery(CAROL))
    assert [(each.job.id, each.share) for each in mine.items] == [(own.id, 100), (job.id, 200)], "each once"
    await store.database.write(submissions.claim, 10, 100, 100)
    await store.database.write(submissions.mark_rendering, job.id, "request", NOW)
    await store.database.write(renders.complete, job.id, "https://movies.test/a.mp4")
    done = await read(store, MovieQuery(CAROL, filter=MovieFilter.COMPLETED))
    assert [(each.job.id, each.share) for each in done.items] == [(job.id, 200)]
