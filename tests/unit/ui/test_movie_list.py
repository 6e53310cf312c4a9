"""/movies: the list, and one movie, within Discord's limits."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.estimates import NO_ESTIMATE
from bot.domain.job import EndReason, Job, JobState, Progress, RemovedBy
from bot.domain.movie_list import MovieFilter, MovieItem, MovieQuery, Page
from bot.locales.texts import Texts
from bot.ui import movie_list
from bot.ui.amounts import format_credits, format_duration, progress_bar
from bot.ui.end_reasons import reason_text
from bot.ui.state_labels import state_label
from tests.helpers.discord_limits import broken_limits, live, mentioned
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, CATALOGUE, FOREIGN, JOBS, job, request
from tests.helpers.languages import LANGUAGES
from tests.helpers.reading import fields, view_buttons, view_labels

HERE = 2
URL = "https://movies.test/final.mp4"
MINE = MovieQuery(ALICE)
THEIRS = MovieQuery(ALICE, HERE)


def page_of(*jobs: Job, kept: bool = False, newer: bool = False, older: bool = False) -> Page:
    """Return a page with these movies."""
    return Page(tuple(MovieItem(each, undelivered=kept) for each in jobs), newer, older)


def listed(page: Page, listing: MovieQuery = MINE, *, mine: bool = True, texts: Texts = ENGLISH) -> discord.Embed:
    """Return a page's embed."""
    return movie_list.movie_list_embed(texts, page, listing, HERE, mine=mine, catalogue=CATALOGUE)


def opened(each: Job, **more: Any) -> movie_list.MovieDetail:
    """Return a member's own movie, opened in its server.

    `more` are fields of MovieDetail.
    """
    fields: dict[str, Any] = {
        "item": MovieItem(each),
        "query": MINE,
        "list_anchor": each.id,
        "estimate": NO_ESTIMATE,
        "mine": True,
        "here": True,
        **more,
    }
    return movie_list.MovieDetail(**fields)


def everything(embed: discord.Embed) -> str:
    """All text of an embed."""
    return "\n".join([str(embed.title), str(embed.description), *chain(*fields(embed).items())])


@LANGUAGES
@pytest.mark.parametrize("state", JobState)
def test_a_movie_has_two_lines_with_its_state_in_words(texts: Texts, state: JobState) -> None:
    """The prompt comes first; then state, time, duration and price."""
    first, second = str(listed(page_of(job(state)), texts=texts).description).splitlines()
    assert first == "**1.** a red balloon"
    parts = [state_label(texts, state), "<t:1800000000:R>", format_duration(texts, 90), format_credits(texts, 900)]
    assert second == " · ".join(parts)


def test_progress_is_a_bar_with_its_percentage() -> None:
    """Screen readers need the percentage."""
    moving = job(progress=Progress(2, 5, "image_generation"))
    shown = f"{state_label(ENGLISH, JobState.RENDERING)} {progress_bar(ENGLISH, 2, 5)} · "
    assert "40%" in shown
    assert shown in str(listed(page_of(moving)).description)


def test_a_done_movie_has_its_link_where_it_fits() -> None:
    """A long link is in the details, an invalid one nowhere."""
    done = job(JobState.COMPLETED, movie_url=URL)
    assert str(listed(page_of(done)).description).endswith(f" · [Watch](<{URL}>)")
    for url in (f"{URL}?{'s' * 400}", "javascript:alert(1)", None):
        assert "[Watch]" not in str(listed(page_of(replace(done, movie_url=url))).description)


def test_models_are_named_where_they_tell_movies_apart() -> None:
    """Without a label in the catalogue, the model's key is shown."""
    luma, gone = job(), job(request=replace(request(), video_model="SORA"))
    assert "Luma" not in everything(listed(page_of(luma, luma)))
    both = everything(listed(page_of(luma, gone)))
    assert "Luma Dream Machine" in both
    assert "SORA" in both


@LANGUAGES
def test_an_empty_list_says_what_there_is_none_of(texts: Texts) -> None:
    """Each filter has a sentence, for own and other movies."""
    own, others = (
        [
            str(listed(Page(()), replace(query, filter=each), mine=query is MINE, texts=texts).description)
            for each in MovieFilter
        ]
        for query in (MINE, THEIRS)
    )
    assert len({*own, *others}) == 2 * len(MovieFilter)
    assert all(f"<@{ALICE}>" in text for text in others)


@LANGUAGES
def test_a_member_without_movies_is_shown_how_to_make_one(texts: Texts) -> None:
    """The example is on a line of its own."""
    first, example = str(listed(Page(()), texts=texts).description).splitlines()
    assert "/movie" in first
    assert example.startswith("> ")
    assert 10 < len(example) < 150


@LANGUAGES
def test_the_title_says_whose_movies_and_which(texts: Texts) -> None:
    page = page_of(job(member_name="Alice *A*"))
    titles = [
        str(listed(page, replace(query, filter=each), mine=query is MINE, texts=texts).title)
        for query in (MINE, THEIRS)
        for each in MovieFilter
    ]
    assert len(set(titles)) == len(titles)
    assert ["Alice" in title for title in titles] == [False] * 4 + [True] * 4


async def test_pages_are_turned_only_where_there_are_any() -> None:
    assert movie_list.movie_list_view(ENGLISH, Page(()), MINE) is None
    assert view_labels(movie_list.movie_list_view(ENGLISH, page_of(job()), MINE)) == []
    for newer in (False, True):
        buttons = view_buttons(movie_list.movie_list_view(ENGLISH, page_of(job(), newer=newer, older=not newer), MINE))
        assert [(each.label, not each.disabled) for each in buttons] == [
            (ENGLISH("movies-newer-button"), newer),
            (ENGLISH("movies-older-button"), not newer),
        ]
    empty = movie_list.movie_list_view(ENGLISH, Page(()), replace(MINE, filter=MovieFilter.COMPLETED))
    assert empty is not None
    assert len(empty.children) == 1


def test_dates_say_how_long_it_took() -> None:
    """Discord's format shows dates in each reader's time zone."""
    start = job().created_at
    done = job(JobState.COMPLETED, submitted_at=start + 60_000, finished_at=start + 160_000)
    dates = fields(movie_list.detail_embed(ENGLISH, opened(done), CATALOGUE))[ENGLISH("movies-dates-field")]
    requested, started, finished = dates.splitlines()
    assert "<t:1800000000:f>" in requested
    assert "<t:1800000000:R>" in requested
    assert "<t:1800000060:f>" in started
    assert "<t:1800000160:f>" in finished
    assert "1 min 40 s" in finished
    hours = replace(done, finished_at=start + 60_000 + 4_200_000)
    shown = fields(movie_list.detail_embed(ENGLISH, opened(hours), CATALOGUE))[ENGLISH("movies-dates-field")]
    assert "1 h 10 min" in shown


@LANGUAGES
@pytest.mark.parametrize("reason", EndReason)
def test_a_movie_that_failed_says_why_and_that_it_was_refunded(texts: Texts, reason: EndReason) -> None:
    failed = job(JobState.FAILED, end_reason=reason)
    shown = fields(movie_list.detail_embed(texts, opened(failed), CATALOGUE))
    assert shown[texts("movies-failed-field")] == reason_text(texts, failed)
    assert shown[texts("movies-receipt-field")] == texts("movies-refunded-value", credits=900)


def test_where_it_was_requested_is_a_channel_here_and_a_name_elsewhere() -> None:
    """Most readers can't open a channel of another server."""
    places = [
        fields(movie_list.detail_embed(ENGLISH, opened(job(), **more), CATALOGUE))[ENGLISH("movies-requested-in-field")]
        for more in ({}, {"here": False, "server": "Drama *Club*"}, {"here": False})
    ]
    assert places == ["<#3>", "Drama \\*Club\\*", ENGLISH("movies-left-server-value")]


@pytest.mark.parametrize("state", JobState)
async def test_another_reader_gets_links_and_the_way_back_and_may_delete(state: JobState) -> None:
    """The reader is a manager, who can't spend, cancel or redirect."""
    view = movie_list.detail_view(ENGLISH, opened(job(state, movie_url=URL), mine=False, query=THEIRS))
    allowed = {ENGLISH("buttons-studio-button"), ENGLISH("buttons-delete-button")}
    allowed |= {ENGLISH("movies-refresh-button"), ENGLISH("movies-back-button")}
    assert set(view_labels(view)) <= allowed
    assert view_labels(view)[-1] == ENGLISH("movies-back-button")
    assert (ENGLISH("buttons-delete-button") in view_labels(view)) == (state is JobState.COMPLETED)


async def test_the_list_and_its_menu_say_alike_that_a_movie_was_deleted() -> None:
    page = page_of(job(JobState.COMPLETED, removed_at=1_800_000_000_000, removed_by=RemovedBy.MEMBER))
    assert ENGLISH("movies-deleted") in str(listed(page).description)
    view = movie_list.movie_list_view(ENGLISH, page, MINE)
    assert view is not None
    [_, menu] = [each for each in view.children if isinstance(each, discord.ui.Select)]
    assert str(menu.options[0].description).startswith(f"{ENGLISH('movies-deleted')} · ")


async def test_a_deleted_movie_has_no_links() -> None:
    """The details say when it was deleted, and by whom."""
    for by, value in (
        (RemovedBy.MEMBER, "movies-deleted-value"),
        (RemovedBy.MANAGER, "movies-deleted-by-manager-value"),
    ):
        gone = opened(job(JobState.COMPLETED, movie_url=None, removed_at=1_800_000_000_000, removed_by=by))
        embed = movie_list.detail_embed(ENGLISH, gone, CATALOGUE)
        assert fields(embed)[ENGLISH("movies-deleted-field")] == ENGLISH(value, date="<t:1800000000:f>")
        assert movie_list.detail_content(ENGLISH, gone) is None
        assert view_labels(movie_list.detail_view(ENGLISH, gone)) == ["Remix", "Rerun", "Back to the list"]


async def test_five_movies_fit_a_page_however_long_each_is() -> None:
    """Prompts, links, model names and prices are the longest.

    An invisible name leaves no empty line.
    """
    rendered = [replace(request("*" * 500, 119), video_model="-" * 60 + str(number)) for number in range(5)]
    url = f"https://movies.test/{'s' * 330}"
    jobs = [
        job(JobState.COMPLETED, request=each, movie_url=url, guild_id=9, price=10**9, member_name="\u200b")
        for each in rendered
    ]
    page = page_of(*jobs, newer=True, older=True)
    embed = listed(page, THEIRS, mine=False)
    assert broken_limits(embed, view=movie_list.movie_list_view(ENGLISH, page, THEIRS)) == []
    assert str(embed.description).count("[Watch]") == 5
    assert embed.title == ENGLISH("movies-unnamed-title")
    shown = movie_list.detail_embed(ENGLISH, opened(jobs[0], mine=False, here=False, server="\u200b"), CATALOGUE)
    assert broken_limits(shown) == []


@LANGUAGES
@given(jobs=st.lists(JOBS, min_size=1, max_size=5), name=FOREIGN, mine=st.booleans(), kept=st.booleans())
@settings(max_examples=30)
async def test_nothing_from_outside_breaks_a_list_or_a_movie(
    texts: Texts, jobs: list[Job], name: str, *, mine: bool, kept: bool
) -> None:
    """Prompts, names, links, stages and reasons vary, and no one is mentioned."""
    jobs = [replace(each, member_name=name, guild_id=number) for number, each in enumerate(jobs)]
    page = page_of(*jobs, kept=kept, newer=True, older=True)
    embed = listed(page, MINE if mine else THEIRS, mine=mine, texts=texts)
    assert broken_limits(embed, view=movie_list.movie_list_view(texts, page, MINE)) == []
    assert mentioned(everything(embed)) == set()
    for each in jobs:
        one = opened(
            each, mine=mine, item=MovieItem(each, undelivered=kept), server=name, here=False, link_may_be_expired=True
        )
        shown = movie_list.detail_embed(texts, one, CATALOGUE)
        content, view = movie_list.detail_content(texts, one) or "", movie_list.detail_view(texts, one)
        assert broken_limits(shown, content, view) == []
        assert live(str(shown.description).removeprefix(">>> ")) == []
        assert mentioned(everything(shown)) == set()


@LANGUAGES
def test_the_filter_for_open_movies_has_another_name_than_any_state(texts: Texts) -> None:
    """It includes waiting movies and those that are being checked."""
    labels = [state_label(texts, state).split(maxsplit=1)[1] for state in JobState]
    assert texts("commands-movies-in-progress").casefold() not in map(str.casefold, labels)


@LANGUAGES
def test_a_movie_that_members_paid_for_together_says_so(texts: Texts) -> None:
    """A reader who only paid can remix the movie, not delete it."""
    shared = replace(job(JobState.COMPLETED), pitch_id="0abc", member_id=ALICE + 1)
    item = MovieItem(shared, payer_id=ALICE, share=50)
    page = listed(Page((item,)), texts=texts)
    assert texts("movies-with-others") in str(page.description)
    detail = opened(shared, item=item, mine=False)
    receipt = fields(movie_list.detail_embed(texts, detail, CATALOGUE))[texts("movies-receipt-field")]
    assert receipt.splitlines()[-1] == texts("movies-share-value", credits=50)
    shown = view_labels(movie_list.detail_view(texts, detail))
    assert texts("buttons-remix-button") in shown
    assert texts("buttons-delete-button") not in shown
