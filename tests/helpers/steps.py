"""Steps that many end-to-end tests begin with."""

from __future__ import annotations

import discord

from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness


async def rendering(bot: BotHarness, **options: object) -> discord.Message:
    await bot.movie(**{"duration": 20, **options})
    await bot.run_until_idle()
    return bot.messages()[0]


async def completed_movie(bot: BotHarness, **options: object) -> discord.Message:
    await rendering(bot, **options)
    await bot.run_until_idle(RENDER_SECONDS)
    return bot.messages()[-1]


async def pass_time(bot: BotHarness, seconds: float) -> None:
    """Advance the bot's clock, and Discord's to the same time."""
    await bot.clock.advance(seconds)
    bot.env.backend.clock.advance(bot.clock.now() / 1000 - bot.env.now().timestamp())


def stored_url(bot: BotHarness) -> str:
    return str(bot.job()["movie_url"])
