"""The movie service is asked about each prompt before anything is held for it, and flags some."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from simcord.results import InteractionResult

from bot.domain.moderation import ModerationCategory, PromptRefused
from bot.domain.quota import AuditAction
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.samsar.config import ApiVersion
from bot.sandbox.environment import SpokenLanguages
from bot.sandbox.faults import flag
from bot.sandbox.moderation_2026 import MODERATION_PATH
from bot.ui import refusals
from bot.ui.audit_entries import audit_entry_text
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import UNHURRIED
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.quote_message import IDEAS, IMPROVE, quoted
from tests.helpers.reading import answered, ephemeral_text, response_text
from tests.helpers.steps import behind_more, completed_movie

pytestmark = [
    pytest.mark.both_engines,
    pytest.mark.settings(
        version=ApiVersion.AUTUMN_2026,
        moderation="samsar",
        confirm_above_credits=300,
        client_options=replace(UNHURRIED, moderation_seconds=600.0),  # SimCord waits for what a timeout ends
    ),
]

GOOD, BAD = "a calm lake", "a red balloon"
FLAGGED = PromptRefused(ModerationCategory.VIOLENCE)
UNTOUCHED = ("jobs", "ledger_entries", "balances", "pitches")

Act = Callable[[], Awaitable[InteractionResult]]


def moderated(bot: AdminHarness) -> list[object]:
    bodies = [each.body for each in bot.upstream.requests if each.path == MODERATION_PATH]
    return [body["input"][0]["text"] for body in bodies if isinstance(body, dict)]


def refusal(prompt: str = BAD) -> str:
    return refusals.prompt_message(ENGLISH, FLAGGED, prompt).text


async def ways(bot: AdminHarness) -> dict[str, Act]:
    """Return every way from a prompt to an order, what was begun before the movie service flags anything."""
    edited, improved = [await quoted(bot, prompt=GOOD) for _ in range(2)]
    await improved.press(IDEAS)
    said = await bot.alice.send(bot.channel, f"{BAD} 1")
    menu = await bot.alice.context_menu(bot.channel, ENGLISH("commands-make-movie-menu"), said)
    movie = await completed_movie(bot, prompt=GOOD)
    remix, sequel = [
        await bot.bob.click(movie, label=ENGLISH(each)) for each in ("buttons-remix-button", "series-continue-button")
    ]
    form = {"seconds": "10"}
    await bot.clock.advance(3600)  # no verdict is remembered
    return {
        "a command": lambda: bot.movie(prompt=f"{BAD} 2"),
        "a price first": lambda: bot.movie(prompt=f"{BAD} 3", duration=40),
        "the menu of a message": lambda: bot.alice.submit_modal(menu, {"prompt": f"{BAD} 1", **form}),
        "a remix": lambda: bot.bob.submit_modal(remix, {"prompt": f"{BAD} 4", **form}),
        "a sequel": lambda: bot.bob.submit_modal(sequel, {"prompt": f"{BAD} 5", **form}),
        "a pitch": lambda: bot.alice.slash(bot.channel, "pitch", prompt=f"{BAD} 6", duration=10),
        "an edited quote": lambda: edited.change(prompt=f"{BAD} 7", **form),
        "an improvement": lambda: improved.press(IMPROVE),
        "a rerun": lambda: behind_more(bot.bob, movie, "retry"),
    }


async def test_no_way_leads_around_the_movie_services_moderation(bot: AdminHarness) -> None:
    begun = await ways(bot)
    bot.upstream.inject(flag("violence/graphic"))
    for way, act in begun.items():
        before, quotes = bot.snapshot(), query(bot.place, "SELECT * FROM quotes ORDER BY id")
        asked, ordered = len(moderated(bot)), len(bot.upstream.movies)
        result = await act()
        assert answered(result).ephemeral, way
        assert response_text(result).startswith(refusal().split("\n> ")[0]), way
        after = bot.snapshot()
        assert [after[each] for each in UNTOUCHED] == [before[each] for each in UNTOUCHED], way
        assert query(bot.place, "SELECT * FROM quotes ORDER BY id") == quotes, way
        assert len(moderated(bot)) == asked + 1, way
        await bot.run_until_idle()
        assert len(bot.upstream.movies) == ordered, way
    bot.upstream.clear_faults()
    assert query(bot.place, "SELECT 1 AS one FROM audit_log WHERE action IN ('prompt_refused', 'time_out')") == []
    await bot.made(prompt="a calm sea", duration=10)
    assert bot.member() == BudgetTotals(used=300, held=0), "two movies, of 200 and of 100 credits"


async def test_the_staff_channel_has_the_prompt_and_what_it_was_flagged_for(bot: AdminHarness) -> None:
    await bot.set_staff_channel(bot.lines)
    languages = SpokenLanguages(bot.env)
    languages.members = {bot.bob.id: Language.FRENCH}
    bot.upstream.inject(flag("sexual", "sexual/minors"), when="balloon")
    flagged = PromptRefused(ModerationCategory.MINORS)
    french = refusals.prompt_message(texts_in(Language.FRENCH), flagged, BAD).text
    assert ephemeral_text(await bot.movie(bot.bob)) == french
    assert "contenu sexuel impliquant des mineurs" in french
    await bot.run_until_idle()
    [entry] = [each for each in bot.audit_entries() if each.action is AuditAction.PROMPT_FLAGGED]
    assert bot.posted()[-1] == audit_entry_text(ENGLISH, entry, bot.catalogue)
    assert f"sexual content involving minors): ||{BAD}||" in bot.posted()[-1]
    assert bot.messages() == []


@pytest.mark.settings(moderation="off")
async def test_nobody_is_asked_where_moderation_is_off(bot: AdminHarness) -> None:
    bot.upstream.inject(flag("violence"))
    await bot.made()
    assert (moderated(bot), bot.member()) == ([], BudgetTotals(used=100, held=0))
