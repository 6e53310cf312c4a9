"""The states of a job, its transitions and its id."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cancellation import CancelPreview
from bot.domain.job import TRANSITIONS, Approval, EndReason, JobState, encode_id, generate_id, states_leading_to
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
"""Every allowed transition."""

IDS = st.integers(1_600_000_000_000, 6_000_000_000_000)
"""Moments from 2020 to 2160, in UTC epoch milliseconds."""

YEARS = {
    2026: 1_795_000_000_000,
    2037: 2_130_303_778_816,
    2039: 2_199_023_255_552,
    2040: 2_208_988_800_000,
    2100: 4_102_444_800_000,
    2175: 6_469_286_400_000,
}
"""Moments by their year. In 2039, it is the one at which 41 bits of milliseconds are full."""


@pytest.mark.parametrize(("source", "target"), list(itertools.product(JobState, JobState)))
def test_a_job_makes_the_moves_of_the_table_and_no_other(source: JobState, target: JobState) -> None:
    """An unknown job is never queued, and an end is final."""
    legal = f"{source} -> {target}" in LEGAL
    assert (target in TRANSITIONS[source]) == legal
    assert (source in states_leading_to(target)) == legal


@pytest.mark.parametrize("state", JobState)
def test_a_job_has_ended_when_it_is_completed_failed_or_cancelled(state: JobState) -> None:
    assert state.is_terminal == (state in {JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED})


@pytest.mark.parametrize("state", [state for state in JobState if state is not JobState.RESERVED])
def test_every_state_can_be_reached_and_left_to_an_end(state: JobState) -> None:
    assert states_leading_to(state)
    reached = {state}
    for _ in JobState:
        reached |= {target for each in reached for target in TRANSITIONS[each]}
    assert any(each.is_terminal for each in reached)


@pytest.mark.parametrize(
    ("state", "charged", "spent", "refunded"),
    [
        (JobState.QUEUED, None, 0, 0),
        (JobState.RENDERING, 50, 0, 0),
        (JobState.COMPLETED, 950, 900, 0),
        (JobState.CANCELLED, None, 0, 900),
        (JobState.CANCELLED, 50, 50, 850),
        (JobState.CANCELLED, 950, 900, 0),
        (JobState.FAILED, 50, 0, 900),
    ],
)
def test_an_ended_job_has_its_price_spent_or_refunded(
    state: JobState, charged: int | None, spent: int, refunded: int
) -> None:
    """Of a movie that was cancelled while it rendered, the charge is."""
    job = factories.job(state, charged=charged)
    assert (job.spent, job.refunded) == (spent, refunded)


@pytest.mark.parametrize(("charged", "spent", "refunded"), [(None, 0, 900), (50, 50, 850), (950, 900, 0)])
def test_a_cancellation_costs_what_the_api_has_charged_and_at_most_the_price(
    charged: int | None, spent: int, refunded: int
) -> None:
    preview = CancelPreview(factories.job(), charged)
    assert (preview.spent, preview.refunded) == (spent, refunded)


@pytest.mark.parametrize(
    ("state", "approval", "awaits"),
    [
        (JobState.RESERVED, Approval.REQUIRED, True),
        (JobState.RESERVED, Approval.WAIVED, False),
        (JobState.RESERVED, None, False),
        (JobState.AWAITING_APPROVAL, Approval.REQUIRED, True),
        (JobState.QUEUED, Approval.REQUIRED, False),
    ],
)
def test_a_job_awaits_approval_before_it_is_queued(state: JobState, approval: Approval | None, awaits: bool) -> None:
    assert factories.job(state, approval=approval).awaits_approval is awaits


def test_a_callback_is_known_by_its_time_or_as_older_versions_stored_it() -> None:
    found = [{"called_back_at": 1}, {"unverified_request_id": "65fd"}, {}]
    assert [factories.job(JobState.UNKNOWN, **fields).has_callback for fields in found] == [True, True, False]


def test_a_movie_is_cancelled_on_the_way_by_its_member_once_the_api_has_taken_it() -> None:
    member, staff = EndReason.CANCELLED_BY_MEMBER, EndReason.CANCELLED_BY_STAFF
    ended = [(member, "65fd"), (member, None), (staff, "65fd"), (None, "65fd")]
    jobs = [factories.job(JobState.CANCELLED, end_reason=reason, request_id=taken) for reason, taken in ended]
    assert [job.was_cancelled_on_the_way for job in jobs] == [True, False, False, False]


@given(IDS)
def test_an_id_has_13_characters_that_a_person_can_read_out(now: int) -> None:
    """It has no i, l, o or u, and no Markdown characters."""
    name = generate_id(now)
    assert len(name) == 13
    assert set(name) <= set("0123456789abcdefghjkmnpqrstvwxyz")


@given(IDS, st.integers(1, 10**9))
def test_ids_sort_by_the_moment_they_were_made(now: int, later: int) -> None:
    """The queue then keeps the order of the commands."""
    assert generate_id(now) < generate_id(now + later)


@pytest.mark.parametrize("now", YEARS.values(), ids=map(str, YEARS))
def test_ids_sort_by_time_across_every_boundary(now: int) -> None:
    """Ids also sort where the bits of the time overflow."""
    moments = [*(each - 1 for each in YEARS.values()), *YEARS.values()]
    earlier = [generate_id(each) for each in moments if each < now]
    assert all(each < generate_id(now) for each in earlier)
    assert generate_id(now - 1) < generate_id(now) < generate_id(now + 1)


def test_an_id_of_today_is_made_as_it_always_was() -> None:
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    number = sum(
        alphabet.index(sign) << 5 * place for place, sign in enumerate(reversed(generate_id(1_795_000_000_000)))
    )
    assert number >> 24 == 1_795_000_000_000


@pytest.mark.parametrize("now", YEARS.values(), ids=map(str, YEARS))
def test_ids_of_the_same_millisecond_differ(now: int) -> None:
    assert len({generate_id(now) for _ in range(10_000)}) == 10_000


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_every_number_of_discords_is_an_id_of_its_own(number: int, other: int) -> None:
    """Discord's ids have 64 bits."""
    assert len(encode_id(number)) == 13
    assert (encode_id(number) == encode_id(other)) == (number == other)
