"""A message is pending until Discord accepted it, its deletion until it is gone, and a card says what is awaited."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import DeliveryDeferred, DeliveryRejected, RateLimited
from bot.domain.breaker import Outage
from bot.domain.delivery import NotificationType, PostedMessage, Venue
from bot.domain.durations import MIN_SAMPLES, Estimate
from bot.domain.jobs import Approval, Job, JobState
from bot.domain.message import Delivery, SentMessage
from bot.domain.orders import OrderPlaced
from bot.domain.quota import AuditContext
from bot.domain.text import Language
from bot.domain.upstream import MovieState, Status
from bot.services.orders import Estimator
from bot.ui.job_status import job_summary
from bot.worker.notifier import MAX_UPDATED, QueuePositionUpdater
from bot.worker.submitter import ConcurrencyLimits
from data import breakers, job_actions, messages, outbox, removals, renders, submissions
from tests.helpers import claims, factories
from tests.helpers.expected_text import ENGLISH, queue_position_text
from tests.helpers.factories import a_movie
from tests.helpers.fakes import COMPLETED, URL
from tests.helpers.ledger_checks import execute, query
from tests.helpers.ledger_checks import outbox as outbox_rows
from tests.helpers.worker_harness import ALICE, BOB, CHANNEL, WORKER_CONFIG, WorkerHarness, open_worker_harness


async def test_a_message_is_sent_again_with_the_same_nonce_until_it_is_accepted(harness: WorkerHarness) -> None:
    harness.publisher.answers = [DeliveryDeferred("503"), DeliveryDeferred("503"), 4711]
    job = await harness.finish()
    await harness.restart()
    for _ in range(3):
        await harness.advance_and_run(3600)
    assert harness.publisher.deleted == [PostedMessage(job.channel_id, 77)], "the movie replaces its card"
    assert JobState.COMPLETED not in [shown.state for shown in harness.publisher.shown]
    assert len(harness.publisher.attempts) == 3
    assert len({each.nonce for each in harness.publisher.attempts}) == 1
    assert len(harness.publisher.attempts[0].nonce) <= 25
    [row] = outbox_rows(harness.path)
    assert (row["message_id"], row["next_attempt_at"]) == (4711, None)


@pytest.mark.parametrize("was_accepted", [True, False])
async def test_the_news_of_a_check_goes_when_the_movie_comes(harness: WorkerHarness, *, was_accepted: bool) -> None:
    harness.publisher.answers = [DeliveryDeferred("cut")]
    job = await harness.queue()
    await harness.database.write(submissions.claim, 1, 10, 2)
    await harness.database.write(submissions.mark_unknown, job.id)
    await harness.worker.run_until_idle()
    await harness.database.write(renders.attach_request_id, job.id, "request-1", harness.clock.now())
    harness.api.statuses["request-1"] = [COMPLETED]
    news = PostedMessage(job.channel_id, 4711)
    harness.publisher.unrecorded = SentMessage(news) if was_accepted else None
    for _ in range(3):
        await harness.advance_and_run(5)
    assert [each.type for each in harness.publisher.attempts] == [NotificationType.UNKNOWN, NotificationType.COMPLETED]
    assert (news in harness.publisher.deleted) == was_accepted
    statuses = {row["status"] for row in outbox_rows(harness.path)}
    assert statuses == {"sent", "sent" if was_accepted else "suppressed"}


async def test_bad_news_never_waits_for_somebodys_movie(harness: WorkerHarness) -> None:
    fetching, fetched = asyncio.Semaphore(0), asyncio.Event()

    async def fetch(delivery: Delivery) -> None:
        if delivery.type is NotificationType.COMPLETED:
            fetching.release()
            await fetched.wait()

    for number in range(1, 10):
        await harness.render(100 + number, channel=number)
        harness.api.statuses[f"request-{number}"] = [COMPLETED]
    harness.publisher.while_delivering = fetch
    harness.publisher.is_open.set()
    await harness.clock.advance(60)
    async with harness.running(with_discord=False):
        for _ in range(8):
            await fetching.acquire()
        await harness.orders.void(await harness.place(), notify=True)
        await harness.publisher.until(lambda: bool(harness.publisher.accepted))
        assert [each.type for each in harness.publisher.accepted] == [NotificationType.CANCELLED]
        fetched.set()
        await harness.publisher.until(lambda: len(harness.publisher.accepted) == 10)


async def test_a_slow_channel_leaves_slots_for_the_other_channels(tmp_path: Path) -> None:
    limits = ConcurrencyLimits(20, 20)
    async with open_worker_harness(tmp_path, replace(WORKER_CONFIG, concurrency_limits=limits)) as harness:
        jobs = [await harness.render(seconds=1, channel=1) for _ in range(5)]
        other = await harness.render(BOB, seconds=1, channel=77)
        for number in range(1, len(jobs) + 2):
            harness.api.statuses[f"request-{number}"] = [COMPLETED]
        await harness.clock.advance(60)
        sending, answered = asyncio.Queue[str](), asyncio.Event()

        async def send(delivery: Delivery) -> None:
            sending.put_nowait(delivery.job.id)
            await (answered if delivery.job.id == jobs[0].id else asyncio.Event()).wait()

        harness.publisher.while_delivering = send
        async with harness.running(grace=0), asyncio.timeout(60):
            assert {await sending.get() for _ in range(3)} == {jobs[0].id, jobs[1].id, other.id}
            answered.set()
            assert await sending.get() == jobs[2].id


async def test_a_movie_pending_for_long_or_starred_later_comes_with_a_fresh_link(harness: WorkerHarness) -> None:
    down = DeliveryDeferred("down", retry_after=3600)
    harness.publisher.answers = [down, down, 4711]
    job = await harness.finish()
    links = [f"https://movies.test/signed-anew-{number}.mp4" for number in range(2)]
    harness.api.statuses["request-1"] = [Status(MovieState.COMPLETED, url=links[0])]
    await harness.advance_and_run(3600)
    harness.api.statuses["request-1"] = [RateLimited("slow down")]
    await harness.advance_and_run(3600)
    harness.api.statuses["request-1"] = [Status(MovieState.COMPLETED, url=links[1])]
    await harness.advance_and_run(3600)
    await harness.database.write(outbox.enqueue, job.id, NotificationType.STARRED)
    await harness.advance_and_run(1)
    assert [each.job.movie_url for each in harness.publisher.attempts] == [COMPLETED.url, links[0], links[0], links[1]]
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.COMPLETED, NotificationType.STARRED]


CARD = PostedMessage(CHANNEL, 77)


def waiting(harness: WorkerHarness) -> int:
    return len(query(harness.path, "SELECT * FROM messages WHERE kind = 'gone'"))


async def test_what_can_not_be_deleted_gets_its_title_in_the_servers_language(harness: WorkerHarness) -> None:
    await harness.queue()
    execute(harness.path, "UPDATE jobs SET server_language = 'fr'")
    harness.api.statuses["request-1"] = [COMPLETED]
    await harness.worker.run_until_idle()
    await harness.advance_and_run(5)
    assert harness.publisher.deletion_languages == [Language.FRENCH]


async def test_a_process_that_dies_before_the_record_leaves_it_to_the_next_one(harness: WorkerHarness) -> None:
    with harness.fail_writes(messages.settle):
        await harness.finish()
    assert (harness.publisher.deleted, waiting(harness)) == ([CARD], 1)
    await harness.restart()
    await harness.worker.run_until_idle()
    assert (harness.publisher.deleted, waiting(harness)) == ([CARD, CARD], 0)


@pytest.mark.parametrize("error", [DeliveryRejected("no access"), DeliveryDeferred("a proxy's 403")])
async def test_a_card_that_cannot_be_deleted_says_how_it_ended(harness: WorkerHarness, error: Exception) -> None:
    harness.publisher.deletions = [error] * 51
    await harness.finish()
    while waiting(harness):
        await harness.advance_and_run(3600)
    assert harness.publisher.deleted == []
    assert (harness.publisher.shown[-1].state, harness.publisher.venues[-1]) == (JobState.COMPLETED, Venue.CHANNEL)


DAY = 24 * 3600
FORBIDDEN = DeliveryRejected("no access", code=50001)


async def remove(harness: WorkerHarness, *errors: Exception) -> None:
    await harness.finish()
    harness.publisher.deleted.clear()
    harness.publisher.deletions = [*errors]
    [job] = query(harness.path, "SELECT id FROM jobs")
    assert await harness.database.write(removals.remove, job["id"], AuditContext(7, 1))
    await harness.worker.run_until_idle()


def told(harness: WorkerHarness) -> list[str]:
    rows = query(harness.path, "SELECT action FROM audit_log WHERE actor_id = 0 ORDER BY id")
    return [row["action"] for row in rows]


async def test_a_removed_movie_is_deleted_once_the_permission_is_back(harness: WorkerHarness) -> None:
    await remove(harness, *[FORBIDDEN] * 20)
    for _ in range(9):
        await harness.advance_and_run(3600)
    assert (harness.publisher.deletions, waiting(harness)) == ([], 2)
    await harness.advance_and_run(3600)
    assert (len(harness.publisher.deleted), waiting(harness), told(harness)) == (2, 0, ["deletion_refused"] * 2)


async def test_a_message_whose_channel_is_gone_is_gone(harness: WorkerHarness) -> None:
    await remove(harness, *[DeliveryRejected("unknown channel", code=10003)] * 2)
    assert (waiting(harness), told(harness)) == (0, [])


OWN_MOVIE = ENGLISH("cards-own-movies", movies=1)


def shown(harness: WorkerHarness) -> list[str]:
    ids = [job.id for job in harness.publisher.shown]
    harness.publisher.shown.clear()
    return ids


async def said(harness: WorkerHarness, job: Job, *, per_member: int) -> str:
    estimator = Estimator(harness.database, harness.worker.history, harness.clock, per_member=per_member)
    job = await harness.job(job)
    return job_summary(ENGLISH, job, await estimator.for_job(job))[2]


def updater_of(harness: WorkerHarness, *, per_member: int = 9) -> QueuePositionUpdater:
    return QueuePositionUpdater(harness.database, harness.publisher, harness.instance_lock, per_member=per_member)


async def test_a_card_is_brought_up_to_date_when_its_place_has_changed(harness: WorkerHarness) -> None:
    updater = updater_of(harness)
    first, second, third = [await harness.queue() for _ in range(3)]
    await updater.refresh()
    assert shown(harness) == [first.id, second.id, third.id]
    await updater.refresh()
    assert shown(harness) == []
    await harness.database.write(job_actions.cancel, second.id, ALICE)
    await updater.refresh()
    assert shown(harness) == [third.id]
    await harness.database.write(submissions.claim, 1, 10, 10)
    for cards in ([third.id], []):
        await updater.refresh()
        assert shown(harness) == cards
    await harness.database.write(claims.requeue, first.id, harness.clock.now(), harness.clock.now())
    await updater.refresh()
    assert shown(harness) == [first.id, third.id]
    for job in (first, third):
        await harness.database.write(job_actions.cancel, job.id, ALICE)
    await updater.refresh()
    assert shown(harness) == [], "a movie that no longer waits is updated by its status polls"


async def test_only_the_head_of_the_queue_is_followed(harness: WorkerHarness) -> None:
    updater = updater_of(harness)
    jobs = [await harness.queue(seconds=1) for _ in range(MAX_UPDATED + 2)]
    await updater.refresh()
    assert shown(harness) == [job.id for job in jobs[:MAX_UPDATED]]
    await harness.database.write(job_actions.cancel, jobs[-3].id, ALICE)
    await updater.refresh()
    assert shown(harness) == [jobs[-2].id]


async def test_waiting_cards_tell_of_an_outage_and_of_its_end(harness: WorkerHarness) -> None:
    updater = updater_of(harness)
    jobs = [await harness.queue() for _ in range(3)]
    await harness.database.write(submissions.claim, 1, 10, 10)
    await updater.refresh()
    shown(harness)
    for change in ((submissions.mark_unknown, jobs[0].id), (breakers.probe_answered,)):
        await harness.database.write(*change)
        for _ in range(2):
            await updater.refresh()
        assert shown(harness) == [job.id for job in jobs[1:]]


async def test_a_card_is_updated_when_it_no_longer_waits_for_its_members_movies(harness: WorkerHarness) -> None:
    updater, database = updater_of(harness, per_member=1), harness.database
    first, second = await harness.queue(), await harness.queue()
    await database.write(submissions.claim, 1, 10, 1)
    await updater.refresh()
    assert shown(harness) == [second.id]
    assert await said(harness, second, per_member=1) == OWN_MOVIE
    await database.write(claims.requeue, first.id, harness.clock.now(), harness.clock.now())
    await updater.refresh()
    assert shown(harness) == [first.id, second.id]
    assert await said(harness, second, per_member=1) == OWN_MOVIE
    await database.write(submissions.claim, 1, 10, 1)
    await database.write(submissions.mark_rendering, first.id, "request-1", harness.clock.now())
    await updater.refresh()
    assert shown(harness) == [second.id]
    await database.write(renders.complete, first.id, URL)
    await updater.refresh()
    assert shown(harness) == [second.id]
    assert await said(harness, second, per_member=1) == queue_position_text(0)


async def test_a_movie_in_submission_has_its_usual_duration_and_one_that_ended_none(harness: WorkerHarness) -> None:
    estimator = Estimator(harness.database, harness.worker.history, harness.clock, per_member=9)
    ended = [await harness.make(200) for _ in range(MIN_SAMPLES)]
    assert await estimator.for_job(await harness.job(ended[0])) == Estimate()
    job = await harness.queue(seconds=1)
    await harness.database.write(submissions.claim, 1, 10, 10)
    shown = await estimator.for_job(await harness.job(job))
    assert shown == Estimate(duration=harness.worker.history.estimate(a_movie("LUMA", 1)))
    assert shown.duration is not None


async def test_an_order_says_for_what_it_waits(harness: WorkerHarness) -> None:
    for ahead, per_member, own_movies in ((0, 2, 0), (1, 2, 0), (2, 2, 2), (5, 2, 2), (5, None, 0)):
        estimator = Estimator(harness.database, harness.worker.history, harness.clock, per_member=per_member)
        placed = OrderPlaced(factories.job(JobState.RESERVED), 7, Outage.RATE_LIMITED, own_ahead=ahead)
        assert estimator.for_order(placed) == Estimate(7, None, 0.0, Outage.RATE_LIMITED, own_movies)
        for informed in (True, False):
            job = factories.job(JobState.RESERVED, approval=Approval.REQUIRED)
            placed = OrderPlaced(job, 7, Outage.RATE_LIMITED, own_ahead=ahead, staff_informed=informed)
            assert estimator.for_order(placed) == Estimate(staff_informed=informed)
