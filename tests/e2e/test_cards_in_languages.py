"""A movie's card, messages and buttons in their reader's language."""

from __future__ import annotations

import discord
import pytest

from bot.domain.language import Language
from bot.domain.preferences import DeliveryTarget
from bot.locales.texts import texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from bot.ui import button_responses, job_messages
from tests.helpers import factories
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import about_movie, button, ephemeral_text, field_of, message_text
from tests.helpers.stray_cards import agree, stray

GERMAN, JAPANESE, FRENCH = (texts_in(each) for each in (Language.GERMAN, Language.JAPANESE, Language.FRENCH))


@pytest.fixture
def languages(bot: BotHarness) -> SpokenLanguages:
    """Alice speaks German and bob French, in a Japanese server."""
    languages = SpokenLanguages(bot.env)
    languages.members = {bot.alice.id: Language.GERMAN, bot.bob.id: Language.FRENCH}
    languages.server = Language.JAPANESE
    return languages


async def finish(bot: BotHarness) -> None:
    """Let every movie be submitted and made."""
    await bot.run_until_idle()
    await bot.run_until_idle(RENDER_SECONDS)


def rows(message: discord.Message) -> list[list[str | None]]:
    """The labels of the buttons in each row."""
    found = [each for each in message.components if isinstance(each, discord.ActionRow)]
    return [[each.label for each in row.children if isinstance(each, discord.Button)] for row in found]


@pytest.mark.usefixtures("languages")
async def test_the_channel_reads_its_servers_language_and_each_member_their_own(bot: BotHarness) -> None:
    """The worker, too, edits the card in the server's language."""
    await bot.movie()
    [card] = bot.messages()
    assert card.embeds[0].title == JAPANESE("cards-queued-title")
    await bot.run_until_idle()
    assert bot.messages()[0].embeds[0].title == JAPANESE("cards-rendering-title")
    follow = button(bot.messages()[0], JAPANESE("buttons-follow-button"))
    assert about_movie(await bot.press(bot.bob, card, follow)) == FRENCH("buttons-following")
    assert about_movie(await bot.press(bot.alice, card, follow)) == GERMAN("buttons-own-movie")
    target = button(bot.messages()[0], JAPANESE("buttons-direct-button"))
    refused = ephemeral_text(await bot.press(bot.bob, card, target))
    assert refused == button_responses.not_owner(FRENCH, bot.stored_job())
    await bot.run_until_idle(RENDER_SECONDS)
    movie = bot.messages()[-1]
    built = job_messages.completed_message(JAPANESE, bot.stored_job(), None, [bot.bob.id])
    assert movie.content == built.content
    assert message_text(movie).endswith(str(built.embed and built.embed.footer.text))
    assert button(movie, JAPANESE("buttons-remix-button"))


@pytest.mark.usefixtures("languages")
async def test_a_direct_message_is_in_the_members_language(bot: BotHarness) -> None:
    """After a restart, the language comes from the order, not an interaction."""
    await bot.movie()
    [card] = bot.messages()
    target = button(card, JAPANESE("buttons-direct-button"))
    said = about_movie(await bot.press(bot.alice, card, target))
    assert said == button_responses.target_changed(GERMAN, DeliveryTarget.DIRECT_MESSAGE)
    await bot.restart()
    await finish(bot)
    [movie] = bot.direct_messages(bot.alice)
    job = bot.stored_job()
    assert movie.content == job_messages.completed_message(GERMAN, job, factories.balance(), direct=True).content
    assert bot.messages()[0].embeds[0].title == JAPANESE("cards-ready-title")
    new_link = button(movie, GERMAN("buttons-new-link-button"))
    await bot.alice.user.click(movie, custom_id=new_link)
    assert bot.requests("PATCH", "/webhooks/")
    assert button(bot.direct_messages(bot.alice)[0], GERMAN("buttons-new-link-button")) == new_link


async def test_a_card_is_recognized_in_any_language(bot: BotHarness, languages: SpokenLanguages) -> None:
    """The server's language has changed since the order.

    The card's old buttons work, and its edits stay in the order's language.
    """
    await bot.movie()
    languages.server = Language.PORTUGUESE
    [card] = bot.messages()
    cancel = button(card, JAPANESE("buttons-cancel-button"))
    job_id = bot.job()["id"]
    said = about_movie(await bot.press(bot.alice, card, cancel))
    assert said == button_responses.cancelled(GERMAN, bot.stored_job())
    [card] = bot.messages()
    assert card.embeds[0].title == JAPANESE("cards-cancelled-title")
    assert job_messages.is_card_of(bot.stored_job(), card)
    assert not job_messages.is_outdated(bot.stored_job(), card)
    assert field_of(card, JAPANESE("cards-status-field"))
    assert ENGLISH("cards-cancelled-title") not in message_text(card)
    assert job_id in str(card.embeds[0].footer.text)


@pytest.mark.usefixtures("languages")
async def test_a_card_that_a_press_corrects_keeps_the_servers_language(bot: BotHarness) -> None:
    """Bob speaks French, and his press corrects the card in Japanese."""
    await bot.movie()
    for method in ("PATCH", "DELETE"):
        bot.env.inject_error(method, f"/channels/{bot.channel.id}/messages/*", status=403, code=50001, times=None)
    await finish(bot)
    card = bot.messages()[0]
    assert card.embeds[0].title == JAPANESE("cards-queued-title")
    await bot.press(bot.bob, card, button(card, JAPANESE("buttons-follow-button")))
    assert bot.messages()[0].embeds[0].title == JAPANESE("cards-ready-title")


@pytest.mark.usefixtures("languages")
async def test_a_new_link_leaves_the_message_in_the_servers_language(bot: BotHarness) -> None:
    """Bob speaks French, and his press keeps the message in Japanese."""
    await bot.movie()
    await finish(bot)
    new_link = button(bot.messages()[-1], JAPANESE("buttons-new-link-button"))
    before = rows(bot.messages()[-1])
    await bot.press(bot.bob, bot.messages()[-1], new_link)
    assert bot.requests("PATCH", "/webhooks/")
    assert button(bot.messages()[-1], JAPANESE("buttons-remix-button"))
    assert rows(bot.messages()[-1]) == before


@pytest.mark.usefixtures("languages")
async def test_a_new_link_leaves_a_direct_message_in_its_members_language(bot: BotHarness) -> None:
    await bot.movie()
    await bot.alice.click(bot.messages()[0], label=JAPANESE("buttons-direct-button"))
    await finish(bot)
    [movie] = bot.direct_messages(bot.alice)
    before = rows(movie)
    await bot.alice.user.click(movie, label=GERMAN("buttons-new-link-button"))
    assert bot.requests("PATCH", "/webhooks/")
    [movie] = bot.direct_messages(bot.alice)
    assert rows(movie) == before


@pytest.mark.usefixtures("languages")
async def test_the_card_of_a_voided_order_is_corrected_in_the_servers_language(bot: BotHarness) -> None:
    """Discord didn't name the message, so it is corrected at once."""
    bot.omit_message_id()
    await bot.movie()
    assert bot.messages()[0].embeds[0].title == JAPANESE("cards-cancelled-title")


@pytest.mark.usefixtures("languages")
async def test_a_card_that_is_found_in_the_channel_is_corrected_in_the_servers_language(bot: BotHarness) -> None:
    await agree(bot)
    await stray(bot)
    bot.env.inject_error("DELETE", f"/channels/{bot.channel.id}/messages/*", status=503, times=1)
    await bot.run_until_idle()
    assert bot.messages()[0].embeds[0].title == JAPANESE("cards-cancelled-title")
