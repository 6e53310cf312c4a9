"""Cards that Discord accepted although the order was not confirmed."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

import discord

from bot.domain.job import JobState
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import card_title, cost_text
from tests.helpers.reading import actions, field_of


async def agree(bot: BotHarness) -> None:
    """Set Discord's clock to the harness's."""
    bot.env.backend.clock.advance(bot.clock.now() / 1000 - bot.env.now().timestamp())


@asynccontextmanager
async def locked_at_the_answer(bot: BotHarness) -> AsyncIterator[sqlite3.Connection]:
    """Lock the database when Discord accepts the next response.

    The bot's lock timeout is zero, rather than seconds.
    """
    await bot.app.database.write(lambda tx: tx.fetch_all("PRAGMA busy_timeout = 0"))
    adapter = bot.env._webhook_adapter
    request = adapter.request
    with closing(sqlite3.connect(bot.path, isolation_level=None)) as other:

        async def request_and_lock(*args: Any, **kwargs: Any) -> Any:
            adapter.request = request
            answer = await request(*args, **kwargs)
            other.execute("BEGIN IMMEDIATE")
            return answer

        adapter.request = request_and_lock
        yield other


def says_cancelled(card: discord.Message) -> bool:
    """Return whether a card says canceled, with only a retry button."""
    title = card.embeds[0].title
    assert title in {card_title(JobState.CANCELLED), card_title(JobState.QUEUED)}, title
    if title != card_title(JobState.CANCELLED):
        return False
    return field_of(card, "Cost") == cost_text(JobState.CANCELLED, 200) and actions(card) == ["retry"]


async def stray(bot: BotHarness, *, after: bool = True) -> discord.Message | None:
    """Order a movie whose response is lost after Discord accepted it.

    Return its card.
    """
    bot.drop_response(after=after)
    await bot.movie()
    return bot.messages()[0] if after else None
