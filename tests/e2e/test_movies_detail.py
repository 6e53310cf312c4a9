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
from tests.helpers.expected_text import ENGLISH, embed_text, empty_list, movie_detail
from tests.helpers.movie_list import (
    ELSEWHERE,
    answering,
    buttons,
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
    await admin_bot.movie(prompt="a red balloon", duration=10)
    page = await listed(admin_bot, show="running")
    await admin_bot.run_until_idle()
    await open_one(admin_bot, page)
    assert page.embeds[0].title == state_title(ENGLISH, JobState.RENDERING)
    await admin_bot.finish()
    await admin_bot.alice.click(page, label=ENGLISH("movies-refresh-button"))
    job, text = admin_bot.job(), message_text(page)
    assert page.content == movie_list.detail_content(ENGLISH, movie_detail(admin_bot.stored_job()))
    assert page.content.endswith(job["movie_url"])
    assert page.embeds[0].title == state_title(ENGLISH, JobState.COMPLETED)
    parts = (">>> a red balloon", format_credits(ENGLISH, 100), f"<#{admin_bot.channel.id}>")
    for words in (*parts, format_duration(ENGLISH, 60), f"<t:{job['created_at'] // 1000}:f>"):
        assert words in text
    studio = STUDIO.format(request_id=job["samsar_request_id"])
    assert actions(page) == [studio, "remix", "continue", "retry", "refresh", "delete", movie_list.PAGE_ACTION]
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert (page.content, message_text(page)) == ("", empty_list(admin_bot.alice.id, MovieFilter.RUNNING))


async def test_any_other_movie_shows_its_state_and_the_buttons_for_it(admin_bot: AdminHarness) -> None:
    made = {
        state: (await has(admin_bot, state))[0]
        for state in (JobState.FAILED, JobState.CANCELLED, JobState.RENDERING, JobState.QUEUED)
    }
    expected = {
        JobState.QUEUED: ["cancel", "target", movie_list.OPEN],
        JobState.RENDERING: ["target", movie_list.OPEN],
        JobState.FAILED: ["retry"],
        JobState.CANCELLED: ["retry"],
    }
    for state, job in made.items():
        page = await listed(admin_bot, id=job.id)
        detail = movie_detail(job, queue_position=0 if state is JobState.QUEUED else None)
        assert message_text(page) == embed_text(movie_list.detail_embed(ENGLISH, detail, admin_bot.catalogue))
        assert (page.embeds[0].title, page.content) == (state_title(ENGLISH, state), "")
        assert actions(page) == [*expected[state], movie_list.PAGE_ACTION]


async def test_pages_are_turned_and_left_and_work_after_a_restart(admin_bot: AdminHarness) -> None:
    await has(admin_bot, *[JobState.COMPLETED] * 7)
    page = await listed(admin_bot)
    assert (prompts(page), buttons(page)) == (numbered([7, 6, 5, 4, 3]), {"Newer": False, "Older": True})
    await admin_bot.restart()
    await admin_bot.alice.click(page, label=ENGLISH("movies-older-button"))
    assert (prompts(page), buttons(page)) == (numbered([2, 1]), {"Newer": True, "Older": False})
    await open_one(admin_bot, page, 2)
    assert ">>> movie 1" in message_text(page)
    await admin_bot.restart()
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert prompts(page) == numbered([2, 1])
    await admin_bot.alice.click(page, label=ENGLISH("movies-newer-button"))
    assert prompts(page) == numbered([7, 6, 5, 4, 3])
    await choose(admin_bot, page, "movies-filter", "not-made")
    assert message_text(page) == empty_list(admin_bot.alice.id, MovieFilter.UNSUCCESSFUL)


# ── claiming ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_movie_that_could_be_posted_nowhere_is_claimed(admin_bot: AdminHarness) -> None:
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
    """Where it gives none, the page shows the old one, which may have expired, and the movie stays to be claimed."""
    job = await one_kept_long_ago(admin_bot)
    without = answering(admin_bot, {"status": "PENDING"})
    page = await listed(admin_bot)
    await open_one(admin_bot, page)
    detail = movie_detail(job, undelivered=True, link_may_be_expired=True)
    assert page.content == movie_list.detail_content(ENGLISH, detail)
    first_answer = admin_bot.requests("POST", "/callback")[-1].json or {}
    assert first_answer["type"] == discord.InteractionResponseType.deferred_message_update.value
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert "📬" in message_text(page)
    without.stop()
    await admin_bot.clock.advance(600)
    answering(admin_bot, {"status": "COMPLETED", "result": {"url": "https://movies.test/fresh.mp4"}})
    page = await listed(admin_bot, id=job.id)
    assert page.content == movie_list.detail_content(ENGLISH, movie_detail(admin_bot.stored_job(), undelivered=True))
    assert admin_bot.job()["movie_url"] == "https://movies.test/fresh.mp4"
    [notification] = ledger_checks.outbox(admin_bot.path)
    assert notification["sent_at"] == admin_bot.clock.now()
    again = await listed(admin_bot, id=job.id)
    assert again.content.startswith(ENGLISH("movies-here-is-yours"))


async def test_a_fresh_link_too_long_for_a_message_comes_in_a_file(admin_bot: AdminHarness) -> None:
    link = "https://movies.test/fresh.mp4?signature=".ljust(9000, "s")
    await one_kept_long_ago(admin_bot)
    answering(admin_bot, {"status": "COMPLETED", "result": {"url": link}})
    page = await listed(admin_bot)
    await open_one(admin_bot, page)
    [attached] = page.attachments
    assert (admin_bot.env.backend.cdn.get(attached.url) or b"").decode() == link
    [notification] = ledger_checks.outbox(admin_bot.path)
    assert notification["sent_at"] == admin_bot.clock.now()


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
    [movie] = await has(admin_bot, JobState.QUEUED)
    for typed in (movie.id, f" ID {movie.id.upper()} ", f"{'0' * 13} · {movie.id}"):
        page = await listed(admin_bot, id=typed)
        assert page.embeds[0].title == state_title(ENGLISH, JobState.QUEUED)
        assert page.embeds[0].footer.text == ENGLISH("movies-id-footer", id=movie.id)
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert prompts(page) == ["movie 1"]


async def test_a_movie_of_another_member_is_opened_by_a_manager_of_its_server_only(admin_bot: AdminHarness) -> None:
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
