"""/privacy: which buttons there are, and what is said before and after."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest

from bot.locales.message_ids import MessageId
from bot.ui import privacy
from bot.ui.privacy import Policy, Stored
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import fields, view_buttons

SOME = Stored(5, waiting=0, open=0, bonus=0, erasing=False, is_empty=False)
NONE = replace(SOME, movies=0, is_empty=True)
ERASING = replace(SOME, open=3, waiting=2, erasing=True)
PRIVACY, TERMS = "https://cinema.test/privacy", "https://cinema.test/terms"


def buttons(policy: Policy, stored: Stored) -> list[discord.ui.Button[discord.ui.View]]:
    """Return the buttons of the overview."""
    return view_buttons(privacy.overview_view(ENGLISH, policy, stored))


@pytest.mark.parametrize(
    ("stored", "enabled"),
    [
        (SOME, [True, True]),
        (NONE, [False, False]),
        (ERASING, [True, False]),
        (replace(NONE, erasing=True), [False] * 2),
    ],
)
def test_only_what_is_stored_can_be_exported_or_erased_once(stored: Stored, enabled: list[bool]) -> None:
    export, erase = buttons(Policy(365), stored)
    assert (export.custom_id, erase.custom_id) == ("m:privacy-export", "m:privacy-erase")
    assert [not export.disabled, not erase.disabled] == enabled
    assert erase.style is discord.ButtonStyle.danger


@pytest.mark.parametrize(
    ("policy", "links"),
    [
        (Policy(0), {}),
        (Policy(0, PRIVACY), {"privacy-policy-button": PRIVACY}),
        (Policy(0, None, TERMS), {"privacy-terms-button": TERMS}),
        (Policy(0, PRIVACY, TERMS), {"privacy-policy-button": PRIVACY, "privacy-terms-button": TERMS}),
    ],
)
def test_the_operators_pages_are_linked_where_there_are_any(policy: Policy, links: dict[MessageId, str]) -> None:
    found = {each.label: each.url for each in buttons(policy, SOME) if each.url is not None}
    assert found == {ENGLISH(label): url for label, url in links.items()}


@pytest.mark.parametrize(
    ("stored", "now"),
    [
        (SOME, ENGLISH("privacy-now-value", movies=5)),
        (NONE, ENGLISH("privacy-nothing")),
        (ERASING, ENGLISH("privacy-erasing-later", movies=3)),
        (replace(ERASING, open=0), ENGLISH("privacy-erasing-soon")),
    ],
)
def test_the_overview_says_what_is_stored_now_for_how_long_and_where_else(stored: Stored, now: str) -> None:
    for days, kept in ((365, ENGLISH("privacy-kept-value", days=365)), (0, ENGLISH("privacy-kept-always-value"))):
        embed = privacy.overview_embed(ENGLISH, Policy(days), stored)
        assert embed.description == ENGLISH("privacy-about")
        assert fields(embed) == {
            ENGLISH("privacy-kept-field"): kept,
            ENGLISH("privacy-elsewhere-field"): ENGLISH("privacy-elsewhere-value"),
            ENGLISH("privacy-now-field"): now,
        }


def test_the_question_says_what_is_lost_and_what_is_not_forgotten() -> None:
    first, what, *rest, memory, messages = privacy.question(ENGLISH, replace(SOME, bonus=40)).splitlines()
    assert (first, what) == (ENGLISH("privacy-question"), ENGLISH("privacy-question-what"))
    assert rest == [ENGLISH("privacy-question-bonus", credits=40)]
    assert (memory, messages) == (ENGLISH("privacy-question-memory"), ENGLISH("privacy-question-messages"))
    buttons = privacy.question_view(ENGLISH, 7).to_components()[0]["components"]
    ids = ["m:privacy-confirm:7", "m:privacy-confirm-messages:7", "m:privacy-keep"]
    assert [each["custom_id"] for each in buttons] == ids


def test_each_answer_says_what_was_done() -> None:
    assert privacy.erased(ENGLISH) == ENGLISH("privacy-erased")
    assert privacy.erased(ENGLISH, deletes_messages=True) == ENGLISH("privacy-erased-with-messages")
    assert privacy.kept(ENGLISH) == ENGLISH("privacy-nothing-erased")
    assert privacy.too_often(ENGLISH, 60_000) == ENGLISH("privacy-too-often", time="<t:60:R>")
    assert privacy.export_ready(ENGLISH) == ENGLISH("privacy-export-ready")
    assert privacy.export_too_large(ENGLISH) == ENGLISH("privacy-export-too-large")
