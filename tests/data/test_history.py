"""How long the newest movies of each video model took, as they are read at the start."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.usual import Sample
from tests.data.desk import NOW, Desk, a_job


async def made(desk: Desk, number: int, seconds: float, *, video_model: str = "LUMA", length: int = 10) -> None:
    """A movie that took so long from its submission on."""
    job = a_job(number, cost=1, at=NOW - 5000)
    request = replace(job.request, video_model=video_model, seconds=length)
    await desk.rendering(replace(job, request=request))
    assert await desk.store.complete(job.id, "https://movies.test/1.mp4", NOW + round(1000 * seconds))


async def test_the_newest_movies_of_each_model_are_read_the_newest_first(desk: Desk) -> None:
    """As many as are asked for, from the submission to the end, whatever the order in which they ended."""
    for number, seconds in ((1, 10.5), (2, 30), (3, 20)):
        await made(desk, number, seconds)
    await made(desk, 4, 15, video_model="VEOI2V", length=5)
    assert await desk.store.samples(2) == {"LUMA": [Sample(10, 20), Sample(10, 30)], "VEOI2V": [Sample(5, 15)]}
    assert (await desk.store.samples(9))["LUMA"] == [Sample(10, 20), Sample(10, 30), Sample(10, 10.5)]


async def test_a_movie_that_is_not_done_says_nothing(desk: Desk) -> None:
    """Nor does a database without any."""
    assert await desk.store.samples(9) == {}
    await desk.rendering(a_job(1))
    assert await desk.store.samples(9) == {}
