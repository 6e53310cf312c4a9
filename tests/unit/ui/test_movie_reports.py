"""Reported movies: what staff read, decide and are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.delivery import PostedMessage
from bot.domain.job import JobState
from bot.domain.movie_report import ReportedMovie, ReportOutcome, ReportState
from bot.locales.message_ids import MessageId
from bot.ui import movie_reports
from bot.ui.formatting import BRAND, NEUTRAL
from tests.helpers.discord_limits import broken_limits
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, job, request
from tests.helpers.reading import fields, view_actions

OPEN = ReportedMovie(job(JobState.COMPLETED), ReportState.OPEN, 2)
DECIDED = "approvals-decision-field"
REMOVED, BLOCKED = (
    ENGLISH("reported-removed", staff="<@9>"),
    ENGLISH("reported-blocked", staff="<@8>", member=f"<@{ALICE}>"),
)
BY_STAFF = replace(OPEN, state=ReportState.REMOVED, decided_by=9)
ALSO_BLOCKED = replace(BY_STAFF, blocked_by=8)
ERASED = replace(OPEN, job=job(JobState.COMPLETED, "", member_id=-5))


def staff_fields(movie: ReportedMovie) -> dict[str, str]:
    """Return the fields of the staff channel's message by name."""
    return fields(movie_reports.staff_embed(ENGLISH, movie))


def actions(movie: ReportedMovie) -> list[str]:
    """Return what can still be decided."""
    return [action for action, _ in filter(None, view_actions(movie_reports.staff_view(ENGLISH, movie)))]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (ReportOutcome.SAVED, "reported-saved"),
        (ReportOutcome.NO_CHANNEL, "reported-no-channel"),
        (ReportOutcome.REVIEWED, "reported-reviewed"),
        (ReportOutcome.REPEATED, "reported-repeated"),
        (ReportOutcome.TOO_MANY, "reported-too-many"),
        (ReportOutcome.OWN, "reported-own"),
        (ReportOutcome.GONE, "buttons-deleted-already"),
    ],
)
def test_a_member_reads_what_their_report_led_to(outcome: ReportOutcome, said: MessageId) -> None:
    assert movie_reports.outcome(ENGLISH, outcome) == ENGLISH(said)


def test_a_report_needs_no_words_and_takes_three_hundred_characters() -> None:
    [label] = movie_reports.report_modal(ENGLISH, OPEN.job).to_dict()["components"]
    assert (label["component"]["required"], label["component"]["max_length"]) == (False, 300)


def test_a_block_needs_neither_hours_nor_a_reason_and_takes_those_of_the_command() -> None:
    """A year is 8,760 hours."""
    hours, reason = (each["component"] for each in movie_reports.block_modal(ENGLISH, OPEN).to_dict()["components"])
    assert (hours["custom_id"], hours["required"], hours["max_length"]) == (movie_reports.HOURS, False, 4)
    assert (reason["custom_id"], reason["required"], reason["max_length"]) == (movie_reports.REASON, False, 200)


@pytest.mark.parametrize(
    ("movie", "decided", "possible"),
    [
        (OPEN, None, [movie_reports.REMOVE, movie_reports.BLOCK, movie_reports.DISMISS]),
        (replace(OPEN, blocked_by=8), BLOCKED, [movie_reports.REMOVE, movie_reports.DISMISS]),
        (BY_STAFF, REMOVED, [movie_reports.BLOCK]),
        (ALSO_BLOCKED, f"{REMOVED}\n{BLOCKED}", []),
        (replace(BY_STAFF, decided_by=ALICE), ENGLISH("reported-removed-by-requester"), [movie_reports.BLOCK]),
        (
            replace(OPEN, state=ReportState.DISMISSED, decided_by=9),
            ENGLISH("reported-dismissed", staff="<@9>"),
            [],
        ),
        (ERASED, None, [movie_reports.REMOVE, movie_reports.DISMISS]),
    ],
)
def test_staff_read_every_decision_and_have_the_buttons_of_the_others(
    movie: ReportedMovie, decided: str | None, possible: list[str]
) -> None:
    """The color tells whether the report is open."""
    assert staff_fields(movie).get(ENGLISH(DECIDED)) == decided
    assert actions(movie) == possible
    colour = BRAND if movie.state is ReportState.OPEN else NEUTRAL
    assert movie_reports.staff_embed(ENGLISH, movie).colour == colour


def test_staff_read_whose_movie_it_is_where_it_is_and_its_id() -> None:
    """A prompt that was erased leaves no empty quote."""
    posted = replace(OPEN, posted_at=PostedMessage(3, 9))
    jump = f"[{ENGLISH('links-jump')}](https://discord.com/channels/2/3/9)"
    requester = ENGLISH("cards-requester-field")
    assert staff_fields(posted)[requester].splitlines() == [f"<@{ALICE}>", jump, "ID 0abc123defghj"]
    assert staff_fields(OPEN)[requester].splitlines() == [f"<@{ALICE}>", "ID 0abc123defghj"]
    assert movie_reports.staff_embed(ENGLISH, OPEN).description == ">>> a red balloon"
    assert movie_reports.staff_embed(ENGLISH, ERASED).description is None
    long = replace(OPEN, job=job(JobState.COMPLETED, request=request("*" * 4000)))
    assert broken_limits(movie_reports.staff_embed(ENGLISH, long)) == []


def test_the_latest_reasons_are_listed_without_markup_as_far_as_they_fit() -> None:
    name = ENGLISH("reported-reasons-field")
    assert name not in staff_fields(OPEN)
    assert staff_fields(replace(OPEN, reasons=("*rude*",)))[name] == "- \\*rude\\*\n"
    many = replace(OPEN, reasons=("x" * 300,) * 9)
    assert broken_limits(movie_reports.staff_embed(ENGLISH, many)) == []
    assert len(staff_fields(many)[name].splitlines()) == 5


def test_who_decides_too_late_reads_what_was_decided() -> None:
    """Of an erased member, nothing more is known."""
    not_counted, not_blocked = movie_reports.not_counted, movie_reports.not_blocked
    assert (not_counted(ENGLISH, ALSO_BLOCKED), not_blocked(ENGLISH, ALSO_BLOCKED)) == (REMOVED, BLOCKED)
    assert (not_counted(ENGLISH, replace(OPEN, blocked_by=8)), not_blocked(ENGLISH, BY_STAFF)) == (BLOCKED, REMOVED)
    erased = ENGLISH("reported-erased")
    assert (not_counted(ENGLISH, ERASED), not_blocked(ENGLISH, ERASED)) == (erased, erased)
    assert not_blocked(ENGLISH, replace(ERASED, blocked_by=8)) == erased
