"""Links of any length are posted whole, and found in /movies."""

from __future__ import annotations

import pytest
from simcord.results import InteractionResult, ResponseMessage

from bot.ui import button_responses, job_messages
from bot.ui.amounts import format_credits
from tests.e2e.test_buttons_when_done import give, grow_old
from tests.helpers import factories
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.movie_list import listed, open_one
from tests.helpers.reading import actions, message_text
from tests.helpers.steps import completed_movie

IN_CONTENT, IN_EMBED, IN_FILE = 1900, 3500, 9000
SIGNED = "https://movies.test/final.mp4?signature="


def link_of(length: int) -> str:
    """A signed link of this length."""
    return SIGNED.ljust(length, "s")


def whole(admin_bot: AdminHarness, message: ResponseMessage) -> str:
    """A private message's text, with the text of its file."""
    files = [admin_bot.env.backend.cdn.get(each.url) for each in message.attachments]
    return "\n".join([message_text(message), *(content.decode() for content in files if content)])


@pytest.mark.parametrize("length", [IN_CONTENT, IN_EMBED, IN_FILE])
async def test_a_movie_with_a_long_link_is_posted_with_it_or_with_the_way_to_it(
    admin_bot: AdminHarness, length: int, caplog: pytest.LogCaptureFixture
) -> None:
    """It is paid for, so its link is never dropped.

    A link that no message can hold is logged.
    """
    give(admin_bot, link_of(length))
    movie = await completed_movie(admin_bot)
    assert (link_of(length) in message_text(movie)) == (length != IN_FILE)
    built = job_messages.completed_message(ENGLISH, admin_bot.stored_job(), factories.balance())
    assert movie.content == built.content
    assert ("link_not_posted" in caplog.messages) == (length == IN_FILE)
    assert link_of(length) not in actions(movie)
    assert admin_bot.job()["movie_url"] == link_of(length)


@pytest.mark.parametrize("length", [IN_CONTENT, IN_EMBED, IN_FILE])
async def test_movies_has_every_link(admin_bot: AdminHarness, length: int) -> None:
    """The link is in the message or a file, which *Back* removes."""
    give(admin_bot, link_of(length))
    await completed_movie(admin_bot)
    page = await listed(admin_bot)
    await open_one(admin_bot, page)
    assert link_of(length) in whole(admin_bot, page)
    assert [each.filename for each in page.attachments] == (["link.txt"] if length == IN_FILE else [])
    await admin_bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert page.attachments == []
    assert SIGNED not in whole(admin_bot, page)


def followed_up(admin_bot: AdminHarness, result: InteractionResult) -> str:
    """The text of the private follow-up, with that of its file."""
    [message] = result.followups
    assert message.ephemeral
    return whole(admin_bot, message)


@pytest.mark.parametrize("before", [100, IN_CONTENT, IN_EMBED, IN_FILE])
@pytest.mark.parametrize("after", [200, IN_CONTENT + 1, IN_EMBED + 1, IN_FILE + 1])
async def test_a_fresh_link_of_any_length_takes_the_place_of_any_other(
    admin_bot: AdminHarness, before: int, after: int
) -> None:
    """The public message is updated, and the member gets the whole link."""
    give(admin_bot, link_of(before))
    movie = await completed_movie(admin_bot)
    said = movie.content.splitlines()[0]
    admin_bot.upstream.clear_faults()
    give(admin_bot, link_of(after))
    await grow_old(admin_bot)
    assert link_of(after) in followed_up(
        admin_bot, await admin_bot.bob.click(movie, label=ENGLISH("buttons-new-link-button"))
    )
    mended = admin_bot.messages()[-1]
    assert mended.content.splitlines()[0] == said
    assert (link_of(after) in message_text(mended)) == (after <= IN_EMBED + 1)
    assert message_text(mended).count(SIGNED) == (after <= IN_EMBED + 1)
    assert format_credits(ENGLISH, 200) in message_text(mended)


async def test_the_player_that_discord_adds_is_not_taken_for_the_words_of_a_message(admin_bot: AdminHarness) -> None:
    """Discord adds an embed for a link in the content."""
    give(admin_bot, link_of(100))
    movie = await completed_movie(admin_bot)
    stored = admin_bot.env.backend.get_message(admin_bot.channel.id, movie.id)
    stored.embeds.append({"type": "video", "url": link_of(100)})
    admin_bot.upstream.clear_faults()
    give(admin_bot, link_of(IN_EMBED))
    await grow_old(admin_bot)
    await admin_bot.bob.click(movie, label=ENGLISH("buttons-new-link-button"))
    [embed] = admin_bot.messages()[-1].embeds
    assert format_credits(ENGLISH, 200) in str(embed.description)
    assert str(embed.description).endswith(link_of(IN_EMBED))


async def test_where_no_fresh_link_is_given_a_long_one_is_still_whole(admin_bot: AdminHarness) -> None:
    """The answer has the last known link in a file."""
    give(admin_bot, link_of(IN_FILE))
    movie = await completed_movie(admin_bot)
    await grow_old(admin_bot)
    admin_bot.upstream.inject("unknown-request")
    text = followed_up(admin_bot, await admin_bot.alice.click(movie, label=ENGLISH("buttons-new-link-button")))
    assert text.startswith(button_responses.no_fresh_link(ENGLISH, admin_bot.stored_job()).content)
    assert link_of(IN_FILE) in text
