"""Which movies a list holds."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import AspectRatio
from bot.domain.job import Job, JobState
from bot.domain.listing import Listing, Which
from bot.domain.request import MovieRequest

ALICE, BOB, HERE, ELSEWHERE = 1, 2, 10, 11


def job(member: int, guild: int, state: JobState = JobState.QUEUED) -> Job:
    """A movie of a member in a server."""
    request = MovieRequest("a red balloon", 10, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
    return Job("0000000000001", 1, guild, 20, member, request, 100, state, 0)


@pytest.mark.parametrize(
    ("listing", "member", "guild", "held"),
    [
        (Listing(ALICE), ALICE, HERE, True),
        (Listing(ALICE), ALICE, ELSEWHERE, True),
        (Listing(ALICE), BOB, HERE, False),
        (Listing(ALICE, HERE), ALICE, HERE, True),
        (Listing(ALICE, HERE), ALICE, ELSEWHERE, False),
        (Listing(ALICE, HERE), BOB, HERE, False),
    ],
)
def test_a_list_holds_its_members_movies_of_its_server(
    listing: Listing, member: int, guild: int, *, held: bool
) -> None:
    """Of all servers where none is named; a forged press shows nobody else's."""
    assert listing.holds(job(member, guild)) is held


@pytest.mark.parametrize("which", Which)
@pytest.mark.parametrize("state", JobState)
def test_a_movie_stays_in_its_list_when_it_moves_on(which: Which, state: JobState) -> None:
    """A reader who looks at it is not sent away from it."""
    assert Listing(ALICE, HERE, which).holds(job(ALICE, HERE, state))


def test_every_state_is_under_one_filter() -> None:
    """Running, done or not made; and all of them under all."""
    parts = [state for which in Which if which is not Which.ALL for state in which.states]
    assert sorted(parts) == sorted(JobState)
    assert sorted(Which.ALL.states) == sorted(JobState)
