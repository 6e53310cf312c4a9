"""A movie that takes longer than usual: its card says so, once, though the API tells no progress."""

from __future__ import annotations

from bot.domain.durations import MIN_SAMPLES
from tests.helpers.engine_harness import EngineHarness


async def test_a_card_is_brought_up_to_date_when_its_movie_turns_late(bench: EngineHarness) -> None:
    """And not at every look after it."""
    for _ in range(MIN_SAMPLES):
        await bench.make(took=60)
    job = await bench.render(seconds=1)
    usual = bench.engine.history.estimate("LUMA", 1)
    assert usual is not None
    bench.screen.shown.clear()
    await bench.advance_and_run(usual.high / 2)
    assert bench.screen.shown == []
    for _ in range(10):
        await bench.advance_and_run(usual.high)
    assert [each.id for each in bench.screen.shown] == [job.id]


async def test_where_nothing_is_usual_nothing_is_late(bench: EngineHarness) -> None:
    """Too few movies are known: the card stays as it is."""
    await bench.render(seconds=1)
    bench.screen.shown.clear()
    for _ in range(10):
        await bench.advance_and_run(3600)
    assert bench.screen.shown == []
