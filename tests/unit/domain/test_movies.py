"""The states, transitions and ids of jobs, and lists, movie nights, reports, messages and charges of movies."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import NotificationType, PostedMessage, Venue, possibly_sent_since, retry_delay
from bot.domain.jobs import (
    TRANSITIONS,
    Approval,
    EndReason,
    JobState,
    encode_id,
    first_id,
    generate_id,
    states_leading_to,
)
from bot.domain.message import Delivery, count_edit_interval_ms
from bot.domain.movie_list import MovieFilter, MovieItem, MovieQuery
from bot.domain.movie_nights import MovieNight, MovieNightState, StarredMovie, number_from, week_of
from bot.domain.movie_reports import ReportedMovie, ReportState
from bot.domain.quota import Block
from bot.domain.server_setup import AgeRule
from bot.domain.staff_subjects import StaffSubject
from bot.domain.text import Language
from bot.domain.upstream import MovieState, Stage, StageState, Status, believable_charge
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
    approvals = [factories.job(JobState.RESERVED, approval=each) for each in (Approval.REQUIRED, Approval.WAIVED, None)]
    assert [job.awaits_approval for job in approvals] == [True, False, False]
    states = [state for state in JobState if factories.job(state, approval=Approval.REQUIRED).awaits_approval]
    assert states == [JobState.RESERVED, JobState.AWAITING_APPROVAL]


def test_a_movie_is_cancelled_on_the_way_by_its_member_once_the_api_has_taken_it() -> None:
    member, staff = EndReason.CANCELLED_BY_MEMBER, EndReason.CANCELLED_BY_STAFF
    ended = [(member, "65fd"), (member, None), (staff, "65fd"), (None, "65fd")]
    ended += [(EndReason.STOPPED, "65fd"), (EndReason.UNDECIDED, "65fd")]
    jobs = [factories.job(JobState.CANCELLED, end_reason=reason, request_id=taken) for reason, taken in ended]
    assert [job.was_cancelled_on_the_way for job in jobs] == [True, False, False, False, True, True]


@given(MOMENTS, st.integers(1, 10**9))
def test_an_id_has_13_characters_that_a_person_can_read_out_and_sorts_by_its_moment(now: int, later: int) -> None:
    """It has no i, l, o or u, and no Markdown characters. The queue keeps the order of the commands."""
    name = generate_id(now)
    assert len(name) == 13
    assert set(name) <= set(ALPHABET)
    assert first_id(now) <= name < first_id(now + 1) <= first_id(now + later) <= generate_id(now + later)


def test_ids_sort_across_every_boundary_and_those_of_the_same_millisecond_differ() -> None:
    moments = [moment + offset for moment in BOUNDARIES for offset in (-1, 0, 1)]
    ids = [generate_id(moment) for moment in moments]
    assert ids == sorted(ids)
    for moment in (BOUNDARIES[0], BOUNDARIES[-1]):
        assert len({generate_id(moment) for _ in range(10_000)}) == 10_000
    digits = [ALPHABET.index(sign) for sign in generate_id(BOUNDARIES[0])]
    assert sum(digit << 5 * place for place, digit in enumerate(digits[::-1])) >> 24 == BOUNDARIES[0]


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_every_number_of_discords_is_an_id_of_its_own(number: int, other: int) -> None:
    assert len(encode_id(number)) == 13
    assert (encode_id(number) == encode_id(other)) == (number == other)


ALICE, BOB, CAROL, HERE, ELSEWHERE = 1, 2, 3, 10, 11


def item(member: int, guild: int, state: JobState = JobState.QUEUED, **more: Any) -> MovieItem:
    return MovieItem(factories.job(state, member_id=member, guild_id=guild), **more)


def test_a_list_holds_its_members_movies_of_its_server_and_what_they_pay_for_with_others() -> None:
    pairs = [*itertools.product((ALICE, BOB), (HERE, ELSEWHERE))]
    assert [each for each in pairs if MovieQuery(ALICE).matches(item(*each))] == [(ALICE, HERE), (ALICE, ELSEWHERE)]
    assert [each for each in pairs if MovieQuery(ALICE, HERE).matches(item(*each))] == [(ALICE, HERE)]
    for which, state in itertools.product(MovieFilter, JobState):
        assert MovieQuery(ALICE, HERE, which).matches(item(ALICE, HERE, state)), "it stays when it moves on"
    shared, returned = item(BOB, HERE, payer_id=ALICE, share=10), item(BOB, HERE, payer_id=ALICE)
    lists = (MovieQuery(ALICE), MovieQuery(ALICE, ELSEWHERE), MovieQuery(CAROL))
    assert [each.matches(shared) for each in lists] == [True, False, False]
    assert not MovieQuery(ALICE).matches(returned), "all of it came back"


def test_every_state_is_under_one_filter() -> None:
    parts = [state for which in MovieFilter if which is not MovieFilter.ALL for state in which.states]
    assert sorted(parts) == sorted(MovieFilter.ALL.states) == sorted(JobState)


def movie(place: int, **more: Any) -> StarredMovie:
    fields = {"movie_url": "https://movies.test/1.mp4", **more}
    return StarredMovie(place, factories.job(JobState.COMPLETED, **fields), 1)


NIGHT = MovieNight("0night", 10, 0, MovieNightState.POSTED, Language.ENGLISH, (movie(1), movie(3), movie(4)))


def test_a_movie_is_playable_until_it_is_removed_or_forgotten_and_the_next_has_its_number() -> None:
    fields: list[dict[str, Any]] = [{}, {"removed_at": 5}, {"prompt": ""}, {"movie_url": None}]
    assert [movie(1, **more).is_playable for more in fields] == [True, False, False, False]
    assert [number_from(NIGHT.movies, place) for place in (1, 2, 3, 4, 5)] == [1, 2, 2, 3, None]


def test_a_message_is_known_once_it_was_sent_and_without_words_no_movie_has_its_prompt() -> None:
    sent = replace(NIGHT, channel_id=20, message_id=77, venue=Venue.FORUM)
    assert sent.message == PostedMessage(20, 77, Venue.FORUM)
    assert (replace(sent, message_id=None).message, NIGHT.message) == (None, None)
    plain = NIGHT.without_words()
    assert [(each.place, each.job.request.prompt) for each in plain.movies] == [(1, ""), (3, ""), (4, "")]


def test_a_week_at_the_turn_of_the_year_is_that_of_its_thursday() -> None:
    days = [datetime(2027, 1, day, 18, tzinfo=UTC) for day in (1, 3, 4)]
    assert [week_of(int(day.timestamp() * 1000)) for day in days] == ["2026-W53", "2026-W53", "2027-W01"]


POSTED = PostedMessage(5, 77)


def reported(state: ReportState = ReportState.OPEN, member_id: int = factories.ALICE, **more: Any) -> ReportedMovie:
    return ReportedMovie(factories.job(JobState.COMPLETED, member_id=member_id), state, 1, **more)


ENDLESS, TIMEOUT = Block(None, ""), Block(9, "", is_timeout=True)
BLOCK_REFUSALS: Mapping[tuple[int, Block | None, ReportedMovie | None], str | None] = {
    (factories.ALICE, None, None): None,
    (factories.ALICE, TIMEOUT, None): None,
    (factories.ALICE, ENDLESS, None): "staff-blocked",
    (9, None, None): "staff-own",
    (9, None, reported()): "staff-own",
    (factories.ALICE, ENDLESS, reported()): None,
    (factories.ALICE, None, reported(ReportState.REMOVED)): None,
    (factories.ALICE, None, reported(ReportState.DISMISSED)): "reported-dismissed",
    (factories.ALICE, ENDLESS, reported(blocked_by=9)): "reported-blocked",
    (factories.ALICE, None, reported(blocked_by=9)): None,
}
"""By the member, the block that they have, and the report: why staff member 9 can't block them."""


def test_a_member_who_is_known_is_blocked_once_unless_staff_keep_the_movie() -> None:
    for (member_id, block, report), code in BLOCK_REFUSALS.items():
        refused = StaffSubject("0000000000000", member_id, block, report).block_refusal(9)
        assert (refused and refused.code) == code, (member_id, block, report)


def test_only_an_open_reports_message_moves_and_only_to_another_channel() -> None:
    assert [channel for channel in (6, 5, 0) if reported(message=POSTED).moves_to(channel)] == [6]
    assert [state for state in ReportState if reported(state, message=POSTED).moves_to(6)] == [ReportState.OPEN]
    assert not reported().moves_to(6)
    plain = reported(reasons=("rude",), message=POSTED).without_words()
    assert (plain.job.request.prompt, plain.reasons, plain.message) == ("", (), POSTED)


def test_every_try_of_a_message_has_the_same_nonce_and_no_other_message_has_it() -> None:
    times = (1_800_000_000_000, 2_200_000_000_000, 4_102_444_800_000)
    jobs = [factories.job(id=generate_id(now)) for now in times]
    first, again = (
        [Delivery(job, notice, attempts).nonce for job, notice in itertools.product(jobs, NotificationType)]
        for attempts in (0, 7)
    )
    assert first == again
    assert len(set(first)) == len(first)
    assert all(0 < len(nonce) <= 25 for nonce in first)


def test_only_one_age_rule_hides_a_movie() -> None:
    plain = Delivery(factories.job(), NotificationType.COMPLETED)
    assert [age for age in (None, *AgeRule) if replace(plain, age=age).spoiler] == [AgeRule.SPOILER]


def test_a_failed_try_is_followed_by_a_pause_that_triples_up_to_an_hour() -> None:
    assert [retry_delay(attempts) for attempts in (0, 1, 2, 5, 6, 7, 10**6)] == [5, 15, 45, 1215, 3600, 3600, 3600]
    assert [retry_delay(attempts, definitely_failed=False) for attempts in (0, 2, 3, 99)] == [5, 45, 60, 60]


def test_a_notification_of_over_a_minute_ago_or_of_the_future_may_have_been_posted() -> None:
    found = [possibly_sent_since(1_000_000, now) for now in (999_000, 1_060_000, 1_060_001)]
    assert found == [1_000_000, None, 1_000_000]


def test_a_charge_of_more_than_ten_times_the_price_is_an_error() -> None:
    assert [believable_charge(charged, 100) for charged in (None, 0, 101, 1000, 1001)] == [None, 0, 101, 1000, None]


def test_a_movie_is_certainly_unfinished_until_its_last_stage_begins() -> None:
    for last, unfinished in ((StageState.INIT, True), (StageState.PENDING, False), (StageState.COMPLETED, True)):
        stages = (Stage("ai_video_generation", StageState.PENDING), Stage("video_generation", last))
        assert Status(MovieState.PENDING, stages, says_unfinished=True).is_certainly_unfinished is unfinished
        assert not Status(MovieState.PENDING, stages).is_certainly_unfinished


def test_counts_are_shown_every_ten_seconds_in_the_first_hour_and_every_ten_minutes_later() -> None:
    hour = 3_600_000
    seconds = {-1: 10, 0: 10, hour - 1: 10, hour: 600, 1000 * hour: 600}
    assert {age: count_edit_interval_ms(age) // 1000 for age in seconds} == seconds
