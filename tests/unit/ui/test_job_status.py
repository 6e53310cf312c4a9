"""What a movie's card says is happening, and in which color."""

from __future__ import annotations

import pytest

from bot.domain.breaker import Outage
from bot.domain.durations import DurationEstimate
from bot.domain.estimates import Estimate
from bot.domain.job import Approval, JobState, Progress
from bot.locales.message_ids import MessageId
from bot.ui import job_status
from bot.ui.amounts import progress_bar
from bot.ui.formatting import BRAND, ERROR, NEUTRAL, SUCCESS
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import job

HALFWAY = Progress(2, 5, "music_generation")
USUAL = DurationEstimate(127.0, 62.0, 241.0, 20)


def said(*parts: MessageId) -> str:
    """Return these texts, one a line."""
    return "\n".join(ENGLISH(part) for part in parts)


@pytest.mark.parametrize(
    ("outages", "text"),
    [
        ({Outage.NO_ANSWER, Outage.UNREACHABLE}, "cards-outage-no-answer"),
        ({Outage.RATE_LIMITED}, "cards-outage-busy"),
        (
            {Outage.AUTHENTICATION_FAILED, Outage.PLAN_EXHAUSTED, Outage.KEY_LIMIT_REACHED, Outage.WRONG_API},
            "cards-outage-not-taken",
        ),
    ],
)
def test_only_an_outage_that_the_operator_can_end_is_told_as_one(outages: set[Outage], text: MessageId) -> None:
    """The others pass by themselves."""
    assert {each for each in Outage if job_status.outage_text(ENGLISH, each) == ENGLISH(text)} == outages


def test_the_color_of_a_card_tells_success_and_failure_apart() -> None:
    colours = {JobState.COMPLETED: SUCCESS, JobState.FAILED: ERROR} | dict.fromkeys(
        (JobState.CANCELLED, JobState.UNKNOWN), NEUTRAL
    )
    for state in JobState:
        assert job_status.job_summary(ENGLISH, job(state))[1] == colours.get(state, BRAND), state


def test_a_movie_that_is_being_cancelled_says_so_only_while_it_renders() -> None:
    """It shows the finished steps, which its member pays for."""
    asked = {"cancel_requested_at": 1, "progress": HALFWAY}
    title, colour, text = job_status.job_summary(ENGLISH, job(JobState.RENDERING, **asked))
    assert (title, colour) == (ENGLISH("cards-cancelling-title"), NEUTRAL)
    assert text.splitlines()[0] == progress_bar(ENGLISH, 2, 5)
    assert text.splitlines()[-1] == ENGLISH("cards-cancelling")
    ended: dict[JobState, MessageId] = {
        JobState.COMPLETED: "cards-ready-title",
        JobState.CANCELLED: "cards-cancelled-title",
    }
    for state, shown in ended.items():
        assert job_status.job_summary(ENGLISH, job(state, **asked))[0] == ENGLISH(shown)


@pytest.mark.parametrize("state", [JobState.RESERVED, JobState.AWAITING_APPROVAL])
def test_a_movie_that_will_wait_for_staff_says_so_at_once_and_whether_they_know(state: JobState) -> None:
    """Its card is posted before the order is confirmed."""
    waiting = job(state, approval=Approval.REQUIRED)
    title, _, text = job_status.job_summary(ENGLISH, waiting)
    assert (title, text) == (ENGLISH("cards-awaiting-title"), ENGLISH("cards-awaiting"))
    _, _, text = job_status.job_summary(ENGLISH, waiting, Estimate(staff_informed=False))
    assert text == said("cards-awaiting", "cards-staff-not-informed")


def test_a_waiting_movie_says_what_it_waits_for_and_how_long_it_usually_takes() -> None:
    """Its member's own movies count before its place in the queue."""
    estimate = Estimate(3, USUAL, outage=Outage.RATE_LIMITED, own_movies=2)
    _, _, text = job_status.job_summary(ENGLISH, job(JobState.QUEUED), estimate)
    assert text.splitlines() == [
        ENGLISH("cards-outage-promise", outage=ENGLISH("cards-outage-busy")),
        ENGLISH("cards-own-movies", movies=2),
        ENGLISH("cards-usual", spread="1–4 min"),
    ]


def test_a_movie_that_is_made_says_its_step_and_when_it_started() -> None:
    """The last step stays the last one, also when all are done."""
    made = job(submitted_at=1_800_000_060_000, progress=Progress(5, 5, "music_generation"))
    _, _, text = job_status.job_summary(ENGLISH, made)
    stage = ENGLISH("stages-music-generation")
    assert text.splitlines() == [
        progress_bar(ENGLISH, 5, 5),
        ENGLISH("cards-step", step=5, steps=5, stage=stage),
        ENGLISH("cards-started", time="<t:1800000060:R>"),
    ]
    _, _, text = job_status.job_summary(ENGLISH, job(progress=Progress(0, 0, "music_generation")))
    assert text == ENGLISH("cards-stage", stage=stage)


def test_a_finished_movie_has_a_full_bar() -> None:
    _, _, text = job_status.job_summary(ENGLISH, job(JobState.COMPLETED))
    assert text.splitlines() == [progress_bar(ENGLISH, 1, 1), ENGLISH("cards-ready")]


@pytest.mark.parametrize(
    ("low", "high", "spread"), [(1500, 3300, "25–55 min"), (1500, 3600, "25 min to 1 hour"), (30, 124, "30 s to 2 min")]
)
def test_a_span_names_minutes_once_only_below_an_hour(low: float, high: float, spread: str) -> None:
    estimate = Estimate(0, DurationEstimate((low + high) / 2, low, high, 20))
    _, _, text = job_status.job_summary(ENGLISH, job(JobState.QUEUED), estimate)
    assert text.splitlines()[-1] == ENGLISH("cards-usual", spread=spread)
