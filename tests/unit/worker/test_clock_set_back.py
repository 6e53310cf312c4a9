"""A clock that is set back stops nothing: what waits is done now, not when the clock has caught up."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.credits import Limits
from bot.domain.delivery import NotificationType, possibly_sent_since
from bot.domain.job import Job, JobState
from bot.domain.polling import PollingSchedule
from bot.domain.quota import AuditContext, LimitScope
from bot.errors import ConnectFailed, DeliveryDeferred
from bot.services.orders import ACK_TIMEOUT_MS
from bot.services.quotas import QuotaService
from bot.services.signals import Signals
from bot.worker.poll_loop import ERROR_BACKOFF_MS
from data import overdue, submissions
from tests.helpers.engine_harness import ALICE, BOB, GUILD, RULES, EngineHarness, open_bench
from tests.helpers.fakes import COMPLETED
from tests.unit.worker.test_background import LANES_ASLEEP

HOUR = 3600.0
ANY_AMOUNT = st.floats(0.001, 365 * 24 * HOUR) | st.sampled_from([0.5, 59.0, HOUR, 24 * HOUR])


class Waiting:
    """Work of every kind that waits for its moment.

    A job to be submitted again and one to be polled again, a message and an audit line to be sent again. And an order
    whose process died before it was answered.
    """

    rendering: Job
    queued: Job
    unanswered: Job

    async def prepare(self, bench: EngineHarness) -> None:
        """Let it come to that."""
        book = QuotaService(bench.database, Limits(member=600, plan=5000), bench.clock.now, Signals())
        await book.set_audit_channel(AuditContext(BOB, GUILD), 99)
        self.rendering = await bench.render()
        self.unanswered = await bench.place(BOB)
        await bench.advance_and_run(5)
        bench.api.statuses = {"request-1": [COMPLETED]}
        await bench.engine.intake.void(await bench.place(BOB), notify=True)
        await book.set_limit(AuditContext(BOB, GUILD), LimitScope.MEMBER, ALICE, 500)
        self.queued = await bench.queue()
        bench.api.creations = [ConnectFailed("no route")]
        bench.screen.answers = [DeliveryDeferred("down", definitely_failed=True)] * 2
        await bench.engine.run_until_idle()
        bench.screen.lines.clear()
        await bench.clock.advance(1)
        assert await self.states(bench) == [JobState.RENDERING, JobState.QUEUED, JobState.RESERVED]
        assert (bench.screen.accepted, bench.screen.answers) == ([], [])

    async def states(self, bench: EngineHarness) -> list[JobState]:
        """Where the jobs are."""
        return [(await bench.job(job)).state for job in (self.rendering, self.queued, self.unanswered)]

    async def assert_done(self, bench: EngineHarness) -> None:
        """All of it but the order was done."""
        assert (await self.states(bench))[:2] == [JobState.COMPLETED, JobState.RENDERING]
        assert {each.type for each in bench.screen.accepted} >= {NotificationType.CANCELLED, NotificationType.COMPLETED}
        assert [entry.credits for entry, _ in bench.screen.lines] == [500]

    async def assert_given_back(self, bench: EngineHarness) -> None:
        """The order is given back when twice its time has gone by, at the latest."""
        await bench.advance_and_run(2 * ACK_TIMEOUT_MS / 1000 + 1)
        assert (await self.states(bench))[2] is JobState.CANCELLED


@settings(max_examples=20)
@given(ANY_AMOUNT)
def test_all_that_waits_is_done_however_far_the_clock_is_set_back(
    tmp_path_factory: pytest.TempPathFactory, seconds: float
) -> None:
    """The engine sees its clock go back, and does not know any more how long each piece was to wait."""

    async def play() -> None:
        async with open_bench(tmp_path_factory.mktemp("back")) as bench:
            waiting = Waiting()
            await waiting.prepare(bench)
            bench.clock.set_back(seconds)
            await bench.engine.run_until_idle()
            if seconds <= 1:  # set back by less than went by since the engine looked last: the pauses are as they were
                await bench.advance_and_run(60)
            await waiting.assert_done(bench)
            await waiting.assert_given_back(bench)

    asyncio.run(play())


@settings(max_examples=10)
@given(st.floats(60, 365 * 24 * HOUR) | st.sampled_from([HOUR]))
def test_the_next_process_does_all_that_waits_however_far_the_clock_was_set_back(
    tmp_path_factory: pytest.TempPathFactory, seconds: float
) -> None:
    """It compares its clock with what was written before."""

    async def play() -> None:
        async with open_bench(tmp_path_factory.mktemp("back")) as bench:
            waiting = Waiting()
            await waiting.prepare(bench)
            bench.clock.set_back(seconds)
            bench.engine = bench.new_engine()
            await bench.engine.recover()
            await bench.engine.run_until_idle()
            await waiting.assert_done(bench)
            await waiting.assert_given_back(bench)

    asyncio.run(play())


async def test_what_is_due_later_than_any_pause_is_due_now(bench: EngineHarness) -> None:
    """Whatever wrote it."""
    job = await bench.render()
    bench.api.statuses["request-1"] = [COMPLETED]
    for hours, state in ((1, JobState.RENDERING), (1.01, JobState.COMPLETED)):
        due_at = bench.clock.now() + int(hours * 3_600_000)
        await bench.database.write(
            lambda tx, due_at=due_at: tx.execute("UPDATE jobs SET next_run_at = :due_at", {"due_at": due_at})
        )
        await bench.engine.run_until_idle()
        assert (await bench.job(job)).state is state


async def test_a_poll_within_the_slowest_pace_is_not_made_due(tmp_path: Path) -> None:
    """POLL_SLOWEST_SECONDS may be longer than every other pause."""
    async with open_bench(tmp_path, replace(RULES, pace=PollingSchedule(5, 2 * HOUR))) as bench:
        job = await bench.render()
        bench.api.statuses["request-1"] = [COMPLETED]
        due_at = bench.clock.now() + int(2 * HOUR * 1000)
        await bench.database.write(lambda tx: tx.execute("UPDATE jobs SET next_run_at = :due_at", {"due_at": due_at}))
        await bench.engine.run_until_idle()
        assert (await bench.job(job)).state is JobState.RENDERING
        await bench.advance_and_run(2 * HOUR)
        assert (await bench.job(job)).state is JobState.COMPLETED


async def test_an_unanswered_order_is_given_back_though_the_clock_was_set_back(bench: EngineHarness) -> None:
    """When twice its minute has gone by, at the latest."""
    order = await bench.place()
    bench.clock.set_back(HOUR)
    await bench.advance_and_run(2 * ACK_TIMEOUT_MS / 1000 + 1)
    assert (await bench.job(order)).state is JobState.CANCELLED


async def test_a_piece_that_rests_after_an_error_rests_no_longer_for_a_clock_that_is_set_back(
    bench: EngineHarness,
) -> None:
    """Half a minute at most, as ever."""
    job = await bench.render()
    bench.api.statuses["request-1"] = [ZeroDivisionError("a bug"), COMPLETED]
    await bench.advance_and_run(5)
    bench.clock.set_back(HOUR)
    await bench.advance_and_run(ERROR_BACKOFF_MS / 1000)
    assert (await bench.job(job)).state is JobState.COMPLETED


async def test_a_submission_of_a_dead_process_is_lost_though_the_clock_was_set_back(bench: EngineHarness) -> None:
    """Beside another process, which may be submitting itself, as soon as one of its age would be."""
    await bench.engine.recover()
    job = await bench.queue()
    assert len(await bench.database.write(submissions.claim, bench.clock.now(), 1, 10, 2)) == 1
    bench.engine = bench.new_engine(beside=True)
    await bench.engine.recover()
    assert (await bench.job(job)).state is JobState.SUBMITTING
    bench.clock.set_back(HOUR)
    await bench.engine.run_until_idle()
    assert (await bench.job(job)).state is JobState.UNKNOWN


async def test_a_return_of_the_gateway_hurries_though_the_clock_was_set_back(bench: EngineHarness) -> None:
    """The one before seems to be yet to come."""
    bench.screen.answers = [DeliveryDeferred("down", definitely_failed=True)]
    await bench.engine.on_gateway_ready()
    bench.clock.set_back(HOUR)
    await bench.engine.run_until_idle()
    await bench.engine.intake.void(await bench.place(), notify=True)
    await bench.engine.run_until_idle()
    assert bench.screen.accepted == []
    await bench.engine.on_gateway_ready()
    await bench.engine.run_until_idle()
    assert len(bench.screen.accepted) == 1


async def test_a_link_is_asked_for_again_though_the_clock_was_set_back(bench: EngineHarness) -> None:
    """What was asked for in the future is not fresh, and what was done then may have expired."""
    job = await bench.make(took=60)
    assert await bench.engine.links.refresh(job) is not None
    asked = len(bench.api.looked)
    bench.clock.set_back(HOUR)
    assert bench.engine.links.is_expired(job)
    assert await bench.engine.links.refresh(job) is not None
    assert len(bench.api.looked) == asked + 1


def test_a_message_that_was_owed_in_the_future_may_have_been_posted() -> None:
    """Nobody knows how long ago that was: it is looked for before it is sent."""
    assert possibly_sent_since(1_000_000, 999_000) == 1_000_000
    assert possibly_sent_since(1_000_000, 1_060_000) is None
    assert possibly_sent_since(1_000_000, 1_060_001) == 1_000_000


async def test_finding_what_is_due_too_late_scans_no_table(bench: EngineHarness) -> None:
    """It is asked for at every sweep, however many movies there are."""
    statements: list[str] = []
    await bench.database.write(lambda tx: tx._connection.set_trace_callback(statements.append))
    await bench.database.write(overdue.make_due, bench.clock.now(), bench.clock.now() + 1)
    await bench.database.write(lambda tx: tx._connection.set_trace_callback(None))
    asked = [statement for statement in statements if statement.startswith("UPDATE")]
    with closing(sqlite3.connect(bench.path)) as connection:
        plans = [connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall() for statement in asked]
    assert [plan[0][3].split(" (")[0] for plan in plans] == [
        "SEARCH jobs USING INDEX jobs_queue",
        "SEARCH jobs USING INDEX jobs_polled",
        "SEARCH outbox USING INDEX outbox_pending",
        "SEARCH audit_log USING INDEX audit_log_pending",
        "SEARCH breakers USING INDEX sqlite_autoindex_breakers_1",
    ]


@pytest.mark.parametrize("seconds", [HOUR, 24 * HOUR])
async def test_a_running_engine_goes_on_within_a_sweep(bench: EngineHarness, seconds: float) -> None:
    """No loop sleeps until the clock has caught up."""
    bench.screen.is_open.set()
    bench.api.statuses["request-1"] = [COMPLETED]
    await bench.engine.start()
    try:
        await bench.queue()
        await bench.screen.until(lambda: bool(bench.screen.shown))
        await bench.clock.asleep(LANES_ASLEEP)
        bench.clock.set_back(seconds)
        for _ in range(3):
            await bench.clock.asleep(LANES_ASLEEP)
            await bench.clock.advance(15)
        await asyncio.wait_for(bench.screen.until(lambda: bool(bench.screen.accepted)), 10)
    finally:
        await bench.engine.stop(5)
