"""Which buttons a movie has for its member, its payers and managers."""

from __future__ import annotations

import pytest

from bot.domain.job import Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.ui import job_buttons
from bot.ui.components import Button, Link
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import job

DONE = job(JobState.COMPLETED)
REMOVED = job(JobState.COMPLETED, removed_at=1)
NO_PROMPT = job(JobState.COMPLETED, "")
FAILED = job(JobState.FAILED)
DIRECT = DeliveryTarget.DIRECT_MESSAGE.value
CHANNEL = DeliveryTarget.CHANNEL.value


def actions(buttons: tuple[Button | Link, ...]) -> list[str]:
    """Return the buttons' actions; a link is "studio"."""
    return ["studio" if isinstance(each, Link) else str(each.action[0]) for each in buttons]


@pytest.mark.parametrize(
    ("shown", "mine", "expected"),
    [
        (job(JobState.QUEUED), True, ["cancel", "target"]),
        (job(JobState.SUBMITTING), True, ["target"]),
        (job(JobState.UNKNOWN), True, ["target"]),
        (job(JobState.RENDERING), True, ["cancel", "target"]),
        (job(JobState.RENDERING, cancel_requested_at=1), True, ["target"]),
        (job(JobState.QUEUED, ""), True, []),
        (DONE, True, ["studio", "remix", "continue", "retry", "refresh", "delete"]),
        (REMOVED, True, ["remix", "retry"]),
        (NO_PROMPT, True, ["delete"]),
        (FAILED, True, ["retry"]),
        (job(JobState.QUEUED), False, []),
        (DONE, False, ["studio", "delete"]),
        (REMOVED, False, []),
        (FAILED, False, []),
    ],
)
def test_the_details_of_a_movie_have_the_buttons_that_do_something(shown: Job, mine: bool, expected: list[str]) -> None:
    """A manager only deletes."""
    assert actions(job_buttons.detail_buttons(ENGLISH, shown, mine=mine, cancellable=True)) == expected


def test_a_movie_that_is_made_is_cancelled_only_where_the_api_can() -> None:
    assert actions(job_buttons.detail_buttons(ENGLISH, job(JobState.RENDERING), mine=True)) == ["target"]


@pytest.mark.parametrize(
    ("shown", "expected"), [(DONE, ["remix", "studio"]), (NO_PROMPT, ["studio"]), (REMOVED, ["remix"]), (FAILED, [])]
)
def test_those_who_paid_can_make_a_movie_of_their_own_from_it(shown: Job, expected: list[str]) -> None:
    assert actions(job_buttons.payer_buttons(ENGLISH, shown)) == expected


@pytest.mark.parametrize(("now", "other"), [(DIRECT, CHANNEL), (CHANNEL, DIRECT)])
def test_the_button_for_the_target_names_and_sets_the_other_one(now: str, other: str) -> None:
    button = job_buttons.toggle_target(ENGLISH, job(delivery_target=DeliveryTarget(now)))
    assert button.action == ("target", "0abc123defghj", other)
    assert button.label == ENGLISH("buttons-direct-button" if other == DIRECT else "buttons-post-here-button")


def test_only_an_ended_movie_without_a_film_is_tried_again() -> None:
    labels = [job_buttons.retry(ENGLISH, each).label for each in (DONE, FAILED)]
    assert labels == [ENGLISH("buttons-rerun-button"), ENGLISH("buttons-retry-button")]
