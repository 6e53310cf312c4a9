"""What staff can do about a reported movie."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.delivery import PostedMessage
from bot.domain.job import JobState
from bot.domain.movie_report import ReportedMovie, ReportState
from tests.helpers import factories

POSTED = PostedMessage(5, 77)


def reported(state: ReportState = ReportState.OPEN, member_id: int = factories.ALICE, **more: Any) -> ReportedMovie:
    """Return a reported movie."""
    return ReportedMovie(factories.job(JobState.COMPLETED, member_id=member_id), state, 1, **more)


@pytest.mark.parametrize(
    ("movie", "possible"),
    [
        (reported(), True),
        (reported(ReportState.REMOVED), True),
        (reported(ReportState.DISMISSED), False),
        (reported(blocked_by=9), False),
        (reported(member_id=-7), False),
        (reported(member_id=0), False),
    ],
    ids=["open", "removed", "dismissed", "blocked", "erased", "forgotten"],
)
def test_a_member_who_is_known_is_blocked_once_unless_staff_keep_the_movie(
    movie: ReportedMovie, *, possible: bool
) -> None:
    assert movie.can_be_blocked is possible


@pytest.mark.parametrize(
    ("movie", "channel_id", "moves"),
    [
        (reported(message=POSTED), 6, True),
        (reported(message=POSTED), 5, False),
        (reported(message=POSTED), 0, False),
        (reported(), 6, False),
        (reported(ReportState.REMOVED, message=POSTED), 6, False),
        (reported(ReportState.DISMISSED, message=POSTED), 6, False),
    ],
    ids=["other", "same", "none", "unposted", "removed", "dismissed"],
)
def test_only_an_open_reports_message_moves_and_only_to_another_channel(
    movie: ReportedMovie, channel_id: int, *, moves: bool
) -> None:
    assert movie.moves_to(channel_id) is moves


def test_without_words_is_neither_the_prompt_nor_a_reason() -> None:
    movie = reported(reasons=("rude",), message=POSTED)
    plain = movie.without_words()
    assert (plain.job.request.prompt, plain.reasons, plain.message) == ("", (), POSTED)
