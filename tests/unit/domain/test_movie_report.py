"""What staff can do about a reported movie."""

from __future__ import annotations

from typing import Any

from bot.domain.delivery import PostedMessage
from bot.domain.job import JobState
from bot.domain.movie_report import ReportedMovie, ReportState
from tests.helpers import factories

POSTED = PostedMessage(5, 77)


def reported(state: ReportState = ReportState.OPEN, member_id: int = factories.ALICE, **more: Any) -> ReportedMovie:
    return ReportedMovie(factories.job(JobState.COMPLETED, member_id=member_id), state, 1, **more)


def test_a_member_who_is_known_is_blocked_once_unless_staff_keep_the_movie() -> None:
    movies = {
        "open": reported(),
        "removed": reported(ReportState.REMOVED),
        "dismissed": reported(ReportState.DISMISSED),
        "blocked": reported(blocked_by=9),
        "erased": reported(member_id=-7),
        "forgotten": reported(member_id=0),
    }
    assert [name for name, movie in movies.items() if movie.can_be_blocked] == ["open", "removed"]


def test_only_an_open_reports_message_moves_and_only_to_another_channel() -> None:
    assert [channel for channel in (6, 5, 0) if reported(message=POSTED).moves_to(channel)] == [6]
    for other in (
        reported(),
        *(reported(state, message=POSTED) for state in ReportState if state is not ReportState.OPEN),
    ):
        assert not other.moves_to(6)


def test_without_words_is_neither_the_prompt_nor_a_reason() -> None:
    movie = reported(reasons=("rude",), message=POSTED)
    plain = movie.without_words()
    assert (plain.job.request.prompt, plain.reasons, plain.message) == ("", (), POSTED)
