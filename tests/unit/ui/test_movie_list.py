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
from bot.domain.job import EndReason, Job, JobState, Progress
from bot.domain.movie_list import MovieFilter, MovieItem, MovieQuery, Page
from bot.ui import movie_list as texts
from tests.helpers.discord_limits import broken_limits, live, mentioned
from tests.helpers.factories import ALICE, CATALOGUE, FOREIGN, JOBS, job, request

HERE = 2
URL = "https://movies.test/final.mp4"
MINE = MovieQuery(ALICE)
THEIRS = MovieQuery(ALICE, HERE)


def page_of(*jobs: Job, kept: bool = False, newer: bool = False, older: bool = False) -> Page:
    """A page with these movies."""
    return Page(tuple(MovieItem(each, undelivered=kept) for each in jobs), newer, older)


def listed(page: Page, listing: MovieQuery = MINE, *, mine: bool = True) -> discord.Embed:
    """A page as it is read."""
    return texts.movie_list_embed(page, listing, HERE, mine=mine, catalogue=CATALOGUE)


def opened(each: Job, **more: Any) -> texts.MovieDetail:
    """A member's own movie, opened in its server.

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
    return texts.MovieDetail(**fields)


def values(embed: discord.Embed) -> dict[str, str]:
    """An embed's fields by name."""
    return {str(field.name): str(field.value) for field in embed.fields}


def everything(embed: discord.Embed) -> str:
    """All text of an embed."""
    return "\n".join([str(embed.title), str(embed.description), *chain(*values(embed).items())])


def labels(view: discord.ui.View | None) -> list[str]:
    """What stands on the buttons."""
    return [str(child.label) for child in view.children if isinstance(child, discord.ui.Button)] if view else []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (JobState.RESERVED, "⏳ in the queue"),
        (JobState.QUEUED, "⏳ in the queue"),
        (JobState.SUBMITTING, "⏳ in the queue"),
        (JobState.RENDERING, "🎬 being made"),
        (JobState.COMPLETED, "✅ made"),
        (JobState.FAILED, "↩️ not made, given back"),
        (JobState.CANCELLED, "↩️ cancelled, given back"),
        (JobState.UNKNOWN, "🔎 being checked"),
    ],
)
def test_a_movie_has_two_lines_with_its_state_in_words(state: JobState, words: str) -> None:
    """What it is about; then state, when, length and price."""
    first, second = str(listed(page_of(job(state))).description).splitlines()
    assert first == "**1.** a red balloon"
    assert second == f"{words} · <t:1800000000:R> · 1 min 30 s · 900 credits"


def test_progress_is_a_bar_with_its_percentage() -> None:
    """The same to a reader who can't see it."""
    moving = job(progress=Progress(2, 5, "image_generation"))
    assert "🎬 being made `████░░░░░░` 40% · " in str(listed(page_of(moving)).description)


def test_a_done_movie_has_its_link_where_it_fits() -> None:
    """A long one is in its details, an invalid one nowhere."""
    done = job(JobState.COMPLETED, movie_url=URL)
    assert str(listed(page_of(done)).description).endswith(f" · [watch it](<{URL}>)")
    for url in (f"{URL}?{'s' * 400}", "javascript:alert(1)", None):
        assert "watch it" not in str(listed(page_of(replace(done, movie_url=url))).description)


def test_models_are_named_where_they_tell_movies_apart() -> None:
    """By its label, or its key where the catalogue lacks it."""
    luma, gone = job(), job(request=replace(request(), video_model="SORA"))
    assert "Luma" not in everything(listed(page_of(luma, luma)))
    both = everything(listed(page_of(luma, gone)))
    assert "Luma Dream Machine" in both
    assert "SORA" in both


@pytest.mark.parametrize("which", MovieFilter)
def test_an_empty_list_says_what_there_is_none_of(which: MovieFilter) -> None:
    """A sentence for each filter, for own and other movies."""
    own = [str(listed(Page(()), replace(MINE, filter=each)).description) for each in MovieFilter]
    others = [str(listed(Page(()), replace(THEIRS, filter=each), mine=False).description) for each in MovieFilter]
    assert len({*own, *others}) == 2 * len(MovieFilter)
    assert all(text.endswith(".") for text in (*own, *others))
    assert f"<@{ALICE}>" in str(listed(Page(()), replace(THEIRS, filter=which), mine=False).description)


async def test_pages_are_turned_only_where_there_are_any() -> None:
    """A short list has no page buttons."""
    assert texts.movie_list_view(Page(()), MINE) is None
    assert labels(texts.movie_list_view(page_of(job()), MINE)) == []
    assert labels(texts.movie_list_view(page_of(job(), older=True), MINE)) == ["Newer", "Older"]
    empty = texts.movie_list_view(Page(()), replace(MINE, filter=MovieFilter.COMPLETED))
    assert empty is not None
    assert len(empty.children) == 1


def test_dates_say_how_long_it_took() -> None:
    """In Discord's own format, which each reader sees in their own time."""
    start = job().created_at
    done = job(JobState.COMPLETED, submitted_at=start + 60_000, finished_at=start + 160_000)
    when = values(texts.detail_embed(opened(done), CATALOGUE))["When"].splitlines()
    assert when == [
        "Asked for on <t:1800000000:f>, <t:1800000000:R>.",
        "Started on <t:1800000060:f>.",
        "Done on <t:1800000160:f>.",
        "It took 1 min 40 s to make.",
    ]
    hours = replace(done, finished_at=start + 60_000 + 4_200_000)
    assert "It took 1 h 10 min to make." in values(texts.detail_embed(opened(hours), CATALOGUE))["When"]


@pytest.mark.parametrize("reason", EndReason)
def test_a_movie_that_was_not_made_says_why_and_that_it_cost_nothing(reason: EndReason) -> None:
    """For every reason there is."""
    shown = values(texts.detail_embed(opened(job(JobState.FAILED, end_reason=reason)), CATALOGUE))
    assert shown["Why it was not made"].endswith(".")
    assert shown["Receipt"] == "**900 credits** held, and all given back. It cost nothing."


def test_where_it_was_asked_for_is_a_channel_here_and_a_name_elsewhere() -> None:
    """A channel of another server would be no link to most."""
    places = [
        values(texts.detail_embed(opened(job(), **more), CATALOGUE))["Asked for in"]
        for more in ({}, {"here": False, "server": "Drama *Club*"}, {"here": False})
    ]
    assert places == ["<#3>", "Drama \\*Club\\*", "A server that I am no longer in."]


@pytest.mark.parametrize("state", JobState)
async def test_another_reader_gets_links_and_the_way_back_but_no_actions(state: JobState) -> None:
    """Nothing that spends, cancels or redirects."""
    view = texts.detail_view(opened(job(state, movie_url=URL), mine=False, query=THEIRS))
    allowed = {"Open the movie", "Open in Studio", "Look again", "Back to the list"}
    assert set(labels(view)) <= allowed
    assert labels(view)[-1] == "Back to the list"


async def test_five_movies_fit_a_page_however_long_each_is() -> None:
    """The longest prompts, links, model names and prices.

    A name of nothing visible is no empty line.
    """
    rendered = [replace(request("*" * 500, 119), video_model="-" * 60 + str(number)) for number in range(5)]
    url = f"https://movies.test/{'s' * 330}"
    jobs = [
        job(JobState.COMPLETED, request=each, movie_url=url, guild_id=9, price=10**9, member_name="\u200b")
        for each in rendered
    ]
    page = page_of(*jobs, newer=True, older=True)
    embed = listed(page, THEIRS, mine=False)
    assert broken_limits(embed, view=texts.movie_list_view(page, THEIRS)) == []
    assert str(embed.description).count("watch it") == 5
    assert embed.title == "Movies of this member in this server"
    shown = texts.detail_embed(opened(jobs[0], mine=False, here=False, server="\u200b"), CATALOGUE)
    assert broken_limits(shown) == []


@given(jobs=st.lists(JOBS, min_size=1, max_size=5), name=FOREIGN, mine=st.booleans(), kept=st.booleans())
@settings(max_examples=100)
async def test_nothing_from_outside_breaks_a_list_or_a_movie(
    jobs: list[Job], name: str, *, mine: bool, kept: bool
) -> None:
    """Any prompt, name, link, stage or reason, mentioning no one."""
    jobs = [replace(each, member_name=name, guild_id=number) for number, each in enumerate(jobs)]
    page = page_of(*jobs, kept=kept, newer=True, older=True)
    embed = listed(page, MINE if mine else THEIRS, mine=mine)
    assert broken_limits(embed, view=texts.movie_list_view(page, MINE)) == []
    assert mentioned(everything(embed)) == set()
    for each in jobs:
        one = opened(
            each, mine=mine, item=MovieItem(each, undelivered=kept), server=name, here=False, link_may_be_expired=True
        )
        shown = texts.detail_embed(one, CATALOGUE)
        assert broken_limits(shown, texts.detail_content(one) or "", texts.detail_view(one)) == []
        assert live(str(shown.description).removeprefix(">>> ")) == []
        assert mentioned(everything(shown)) == set()
