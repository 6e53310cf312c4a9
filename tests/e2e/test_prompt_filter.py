"""The prompt filter on every way from a prompt to an order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from bot.domain.moderation import PromptRefused
from bot.domain.prompt_filter import OWN
from bot.domain.quota import AuditAction, Block
from bot.ui import credits, refusals
from bot.ui.audit_entries import audit_entry_text
from tests.helpers import expected_text, steps
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import query
from tests.helpers.quote_message import IDEAS, IMPROVE, MODEL, STYLE, SURPRISE, quoted
from tests.helpers.reading import answered, custom_ids, ephemeral_text, response_text
from tests.helpers.steps import behind_more

pytestmark = [pytest.mark.both_engines, pytest.mark.settings(confirm_above_credits=300)]

RULE, BAD = "balloon*", "a red balloon"
DAY_MS = 24 * 3_600_000

UNTOUCHED = ("jobs", "ledger_entries", "balances", "pitches")

Act = Callable[[], Awaitable[InteractionResult]]


def refusal(hits: int = 1, prompt: str = BAD, *, until: int | None = None) -> str:
    block = None if until is None else Block(until, "", is_timeout=True)
    return refusals.prompt_message(ENGLISH, PromptRefused(OWN, hits, block), prompt).text


def hits(bot: AdminHarness) -> list[str]:
    return [each.by.reason for each in bot.audit_entries() if each.action is AuditAction.PROMPT_REFUSED]


def kept_quotes(bot: AdminHarness) -> list[dict[str, Any]]:
    return query(bot.place, "SELECT * FROM quotes ORDER BY id")


def open_quotes(bot: AdminHarness) -> int:
    return sum(row["cancelled_at"] is None and row["accepted_job_id"] is None for row in kept_quotes(bot))


async def written_after(bot: AdminHarness) -> dict[str, Act]:
    card, said = await quoted(bot, prompt="a calm lake"), await bot.alice.send(bot.channel, BAD)
    menu = await bot.alice.context_menu(bot.channel, ENGLISH("commands-make-movie-menu"), said)
    movie = await steps.completed_movie(bot)
    remix, sequel = [
        await bot.bob.click(movie, label=ENGLISH(each)) for each in ("buttons-remix-button", "series-continue-button")
    ]
    form = {"prompt": BAD, "seconds": "5"}

    async def where_the_bot_may_not_post() -> InteractionResult:
        bot.set_bot_permissions(discord.PermissionOverwrite(send_messages=False))
        return await bot.movie()

    return {
        "a quote": lambda: card.change(**form),
        "a command": bot.movie,
        "a price first": lambda: bot.movie(duration=40),
        "a smaller movie": lambda: bot.movie(duration=120),
        "a mistake": lambda: bot.forge(prompt=BAD, duration=999),
        "the menu of a message": lambda: bot.alice.submit_modal(menu, form),
        "a remix": lambda: bot.bob.submit_modal(remix, form),
        "a sequel": lambda: bot.bob.submit_modal(sequel, form),
        "a pitch": lambda: bot.alice.slash(bot.channel, "pitch", prompt=BAD, duration=5),
        "a place where the bot may not post": where_the_bot_may_not_post,
    }


async def written_before(bot: AdminHarness) -> dict[str, Act]:
    made, improved, styled, surprised, edited = [await quoted(bot) for _ in range(5)]
    key = f"style:{bot.catalogue.enabled_styles[0].key}"
    await surprised.press(SURPRISE)
    await bot.movie()
    card = bot.messages()[-1]
    await bot.act(bot.alice, card, "cancel")
    await bot.run_until_idle()
    ended, movie = bot.messages()[-1], await steps.completed_movie(bot)
    return {
        "a quote": made.press,
        "an improvement": lambda: improved.press(IMPROVE),
        "a style": lambda: styled.choose(STYLE, key),
        "another model": lambda: improved.choose(MODEL, "KLINGIMGTOVIDPRO"),
        "ideas": lambda: improved.press(IDEAS),
        "back to one's own words": lambda: surprised.click("quote-own"),
        "another duration": lambda: edited.change(prompt=BAD, seconds="6"),
        "a retry": lambda: bot.alice.click(ended, custom_id=custom_ids(ended)["retry"]),
        "a rerun": lambda: behind_more(bot.alice, movie, "retry"),
        "a rerun by another": lambda: behind_more(bot.bob, movie, "retry"),
    }


async def assert_refused(bot: AdminHarness, way: str, act: Act, *, counts: bool) -> None:
    before, kept_before, open_before = bot.snapshot(), len(kept_quotes(bot)), open_quotes(bot)
    counted = len(hits(bot))
    result = await act()
    assert answered(result).ephemeral
    text = response_text(result)
    assert text.startswith(refusal(counts).split("\n> ")[0]), way
    assert RULE not in text
    after = bot.snapshot()
    assert [after[each] for each in UNTOUCHED] == [before[each] for each in UNTOUCHED], way
    assert (len(kept_quotes(bot)), open_quotes(bot)) == (kept_before, open_before), way
    assert [prompt.startswith(BAD) for prompt in hits(bot)[counted:]] == [True] * counts, way


async def test_no_way_leads_around_a_rule(bot: AdminHarness) -> None:
    ways = await written_after(bot)
    await configure(bot, filter_rules=(RULE,))
    for way, act in ways.items():
        await assert_refused(bot, way, act, counts=True)
        await bot.clock.advance(DAY_MS / 1000)  # otherwise, the third is a time-out
    await bot.run_until_idle()


async def test_what_was_written_before_a_rule_is_refused_and_does_not_count(bot: AdminHarness) -> None:
    ways = await written_before(bot)
    await configure(bot, filter_rules=(RULE,))
    for way, act in ways.items():
        await assert_refused(bot, way, act, counts=False)
    await bot.run_until_idle()


async def test_the_staff_channel_has_the_rule_and_the_prompt(bot: AdminHarness) -> None:
    await bot.set_staff_channel(bot.lines)
    await configure(bot, filter_rules=(RULE,))
    await bot.movie()
    await bot.run_until_idle()
    [entry] = [each for each in bot.audit_entries() if each.action is AuditAction.PROMPT_REFUSED]
    posted = bot.posted()[-1]
    assert posted == audit_entry_text(ENGLISH, entry, bot.catalogue)
    assert f"||{BAD}||" in posted
    assert "balloon\\*" in posted
    assert bot.messages() == []
    await configure(bot, filter_rules=())
    await bot.movie()
    assert bot.job()["prompt"] == BAD


async def test_the_third_prompt_of_a_day_is_a_time_out_that_a_manager_ends(bot: AdminHarness) -> None:
    await configure(bot, filter_rules=(RULE,))
    assert ephemeral_text(await bot.movie()) == refusal(1)
    assert ephemeral_text(await bot.movie()) == refusal(2)
    until = bot.clock.now() + DAY_MS
    assert ephemeral_text(await bot.movie()) == refusal(3, until=until)
    await bot.restart()
    timeout = Block(until, "", is_timeout=True)
    refused = expected_text.refusal("refusals-blocked", block=timeout)
    assert ephemeral_text(await bot.movie(prompt="a calm lake")) == refused
    assert ephemeral_text(await bot.movie()) == refused
    assert len(hits(bot)) == 3
    assert credits.format_block(ENGLISH, timeout) in ephemeral_text(await bot.quota("show"))
    await bot.movie(bot.bob, prompt="a calm lake")
    assert len(bot.stored_jobs()) == 1
    await bot.quota("unblock", member=bot.alice)
    await bot.movie(prompt="a calm lake")
    assert len(bot.stored_jobs()) == 2
