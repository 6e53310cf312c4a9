"""/movies: the page of one movie, with its buttons.

Opening a movie that could not be posted claims it.
"""

from __future__ import annotations

import discord
import pytest

from bot.domain.job import JobState
from bot.domain.movie_list import MovieFilter
from bot.ui import movie_list
from bot.ui.amounts import format_credits, format_duration
from bot.ui.components import custom_id
from bot.ui.escaping import escape_line
from bot.ui.job_buttons import STUDIO
from bot.ui.state_labels import state_label, state_title
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import (
    ENGLISH,
    embed_text,
    empty_list,
    movie_detail,
)
from tests.helpers.movie_list import (
    ELSEWHERE,
    answering,
    choose,
    has,
    listed,
    numbered,
    one_kept,
    one_kept_long_ago,
    open_one,
    prompts,
)
from tests.helpers.reading import actions, ephemeral_text, labels, message_text

# ── one movie ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_done_movie_shows_everything_and_what_can_be_done_with_it(admin_bot: AdminHarness) -> None:
    """The private message has link, prompt, receipt, dates and buttons."""
    await admin_bot.movie(prompt="a red balloon", duration=10)
    await admin_bot.finish()
    page = await listed(admin_bot)
    await open_one(admin_bot, page)
    job = admin_bot.job()
    assert page.content == movie_list.detail_content(ENGLISH, movie_detail(admin_bot.stored_job()))
    assert page.content.endswith(job["movie_url"])
    text = message_text(page)
    for words in (
        state_title(ENGLISH, JobState.COMPLETED),
        ">>> a red balloon",
        format_credits(ENGLISH, 100),
        f"<#{admin_bot.channel.id}>",
        format_duration(ENGLISH, 60),
    ):
        assert words in text
    assert f"<t:{job['created_at'] // 1000}:f>" in text
    studio = STUDIO.format(request_id=job["samsar_request_id"])
    assert actions(page) == [studio, "remix", "continue", "retry", "refresh", "delete", movie_list.PAGE_ACTION]
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert page.content == ""
    assert prompts(page) == ["a red balloon"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (JobState.QUEUED, ["cancel", "target", movie_list.OPEN]),
        (JobState.RENDERING, ["target", movie_list.OPEN]),
        (JobState.FAILED, ["retry"]),
        (JobState.CANCELLED, ["retry"]),
    ],
)
async def test_any_other_movie_shows_its_state_and_the_buttons_for_it(
    admin_bot: AdminHarness, state: JobState, expected: list[str]
) -> None:
    """The page has progress or end reason, and credits, without a link."""
    [job] = await has(admin_bot, state)
    page = await listed(admin_bot)
    await open_one(admin_bot, page)
    detail = movie_detail(job, queue_position=0 if state is JobState.QUEUED else None)
    assert message_text(page) == embed_text(movie_list.detail_embed(ENGLISH, detail, admin_bot.catalogue))
    assert page.embeds[0].title == state_title(ENGLISH, state)
    assert page.content == ""
    assert actions(page) == [*expected, movie_list.PAGE_ACTION]


async def test_a_movie_that_moved_on_meanwhile_is_shown_as_it_is_now(admin_bot: AdminHarness) -> None:
    """The list is out of date, but the page is current."""
    await admin_bot.movie(prompt="a red balloon", duration=10)
    page = await listed(admin_bot, show="running")
    await admin_bot.run_until_idle()
    await open_one(admin_bot, page)
    assert page.embeds[0].title == state_title(ENGLISH, JobState.RENDERING)
    await admin_bot.finish()
    await admin_bot.alice.click(page, label=ENGLISH("movies-refresh-button"))
    assert page.embeds[0].title == state_title(ENGLISH, JobState.COMPLETED)
    assert page.content.endswith(admin_bot.job()["movie_url"])
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert message_text(page) == empty_list(admin_bot.alice.id, MovieFilter.RUNNING)


async def test_the_way_back_leads_to_the_page_one_came_from(admin_bot: AdminHarness) -> None:
    """*Back* returns to the second page."""
    await has(admin_bot, *[JobState.COMPLETED] * 12)
    page = await listed(admin_bot)
    await admin_bot.alice.click(page, label=ENGLISH("movies-older-button"))
    await open_one(admin_bot, page, 3)
    assert ">>> movie 5" in message_text(page)
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert prompts(page) == numbered([7, 6, 5, 4, 3])


async def test_a_cancelled_movie_is_seen_cancelled(admin_bot: AdminHarness) -> None:
    """*Cancel* works here as on the card."""
    await admin_bot.movie(prompt="a red balloon", duration=10)
    page = await listed(admin_bot)
    await open_one(admin_bot, page)
    await admin_bot.alice.click(page, label=ENGLISH("buttons-cancel-button"))
    await admin_bot.alice.click(page, label=ENGLISH("movies-refresh-button"))
    assert page.embeds[0].title == state_title(ENGLISH, JobState.CANCELLED)
    assert admin_bot.job()["state"] == "cancelled"


async def test_everything_works_after_a_restart(admin_bot: AdminHarness) -> None:
    """The custom_ids of buttons and menus say what they do."""
    await has(admin_bot, *[JobState.COMPLETED] * 7)
    page = await listed(admin_bot)
    await admin_bot.restart()
    await admin_bot.alice.click(page, label=ENGLISH("movies-older-button"))
    assert prompts(page) == numbered([2, 1])
    await open_one(admin_bot, page, 2)
    await admin_bot.restart()
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert prompts(page) == numbered([2, 1])
    await choose(admin_bot, page, "movies-filter", "not-made")
    assert message_text(page) == empty_list(admin_bot.alice.id, MovieFilter.UNSUCCESSFUL)


# ── claiming ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_movie_that_could_be_posted_nowhere_is_claimed(admin_bot: AdminHarness) -> None:
    """The list marks the movie, and opening it counts as delivery."""
    job = await one_kept(admin_bot)
    page = await listed(admin_bot)
    assert "📬" in message_text(page)
    await open_one(admin_bot, page)
    assert page.content == movie_list.detail_content(ENGLISH, movie_detail(admin_bot.stored_job(), undelivered=True))
    assert page.content.endswith(job["movie_url"])
    [notification] = ledger_checks.outbox(admin_bot.path)
    assert notification["sent_at"] == admin_bot.clock.now()
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert state_label(ENGLISH, JobState.COMPLETED) in message_text(page)
    await open_one(admin_bot, page)
    assert page.content == movie_list.detail_content(ENGLISH, movie_detail(admin_bot.stored_job()))


async def test_an_old_movie_is_claimed_with_a_fresh_link(admin_bot: AdminHarness) -> None:
    """After half an hour the API is asked for a fresh link."""
    await one_kept_long_ago(admin_bot)
    answering(admin_bot, {"status": "COMPLETED", "result": {"url": "https://movies.test/fresh.mp4"}})
    page = await listed(admin_bot)
    await open_one(admin_bot, page)
    assert page.content == movie_list.detail_content(ENGLISH, movie_detail(admin_bot.stored_job(), undelivered=True))
    assert admin_bot.job()["movie_url"] == "https://movies.test/fresh.mp4"
    first_answer = admin_bot.requests("POST", "/callback")[-1].json or {}
    assert first_answer["type"] == discord.InteractionResponseType.deferred_message_update.value
    [notification] = ledger_checks.outbox(admin_bot.path)
    assert notification["sent_at"] == admin_bot.clock.now()


async def test_a_fresh_link_too_long_for_a_message_comes_in_a_file(admin_bot: AdminHarness) -> None:
    """The movie counts as claimed."""
    link = "https://movies.test/fresh.mp4?signature=".ljust(9000, "s")
    await one_kept_long_ago(admin_bot)
    answering(admin_bot, {"status": "COMPLETED", "result": {"url": link}})
    page = await listed(admin_bot)
    await open_one(admin_bot, page)
    [attached] = page.attachments
    assert (admin_bot.env.backend.cdn.get(attached.url) or b"").decode() == link
    [notification] = ledger_checks.outbox(admin_bot.path)
    assert notification["sent_at"] == admin_bot.clock.now()


async def test_an_old_movie_without_a_fresh_link_stays_to_be_claimed(admin_bot: AdminHarness) -> None:
    """The page shows the old link, which may have expired."""
    job = await one_kept_long_ago(admin_bot)
    answering(admin_bot, {"status": "PENDING"})
    page = await listed(admin_bot)
    await open_one(admin_bot, page)
    detail = movie_detail(job, undelivered=True, link_may_be_expired=True)
    assert page.content == movie_list.detail_content(ENGLISH, detail)
    [notification] = ledger_checks.outbox(admin_bot.path)
    assert notification["sent_at"] is None
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert "📬" in message_text(page)


async def test_an_old_movie_of_one_who_asks_for_too_many_links_stays_to_be_claimed(admin_bot: AdminHarness) -> None:
    """Without asking the API, the bot says the link may be expired."""
    job = await one_kept_long_ago(admin_bot)
    while await admin_bot.app.links._limit.try_acquire(admin_bot.alice.id) is None:
        pass
    asked = len(admin_bot.upstream.requests)
    page = await listed(admin_bot)
    await open_one(admin_bot, page)
    detail = movie_detail(job, undelivered=True, link_may_be_expired=True)
    assert page.content == movie_list.detail_content(ENGLISH, detail)
    [notification] = ledger_checks.outbox(admin_bot.path)
    assert notification["sent_at"] is None
    assert len(admin_bot.upstream.requests) == asked


async def test_a_manager_who_opens_a_members_movie_spends_none_of_the_members_links(admin_bot: AdminHarness) -> None:
    """A fresh link counts as one of the reader's."""
    await admin_bot.movie()
    await admin_bot.finish()
    await admin_bot.clock.advance(3600)
    answering(admin_bot, {"status": "COMPLETED", "result": {"url": "https://movies.test/fresh.mp4"}})
    while await admin_bot.app.links._limit.try_acquire(admin_bot.alice.id) is None:
        pass
    page = await listed(admin_bot, admin_bot.dana, member=admin_bot.alice)
    await open_one(admin_bot, page, who=admin_bot.dana)
    assert admin_bot.job()["movie_url"] == "https://movies.test/fresh.mp4"


@pytest.mark.parametrize("own", [True, False])
async def test_a_fresh_link_by_its_button_claims_the_members_own_movie(admin_bot: AdminHarness, *, own: bool) -> None:
    """Another member who presses it gets none."""
    job = await one_kept_long_ago(admin_bot)
    answering(admin_bot, {"status": "COMPLETED", "result": {"url": "https://movies.test/fresh.mp4"}})
    page = await listed(admin_bot)
    await admin_bot.press(admin_bot.alice if own else admin_bot.bob, page.id, f"m:refresh:{job.id}")
    assert (admin_bot.job()["movie_url"] == "https://movies.test/fresh.mp4") is own
    [notification] = ledger_checks.outbox(admin_bot.path)
    assert notification["sent_at"] == (admin_bot.clock.now() if own else None)


async def test_only_the_member_claims_a_movie(admin_bot: AdminHarness) -> None:
    """A manager reads what it cost, and no more: it is shown in no channel."""
    await one_kept(admin_bot)
    page = await listed(admin_bot, admin_bot.dana, member=admin_bot.alice)
    assert escape_line(ENGLISH("movies-hidden-prompt"), 120) in message_text(page)
    assert "a red balloon" not in message_text(page)
    assert str(admin_bot.job()["movie_url"]) not in message_text(page)
    forged = custom_id(movie_list.OPEN, admin_bot.alice.id, "all", admin_bot.job()["id"])
    pressed = await admin_bot.press(admin_bot.dana, page, forged, [admin_bot.job()["id"]])
    assert ephemeral_text(pressed) == movie_list.not_found(ENGLISH)
    [notification] = ledger_checks.outbox(admin_bot.path)
    assert notification["sent_at"] is None


async def test_a_fresh_link_leaves_the_opened_movie_as_it_stands(admin_bot: AdminHarness) -> None:
    """The link comes in a new message, and the page keeps *Back*."""
    await has(admin_bot, JobState.COMPLETED)
    answering(admin_bot, {"status": "COMPLETED", "result": {"url": "https://movies.test/fresh.mp4"}})
    page = await listed(admin_bot)
    await open_one(admin_bot, page)
    before = (page.content, labels(page))
    await admin_bot.alice.click(page, label=ENGLISH("buttons-new-link-button"))
    assert admin_bot.job()["movie_url"] == "https://movies.test/fresh.mp4"
    assert (page.content, labels(page)) == before
    assert movie_list.PAGE_ACTION in actions(page)


# ── opened by the id of a footer ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_movie_is_opened_by_the_id_of_its_footer(admin_bot: AdminHarness) -> None:
    """The id or the whole footer works, twice and after a restart.

    Of several ids, the last one counts.
    """
    [movie] = await has(admin_bot, JobState.QUEUED)
    await admin_bot.restart()
    for typed in (movie.id, f" ID {movie.id.upper()} ", f"{'0' * 13} · {movie.id}"):
        for _ in range(2):
            page = await listed(admin_bot, id=typed)
            assert page.embeds[0].title == state_title(ENGLISH, JobState.QUEUED)
            assert page.embeds[0].footer.text == ENGLISH("movies-id-footer", id=movie.id)
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert prompts(page) == ["movie 1"]


async def test_a_movie_of_another_member_is_opened_by_a_manager_of_its_server_only(admin_bot: AdminHarness) -> None:
    """Everyone else reads the answer to an unknown id."""
    [movie] = await has(admin_bot, JobState.QUEUED)
    [elsewhere] = await has(admin_bot, JobState.QUEUED, guild_id=ELSEWHERE)
    page = await listed(admin_bot, admin_bot.dana, id=movie.id)
    assert page.embeds[0].title == state_title(ENGLISH, JobState.QUEUED)
    assert movie_list.PAGE_ACTION in actions(page)
    assert "cancel" not in actions(page)
    for who, typed in (
        (admin_bot.bob, movie.id),
        (admin_bot.dana, elsewhere.id),
        (admin_bot.alice, "0000000000000"),
        (admin_bot.alice, "'; DROP TABLE jobs"),
        (admin_bot.alice, " "),
    ):
        refused = await who.slash(admin_bot.channel, "movies", id=typed)
        assert ephemeral_text(refused) == movie_list.unknown_id(ENGLISH)


async def test_a_movie_of_another_server_says_of_which(admin_bot: AdminHarness) -> None:
    """The bot may have left that server."""
    theatre = admin_bot.env.create_guild("Theatre")
    for guild_id, name in ((theatre.id, "Theatre"), (ELSEWHERE, ENGLISH("movies-left-server-value"))):
        [movie] = await has(admin_bot, JobState.QUEUED, guild_id=guild_id)
        assert name in message_text(await listed(admin_bot, id=movie.id))


async def test_a_movie_with_an_expired_link_is_opened_by_its_id_with_a_fresh_one(admin_bot: AdminHarness) -> None:
    """Opening a movie that could not be posted claims it."""
    movie = await one_kept_long_ago(admin_bot)
    answering(admin_bot, {"status": "COMPLETED", "result": {"url": "https://movies.test/fresh.mp4"}})
    page = await listed(admin_bot, id=movie.id)
    assert page.content.startswith(ENGLISH("movies-posted-late"))
    again = await listed(admin_bot, id=movie.id)
    assert again.content.startswith(ENGLISH("movies-here-is-yours"))


async def test_a_manager_sees_of_a_series_only_what_was_posted_here(admin_bot: AdminHarness) -> None:
    """The member sees all of it."""
    [first] = await has(admin_bot, JobState.COMPLETED)
    [secret] = await has(admin_bot, JobState.COMPLETED, guild_id=ELSEWHERE, name="secret")
    ledger_checks.execute(admin_bot.path, f"UPDATE jobs SET continues_id = '{first.id}' WHERE id = '{secret.id}'")
    for who, found in ((admin_bot.alice, True), (admin_bot.dana, False)):
        page = await listed(admin_bot, who, id=first.id)
        assert ("secret 1" in message_text(page)) is found
