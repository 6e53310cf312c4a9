"""Finished movies that others paid for: who deletes them, and who keeps them."""

from __future__ import annotations

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import Job, RemovedBy
from bot.domain.movie_list import MovieQuery
from bot.domain.quota import AuditContext
from data import erasure, job_queries, jobs, removals, renders
from data import submissions as submitting
from tests.helpers.ledger_checks import query
from tests.helpers.member_data import deliver, erase
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import ALICE, BOB, GUILD, NOW

URL = "https://movies.test/a.mp4"


async def made(pitching: Pitching, *shares: tuple[int, int]) -> Job:
    """Return the finished movie of a pitch of Alice's."""
    job = (await pitching.funded(await pitching.made(300), *shares)).job
    await pitching.database.write(submitting.claim, NOW, 10, 100, 100)
    await pitching.database.write(submitting.mark_rendering, job.id, "r-1", NOW, NOW)
    finished = await pitching.database.write(renders.complete, job.id, URL, NOW)
    assert finished is not None
    await deliver(pitching.database, job, NotificationType.COMPLETED)
    return await pitching.database.read(jobs.get, job.id)


async def test_payers_keep_a_movie_and_new_links_when_its_pitcher_is_erased(pitching: Pitching) -> None:
    """It goes with the last one who paid."""
    job = await made(pitching, (BOB, 300))
    assert await erase(pitching.database, ALICE)
    write, read = pitching.database.write, pitching.database.read
    [item] = (await read(job_queries.member_page, MovieQuery(BOB), None, 10)).items
    kept = item.job
    assert (kept.request.prompt, kept.member_name, kept.movie_url, kept.request_id) == ("", "", URL, "r-1")
    assert await write(erasure.clear_ended, NOW) == 0
    assert await write(jobs.set_movie_url, kept, f"{URL}?new") is not None
    assert await erase(pitching.database, BOB)
    assert await write(erasure.clear_ended, NOW) == 1
    gone = await read(jobs.get, job.id)
    assert (gone.movie_url, gone.request_id) == (None, None)
    await pitching.books()


@pytest.mark.parametrize("shares", [((ALICE, 300),), ((BOB, 1), (ALICE, 299))])
async def test_the_pitchers_own_movie_goes_with_them_and_others_keep_theirs_for_the_retention(
    pitching: Pitching, shares: tuple[tuple[int, int], ...]
) -> None:
    job = await made(pitching, *shares)
    assert await erase(pitching.database, ALICE)
    shared = len(shares) > 1
    assert ((await pitching.database.read(jobs.get, job.id)).movie_url is not None) == shared
    assert await pitching.database.write(erasure.clear_ended, NOW, NOW + 1) == shared
    assert (await pitching.database.read(jobs.get, job.id)).movie_url is None


@pytest.mark.parametrize(
    ("shares", "removed_by", "logged"),
    [(((ALICE, 300),), RemovedBy.MEMBER, 0), (((BOB, 300),), RemovedBy.MANAGER, 1)],
)
async def test_staff_who_delete_what_others_paid_for_are_logged_though_they_pitched_it(
    pitching: Pitching, shares: tuple[tuple[int, int], ...], removed_by: RemovedBy, logged: int
) -> None:
    job = await made(pitching, *shares)
    removed = await pitching.database.write(removals.remove, job.id, AuditContext(ALICE, GUILD), NOW)
    assert removed is not None
    assert removed.removed_by is removed_by
    entries = query(pitching.place, "SELECT actor_id FROM audit_log WHERE action = 'movie_removed'")
    assert entries == [{"actor_id": ALICE}] * logged
