"""/movies: a member's own movies, private, as a list.

Another member's list is only for those who may manage the server.
"""

from __future__ import annotations

from simcord.results import ResponseMessage

from bot.domain.job import Job, JobState
from bot.domain.language import Language
from bot.domain.movie_list import MovieFilter, MovieItem, MovieQuery, Page
from bot.locales.texts import texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from bot.ui import errors, movie_list
from bot.ui.job_buttons import STUDIO
from bot.ui.state_labels import state_label, state_title
from tests.helpers import factories
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import (
    ENGLISH,
    embed_text,
    empty_list,
    list_title,
    movie_detail,
)
from tests.helpers.movie_list import (
    ELSEWHERE,
    buttons,
    choose,
    has,
    listed,
    menu,
    numbered,
    open_one,
    parts,
    prompts,
)
from tests.helpers.reading import actions, ephemeral_text, message_text, response_text


def assert_lists(page: ResponseMessage, job: Job, guild_id: int) -> None:
    """Check that a list has only a job of its reader's."""
    listed_jobs = Page((MovieItem(job),))
    query = MovieQuery(job.member_id)
    built = movie_list.movie_list_embed(ENGLISH, listed_jobs, query, guild_id, mine=True, catalogue=factories.CATALOGUE)
    assert message_text(page) == embed_text(built)


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_member_finds_their_movies_with_links(admin_bot: AdminHarness) -> None:
    """The list shows each state, and only the member's own movies."""
    empty = await listed(admin_bot)
    assert message_text(empty) == empty_list(admin_bot.alice.id)
    assert parts(empty) == []
    await admin_bot.movie(prompt="a red balloon", duration=10)
    assert state_label(ENGLISH, JobState.QUEUED) in message_text(await listed(admin_bot))
    await admin_bot.run_until_idle()
    await admin_bot.run_until_idle(50)
    assert f"{state_label(ENGLISH, JobState.RENDERING)} `" in message_text(await listed(admin_bot))
    await admin_bot.finish()
    text = message_text(await listed(admin_bot))
    for words in (
        "**1.** a red balloon",
        state_label(ENGLISH, JobState.COMPLETED),
        ":R>",
        "10 s",
        "100 credits",
        f"(<{admin_bot.job()['movie_url']}>)",
    ):
        assert words in text
    bobs = await admin_bot.bob.slash(admin_bot.channel, "movies")
    assert response_text(bobs) == empty_list(admin_bot.bob.id)


async def test_many_movies_come_in_pages_in_both_directions(admin_bot: AdminHarness) -> None:
    """Each page has five movies, and a new movie shifts nothing.

    *Older* and *Newer* are disabled at the ends.
    """
    await has(admin_bot, *[JobState.COMPLETED] * 13)
    await admin_bot.clock.advance(1)
    page = await listed(admin_bot)
    assert prompts(page) == numbered([13, 12, 11, 10, 9])
    assert buttons(page) == {"Newer": False, "Older": True}
    await admin_bot.alice.click(page, label=ENGLISH("movies-older-button"))
    await has(admin_bot, JobState.QUEUED, name="newer")
    await admin_bot.alice.click(page, label=ENGLISH("movies-older-button"))
    assert prompts(page) == numbered([3, 2, 1])
    assert buttons(page) == {"Newer": True, "Older": False}
    await admin_bot.alice.click(page, label=ENGLISH("movies-newer-button"))
    assert prompts(page) == numbered([8, 7, 6, 5, 4])
    await admin_bot.alice.click(page, label=ENGLISH("movies-newer-button"))
    assert prompts(page) == numbered([13, 12, 11, 10, 9])
    assert buttons(page) == {"Newer": True, "Older": True}
    await admin_bot.alice.click(page, label=ENGLISH("movies-newer-button"))
    assert prompts(page) == ["newer 1", *numbered([13, 12, 11, 10])]


async def test_a_filter_shows_some_of_them(admin_bot: AdminHarness) -> None:
    """The filter is an option of the command and a menu.

    An empty list says so, and keeps the menu.
    """
    await has(admin_bot, JobState.RENDERING, JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)
    assert prompts(await listed(admin_bot, show="running")) == numbered([1])
    page = await listed(admin_bot)
    for which, numbers in (("done", [2]), ("not-made", [4, 3]), ("all", [4, 3, 2, 1])):
        await choose(admin_bot, page, "movies-filter", which)
        assert page.embeds[0].title == list_title(MovieFilter(which))
        assert prompts(page) == numbered(numbers)
        chosen = [each["value"] for each in menu(page, "movies-filter")["options"] if each.get("default")]
        assert chosen == [which]
    bobs = await listed(admin_bot, admin_bot.bob, show="running")
    assert message_text(bobs) == empty_list(admin_bot.bob.id, MovieFilter.RUNNING)
    await choose(admin_bot, bobs, "movies-filter", "all", admin_bot.bob)
    assert message_text(bobs) == empty_list(admin_bot.bob.id)


async def test_a_filter_that_does_not_exist_is_refused(admin_bot: AdminHarness) -> None:
    """Discord's client offers only the known filters."""
    text = ephemeral_text(await admin_bot.forged(admin_bot.alice, "movies", show="lost"))
    assert text == errors.invalid_option(ENGLISH)


async def test_movies_of_other_servers_are_listed_too(admin_bot: AdminHarness) -> None:
    """The bot was removed from the other server."""
    [job] = await has(admin_bot, JobState.COMPLETED, guild_id=ELSEWHERE)
    page = await listed(admin_bot)
    assert_lists(page, job, admin_bot.guild.id)
    await open_one(admin_bot, page)
    built = movie_list.detail_embed(ENGLISH, movie_detail(admin_bot.stored_job(), here=False), admin_bot.catalogue)
    assert embed_text(page.embeds[0]) == embed_text(built)
    assert page.content.endswith(".mp4")


# ── whose ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_one_who_may_manage_the_server_sees_a_members_movies_in_it(admin_bot: AdminHarness) -> None:
    """The list has only movies of this server.

    Of the buttons, a manager gets only the link and *Delete*: nothing else of the owner's can be changed.
    """
    done, _ = await has(admin_bot, JobState.COMPLETED, JobState.QUEUED)
    await has(admin_bot, JobState.COMPLETED, guild_id=ELSEWHERE, name="secret")
    page = await listed(admin_bot, admin_bot.dana, member=admin_bot.alice)
    assert page.embeds[0].title == list_title(MovieFilter.ALL, *admin_bot.stored_jobs()[:1], mine=False)
    assert prompts(page) == numbered([2, 1])
    await open_one(admin_bot, page, 2, who=admin_bot.dana)
    assert "alice" in [field.value for field in page.embeds[0].fields]
    assert actions(page) == [STUDIO.format(request_id=done.request_id), "delete", movie_list.PAGE_ACTION]
    await admin_bot.dana.click(page, label=ENGLISH("movies-back-button"))
    await open_one(admin_bot, page, 1, who=admin_bot.dana)
    assert actions(page) == [movie_list.OPEN, movie_list.PAGE_ACTION]
    admin_bot.guild.remove_member(admin_bot.alice)
    assert prompts(await listed(admin_bot, admin_bot.dana, member=admin_bot.alice.user)) == numbered([2, 1])
    bobs = await listed(admin_bot, admin_bot.dana, member=admin_bot.bob)
    assert message_text(bobs) == empty_list(admin_bot.bob.id, mine=False)


async def test_one_who_may_not_is_told_kindly(admin_bot: AdminHarness) -> None:
    """Another member's list is refused, and naming oneself is allowed."""
    await has(admin_bot, JobState.COMPLETED)
    assert ephemeral_text(
        await admin_bot.bob.slash(admin_bot.channel, "movies", member=admin_bot.alice)
    ) == movie_list.not_authorized(ENGLISH)
    assert prompts(await listed(admin_bot, member=admin_bot.alice)) == numbered([1])


async def test_a_forged_press_shows_nothing_of_anyone_elses(admin_bot: AdminHarness) -> None:
    """Bob turns, filters and opens as Alice would, and learns nothing.

    Her page stays as it is.
    """
    [job] = await has(admin_bot, JobState.COMPLETED)
    page = await listed(admin_bot)
    before = message_text(page)
    alice, bob = admin_bot.alice.id, admin_bot.bob.id
    for custom_id, values in (
        (f"m:movies:{alice}:all:here:{job.id}", []),
        (f"m:movies-filter:{alice}", ["done"]),
        (f"m:movies-detail:{alice}:all:{job.id}", [job.id]),
        (f"m:movies-detail:{alice}:all:{job.id}:{job.id}", []),
    ):
        assert ephemeral_text(
            await admin_bot.press(admin_bot.bob, page, custom_id, values)
        ) == movie_list.not_authorized(ENGLISH)
    stolen = await admin_bot.press(admin_bot.bob, page, f"m:movies-detail:{bob}:all:{job.id}", [job.id])
    assert ephemeral_text(stolen) == movie_list.not_found(ENGLISH)
    assert message_text(page) == before


async def test_a_manager_opens_nothing_from_another_server(admin_bot: AdminHarness) -> None:
    [job] = await has(admin_bot, JobState.COMPLETED, guild_id=ELSEWHERE)
    page = await listed(admin_bot)
    press = await admin_bot.press(admin_bot.dana, page, f"m:movies-detail:{admin_bot.alice.id}:all:{job.id}", [job.id])
    assert ephemeral_text(press) == movie_list.not_found(ENGLISH)


async def test_a_press_that_means_nothing_is_answered(admin_bot: AdminHarness) -> None:
    """The custom_ids come from an earlier version, or are forged."""
    await has(admin_bot, JobState.COMPLETED)
    page = await listed(admin_bot)
    alice = admin_bot.alice.id
    for custom_id, values in (
        ("m:movies:1", []),
        ("m:movies-filter", ["all"]),
        (f"m:movies-filter:{alice}", ["lost"]),
        (f"m:movies:{'9' * 30}:all:here:{'0' * 13}", []),
        (f"m:movies:{alice}:all:sideways:{'0' * 13}", []),
        (f"m:movies:{alice}:all:here:{'x' * 50}", []),
        (f"m:movies-detail:{alice}", ["x"]),
        ("m:movies-detail:all:all:all", ["x"]),
        (f"m:movies-detail:{alice}:all:{'0' * 13}", ["\ud800"]),
        (f"m:movies-detail:{alice}:all:{'0' * 13}:\ud800", []),
    ):
        assert errors.outdated_command(ENGLISH) in ephemeral_text(
            await admin_bot.press(admin_bot.alice, page, custom_id, values)
        ), custom_id


async def test_a_list_is_in_the_language_of_who_reads_it(admin_bot: AdminHarness) -> None:
    """Neither the server's language nor that of the movies' member counts."""
    languages, german = SpokenLanguages(admin_bot.env), texts_in(Language.GERMAN)
    languages.server = Language.JAPANESE
    languages.members = {admin_bot.alice.id: Language.FRENCH, admin_bot.dana.id: Language.GERMAN}
    await has(admin_bot, *[JobState.QUEUED] * 6)
    page = await listed(admin_bot, admin_bot.dana, member=admin_bot.alice)
    assert page.embeds[0].title == german("movies-member-title", name="alice")
    assert state_label(german, JobState.QUEUED) in message_text(page)
    await admin_bot.dana.click(page, label=german("movies-older-button"))
    await open_one(admin_bot, page, who=admin_bot.dana)
    assert page.embeds[0].title == state_title(german, JobState.QUEUED)
    await admin_bot.dana.click(page, label=german("movies-back-button"))
    refused = await admin_bot.alice.slash(admin_bot.channel, "movies", member=admin_bot.bob)
    assert ephemeral_text(refused) == movie_list.not_authorized(texts_in(Language.FRENCH))
