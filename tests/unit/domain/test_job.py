"""The states of a job, its transitions and its id."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.jobs import (
    TRANSITIONS,
    Approval,
    EndReason,
    JobState,
    encode_id,
    generate_id,
    states_leading_to,
)
from tests.helpers import factories

LEGAL = {
    "queued -> submitting": "its turn has come",
    "reserved -> queued": "Discord accepted the response",
    "reserved -> awaiting_approval": "Discord accepted the response, and staff are to approve it",
    "awaiting_approval -> queued": "staff approved it, or could not be asked",
    "awaiting_approval -> cancelled": "staff declined it or did not decide, or its member withdrew it",
    "reserved -> cancelled": "Discord did not accept the response",
    "queued -> cancelled": "its member cancelled it",
    "queued -> failed": "it could not be submitted for too long",
    "submitting -> queued": "the request provably never left",
    "submitting -> rendering": "the API took it",
    "submitting -> failed": "the API refused it",
    "submitting -> unknown": "the request left, and its fate is not known",
    "unknown -> rendering": "a callback or an operator found it",
    "unknown -> failed": "an operator knows that it was not made",
    "rendering -> completed": "the movie is made",
    "rendering -> failed": "the API said so",
    "rendering -> cancelled": "the API said so, as its member asked",
}

MOMENTS = st.integers(1_600_000_000_000, 6_000_000_000_000)

BOUNDARIES = [1_795_000_000_000, 2_130_303_778_816, 2**41, 2_208_988_800_000, 4_102_444_800_000, 6_469_286_400_000]
"""Moments from 2026 to 2175. In 2039, 41 bits of milliseconds are full."""

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def test_a_job_makes_the_moves_of_the_table_and_no_other() -> None:
    pairs = [*itertools.product(JobState, JobState)]
    assert {f"{source} -> {target}" for source, target in pairs if target in TRANSITIONS[source]} == {*LEGAL}
    assert {f"{source} -> {target}" for source, target in pairs if source in states_leading_to(target)} == {*LEGAL}
    ended = [state for state in JobState if state.is_terminal]
    assert ended == [JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED]


def test_an_ended_job_has_its_price_spent_or_refunded() -> None:
    for state, charged, spent, refunded in (
        (JobState.QUEUED, None, 0, 0),
        (JobState.RENDERING, 50, 0, 0),
        (JobState.COMPLETED, 950, 900, 0),
        (JobState.CANCELLED, None, 0, 900),
        (JobState.CANCELLED, 50, 50, 850),
        (JobState.CANCELLED, 950, 900, 0),
        (JobState.FAILED, 50, 0, 900),
    ):
        job = factories.job(state, charged=charged)
        assert (job.spent, job.refunded) == (spent, refunded), (state, charged)


def test_a_job_awaits_approval_before_it_is_queued() -> None:
    for state, approval, awaits in (
        (JobState.RESERVED, Approval.REQUIRED, True),
        (JobState.RESERVED, Approval.WAIVED, False),
        (JobState.RESERVED, None, False),
        (JobState.AWAITING_APPROVAL, Approval.REQUIRED, True),
        (JobState.QUEUED, Approval.REQUIRED, False),
    ):
        assert factories.job(state, approval=approval).awaits_approval is awaits, (state, approval)


def test_a_movie_is_cancelled_on_the_way_by_its_member_once_the_api_has_taken_it() -> None:
    member, staff = EndReason.CANCELLED_BY_MEMBER, EndReason.CANCELLED_BY_STAFF
    ended = [(member, "65fd"), (member, None), (staff, "65fd"), (None, "65fd")]
    jobs = [factories.job(JobState.CANCELLED, end_reason=reason, request_id=taken) for reason, taken in ended]
    assert [job.was_cancelled_on_the_way for job in jobs] == [True, False, False, False]


@given(MOMENTS, st.integers(1, 10**9))
def test_an_id_has_13_characters_that_a_person_can_read_out_and_sorts_by_its_moment(now: int, later: int) -> None:
    """It has no i, l, o or u, and no Markdown characters. The queue keeps the order of the commands."""
    name = generate_id(now)
    assert len(name) == 13
    assert set(name) <= set(ALPHABET)
    assert name < generate_id(now + later)


def test_ids_sort_across_every_boundary_and_those_of_the_same_millisecond_differ() -> None:
    moments = [moment + offset for moment in BOUNDARIES for offset in (-1, 0, 1)]
    ids = [generate_id(moment) for moment in moments]
    assert ids == sorted(ids)
    for moment in (BOUNDARIES[0], BOUNDARIES[-1]):
        assert len({generate_id(moment) for _ in range(10_000)}) == 10_000


def test_an_id_of_today_is_made_as_it_always_was() -> None:
    number = 0
    for sign in generate_id(1_795_000_000_000):
        number = number << 5 | ALPHABET.index(sign)
    assert number >> 24 == 1_795_000_000_000


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_every_number_of_discords_is_an_id_of_its_own(number: int, other: int) -> None:
    assert len(encode_id(number)) == 13
    assert (encode_id(number) == encode_id(other)) == (number == other)
