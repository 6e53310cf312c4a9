"""Messages that all of a server read keep its language, whoever presses."""

from __future__ import annotations

import pytest

from bot.domain.language import Language
from bot.locales.texts import texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from bot.ui import movie_reports, pitches
from bot.ui.components import custom_id
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.asking import asked, close_direct_messages
from tests.helpers.awaiting import awaiting
from tests.helpers.reading import custom_ids, field_of, message_text
from tests.helpers.reporting import cases
from tests.helpers.reporting import newest as newest_report

pytestmark = pytest.mark.both_engines

FRENCH, JAPANESE = texts_in(Language.FRENCH), texts_in(Language.JAPANESE)


@pytest.fixture(autouse=True)
def _languages(admin_bot: AdminHarness) -> None:
    """Everyone speaks French, in a Japanese server."""
    languages = SpokenLanguages(admin_bot.env)
    people = (admin_bot.alice, admin_bot.bob, admin_bot.dana)
    languages.members = {each.id: Language.FRENCH for each in people}
    languages.server = Language.JAPANESE


async def test_what_became_of_a_movie_that_waited(admin_bot: AdminHarness) -> None:
    approved, staff = await awaiting(admin_bot), admin_bot.dana.mention
    await approved.press()
    declined = await awaiting(admin_bot)
    await declined.decline()
    for pending, expected in ((approved, "approvals-approved"), (declined, "approvals-declined")):
        decision = field_of(pending.message, JAPANESE("approvals-decision-field"))
        assert decision == JAPANESE(expected, staff=staff)


async def test_a_report_and_the_log_of_a_deletion(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.movie(duration=20)
    await admin_bot.finish()
    movie = admin_bot.messages()[-1]
    form = await admin_bot.press(admin_bot.bob, movie, custom_ids(movie)["report"])
    await admin_bot.bob.submit_modal(form, {"reason": ""})
    case = await newest_report(admin_bot, movie)
    await case.press(movie_reports.DISMISS)
    dismissed = JAPANESE("reported-dismissed", staff=admin_bot.dana.mention)
    assert field_of(case.message, JAPANESE("approvals-decision-field")) == dismissed
    [row] = cases(admin_bot)
    job_id = row["job_id"]
    await admin_bot.press(admin_bot.dana, movie, custom_id("delete-confirm", job_id))
    await admin_bot.run_until_idle()
    deleted = JAPANESE("log-movie-deleted", member=admin_bot.alice.mention, id=job_id)
    assert any(deleted in each for each in admin_bot.posted())


async def test_a_request_for_credits_whose_member_could_not_be_told(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    await close_direct_messages(admin_bot, admin_bot.alice)
    await request.press()
    await admin_bot.run_until_idle(5)
    not_told = JAPANESE("log-request-not-told", member=admin_bot.alice.mention)
    assert request.message.content.splitlines()[-1] == not_told


async def test_a_pitch_from_its_first_message_to_its_last(admin_bot: AdminHarness) -> None:
    await admin_bot.alice.slash(admin_bot.channel, "pitch", prompt="a red balloon", duration=30)
    [message] = admin_bot.messages()
    assert message.embeds[0].title == JAPANESE("pitch-open-title")
    pitch_id = (message.embeds[0].footer.text or "").removeprefix("ID ")
    await admin_bot.app.pitches.withdraw(admin_bot.guild.id, admin_bot.alice.id, pitch_id)
    await admin_bot.press(admin_bot.bob, message, custom_id(pitches.VOTE, pitch_id))
    [message] = admin_bot.messages()
    assert message.embeds[0].title == JAPANESE("pitch-ended-title")
    assert JAPANESE("pitch-ended-withdrawn") in message_text(message)
