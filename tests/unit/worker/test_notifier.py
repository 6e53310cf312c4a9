"""A message is pending until Discord accepted it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.delivery import Delivery, MoviePlace, NotificationType, PostedMessage, SentMessage
from bot.domain.job import JobState
from bot.domain.upstream import MovieState, Status
from bot.errors import DeliveryDeferred, DeliveryRejected, RateLimited
from bot.worker.submitter import ConcurrencyLimits
from data import outbox, renders, submissions
from tests.helpers import ledger_checks
from tests.helpers.fakes import COMPLETED
from tests.helpers.worker_harness import BOB, WORKER_CONFIG, WorkerHarness, open_worker_harness


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
    [row] = ledger_checks.outbox(harness.path)
    assert (row["message_id"], row["next_attempt_at"]) == (4711, None)


async def test_a_movie_that_no_way_leads_to_is_kept(harness: WorkerHarness) -> None:
    harness.publisher.answers = [DeliveryRejected("closed", code=50007)]
    await harness.finish()
    await harness.advance_and_run(24 * 3600)
    assert len(harness.publisher.attempts) == 1
    [row] = ledger_checks.outbox(harness.path)
    assert (row["next_attempt_at"], row["sent_at"]) == (None, None)
    [job] = ledger_checks.jobs(harness.path)
    assert (job["state"], job["movie_url"] is not None) == ("completed", True)
    assert (harness.publisher.shown[-1].state, harness.publisher.places[-1]) == (JobState.COMPLETED, MoviePlace.LIST)


@pytest.mark.parametrize("was_accepted", [True, False])
async def test_the_news_of_a_check_goes_when_the_movie_comes_though_its_acceptance_is_unrecorded(
    harness: WorkerHarness, *, was_accepted: bool
) -> None:
    harness.publisher.answers = [DeliveryDeferred("cut")]
    job = await harness.queue()
    await harness.database.write(submissions.claim, harness.clock.now(), 1, 10, 2)
    await harness.database.write(submissions.mark_unknown, job.id, harness.clock.now())
    await harness.worker.run_until_idle()
    await harness.database.write(renders.attach_request_id, job.id, "request-1", harness.clock.now())
    harness.api.statuses["request-1"] = [COMPLETED]
    news = PostedMessage(job.channel_id, 4711)
    harness.publisher.unrecorded = SentMessage(news) if was_accepted else None
    for _ in range(3):
        await harness.advance_and_run(5)
    assert [each.type for each in harness.publisher.attempts] == [NotificationType.UNKNOWN, NotificationType.COMPLETED]
    assert (news in harness.publisher.deleted) == was_accepted
    assert {row["status"] for row in ledger_checks.outbox(harness.path)} == {
        "sent",
        "sent" if was_accepted else "suppressed",
    }


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
            sending.put_nowait(delivery.job_id)
            await (answered if delivery.job_id == jobs[0].id else asyncio.Event()).wait()

        harness.publisher.while_delivering = send
        async with harness.running(grace=0), asyncio.timeout(60):
            assert {await sending.get() for _ in range(3)} == {jobs[0].id, jobs[1].id, other.id}
            answered.set()
            assert await sending.get() == jobs[2].id


async def test_a_movie_that_was_pending_for_long_or_is_starred_later_comes_with_a_fresh_link(
    harness: WorkerHarness,
) -> None:
    """Discord was down for longer than links are valid, and the API may not answer."""
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
    await harness.database.write(outbox.enqueue, job.id, NotificationType.STARRED, harness.clock.now())
    await harness.advance_and_run(1)
    assert harness.publisher.links == [COMPLETED.url, links[0], links[0], links[1]]
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.COMPLETED, NotificationType.STARRED]
