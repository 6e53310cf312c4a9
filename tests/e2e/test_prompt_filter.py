"""The prompt filter on every way from a prompt to an order."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from bot.domain.filter_rules import OWN
from bot.domain.prompt_refusal import PromptRefused
from bot.domain.quota import AuditAction, Block
from bot.domain.server_setup import Setting
from bot.ui import block_texts, command_descriptions, refusals
from bot.ui.audit_entries import audit_entry_text
from data import server_setup
from tests.helpers import settings, steps
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.expected_text import ENGLISH, embed_text
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.quote_message import ACCEPT, EDIT, IMPROVE, SURPRISE, quoted
from tests.helpers.reading import actions, custom_ids, ephemeral_text, response_text

pytestmark = pytest.mark.both_engines

RULE, BAD = "balloon*", "a red balloon"
DAY_MS = 24 * 3_600_000

Act = Callable[[], Awaitable[InteractionResult]]
Way = Callable[[AdminHarness], Awaitable[Act]]


@pytest.fixture
async def admin_bot(tmp_path: Path, database_url: str) -> AsyncGenerator[AdminHarness]:
    """A server that Dana runs, where movies above 300 credits are quoted."""
    async with open_admin_harness(tmp_path, database_url=database_url, confirm_above_credits=300) as opened:
        yield opened


async def forbid(bot: AdminHarness, *rules: str) -> None:
    """Let Dana type these rules in the form of /setup."""
    opened = await bot.dana.slash(bot.channel, "setup panel")
    assert opened.response is not None
    message = opened.response.message
    await bot.dana.click(message, custom_id="m:setup-page:filter")
    form = await bot.dana.click(message, custom_id="m:setup-rules")
    await bot.dana.submit_modal(form, {"rules-0": "\n".join(rules)})
    setup = await bot.app.database.read(server_setup.get, bot.guild.id)
    assert setup.filter_rules == rules


def refusal(hits: int = 1, prompt: str = BAD, *, until: int | None = None) -> str:
    """Return what a member reads."""
    block = None if until is None else Block(until, "", is_timeout=True)
    return embed_text(refusals.prompt_embed(ENGLISH, PromptRefused(OWN, hits, block), prompt))


def hits(bot: AdminHarness) -> list[str]:
    """Return the refused prompts, as the audit log has them."""
    return [each.reason for each in bot.audit_entries() if each.action is AuditAction.PROMPT_REFUSED]


def kept_quotes(bot: AdminHarness) -> list[dict[str, Any]]:
    """Return all quotes, the oldest first."""
    return query(bot.place, "SELECT * FROM quotes ORDER BY id")


def open_quotes(bot: AdminHarness) -> int:
    """Count the quotes that can be accepted."""
    return sum(row["cancelled_at"] is None and row["accepted_job_id"] is None for row in kept_quotes(bot))


# ── every way ────────────────────────────────────────────────────────────────────────────────────────────────────


async def _command(bot: AdminHarness) -> Act:
    return bot.movie


async def _expensive_command(bot: AdminHarness) -> Act:
    """Prepare a command whose price would be shown first."""
    return lambda: bot.movie(duration=40)


async def _too_expensive_command(bot: AdminHarness) -> Act:
    """Prepare a command that would get a smaller movie offered."""
    return lambda: bot.movie(duration=120)


async def _invalid_command(bot: AdminHarness) -> Act:
    """Prepare a command with problems, whose prompt the form would keep."""
    return lambda: bot.forge(prompt=BAD, duration=999)


async def _where_the_bot_may_not_post(bot: AdminHarness) -> Act:
    """Prepare a command that would be kept as a quote."""
    bot.set_bot_permissions(discord.PermissionOverwrite(send_messages=False))
    return bot.movie


async def _message_menu(bot: AdminHarness) -> Act:
    message = await bot.alice.send(bot.channel, BAD)
    menu = command_descriptions.MAKE_A_MOVIE.message
    form = await bot.alice.context_menu(bot.channel, menu, message)
    return lambda: bot.alice.submit_modal(form, {"prompt": BAD, "seconds": "5"})


async def _edited_quote(bot: AdminHarness) -> Act:
    card = await quoted(bot, prompt="a calm lake")
    return lambda: card.change(prompt=BAD, seconds="5")


async def _quote_from_before(bot: AdminHarness) -> Act:
    card = await quoted(bot)
    return lambda: card.press(ACCEPT)


async def _changed_duration(bot: AdminHarness) -> Act:
    card = await quoted(bot)
    return lambda: card.change(prompt=BAD, seconds="6")


async def _improved_quote(bot: AdminHarness) -> Act:
    card = await quoted(bot)
    return lambda: card.press(IMPROVE)


async def _styled_quote(bot: AdminHarness) -> Act:
    card = await quoted(bot)
    select = custom_ids(card.message)[EDIT].replace(EDIT, "quote-style")
    return lambda: bot.press(bot.alice, card.message, select, [f"style:{bot.catalogue.enabled_styles[0].key}"])


async def _back_to_the_own_words(bot: AdminHarness) -> Act:
    card = await quoted(bot)
    await card.click(SURPRISE)
    return lambda: card.click("quote-own")


async def _remix(bot: AdminHarness) -> Act:
    movie = await steps.completed_movie(bot)
    form = await bot.bob.click(movie, label=ENGLISH("buttons-remix-button"))
    return lambda: bot.bob.submit_modal(form, {"prompt": BAD, "seconds": "5"})


async def _continue(bot: AdminHarness) -> Act:
    movie = await steps.completed_movie(bot)
    form = await bot.bob.click(movie, label=ENGLISH("series-continue-button"))
    return lambda: bot.bob.submit_modal(form, {"prompt": BAD, "seconds": "5"})


async def _pitch(bot: AdminHarness) -> Act:
    return lambda: bot.alice.slash(bot.channel, "pitch", prompt=BAD, duration=5)


async def _rerun(bot: AdminHarness) -> Act:
    movie = await steps.completed_movie(bot)
    return lambda: bot.alice.click(movie, label=ENGLISH("buttons-rerun-button"))


async def _retry(bot: AdminHarness) -> Act:
    await bot.movie()
    card = bot.messages()[0]
    await bot.alice.click(card, custom_id=custom_ids(card)["cancel"])
    await bot.run_until_idle()
    [ended] = [each for each in bot.messages() if "retry" in actions(each)]
    return lambda: bot.alice.click(ended, custom_id=custom_ids(ended)["retry"])


COUNTED = (
    _command,
    _expensive_command,
    _too_expensive_command,
    _invalid_command,
    _where_the_bot_may_not_post,
    _message_menu,
    _edited_quote,
    _remix,
    _continue,
    _pitch,
)
WRITTEN_BEFORE = (
    _quote_from_before,
    _improved_quote,
    _styled_quote,
    _back_to_the_own_words,
    _changed_duration,
    _rerun,
    _retry,
)
"""Presses on what was written when no rule forbade it."""


@pytest.mark.parametrize("way", [*COUNTED, *WRITTEN_BEFORE])
async def test_no_way_leads_around_a_rule(admin_bot: AdminHarness, way: Way) -> None:
    """Only prompts written after the rule count, and only once."""
    act = await way(admin_bot)
    await forbid(admin_bot, RULE)
    before, kept_before, open_before = admin_bot.snapshot(), len(kept_quotes(admin_bot)), open_quotes(admin_bot)
    result = await act()
    assert result.response is not None
    assert result.response.ephemeral
    text = response_text(result)
    assert text.startswith(refusal(way in COUNTED).split("\n\n")[0])
    assert RULE not in text
    after = admin_bot.snapshot()
    assert (after["jobs"], after["ledger_entries"], after["balances"]) == (
        before["jobs"],
        before["ledger_entries"],
        before["balances"],
    )
    assert (len(kept_quotes(admin_bot)), open_quotes(admin_bot)) == (kept_before, open_before)
    assert query(admin_bot.place, "SELECT 1 FROM pitches") == []
    assert [prompt.startswith(BAD) for prompt in hits(admin_bot)] == [True] * (way in COUNTED)
    await admin_bot.run_until_idle()


# ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_staff_channel_has_the_rule_and_the_prompt(admin_bot: AdminHarness) -> None:
    """The prompt is a spoiler, and other channels get nothing."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    await forbid(admin_bot, RULE)
    await admin_bot.movie()
    await admin_bot.run_until_idle()
    [entry] = [each for each in admin_bot.audit_entries() if each.action is AuditAction.PROMPT_REFUSED]
    posted = admin_bot.posted()[-1]
    assert posted == audit_entry_text(ENGLISH, entry, admin_bot.catalogue)
    assert f"||{BAD}||" in posted
    assert "balloon\\*" in posted
    assert admin_bot.messages() == []


async def test_the_third_prompt_of_a_day_is_a_time_out_that_a_manager_ends(admin_bot: AdminHarness) -> None:
    """The time-out survives a restart, and other members can order."""
    await forbid(admin_bot, RULE)
    assert ephemeral_text(await admin_bot.movie()) == refusal(1)
    assert ephemeral_text(await admin_bot.movie()) == refusal(2)
    until = admin_bot.clock.now() + DAY_MS
    assert ephemeral_text(await admin_bot.movie()) == refusal(3, until=until)
    await admin_bot.restart()
    timeout = Block(until, "", is_timeout=True)
    refused = embed_text(refusals.blocked_embed(ENGLISH, timeout))
    assert ephemeral_text(await admin_bot.movie(prompt="a calm lake")) == refused
    assert ephemeral_text(await admin_bot.movie()) == refused
    assert len(hits(admin_bot)) == 3
    assert block_texts.format_block(ENGLISH, timeout) in ephemeral_text(await admin_bot.quota("show"))
    await admin_bot.movie(admin_bot.bob, prompt="a calm lake")
    assert len(admin_bot.stored_jobs()) == 1
    await admin_bot.quota("unblock", member=admin_bot.alice)
    await admin_bot.movie(prompt="a calm lake")
    assert len(admin_bot.stored_jobs()) == 2


async def test_a_command_that_arrives_twice_counts_once(admin_bot: AdminHarness) -> None:
    """Discord sends an event again after a connection was lost."""
    await forbid(admin_bot, RULE)
    admin_bot.duplicate_interactions()
    await admin_bot.movie()
    assert len(hits(admin_bot)) == 1


async def test_a_quote_from_before_a_rule_can_be_edited(admin_bot: AdminHarness) -> None:
    """The refusal has a button to edit the prompt."""
    card = await quoted(admin_bot)
    await forbid(admin_bot, RULE)
    await card.press(ACCEPT)
    assert (card.text, card.actions) == (refusal(0), [EDIT])
    await card.change(prompt="a calm lake", seconds="5")
    assert ACCEPT in card.actions
    await card.click()
    assert admin_bot.job()["prompt"] == "a calm lake"


async def test_words_that_the_bot_adds_blame_nobody(admin_bot: AdminHarness) -> None:
    """An improvement that breaks a rule is refused, and not counted."""
    card = await quoted(admin_bot, prompt="a calm lake")
    await card.click(IMPROVE)
    added = kept_quotes(admin_bot)[-1]["prompt"].removeprefix("a calm lake").split()[1].strip(".,")
    await forbid(admin_bot, added)
    result = await card.click(ACCEPT)
    assert response_text(result).startswith(refusal(0).split("\n\n")[0])
    assert hits(admin_bot) == []
    assert admin_bot.member() == BudgetTotals(used=0, held=0)


async def test_an_edit_is_not_blamed_for_words_that_the_bot_added(admin_bot: AdminHarness) -> None:
    """The member changes their own words, and leaves the improvement."""
    card = await quoted(admin_bot, prompt="a calm lake")
    await card.click(IMPROVE)
    whole = kept_quotes(admin_bot)[-1]["prompt"]
    await forbid(admin_bot, whole.removeprefix("a calm lake").split()[1].strip(".,"))
    await card.change(prompt=whole.replace("a calm lake", "a wild lake"), seconds="5")
    assert card.text.startswith(refusal(0).split("\n\n")[0])
    assert hits(admin_bot) == []


async def test_an_idea_of_the_bots_blames_nobody(admin_bot: AdminHarness) -> None:
    """Nor does an old quote whose price has changed since."""
    await forbid(admin_bot, "a", "an")
    result = await admin_bot.submit(admin_bot.alice, "m:order", {"prompt": "", "seconds": "5"})
    assert ephemeral_text(result).startswith(refusal(0).split("\n\n")[0])
    await forbid(admin_bot)
    card = await quoted(admin_bot)
    await forbid(admin_bot, RULE)
    dearer = settings.CATALOGUE.replace("credits_per_second = 10", "credits_per_second = 11", 1)
    (admin_bot.tmp_path / "catalogue.toml").write_text(dearer, encoding="utf-8")
    await admin_bot.restart()
    await card.press(ACCEPT)
    assert card.text == refusal(0)
    assert hits(admin_bot) == []


async def test_a_rerun_blames_nobody_for_another_members_words(admin_bot: AdminHarness) -> None:
    """Bob did not write the words, and the rule is newer."""
    movie = await steps.completed_movie(admin_bot)
    await forbid(admin_bot, RULE)
    result = await admin_bot.bob.click(movie, label=ENGLISH("buttons-rerun-button"))
    assert response_text(result).startswith(refusal(0).split("\n\n")[0])
    assert hits(admin_bot) == []


async def test_a_rule_that_is_taken_back_holds_no_longer(admin_bot: AdminHarness) -> None:
    await forbid(admin_bot, RULE)
    await admin_bot.movie()
    await forbid(admin_bot)
    await admin_bot.movie()
    assert admin_bot.job()["prompt"] == BAD


async def test_a_preset_is_picked_in_the_panel(admin_bot: AdminHarness) -> None:
    opened = await admin_bot.dana.slash(admin_bot.channel, "setup panel")
    assert opened.response is not None
    message = opened.response.message
    await admin_bot.dana.click(message, custom_id="m:setup-page:filter")
    setup = await admin_bot.app.database.read(server_setup.get, admin_bot.guild.id)
    select = f"m:setup:filter_presets:{setup.fingerprint([Setting.FILTER_PRESETS])}"
    result = await admin_bot.dana.select(message, ["en-US/gore", "de/slurs"], custom_id=select)
    setup = await admin_bot.app.database.read(server_setup.get, admin_bot.guild.id)
    assert setup.filter_presets == ("en-US/gore", "de/slurs")
    assert ENGLISH("log-category-gore") in response_text(result)
