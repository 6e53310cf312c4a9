"""Lists of movies: the month's ranking of /top, and a movie's series in the story's order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.core.errors import StorageError
from bot.domain.credits import Month
from bot.domain.delivery import Venue
from bot.domain.jobs import Job, JobState
from bot.domain.quota import AuditContext, LimitScope
from bot.domain.reports import Ranked, Ranking
from bot.services.reports import RankingService
from data import budgets, gifts, job_actions, personal, preferences, rankings, removals, renders, series
from tests.helpers.at_time import at_time
from tests.helpers.clock import ManualClock
from tests.helpers.ledger_checks import execute
from tests.helpers.store_harness import ALICE, BOB, CAROL, DAY, GUILD, NOW, StoreHarness, a_job


async def made(store: StoreHarness, number: int, member: int, cost: int, at: int = NOW) -> None:
    await store.posted(a_job(number, member, cost=cost))
    execute(store.place, f"UPDATE jobs SET finished_at = {at} WHERE id = '{a_job(number).id}'")


async def press(store: StoreHarness, number: int, *fans: int) -> None:
    for interaction_id, fan in enumerate(fans, 100 * number):
        await store.database.write(rankings.toggle, a_job(number).id, fan, interaction_id=interaction_id)


def movies(found: Ranking) -> list[tuple[int, int]]:
    return [(int(each.job.id), each.stars) for each in found.movies]


async def top(store: StoreHarness, guild: int = GUILD, month: str = "2026-11") -> Ranking:
    parsed = Month.parse(month)
    return await store.database.read(rankings.read, guild, parsed)


async def test_the_best_come_first_and_only_those_who_are_listed(store: StoreHarness) -> None:
    """A movie by DM counts for its maker, but isn't shown."""
    await made(store, 1, ALICE, 10)
    await made(store, 2, ALICE, 20)
    await made(store, 3, BOB, 90)
    await store.posted(a_job(4, BOB, cost=1), Venue.DIRECT)
    await made(store, 5, CAROL, 300)
    await press(store, 2, BOB, CAROL)
    await store.database.write(preferences.change, CAROL, unlisted=True)
    found = await top(store)
    assert movies(found) == [(2, 2)], "no movie without a star"
    assert found.makers == (Ranked(ALICE, 2), Ranked(BOB, 2))
    assert found.patrons == (Ranked(BOB, 91), Ranked(ALICE, 30))
    for other in (await top(store, GUILD + 1), await top(store, month="2026-10")):
        assert (other.movies, other.makers, other.patrons) == ((), (), ())
    await store.database.write(personal.replace, GUILD, ALICE, -5)  # as an erasure does
    assert (await top(store)).patrons == (Ranked(BOB, 91),)


async def test_a_month_is_read_once_in_five_seconds(store: StoreHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, month, reads, read = ManualClock(NOW), Month.containing(NOW), list[int](), store.database.read_long
    service = RankingService(store.database, clock)

    async def counted(*args: Any) -> Any:
        reads.append(1)
        if len(reads) == 1:
            raise StorageError("locked")
        return await read(*args)

    monkeypatch.setattr(store.database, "read_long", counted)  # as if the disk failed once
    with pytest.raises(StorageError):
        await service.ranking(GUILD, month)
    for seconds, expected in ((0, 2), (4.999, 2), (0.001, 3)):
        await clock.advance(seconds)
        await service.ranking(GUILD, month)
        assert len(reads) == expected


async def test_only_movies_that_were_posted_and_are_still_there_are_listed(store: StoreHarness) -> None:
    by = AuditContext(BOB, GUILD)
    await store.database.write(budgets.set_limit, LimitScope.MEMBER, ALICE, 30, by=by)
    await store.database.write(gifts.grant, ALICE, 100, by=by)
    for number, at, fans in ((1, NOW, (BOB,)), (2, NOW - 1, (BOB, BOB)), (3, NOW, (BOB, CAROL)), (4, NOW, ())):
        await made(store, number, ALICE, 10, at)
        await press(store, number, *fans)
    await store.database.write(removals.remove, a_job(3).id, by)
    await store.database.write(lambda tx: tx.execute("UPDATE jobs SET prompt = '' WHERE id = :id", {"id": a_job(4).id}))
    await store.in_state(a_job(5, cost=10), JobState.COMPLETED)  # its message is on its way
    await store.rendering(a_job(6, BOB))
    await store.database.write(job_actions.request_cancel, a_job(6).id, BOB)
    await store.database.write(renders.end_cancelled, a_job(6).id, 40)
    await made(store, 7, CAROL, 1, NOW - 2)
    await press(store, 7, ALICE, BOB)
    found = await top(store)
    assert movies(found) == [(7, 2), (1, 1)]
    assert found.makers == (Ranked(ALICE, 4), Ranked(CAROL, 1))
    assert found.patrons == (Ranked(ALICE, 50), Ranked(CAROL, 1))


async def test_five_makers_and_five_patrons_are_listed(store: StoreHarness) -> None:
    for number in range(1, 8):
        await made(store, number, 100 + number, number)
    found = await top(store)
    assert [each.member_id for each in found.makers] == [101, 102, 103, 104, 105]
    assert [each.member_id for each in found.patrons] == [107, 106, 105, 104, 103]


async def test_a_movie_that_ends_as_a_month_begins_is_one_of_that_month(store: StoreHarness) -> None:
    november = Month.containing(NOW)
    for number, at in ((1, november.starts_at), (2, november.ends_at)):
        await made(store, number, ALICE, 10, at)
        await press(store, number, BOB)
    for month, number in (("2026-11", 1), ("2026-12", 2)):
        found = await top(store, month=month)
        assert (movies(found), found.makers) == ([(number, 1)], (Ranked(ALICE, 1),))


async def posted(store: StoreHarness, number: int, member: int, after: int | None, venue: Venue = Venue.CHANNEL) -> Job:
    job = a_job(number, member, cost=1)
    continued = None if after is None else a_job(after).id
    return await store.posted(replace(job, request=replace(job.request, continues=continued)), venue)


async def seen(store: StoreHarness, job: Job, reader: int) -> list[int]:
    """The numbers of the movies of a series: a reader's own, and those that were shown in a channel."""
    items = await store.database.read(series.of, job, reader)
    return [int(item.job.id) for item in items if item.is_own(reader) or not item.is_private]


async def test_a_series_is_read_in_the_order_of_the_story(store: StoreHarness) -> None:
    first = await posted(store, 1, ALICE, None)
    third = await posted(store, 2, BOB, 3)  # ordered before the other, which is earlier in the story
    second = await posted(store, 3, ALICE, 1)
    await posted(store, 4, BOB, 1, Venue.DIRECT)
    for job in (first, second, third):
        assert await seen(store, job, CAROL) == [1, 3, 2]
    assert await seen(store, first, BOB) == [1, 3, 4, 2]
    await store.database.write(at_time(NOW + DAY, removals.remove), second.id, AuditContext(ALICE, GUILD))
    assert await seen(store, first, CAROL) == await seen(store, first, ALICE) == [1, 2]


async def test_a_movie_knows_what_it_was_remixed_from_and_its_remixes(store: StoreHarness) -> None:
    origin = await posted(store, 1, ALICE, None)
    jobs = [
        replace(a_job(number, BOB, cost=1), request=replace(origin.request, remixes=a_job(of).id))
        for number, of in ((2, 1), (3, 2), (4, 2), (5, 2))
    ]
    remix, direct = await store.posted(jobs[0]), await store.posted(jobs[1], Venue.DIRECT)
    await store.in_state(jobs[2], JobState.FAILED)
    last = await store.posted(jobs[3])

    async def tree(job: Job, reader: int) -> list[int]:
        items = await store.database.read(series.remixes, job, reader)
        return [int(item.job.id) for item in items if item.is_own(reader) or not item.is_private]

    assert await tree(remix, BOB) == [1, 5, 3]
    assert await tree(remix, CAROL) == [1, 5]
    assert await tree(origin, CAROL) == await tree(direct, BOB) == await tree(last, CAROL) == [2]
    await store.database.write(removals.remove, remix.id, AuditContext(BOB, GUILD))
    assert await tree(origin, BOB) == await tree(last, BOB) == []


async def test_neither_a_movie_that_failed_nor_one_without_words_is_in_a_series(store: StoreHarness) -> None:
    first = await posted(store, 1, ALICE, None)
    failed = replace(a_job(2, cost=1), request=replace(a_job(2).request, continues=first.id))
    await store.in_state(failed, JobState.FAILED)
    await posted(store, 3, ALICE, 2)
    old = await posted(store, 4, ALICE, 1)
    assert await seen(store, first, ALICE) == [1, 4, 3]
    execute(store.place, f"UPDATE jobs SET prompt = '' WHERE id = '{old.id}'")
    assert await seen(store, first, ALICE) == [1, 3]
