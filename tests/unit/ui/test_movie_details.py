"""/movies: what the list and a movie's details say in rarer cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.domain.breaker import Outage
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.job import EndReason, Job, JobState, Progress
from bot.domain.movie_list import MovieItem, MovieQuery, Page
from bot.locales.message_ids import MessageId
from bot.ui import movie_list, movie_receipt
from bot.ui.amounts import progress_bar
from bot.ui.job_status import outage_text
from bot.ui.movie_list import MovieDetail
from bot.ui.state_labels import state_label, state_title
from tests.helpers.expected_text import ENGLISH, movie_detail, queue_position_text
from tests.helpers.factories import ALICE, CATALOGUE, job, request
from tests.helpers.reading import fields, view_labels

URL = "https://movies.test/final.mp4"
DONE = job(JobState.COMPLETED, movie_url=URL)
THERE = PostedMessage(3, 9)


def listed(*items: MovieItem, outage: Outage | None = None) -> discord.Embed:
    """Return Alice's list, read in another server than the movies'."""
    return movie_list.movie_list_embed(
        ENGLISH, Page(items), MovieQuery(ALICE), 7, mine=True, catalogue=CATALOGUE, outage=outage
    )


def detail_fields(detail: MovieDetail) -> dict[str, str]:
    """Return the fields of a movie's details by name."""
    return fields(movie_list.detail_embed(ENGLISH, detail, CATALOGUE))


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_movie_of_another_server_says_so_in_the_list() -> None:
    here, there = str(listed(MovieItem(replace(DONE, guild_id=7)), MovieItem(DONE)).description).splitlines()[1::2]
    elsewhere = ENGLISH("movies-elsewhere")
    assert (elsewhere in here, elsewhere in there) == (False, True)


@pytest.mark.parametrize(
    ("state", "told"), [(JobState.RESERVED, True), (JobState.QUEUED, True), (JobState.RENDERING, False)]
)
def test_the_list_tells_of_an_outage_where_a_movie_waits_for_the_service(state: JobState, *, told: bool) -> None:
    text = str(listed(MovieItem(job(state)), outage=Outage.RATE_LIMITED).description)
    note = ENGLISH("movies-outage", outage=outage_text(ENGLISH, Outage.RATE_LIMITED))
    assert (note in text) is told


def test_an_empty_list_has_no_hint_about_its_order() -> None:
    assert listed(MovieItem(DONE)).footer.text == ENGLISH("movies-list-footer")
    assert listed().footer.text is None


def test_only_a_movie_that_is_made_has_a_bar_in_the_list() -> None:
    """The API's progress stays with a movie that has ended."""
    ended = replace(DONE, progress=Progress(5, 5, ""))
    assert progress_bar(ENGLISH, 5, 5) not in str(listed(MovieItem(ended)).description)


def test_a_movie_that_cost_something_when_it_was_cancelled_says_so_in_the_list() -> None:
    """The state of a deleted movie is that it is deleted."""
    cancelled = job(JobState.CANCELLED, end_reason=EndReason.CANCELLED_BY_MEMBER, charged=300)
    assert state_label(ENGLISH, JobState.CANCELLED, 300) in str(listed(MovieItem(cancelled)).description)
    assert state_label(ENGLISH, JobState.COMPLETED, 900) == ENGLISH("states-ready")
    deleted = MovieItem(replace(DONE, removed_at=1), undelivered=True)
    assert ENGLISH("movies-deleted") in str(listed(deleted).description)


def test_the_menu_of_movies_says_which_and_what_they_cost() -> None:
    """Prompts may repeat, or be deleted."""
    page = Page((MovieItem(DONE), MovieItem(replace(DONE, request=request("")))))
    view = movie_list.movie_list_view(ENGLISH, page, MovieQuery(ALICE))
    assert view is not None
    filters, movies = (each for each in view.children if isinstance(each, discord.ui.Select))
    gone = ENGLISH("privacy-prompt-gone")
    assert [option.label for option in movies.options] == ["1. a red balloon", f"2. {gone}"]
    assert {option.description for option in movies.options} == {"✅ ready · 1 min 30 s · 900 credits"}
    assert [option.description for option in filters.options] == [
        ENGLISH("movies-all-hint"),
        ENGLISH("movies-in-progress-hint"),
        ENGLISH("movies-ready-hint"),
        ENGLISH("movies-failed-hint"),
    ]
    assert r"**2.** \(prompt deleted\)" in str(listed(*page.items).description)


# ── one movie ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "movies-here-is-yours"),
        ({"mine": False}, "movies-here-it-is"),
        ({"undelivered": True}, "movies-posted-late"),
        ({"undelivered": True, "mine": False}, "movies-here-it-is"),
    ],
)
def test_above_a_movies_link_its_reader_reads_whose_it_is(more: dict[str, Any], said: MessageId) -> None:
    detail = movie_detail(DONE, **more)
    assert movie_list.detail_content(ENGLISH, detail) == f"{ENGLISH(said)}\n{URL}"
    old = movie_list.detail_content(ENGLISH, replace(detail, link_may_be_expired=True))
    assert old == f"{ENGLISH('movies-link-may-have-expired', sentence=ENGLISH(said))}\n{URL}"


@pytest.mark.parametrize("url", [None, URL])
def test_a_movie_whose_prompt_was_deleted_has_a_link_only_where_others_keep_it(url: str | None) -> None:
    """Those who paid for it with a member who erased their data."""
    detail = movie_detail(replace(DONE, request=request(""), movie_url=url), mine=False)
    expected = ENGLISH("privacy-link-gone") if url is None else f"{ENGLISH('movies-here-it-is')}\n{url}"
    assert movie_list.detail_content(ENGLISH, detail) == expected
    embed = movie_list.detail_embed(ENGLISH, detail, CATALOGUE)
    assert embed.description == r">>> \(prompt deleted\)"


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (JobState.FAILED, "movies-failed-field"),
        (JobState.CANCELLED, "movies-cancelled-field"),
        (JobState.QUEUED, "movies-status-field"),
        (JobState.UNKNOWN, "movies-status-field"),
        (JobState.COMPLETED, None),
    ],
)
def test_the_details_say_why_there_is_no_movie(state: JobState, name: MessageId | None) -> None:
    names: set[MessageId] = {"movies-failed-field", "movies-cancelled-field", "movies-status-field"}
    shown = detail_fields(movie_detail(job(state, end_reason=EndReason.UPSTREAM_LOST_JOB)))
    assert [each for each in names if ENGLISH(each) in shown] == ([] if name is None else [name])


def test_the_details_of_a_queued_movie_say_its_position() -> None:
    shown = detail_fields(movie_detail(job(JobState.QUEUED), queue_position=2))
    assert shown[ENGLISH("movies-status-field")] == queue_position_text(2)


STATES: dict[JobState, tuple[str, MessageId]] = {
    JobState.RESERVED: ("⏳ Waiting in line", "movies-on-hold-value"),
    JobState.AWAITING_APPROVAL: ("✋ Waiting for approval", "movies-on-hold-value"),
    JobState.QUEUED: ("⏳ Waiting in line", "movies-on-hold-value"),
    JobState.SUBMITTING: ("⏳ Waiting in line", "movies-on-hold-value"),
    JobState.RENDERING: ("🎬 Being made", "movies-on-hold-value"),
    JobState.COMPLETED: ("✅ Ready", "movies-spent-value"),
    JobState.FAILED: ("↩️ Failed", "movies-refunded-value"),
    JobState.CANCELLED: ("↩️ Canceled", "movies-refunded-value"),
    JobState.UNKNOWN: ("🔎 Being checked", "movies-unknown-value"),
}
"""For each state: the details' title, and where the credits are."""


@pytest.mark.parametrize("state", JobState)
def test_a_movies_title_and_receipt_are_those_of_its_state(state: JobState) -> None:
    title, receipt = STATES[state]
    assert state_title(ENGLISH, state) == title
    assert state_label(ENGLISH, state).split(",")[0].casefold() == title.casefold()
    assert movie_receipt.receipt(ENGLISH, MovieItem(job(state))) == ENGLISH(receipt, credits=900)


def test_the_receipt_of_a_movie_that_was_cancelled_on_the_way_has_both_parts() -> None:
    cancelled = job(JobState.CANCELLED, end_reason=EndReason.CANCELLED_BY_MEMBER, charged=300)
    expected = ENGLISH("movies-refunded-in-part-value", cost="300 credits", refund="600 credits")
    assert movie_receipt.receipt(ENGLISH, MovieItem(cancelled)) == expected
    waiting = MovieItem(job(JobState.QUEUED, pitch_id="p"))
    assert movie_receipt.receipt(ENGLISH, waiting) == ENGLISH("movies-on-hold-value", credits=900)


@pytest.mark.parametrize(
    ("message", "more", "place"),
    [
        (THERE, {}, "<#3>\n[Go to message](https://discord.com/channels/2/3/9)"),
        (None, {}, "<#3>"),
        (replace(THERE, venue=Venue.DIRECT), {}, "<#3>\n[Go to message](https://discord.com/channels/@me/3/9)"),
        (replace(THERE, venue=Venue.DIRECT), {"mine": False}, "<#3>"),
        (THERE, {"here": False, "server": "Club"}, "Club\n[Go to message](https://discord.com/channels/2/3/9)"),
        (THERE, {"here": False, "server": ""}, "Another server\n[Go to message](https://discord.com/channels/2/3/9)"),
        (THERE, {"here": False}, "A server I've left"),
        (
            replace(THERE, venue=Venue.DIRECT),
            {"here": False},
            "A server I've left\n[Go to message](https://discord.com/channels/@me/3/9)",
        ),
    ],
)
def test_a_movies_message_is_linked_for_those_who_can_open_it(
    message: PostedMessage | None, more: dict[str, Any], place: str
) -> None:
    detail = replace(movie_detail(DONE), item=MovieItem(DONE, message=message), **more)
    assert detail_fields(detail)[ENGLISH("movies-requested-in-field")] == place


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (job(JobState.FAILED, submitted_at=1, finished_at=1_800_000_001_000), "Ended <t:1800000001:f>"),
        (job(JobState.CANCELLED, finished_at=1_800_000_001_000), "Ended <t:1800000001:f>"),
        (replace(DONE, finished_at=1_800_000_001_000), "Finished <t:1800000001:f>"),
        (
            replace(DONE, submitted_at=1_800_000_000_900, finished_at=1_800_000_001_000),
            "Finished <t:1800000001:f> (took 1 s)",
        ),
    ],
)
def test_the_dates_say_how_a_movie_ended(ended: Job, said: str) -> None:
    assert detail_fields(movie_detail(ended))[ENGLISH("movies-dates-field")].splitlines()[-1] == said


def test_another_reader_learns_who_requested_a_movie() -> None:
    """A name may not show, and one's own needs none."""
    name = ENGLISH("movies-requested-by-field")
    for member_name, shown in (("*Al*", r"\*Al\*"), ("\u200b", ENGLISH("movies-unnamed-value"))):
        detail = movie_detail(replace(DONE, member_name=member_name), mine=False)
        assert detail_fields(detail)[name] == shown
    assert name not in detail_fields(movie_detail(DONE))


def test_who_only_paid_for_a_movie_gets_no_button_that_changes_it() -> None:
    """A manager who paid, too, opens the list of their server."""
    shared = replace(DONE, pitch_id="p", member_id=ALICE + 1)
    paid = replace(
        movie_detail(shared, mine=False), query=MovieQuery(ALICE), item=MovieItem(shared, payer_id=ALICE, share=50)
    )
    in_server = replace(paid, query=MovieQuery(ALICE, shared.guild_id))
    another = replace(paid, item=MovieItem(shared, payer_id=ALICE + 2, share=50))
    own = replace(paid, mine=True)
    delete = ENGLISH("buttons-delete-button")
    views = [movie_list.detail_view(ENGLISH, each) for each in (paid, in_server, another, own)]
    assert [delete in view_labels(view) for view in views] == [False, True, True, True]
