"""Steps that many end-to-end tests begin with."""

from __future__ import annotations

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.ui.help import ALL
from bot.ui.job_buttons import MORE
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.reading import Seen, answered, custom_ids, message_text


async def rendering(bot: BotHarness, **options: object) -> discord.Message:
    await bot.movie(**{"duration": 20, **options})
    await bot.run_until_idle()
    return bot.messages()[0]


async def completed_movie(bot: BotHarness, **options: object) -> discord.Message:
    await rendering(bot, **options)
    await bot.run_until_idle(RENDER_SECONDS)
    return bot.messages()[-1]


async def behind_more(who: MemberActor, movie: discord.Message, action: str) -> InteractionResult:
    """Open ⋯ of a movie's message, and press what the card offers."""
    card = answered(await who.click(movie, custom_id=custom_ids(movie)[MORE])).message
    return await who.click(card, custom_id=custom_ids(card)[action])


async def press_star(who: MemberActor, movie: Seen) -> InteractionResult:
    """Give a movie a star, or take it back: the button's label has their number."""
    return await who.click(movie, custom_id=custom_ids(movie)["star"])


async def all_of_help(bot: BotHarness, who: MemberActor | None = None) -> str:
    """Return what /help says behind its button."""
    reader = who or bot.alice
    shown = answered(await reader.slash(bot.channel, "help"))
    await reader.click(shown, custom_id=custom_ids(shown)[ALL])
    return message_text(shown)


async def pass_time(bot: BotHarness, seconds: float) -> None:
    """Advance the bot's clock, and Discord's to the same time."""
    await bot.clock.advance(seconds)
    bot.env.backend.clock.advance(bot.clock.now() / 1000 - bot.env.now().timestamp())


def stored_url(bot: BotHarness) -> str:
    return str(bot.job()["movie_url"])
