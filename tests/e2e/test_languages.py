"""Each member reads their own language, and a channel its server's."""

from __future__ import annotations

import discord
import pytest

from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.sandbox.environment import SpokenLanguages
from bot.ui import button_responses, job_messages, pitches
from bot.ui.components import custom_id
from data import pitch_ends
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.asking import asked, close_direct_messages
from tests.helpers.bot_harness import RENDER_SECONDS
from tests.helpers.reading import (
    about_movie,
    button,
    ephemeral_text,
    footer_of,
    job_action,
    message_text,
    rows_of,
    title_of,
)
from tests.helpers.steps import behind_more

GERMAN, JAPANESE, FRENCH = (texts_in(each) for each in (Language.GERMAN, Language.JAPANESE, Language.FRENCH))


@pytest.fixture
def languages(bot: AdminHarness) -> SpokenLanguages:
    """Alice speaks German and bob French, in a Japanese server."""
    languages = SpokenLanguages(bot.env)
    languages.members = {bot.alice.id: Language.GERMAN, bot.bob.id: Language.FRENCH}
    languages.server = Language.JAPANESE
    return languages


def rows(message: discord.Message) -> list[list[str | None]]:
    return [[each.label for each in row if isinstance(each, discord.Button)] for row in rows_of(message)]


@pytest.mark.usefixtures("languages")
async def test_the_channel_reads_its_servers_language_and_each_member_their_own(bot: AdminHarness) -> None:
    await bot.movie()
    [card] = bot.messages()
    assert title_of(card) == JAPANESE("cards-waiting-title")
    await bot.run_until_idle()
    assert title_of(bot.messages()[0]) == JAPANESE("cards-being-made-title")
    follow = button(bot.messages()[0], JAPANESE("buttons-follow-button"))
    assert about_movie(await bot.press(bot.bob, card, follow)) == FRENCH("buttons-following")
    assert about_movie(await bot.press(bot.alice, card, follow)) == GERMAN("buttons-own-movie")
    target = job_action(bot.messages()[0], "target", "direct")
    refused = ephemeral_text(await bot.press(bot.bob, card, target))
    assert refused == button_responses.not_owner(FRENCH, bot.stored_job())
    await bot.run_until_idle(RENDER_SECONDS)
    movie = bot.messages()[-1]
    built = job_messages.completed_message(JAPANESE, bot.stored_job(), bot.catalogue, None, [bot.bob.id])
    assert message_text(movie) == built.text
    before = rows(movie)
    edits = len(bot.requests("PATCH", "/messages/"))
    await behind_more(bot.bob, movie, "refresh")
    await bot.run_until_idle()
    assert len(bot.requests("PATCH", "/messages/")) == edits + 1
    assert button(bot.messages()[-1], JAPANESE("buttons-remix-button"))
    assert rows(bot.messages()[-1]) == before


@pytest.mark.usefixtures("languages")
async def test_a_direct_message_is_in_the_members_language(bot: AdminHarness) -> None:
    await bot.movie()
    [card] = bot.messages()
    said = about_movie(await bot.act(bot.alice, card, "target", "direct"))
    assert said == GERMAN("buttons-to-direct")
    await bot.restart()
    await bot.finish()
    [movie] = bot.direct_messages(bot.alice)
    assert message_text(movie).startswith(GERMAN("deliveries-ready-direct"))
    assert title_of(bot.messages()[0]) == JAPANESE("cards-ready-title")
    before = rows(movie)
    edits = len(bot.requests("PATCH", "/messages/"))
    await bot.alice.user.click(movie, label=GERMAN("buttons-new-link-button"))
    await bot.run_until_idle()
    assert len(bot.requests("PATCH", "/messages/")) == edits + 1
    assert rows(bot.direct_messages(bot.alice)[0]) == before


@pytest.fixture
def japanese_server(bot: AdminHarness) -> None:
    """Everyone speaks French, in a Japanese server."""
    languages = SpokenLanguages(bot.env)
    people = (bot.alice, bot.bob, bot.dana)
    languages.members = {each.id: Language.FRENCH for each in people}
    languages.server = Language.JAPANESE


@pytest.mark.usefixtures("japanese_server")
async def test_a_request_for_credits_whose_member_could_not_be_told(bot: AdminHarness) -> None:
    request = await asked(bot)
    await close_direct_messages(bot, bot.alice)
    await request.press()
    await bot.run_until_idle(5)
    assert JAPANESE("log-request-not-told", member=bot.alice.mention) in message_text(request.message).splitlines()


@pytest.mark.usefixtures("japanese_server")
async def test_a_pitch_from_its_first_message_to_its_last(bot: AdminHarness) -> None:
    await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=30)
    [message] = bot.messages()
    assert JAPANESE("pitch-by", member="alice") in footer_of(message)
    pitch_id = footer_of(message).rpartition("ID ")[2]
    await bot.app.database.write(pitch_ends.withdraw, pitch_id, bot.guild.id, bot.alice.id)
    await bot.press(bot.bob, message, custom_id(pitches.VOTE, pitch_id))
    [message] = bot.messages()
    assert JAPANESE("pitch-ended-withdrawn") in message_text(message)
