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

GERMAN, JAPANESE, FRENCH = (texts_in(each) for each in (Language.GERMAN, Language.JAPANESE, Language.FRENCH))


@pytest.fixture
def languages(bot: BotHarness) -> SpokenLanguages:
    """Alice speaks German and bob French, in a Japanese server."""
    languages = SpokenLanguages(bot.env)
    languages.members = {bot.alice.id: Language.GERMAN, bot.bob.id: Language.FRENCH}
    languages.server = Language.JAPANESE
    return languages


def rows(message: discord.Message) -> list[list[str | None]]:
    found = [each for each in message.components if isinstance(each, discord.ActionRow)]
    return [[each.label for each in row.children if isinstance(each, discord.Button)] for row in found]


@pytest.mark.usefixtures("languages")
async def test_the_channel_reads_its_servers_language_and_each_member_their_own(bot: BotHarness) -> None:
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
    before = rows(movie)
    await bot.press(bot.bob, movie, button(movie, JAPANESE("buttons-new-link-button")))
    assert bot.requests("PATCH", "/webhooks/")
    assert button(bot.messages()[-1], JAPANESE("buttons-remix-button"))
    assert rows(bot.messages()[-1]) == before


@pytest.mark.usefixtures("languages")
async def test_a_direct_message_is_in_the_members_language(bot: BotHarness) -> None:
    await bot.movie()
    [card] = bot.messages()
    target = button(card, JAPANESE("buttons-direct-button"))
    said = about_movie(await bot.press(bot.alice, card, target))
    assert said == button_responses.target_changed(GERMAN, DeliveryTarget.DIRECT_MESSAGE)
    await bot.restart()
    await bot.finish()
    [movie] = bot.direct_messages(bot.alice)
    job = bot.stored_job()
    assert movie.content == job_messages.completed_message(GERMAN, job, factories.balance(), direct=True).content
    assert bot.messages()[0].embeds[0].title == JAPANESE("cards-ready-title")
    before = rows(movie)
    await bot.alice.user.click(movie, label=GERMAN("buttons-new-link-button"))
    assert bot.requests("PATCH", "/webhooks/")
    assert rows(bot.direct_messages(bot.alice)[0]) == before


async def test_a_card_is_recognized_in_any_language(bot: BotHarness, languages: SpokenLanguages) -> None:
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
