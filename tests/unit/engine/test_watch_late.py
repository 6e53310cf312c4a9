"""A movie that takes longer than usual: its card says so, once, though the API tells no progress."""

from __future__ import annotations

from bot.domain.usual import SAMPLES_LEAST
from tests.support.bench import Bench


async def test_a_card_is_brought_up_to_date_when_its_movie_turns_late(bench: Bench) -> None:
    """And not at every look after it."""
    for _ in range(SAMPLES_LEAST):
        await bench.make(took=60)
    job = await bench.render(seconds=1)
    usual = bench.engine.history.usual("LUMA", 1)
    assert usual is not None
    bench.screen.shown.clear()
    await bench.turn_after(usual.high / 2)
    assert bench.screen.shown == []
    for _ in range(10):
        await bench.turn_after(usual.high)
    assert [each.id for each in bench.screen.shown] == [job.id]


async def test_where_nothing_is_usual_nothing_is_late(bench: Bench) -> None:
    """Too few movies are known: the card stays as it is."""
    await bench.render(seconds=1)
    bench.screen.shown.clear()
    for _ in range(10):
        await bench.turn_after(3600)
    assert bench.screen.shown == []
