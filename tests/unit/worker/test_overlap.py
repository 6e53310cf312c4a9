"""Two processes over one database, as at every deploy: each job is in the hands of one of them, dead or alive."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.job import JobState
from bot.domain.request import MovieRequest
from bot.errors import ConnectFailed
from tests.helpers import ledger_checks
from tests.helpers.engine_harness import EngineHarness

LONGEST = 75
"""Seconds that a submission can take: the client's own limit of 60, and a margin."""


class Gate:
    """Holds a request up until it is opened."""

    def __init__(self, bench: EngineHarness) -> None:
        self.reached, self.opened = asyncio.Event(), asyncio.Event()
        bench.api.while_creating = self._wait

    async def _wait(self, _: MovieRequest) -> None:
        self.reached.set()
        await self.opened.wait()


async def test_what_a_living_process_submits_is_left_to_it(bench: EngineHarness) -> None:
    """The new process of a deploy does not declare it lost; what the old one learns counts, though it comes late."""
    gate = Gate(bench)
    bench.api.creations = [ConnectFailed("refused")]
    await bench.engine.recover()
    job = await bench.queue()
    old = asyncio.create_task(bench.engine.run_until_idle())
    await gate.reached.wait()
    new = bench.new_engine(beside=True)
    await new.recover()
    await bench.clock.advance(LONGEST - 1)
    assert await new.run_until_idle() == 0
    assert (await bench.job(job)).state is JobState.SUBMITTING
    gate.opened.set()
    await old
    assert (await bench.job(job)).state is JobState.QUEUED, "it was never sent, and says so"
    await bench.clock.advance(3)
    await new.run_until_idle()
    assert (await bench.job(job)).state is JobState.RENDERING


async def test_what_a_process_that_died_beside_us_was_submitting_is_unknown_soon(bench: EngineHarness) -> None:
    """Not before a submission can have come to its end: then nobody is left who could tell."""
    gate = Gate(bench)
    job = await bench.queue()
    bench.screen.is_open.set()
    await bench.engine.start()
    await gate.reached.wait()
    new = bench.new_engine(beside=True)
    await new.recover()
    await bench.engine.stop(0)
    await bench.clock.advance(LONGEST - 1)
    await new.run_until_idle()
    assert (await bench.job(job)).state is JobState.SUBMITTING
    await bench.clock.advance(2)
    await new.run_until_idle()
    assert (await bench.job(job)).state is JobState.UNKNOWN
    assert bench.member() == ledger_checks.BudgetTotals(used=0, held=100)
    assert len(bench.api.created) == 1


async def test_the_sweep_finds_it_by_itself(bench: EngineHarness) -> None:
    """At most a minute and a half after the order was handed over, without anybody asking."""
    gate = Gate(bench)
    job = await bench.queue()
    await bench.engine.start()
    await gate.reached.wait()
    new = bench.new_engine(beside=True)
    bench.screen.is_open.set()
    await new.start()
    await bench.engine.stop(0)
    try:
        await bench.clock.asleep(8)
        await bench.clock.advance(90)
        await bench.screen.until(lambda: bool(bench.screen.accepted))
        assert (await bench.job(job)).state is JobState.UNKNOWN
    finally:
        await new.stop(5)


async def test_our_own_submission_is_ours_however_long_it_takes(bench: EngineHarness) -> None:
    """An outcome that waits for a full disk is not declared lost by our own sweep."""
    gate = Gate(bench)
    job = await bench.queue()
    await bench.engine.start()
    await gate.reached.wait()
    try:
        await bench.clock.asleep(5)
        await bench.clock.advance(10 * LONGEST)
        await bench.clock.asleep(5)
        assert (await bench.job(job)).state is JobState.SUBMITTING
        gate.opened.set()
        await bench.screen.until(lambda: JobState.RENDERING in {shown.state for shown in bench.screen.shown})
        assert (await bench.job(job)).state is JobState.RENDERING
    finally:
        await bench.engine.stop(5)


@pytest.mark.parametrize("unsent", [True, False])
async def test_a_stop_puts_back_what_provably_never_left(bench: EngineHarness, *, unsent: bool) -> None:
    """Cut short before there was a connection, an order waits in the queue for the next process; else it's doubtful."""
    waiting = asyncio.Event()

    async def cancelled(_: MovieRequest) -> None:
        waiting.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError as exc:
            if unsent:
                raise exc from ConnectFailed("no connection")
            raise

    bench.api.while_creating = cancelled
    job = await bench.queue()
    await bench.engine.start()
    await waiting.wait()
    await bench.engine.stop(0)
    left = await bench.job(job)
    assert (left.state, left.submit_attempts) == (JobState.QUEUED if unsent else JobState.SUBMITTING, 0)
    assert bench.member() == ledger_checks.BudgetTotals(used=0, held=100)
    bench.new_engine()
