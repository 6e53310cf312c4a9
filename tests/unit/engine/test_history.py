"""What the engine knows of earlier movies."""

from __future__ import annotations

from bot.domain.job import JobState
from bot.domain.usual import SAMPLES_LEAST
from tests.support.bench import Bench
from tests.support.doubles import COMPLETED


async def _make(bench: Bench, count: int, *, seconds: int = 10, took: float = 100) -> None:
    for _ in range(count):
        job = await bench.render(seconds=seconds)
        assert job.request_id is not None
        await bench.turn_after(took)
        bench.api.statuses[job.request_id] = [COMPLETED]
        await bench.turn_after(120)
        assert (await bench.job(job)).state is JobState.COMPLETED


async def test_what_is_usual_is_known_after_a_few_movies_and_by_the_next_process(bench: Bench) -> None:
    """Each movie that is made counts at once, and what was learnt is read again at the next start."""
    await _make(bench, SAMPLES_LEAST - 1, seconds=1)
    assert bench.engine.history.usual("LUMA", 1) is None
    await _make(bench, 1, seconds=1)
    known = bench.engine.history.usual("LUMA", 1)
    assert known is not None
    assert 210 <= known.median <= 225
    assert known.count == SAMPLES_LEAST
    assert bench.engine.history.usual("VEOI2V", 1) is None
    assert bench.engine.history.usual("LUMA", 30) is None
    bench.engine = bench.new_engine()
    await bench.engine.recover()
    assert bench.engine.history.usual("LUMA", 1) == known


async def test_a_movie_is_not_looked_at_while_it_cannot_be_ready(bench: Bench) -> None:
    """Once it is known how long movies take, the looks come when one may be ready."""
    await _make(bench, SAMPLES_LEAST, seconds=1, took=1000)
    job = await bench.render(seconds=1)
    await bench.turn_after(5)
    assert (await bench.job(job)).due_at == bench.clock.now() + 1000 * bench.rules.pace.slowest
