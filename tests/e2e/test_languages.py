"""Each member reads their own language, and a channel its server's."""

from __future__ import annotations

import discord
import pytest

from bot.domain.preferences import DeliveryTarget
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.sandbox.environment import SpokenLanguages
from bot.ui import button_responses, job_messages, movie_reports, pitches
from bot.ui.components import custom_id
from data import pitch_ends
from tests.helpers import factories
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.asking import asked, close_direct_messages
from tests.helpers.awaiting import awaiting
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import about_movie, button, custom_ids, ephemeral_text, field_of, message_text
from tests.helpers.reporting import cases
from tests.helpers.reporting import newest as newest_report

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


@pytest.fixture
def japanese_server(bot: AdminHarness) -> None:
    """Everyone speaks French, in a Japanese server."""
    languages = SpokenLanguages(bot.env)
    people = (bot.alice, bot.bob, bot.dana)
    languages.members = {each.id: Language.FRENCH for each in people}
    languages.server = Language.JAPANESE


@pytest.mark.usefixtures("japanese_server")
async def test_what_became_of_a_movie_that_waited(bot: AdminHarness) -> None:
    approved, staff = await awaiting(bot), bot.dana.mention
    await approved.press()
    declined = await awaiting(bot)
    await declined.decline()
    for pending, expected in ((approved, "approvals-approved"), (declined, "approvals-declined")):
        decision = field_of(pending.message, JAPANESE("approvals-decision-field"))
        assert decision == JAPANESE(expected, staff=staff)


@pytest.mark.usefixtures("japanese_server")
async def test_a_report_and_the_log_of_a_deletion(bot: AdminHarness) -> None:
    await bot.set_staff_channel(bot.lines)
    await bot.made(duration=20)
    movie = bot.messages()[-1]
    form = await bot.press(bot.bob, movie, custom_ids(movie)["report"])
    await bot.bob.submit_modal(form, {"reason": ""})
    case = await newest_report(bot, movie)
    await case.press(movie_reports.DISMISS)
    dismissed = JAPANESE("reported-dismissed", staff=bot.dana.mention)
    assert field_of(case.message, JAPANESE("approvals-decision-field")) == dismissed
    [row] = cases(bot)
    job_id = row["job_id"]
    await bot.press(bot.dana, movie, custom_id("delete-confirm", job_id))
    await bot.run_until_idle()
    deleted = JAPANESE("log-movie-removed", member=bot.alice.mention, id=job_id)
    assert any(deleted in each for each in bot.posted())


@pytest.mark.usefixtures("japanese_server")
async def test_a_request_for_credits_whose_member_could_not_be_told(bot: AdminHarness) -> None:
    request = await asked(bot)
    await close_direct_messages(bot, bot.alice)
    await request.press()
    await bot.run_until_idle(5)
    not_told = JAPANESE("log-request-not-told", member=bot.alice.mention)
    assert request.message.content.splitlines()[-1] == not_told


@pytest.mark.usefixtures("japanese_server")
async def test_a_pitch_from_its_first_message_to_its_last(bot: AdminHarness) -> None:
    await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=30)
    [message] = bot.messages()
    assert message.embeds[0].title == JAPANESE("pitch-open-title")
    pitch_id = (message.embeds[0].footer.text or "").removeprefix("ID ")
    await bot.app.database.write(pitch_ends.withdraw, pitch_id, bot.guild.id, bot.alice.id)
    await bot.press(bot.bob, message, custom_id(pitches.VOTE, pitch_id))
    [message] = bot.messages()
    assert message.embeds[0].title == JAPANESE("pitch-ended-title")
    assert JAPANESE("pitch-ended-withdrawn") in message_text(message)
