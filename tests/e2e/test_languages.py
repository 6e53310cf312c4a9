"""The languages kept with an order and a server for later messages."""

from __future__ import annotations

import pytest

from bot.domain.language import Language
from bot.sandbox.spoken_languages import SpokenLanguages
from data import audit_log
from tests.helpers.admin_harness import AdminHarness


@pytest.mark.parametrize(
    ("member", "server"),
    [
        (Language.JAPANESE, Language.PORTUGUESE),
        (Language.ENGLISH, Language.GERMAN),
        (Language.SPANISH, Language.SPANISH),
    ],
)
async def test_an_order_keeps_the_languages_of_its_member_and_its_server(
    admin_bot: AdminHarness, member: Language, server: Language
) -> None:
    """The worker has no interaction to read the languages from."""
    languages = SpokenLanguages(admin_bot.env)
    languages.members[admin_bot.alice.id], languages.server = member, server
    await admin_bot.movie()
    job = admin_bot.job()
    assert (job["member_language"], job["server_language"]) == (member.value, server.value)


async def test_a_staff_channel_has_the_language_of_its_server(admin_bot: AdminHarness) -> None:
    """Entries use the language from when the channel was set."""
    languages = SpokenLanguages(admin_bot.env)
    languages.server = Language.FRENCH
    await admin_bot.set_staff_channel(admin_bot.channel)
    languages.server = Language.ENGLISH
    await admin_bot.quota("grant", member=admin_bot.alice, credits=5, reason="a prize")
    due = await admin_bot.app.database.read(audit_log.due_entries, admin_bot.clock.now(), 5, ())
    assert [entry.language for entry, _ in due] == [Language.FRENCH]
