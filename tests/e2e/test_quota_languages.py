"""/quota in the manager's language, the staff channel in the server's."""

from __future__ import annotations

from bot.domain.credits import Month
from bot.domain.language import Language
from bot.locales.texts import texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from bot.ui import audit_entries
from bot.ui.amounts import format_month
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.factories import CATALOGUE
from tests.helpers.reading import ephemeral_text, response_text

GERMAN, JAPANESE = texts_in(Language.GERMAN), texts_in(Language.JAPANESE)


async def test_a_change_is_confirmed_in_the_managers_language_and_logged_in_the_servers(
    admin_bot: AdminHarness,
) -> None:
    languages = SpokenLanguages(admin_bot.env)
    languages.members[admin_bot.dana.id], languages.server = Language.GERMAN, Language.JAPANESE
    await admin_bot.set_staff_channel(admin_bot.lines)
    text = ephemeral_text(await admin_bot.quota("grant", member=admin_bot.bob, credits=1200, reason="ein Preis"))
    grant = admin_bot.audit_entries()[-1]
    assert text == audit_entries.change_confirmation(GERMAN, grant)
    assert "1.200" in text
    await admin_bot.run_until_idle()
    assert admin_bot.posted()[-1] == audit_entries.audit_entry_text(JAPANESE, grant, CATALOGUE)
    assert "1,200" in admin_bot.posted()[-1]


async def test_the_log_channel_never_shows_what_a_member_used(admin_bot: AdminHarness) -> None:
    """The log channel may be public."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.movie(duration=47)
    await admin_bot.finish()
    text = ephemeral_text(await admin_bot.quota("reset", member=admin_bot.alice))
    reset = admin_bot.audit_entries()[-1]
    assert reset.credits == 470
    assert "470" in text
    await admin_bot.run_until_idle()
    line = admin_bot.posted()[-1]
    assert admin_bot.alice.mention in line
    assert "470" not in line.partition(admin_bot.alice.mention)[2]


async def test_a_report_is_in_the_managers_language(admin_bot: AdminHarness) -> None:
    """The chart's description is in that language, too."""
    languages = SpokenLanguages(admin_bot.env)
    languages.members[admin_bot.dana.id], languages.server = Language.JAPANESE, Language.GERMAN
    await admin_bot.movie(duration=20)
    await admin_bot.finish()
    result = await admin_bot.quota("report")
    month = format_month(JAPANESE, Month(2026, 11))
    assert JAPANESE("report-title", month=month) in response_text(result)
    assert result.response is not None
    sheet, chart = result.response.attachments
    assert sheet.filename == "movies-2026-11.csv"
    assert JAPANESE(
        "report-chart-description", month=month, credits=200, lost_credits=0, held_credits=0, refunded_credits=0
    ) in str(chart.description)


async def test_a_refusal_is_in_the_language_of_who_was_refused(admin_bot: AdminHarness) -> None:
    languages = SpokenLanguages(admin_bot.env)
    languages.members[admin_bot.alice.id] = Language.GERMAN
    text = ephemeral_text(await admin_bot.forged(admin_bot.alice, "quota default", credits=5))
    assert text == GERMAN("quota-not-allowed")
