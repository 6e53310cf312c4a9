"""What members see of a movie whose words were deleted after RETENTION_DAYS."""

from __future__ import annotations

import pytest

from bot.locales.message_ids import MessageId
from bot.ui import button_responses, movie_list
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.movie_list import listed, open_one, prompts
from tests.helpers.reading import about_movie, actions, button, message_text

PROMPT = "a red balloon"
DAY = 24 * 3600


async def old(bot: AdminHarness) -> None:
    """Make a movie, and let 366 days go by."""
    await bot.movie(prompt=PROMPT)
    await bot.finish()
    await bot.clock.advance(366 * DAY)
    await bot.app.retention.run_once()


async def test_the_list_the_details_and_the_receipts_show_the_movie_without_words(admin_bot: AdminHarness) -> None:
    """They say that the prompt was deleted, and offer only *Delete*."""
    await old(admin_bot)
    page = await listed(admin_bot)
    assert prompts(page) == [r"\(prompt deleted\)"]
    await open_one(admin_bot, page)
    assert page.content == ENGLISH("privacy-link-gone")
    assert actions(page) == ["delete", movie_list.PAGE_ACTION]
    credits = await admin_bot.alice.slash(admin_bot.channel, "credits")
    assert credits.response is not None
    assert r"\(prompt deleted\)" in message_text(credits.response)
    assert PROMPT not in message_text(page) + message_text(credits.response)


@pytest.mark.parametrize("label", ["buttons-remix-button", "buttons-rerun-button"])
async def test_a_movie_without_prompt_is_not_made_again(admin_bot: AdminHarness, label: MessageId) -> None:
    """The message in the channel still has the buttons."""
    await old(admin_bot)
    posted = admin_bot.messages()[-1]
    for who in (admin_bot.alice, admin_bot.bob):
        answer = await admin_bot.press(who, posted, button(posted, ENGLISH(label)))
        assert about_movie(answer) == button_responses.not_again(ENGLISH)
    assert admin_bot.ordered() == 1


async def test_there_is_no_new_link_for_an_old_movie(admin_bot: AdminHarness) -> None:
    """No link is stored again."""
    await old(admin_bot)
    posted = admin_bot.messages()[-1]
    await admin_bot.press(admin_bot.alice, posted, button(posted, ENGLISH("buttons-new-link-button")))
    assert admin_bot.job()["movie_url"] is None
