"""Which movies a list holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from bot.domain.catalogue import AspectRatio
from bot.domain.job import Job, JobState
from bot.domain.movie_list import MovieFilter, MovieItem, MovieQuery
from bot.domain.request import MovieRequest

ALICE, BOB, CAROL, HERE, ELSEWHERE = 1, 2, 3, 10, 11


def job(member: int, guild: int, state: JobState = JobState.QUEUED) -> Job:
    request = MovieRequest("a red balloon", 10, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
    return Job("0000000000001", 1, guild, 20, member, request, 100, state, 0)


def test_a_list_holds_its_members_movies_of_its_server() -> None:
    for listing, held in (
        (MovieQuery(ALICE), [(ALICE, HERE), (ALICE, ELSEWHERE)]),
        (MovieQuery(ALICE, HERE), [(ALICE, HERE)]),
    ):
        pairs = product((ALICE, BOB), (HERE, ELSEWHERE))
        assert [each for each in pairs if listing.matches(MovieItem(job(*each)))] == held


def test_a_movie_stays_in_its_list_when_it_moves_on() -> None:
    for which, state in product(MovieFilter, JobState):
        assert MovieQuery(ALICE, HERE, which).matches(MovieItem(job(ALICE, HERE, state)))


def test_a_list_holds_what_its_member_pays_for_with_others() -> None:
    item = MovieItem(job(BOB, HERE), payer_id=ALICE, share=10)
    assert MovieQuery(ALICE).matches(item)
    assert not MovieQuery(ALICE, ELSEWHERE).matches(item)
    assert not MovieQuery(CAROL).matches(item)
    assert not MovieQuery(ALICE).matches(MovieItem(job(BOB, HERE), payer_id=ALICE)), "all of it came back"
    pitched = replace(job(BOB, HERE), pitch_id="0pitch")
    assert [MovieItem(each).is_shared for each in (pitched, job(BOB, HERE))] == [True, False]


def test_every_state_is_under_one_filter() -> None:
    parts = [state for which in MovieFilter if which is not MovieFilter.ALL for state in which.states]
    assert sorted(parts) == sorted(MovieFilter.ALL.states) == sorted(JobState)
