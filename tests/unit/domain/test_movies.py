"""Lists, movie nights, reports, deliveries and charges of movies."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.delivery import Delivery, NotificationType, PostedMessage, Venue, possibly_sent_since, retry_delay
from bot.domain.jobs import JobState, generate_id
from bot.domain.movie_list import MovieFilter, MovieItem, MovieQuery
from bot.domain.movie_nights import MovieNight, MovieNightState, NightMovie, week_of
from bot.domain.movie_reports import ReportedMovie, ReportState
from bot.domain.server_setup import AgeRule
from bot.domain.text import Language
from bot.domain.upstream import MovieState, RecentRequest, Stage, StageState, Status, believable_charge, created_between
from tests.helpers import factories

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


def movie(place: int, **more: Any) -> NightMovie:
    fields = {"movie_url": "https://movies.test/1.mp4", **more}
    return NightMovie(place, factories.job(JobState.COMPLETED, **fields), 1)


NIGHT = MovieNight("0night", 10, 0, MovieNightState.POSTED, Language.ENGLISH, (movie(1), movie(3), movie(4)))


def test_a_movie_is_playable_until_it_is_removed_or_forgotten() -> None:
    fields: list[dict[str, Any]] = [{}, {"removed_at": 5}, {"prompt": ""}, {"movie_url": None}]
    assert [movie(1, **more).is_playable for more in fields] == [True, False, False, False]


def test_the_number_of_a_movie_that_is_gone_is_the_next_ones() -> None:
    assert [NIGHT.number_from(place) for place in (1, 2, 3, 4, 5)] == [1, 2, 2, 3, None]


def test_a_message_is_known_once_it_was_sent() -> None:
    sent = replace(NIGHT, channel_id=20, message_id=77, venue=Venue.FORUM)
    assert sent.message == PostedMessage(20, 77, Venue.FORUM)
    assert replace(sent, message_id=None).message is None
    assert NIGHT.message is None


def test_without_words_no_movie_has_its_prompt() -> None:
    plain = NIGHT.without_words()
    assert [(each.place, each.job.request.prompt) for each in plain.movies] == [(1, ""), (3, ""), (4, "")]


def test_a_week_at_the_turn_of_the_year_is_that_of_its_thursday() -> None:
    """Otherwise two movie nights would have the same week."""
    days = [datetime(2027, 1, day, 18, tzinfo=UTC) for day in (1, 3, 4)]
    assert [week_of(int(day.timestamp() * 1000)) for day in days] == ["2026-W53", "2026-W53", "2027-W01"]


POSTED = PostedMessage(5, 77)


def reported(state: ReportState = ReportState.OPEN, member_id: int = factories.ALICE, **more: Any) -> ReportedMovie:
    return ReportedMovie(factories.job(JobState.COMPLETED, member_id=member_id), state, 1, **more)


def test_a_member_who_is_known_is_blocked_once_unless_staff_keep_the_movie() -> None:
    assert [state for state in ReportState if reported(state).can_be_blocked] == [ReportState.OPEN, ReportState.REMOVED]
    for other in (reported(blocked_by=9), reported(member_id=-7), reported(member_id=0)):
        assert not other.can_be_blocked


def test_only_an_open_reports_message_moves_and_only_to_another_channel() -> None:
    assert [channel for channel in (6, 5, 0) if reported(message=POSTED).moves_to(channel)] == [6]
    assert [state for state in ReportState if reported(state, message=POSTED).moves_to(6)] == [ReportState.OPEN]
    assert not reported().moves_to(6)


def test_without_words_is_neither_the_prompt_nor_a_reason() -> None:
    movie = reported(reasons=("rude",), message=POSTED)
    plain = movie.without_words()
    assert (plain.job.request.prompt, plain.reasons, plain.message) == ("", (), POSTED)


def test_every_try_of_a_message_has_the_same_nonce_and_no_other_message_has_it() -> None:
    jobs = [generate_id(now) for now in (1_800_000_000_000, 2_200_000_000_000, 4_102_444_800_000)]
    first, again = (
        [Delivery(job, notice, attempts).nonce for job, notice in itertools.product(jobs, NotificationType)]
        for attempts in (0, 7)
    )
    assert first == again
    assert len(set(first)) == len(first)
    assert all(0 < len(nonce) <= 25 for nonce in first)


def test_only_one_age_rule_hides_a_movie() -> None:
    plain = Delivery("0job", NotificationType.COMPLETED, 0)
    assert [age for age in (None, *AgeRule) if replace(plain, age=age).spoiler] == [AgeRule.SPOILER]


def test_a_failed_try_is_followed_by_a_pause_that_triples_up_to_an_hour() -> None:
    """One that may have succeeded is repeated while Discord knows its nonce."""
    assert [retry_delay(attempts) for attempts in (0, 1, 2, 5, 6, 7, 10**6)] == [5, 15, 45, 1215, 3600, 3600, 3600]
    assert [retry_delay(attempts, definitely_failed=False) for attempts in (0, 2, 3, 99)] == [5, 45, 60, 60]


def test_a_notification_of_over_a_minute_ago_or_of_the_future_may_have_been_posted() -> None:
    """The bot searches for the message first, before it sends one. The clock may have been set back."""
    found = [possibly_sent_since(1_000_000, now) for now in (999_000, 1_060_000, 1_060_001)]
    assert found == [1_000_000, None, 1_000_000]


def test_a_charge_of_more_than_ten_times_the_price_is_an_error() -> None:
    assert [believable_charge(charged, 100) for charged in (None, 0, 101, 1000, 1001)] == [None, 0, 101, 1000, None]


def test_requests_of_both_ends_of_a_time_are_among_those_of_it() -> None:
    requests = [RecentRequest(f"r{at}", "PENDING", at) for at in (9, 10, 20, 21)]
    assert [each.created_at for each in created_between(requests, 10, 20)] == [10, 20]


def test_a_movie_is_certainly_unfinished_until_its_last_stage_begins() -> None:
    for last, unfinished in ((StageState.INIT, True), (StageState.PENDING, False), (StageState.COMPLETED, True)):
        stages = (Stage("ai_video_generation", StageState.PENDING), Stage("video_generation", last))
        assert Status(MovieState.PENDING, stages, says_unfinished=True).is_certainly_unfinished is unfinished
        assert not Status(MovieState.PENDING, stages).is_certainly_unfinished
