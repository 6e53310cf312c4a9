"""What of the API's figures is believed."""

from __future__ import annotations

from bot.domain.upstream import (
    MovieState,
    RecentRequest,
    Stage,
    StageState,
    Status,
    believable_charge,
    created_between,
)


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
